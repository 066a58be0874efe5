"""A shop's own server in a test: it checks what comes by the words of our document."""

import json
import re
import socket
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings

from accounts.models import OutboxJob
from commerce import tasks
from tests.accounts.web import Answer, Request, Web, answer

HOST = "erp.example"
URL = f"https://{HOST}/medley"


def is_medleys() -> Any:
    """The function that docs/webhooks.md gives to those who receive."""
    words = Path(settings.BASE_DIR, "docs", "webhooks.md").read_text()
    (code,) = re.findall(r"```python\n(.*?)```", words, re.DOTALL)
    found: dict[str, Any] = {}
    exec(code, found)
    return found["is_medleys"]


@dataclass
class Receiver:
    """`got`: each request; `says`: what it answers next, the last for ever."""

    got: list[Request] = field(default_factory=list)
    says: list[Answer] = field(default_factory=lambda: [answer("thanks")])

    def __call__(self, request: Request, connection: socket.socket) -> None:
        self.got.append(request)
        say = self.says.pop(0) if len(self.says) > 1 else self.says[0]
        say(request, connection)

    @property
    def types(self) -> list[str]:
        return [json.loads(each.body)["type"] for each in self.got]

    @property
    def ids(self) -> list[str]:
        return [each.headers["webhook-id"] for each in self.got]

    def serve(self, web: Web) -> None:
        web.serve(HOST, {"/medley": self})


def work() -> None:
    """What a worker of this queue does: each job that waits, once."""
    for job in OutboxJob.objects.open().filter(task="commerce.deliver_webhook").order_by("pk"):
        tasks.deliver_webhook(**job.arguments, job_id=job.pk)
