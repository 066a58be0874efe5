"""A person: who they are, where they live, and how far others may come."""

import datetime
import zoneinfo
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, Self

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.contrib.auth.models import UserManager as DjangoUserManager
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, RegexValidator
from django.db import models
from django.db.models.functions import Coalesce, Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts import policy
from accounts.ids import uuid7
from accounts.models.screen_time import ScreenTimed
from accounts.routes import address
from accounts.text import clean_lines, clean_name, validate_name

if TYPE_CHECKING:
    from uuid import UUID

validate_username_shape = RegexValidator(
    r"\A[A-Za-z0-9](?:[A-Za-z0-9._]{1,28}[A-Za-z0-9_])\Z",
    _("3 to 30 letters, digits, dots or underscores; no dot at the end."),
    code="username.shape",
)

# Names that pose as the product or its staff, or that an address of ours may need one day.
_RESERVED_WORDS = (
    "about account accounts admin administrator api app blog cart chat checkout contact discover "
    "feed follow help inbox info legal login logout mail me media medley moderator moderators null "
    "official orders password pay privacy root safety search security sell settings share shop "
    "signup staff "
    "static status support system tags team terms undefined upload videos webmaster www"
)
RESERVED = frozenset(_RESERVED_WORDS.split())


def validate_not_reserved(value: str) -> None:
    """Raise `ValidationError` (code `username.reserved`) where the name is kept for Medley."""
    if value.lower().strip("._") in RESERVED:
        raise ValidationError(_("This username is not available."), code="username.reserved")


username_validators: list[Callable[[str], None]] = [validate_username_shape, validate_not_reserved]

HUES = 12


def validate_language(value: str) -> None:
    """Raise `ValidationError` for a language that Medley does not speak."""
    if value not in dict(settings.LANGUAGES):
        raise ValidationError(_("Choose a language from the list."), code="language.unknown")


def validate_time_zone(value: str) -> None:
    """Raise `ValidationError` where the IANA database knows no such zone."""
    if value not in zoneinfo.available_timezones():
        raise ValidationError(_("Choose a time zone from the list."), code="time_zone.unknown")


def _count(rows: models.QuerySet, field: str) -> Coalesce:
    """A subquery counting `rows` per `field`: joins would multiply two counts with each other."""
    counted = rows.order_by().values(field).annotate(count=models.Count("pk")).values("count")
    return Coalesce(models.Subquery(counted, output_field=models.IntegerField()), 0)


class UserQuerySet(models.QuerySet["User"]):
    """People, as sets."""

    def active(self) -> Self:
        """Those who have not been suspended or deleted."""
        return self.filter(is_active=True)

    def unblocked_for(self, viewer) -> Self:
        """Without those who block the viewer or whom the viewer blocks (R15)."""
        if not viewer.is_authenticated:
            return self
        return self.exclude(blocks_made__blocked=viewer).exclude(blocks_received__blocker=viewer)

    def visible_to(self, viewer) -> Self:
        """Profiles the viewer may open: active people, no block in between."""
        return self.active().unblocked_for(viewer)

    def named(self, username: str) -> Self:
        """Whose username it is, case ignored."""
        return self.alias(_lower=Lower("username")).filter(_lower=username.lower())

    def with_counts(self) -> Self:
        """With `follower_count` and `following_count`, of accepted follows."""
        follows = apps.get_model("accounts", "Follow").objects.filter(accepted_at__isnull=False)
        return self.annotate(
            follower_count=_count(follows.filter(followed=models.OuterRef("pk")), "followed"),
            following_count=_count(follows.filter(follower=models.OuterRef("pk")), "follower"),
        )

    def friends_of(self, person) -> Self:
        """Those with whom `person` follows and is followed, both accepted; blocks end follows."""
        return self.filter(
            followers__follower=person,
            followers__accepted_at__isnull=False,
            following__followed=person,
            following__accepted_at__isnull=False,
        )

    def matching(self, words: str) -> Self:
        """Whose username or display name holds the words, case ignored."""
        return self.filter(
            models.Q(username__icontains=words) | models.Q(display_name__icontains=words)
        )


class UserManager(DjangoUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Django's manager with the people's own query words."""

    def create_superuser(self, username, email=None, password=None, **extra):
        extra.setdefault("birth_date", datetime.date(1990, 1, 1))
        return super().create_superuser(username, email, password, **extra)


class User(ScreenTimed, AbstractUser):
    """One account. `birth_date` decides what is allowed (policy.py) and is shown to nobody."""

    class MessagesFrom(models.TextChoices):
        """Who may write to this person (R11)."""

        EVERYONE = policy.EVERYONE, _("Everyone")
        FOLLOWING = policy.FOLLOWING, _("People you follow")
        FRIENDS = policy.FRIENDS, _("Friends")
        NO_ONE = policy.NO_ONE, _("No one")

    class Theme(models.TextChoices):
        SYSTEM = "system", _("Like the device")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    username = models.CharField(
        _("username"),
        max_length=30,
        unique=True,
        validators=username_validators,
        error_messages={"unique": _("This username is taken.")},
    )
    email = models.EmailField(_("email address"), unique=True)
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    display_name = models.CharField(
        _("name"), max_length=50, blank=True, validators=[validate_name]
    )
    avatar = models.CharField(max_length=200, blank=True, help_text=_("Name in the file storage."))
    bio = models.TextField(
        _("bio"), max_length=160, blank=True, validators=[MaxLengthValidator(160)]
    )
    birth_date = models.DateField(_("birth date"))
    region = models.CharField(
        _("region"),
        max_length=2,
        blank=True,
        validators=[
            RegexValidator(
                r"\A[A-Z]{2}\Z",
                _("Give the two letters of a country, like ES."),
                code="region.shape",
            )
        ],
    )
    language = models.CharField(
        _("language"), max_length=8, blank=True, validators=[validate_language]
    )
    theme = models.CharField(_("theme"), max_length=6, choices=Theme.choices, default=Theme.SYSTEM)
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="UTC", validators=[validate_time_zone]
    )
    is_private = models.BooleanField(
        _("private account"),
        default=False,
        help_text=_("Only followers whom you accept see your videos."),
    )
    messages_from = models.CharField(
        _("who may message you"),
        max_length=10,
        choices=MessagesFrom.choices,
        default=MessagesFrom.EVERYONE,
    )
    asks_before_groups = models.BooleanField(
        _("ask me before I am added to a group"),
        default=False,
        help_text=_("Friends who add you send an invitation instead."),
    )
    suggests_account = models.BooleanField(_("suggest my account to others"), default=True)
    limits = models.JSONField(
        default=dict,
        db_default={},
        blank=True,
        help_text=_("What strikes keep the person from, and until when: {feature: ISO time}."),
    )
    suspended_until = models.DateTimeField(
        null=True, blank=True, help_text=_("By a moderator's decision.")
    )
    is_banned = models.BooleanField(
        default=False, db_default=False, help_text=_("By a moderator's decision, for good.")
    )
    session_epoch = models.PositiveIntegerField(
        default=0, help_text=_("Raised when every session and socket of the person must end.")
    )
    has_leaked_password = models.BooleanField(
        default=False,
        db_default=False,
        editable=False,
        help_text=_("Their password was found in a list of leaked ones as they signed in."),
    )
    leaving_at = models.DateTimeField(
        null=True,
        blank=True,
        editable=False,
        help_text=_("When the account is deleted, where its person asked for that."),
    )

    guarded = models.JSONField(
        null=True,
        blank=True,
        help_text=_("What guardians tightened (policy.Ward); empty: there is no guardian."),
    )

    objects: ClassVar[UserManager] = UserManager()
    REQUIRED_FIELDS = ["email"]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("username"),
                name="user_username_ci",
                violation_error_message=_("This username is taken."),
            ),
            models.UniqueConstraint(Lower("email"), name="user_email_ci"),
            models.CheckConstraint(
                condition=models.Q(
                    messages_from__in=["everyone", "following", "friends", "no_one"]
                ),
                name="user_messages_from_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        self.display_name = clean_name(self.display_name)
        self.bio = clean_lines(self.bio)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Django's fingerprint of the password, carried by every session, with the epoch in it."""
        return salted_hmac(
            "accounts.models.User.session",
            f"{self.password}:{self.session_epoch}",
            secret=secret,
            algorithm="sha256",
        ).hexdigest()

    def get_absolute_url(self) -> str:
        return address("accounts:profile", self.username)

    @property
    def name(self) -> str:
        """What others read: the display name, else the username."""
        return self.display_name or self.username

    def get_full_name(self) -> str:
        """What Django and the admin call the person; there is no first and last name to join."""
        return self.name

    def get_short_name(self) -> str:
        """The same: a name is not cut by machine."""
        return self.name

    @property
    def initials(self) -> str:
        """One or two letters for the face of somebody without a picture."""
        words = self.name.split()
        return "".join(word[0] for word in (words[0], *words[1:][-1:])).upper() if words else "?"

    @property
    def hue(self) -> int:
        """0 to 11: the colour of the face without a picture, the same on every device."""
        return self.pk.int % HUES

    @property
    def avatar_url(self) -> str:
        """The picture's address, or an empty string."""
        return reverse("accounts:avatar", args=[self.avatar]) if self.avatar else ""

    @property
    def age(self) -> int:
        """Whole years today in the person's own time zone."""
        here = zoneinfo.ZoneInfo(self.time_zone)
        return policy.age_on(self.birth_date, timezone.now().astimezone(here).date())

    @cached_property
    def person(self) -> "policy.Person":
        """The plain values that accounts/policy/ asks for."""
        return policy.Person(
            age=self.age,
            messages_from=self.messages_from,
            asks_before_groups=self.asks_before_groups,
            active=self.is_active,
            limited=policy.limited_now(self.limits, timezone.now()),
            ward=policy.Ward.restored(self.guarded),
        )

    def forget_person(self) -> None:
        """Ask for the plain values anew: a setting has changed."""
        self.__dict__.pop("person", None)

    @property
    def is_barred(self) -> bool:
        """Whether moderators keep the person out, for a time or for good (R43)."""
        return self.is_banned or self.suspended_until is not None

    @property
    def may_chat(self) -> bool:
        """Whether conversations exist for this person at all (R2)."""
        return policy.may_use_messages(self.person) is None

    @property
    def is_public(self) -> bool:
        """Anybody may open the profile, signed in or not: it can be shared as a card."""
        return self.is_active

    def share_card(self) -> dict[str, object]:
        """What a conversation shows of the profile (chat/sharing.py)."""
        return {
            "kind": "profile",
            "id": str(self.pk),
            "title": self.name,
            "detail": f"@{self.username}",
            "words": self.bio,
            "face": self.card(),
            "url": self.get_absolute_url(),
        }

    def note_share(self, user: object, conversation_count: int) -> None:
        """Nobody counts how often a profile is shared."""

    def card(self) -> dict[str, "UUID | str | int"]:
        """The shape other people's clients get: `{id, username, name, avatar, hue, initials}`."""
        return {
            "id": str(self.pk),
            "username": self.username,
            "name": self.name,
            "avatar": self.avatar_url,
            "hue": self.hue,
            "initials": self.initials,
        }
