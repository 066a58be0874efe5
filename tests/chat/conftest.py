"""What chat tests use. Rows of the writer's own connection are seen with `transaction=True`
only."""

import pytest
import pytest_asyncio
from django.db import connection

from chat import writer
from chat.hub import hub
from tests.chat.factories import make_group

# What is about one database's own engine has nothing to say on the other.
collect_ignore = (
    []
    if connection.vendor == "postgresql"
    else ["test_commits.py", "test_reaction_statement.py", "test_statement.py"]
)


@pytest.fixture(scope="session", autouse=True)
def close_writer(django_db_setup):
    """Before the test database is dropped, the writer lets go of it."""
    yield
    writer.close()


@pytest_asyncio.fixture
async def live_hub():
    """The process's hub, forgotten again before its loop ends."""
    yield hub
    await hub.stop()


@pytest.fixture
def group(ana, ben):
    """Ana's group with Ben."""
    return make_group(ana, ben)
