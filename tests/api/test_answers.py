"""Whatever REST is asked, what it answers is in its schema: no other status, shape or kind of body,
and no fault of its own. schemathesis says what is asked, right and wrong; the places of a path lead
to what is there (the worlds of tests/access) for the signed in, anywhere for who is not.

`make api` (MEDLEY_API_EXAMPLES) asks every operation all of that, several times; the run of all
tests once what is right, signed in.
"""

import os
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.core.failures import FailureGroup

from accounts import api_urls as people
from chat import api_urls as conversations
from commerce import api_urls as shop
from tests.access.conversations import Conversations
from tests.access.films import Films
from tests.access.people import People
from tests.access.shop import Market
from tests.access.world import World
from tests.api import asking
from tests.chat.client import session_key
from videos import api_urls as films

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(1200)]

EXAMPLES = int(os.environ.get("MEDLEY_API_EXAMPLES", "0"))
MODES = list(GenerationMode) if EXAMPLES else [GenerationMode.POSITIVE]
AS_FAR = hypothesis_settings(
    max_examples=EXAMPLES or 1,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
SUBJECTS: dict[str, tuple[Callable[[], World], Any]] = {
    "people": (People, people),
    "films": (Films, films),
    "conversations": (Conversations, conversations),
    "shop": (Market, shop),
}


@pytest.fixture(scope="module")
def schema():
    return asking.schema()


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_answer_is_as_the_schema_tells(schema, subject, mode, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    make, urls = SUBJECTS[subject]
    doors = asking.Doors(make(), urls)
    owner = session_key(doors.world.people["owner"])
    operations = [each.ok() for each in schema.get_all_operations() if each.ok().path in doors]
    wrong = [
        fault
        for operation in operations
        for key in ((owner, None) if EXAMPLES else (owner,))
        for fault in _faults(operation, mode, doors, key)
    ]

    assert len(operations) > 50
    assert not wrong, "\n".join(wrong)


def _faults(operation, mode, doors, key):
    """What is answered otherwise, in words."""

    @AS_FAR
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case):
        if key:
            case.path_parameters = doors.places(operation.path)
        asking.answered_as_told(case, key)

    try:
        ask()
    except Unsatisfiable:
        assert mode is GenerationMode.NEGATIVE
        return []  # nothing can be said here that is wrong
    except (Exception, FailureGroup) as error:
        faults = getattr(error, "exceptions", [error])
        who = "signed in" if key else "signed out"
        return [f"{operation.label} {who} ({mode.value}): {fault!r}"[:1000] for fault in faults]
    return []
