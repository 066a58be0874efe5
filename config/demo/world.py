"""Builds the demo world through the same actions that people use, then moves it into the past."""

import json
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.actions import accept_follow, follow, set_avatar
from accounts.models import Follow, User
from accounts.policy import default_messages_from, starts_private
from chat import actions as chat
from chat.models import Conversation, Membership, Message
from config.demo import (
    activity,
    cases,
    channels,
    clock,
    history,
    media,
    remixes,
    shop,
    sounds,
    watching,
)
from config.demo.clips import describe, make_clip
from config.demo.films import FILMS, Film
from config.demo.people import RESIDENTS, Resident
from config.demo.portraits import draw
from config.demo.talk import TALKS, Line, Talk
from videos import actions as videos
from videos.models import Comment, Video

PASSWORD = "medley-demo"  # noqa: S105  (printed at the start; exists in the embedded demo only)

People = dict[str, User]
Films = dict[str, Video]
Say = Callable[[str], None]


def build(say: Say) -> None:
    """Make people, films and conversations; `say` tells the progress in words."""
    people = _people()
    say(f"{len(people)} people")
    library = sounds.fill_library()
    say(f"{len(library)} sounds")
    films = _films(people, say)
    watching.watch_all(people, films | remixes.make_all(people, films, library))
    say(f"{len(shop.open_all(people))} products")
    for talk in TALKS:
        _talk(talk, people, films)
    channels.open_all(people, films)
    clock.wind(people)
    say(f"{len(TALKS)} conversations")
    say(f"{history.tell(people, films)} times that somebody watched")
    say(f"{activity.tell(people)} lines of activity")
    say(f"{cases.fill(people, films)} cases for the moderator")
    _second_factor(people["mod"])


# --- People ---------------------------------------------------------------------------------------


def _people() -> People:
    people = {resident.username: _settle(resident) for resident in RESIDENTS}
    for resident in RESIDENTS:
        for name in resident.follows.split():
            follow(people[resident.username], people[name])
    for waiting in Follow.objects.waiting().select_related("follower", "followed"):
        accept_follow(waiting.followed, waiting.follower)
    return people


def _settle(resident: Resident) -> User:
    today = timezone.now().date()
    # Half a year past the birthday, so that nobody changes age soon after the first start.
    birth_date = (
        date(today.year - resident.age, 1, 1)
        if today.month > 6
        else date(today.year - resident.age - 1, 7, 1)
    )
    private = resident.is_private
    user = User.objects.create_user(
        username=resident.username,
        email=f"{resident.username}@medley.example",
        password=PASSWORD,
        display_name=resident.name,
        bio=resident.bio,
        birth_date=birth_date,
        region=resident.region,
        language=resident.language,
        time_zone=resident.time_zone,
        messages_from=resident.messages_from or default_messages_from(resident.age),
        is_private=starts_private(resident.age) if private is None else private,
        is_staff=resident.is_staff,
        is_superuser=resident.is_staff,
    )
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    picture = SimpleUploadedFile("portrait.png", draw(resident.portrait), "image/png")
    set_avatar(user, picture)
    return user


def _second_factor(moderator: User) -> None:
    """Give the moderator a TOTP secret and leave it where the start prints it."""
    secret = generate_totp_secret()
    TOTP.activate(moderator, secret)
    note = {"mod's second factor (TOTP secret)": secret}
    (settings.MEDLEY_DATA / "demo.json").write_text(json.dumps(note))


# --- Films ----------------------------------------------------------------------------------------


def _films(people: People, say: Say) -> Films:
    films: Films = {}
    for number, film in enumerate(FILMS, start=1):
        films[film.key] = _post(film, people)
        say(f"film {number} of {len(FILMS)}")
    return films


def _post(film: Film, people: People) -> Video:
    folder = settings.MEDLEY_DATA / "demo-clips"
    folder.mkdir(parents=True, exist_ok=True)
    clip = folder / f"{film.key}.mp4"
    make_clip(film.key, clip)
    video = _publish(film, people[film.author], clip)
    for name in film.likes.split():
        videos.like(people[name], video)
    for place, (name, words) in enumerate(film.comments, start=1):
        comment = videos.add_comment(people[name], video, body=words)
        posted = timezone.now() - timedelta(hours=film.ago * (1 - place / 8))
        Comment.objects.filter(pk=comment.pk).update(created_at=posted)
    clip.unlink()
    return video


def _publish(film: Film, author: User, clip: Path) -> Video:
    file = SimpleUploadedFile(clip.name, clip.read_bytes(), "video/mp4")
    video = videos.upload_video(
        author, file, caption=film.caption, alt_text=describe(film.key), lends_sound=film.lends
    )
    videos.process_video(video.pk)
    posted = timezone.now() - timedelta(hours=film.ago)
    Video.objects.filter(pk=video.pk).update(created_at=posted, published_at=posted)
    video.refresh_from_db()
    return video


# --- Conversations --------------------------------------------------------------------------------


def _talk(talk: Talk, people: People, films: Films) -> None:
    members = [people[name] for name in talk.members.split()]
    conversation = _open(talk, members)
    seqs = [_say(line, conversation.pk, people, films) for line in talk.lines]
    for line, seq in zip(talk.lines, seqs, strict=True):
        _answer_and_react(line, seq, conversation, people)
    for name, film in talk.collection:
        chat.collect_video(people[name], conversation, video=films[film].pk)
    _move_into_the_past(talk, conversation, seqs)
    for name in talk.read_by.split():
        chat.mark_read(people[name], conversation, seq=seqs[-1])


def _open(talk: Talk, members: list[User]) -> Conversation:
    starter, *others = members
    if talk.title:
        group = chat.create_group(starter, title=talk.title, members=others)
        if group.not_added:
            raise ValueError(f"{talk.title}: {group.not_added}")  # config/demo/people.py is wrong
        return group
    return chat.start_direct(starter, others[0])


def _say(line: Line, conversation_id: UUID, people: People, films: Films) -> int:
    author = people[line.who]
    stored = chat.send_message(
        author,
        conversation_id,
        body=line.words,
        share=f"video:{films[line.film].pk}" if line.film else None,
        media=_media(line.media, author),
        poll=line.poll and {"question": line.poll.question, "options": list(line.poll.answers)},
        client_id=uuid4(),
    )
    return stored.seq


def _media(kind: str, author: User) -> list[str]:
    """What a message takes as its `media`, uploaded and prepared."""
    match kind:
        case "album":
            return [_uploaded(author, file, "photo") for file in media.album()]
        case "voice":
            return [_uploaded(author, media.voice(), "voice")]
        case "sticker":
            face = media.sticker(author.username)
            return [f"sticker:{chat.make_sticker(author, face, alt=author.name).pk}"]
    return []


def _uploaded(author: User, file: SimpleUploadedFile, kind: str) -> str:
    upload = chat.upload_media(author, file, kind=kind)
    chat.prepare_media(upload.pk)
    return str(upload.pk)


def _answer_and_react(line: Line, seq: int, conversation: Conversation, people: People) -> None:
    if line.answers:
        Message.objects.filter(conversation=conversation, seq=seq).update(
            reply_to=seq - line.answers
        )
    for emoji, names in line.reactions.items():
        for name in names.split():
            chat.add_reaction(people[name], conversation, seq=seq, emoji=emoji)
    if line.poll is not None:
        for place, names in enumerate(line.poll.answers.values(), start=1):
            for name in names.split():
                chat.vote(people[name], conversation, seq=seq, options=[place])


def _move_into_the_past(talk: Talk, conversation: Conversation, seqs: Iterable[int]) -> None:
    now = timezone.now()
    times = [now - timedelta(minutes=line.ago) for line in talk.lines]
    for seq, then in zip(seqs, times, strict=True):
        Message.objects.filter(conversation=conversation, seq=seq).update(created_at=then)
    began = times[0] - timedelta(minutes=5)
    Message.objects.filter(conversation=conversation, notice__isnull=False).update(created_at=began)
    Membership.objects.filter(conversation=conversation).update(joined_at=began)
    Conversation.objects.filter(pk=conversation.pk).update(created_at=began, active_at=times[-1])
