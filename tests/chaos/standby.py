"""A second server that follows the first, until it takes its place: of PostgreSQL, of Redis."""

import os
from contextlib import suppress
from pathlib import Path
from subprocess import Popen
from typing import Any

import psycopg
import redis

from config import embedded
from tests import services
from tests.chaos.processes import Process, spawn, tree
from tests.services import PostgresServer

FOLLOWED = "SELECT count(*) FROM pg_stat_replication WHERE sync_state IN ('sync', 'quorum')"


class PostgresStandby(PostgresServer):
    """A copy of a running server, made and kept by streaming replication."""

    def __init__(self, folder: Path, leader: PostgresServer) -> None:
        folder.mkdir()
        super().__init__(folder)
        self.leader = leader

    @property
    def url(self) -> str:
        return f"postgres://medley@127.0.0.1:{self.port}/medley"

    def follow(self) -> None:
        """Copy the leader's files and go on with what it writes."""
        if self.identity:
            os.chown(self.folder, self.identity["user"], self.identity["group"])
        leader = f"host=127.0.0.1 port={self.leader.port} user=medley"
        copied = [self.programs / "pg_basebackup", f"--dbname={leader}", "--pgdata", self.data]
        self.run([*copied, "--checkpoint=fast", "--no-sync", "--write-recovery-conf"])
        self.launch()

    def is_waited_for(self) -> bool:
        """Whether no commit of the leader ends before it is here."""
        with psycopg.connect(_server(self.leader), autocommit=True) as connection:
            row = connection.execute(FOLLOWED).fetchone()
        return row == (1,)

    def be_waited_for(self) -> None:
        """What the leader is told for that; the server's own words for a standby of any name."""
        with psycopg.connect(_server(self.leader), autocommit=True) as connection:
            connection.execute("ALTER SYSTEM SET synchronous_standby_names = '*'")
            connection.execute("SELECT pg_reload_conf()")

    def receiver(self) -> int:
        """The process id of what hears the leader."""
        assert self.process is not None
        [pid] = [each for each in tree(self.process.pid) if b"walreceiver" in _command(each)]
        return pid

    def promote(self) -> None:
        """Follow nobody any more, and write."""
        with psycopg.connect(_server(self), autocommit=True) as connection:
            connection.execute("SELECT pg_promote(wait_seconds => 30)")


class RedisReplica:
    """A copy of a running Redis, which it hears at that port; `socket` is where it answers."""

    def __init__(self, folder: Path, leader: int) -> None:
        folder.mkdir()
        self.folder, self.leader = folder, leader
        self.socket = embedded.redis_socket(folder)
        self.process = Process("replica", self._launch)

    def _launch(self) -> Popen:
        command = [*embedded.redis_command(self.folder), "--replicaof", "127.0.0.1"]
        log = self.folder / "redis.log"
        here = services.ROOT
        return spawn([*command, str(self.leader)], cwd=here, env=dict(os.environ), log=log)

    def is_up_to_date(self) -> bool:
        """Whether it holds what the leader holds, and hears what comes."""
        with suppress(redis.RedisError):
            told: Any = self._client().info("replication")
            return told.get("master_link_status") == "up"
        return False

    def promote(self) -> None:
        """Follow nobody any more, and write."""
        self._client().replicaof("NO", "ONE")

    def _client(self) -> redis.Redis:
        return redis.Redis(unix_socket_path=str(self.socket), socket_timeout=5)


def _server(server: PostgresServer) -> str:
    return f"postgres://medley@127.0.0.1:{server.port}/postgres?connect_timeout=5"


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except FileNotFoundError:
        return b""
