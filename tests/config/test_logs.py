"""What a line of the log says, and what never stands in one, whatever goes wrong."""

import io
import json
import logging
import logging.config
import re
from pathlib import Path
from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest
import sentry_sdk
from celery import current_app, shared_task
from django.core.exceptions import ImproperlyConfigured
from django.db import DataError, connection
from django.urls import get_resolver, reverse
from sentry_sdk.transport import Transport

from accounts import outbox, tracing
from accounts.models import OutboxJob, SocketTicket
from accounts.pool import in_thread
from chat.hub import hub
from chat.writing import engines
from config.logs import sentry, statements
from config.logs.configuration import HELD_BACK, logging_of
from config.logs.scrubbing import scrubbed
from config.tasks import send_canary
from tests.access.knocks import paths
from tests.chat.client import communicator, connected, session_key
from tests.chat.factories import make_group

ROOT = Path(__file__).resolve().parents[2]
WORDS = "moonlit heron over quiet water"
MAIL = "heron.private@mail.example"
PASSWORD = "Long-Legged-Heron-77"
LINK = "hErOnLiNk-0123456789-abcdefghijklmnopqrstuvwxyz"


@pytest.fixture
def log():
    """Everything that is logged at DEBUG, as the lines of production; `log()` reads them."""
    stream = io.StringIO()
    told = logging_of("DEBUG", "json")
    told["handlers"]["console"]["stream"] = stream
    root = logging.getLogger()
    names = [name for names in HELD_BACK.values() for name in names]
    before = {name: logging.getLogger(name).level for name in names}
    level, handlers = root.level, root.handlers[:]
    logging.config.dictConfig(told)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.setLevel(level)
    root.handlers[:] = handlers
    for name, old in before.items():
        logging.getLogger(name).setLevel(old)


def line_of(lines: list[dict], text: str) -> dict:
    [found] = [line for line in lines if text in line["text"]]
    return found


# --- What a line says -----------------------------------------------------------------------------


def test_a_request_keeps_the_id_it_came_with_and_every_line_and_answer_has_it(client, log, db):
    answer = client.get("/@nobody-here/", headers={"X-Request-ID": "from-the-proxy-1"})

    assert answer.headers["X-Request-ID"] == "from-the-proxy-1"
    line = line_of(log(), "Not Found")
    assert line["request"] == "from-the-proxy-1"
    assert (line["level"], line["logger"]) == ("WARNING", "django.request")
    assert line["text"] == "Not Found: accounts:profile"


@pytest.mark.parametrize("said", [None, "short", "x" * 65, "two words", 'quote"', "*/ DROP"])
def test_what_is_no_id_is_replaced_by_one(client, said):
    answer = client.get("/healthz", headers={"X-Request-ID": said} if said else {})

    assert UUID(answer.headers["X-Request-ID"])


def test_requests_for_a_conversation_name_it_and_their_route(browser, ana, ben, log, monkeypatch):
    group = make_group(ana, ben)
    path = reverse("chat:conversation", args=[group.pk])
    client = browser(ana)
    client.raise_request_exception = False
    monkeypatch.setattr("chat.views.talk.render", lambda *_, **__: 1 / 0)

    assert client.get(path).status_code == 500

    line = line_of(log(), "Internal Server Error")
    assert line["conversation"] == str(group.pk)
    assert line["route"] == "chat:conversation"
    assert line["text"] == "Internal Server Error: chat:conversation"
    assert str(group.pk) not in line["text"]
    assert "Traceback" in line["error"]


def test_so_do_those_of_rest(api, zoe, ana, ben, log):
    group = make_group(ana, ben)

    assert api(zoe).get(f"/api/v1/conversations/{group.pk}/messages/").status_code == 404

    line = line_of(log(), "Not Found")
    assert (line["conversation"], line["route"]) == (str(group.pk), "api:messages")


@pytest.mark.django_db(transaction=True)
async def test_a_frame_that_fails_names_its_socket_conversation_and_message(
    ana, ben, log, monkeypatch
):
    group = await in_thread(make_group, ana, ben)
    said = str(uuid4())

    async def break_down(*_: object) -> None:
        raise RuntimeError("broken")

    async with connected(ana) as client:
        monkeypatch.setattr("chat.commands.client.Commands.look_at_clock", break_down)
        await client.ask(
            "message.edit", conversation=str(group.pk), client_id=said, seq=1, body=WORDS
        )
    await hub.stop()

    line = line_of(log(), "a frame could not be answered")
    facts = {name: line[name] for name in ("frame", "conversation", "client_id")}
    assert facts == {
        "frame": "message.edit", "conversation": str(group.pk), "client_id": said
    }  # fmt: skip
    assert UUID(line["request"])
    assert WORDS not in json.dumps(line)


def test_a_job_is_sent_with_the_request_it_was_written_for(
    client, log, monkeypatch, django_capture_on_commit_callbacks, db
):
    sent: list[dict] = []
    monkeypatch.setattr(current_app, "send_task", lambda *_, **options: sent.append(options))

    with (
        tracing.about(tracing.Known(request="the-request-1")),
        django_capture_on_commit_callbacks(execute=True),
    ):
        outbox.enqueue("accounts.note")
    assert outbox.flush(5)
    with django_capture_on_commit_callbacks(execute=True):
        outbox.enqueue("accounts.note")
    assert outbox.flush(5)

    assert [each.get("headers") for each in sent] == [{"medley_request": "the-request-1"}, None]


def test_a_job_logs_that_request_its_task_and_its_number(log, monkeypatch):
    logger = logging.getLogger("tests.job")

    @shared_task(name="tests.tell")
    def tell(job_id: int, conversation_id: str) -> None:
        logger.warning("told")

    headers = {"medley_request": "the-request-1"}
    tell.apply(kwargs={"job_id": 7, "conversation_id": "c1"}, headers=headers)
    tell.apply(kwargs={"job_id": 8, "conversation_id": "c1"})
    logger.warning("afterwards")

    first, second = (line for line in log() if line["text"] == "told")
    names = ("request", "task", "job", "conversation")
    assert [first[name] for name in names] == ["the-request-1", "tests.tell", "7", "c1"]
    assert UUID(second["request"])
    assert "request" not in line_of(log(), "afterwards")
    del current_app.tasks["tests.tell"]


def test_a_statement_says_which_request_sent_it(ana, client):
    ran: list[str] = []

    def watch(execute, sql, params, many, context):
        ran.append(sql)
        return execute(sql, params, many, context)

    def wrapped(execute, *rest):
        return statements.commented(lambda *given: watch(execute, *given), *rest)

    facts = {"request": "the-request-1", "route": "chat:inbox", "task": "*/ DROP", "frame": "read"}
    with connection.execute_wrapper(wrapped):
        OutboxJob.objects.filter(task="50% off").count()
        with tracing.about(tracing.Known(**facts)):
            OutboxJob.objects.filter(task="50% off").count()

    plain, told = ran
    assert told == plain + " /*request='the-request-1',route='chat:inbox'*/"


@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL alone is told")
def test_postgresql_hears_it_on_every_connection_from_its_beginning(db):
    before = connection.execute_wrappers[:]
    try:
        for _ in range(2):  # it was closed and opened again
            statements.comment_on(None, connection)
        with tracing.about(tracing.Known(request="the-request-1")), connection.cursor() as cursor:
            cursor.execute("SELECT current_query(), %s", ["50%"])
            [(heard, _)] = cursor.fetchall()
    finally:
        connection.execute_wrappers[:] = before

    assert heard.startswith("SELECT current_query()")
    assert heard.endswith(" /*request='the-request-1'*/")
    assert heard.count("/*") == 1


def test_statements_that_the_server_keeps_stay_as_they_are():
    ran: list[str] = []
    kept = {"cursor": SimpleNamespace(cursor=SimpleNamespace(keeps=True))}

    with tracing.about(tracing.Known(request="the-request-1")):
        statements.commented(lambda sql, *_: ran.append(sql), "SELECT $1", [1], False, kept)

    assert ran == ["SELECT $1"]


def test_text_is_for_terminals_and_other_forms_are_refused():
    record = logging.LogRecord("chat", logging.INFO, "", 0, "the bus is %s", ("back",), None)
    record.created = 0
    formatter = logging_of("INFO", "text")["formatters"]["line"]["()"]

    with tracing.about(tracing.Known(request="the-request-1")):
        line = logging.config.DictConfigurator({}).resolve(formatter)().format(record)

    assert line == "1970-01-01T00:00:00.000+00:00 INFO chat the bus is back [request=the-request-1]"
    with pytest.raises(ImproperlyConfigured, match="LOG_FORMAT"):
        logging_of("INFO", "xml")
    with pytest.raises(ImproperlyConfigured, match="LOG_LEVEL"):
        logging_of("LOUD", "json")


# --- What no line says ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (f"mail to {MAIL} failed", "mail to (mail) failed"),
        ("GET https://a.example/x?ticket=abc&b=1 failed", "GET https://a.example/x?(query) failed"),
        ("postgres://medley:pw@host/name", "postgres://(login)@host/name"),
        ("Authorization: Bearer abcdef123", "Authorization: Bearer (secret)"),
        ("password=hunter22", "password=(secret)"),
        (f"/3/device/{'0a' * 32}", "/3/device/(secret)"),
        ("session 0123456789abcdef0123456789abcdef", "session (secret)"),
        (
            'too long\nDETAIL:  Failing row contains (1, moonlit).\nLINE 1: SELECT "moonlit"\n',
            "too long\nDETAIL: (left out)\nLINE 1: (left out)\n",
        ),
        (repr(ValueError("bad\nDETAIL:  Key (moonlit)")), r"ValueError('bad\nDETAIL: (left out)"),
        (
            "Unknown.\nThe full contents of the message body was:\nb'moonlit'\n\nheaders: moon",
            "Unknown.\nThe full contents of the message body was: (left out)",
        ),
        # What a log is for stays.
        ("Connected to redis://@127.0.0.1:6399/14", None),
        ("key argument missing, token expired", None),
        ("payment 01912d68-783e-7a05-8b2f-0123456789ab waits", None),
        ("chat.push_news #4711 waits for the sweeper: Error 111", None),
        ("in test_what_is_turned_away_is_told_so_at_once_and_nobody_waits", None),
    ],
)
def test_scrubbing_takes_secrets_and_leaves_the_rest(said, told):
    assert scrubbed(said) == (told or said)


@pytest.mark.django_db(transaction=True)
def test_no_request_frame_or_job_brings_words_addresses_or_tokens_into_the_log(
    client, api, ana, ben, log, monkeypatch
):
    client.raise_request_exception = False
    group = make_group(ana, ben)
    ana.email = MAIL
    ana.set_password(PASSWORD)
    ana.save()
    key = session_key(ana)
    ticket = SocketTicket.objects.issue(ana, key)
    sending = f"/api/v1/conversations/{group.pk}/messages/"

    def break_down(*_: object, **__: object) -> None:
        raise DataError(f"no room\nDETAIL:  Failing row contains ({WORDS}, {MAIL}).")

    # Signing in and up, well and badly.
    client.post("/accounts/login/", {"login": MAIL, "password": PASSWORD + "x"})
    client.post("/accounts/login/", {"login": MAIL, "password": PASSWORD})
    client.post("/accounts/password/reset/", {"email": MAIL})
    client.get(f"/accounts/password/reset/key/3-{LINK}/")
    client.get(f"/accounts/confirm-email/{LINK}/")
    for path in (f"/join/{LINK}/", f"/not-me/{LINK}/", f"/mail/stop/{LINK}/", f"/{LINK}/{MAIL}"):
        client.get(path)
    client.get(f"/?q={WORDS}&mail={MAIL}")
    # REST: what is said, what cannot be read, what is not for everybody, and what breaks.
    said = {"client_id": str(uuid4()), "body": WORDS}
    api(ana).post(sending, said)
    api(ana).post(sending, f'{{"body": "{WORDS}"', content_type="application/json")
    api().post(sending, said, headers={"X-Session-Token": LINK, "Authorization": f"Bearer {LINK}"})
    api(ana).get(f"/api/v1/search/messages/?q={WORDS}")
    rest = api(ana)
    rest.raise_request_exception = False
    monkeypatch.setattr(engines.OrmEngine, "store", break_down)
    monkeypatch.setattr(engines.StatementEngine, "store", break_down)
    rest.post(sending, said | {"client_id": str(uuid4())})
    monkeypatch.setattr("chat.api.messages.actions.send_message", break_down, raising=False)
    rest.post(sending, said | {"client_id": str(uuid4())})
    # A job that breaks over words it was given.
    monkeypatch.setattr("config.canaries.send", break_down)
    send_canary.apply(args=[WORDS])

    lines = log()

    told = json.dumps(lines, ensure_ascii=False)
    secrets = (WORDS, "Failing row", MAIL, PASSWORD, LINK, key, ticket, said["client_id"])
    assert [each for each in secrets if each in told] == []
    # It did not fall silent: each of those that failed left its line.
    texts = {line["text"] for line in lines}
    assert {"Not Found: unrouted", "a message could not be stored"} <= texts
    assert any("raised unexpected" in text for text in texts)


@pytest.mark.django_db(transaction=True)
async def test_neither_does_a_socket(ana, ben, log, monkeypatch):
    group = await in_thread(make_group, ana, ben)
    key = await in_thread(session_key, ana)
    ticket = await in_thread(SocketTicket.objects.issue, ana, key)

    line = communicator(origin=None)
    await line.connect()
    await line.send_to(text_data=json.dumps({"type": "hello", "ticket": ticket}))
    await line.receive_output(5)
    await line.send_to(text_data=json.dumps({"type": WORDS, "conversation": WORDS, "id": MAIL}))
    await line.receive_output(5)
    await line.disconnect()

    def break_down(*_: object, **__: object) -> None:
        raise DataError(f"no room\nDETAIL:  Failing row contains ({WORDS}).")

    async with connected(ana) as client:
        await client.send(group, WORDS)
        await client.say('{"type": "' + WORDS)
        monkeypatch.setattr(engines.OrmEngine, "store", break_down)
        monkeypatch.setattr(engines.StatementEngine, "store", break_down)
        assert (await client.send(group, WORDS))["code"] == "message.unstorable"
        monkeypatch.setattr("chat.commands.client.Commands.permit", break_down)
        await client.ask("message.edit", conversation=str(group.pk), seq=1, body=WORDS)
    await hub.stop()

    told = json.dumps(log(), ensure_ascii=False)
    assert [each for each in (WORDS, MAIL, "Failing row", key, ticket) if each in told] == []
    assert line_of(log(), "a message could not be stored")["conversation"] == str(group.pk)
    assert line_of(log(), "a frame could not be answered")["frame"] == "message.edit"


class Kept(Transport):
    """Where Sentry's events end in a test."""

    def __init__(self) -> None:
        super().__init__()
        self.events: list[dict] = []

    def capture_envelope(self, envelope) -> None:
        self.events += [item.get_event() for item in envelope.items if item.get_event()]


def test_sentry_hears_where_it_broke_and_of_nobody():
    transport = Kept()
    sentry.begin("https://public@sentry.example/1", transport=transport)
    words, where = WORDS, "test_sentry_hears_where_it_broke_and_of_nobody"

    try:
        with tracing.about(tracing.Known(request="the-request-1", route="chat:inbox")):
            sentry_sdk.set_user({"email": MAIL})
            sentry_sdk.set_extra("said", words)
            try:
                raise DataError(f"no room for {MAIL}\nDETAIL:  Failing row contains ({words}).")
            except DataError:
                logging.getLogger("chat").exception("a message could not be stored: %s", words)
    finally:
        sentry_sdk.flush(5)
        sentry_sdk.init()

    [event] = transport.events
    told = json.dumps(event, default=str)
    assert [each for each in (WORDS, MAIL) if each in told] == []
    [raised] = event["exception"]["values"]
    assert raised["type"] == "DataError"
    assert raised["value"] == "no room for (mail)\nDETAIL: (left out)"
    assert raised["stacktrace"]["frames"][-1]["function"] == where
    assert event["tags"] == {"request": "the-request-1", "route": "chat:inbox"}
    assert event["logentry"] == {"message": "a message could not be stored: %s"}


NUMBERED = ("admin/", "accounts/2fa/")  # what is called a key there is a row's number


def test_nginx_keeps_no_address_that_opens_a_door():
    template = (ROOT / "deploy" / "nginx" / "medley.conf.template").read_text()
    [pattern] = re.findall(r'^    "~(\S+)" "\$opened', template, re.M)
    left_out = re.compile(pattern.replace("(?<", "(?P<"))

    addresses = {
        "/" + re.sub(r"\{\w+\}", "x", path)
        for path in paths(get_resolver().url_patterns)
        if re.search(r"\{(token|key|uidb36)\}", path) and not path.startswith(NUMBERED)
    }

    assert {address for address in addresses if not left_out.match(address)} == set()
    assert "/join/x/" in addresses
    assert left_out.sub(r"\g<opened>", "/join/x") == "/join/"
