"""Telling devices: what a push says, the services that carry it, and what is asked before.

A verb never pushes. The job of its notification has the devices of whoever wants that told by jobs
of their own (`soon`, `lines`); what has a number of its own, as messages do, asks whether a device
is `awake` and uses `send` (`sending`).
"""

from accounts.push.carrying import Gone, Later, Outcome, Pusher, Refusal, Sent, TooLong
from accounts.push.pushes import Push

__all__ = ["Gone", "Later", "Outcome", "Push", "Pusher", "Refusal", "Sent", "TooLong"]
