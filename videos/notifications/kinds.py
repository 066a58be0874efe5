"""The kinds of things that happen to videos. `about` is the video and `detail` what was made there,
unless a kind says otherwise."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accounts.notifications import Kind, Section
from videos.notifications import places, standing

LIKE = Kind(
    "videos.like",
    Section.LIKES,
    title=_("Likes of your videos"),
    alone=_("%(actor)s likes your video"),
    together=ngettext_lazy(
        "%(actor)s and %(number)s other like your video",
        "%(actor)s and %(number)s others like your video",
        "number",
    ),
    targets=places.to_video,
    stands=standing.likes,
)
COMMENT = Kind(
    "videos.comment",
    Section.COMMENTS,
    title=_("Comments on your videos"),
    alone=_("%(actor)s commented on your video"),
    together=ngettext_lazy(
        "%(actor)s and %(number)s other commented on your video",
        "%(actor)s and %(number)s others commented on your video",
        "number",
    ),
    targets=places.to_comment,
    stands=standing.comments,
)
REPLY = Kind(  # about: the comment that began the thread
    "videos.reply",
    Section.COMMENTS,
    title=_("Replies to your comments"),
    alone=_("%(actor)s replied to your comment"),
    together=ngettext_lazy(
        "%(actor)s and %(number)s other replied to your comment",
        "%(actor)s and %(number)s others replied to your comment",
        "number",
    ),
    targets=places.to_comment,
    stands=standing.replies,
)
COMMENT_LIKE = Kind(  # about: the comment
    "videos.comment_like",
    Section.LIKES,
    title=_("Likes of your comments"),
    alone=_("%(actor)s likes your comment"),
    together=ngettext_lazy(
        "%(actor)s and %(number)s other like your comment",
        "%(actor)s and %(number)s others like your comment",
        "number",
    ),
    targets=places.to_own_comment,
    stands=standing.likes_comment,
)
HEART = Kind(  # about: the comment
    "videos.heart",
    Section.LIKES,
    title=_("Hearts that creators give your comments"),
    alone=_("%(actor)s gave your comment the creator's heart"),
    targets=places.to_own_comment,
    stands=standing.hearts_comment,
)
MENTION = Kind(
    "videos.mention",
    Section.MENTIONS,
    title=_("Videos that mention you"),
    alone=_("%(actor)s mentioned you in a video"),
    targets=places.to_video,
    stands=standing.mentions,
    is_grouped=False,
)
COMMENT_MENTION = Kind(
    "videos.comment_mention",
    Section.MENTIONS,
    title=_("Comments that mention you"),
    alone=_("%(actor)s mentioned you in a comment"),
    targets=places.to_comment,
    stands=standing.comments,
    is_grouped=False,
)
READY = Kind(
    "videos.ready",
    Section.VIDEOS,
    title=_("Your videos that are out"),
    alone=_("Your video is out"),
    targets=places.to_video,
    stands=standing.is_out,
    is_grouped=False,
)
FAILED = Kind(
    "videos.failed",
    Section.VIDEOS,
    title=_("Your videos that could not be prepared"),
    alone=_("Your video could not be prepared"),
    targets=places.to_failure,
    stands=standing.has_failed,
    is_grouped=False,
)
TAKEN_DOWN = Kind(
    "videos.taken_down",
    Section.VIDEOS,
    title=_("Your videos that were taken down"),
    alone=_("A moderator took down your video"),
    targets=places.to_own_profile,
    is_grouped=False,
)
SILENCED = Kind(
    "videos.silenced",
    Section.VIDEOS,
    title=_("Your videos that lost their sound"),
    alone=_("The sound of your video was removed"),
    targets=places.to_silenced,
    stands=standing.is_silenced,
    is_grouped=False,
)
DUET = Kind(  # about: the receiver's video
    "videos.duet",
    Section.VIDEOS,
    title=_("Duets with your videos"),
    alone=_("%(actor)s made a duet with your video"),
    together=ngettext_lazy(
        "%(actor)s and %(number)s other made duets with your video",
        "%(actor)s and %(number)s others made duets with your video",
        "number",
    ),
    targets=places.to_remix,
    stands=standing.duets,
)
STITCH = Kind(  # about: the receiver's video
    "videos.stitch",
    Section.VIDEOS,
    title=_("Stitches of your videos"),
    alone=_("%(actor)s stitched your video"),
    together=ngettext_lazy(
        "%(actor)s and %(number)s other stitched your video",
        "%(actor)s and %(number)s others stitched your video",
        "number",
    ),
    targets=places.to_remix,
    stands=standing.stitches,
)
ANSWER = Kind(  # about: the receiver's comment
    "videos.answer",
    Section.COMMENTS,
    title=_("Videos that answer your comments"),
    alone=_("%(actor)s answered your comment with a video"),
    together=ngettext_lazy(
        "%(actor)s and %(number)s other answered your comment with videos",
        "%(actor)s and %(number)s others answered your comment with videos",
        "number",
    ),
    targets=places.to_newest_video,
    stands=standing.answers,
)
SOUND_USED = Kind(  # about: the sound
    "videos.sound_used",
    Section.VIDEOS,
    title=_("Videos with your sounds"),
    alone=_("%(actor)s used your sound"),
    together=ngettext_lazy(
        "%(actor)s and %(number)s other used your sound",
        "%(actor)s and %(number)s others used your sound",
        "number",
    ),
    targets=places.to_use_of_sound,
    stands=standing.uses_sound,
)
REPOST = Kind(
    "videos.repost",
    Section.VIDEOS,
    title=_("Reposts of your videos"),
    alone=_("%(actor)s reposted your video"),
    together=ngettext_lazy(
        "%(actor)s and %(number)s other reposted your video",
        "%(actor)s and %(number)s others reposted your video",
        "number",
    ),
    targets=places.to_video,
    stands=standing.reposts,
)
CREDIT_INVITE = Kind(
    "videos.credit_invite",
    Section.VIDEOS,
    title=_("Requests to name you as co-creator"),
    alone=_("%(actor)s asks to name you as co-creator"),
    targets=places.to_credits,
    stands=standing.is_asked_for_credit,
    is_grouped=False,
    acts="videos/_activity_credit.html",
)
CREDIT_ACCEPTED = Kind(
    "videos.credit_accepted",
    Section.VIDEOS,
    title=_("Co-creators who accepted"),
    alone=_("%(actor)s is now named as co-creator of your video"),
    together=ngettext_lazy(
        "%(actor)s and %(number)s other are now named as co-creators of your video",
        "%(actor)s and %(number)s others are now named as co-creators of your video",
        "number",
    ),
    targets=places.to_video,
    stands=standing.is_credited,
)

# Who follows hundreds would be told all day: of friends, unless the bell on the profile says
# otherwise (Follow.bell). Told by a job of its own (videos/announcing.py).
POST = Kind(
    "videos.post",
    Section.FOLLOWS,
    title=_("New videos of friends, and of those whose bell you turned on"),
    alone=_("%(actor)s posted a video"),
    targets=places.to_video,
)

KINDS = (
    LIKE,
    COMMENT,
    REPLY,
    COMMENT_LIKE,
    HEART,
    MENTION,
    COMMENT_MENTION,
    READY,
    FAILED,
    TAKEN_DOWN,
    SILENCED,
    DUET,
    STITCH,
    ANSWER,
    SOUND_USED,
    REPOST,
    CREDIT_INVITE,
    CREDIT_ACCEPTED,
    POST,
)
