"""The writer's own connection: every wait for PostgreSQL has an end."""

import socket
import time

import pytest
from django.db import OperationalError

from chat.writing.libpq import Connection


@pytest.fixture
def silent_server():
    """Takes connections and says nothing, as a frozen PostgreSQL does."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_frozen_server_is_given_up_in_time(silent_server):
    began = time.monotonic()

    with pytest.raises(OperationalError, match="no connection in time"):
        Connection({"host": "127.0.0.1", "port": silent_server}, {}, began + 0.2)

    assert time.monotonic() - began < 2


def test_a_server_that_is_not_there_is_told_at_once(silent_server):
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]

    with pytest.raises(OperationalError, match="refused"):
        Connection({"host": "127.0.0.1", "port": port}, {}, time.monotonic() + 5)
