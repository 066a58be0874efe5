"""What makes the site an app: the manifest, the worker, the page without a line."""

import json
import re

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from PIL import Image

from config import pwa


def manifest(client: Client, **headers) -> dict:
    return json.loads(client.get("/manifest.webmanifest", headers=headers).content)


def facts(client: Client) -> tuple[dict, list[str]]:
    """What the worker is told, and the scripts it loads."""
    words = client.get("/sw.js").content.decode()
    found = re.fullmatch(r"self\.MEDLEY = (.*);\nimportScripts\(\.\.\.(.*)\);\n", words)
    assert found is not None
    return json.loads(found[1]), json.loads(found[2])


def file_of(address: str) -> str:
    path = finders.find(address.removeprefix(settings.STATIC_URL))
    assert path, address
    return path


def test_the_manifest_makes_one_app_of_the_whole_site(client, db):
    app = manifest(client)

    assert (app["id"], app["scope"], app["start_url"]) == ("/", "/", "/")
    assert (app["name"], app["display"], app["lang"], app["dir"]) == (
        *("Medley", "standalone", "en", "ltr"),
    )


def test_the_manifest_is_linked_with_cookies(client, db):
    page = client.get("/").content.decode()

    assert (
        '<link rel="manifest" href="/manifest.webmanifest" crossorigin="use-credentials">' in page
    )


def test_pictures_of_the_manifest_are_there_in_their_sizes(client, db):
    app = manifest(client)

    assert {icon["purpose"] for icon in app["icons"]} == {"any", "maskable"}
    assert {shot["form_factor"] for shot in app["screenshots"]} == {"narrow", "wide"}
    for picture in [*app["icons"], *app["screenshots"]]:
        width, height = Image.open(file_of(picture["src"])).size
        assert picture["sizes"] == f"{width}x{height}", picture


def test_the_manifest_speaks_the_person_s_language_and_wears_their_theme(browser, ana):
    ana.theme, ana.language = "light", "es"
    ana.save()

    app = manifest(browser(ana))

    assert (app["lang"], app["theme_color"]) == ("es", "#fbfaf8")


def test_under_sixteen_there_is_no_way_to_an_inbox(browser, ana, kid):
    ways = {
        person.username: [each["url"] for each in manifest(browser(person))["shortcuts"]]
        for person in (ana, kid)
    }

    assert ways == {
        "ana": ["/upload/", "/inbox/", "/activity/"],
        "kid": ["/upload/", "/activity/"],
    }


def test_every_shortcut_leads_somewhere(browser, ana):
    client = browser(ana)

    for shortcut in manifest(client)["shortcuts"]:
        assert client.get(shortcut["url"]).status_code == 200


def test_the_worker_stands_at_the_root_and_is_asked_for_anew(client, db):
    answer = client.get("/sw.js")

    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert "no-store" in answer["Cache-Control"] or "no-cache" in answer["Cache-Control"]
    assert "worker-src 'self'" in answer["Content-Security-Policy"]


def test_all_that_the_worker_loads_and_keeps_is_there(client, db):
    told, parts = facts(client)

    for address in [*told["shell"], *parts, told["icon"]]:
        file_of(address)
    for address in (told["offline"], told["catalogue"]):
        assert client.get(address).status_code == 200


def test_the_worker_is_the_same_until_a_static_file_changes(client, db, monkeypatch):
    first, again = facts(client)[0]["version"], facts(client)[0]["version"]
    pwa.version.cache_clear()
    monkeypatch.setattr(pwa.staticfiles_storage, "manifest_hash", "123456789abc", raising=False)
    changed = facts(client)[0]["version"]
    pwa.version.cache_clear()

    assert first == again
    assert changed == "123456789abc"


def test_the_page_without_a_line_is_nobody_s(browser, client, ana):
    for_ana = browser(ana).get("/offline/")

    assert for_ana.status_code == 200
    assert "ana" not in re.sub(r"<[^>]*>", "", for_ana.content.decode()).lower()
    assert for_ana.content == Client().get("/offline/").content
    assert "csrftoken" not in for_ana.cookies


def test_the_page_without_a_line_needs_nothing_else(client, db):
    """All that it links to is what the worker keeps."""
    page = client.get("/offline/").content.decode()
    told, _parts = facts(client)

    linked = re.findall(r'<(?:link|script|img)[^>]*?(?:href|src)="(/[^"]*)"', page)
    kept = {*told["shell"], told["catalogue"], "/manifest.webmanifest"}
    assert set(linked) <= kept
    behaviours = " ".join(re.findall(r'data-behaviour="([^"]*)"', page)).split()
    assert {f"/static/js/behaviours/{name}.js" for name in behaviours} <= kept


def test_the_worker_keeps_what_its_scripts_import():
    """The page without a line gets them from nowhere else."""
    scripts = [settings.BASE_DIR / "static" / name for name in pwa.SHELL if name.startswith("js/")]
    imported = {
        (script.parent / path).resolve()
        for script in scripts
        for path in re.findall(r'^import (?:[^"]* from )?"([^"]+)"', script.read_text(), re.M)
    }

    assert imported <= set(scripts)


@pytest.mark.parametrize("address", ["/sw.js", "/offline/", "/manifest.webmanifest"])
def test_none_of_it_is_written_to(client, db, address):
    assert client.post(address).status_code == 405


def test_each_costs_no_query_for_strangers(client, db, django_assert_num_queries):
    for address in ("/sw.js", "/offline/", "/manifest.webmanifest"):
        with django_assert_num_queries(0):
            client.get(address)
