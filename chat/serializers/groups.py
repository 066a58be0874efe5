"""The shapes of what a group decides, and of the ways into it."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from accounts.serializers import CardSerializer
from chat.models import JoinRequest, Membership, WordFilter


class AboutSerializer(serializers.Serializer):
    """What a group is called and says of itself; what is left out stays."""

    title = serializers.CharField(required=False, allow_blank=True)
    description = serializers.CharField(required=False, allow_blank=True)
    rules = serializers.CharField(required=False, allow_blank=True)

    def validate(self, attrs: dict) -> dict:
        if not attrs:
            raise serializers.ValidationError({"title": _("Say what to change.")}, code="required")
        return attrs


class PictureSerializer(serializers.Serializer):
    file = serializers.FileField()


class RightsSerializer(serializers.Serializer):
    """The lowest role of each right that changes."""

    rights = serializers.DictField(child=serializers.CharField(max_length=16))


class SlowModeSerializer(serializers.Serializer):
    seconds = serializers.IntegerField(min_value=0, max_value=2**31 - 1, help_text="0 ends it.")


class FreezeSerializer(serializers.Serializer):
    frozen = serializers.BooleanField()


class QuietHoursSerializer(serializers.Serializer):
    """From when until when; both null end them."""

    start = serializers.TimeField(allow_null=True)
    end = serializers.TimeField(allow_null=True)
    time_zone = serializers.CharField(required=False, allow_blank=True, default="", max_length=64)

    def validate(self, attrs: dict) -> dict:
        if (attrs["start"] is None) != (attrs["end"] is None):
            raise serializers.ValidationError({"end": _("Give both times.")}, code="required")
        return attrs


class JoiningSerializer(serializers.Serializer):
    """How people come in; what is left out stays."""

    approves_joins = serializers.BooleanField(required=False)
    shows_history = serializers.BooleanField(required=False)
    questions = serializers.ListField(
        child=serializers.CharField(allow_blank=True), required=False, max_length=20
    )


class WordListSerializer(serializers.Serializer):
    """Words and phrases that members cannot say, and what becomes of such a message."""

    words = serializers.ListField(
        child=serializers.CharField(allow_blank=True), required=False, max_length=1000
    )
    action = serializers.ChoiceField(choices=WordFilter.Action.choices, required=False)


class HeldMessageSerializer(serializers.Serializer):
    """What somebody wants to say."""

    id = serializers.UUIDField()
    author = CardSerializer()
    body = serializers.CharField()
    held_at = serializers.DateTimeField()


class HeldMessagesSerializer(serializers.Serializer):
    results = HeldMessageSerializer(many=True)


class MemberChangeSerializer(serializers.Serializer):
    """One of them: another role, or silence for so many seconds (0 lifts it)."""

    role = serializers.CharField(required=False, max_length=16)
    silenced_for = serializers.IntegerField(required=False, min_value=0, max_value=2**31 - 1)

    def validate(self, attrs: dict) -> dict:
        if len(attrs) != 1:
            raise serializers.ValidationError({"role": _("Change one thing.")}, code="required")
        return attrs


class NewInviteSerializer(serializers.Serializer):
    """A link: how long, for how many, with approval or not."""

    label = serializers.CharField(  # type: ignore[assignment]
        required=False, allow_blank=True, default=""
    )
    seconds = serializers.IntegerField(
        required=False, allow_null=True, default=None, max_value=2**31 - 1
    )
    use_limit = serializers.IntegerField(
        required=False, allow_null=True, default=None, max_value=2**31 - 1
    )
    asks_approval = serializers.BooleanField(required=False, default=False)


class InviteSerializer(serializers.Serializer):
    """A link as those who run the group see it."""

    id = serializers.UUIDField()
    label = serializers.CharField()  # type: ignore[assignment]
    creator = CardSerializer(allow_null=True)
    asks_approval = serializers.BooleanField()
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField(allow_null=True)
    use_limit = serializers.IntegerField(allow_null=True)
    used = serializers.IntegerField()
    revoked_at = serializers.DateTimeField(allow_null=True)
    is_open = serializers.BooleanField()
    joined = CardSerializer(many=True, help_text="Who came by it.")


class MadeInviteSerializer(InviteSerializer):
    """The same with its address, which is told this once."""

    url = serializers.URLField()


class InvitesSerializer(serializers.Serializer):
    results = InviteSerializer(many=True)


class OpeningSerializer(serializers.Serializer):
    """A group as whoever opens a link to it sees it."""

    conversation = serializers.UUIDField()
    title = serializers.CharField()
    picture = serializers.CharField()
    description = serializers.CharField()
    rules = serializers.CharField()
    questions = serializers.ListField(child=serializers.CharField())
    asks_approval = serializers.BooleanField()
    members = serializers.IntegerField()
    friends = CardSerializer(many=True)
    state = serializers.CharField(allow_null=True, help_text="joined, waiting or null")


class EnterSerializer(serializers.Serializer):
    """`accepted`: the person says that they want to join; answers in the order of the questions."""

    accepted = serializers.BooleanField(required=False, default=False)
    answers = serializers.ListField(
        child=serializers.CharField(allow_blank=True), required=False, default=list, max_length=20
    )


class JoinedSerializer(serializers.Serializer):
    conversation = serializers.UUIDField()
    state = serializers.ChoiceField(choices=["joined", "waiting"])


class UsernamesSerializer(serializers.Serializer):
    """Several people."""

    usernames = serializers.ListField(
        child=serializers.CharField(max_length=30), min_length=1, max_length=32
    )


class JoinRequestSerializer(serializers.Serializer):
    """Somebody who asks to join."""

    user = CardSerializer()
    state = serializers.ChoiceField(choices=JoinRequest.State.choices)
    answers = serializers.ListField(child=serializers.DictField())
    added_by = CardSerializer(allow_null=True)
    invite = serializers.UUIDField(allow_null=True)
    asked_at = serializers.DateTimeField()


class JoinRequestsSerializer(serializers.Serializer):
    results = JoinRequestSerializer(many=True)


class AnswerSerializer(serializers.Serializer):
    approve = serializers.BooleanField()


class BanSerializer(serializers.Serializer):
    user = CardSerializer()
    banned_by = CardSerializer(allow_null=True)
    banned_at = serializers.DateTimeField()


class BansSerializer(serializers.Serializer):
    results = BanSerializer(many=True)


class WritingSerializer(serializers.Serializer):
    """Who writes when."""

    slow = serializers.IntegerField(help_text="Seconds between two messages of a member.")
    frozen = serializers.BooleanField(help_text="Only owner and admins write.")
    closed = serializers.BooleanField(help_text="Moderators of Medley closed it: nobody writes.")
    quiet = serializers.DictField(allow_null=True, help_text="{from, until, time_zone}")
    may_send = serializers.ChoiceField(choices=Membership.Role.choices)


class GroupSettingsSerializer(serializers.Serializer):
    """What members see on a group's page."""

    description = serializers.CharField()
    rules = serializers.CharField()
    rights = serializers.DictField(child=serializers.CharField())
    shows_history = serializers.BooleanField()
    approves_joins = serializers.BooleanField()
    questions = serializers.ListField(child=serializers.CharField())
