"""The REST door's shapes: what comes in, and (for the schema) what chat/cards.py sends out.

What comes in is shape only; limits are those of the verbs.
"""

from chat.serializers.conversations import (
    ChangeSerializer,
    ChangesSerializer,
    ConversationDetailSerializer,
    ConversationPageSerializer,
    ConversationSerializer,
    DeclineSerializer,
    NewConversationSerializer,
    NotAddedSerializer,
    PlaceSerializer,
    ReadSerializer,
    TitleSerializer,
)
from chat.serializers.members import (
    MemberSerializer,
    UsernameSerializer,
)
from chat.serializers.messages import (
    BodySerializer,
    EmojiSerializer,
    HistorySerializer,
    MessageSerializer,
    NewMessageSerializer,
    ReactionsSerializer,
    ShareReferenceSerializer,
)
from chat.serializers.polls import (
    NewPollSerializer,
    OptionTextSerializer,
    PollSerializer,
    VotePageSerializer,
    VotesSerializer,
)
from chat.serializers.shares import (
    NewShareSerializer,
    SharesSerializer,
    ShareTargetSerializer,
)

__all__ = [
    "BodySerializer",
    "ChangeSerializer",
    "ChangesSerializer",
    "ConversationDetailSerializer",
    "ConversationPageSerializer",
    "ConversationSerializer",
    "DeclineSerializer",
    "EmojiSerializer",
    "HistorySerializer",
    "MemberSerializer",
    "MessageSerializer",
    "NewConversationSerializer",
    "NewMessageSerializer",
    "NewPollSerializer",
    "NewShareSerializer",
    "NotAddedSerializer",
    "OptionTextSerializer",
    "PlaceSerializer",
    "PollSerializer",
    "ReactionsSerializer",
    "ReadSerializer",
    "ShareReferenceSerializer",
    "ShareTargetSerializer",
    "SharesSerializer",
    "TitleSerializer",
    "UsernameSerializer",
    "VotePageSerializer",
    "VotesSerializer",
]
