"""Every fault by its name, in the order in which they strike."""

from tests.chaos.checker import SILENT_WITHOUT_REDIS
from tests.chaos.faults import (
    clocks,
    failover,
    frames,
    planted,
    postgres,
    redis,
    releases,
    sockets,
    web,
    workers,
)
from tests.chaos.stage import Fault

_ALL = [
    Fault("kill-web", web.kill_web),
    Fault("rolling-restart", web.rolling_restart),
    Fault("release", releases.release),
    Fault("redis-kill", redis.kill, silent_within=SILENT_WITHOUT_REDIS),
    Fault("redis-flushall", redis.flushall),
    Fault("redis-freeze", redis.freeze, silent_within=SILENT_WITHOUT_REDIS),
    Fault("worker-and-redis", workers.kill_both, silent_within=SILENT_WITHOUT_REDIS),
    Fault("postgres-kill", postgres.kill),
    Fault("postgres-freeze", postgres.freeze),
    Fault("postgres-failover", failover.postgres),
    Fault("redis-failover", failover.redis, silent_within=SILENT_WITHOUT_REDIS),
    Fault("clock-skew", clocks.skew),
    Fault("half-open", sockets.half_open),
    Fault("non-readers", sockets.non_readers),
    Fault("five-times", frames.five_times),
    Fault("fuzz", frames.fuzz),
    Fault("reconnect-storm", sockets.reconnect_storm),
    # The last: what it loses stays lost, and nobody serves honestly afterwards.
    Fault("planted", planted.ack_before_commit, settle_within=5, is_planted=True),
]
FAULTS = {fault.name: fault for fault in _ALL}
