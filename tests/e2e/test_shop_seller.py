"""From asking to sell to the first morning in one's own shop."""

from uuid import uuid4

from playwright.sync_api import FilePayload, Page, expect

from tests.commerce.applying import TRADER, picture
from tests.e2e.conftest import Visit
from tests.e2e.stack import Stack
from tests.e2e.test_safety_decisions import moderate

REVIEWED = """
from commerce.actions import applications
from commerce.models import SellerApplication
waiting = SellerApplication.objects.filter(shop__owner__username="zoe", state="waiting").get()
"""
ANEW = """
from commerce.models import Product, Shop
Product.objects.filter(shop__owner__username="zoe").delete()
Shop.objects.filter(owner__username="zoe").delete()
"""
LABELS = {
    "Legal name": "legal_name",
    "Street and number": "street",
    "Postcode": "postcode",
    "Town": "city",
    "Mail for buyers": "email",
    "Phone": "phone",
    "Bank account (IBAN)": "iban",
}


def declare(page: Page, **changes: str) -> None:
    said = TRADER | changes
    for label, name in LABELS.items():
        page.get_by_label(label, exact=True).fill(said[name])
    page.get_by_label("country", exact=True).select_option(said["country"])


def test_somebody_asks_to_sell_is_reviewed_and_opens(visit: Visit, stack: Stack) -> None:
    moderate(stack, ANEW)
    page = visit("zoe", "/sell/", phone=True)

    # A wrong account number: all that was typed stays.
    page.get_by_label("Name of the shop").fill("Zoe's Zines")
    declare(page, iban="DE00 0000")
    page.get_by_label("I only sell what the law").check()
    page.get_by_role("button", name="Ask to sell").click()
    expect(page.get_by_text("This is not an IBAN")).to_be_visible()
    expect(page.get_by_label("Legal name")).to_have_value(TRADER["legal_name"])

    paper = picture()
    files: FilePayload = {"name": "passport.png", "mimeType": "image/png", "buffer": paper.read()}
    page.get_by_label("Bank account (IBAN)").fill(TRADER["iban"])
    page.get_by_label("Identity document").set_input_files(files)
    page.get_by_role("button", name="Ask to sell").click()
    expect(page.get_by_text("Somebody looks at it")).to_be_visible()

    # Refused with a reason, corrected, accepted.
    moderate(stack, REVIEWED + 'applications.refuse(first, waiting.pk, reason="Which street?")')
    page.goto(f"{stack.url}/sell/")
    expect(page.get_by_text("Which street?")).to_be_visible()
    page.get_by_label("Street and number").fill("Ahornweg 7")
    page.get_by_label("I only sell what the law").check()
    page.get_by_role("button", name="Ask to sell").click()
    expect(page.get_by_text("Ahornweg 7")).to_be_visible()
    moderate(stack, REVIEWED + "applications.accept(first, waiting.pk)")

    page.goto(f"{stack.url}/sell/")
    expect(page.get_by_role("heading", name="Zoe's Zines")).to_be_visible()
    expect(page.get_by_text("Ordered today")).to_be_visible()

    # Somebody else reads who sells.
    other = visit("ben", "/shops/zoes-zines/")
    expect(other.get_by_text("Ahornweg 7")).to_be_visible()
    expect(other.get_by_role("link", name="Report this shop")).to_be_visible()


def test_products_come_from_a_file(visit: Visit) -> None:
    page = visit("mei", "/sell/import/")
    name = f"Mug {uuid4().hex[:6]}"
    lines = f"sku,title,category,price,stock\n{name},{name},ceramics,12.50,5\nbad,,ceramics,x,1\n"

    sheet: FilePayload = {"name": "mugs.csv", "mimeType": "text/csv", "buffer": lines.encode()}
    page.get_by_label("CSV file").set_input_files(sheet)
    page.get_by_role("button", name="Look it through").click()
    expect(page.get_by_text("1 new, 0 changed, 1 refused")).to_be_visible()
    page.get_by_role("button", name="Take over the lines that are right").click()

    expect(page.get_by_role("status").filter(has_text="Done")).to_be_visible(timeout=20_000)
