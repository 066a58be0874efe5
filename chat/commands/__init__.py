"""What a signed-in client may ask for over the socket: one function for each type of frame.

A further noun is a module with its own `PATIENT`, merged here.
"""

from collections.abc import Awaitable, Callable
from functools import partial

from chat.commands import links, media, messages, notifications, polls, timing, watching
from chat.commands.client import UNTIMED, Commands
from chat.live import closures
from chat.live.frames import Frame

# Answer whether they did it; else the patient one of the same name does.
QUICK: dict[str, Callable[[Commands, Frame], bool]] = {
    "message.send": Commands.send_words,
    "pong": Commands.pong,
    "reaction.add": Commands.add_reaction,
    "reaction.remove": Commands.remove_reaction,
    "read": Commands.read,
    "typing": Commands.typing,
    **watching.QUICK,
}

PATIENT: dict[str, Callable[[Commands, Frame], Awaitable[None]]] = {
    "hello": Commands.hello,
    "message.edit": Commands.edit_message,
    "message.send": Commands.send_parts,
    "message.unsend": Commands.unsend_message,
    "read": Commands.read_request,
    "typing": Commands.type_unheard,
    **links.PATIENT,
    **media.PATIENT,
    **messages.PATIENT,
    **notifications.PATIENT,
    **polls.PATIENT,
    **timing.PATIENT,
    **watching.PATIENT,
}

# Say nothing of conversations: also for those for whom there are none.
OF_ANYBODY = {"hello", *notifications.PATIENT}
# Nor have these anything to do with what may be off in a region (R45).
NEVER_OFF = {*OF_ANYBODY, "pong"}
UNTIMED.update(NEVER_OFF)


def do_quickly(commands: Commands, frame: Frame) -> bool:
    """Do it now, where that needs neither the database nor a wait; whether it was done.

    Raises `Refused` (policy.R45) where it is off in the client's region, quick or not.
    """
    quick = QUICK.get(frame["type"])
    if not commands.clock_is_known(frame):
        return False
    if commands.socket.off and frame["type"] not in NEVER_OFF:
        closures.permit(commands.socket, frame)
    return quick is not None and quick(commands, frame)


def patient(commands: Commands, frame: Frame) -> Callable[[], Awaitable[None]] | None:
    """How to do what was not done quickly; None where there is no such command. What is off where
    the client is (R45) was refused before.

    Raises `Refused` (policy.R2) where conversations do not exist for this person: as the other
    doors do, before anything is looked up.
    """
    command = PATIENT.get(frame["type"])
    if command is None:
        return None
    if frame["type"] not in OF_ANYBODY:
        commands.permit()
    return partial(command, commands, frame)
