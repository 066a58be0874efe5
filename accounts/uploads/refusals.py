"""Why an upload does not go on: a stable code for programs, a sentence for people."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.errors import Coded

SENTENCES: dict[str, str | Promise] = {
    "upload.busy": _("This file is being sent from somewhere else just now. Wait a moment."),
    "upload.checksum": _("A piece of the file was damaged on its way. Send it again."),
    "upload.complete": _("This upload is complete already."),
    "upload.empty": _("This file is empty."),
    "upload.gone": _("This upload was left alone for too long. Choose the file again."),
    "upload.metadata": _("What was said about the file cannot be read."),
    "upload.no_room": _("There is no room for files here just now. Try again later."),
    "upload.not_direct": _("Files are sent to us here: send this one by tus."),
    "upload.offset": _("This piece does not follow what is here. Ask where to go on."),
    "upload.parts_missing": _("Some parts of this file are not there yet."),
    "upload.purpose": _("We do not know what this file is for."),
    "upload.quota": _("Your storage is full. Delete a draft or a video and try again."),
    "upload.too_large": _("This file is too large."),
    "upload.too_many": _("Too many uploads at once. Wait until some are done."),
    "upload.unsaid_length": _("Say how large the file is before you send it."),
}


class UploadRefused(Coded):
    """An upload that cannot go on; `code` is one of `SENTENCES`."""

    def __init__(self, code: str) -> None:
        super().__init__(code, SENTENCES[code])
