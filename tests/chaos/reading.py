"""What a client under load hears, with each thing written into its history."""

from collections.abc import Callable

from tests.chaos.history import History
from tests.chaos.world import Person
from tests.client.copy import Copy, Event, Frame
from tests.client.line import Line
from tests.client.reading import Reading


class Noted(Reading):
    """`delivered(reader, port, client_id)` is told of what came."""

    def __init__(
        self,
        line: Line,
        person: Person,
        history: History,
        delivered: Callable[[str, int, str], None],
    ) -> None:
        super().__init__(line, person.id, person.key)
        self._person, self._history, self._delivered = person, history, delivered
        self.copies = {each: Copy() for each in person.conversations}

    def start_from(self, other: Reading) -> None:
        """Go on from where another device of the same person is."""
        for conversation, cursor in other.cursors.items():
            self.copies[conversation] = Copy(cursor, cursor)

    def applied(self, conversation: str, event: Event) -> None:
        names = {"type", "revision", "seq", "id", "body"} & event.keys()
        told = {name: event[name] for name in sorted(names)}
        self._history.note("applied", conversation=conversation, **told)
        if event["type"] == "message.created" and event["body"]:
            self._delivered(self._person.username, self.line.port, event["body"][:36])

    def ended(self, conversation: str) -> None:
        self._history.note("ended", conversation=conversation)

    def unknown(self, conversation: str, frame: Frame) -> None:
        """Whatever names a conversation that is not theirs is written down."""
        self._history.note("named", conversation=conversation, type=frame["type"])

    def unheard(self, conversation: str, head: int) -> None:
        self.copies[conversation] = Copy()

    def unhealed(self, conversation: str) -> None:
        self._history.note("unhealed", conversation=conversation)
