"""Passwords that everybody can know: lists of leaked ones, asked on this machine alone."""

from accounts.passwords.leaked import is_leaked

__all__ = ["is_leaked"]
