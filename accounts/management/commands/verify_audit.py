"""`manage.py verify_audit`: is the audit log as it was written?"""

import re
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.audit import verify
from accounts.models import AuditEntry, AuditHead

SHOWN = 100
ANCHOR = re.compile(r"(\d+):([0-9a-f]{64})")


class Command(BaseCommand):
    """Prints the head of a whole chain; ends with status 1 where the chain is broken."""

    help = (
        "Check every entry of the audit log against its hash and the one before. Keep the head that"
        " it prints elsewhere: with --expect a later run proves that not even whoever may write"
        " the whole database has made that part of the log anew."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--expect", default="", help="NUMBER:HASH as an earlier run printed.")

    def handle(self, *args: Any, expect: str, **options: Any) -> None:
        breaks = list(verify())
        for each in breaks[:SHOWN]:
            self.stderr.write(str(each))
        if breaks:
            raise CommandError(f"The audit log was tampered with: {len(breaks)} breaks.")
        if expect:
            _permit(expect)
        head = AuditHead.objects.filter(pk=1).first() or AuditHead()
        self.stdout.write(f"The audit log is whole. Head: {head.number}:{head.hash}")


def _permit(expect: str) -> None:
    anchor = ANCHOR.fullmatch(expect)
    if anchor is None:
        raise CommandError("--expect takes NUMBER:HASH.")
    number, hash = anchor.groups()
    if not AuditEntry.objects.filter(number=int(number), hash=hash).exists():
        raise CommandError(f"The audit log was made anew: {expect} is not in it.")
