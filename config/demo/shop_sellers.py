"""Who stands behind the demo shops, and who packs for Mei."""

from collections.abc import Mapping
from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image

from accounts.models import User
from commerce.actions import staff
from commerce.documents import FOLDER
from commerce.models import SellerApplication, Shop, ShopStaff
from config.demo.shop_orders import PLACES

IBAN = "DE89370400440532013000"  # the example of ISO 13616: nobody's


def declare_traders(people: Mapping[str, User]) -> None:
    """Every open shop was reviewed; Ben packs at Mei's."""
    for shop in Shop.objects.filter(state=Shop.State.OPEN).select_related("owner"):
        _accept(shop)
    shop = people["mei"].shop
    job = staff.invite(people["mei"], shop, username="ben", role=ShopStaff.Role.PACKER)
    staff.accept(people["ben"], job.pk)


def _accept(shop: Shop) -> None:
    owner = shop.owner
    assert owner is not None
    street, postcode, city, country = PLACES[owner.username]
    SellerApplication.objects.create(
        shop=shop,
        legal_name=owner.name,
        street=street,
        city=city,
        postcode=postcode,
        country=country,
        email=f"shop@{shop.slug}.example",
        phone="+351 21 555 0142",
        iban=IBAN,
        document=_blank_page(shop),
        declares_law=True,
        state=SellerApplication.State.ACCEPTED,
        decided_at=timezone.now(),
    )


def _blank_page(shop: Shop) -> str:
    """Nobody's document."""
    target = BytesIO()
    Image.new("RGB", (420, 297), "#f4ead9").save(target, "WEBP")
    return default_storage.save(f"{FOLDER}/demo-{shop.slug}.webp", ContentFile(target.getvalue()))
