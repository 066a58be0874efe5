"""What the REST door says of words that somebody wrote."""

from typing import Any

from rest_framework import serializers

from accounts.linking.blocking import blocked_in


class BlockedHostsField(serializers.ListField):
    """The hosts to which the words in `source` lead and which moderators blocked: no links."""

    child = serializers.CharField()

    def __init__(self, *, source: str) -> None:
        super().__init__(
            source=source,
            read_only=True,
            help_text=f"Blocked hosts to which `{source}` leads: what leads there is no link.",
        )

    def to_representation(self, words: Any) -> list[str]:
        return blocked_in(words)
