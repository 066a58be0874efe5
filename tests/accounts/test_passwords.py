"""Passwords that everybody can look up: refused wherever one is chosen, told of at sign-in, found
on the disk without reading it."""

import hashlib

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.passwords import is_leaked, leaked, prefix_file
from accounts.passwords.validators import SENTENCE, LeakedPasswordValidator
from tests.factories import PASSWORD, years_ago

LEAKED, GOOD = "iloveyou1", "another long and odd one 7"


def digest(words: str) -> bytes:
    return hashlib.sha1(words.encode()).digest()


@pytest.fixture
def imports(tmp_path, settings):
    """`imports({"words": 3})` takes in a list of these, seen so often."""
    settings.MEDLEY_DATA = tmp_path

    def take(seen: dict[str, int], **options) -> None:
        lines = sorted(f"{digest(words).hex().upper()}:{n}" for words, n in seen.items())
        file = tmp_path / "list.txt"
        file.write_text("\n".join(lines))
        call_command("import_breached", str(file), **options)

    return take


# --- The lists --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words", ["password1", "iloveyou1", "ILOVEYOU1", "Password1", "qwertyuiop"]
)
def test_the_list_that_comes_along_knows_the_common_ones(words):
    assert is_leaked(words)


@pytest.mark.parametrize("words", [GOOD, PASSWORD, "", "ñandú bajo la lluvia"])
def test_what_is_in_no_list_is_in_none(words):
    assert not is_leaked(words)


def test_an_imported_list_is_asked_as_well(imports):
    assert not is_leaked(GOOD)

    imports({GOOD: 2, "something else": 1})

    assert is_leaked(GOOD)
    assert is_leaked(LEAKED)


def test_the_next_import_takes_the_place_of_the_last(imports):
    imports({GOOD: 2})
    imports({"something else": 1})

    assert not is_leaked(GOOD)


def test_rare_ones_can_be_left_out(imports):
    imports({GOOD: 2, "something else": 9}, least=3)

    assert not is_leaked(GOOD)
    assert is_leaked("something else")


@pytest.mark.parametrize(
    "lines",
    [["f" * 40 + ":1", "0" * 40 + ":1"], ["no hash:1"], ["g" * 40 + ":1"], ["0" * 40 + ":x"]],
)
def test_what_is_no_such_list_changes_nothing(imports, tmp_path, lines):
    imports({GOOD: 2})
    file = tmp_path / "wrong.txt"
    file.write_text("\n".join(lines))

    with pytest.raises(CommandError):
        call_command("import_breached", str(file))

    assert is_leaked(GOOD)
    assert [path.name for path in tmp_path.glob("*.unfinished")] == []


@pytest.mark.parametrize("count", [0, 1, 2, 3, 1000])
def test_all_of_a_file_is_found_and_nothing_else(tmp_path, count):
    file = tmp_path / "some.sha1"
    digests = sorted(digest(str(number)) for number in range(count))

    assert prefix_file.write(file, digests, width=8) == count

    assert all(prefix_file.holds(file, each) for each in digests)
    assert not any(prefix_file.holds(file, digest(f"not {number}")) for number in range(100))


def test_a_file_is_searched_in_few_looks(monkeypatch):
    looks: list[int] = []
    pread = prefix_file.os.pread

    def counted(*where):
        looks.append(where[1])
        return pread(*where)

    monkeypatch.setattr(prefix_file.os, "pread", counted)

    prefix_file.holds(leaked.SHIPPED, digest(LEAKED))

    assert 0 < sum(looks) <= 20 * 5  # bytes, of more than a million


# --- Where one is chosen ------------------------------------------------------------------------


def test_it_has_a_code_and_a_sentence():
    with pytest.raises(ValidationError) as refused:
        LeakedPasswordValidator().validate(LEAKED)

    assert refused.value.code == "password.breached"
    assert refused.value.messages == [str(SENTENCE)]


def test_sign_up_refuses_it(client, db):
    typed = {
        "email": "new@example.com",
        "username": "new.person",
        "password1": LEAKED,
        "birth_date": years_ago(30),
    }

    assert str(SENTENCE) in client.post("/accounts/signup/", typed).content.decode()


def test_an_app_that_signs_up_gets_the_code(client, db):
    answer = client.post(
        "/_allauth/app/v1/auth/signup",
        {
            "email": "new@example.com",
            "username": "new.person",
            "password": LEAKED,
            "birth_date": str(years_ago(30)),
        },
        content_type="application/json",
    )

    assert ("password.breached", str(SENTENCE)) in [
        (error["code"], error["message"]) for error in answer.json()["errors"]
    ]


def test_changing_to_it_is_refused(browser, ana):
    typed = {"oldpassword": PASSWORD, "password1": LEAKED, "password2": LEAKED}

    shown = browser(ana).post("/accounts/password/change/", typed).content.decode()

    assert str(SENTENCE) in shown


def test_resetting_to_it_is_refused(client, ana, mailoutbox):
    client.post("/accounts/password/reset/", {"email": ana.email})
    link = next(word for word in mailoutbox[-1].body.split() if "/password/reset/key/" in word)
    place = client.get(link, follow=True).redirect_chain[-1][0]

    shown = client.post(place, {"password1": LEAKED, "password2": LEAKED}).content.decode()

    assert str(SENTENCE) in shown


# --- At sign-in ---------------------------------------------------------------------------------


@pytest.fixture
def ana(ana):
    ana.set_password(PASSWORD)
    ana.save()
    return ana


def has(person, password: str):
    person.set_password(password)
    person.save()


def test_whoever_has_it_gets_in_and_is_asked_for_another(ana):
    has(ana, LEAKED)
    client = Client()

    answer = client.post(
        "/accounts/login/?next=/inbox/", {"login": "ana", "password": LEAKED, "next": "/inbox/"}
    )

    assert answer["Location"] == "/accounts/password/change/?next=%2Finbox%2F"
    assert str(SENTENCE) in client.get(answer["Location"]).content.decode()
    assert "Change your password" in client.get("/settings/security/").content.decode()
    assert client.get("/inbox/").status_code == 200


def test_a_new_one_ends_the_asking(ana):
    has(ana, LEAKED)
    client = Client()
    client.post("/accounts/login/", {"login": "ana", "password": LEAKED})

    answer = client.post(
        "/accounts/password/change/?next=/inbox/",
        {"oldpassword": LEAKED, "password1": GOOD, "password2": GOOD, "next": "/inbox/"},
    )

    ana.refresh_from_db()
    assert answer["Location"] == "/inbox/"
    assert ana.has_leaked_password is False


def test_an_app_is_told_of_it(ana):
    has(ana, LEAKED)
    answer = Client().post(
        "/_allauth/app/v1/auth/login",
        {"username": "ana", "password": LEAKED},
        content_type="application/json",
    )
    token = answer.json()["meta"]["session_token"]

    me = Client().get("/api/v1/me/", headers={"X-Session-Token": token}).json()

    assert me["has_leaked_password"] is True


def test_others_are_asked_nothing(ana):
    answer = Client().post("/accounts/login/", {"login": "ana", "password": PASSWORD})

    assert "password" not in answer["Location"]
