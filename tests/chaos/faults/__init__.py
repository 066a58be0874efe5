"""Every fault by its name, in the order in which they strike."""

from tests.chaos.checker import SILENT_WITHOUT_REDIS
from tests.chaos.faults import postgres, redis, web
from tests.chaos.stage import Fault

_ALL = [
    Fault("kill-web", web.kill_web),
    Fault("rolling-restart", web.rolling_restart),
    Fault("redis-kill", redis.kill, silent_within=SILENT_WITHOUT_REDIS),
    Fault("redis-flushall", redis.flushall),
    Fault("redis-freeze", redis.freeze, silent_within=SILENT_WITHOUT_REDIS),
    Fault("postgres-kill", postgres.kill),
    Fault("postgres-freeze", postgres.freeze),
]
FAULTS = {fault.name: fault for fault in _ALL}
