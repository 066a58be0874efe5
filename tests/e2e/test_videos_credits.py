"""Made by two, read along, filmed anew: what an author does with a video once it is out."""

import re
from pathlib import Path
from random import randrange
from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.e2e.conftest import Visit
from tests.e2e.pages import newest_video
from tests.videos.films import film


def test_a_friend_is_asked_accepts_and_stands_beside_the_author(visit: Visit):
    ana = visit("ana")
    video = newest_video(ana, "ana")
    ana.goto(f"{video}edit/")
    ana.get_by_role("link", name="Co-creators").click()
    ana.get_by_label("Ask a friend").fill("@ben")
    ana.get_by_role("button", name="Invite").click()
    expect(ana.get_by_text("@ben · asked")).to_be_visible()

    ben = visit("ben", "/@ben/", phone=True)
    ben.get_by_role("link", name="wants to name you").click()
    ben.get_by_role("button", name="Accept").first.click()
    expect(ben.get_by_text("you are named")).to_be_visible()

    zoe = visit("zoe", video, phone=True)
    zoe.get_by_role("link", name="@ben").first.click()
    expect(zoe.locator(f'.grid a[href="{urlsplit(video).path}"]')).to_be_visible()

    ben.get_by_role("button", name="Leave").first.click()
    expect(ben.get_by_text("Nothing made together yet")).to_be_visible()
    zoe.goto(video)
    expect(zoe.locator(".clip__name").first).to_be_visible()
    expect(zoe.get_by_role("link", name="@ben")).to_have_count(0)


def test_subtitles_are_written_beside_the_film_and_read_along(visit: Visit):
    ana = visit("ana")
    video = newest_video(ana, "ana")
    ana.goto(f"{video}subtitles/")
    ana.locator("#id_write-language").select_option("en")
    ana.get_by_role("button", name="Write").click()
    expect(ana.locator("[data-row]")).to_have_count(1)  # the script has put the spare ones away
    first = ana.locator("[data-row]").first
    first.get_by_label("From", exact=True).fill("0")
    first.get_by_label("To", exact=True).fill("0:00.4")
    first.get_by_label("What is said").fill("Good morning 🌊")
    ana.locator("[data-film]").evaluate("film => { film.currentTime = 0.5 }")
    first.get_by_label("What is said").press("Control+Enter")
    second = ana.locator("[data-row]").nth(1)
    expect(second.get_by_label("From", exact=True)).to_have_value(re.compile(r"^00:00\.[45]"))
    second.get_by_label("To", exact=True).fill("0:59")
    second.get_by_label("What is said").fill("the lake is still")
    ana.get_by_role("button", name="Save").click()
    expect(ana.get_by_text("Saved.")).to_be_visible()

    zoe = visit("zoe", video, phone=True)
    words = zoe.locator("[data-words]").first
    expect(words).to_have_text(re.compile("lake is still|Good morning"))
    zoe.get_by_role("button", name="Subtitles").click()
    zoe.get_by_role("menuitemradio", name="Off").click()
    expect(words).to_be_hidden()
    zoe.reload()
    expect(zoe.locator(".clip.is-playing")).to_be_visible()
    expect(words).to_be_hidden()

    ana.goto(f"{video}subtitles/")
    ana.once("dialog", lambda dialog: dialog.accept())
    ana.get_by_role("button", name="Delete English").click()
    expect(ana.get_by_text("No subtitles yet")).to_be_visible()


def test_another_film_takes_the_place_of_the_old(visit: Visit, tmp_path: Path):
    ana = visit("ana", phone=True)
    video = newest_video(ana, "ana")
    ana.goto(video)
    before = ana.locator("[data-clip]").get_attribute("data-large")
    ana.goto(f"{video}film/")
    # No two alike, so that it is another film in a kept world too.
    hue = randrange(360)
    new = film(tmp_path / f"new-{hue}.mp4", "-vf", f"hue=h={hue}", seconds=3)
    ana.get_by_label("New film").set_input_files(new)
    ana.get_by_role("button", name="Replace the film").click()
    newest = ana.locator(".row", has_text=new.name).first
    expect(newest).to_be_visible(timeout=60_000)
    expect(newest.locator(".chip")).to_have_text("Playing", timeout=120_000)

    ana.goto(video)
    expect(ana.locator("[data-clip]")).not_to_have_attribute("data-large", before or "")
    expect(ana.locator(".clip.is-playing")).to_be_visible()
