"""Prosody: rooms with their archive in PostgreSQL, rate limits off."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from tests import services
from tests.bench import audit, packages, processes, xmpp
from tests.bench.cases import Case
from tests.bench.measuring import Server, Serving
from tests.bench.stack import Stack

CASES = ("32/W4", "32/W32x8", "500/W4", "62x32")
CONFIGURATION = """
run_as_root = true
daemonize = false
gc = {{ mode = "generational" }}  -- a third less CPU than what Debian's Lua 5.4 does by itself
pidfile = "{folder}/prosody.pid"
data_path = "{folder}"
plugin_paths = {{}}
interfaces = {{ "127.0.0.1" }}
c2s_ports = {{ {port} }}
modules_enabled = {{ "saslauth", "posix" }}
modules_disabled = {{ "s2s", "tls", "limits", "offline", "http" }}
c2s_require_encryption = false
network_backend = "epoll"
log = {{ warn = "*console" }}
storage = {{ muc_log = "sql" }}
default_storage = "memory"
sql = {{
    driver = "PostgreSQL", host = "127.0.0.1", port = {postgres_port},
    database = "{database}", username = "medley"
}}

VirtualHost "{host}"
    authentication = "anonymous"

Component "{rooms}" "muc"
    modules_enabled = {{ "muc_mam" }}
    restrict_room_creation = false
    muc_room_locking = false
    muc_room_default_persistent = true
    muc_log_all_rooms = true
    muc_log_expires_after = "never"
    max_history_messages = 0
"""
ARCHIVED = "SELECT count(*) FROM prosodyarchive WHERE store = 'muc_log'"


class Prosody(Server):
    """Debian's Prosody in one process."""

    name = "prosody"
    cases = CASES

    @contextmanager
    def serving(self, stack: Stack, case: Case) -> Iterator[Serving]:
        packages.want("prosody", "prosody", "lua-dbi-postgresql")
        database = stack.new_database("prosody")
        folder = stack.folder / "prosody"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        port = services.free_port()
        configuration = folder / "prosody.cfg.lua"
        configuration.write_text(
            CONFIGURATION.format(
                folder=folder,
                port=port,
                postgres_port=stack.postgres_port,
                database=database,
                host=xmpp.HOST,
                rooms=xmpp.ROOMS,
            )
        )
        command = ["prosody", "--config", str(configuration), "-F"]
        with processes.server(command, port, stack.folder / "prosody.log") as pid:
            rows = audit.rows_of(stack.database_url(database), ARCHIVED)
            roots = {"prosody": [pid], "postgresql": [stack.postgres_pid]}
            yield Serving(xmpp.members_of(case, port), roots, faults=rows)
