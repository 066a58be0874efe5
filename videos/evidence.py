"""What a report of a video, a comment or a sound keeps (REPORTABLES, R40)."""

from uuid import UUID

from accounts.models import User
from accounts.ports import Evidence
from videos.models import Comment, Sound, Video


def of_video(reporter: User, video_id: UUID) -> Evidence | None:
    """Its words, its author and the names of its files; the files go with the video."""
    video = Video.objects.visible_to(reporter).filter(pk=video_id).first()
    if video is None:
        return None
    content = {
        "video": video.share_card(),
        "caption": video.caption,
        "alt_text": video.alt_text,
        "files": sorted(video.shown_files),
    }
    return Evidence(content, video.author_id, video.title or f"@{video.author.username}")


def of_comment(reporter: User, comment_id: UUID) -> Evidence | None:
    """Its words and the video under which they stand, for who may see that video."""
    found = Comment.objects.filter(pk=comment_id).select_related("author", "video").first()
    if found is None or not Video.objects.visible_to(reporter).filter(pk=found.video_id).exists():
        return None
    content = {
        "comment": str(found.pk),
        "body": found.body,
        "author": found.author.card(),
        "created_at": found.created_at.isoformat(),
        "video": str(found.video_id),
        "caption": found.video.caption,
    }
    return Evidence(content, found.author_id, found.body)


def of_sound(reporter: User, sound_id: UUID) -> Evidence | None:
    """What it is called, whose it is, and the names of its files."""
    sound = Sound.objects.visible_to(reporter).filter(pk=sound_id).first()
    if sound is None:
        return None
    content = {
        "sound": sound.share_card(),
        "kind": sound.kind,
        "video": str(sound.video_id) if sound.video_id else None,
        "licence": sound.licence,
        "credit": sound.credit,
        "files": sorted({sound.file, sound.cover} - {""}),
    }
    return Evidence(content, sound.owner_id, sound.line)
