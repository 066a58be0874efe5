"""One client's commands: what every kind of frame needs, and the conversation's daily ones."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.utils.functional import cached_property

from accounts import policy
from accounts.models import User
from accounts.pool import in_thread
from chat import actions, parts, writer
from chat.hub import hub
from chat.live import frames
from chat.live.answers import Answers
from chat.live.clock import ScreenClock
from chat.live.frames import Frame
from chat.live.socket import Socket
from chat.models import Conversation
from chat.writing.drafts import draft_message, draft_reaction

# What is no use of Medley (R9): it keeps a device in step and tells it what it must know.
UNTIMED: set[str] = set()
SAID = ("body", "client_id", "reply_to", "thread", "mentions")


class Commands:
    """Of one client. Each raises what the other doors raise; whoever calls answers that."""

    def __init__(self, user: User, socket: Socket, answers: Answers) -> None:
        self.user, self.socket, self.answers = user, socket, answers
        self.clock = ScreenClock(user) if user.allowance().limit is not None else None

    @cached_property
    def may_not_write(self) -> policy.Refusal | None:
        """R2 and R43, as it stands at their first message; the writer compares membership."""
        return policy.may_write(self.user.person)

    def permit(self) -> None:
        """Raises `Refused` (policy.R2)."""
        if self.may_not_write is not None:
            raise self.may_not_write.error()

    def clock_is_known(self, frame: Frame) -> bool:
        """Whether this minute of a person whose day has an end was counted, and left some time."""
        return self.clock is None or self.clock.is_running or frame["type"] in UNTIMED

    async def look_at_clock(self, frame: Frame) -> None:
        """Count this minute. Raises `Refused` (policy.R9) where the day is over: what is said is
        refused, while what others say goes on arriving, so that nothing is missing tomorrow."""
        if self.clock is not None and not self.clock_is_known(frame):
            await self.clock.count()

    # --- What never leaves the loop ---------------------------------------------------------------

    def send_words(self, frame: Frame) -> bool:
        """Words alone: the next frame is taken before this one's commit is there."""
        if any(frame.get(name) for name in parts.makers()):
            return False
        draft = draft_message(self.user.pk, frames.conversation_of(frame), **self.said(frame))
        writer.submit_to(draft, partial(self.answers.outcome, frame))
        return True

    def add_reaction(self, frame: Frame) -> bool:
        return self.react(frame, adds=True)

    def remove_reaction(self, frame: Frame) -> bool:
        return self.react(frame, adds=False)

    def react(self, frame: Frame, *, adds: bool) -> bool:
        seq, conversation = frames.number(frame.get("seq")), frames.conversation_of(frame)
        reacting = draft_reaction(self.user.pk, conversation, seq, frame.get("emoji"), adds=adds)
        self.permit()
        writer.submit_to(reacting, partial(self.answers.outcome, frame))
        return True

    def read(self, frame: Frame) -> bool:
        conversation, seq = str(frames.conversation_of(frame)), frames.number(frame.get("seq"))
        if conversation not in self.socket.lines:
            return False
        hub.hints.note_read(conversation, self.socket.user, seq)
        return True

    def typing(self, frame: Frame) -> bool:
        conversation = str(frames.conversation_of(frame))
        line = self.socket.lines.get(conversation)
        if line is None:
            return False
        if line.may_speak and line.shows_typing and not line.is_quiet:
            hub.hints.note_typing(conversation, self.socket.user)
        return True

    def pong(self, frame: Frame) -> bool:
        """That it came is all it says."""
        return True

    # --- What asks the database -------------------------------------------------------------------

    async def hello(self, frame: Frame) -> None:
        await hub.resume(self.socket, frames.cursors_of(frame))

    async def send_parts(self, frame: Frame) -> None:
        """In its turn, so that what is said next stays behind it."""
        said = self.said(frame) | {name: frame.get(name) for name in parts.makers()}
        conversation = frames.conversation_of(frame)
        stored = await in_thread(actions.send_message, self.user, conversation, **said)
        self.answers.ack(frame, stored)

    async def read_request(self, frame: Frame) -> None:
        """Of a conversation whose news do not reach them (yet)."""
        seq = frames.number(frame.get("seq"))
        await in_thread(actions.mark_read, self.user, frames.conversation_of(frame), seq=seq)

    async def type_unheard(self, frame: Frame) -> None:
        """Nobody is told; whether the conversation is there is answered."""
        await in_thread(actions.note_typing, self.user, frames.conversation_of(frame))

    def said(self, frame: Frame) -> Frame:
        """What `draft_message` and `send_message` take from a frame."""
        self.permit()
        said = {name: frame[name] for name in SAID if frame.get(name) is not None}
        said.setdefault("client_id", "")
        return said

    async def edit_message(self, frame: Frame) -> None:
        said = {"body": frame.get("body"), "mentions": frame.get("mentions")}
        await self.verb(frame, actions.edit_message, **said)

    async def unsend_message(self, frame: Frame) -> None:
        await self.verb(frame, actions.unsend_message)

    async def verb(self, frame: Frame, verb: Callable[..., Any], **options: Any) -> None:
        """A verb about one message, then its ack."""
        seq = frames.number(frame.get("seq"))
        conversation_id = frames.conversation_of(frame)

        def act() -> Any:
            conversation = Conversation.objects.visible_to(self.user).get(pk=conversation_id)
            return verb(self.user, conversation, seq=seq, **options)

        message = await in_thread(act)
        self.answers.write(
            {
                "type": "ack",
                **frames.echo(frame),
                "conversation": str(conversation_id),
                "seq": message.seq,
                "revision": message.revision,
            }
        )
