"""Albums, voice, files and stickers between two people, live; the microphone is Chromium's own
test tone."""

import re
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.chat.media_files import phone_picture
from tests.e2e.conftest import Visit
from tests.e2e.pages import live


def talk_with_ben(page: Page) -> Page:
    page.get_by_role("link", name=re.compile("^Ben Okafor|Ben Okafor")).first.click()
    return ready(page)


def ready(page: Page) -> Page:
    """Once the script has taken over: only it offers the microphone, where no words wait."""
    words = live(page).locator(".talk > .composer textarea[name=body]")
    if words.input_value():  # another journey's
        words.fill("")
    expect(page.locator("[data-mic]")).to_be_visible()
    return page


def both(visit: Visit) -> tuple[Page, Page]:
    """Ana at her desk and Ben on his phone, in their conversation."""
    ana = talk_with_ben(visit("ana", "/inbox/"))
    ben = visit("ben", urlsplit(ana.url).path, phone=True)
    return ana, ready(ben)


def newest(page: Page, what: str) -> Locator:
    return page.locator(".message").filter(has=page.locator(what)).last


def choose(page: Page, tool: str, files: list[Path]) -> None:
    page.get_by_role("button", name="Add something").first.click()
    with page.expect_file_chooser() as choosing:
        page.locator(f'[data-tool="{tool}"]').click()
    choosing.value.set_files(files)


def pictures(folder: Path, count: int) -> list[Path]:
    paths = [folder / f"roof-{number}.jpg" for number in range(count)]
    for number, path in enumerate(paths):
        Image.new("RGB", (400, 300), (40 * number, 120, 200)).save(path)
    return paths


def test_an_album_goes_out_with_its_words_and_opens_large(visit: Visit, tmp_path):
    ana, ben = both(visit)

    choose(ana, "photos", pictures(tmp_path, 3))
    expect(ana.locator(".tray__item")).to_have_count(3)
    ana.locator("[data-behaviour=composer] textarea").fill("The roof this morning")
    ana.locator("[data-behaviour=composer]").get_by_role("button", name="Send", exact=True).click()

    expect(ana.locator(".tray")).to_be_hidden()
    for page in (ana, ben):
        message = newest(page, ".tile").filter(has_text="The roof this morning")
        expect(message.locator(".tile")).to_have_count(3)
        picture = message.locator(".tile__picture").first
        expect(picture).to_have_js_property("complete", True)
    expect(newest(ana, ".tile").locator("[data-field=state]")).not_to_contain_text("preparing")

    newest(ben, ".tile").locator(".tile").nth(1).click()
    viewer = ben.locator(".viewer")
    expect(viewer).to_be_visible()
    expect(viewer).to_contain_text("The roof this morning")
    viewer.press("ArrowRight")
    viewer.get_by_role("button", name="Close").click()
    expect(viewer).to_be_hidden()


def test_pasted_picture_lies_in_the_tray_and_can_be_taken_out(visit: Visit):
    ana = talk_with_ben(visit("ana", "/inbox/"))
    content = BytesIO()
    Image.new("RGB", (60, 40), "coral").save(content, "PNG")

    ana.locator("[data-behaviour=composer] textarea").evaluate(
        """(box, bytes) => {
          const pasted = new DataTransfer();
          pasted.items.add(new File([new Uint8Array(bytes)], "cut.png", { type: "image/png" }));
          box.dispatchEvent(new ClipboardEvent("paste", { clipboardData: pasted, bubbles: true }));
        }""",
        list(content.getvalue()),
    )

    expect(ana.locator(".tray__item")).to_have_count(1)
    ana.locator(".tray").get_by_role("button", name="Remove").click()
    expect(ana.locator(".tray")).to_be_hidden()


def test_voice_is_spoken_heard_again_sent_and_played(visit: Visit):
    ana, ben = both(visit)
    before = ben.locator(".voice").count()

    ana.get_by_role("button", name="Record a voice message").click()
    expect(ana.locator(".recorder__clock")).to_have_text("0:01")
    ana.get_by_role("button", name="Stop").click()
    expect(ana.get_by_role("button", name="Listen", exact=True)).to_be_visible()
    ana.get_by_role("button", name="Send voice message").click()

    expect(ben.locator(".voice")).to_have_count(before + 1)
    voice = ben.locator(".voice").last
    expect(voice.locator("[data-field=fresh]")).to_be_visible()
    voice.get_by_role("button", name="Play voice message").click()
    expect(voice).to_have_class(re.compile("is-playing"))
    expect(voice.locator("[data-field=fresh]")).to_be_hidden()
    voice.get_by_role("button", name="Speed").click()
    expect(voice.get_by_role("button", name="Speed")).to_have_text("1.5×")
    expect(voice).not_to_have_class(re.compile("is-playing"))
    voice.get_by_role("slider", name="Position").press("End")


def finger_on_the_microphone(page: Page) -> tuple[float, float]:
    """Pressed down and recording; where."""
    box = page.locator("[data-mic]").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    expect(page.locator("[data-recorder]")).to_be_visible()
    expect(page.locator(".recorder__clock")).to_have_text("0:01")
    return x, y


def test_held_recording_is_sent_when_the_finger_lifts(visit: Visit):
    ana, ben = both(visit)
    before = ben.locator(".voice").count()

    finger_on_the_microphone(ana)
    expect(ana.locator(".recorder__lock")).to_be_visible()
    ana.mouse.up()

    expect(ben.locator(".voice")).to_have_count(before + 1)


def test_recording_locks_when_the_finger_slides_up(visit: Visit):
    ana, ben = both(visit)
    before = ben.locator(".voice").count()

    x, y = finger_on_the_microphone(ana)
    ana.mouse.move(x, y - 90, steps=4)
    expect(ana.locator("[data-recorder] [role=status]")).to_contain_text("Locked")
    ana.mouse.up()
    expect(ana.get_by_role("button", name="Stop")).to_be_focused()
    expect(ana.locator(".recorder__clock")).to_have_text("0:02")
    ana.keyboard.press("Enter")
    ana.get_by_role("button", name="Send voice message").click()

    expect(ben.locator(".voice")).to_have_count(before + 1)


def test_recording_is_thrown_away_when_the_finger_slides_aside(visit: Visit):
    ana = talk_with_ben(visit("ana", "/inbox/"))
    before = ana.locator(".voice").count()

    x, y = finger_on_the_microphone(ana)
    ana.mouse.move(x - 120, y - 20, steps=4)
    expect(ana.locator("[data-recorder]")).to_be_hidden()
    ana.mouse.up()

    assert ana.locator(".voice").count() == before


def test_voice_heard_on_one_device_is_heard_on_the_other(visit: Visit):
    ana, phone = both(visit)
    desk = visit("ben", urlsplit(ana.url).path)
    before = ready(desk).locator(".voice").count()

    finger_on_the_microphone(ana)
    ana.mouse.up()
    for page in (phone, desk):
        expect(page.locator(".voice")).to_have_count(before + 1)
        expect(page.locator(".voice").last.locator("[data-field=fresh]")).to_be_visible()
    phone.locator(".voice").last.get_by_role("button", name="Play voice message").click()

    expect(desk.locator(".voice").last.locator("[data-field=fresh]")).to_be_hidden()
    desk.reload()
    expect(ready(desk).locator(".voice").last.locator("[data-field=fresh]")).to_be_hidden()


def test_picture_of_a_phone_is_shown_once_the_server_has_made_it(visit: Visit, tmp_path):
    ana, ben = both(visit)
    picture = tmp_path / "IMG_0042.HEIC"
    picture.write_bytes(phone_picture(size=(640, 480)).read())

    choose(ana, "photos", [picture])
    expect(ana.locator(".tray__item")).to_contain_text("IMG_0042.HEIC")
    ana.locator("[data-behaviour=composer]").get_by_role("button", name="Send", exact=True).click()

    for page in (ana, ben):
        tile = page.locator(".message .tile__picture").last
        expect(tile).to_have_js_property("naturalWidth", 480)


def test_recording_can_be_thrown_away(visit: Visit):
    ana = talk_with_ben(visit("ana", "/inbox/"))
    before = ana.locator(".voice").count()

    ana.get_by_role("button", name="Record a voice message").click()
    expect(ana.locator("[data-recorder]")).to_be_visible()
    ana.get_by_role("button", name="Discard").click()

    expect(ana.locator("[data-recorder]")).to_be_hidden()
    assert ana.locator(".voice").count() == before


def test_file_arrives_under_its_name(visit: Visit, tmp_path):
    ana, ben = both(visit)
    plan = tmp_path / "Plan for Sunday.pdf"
    plan.write_bytes(b"%PDF-1.7 doors at half past seven")

    choose(ana, "files", [plan])
    ana.locator("[data-behaviour=composer]").get_by_role("button", name="Send", exact=True).click()

    link = ben.locator(".file").last
    expect(link).to_contain_text("Plan for Sunday.pdf")
    with ben.expect_download() as loading:
        link.click()
    assert loading.value.suggested_filename == "Plan for Sunday.pdf"
    assert Path(loading.value.path()).read_bytes() == plan.read_bytes()


def test_program_is_refused_in_words(visit: Visit, tmp_path):
    ana = talk_with_ben(visit("ana", "/inbox/"))
    program = tmp_path / "setup.exe"
    program.write_bytes(b"MZ")

    choose(ana, "files", [program])

    expect(ana.locator("[data-behaviour=composer] [data-error]")).to_contain_text("Programs cannot")
    ana.locator(".tray").get_by_role("button", name="Remove").click()


def test_sticker_is_cut_sent_and_taken_over(visit: Visit, tmp_path):
    ana, ben = both(visit)

    ana.get_by_role("button", name="Stickers").click()
    with ana.expect_file_chooser() as choosing:
        ana.get_by_role("button", name="New sticker").click()
    choosing.value.set_files(pictures(tmp_path, 1))
    ana.get_by_label("Describe it").fill("A blue square")
    ana.get_by_role("button", name="Add to my stickers").last.click()
    expect(ana.locator(".cutter")).to_be_hidden()
    ana.get_by_role("button", name="Stickers").click()
    ana.locator(".stickers__one").first.click()

    sticker = ben.locator(".message .sticker").last
    expect(sticker).to_have_attribute("alt", "A blue square")
    newest(ben, ".sticker").focus()
    ben.keyboard.press("Enter")
    ben.locator('[data-do="keep-sticker"]').click()
    expect(ben.locator(".toast")).to_contain_text("Added to your stickers.")
