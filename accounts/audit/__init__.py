"""The audit log of what staff did and looked at: written with its cause, never changed (R42)."""

from accounts.audit.recording import record
from accounts.audit.verifying import Break, verify

__all__ = ["Break", "record", "verify"]
