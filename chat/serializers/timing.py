"""The shapes of what happens by the clock, and of what only one person has in a conversation."""

from rest_framework import serializers

from accounts.serializers import CardSerializer
from chat.serializers.messages import NewMessageSerializer
from chat.serializers.polls import NewPollSerializer


class TimerSerializer(serializers.Serializer):
    seconds = serializers.IntegerField(help_text="0 (never), 86400, 604800 or 7776000.")


class StreaksSerializer(serializers.Serializer):
    on = serializers.BooleanField(help_text="Whether the person takes part in the streak.")


class NewScheduledSerializer(NewMessageSerializer):
    """A message as it is to be sent, and when; `client_id` becomes the message's own."""

    client_id = serializers.CharField(max_length=64, required=False, allow_null=True, default=None)
    send_at = serializers.CharField(max_length=40, help_text="RFC 3339, with its zone.")


class ScheduledChangeSerializer(serializers.Serializer):
    """Other words, another time, or both."""

    body = serializers.CharField(
        required=False, allow_null=True, default=None, allow_blank=True, trim_whitespace=False
    )
    send_at = serializers.CharField(
        max_length=40, required=False, allow_null=True, default=None, help_text="RFC 3339."
    )


class RefusalSerializer(serializers.Serializer):
    code = serializers.CharField()
    detail = serializers.CharField()


class ScheduledSerializer(serializers.Serializer):
    """A message that waits for its time, or was refused when that came."""

    id = serializers.UUIDField()
    conversation = serializers.UUIDField()
    client_id = serializers.UUIDField()
    body = serializers.CharField()
    reply_to = serializers.IntegerField(allow_null=True)
    thread = serializers.IntegerField(allow_null=True)
    mentions = serializers.ListField(child=serializers.CharField())
    share = serializers.CharField(allow_null=True, help_text="<kind>:<uuid>")
    media = serializers.ListField(child=serializers.CharField(), help_text="As it was asked for.")
    poll = NewPollSerializer(allow_null=True)
    send_at = serializers.DateTimeField()
    refusal = RefusalSerializer(allow_null=True)


class NewReminderSerializer(serializers.Serializer):
    remind_at = serializers.CharField(max_length=40, help_text="RFC 3339, with its zone.")


class ReminderSerializer(serializers.Serializer):
    """A message somebody wants to be reminded of; `reminded_at` is when they were."""

    id = serializers.UUIDField()
    conversation = serializers.UUIDField()
    title = serializers.CharField(help_text="Of the conversation.")
    seq = serializers.IntegerField()
    author = CardSerializer(allow_null=True)
    words = serializers.CharField(help_text="A line of what was said.")
    remind_at = serializers.DateTimeField()
    reminded_at = serializers.DateTimeField(allow_null=True)


class NewWordsSerializer(serializers.Serializer):
    """What somebody wrote and has not sent; empty words clear it."""

    body = serializers.CharField(allow_blank=True, trim_whitespace=False)
    reply_to = serializers.IntegerField(required=False, allow_null=True, default=None, min_value=1)
    mentions = serializers.ListField(child=serializers.CharField(), required=False, default=list)
    edited_at = serializers.CharField(
        max_length=40, help_text="RFC 3339, by the clock of who wrote: the newest edit wins."
    )


class WordsSerializer(NewWordsSerializer):
    conversation = serializers.UUIDField()
