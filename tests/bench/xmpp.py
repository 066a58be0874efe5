"""How an anonymous XMPP client enters a room and speaks there (RFC 6120, XEP-0045, XEP-0175)."""

from tests.bench.cases import Case
from tests.bench.load import ID, Member, Step
from tests.bench.websocket import BODY

HOST = "localhost"
ROOMS = f"conference.{HOST}"
CLIENT = "urn:ietf:params:xml:ns:xmpp-"
MUC = "http://jabber.org/protocol/muc"
STREAM = Step(
    f"<?xml version='1.0'?><stream:stream to='{HOST}' version='1.0' xmlns='jabber:client'"
    " xmlns:stream='http://etherx.jabber.org/streams'>",
    expect="</stream:features>",
)


def members_of(case: Case, port: int) -> list[Member]:
    """Everybody's connection."""
    return [
        Member(
            port,
            room,
            _opening(f"room{room}@{ROOMS}", f"member{number}"),
            _message(f"room{room}@{ROOMS}") if number < case.senders else "",
            framed=False,
        )
        for room in range(case.rooms)
        for number in range(case.members)
    ]


def _opening(room: str, nickname: str) -> tuple[Step, ...]:
    """Stream, anonymous login, resource, presence, and the room without its history.

    The room has let one in when it answers with status 110, one's own presence.
    """
    return (
        STREAM,
        Step(f"<auth xmlns='{CLIENT}sasl' mechanism='ANONYMOUS'/>", expect="<success"),
        STREAM,
        Step(f"<iq type='set' id='b'><bind xmlns='{CLIENT}bind'/></iq>", expect="</iq>"),
        Step(
            f"<presence to='{room}/{nickname}'><x xmlns='{MUC}'><history maxstanzas='0'/></x>"
            "</presence>",
            expect="110",
        ),
    )


def _message(room: str) -> str:
    return f"<message to='{room}' type='groupchat' id='{ID}'><body>{BODY}</body></message>"
