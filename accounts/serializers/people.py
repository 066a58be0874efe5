"""The shapes of people, their accounts and uploads in REST."""

from typing import Any, ClassVar

from django.conf import settings
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts import policy
from accounts.models import Upload, User
from accounts.policy import Relation
from accounts.privacy import locks_of
from accounts.serializers.words import BlockedHostsField


class RelationSerializer(serializers.Serializer):
    """How the asking person stands to another; a block is told to nobody."""

    follows = serializers.BooleanField()
    requested = serializers.BooleanField(help_text="Asked to follow, not answered yet.")
    followed_by = serializers.BooleanField()
    friends = serializers.BooleanField()
    bell = serializers.BooleanField(help_text="Told of each new video of theirs.")


class CardSerializer(serializers.ModelSerializer):
    """Somebody in one line: `{id, username, name, avatar, hue, initials}`."""

    avatar = serializers.CharField(source="avatar_url", read_only=True)
    name = serializers.CharField(read_only=True)
    hue = serializers.IntegerField(read_only=True)
    initials = serializers.CharField(read_only=True)

    class Meta:
        model = User
        fields: ClassVar = ["id", "username", "name", "avatar", "hue", "initials"]
        read_only_fields: ClassVar = fields


class PersonSerializer(CardSerializer):
    """Somebody in a list, and how the asking person stands to them."""

    relation = serializers.SerializerMethodField()

    class Meta(CardSerializer.Meta):
        fields: ClassVar = [*CardSerializer.Meta.fields, "relation"]

    def get_relation(self, person: User) -> dict[str, bool]:
        relation = self.context["relations"].get(person.pk, Relation())
        return {"follows": relation.follows, "followed_by": relation.followed_by}


class ProfileSerializer(CardSerializer):
    """A profile as others see it."""

    followers = serializers.IntegerField(source="follower_count", read_only=True)
    following = serializers.IntegerField(source="following_count", read_only=True)
    url = serializers.CharField(source="get_absolute_url", read_only=True)
    relation = serializers.SerializerMethodField()
    can_message = serializers.SerializerMethodField()
    can_see_posts = serializers.SerializerMethodField()
    blocked_hosts = BlockedHostsField(source="bio")

    class Meta(CardSerializer.Meta):
        fields: ClassVar = [
            *CardSerializer.Meta.fields,
            "bio",
            "is_private",
            "followers",
            "following",
            "url",
            "relation",
            "can_message",
            "can_see_posts",
            "blocked_hosts",
        ]

    def get_relation(self, person: User) -> RelationSerializer:
        return RelationSerializer(self.context["standing"]).data  # type: ignore[return-value]

    def get_can_message(self, person: User) -> bool:
        return self.context["standing"].can_message

    def get_can_see_posts(self, person: User) -> bool:
        return self.context["standing"].sees_posts


class CapabilitiesSerializer(serializers.Serializer):
    """What this person's age allows; rules about two people are asked for each pair."""

    can_dm = serializers.BooleanField()
    can_create_group = serializers.BooleanField()
    can_loosen_privacy = serializers.BooleanField()


class LockSerializer(serializers.Serializer):
    """A setting that is not the person's alone to choose: by which rule, and why."""

    field = serializers.CharField()
    code = serializers.CharField(help_text="`policy.R4`, say.")
    sentence = serializers.CharField()
    wholly = serializers.BooleanField(help_text="Nothing is left to choose.")


class MeSerializer(CardSerializer):
    """The person's own account. Name of the account, mail address and birth date are read only."""

    followers = serializers.IntegerField(source="follower_count", read_only=True)
    following = serializers.IntegerField(source="following_count", read_only=True)
    capabilities = serializers.SerializerMethodField()
    locked = serializers.SerializerMethodField()
    language = serializers.ChoiceField(
        choices=[("", ""), *settings.LANGUAGES], required=False, allow_blank=True
    )

    class Meta(CardSerializer.Meta):
        fields: ClassVar = [
            *CardSerializer.Meta.fields,
            "display_name",
            "bio",
            "email",
            "birth_date",
            "region",
            "language",
            "time_zone",
            "theme",
            "is_private",
            "messages_from",
            "asks_before_groups",
            "suggests_account",
            "followers",
            "following",
            "capabilities",
            "locked",
            "has_leaked_password",
        ]
        read_only_fields: ClassVar = [
            *("id", "username", "email", "birth_date"),
            "has_leaked_password",
        ]

    @extend_schema_field(LockSerializer(many=True))
    def get_locked(self, person: User) -> Any:
        return LockSerializer(locks_of(person), many=True).data

    def get_capabilities(self, person: User) -> CapabilitiesSerializer:
        may_chat = person.may_chat
        may_open = policy.set_private(person.person, False) is None
        capabilities: Any = {
            "can_dm": may_chat,
            "can_create_group": may_chat,
            "can_loosen_privacy": may_open,
        }
        return CapabilitiesSerializer(capabilities).data  # type: ignore[return-value]


class AvatarSerializer(serializers.Serializer):
    """A picture as multipart `file`: JPEG, PNG, WebP or GIF, at most 8 MB."""

    file = serializers.FileField(write_only=True)


class TicketSerializer(serializers.Serializer):
    """The single-use ticket that goes into the socket's `hello` within 30 s."""

    ticket = serializers.CharField()


class ResumableUploadSerializer(serializers.ModelSerializer):
    """A resumable upload: `offset` of `length` bytes are here; `expires_at` unless it is complete.
    What it becomes has the same `id` (a clip, for the purpose "clip")."""

    is_complete = serializers.BooleanField(read_only=True)

    class Meta:
        model = Upload
        fields: ClassVar = [
            *("id", "purpose", "name", "length", "offset", "is_complete"),
            *("created_at", "expires_at"),
        ]
        read_only_fields = fields


class UploadPartSerializer(serializers.Serializer):
    """A part of a file, and the address that takes it by PUT for an hour."""

    number = serializers.IntegerField()
    size = serializers.IntegerField(help_text="Bytes.")
    url = serializers.CharField()
    arrived = serializers.BooleanField()
