"""What somebody decides about videos once and for all: how their own begin, what they are shown."""

from typing import Any
from zoneinfo import ZoneInfo

from accounts import policy
from accounts.models import User
from accounts.policy import permit
from videos import rights
from videos.models import VideoSettings
from videos.refusals import refused


def video_settings_of(user: User) -> VideoSettings:
    """What a person decided; where they never did, what holds at their age.

    The age at which the account was opened: a birthday loosens nothing (R10).
    """
    kept = VideoSettings.objects.filter(user=user).first()
    return kept or VideoSettings(user=user, **_at_sign_up(user))


def _at_sign_up(user: User) -> dict[str, str]:
    joined = user.date_joined.astimezone(ZoneInfo(user.time_zone)).date()
    age = policy.age_on(user.birth_date, joined)
    remixes = policy.default_remixes_by(age)
    return {
        "comments_by": policy.default_comments_by(age),
        "duets_by": remixes,
        "stitches_by": remixes,
        "downloads_by": policy.default_downloads_by(age),
    }


def change_video_settings(actor: User, **wanted: Any) -> VideoSettings:
    """Change `shows_sensitive` and the permissions with which the actor's videos begin; what is
    posted stays as it is. Raises `Refused` (policy.R5, label.adults_only), `ValidationError`."""
    kept = video_settings_of(actor)
    for name, value in wanted.items():
        if value == getattr(kept, name):
            continue
        if name in VideoSettings.NAMES:
            permit(rights.permission_refusal(actor, name, value))
        elif value and not policy.sees_sensitive(actor.person):
            raise refused("label.adults_only")
        setattr(kept, name, value)
    kept.full_clean(exclude=["user"], validate_unique=False)
    kept.save()
    return kept
