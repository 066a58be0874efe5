"""Creators look at how their videos do: plots, tables that say the same, one video, CSV."""

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.test_accessibility import violations


def drawn(page: Page, name: str) -> None:
    """The plot of a section has lines on it, in more than one colour."""
    canvas = page.locator(f"section[data-plot={name}] canvas")
    expect(canvas).to_be_visible()
    colours = canvas.evaluate(
        "canvas => new Set(new Uint32Array(canvas.getContext('2d')"
        ".getImageData(0, 0, canvas.width, canvas.height).data.buffer)).size"
    )
    assert colours > 3


@pytest.mark.parametrize(("phone", "theme"), [(True, "light"), (False, "dark")])
def test_the_page_is_drawn_and_can_be_read(visit: Visit, phone: bool, theme: str):
    mei = visit("mei", "/@mei/", phone=phone, theme=theme, reduced_motion="reduce")
    mei.get_by_role("link", name="Insights").click()

    expect(mei.get_by_role("heading", name="Insights", level=1)).to_be_visible()
    for name in ("days", "retention", "followers"):
        drawn(mei, name)
    expect(mei.locator(".hours__one--5").first).to_be_visible()
    assert violations(mei) == []
    assert mei.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_plot_tells_the_day_that_is_pointed_at_and_another_measure(visit: Visit):
    mei = visit("mei", "/insights/?days=28")
    days = mei.locator("section[data-plot=days]")
    drawn(mei, "days")
    last = days.locator(".plot__told b").inner_text()

    days.locator(".u-over").hover(position={"x": 5, "y": 50})
    expect(days.locator(".plot__told b")).not_to_have_text(last)
    days.get_by_role("button", name="Viewers").click()

    expect(days.locator(".plot__told")).to_contain_text("viewer")
    expect(days.get_by_role("button", name="Viewers")).to_have_attribute("aria-pressed", "true")


def test_the_table_says_what_the_plot_draws(visit: Visit):
    mei = visit("mei", "/insights/?days=7")
    days = mei.locator("section[data-plot=days]")

    days.get_by_text("As a table").click()

    expect(days.get_by_role("row")).to_have_count(8)


def test_other_days_and_one_video_are_a_press_away(visit: Visit):
    mei = visit("mei", "/insights/")

    mei.get_by_role("link", name="90 days").click()
    mei.wait_for_url(re.compile("days=90"))
    mei.locator(".watched__video").first.click()

    mei.wait_for_url(re.compile(r"/videos/[0-9a-f-]{36}/insights/\?days=90"))
    drawn(mei, "retention")
    mei.get_by_role("link", name="All your insights").click()
    mei.wait_for_url(re.compile(r"/insights/\?days=90"))


def test_a_table_is_saved_as_csv(visit: Visit, tmp_path: Path):
    mei = visit("mei", "/insights/?days=7")

    with mei.expect_download() as saving:
        mei.get_by_role("link", name="Day by day: CSV").click()
    saving.value.save_as(tmp_path / "days.csv")

    with (tmp_path / "days.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file))) == 7


def test_ones_own_video_leads_to_its_insights(visit: Visit):
    mei = visit("mei", "/@mei/")
    mei.locator(".grid__one").first.click()

    mei.get_by_role("link", name="Insights of this video").click()

    expect(mei.get_by_role("heading", name="Where views come from")).to_be_visible()


def test_who_posted_nothing_is_invited(visit: Visit):
    zoe = visit("zoe", "/insights/", phone=True)

    expect(zoe.get_by_role("heading", name="Your first video is still to come")).to_be_visible()
    zoe.get_by_role("link", name="Make a video").click()
    zoe.wait_for_url(re.compile("/upload/"))


def test_without_a_script_the_tables_are_there(visit: Visit):
    mei = visit("mei", "/insights/", java_script_enabled=False)

    expect(mei.locator("section[data-plot=days] .chips")).to_be_hidden()
    mei.locator("section[data-plot=days] summary").click()
    expect(mei.locator("section[data-plot=days] table")).to_be_visible()
