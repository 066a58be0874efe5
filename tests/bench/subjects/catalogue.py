"""All subjects, in the order in which they are shown."""

from tests.bench.measuring import Subject
from tests.bench.options import Wrong
from tests.bench.subjects.commit import Commit
from tests.bench.subjects.ejabberd import Ejabberd
from tests.bench.subjects.floor import Floor
from tests.bench.subjects.medley import Medley
from tests.bench.subjects.prosody import Prosody
from tests.bench.subjects.socketio import SocketIO, SocketIOWithPostgreSQL
from tests.bench.subjects.tutorial import Tutorial

PEERS_BY_APT: list[Subject] = [Ejabberd(), Prosody()]
ALL: list[Subject] = [
    *(Medley(), Floor(), Commit(), Tutorial(), SocketIO(), SocketIOWithPostgreSQL()),
    *PEERS_BY_APT,
]


def subjects(all_peers: bool, *named: str) -> list[Subject]:
    """Those of every run; those that apt must install with `all_peers` or where they are named.

    `Wrong` for a name that nobody has.
    """
    known = [subject.name for subject in ALL]
    if unknown := [name for name in named if name not in known]:
        raise Wrong(f"No such subject: {', '.join(unknown)}. There are {', '.join(known)}.")
    return [
        subject
        for subject in ALL
        if subject not in PEERS_BY_APT or all_peers or subject.name in named
    ]
