"""Telling people what others did: kinds that each app registers, lines that group until read.

A verb calls `notify` (or `withdraw`, where it is taken back) inside its transaction; a job makes or
extends the line, whoever is online hears of it at once, and what is pushed or mailed follows.
"""

from accounts.notifications.causes import (
    forget,
    forgetting,
    notify,
    noting,
    withdraw,
    withdrawing,
)
from accounts.notifications.kinds import (
    Cause,
    Channel,
    Kind,
    Section,
    Target,
    Variants,
    kinds,
    kinds_in,
    register,
)

__all__ = [
    "Cause",
    "Channel",
    "Kind",
    "Section",
    "Target",
    "Variants",
    "forget",
    "forgetting",
    "kinds",
    "kinds_in",
    "notify",
    "noting",
    "register",
    "withdraw",
    "withdrawing",
]
