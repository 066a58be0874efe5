"""What chat gives of a person and how it lets go of one (R46); how long it keeps what has its
time."""

from accounts.ports import Purger
from chat.data_rights import parting, said
from chat.data_rights.exporting import EXPORTER
from chat.data_rights.keeping import RETENTION

__all__ = ["EXPORTER", "PURGER", "RETENTION"]

PURGER = Purger(
    (
        parting.leave_channels,
        parting.leave_groups,
        said.drop_media,
        said.drop_stickers,
        said.take_back_reactions,
        said.take_back_votes,
        said.unname_messages,
        said.forget_links,
        parting.end_parts,
    ),
    {
        "chat.Message": "what was said to others stays, as somebody's whose account was deleted",
        "chat.Message.origin": "an id in what others forwarded, which leads nowhere any more",
        "chat.Message.unsent_by": "an id, which leads nowhere any more",
        "chat.Attachment": "that others showed a profile: its card says that it is gone",
        "chat.Reply": "what was said to others stays, without its author",
    },
)
