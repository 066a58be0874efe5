"""A server that answers as Stripe does to what we ask: its shapes, its states, no more."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit


class StripeServer(ThreadingHTTPServer):
    """`sessions` and `intents` as Stripe holds them; `asked` are (path, form, idempotency key).

    `breaks` is the status with which it answers until told otherwise; `refuses` are verbs that a
    bank says no to. As Stripe does, it gives its first answer to a key again, breakdowns too.
    """

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.sessions: dict[str, dict[str, Any]] = {}
        self.intents: dict[str, dict[str, Any]] = {}
        self.refunds: dict[str, dict[str, Any]] = {}
        self.accounts: dict[str, dict[str, Any]] = {}
        self.transfers: dict[str, dict[str, Any]] = {}
        self.reversals: dict[str, dict[str, Any]] = {}
        self.asked: list[tuple[str, dict[str, str], str | None]] = []
        self.breaks: int | None = None
        self.refuses: set[str] = set()
        self.does_before_it_breaks = False
        self.answered: dict[str, tuple[int, dict[str, Any]]] = {}

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def buyer_pays(self, status: str = "") -> None:
        """On Stripe's page: the newest session is completed. `status` is the intent's where it is
        not what it is to be."""
        session = list(self.sessions.values())[-1]
        is_held = session["capture_method"] == "manual"
        intent = {"id": f"pi_{len(self.intents)}", "object": "payment_intent"}
        intent["status"] = status or ("requires_capture" if is_held else "succeeded")
        self.intents[intent["id"]] = intent
        session |= {"status": "complete", "payment_intent": intent["id"], "url": None}


class _Handler(BaseHTTPRequestHandler):
    server: StripeServer

    def log_message(self, *_args: Any) -> None:
        """Nothing is printed."""

    def do_GET(self) -> None:
        self._answer({})

    def do_POST(self) -> None:
        sent = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        self._answer({key: values[0] for key, values in parse_qs(sent).items()})

    def _answer(self, form: dict[str, str]) -> None:
        path = urlsplit(self.path).path
        key = self.headers.get("Idempotency-Key")
        self.server.asked.append((path, form, key))
        status, said = self._told(path, form, key)
        body = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _told(self, path: str, form: dict[str, str], key: str | None) -> tuple[int, dict[str, Any]]:
        if key in self.server.answered:
            return self.server.answered[key]
        if self.server.breaks and self.server.does_before_it_breaks:
            self._said(path, form)
        answer = (
            (self.server.breaks, _wrong("broken", TYPES[self.server.breaks]))
            if self.server.breaks
            else self._said(path, form)
        )
        if key and self.command == "POST" and answer[0] in (200, 500):
            self.server.answered[key] = answer
        return answer

    def _said(self, path: str, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        match path.strip("/").split("/"):
            case ["v1", "checkout", "sessions"]:
                return 200, self._expanded(self._new_session(form))
            case ["v1", "checkout", "sessions", key]:
                return 200, self._expanded(self.server.sessions[key])
            case ["v1", "checkout", "sessions", key, "expire"]:
                self.server.sessions[key]["status"] = "expired"
                return 200, self._expanded(self.server.sessions[key])
            case ["v1", "payment_intents", key, verb]:
                return self._moved(self.server.intents[key], verb)
            case ["v1", "accounts"]:
                return 200, self._new_account(form)
            case ["v1", "accounts", key]:
                return 200, self.server.accounts[key]
            case ["v1", "account_links"]:
                address = f"https://connect.stripe.test/{form['account']}"
                return 200, {"object": "account_link", "url": address}
            case ["v1", "transfers"] if self.command == "GET":
                return 200, _listed(self._of_group(self.path))
            case ["v1", "transfers"]:
                return self._transferred(form)
            case ["v1", "transfers", key, "reversals"]:
                return self._reversed(key, form)
            case ["v1", "refunds"] if self.command == "GET":
                return 200, _listed(self.server.refunds)
            case ["v1", "refunds", key]:
                return 200, self.server.refunds[key]
            case ["v1", "refunds"]:
                return self._refunded(form)
        return 404, _wrong("no such address")

    def _new_account(self, form: dict[str, str]) -> dict[str, Any]:
        account: dict[str, Any] = {"id": f"acct_{len(self.server.accounts)}", "object": "account"}
        account |= {"capabilities": {"transfers": "inactive"}}
        self.server.accounts[account["id"]] = account
        return account

    def _of_group(self, path: str) -> dict[str, dict[str, Any]]:
        (group,) = parse_qs(urlsplit(path).query)["transfer_group"]
        every = self.server.transfers.items()
        return {key: made for key, made in every if made["transfer_group"] == group}

    def _transferred(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        if "transfer" in self.server.refuses:
            return 400, _wrong("Insufficient funds in your account.")
        key = f"tr_{len(self.server.transfers)}"
        self.server.transfers[key] = {"id": key, "object": "transfer", **form}
        return 200, self.server.transfers[key]

    def _reversed(self, key: str, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        if "reversal" in self.server.refuses:
            return 400, _wrong("The connected account has not so much.")
        made = {"id": f"trr_{len(self.server.reversals)}", "object": "transfer_reversal", **form}
        self.server.reversals[made["id"]] = made | {"transfer": key}
        return 200, made

    def _new_session(self, form: dict[str, str]) -> dict[str, Any]:
        key = f"cs_{len(self.server.sessions)}"
        method = form["payment_intent_data[capture_method]"]
        session: dict[str, Any] = {"id": key, "object": "checkout.session", "status": "open"}
        session |= {"payment_intent": None, "url": f"https://checkout.stripe.test/{key}"}
        self.server.sessions[key] = session | {"capture_method": method}
        return self.server.sessions[key]

    def _expanded(self, session: dict[str, Any]) -> dict[str, Any]:
        return session | {"payment_intent": self.server.intents.get(session["payment_intent"])}

    def _moved(self, intent: dict[str, Any], verb: str) -> tuple[int, dict[str, Any]]:
        if intent["status"] != "requires_capture":
            return 400, _wrong("unexpected state")
        if verb in self.server.refuses:
            return 402, _wrong("declined", "card_error")
        intent["status"] = "succeeded" if verb == "capture" else "canceled"
        return 200, intent

    def _refunded(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        if self.server.intents[form["payment_intent"]]["status"] != "succeeded":
            return 400, _wrong("nothing to pay back")
        if "refund" in self.server.refuses:
            return 400, _wrong("the charge was disputed")
        made: dict[str, Any] = {"id": f"re_{len(self.server.refunds)}", "object": "refund", **form}
        made |= {"status": "succeeded", "metadata": {"refund": form["metadata[refund]"]}}
        self.server.refunds[made["id"]] = made
        return 200, made


TYPES = {
    400: "invalid_request_error",
    401: "invalid_request_error",
    403: "invalid_request_error",
    429: "rate_limit_error",
    500: "api_error",
}


def _wrong(words: str, kind: str = "invalid_request_error") -> dict[str, Any]:
    return {"error": {"type": kind, "message": words}}


def _listed(things: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return {"object": "list", "has_more": False, "data": list(things.values())}


@contextmanager
def running() -> Iterator[StripeServer]:
    """The server, until the block ends."""
    server = StripeServer()
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
