"""How long chat keeps what has its time."""

from accounts.rights.keeping import Retention
from chat.models.media import GRACE, UNSENT_FOR

RETENTION = (
    Retention(
        ("chat.Media",),
        UNSENT_FOR,
        f"it was uploaded and not sent ({GRACE.days} days where it was sent and unsent)",
        "time to send it; what was unsent waits for whoever judges a report",
        "chat.sweep_media",
    ),
    Retention(
        ("chat.Message",),
        None,
        "",
        "until its conversation's timer says so, if it has one (`expires_at`)",
        "chat.empty_expired",
    ),
)
