"""Medley speaks Spanish as fully as English, and writes dates and numbers as each does.

After a change of words: `make messages`, then translate what is new in config/locale.
"""

import datetime
import gettext
import html
import re
from collections import Counter

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import User
from chat import notices
from chat.consumers import ChatConsumer
from chat.templatetags.chat import briefly, day_name
from tests.chat.factories import make_group
from tests.config import catalogue
from videos.templatetags.videos import short

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
TAG = re.compile(r"<(script|style)\b.*?</\1>|<!--.*?-->", re.DOTALL)

both_domains = pytest.mark.parametrize("domain", ["django", "djangojs"])


# --- The catalogues -------------------------------------------------------------------------------


@both_domains
def test_nothing_is_said_that_spanish_does_not_know(domain):
    known = {entry.key for entry in catalogue.entries("es", domain)}

    assert catalogue.said(domain) - known == set()
    assert known - catalogue.said(domain) == set()


@both_domains
def test_every_text_is_translated_and_none_is_a_guess(domain):
    entries = catalogue.entries("es", domain)

    assert len(entries) > 50
    assert [entry.key for entry in entries if entry.is_fuzzy] == []
    assert [entry.key for entry in entries if not all(entry.translations)] == []


@both_domains
def test_translations_fill_in_the_same_things(domain):
    def blanks(words: str) -> Counter[str]:
        return Counter(PLACEHOLDER.findall(words))

    for entry in catalogue.entries("es", domain):
        one, many = entry.english[0], entry.english[-1]
        # Of a plural, only the form for one may leave the number out.
        assert blanks(entry.translations[0]) == blanks(one), entry.key
        for words in entry.translations[1:]:
            assert blanks(words) == blanks(many), entry.key


@both_domains
def test_the_compiled_catalogue_is_that_of_the_text(domain):
    written: dict[str, list[str]] = {}
    for entry in catalogue.entries("es", domain):
        context, english = entry.key
        written[f"{context}\x04{english}" if context else english] = entry.translations
    with catalogue.path("es", domain, "mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]

    for key, translations in written.items():
        forms = [compiled.get((key, number)) for number in range(3)]
        assert translations in (forms, [compiled.get(key)]), key
    assert {key[0] if isinstance(key, tuple) else key for key in compiled} == {"", *written}


# --- Pages ----------------------------------------------------------------------------------------


def english_left_in(page: str) -> list[str]:
    """The English sentences of our own that a Spanish page still shows."""
    shown = html.unescape(TAG.sub("", page))
    entries = catalogue.entries("es", "django")
    untranslated = [one.english[0] for one in entries if one.english[0] not in one.translations]
    return [
        words
        for words in untranslated
        if " " in words and "%" not in words and re.search(rf"\b{re.escape(words)}\b", shown)
    ]


@pytest.mark.parametrize(
    ("name", "spanish"),
    [
        ("account_login", "Qué bueno verte"),
        ("account_signup", "Fecha de nacimiento"),
        ("account_reset_password", "Enviar el enlace"),
        ("videos:feed", "Para ti"),
        ("videos:discover", "Descubrir"),
    ],
)
def test_strangers_read_the_language_of_their_device(client, db, name, spanish):
    response = client.get(reverse(name), headers={"Accept-Language": "es-MX,es;q=0.9,en;q=0.5"})
    page = response.content.decode()

    assert '<html lang="es" dir="ltr"' in page
    assert spanish in page
    assert english_left_in(page) == []


@pytest.mark.parametrize(
    ("name", "spanish"),
    [
        ("videos:feed", "Siguiendo"),
        ("videos:upload", "Elige un video o suéltalo aquí"),
        ("chat:inbox", "Sin leer"),
        ("chat:requests", "Solicitudes"),
        ("chat:new", "Nombre del grupo"),
        ("accounts:privacy", "Quién puede escribirte"),
        ("accounts:follow_requests", "Nadie está esperando."),
        ("account_email", "Correos electrónicos"),
        ("account_change_password", "Guardar la contraseña"),
    ],
)
def test_members_read_their_own_language_on_any_device(browser, ana, ben, name, spanish):
    speaks(ana, "es")
    page = browser(ana).get(reverse(name), headers={"Accept-Language": "en"}).content.decode()

    assert '<html lang="es"' in page
    assert spanish in page
    assert english_left_in(page) == []


def test_a_conversation_is_spanish_around_what_people_wrote(browser, ana, ben):
    speaks(ben, "es")
    group = make_group(ana, ben, title="Friday film")
    page = browser(ben).get(group.get_absolute_url()).content.decode()

    assert "Ana creó este grupo" in page
    assert "Mensaje para Friday film" in page
    assert english_left_in(page) == []


def test_scripts_get_the_same_language_as_the_page(browser, ana):
    speaks(ana, "es")
    script = browser(ana).get(reverse("jsi18n"), headers={"Accept-Language": "en"}).content.decode()

    assert '"Link copied": "Enlace copiado"' in script
    assert "const v = n == 1 ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2;" in script


def test_english_stays_english(client, db):
    page = client.get(reverse("account_login"), headers={"Accept-Language": "en"}).content.decode()

    assert '<html lang="en"' in page
    assert "Good to see you" in page
    assert "Link copied" not in client.get(reverse("jsi18n")).content.decode()


def test_refusals_on_the_socket_follow_the_person_then_the_device():
    consumer, other = ChatConsumer(), ChatConsumer()
    consumer.scope = other.scope = {"headers": [(b"accept-language", b"es-AR,es;q=0.9")]}
    consumer.user, other.user = User(), User(language="en")

    assert (consumer.language, other.language) == ("es", "en")


# --- Dates, numbers and who does what -------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "this_year", "long_ago", "row"),
    [
        ("en", "Thursday, November 5", "May 3, 2025", "Nov 5"),
        ("es", "jueves, 5 de noviembre", "3 de mayo de 2025", "5 nov"),
    ],
)
def test_days_are_written_as_the_language_does(monkeypatch, language, this_year, long_ago, row):
    now = datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.UTC)
    monkeypatch.setattr(timezone, "now", lambda: now)

    with translation.override(language):
        assert day_name(datetime.date(2026, 11, 5)) == this_year
        assert day_name(datetime.date(2025, 5, 3)) == long_ago
        assert briefly(now - datetime.timedelta(days=17)).casefold() == row.casefold()


@pytest.mark.parametrize(("language", "count"), [("en", "12.4K"), ("es", "12,4K")])
def test_numbers_are_written_as_the_language_does(language, count):
    with translation.override(language):
        assert short(12_400) == count


@pytest.mark.parametrize(
    ("language", "for_ana", "for_ben", "for_both", "for_zoe"),
    [
        ("en", "You added Ben", "Ana added you", "Ana added Zoe and you", "Ana added Ben"),
        ("es", "Añadiste a Ben", "Ana te añadió", "Ana añadió a Zoe y ti", "Ana añadió a Ben"),
    ],
)
def test_system_lines_agree_with_who_reads_them(
    ana, ben, zoe, language, for_ana, for_ben, for_both, for_zoe
):
    cards = {who: {"id": str(who.pk), "name": who.name} for who in (ana, ben, zoe)}

    def line(viewer: User, *added: User) -> str:
        people = [cards[who] for who in added]
        notice = {"code": "member.added", "actor": cards[ana], "people": people}
        return notices.sentence(notice, viewer.pk)

    with translation.override(language):
        assert line(ana, ben) == for_ana
        assert line(ben, ben) == for_ben
        assert line(ben, ben, zoe) == for_both
        assert line(zoe, ben) == for_zoe


def speaks(user: User, language: str) -> None:
    user.language = language
    user.save()
