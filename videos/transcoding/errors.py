"""Why a file is no video we can show: a stable code for programs, a sentence for people."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.errors import BadFile

SENTENCES: dict[str, str | Promise] = {
    "video.type": _("This is not a video we can read. Choose an MP4, MOV or WebM file."),
    "video.cut": _("A cut lies outside of its clip. Open the draft and trim it again."),
    "video.corrupt": _("This video is damaged: it could not be read to its end."),
    "video.too_long": _("This video is longer than 3 minutes. Trim it and try again."),
    "video.too_large": _("This file is larger than 200 MB. Make it smaller and try again."),
    "video.no_picture": _("There is no picture in this file, only sound."),
    "video.too_many_pixels": _("The picture is too large. Send at most 4K."),
    "video.sound_gone": _("The sound of this video cannot be used any more. Choose another one."),
    "video.parent_gone": _("The video this one is made with cannot be used any more."),
    "video.clip_gone": _("A clip of this video is gone. Open the draft and take it out."),
    "media.held": _("This video cannot be used. Post something else."),
    "video.encode_failed": _("We could not prepare this video. Try again in a moment."),
}


class BadVideo(BadFile):
    """A file that cannot become a video; `code` is one of `SENTENCES`, `detail` its sentence."""

    def __init__(self, code: str) -> None:
        super().__init__(code, SENTENCES[code])
