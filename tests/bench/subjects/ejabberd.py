"""ejabberd: rooms with their archive in PostgreSQL, shapers off."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests import services
from tests.bench import audit, packages, processes, xmpp
from tests.bench.cases import Case
from tests.bench.measuring import Server, Serving
from tests.bench.stack import Stack
from tests.bench.subjects.prosody import CASES

SCHEMA = Path("/usr/share/ejabberd/sql/pg.sql")
CONFIGURATION = """
hosts: [{host}]
loglevel: warning
listen:
  - port: {port}
    ip: 127.0.0.1
    module: ejabberd_c2s
    shaper: none
    access: all
    max_stanza_size: infinity
    starttls: false
auth_method: [anonymous]
anonymous_protocol: sasl_anon
allow_multiple_connections: true
sql_type: pgsql
sql_server: 127.0.0.1
sql_port: {postgres_port}
sql_database: {database}
sql_username: medley
sql_password: ""
modules:
  mod_disco: {{}}
  mod_mam:
    db_type: sql
    default: never
  mod_muc:
    host: {rooms}
    db_type: sql
    access: all
    access_create: all
    access_persistent: all
    access_mam: all
    history_size: 0
    max_users: 2000
    max_user_conferences: 100
    room_shaper: none
    user_message_shaper: none
    user_presence_shaper: none
    default_room_options:
      persistent: true
      mam: true
      anonymous: true
      max_users: 2000
"""
ARCHIVED = "SELECT count(*) FROM archive WHERE kind = 'groupchat'"


class Ejabberd(Server):
    """Debian's ejabberd, one Erlang node without a name."""

    name = "ejabberd"
    cases = CASES

    @contextmanager
    def serving(self, stack: Stack, case: Case) -> Iterator[Serving]:
        packages.want("ejabberdctl", "ejabberd", "erlang-p1-pgsql")
        name = stack.new_database("ejabberd")
        archive = stack.database_url(name)
        with psycopg.connect(archive, autocommit=True) as database:
            database.execute(SCHEMA.read_bytes())
        folder = stack.folder / "ejabberd"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        port = services.free_port()
        environment = _environment(stack, folder, port, name)
        command = ["erl", "-noinput", "+K", "true", "+P", "250000", "-mnesia", "dir"]
        command += [f'"{folder}/mnesia"', "-s", "ejabberd"]
        log = stack.folder / "ejabberd.log"
        with processes.server(command, port, log, environment) as pid:
            roots = {"ejabberd": [pid], "postgresql": [stack.postgres_pid]}
            yield Serving(
                xmpp.members_of(case, port), roots, faults=audit.rows_of(archive, ARCHIVED)
            )


def _environment(stack: Stack, folder: Path, port: int, database: str) -> dict[str, str]:
    """Where the node finds its code and its configuration, which is written here."""
    configuration = folder / "ejabberd.yml"
    configuration.write_text(
        CONFIGURATION.format(
            port=port,
            postgres_port=stack.postgres_port,
            database=database,
            host=xmpp.HOST,
            rooms=xmpp.ROOMS,
        )
    )
    # Debian keeps it out of Erlang's own folder.
    code = next(iter(Path("/usr/lib").glob("*/ejabberd-*/ebin"))).parent.parent
    return os.environ | {
        "ERL_LIBS": str(code),
        "EJABBERD_CONFIG_PATH": str(configuration),
        "EJABBERD_LOG_PATH": str(folder / "ejabberd.log"),
        "HOME": str(folder),
    }
