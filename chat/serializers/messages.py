"""The shapes of messages."""

from rest_framework import serializers

from accounts.serializers import CardSerializer
from chat.serializers.media import MediaSerializer
from chat.serializers.polls import NewPollSerializer, PollSerializer


class NewMessageSerializer(serializers.Serializer):
    """One thing to say; `client_id` makes saying it twice harmless."""

    client_id = serializers.CharField(max_length=64)
    body = serializers.CharField(
        required=False, default="", allow_blank=True, trim_whitespace=False
    )
    reply_to = serializers.IntegerField(required=False, allow_null=True, default=None, min_value=1)
    thread = serializers.IntegerField(
        required=False,
        allow_null=True,
        default=None,
        min_value=1,
        help_text="The seq of a group's message under which it stands.",
    )
    share = serializers.CharField(
        required=False, allow_null=True, default=None, max_length=100, help_text="<kind>:<uuid>"
    )
    media = serializers.ListField(
        child=serializers.CharField(max_length=64),
        required=False,
        default=list,
        max_length=50,
        help_text='Ids of one\'s own uploads that are ready, at most 10; or "sticker:<id>".',
    )
    mentions = serializers.ListField(
        child=serializers.CharField(),
        required=False,
        default=list,
        help_text='Ids of members, or "all" where the role has the right.',
    )
    poll = NewPollSerializer(required=False, allow_null=True, default=None)


class BodySerializer(serializers.Serializer):
    """Other words, and whom they mention; without `mentions` those stay."""

    body = serializers.CharField(allow_blank=True, trim_whitespace=False)
    mentions = serializers.ListField(
        child=serializers.CharField(), required=False, allow_null=True, default=None
    )


class EmojiSerializer(serializers.Serializer):
    emoji = serializers.CharField(max_length=16)


class ReactionsSerializer(serializers.Serializer):
    emoji = serializers.CharField()
    count = serializers.IntegerField()
    users = serializers.ListField(child=serializers.UUIDField())


class ShareReferenceSerializer(serializers.Serializer):
    """What a message shares; `card` only where anybody may see it."""

    kind = serializers.CharField()
    id = serializers.UUIDField()
    card = serializers.DictField(allow_null=True)


class LinkSerializer(serializers.Serializer):
    """What a link in a message shows; `card` null while it is fetched, and in news where not
    everybody may see it."""

    url = serializers.CharField()
    kind = serializers.ChoiceField(["own", "outside"])
    waits = serializers.BooleanField(help_text="It is being fetched.")
    card = serializers.DictField(allow_null=True)


class RepliesSerializer(serializers.Serializer):
    """The thread under a message: how many, the newest place, who spoke last."""

    count = serializers.IntegerField()
    last = serializers.IntegerField()
    people = serializers.ListField(child=serializers.UUIDField())


class ForwardedSerializer(serializers.Serializer):
    """How often its words were forwarded, and who said them first, where anybody may know."""

    hops = serializers.IntegerField()
    origin = CardSerializer(allow_null=True)


class MessageSerializer(serializers.Serializer):
    """A message in its present state."""

    id = serializers.UUIDField()
    conversation = serializers.UUIDField()
    seq = serializers.IntegerField()
    revision = serializers.IntegerField()
    author = serializers.UUIDField(allow_null=True)
    body = serializers.CharField()
    notice = serializers.DictField(allow_null=True, help_text="A system line: code, actor, people.")
    created_at = serializers.DateTimeField()
    edited_at = serializers.DateTimeField(allow_null=True)
    unsent_at = serializers.DateTimeField(allow_null=True)
    unsent_by = serializers.UUIDField(
        required=False, help_text="Who took it down; only on those whose author did not."
    )
    taken_down = serializers.BooleanField(
        required=False, help_text="Medley's moderators did; only on those, where it is true."
    )
    expires_at = serializers.DateTimeField(
        required=False, help_text="From when on it is gone; only on those that disappear."
    )
    reply_to = serializers.IntegerField(allow_null=True)
    thread = serializers.IntegerField(allow_null=True, help_text="The seq of its thread's root.")
    replies = RepliesSerializer(allow_null=True)
    forwarded = ForwardedSerializer(allow_null=True)
    share = ShareReferenceSerializer(allow_null=True)
    links = LinkSerializer(
        many=True, required=False, help_text="Only where what it links to has cards; at most 3."
    )
    media = MediaSerializer(many=True)
    heard = serializers.BooleanField(
        required=False, help_text="Whether one has listened to it; only on others' voice messages."
    )
    mentions = serializers.ListField(child=serializers.CharField(), help_text='User ids, or "all".')
    reactions = ReactionsSerializer(many=True)
    poll = PollSerializer(allow_null=True)


class HistorySerializer(serializers.Serializer):
    """Messages, newest first; `next` is the address of the earlier ones, `newer` of the later."""

    results = MessageSerializer(many=True)
    next = serializers.URLField(allow_null=True)
    newer = serializers.URLField(allow_null=True, required=False)


class EditSerializer(serializers.Serializer):
    """What a message said, and when other words took its place."""

    body = serializers.CharField()
    replaced_at = serializers.DateTimeField()


class MentionsSerializer(serializers.Serializer):
    results = serializers.ListField(child=serializers.IntegerField())


class ReactionSerializer(serializers.Serializer):
    """One person's one emoji."""

    emoji = serializers.CharField()
    user = CardSerializer()
    reacted_at = serializers.DateTimeField()


class ReactionPageSerializer(serializers.Serializer):
    """A page of who reacted."""

    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = ReactionSerializer(many=True)


class LanguageSerializer(serializers.Serializer):
    to = serializers.RegexField(
        r"\A[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})?\Z", required=False, allow_blank=True, default=""
    )


class TranslationSerializer(serializers.Serializer):
    """The words in another language; `language` is the one they were found to be in."""

    words = serializers.CharField()
    language = serializers.CharField()
