"""Every code with which drafts, comments and what people keep say no, and the sentence a person
reads.

What is wrong with a film has its own in transcoding/errors.py, with a recipe in recipes/fields.py.
"""

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.errors import Conflict, Refused
from videos.transcoding import errors as films

SENTENCES: dict[str, str | Promise] = {
    "chosen.friends_only": _("Only your friends can be chosen."),
    "chosen.nobody": _("Choose at least one friend who can watch it."),
    "chosen.too_many": _("At most 100 friends can be chosen."),
    "collection.friends_only": _("Only your friends can be let in."),
    "collection.full": _("This collection holds 1,000 videos, which is all it can."),
    "collection.too_long": _("A name holds at most 60 characters."),
    "collection.too_many": _("You have 100 collections. Delete one first."),
    "collection.too_many_people": _("At most 20 people can add to a collection."),
    "comment.pin_answer": _("Only a comment that answers nobody can be pinned."),
    "comment.pin_held": _("Let the comment through before you pin it."),
    "cover.range": _("Choose a moment of the video."),
    "cover.unpublished": _("The cover can be changed once the video is out."),
    "credit.declined": _("They said no, so they are not asked again for this video."),
    "credit.too_many": _("A video has at most 5 co-creators."),
    "credit.unpublished": _("Invite people once the video is out."),
    "credit.unseen": _("They cannot watch this video. Change who can watch it first."),
    "draft.changed": _("This draft was changed on another device."),
    "draft.clip_refused": _("One of the clips cannot be used. Take it out first."),
    "draft.clip_unknown": _("This clip is not part of the draft."),
    "draft.clip_unready": _("A clip is still being uploaded or checked. Try again in a moment."),
    "draft.empty": _("There is no clip yet. Add one first."),
    "draft.layout": _("The other video is chosen when the draft begins."),
    "draft.out_of_clip": _("This piece is longer than its clip."),
    "draft.posted": _("This draft was posted meanwhile."),
    "draft.scheduled": _("This video waits for its time. Take it back first to edit it."),
    "draft.sound_gone": _("This sound cannot be used any more. Choose another one."),
    "draft.too_many": _("You have 100 drafts. Post or delete some first."),
    "label.adults_only": _("Sensitive videos are for people of 18 and over."),
    "label.moderator": _("A moderator marked this video as sensitive. Only they can change that."),
    "replace.made_with": _("A duet or stitch is made with another video. Post a new one instead."),
    "replace.too_often": _("This film was replaced 10 times today. Try again tomorrow."),
    "replace.under_way": _("Another film is on its way already. Wait for it, or take it back."),
    "replace.unpublished": _("A film is replaced once the video is out."),
    "repost.not_public": _("Only a video that everyone can watch is reposted."),
    "repost.own": _("This is your own video: your followers see it already."),
    "schedule.past": _("Choose a time that is still to come."),
    "schedule.too_far": _("Choose a time within a year."),
    "stitch.range": _("Choose up to 5 seconds of the video."),
    "subtitles.changed": _("These subtitles were changed on another device."),
    "subtitles.too_many_languages": _("A video has subtitles in at most 20 languages."),
    "video.parent_gone": films.SENTENCES["video.parent_gone"],
    "video.sound_gone": films.SENTENCES["video.sound_gone"],
}


def refused(code: str) -> Refused:
    return Refused(code, SENTENCES[code])


def conflict(code: str) -> Conflict:
    return Conflict(code, SENTENCES[code])


def invalid(code: str, field: str = "") -> ValidationError:
    """A value that cannot be; `field` is its path, as the doors name it."""
    wrong = ValidationError(SENTENCES[code], code=code)  # type: ignore[arg-type]
    return ValidationError({field: wrong}) if field else wrong
