"""The numbers of accounts that clients are told: see `ports.limits_of_apps`."""

from django.conf import settings

from accounts import ports
from accounts.actions.devices import DEVICES_AT_MOST
from accounts.models import User
from accounts.models.report import WORDS_LIMIT


def limits() -> dict[str, int]:
    """Characters, bytes, files, devices."""
    largest = {
        f"upload_{purpose}_bytes": receiver.largest
        for purpose, receiver in ports.upload_receivers().items()
    }
    return {
        "bio_length": User._meta.get_field("bio").max_length or 0,
        "devices": DEVICES_AT_MOST,
        "report_length": WORDS_LIMIT,
        "uploads_at_once": settings.UPLOADS_AT_ONCE,
        "uploads_stored_bytes": settings.UPLOAD_STORED_BYTES,
        **largest,
    }
