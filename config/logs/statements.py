"""A comment behind each statement for PostgreSQL: the request that sent it, for whoever looks at

what a server does (`pg_stat_activity`, slow ones in its log). In the manner of sqlcommenter.
"""

import re
from collections.abc import Callable
from typing import Any

from django.db.backends.signals import connection_created

from accounts import tracing

TOLD = ("request", "route", "task", "job")
# Nothing that ends a comment or is a place for a parameter; 4 values of at most 64 characters.
_PLAIN = re.compile(r"[\w.:-]{1,64}")


def commented(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    """Django's execute wrapper. A statement that the server keeps is kept by its text: it stays."""
    if not getattr(context["cursor"].cursor, "keeps", False):
        sql += _comment()
    return execute(sql, params, many, context)


def _comment() -> str:
    facts = tracing.current()
    told = [(name, facts[name]) for name in TOLD if _PLAIN.fullmatch(facts.get(name, ""))]
    return " /*" + ",".join(f"{name}='{value}'" for name, value in told) + "*/" if told else ""


def comment_on(sender: Any, connection: Any, **_: Any) -> None:
    """At each new connection; a connection that was closed keeps its wrappers."""
    if connection.vendor == "postgresql" and commented not in connection.execute_wrappers:
        connection.execute_wrappers.append(commented)


def begin() -> None:
    """From now on, in this process."""
    connection_created.connect(comment_on, dispatch_uid="statements")
