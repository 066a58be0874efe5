"""Who may watch a video, and who may do what with it: what its author decides."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts import policy


class Audience(models.TextChoices):
    """Who may watch; of a private account never more than its followers."""

    PUBLIC = "public", _("Everyone")
    FOLLOWERS = "followers", _("Followers")
    FRIENDS = "friends", _("Friends")
    CHOSEN = "chosen", _("Chosen friends")
    PRIVATE = "private", _("Only me")


class Circle(models.TextChoices):
    """Of whom an author lets something be done, each within the one before."""

    EVERYONE = policy.EVERYONE, _("Everyone")
    FOLLOWERS = policy.FOLLOWERS, _("Followers")
    FRIENDS = policy.FRIENDS, _("Friends")
    NO_ONE = policy.NO_ONE, _("No one")


def _circle(label: Any, default: Circle = Circle.EVERYONE) -> Any:
    return models.CharField(
        label, max_length=9, choices=Circle.choices, default=default, db_default=default.value
    )


class Permissions(models.Model):
    """What others may do with a video, or with all that somebody will post.

    What is stored is a wish: age and privacy have the last word (R5, videos/rights.py), so that
    nothing has to be rewritten when an account becomes private.
    """

    comments_by = _circle(_("who can comment"))
    duets_by = _circle(_("who can make duets"))
    stitches_by = _circle(_("who can make stitches"))
    # What was posted before there were downloads was posted without them.
    downloads_by = _circle(_("who can download"), Circle.NO_ONE)

    NAMES = ("comments_by", "duets_by", "stitches_by", "downloads_by")

    class Meta:
        abstract = True

    @property
    def permissions(self) -> dict[str, str]:
        """All of them, by name."""
        return {name: getattr(self, name) for name in self.NAMES}


class VideoSettings(Permissions):
    """What somebody decided about videos once and for all; who never did has no row
    (videos/actions/defaults.py). The permissions are those with which a new draft begins."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="video_settings"
    )
    shows_sensitive = models.BooleanField(
        _("show sensitive videos without asking"), default=False, db_default=False
    )

    def __str__(self) -> str:
        return f"video settings of {self.user_id}"


def open_to_all(prefix: str = "") -> Q:
    """For a filter of published videos: anybody may watch, signed in or not.

    Of sensitive ones nobody does who is not known to be grown up. `prefix` leads to the video
    ("videos__").
    """
    wanted = {
        "audience": Audience.PUBLIC,
        "sensitivity": "",
        "author__is_private": False,
        "author__is_active": True,
    }
    return Q(**{f"{prefix}{name}": value for name, value in wanted.items()})
