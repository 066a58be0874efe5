"""All subjects, in the order in which they are shown."""

from tests.bench.measuring import Subject
from tests.bench.subjects.commit import Commit
from tests.bench.subjects.ejabberd import Ejabberd
from tests.bench.subjects.floor import Floor
from tests.bench.subjects.medley import Medley
from tests.bench.subjects.prosody import Prosody
from tests.bench.subjects.socketio import SocketIO, SocketIOWithPostgreSQL
from tests.bench.subjects.tutorial import Tutorial


def subjects(all_peers: bool) -> list[Subject]:
    """The subjects of every run, and with `all_peers` those that apt must install."""
    ours = [Medley(), Floor(), Commit(), Tutorial(), SocketIO(), SocketIOWithPostgreSQL()]
    return [*ours, Ejabberd(), Prosody()] if all_peers else ours
