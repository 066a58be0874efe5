"""What somebody who wants to sell declares, for tests of every door."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts.models import User
from commerce.actions import applications
from commerce.models import SellerApplication

IBAN = "DE89 3704 0044 0532 0130 00"  # the example of ISO 13616
TRADER = {
    "legal_name": "Mei Lin",
    "street": "Lindenstr. 5",
    "city": "Berlin",
    "postcode": "10969",
    "country": "DE",
    "email": "mei@example.com",
    "phone": "+49 30 1234567",
    "register": "",
    "tax_number": "DE123456789",
    "iban": IBAN,
}


def picture(name: str = "passport.png", side: int = 64) -> SimpleUploadedFile:
    target = BytesIO()
    Image.new("RGB", (side, side), "teal").save(target, "PNG")
    return SimpleUploadedFile(name, target.getvalue(), "image/png")


def form(**changes: Any) -> dict[str, Any]:
    """As a browser sends it, with the document."""
    said = {"name": "Mei Makes", "currency": "EUR", "declares_law": "on", "document": picture()}
    return said | TRADER | changes


def apply(person: User, **changes: Any) -> SellerApplication:
    """Everything as it should be, but for `changes`."""
    words = {
        "name": "Mei Makes",
        "currency": "EUR",
        "document": picture(),
        "declares_law": True,
        "trader": TRADER | changes.pop("trader", {}),
    }
    return applications.apply(person, **words | changes)
