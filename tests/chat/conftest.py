"""What every chat test may use; rows of the writer's own connection are seen with `transaction=True` only."""

import pytest

from chat import writer
from tests.chat.factories import make_group


@pytest.fixture(scope="session", autouse=True)
def close_writer(django_db_setup):
    """Before the test database is dropped, the writer lets go of it."""
    yield
    writer.close()


@pytest.fixture
def group(ana, ben):
    """Ana's group with Ben."""
    return make_group(ana, ben)
