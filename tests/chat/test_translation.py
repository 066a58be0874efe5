"""Translating in place: the port, its provider against a server of our own, and where it is not."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.core.exceptions import ValidationError
from django.http import Http404

from accounts.errors import Refused
from chat import actions, translation
from tests.chat.factories import say

pytestmark = pytest.mark.django_db(transaction=True)


class FakeServer(HTTPServer):
    """Speaks LibreTranslate's interface; `status` is what it answers, `asked` what it heard."""

    status = 200
    asked: list[dict]


class Handler(BaseHTTPRequestHandler):
    server: FakeServer

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append({"path": self.path, **body})
        self.send_response(self.server.status)
        self.send_header("Location", "http://elsewhere.example/")
        self.end_headers()
        answer = {
            "translatedText": [f"{body['target']}: {text}" for text in body["q"]],
            "detectedLanguage": [{"language": "es", "confidence": 90} for _text in body["q"]],
        }
        self.wfile.write(json.dumps(answer).encode())

    def log_message(self, *_arguments) -> None:
        """Tests print nothing."""


@pytest.fixture
def server(settings) -> Iterator[FakeServer]:
    server = FakeServer(("127.0.0.1", 0), Handler)
    server.asked = []
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    settings.LIBRETRANSLATE_URL = f"http://127.0.0.1:{server.server_port}/"
    settings.LIBRETRANSLATE_KEY = "key"
    settings.TRANSLATION_PROVIDER = "chat.translation.LibreTranslate"
    translation._made.cache_clear()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()
    translation._made.cache_clear()


def test_words_are_translated_when_somebody_asks(server, api, ana, ben, group):
    seq = say(ben, group, "hasta las ocho").seq
    assert server.asked == []

    url = f"/api/v1/conversations/{group.pk}/messages/{seq}/translation/"
    answer = api(ana).post(url, {"to": "en-GB"})

    assert answer.json() == {"words": "en: hasta las ocho", "language": "es"}
    assert server.asked == [
        {
            "path": "/translate",
            "q": ["hasta las ocho"],
            "source": "auto",
            "target": "en",
            "format": "text",
            "api_key": "key",
        }
    ]


@pytest.mark.parametrize("status", [500, 403, 302])
def test_server_that_does_not_answer_is_not_there_just_now(server, status, ana, group):
    server.status = status
    seq = say(ana, group).seq

    with pytest.raises(Refused) as refusal:
        actions.translate_message(ana, group, seq=seq, to="en")

    assert refusal.value.code == "translation.unavailable"
    assert len(server.asked) == 1


def test_only_words_that_one_may_read_are_sent(server, ana, zoe, group):
    seq = say(ana, group).seq

    with pytest.raises(Http404):
        actions.translate_message(zoe, group, seq=seq, to="en")
    actions.unsend_message(ana, group, seq=seq)
    with pytest.raises(Refused):
        actions.translate_message(ana, group, seq=seq, to="en")

    assert server.asked == []


def test_message_without_words_has_nothing_to_translate(server, ana, group):
    message = say(ana, group).message
    message.body = ""
    message.save()

    with pytest.raises(ValidationError) as refusal:
        actions.translate_message(ana, group, seq=message.seq, to="en")

    assert refusal.value.code == "translation.none"


def test_without_a_provider_it_is_offered_nowhere(api, browser, ana, group):
    seq = say(ana, group).seq

    answer = api(ana).post(f"/api/v1/conversations/{group.pk}/messages/{seq}/translation/")
    page = browser(ana).get(f"/chat/{group.pk}/").content.decode()

    assert answer.status_code == 404
    assert 'data-part="translation"' not in page
    assert '"may_translate": false' in page
