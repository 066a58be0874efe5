"""The people and things of the shop, and what its doors ask (shop_routes.py)."""

from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from accounts.models import User
from commerce.models import ProductPhoto, ShopStaff
from tests.access.shop_earning import earning_values
from tests.access.shop_orders import order_values, verb_of
from tests.access.shop_selling import selling_values
from tests.access.shop_together import together_values
from tests.access.world import World
from tests.commerce.factories import make_address, make_product, make_shop
from tests.factories import block, make_user
from tests.videos.factories import make_video

WHO = (
    "anonymous",
    "stranger",
    "blocked",  # by the owner
    "kid",  # 14
    "teen",  # 16
    "moderator",
    "buyer",
    "packer",
    "owner",
)
AGES = {"kid": 14, "teen": 16}
NAME = f"{'0' * 32}.webp"  # of every picture


class Market(World):
    """The owner's shop with a product and a draft, somebody who packs there, and a buyer."""

    who = WHO

    def __init__(self) -> None:
        super().__init__()
        self.people = {name: _made(name) for name in WHO[1:]}
        owner = self.people["owner"]
        block(owner, self.people["blocked"])
        self.shop = make_shop(owner)
        self.product, self.variant = make_product(self.shop)
        _employ(self.people["packer"], self.shop)
        self.values = self._values()
        self.admit(WHO)

    def _values(self) -> dict[str, Any]:
        draft, _variant = make_product(self.shop, state="draft")
        _picture("shops")
        photo = ProductPhoto.objects.create(
            product=self.product, image=_picture("products"), width=1080, height=1080
        )
        return {
            "slug": self.shop.slug,
            "product": self.product.pk,
            "variant": self.variant.pk,
            "draft": draft.pk,
            "photo": photo.pk,
            "video": make_video(self.people["owner"]).pk,
            "username": "owner",
            **earning_values(self.shop),
            **order_values(self.people["buyer"], self.variant),
            **together_values(self.product, self.people["buyer"], _picture("reviews")),
            **selling_values(self.shop),
            "address": make_address(self.people["buyer"]).pk,
        }

    def special(self, path: str) -> dict[str, Any]:
        """Files have names of their own; what is deleted is a draft."""
        if path.startswith("media/"):
            return {"name": NAME}
        return verb_of(path)

    def given(self, path: str) -> dict[str, Any]:
        """Something for everything that some verb asks."""
        return {
            "title": "A shirt",
            "product": str(self.values["product"]),
            "products": [],
            "percent": "10",
            "do": "add",
            "holder": "Ana",
            "iban": "DE89370400440532013000",
            "shop": self.values["slug"],
            "variant": str(self.values["variant"]),
            "quantity": 1,
            "stars": "5",
            "words": "Warm.",
            "people": 3,
            "hours": 24,
            "on": True,
            "client_id": str(uuid4()),
        }


def _made(name: str) -> User:
    is_staff = name == "moderator"
    return make_user(name, age=AGES.get(name, 25), is_staff=is_staff, is_superuser=is_staff)


def _employ(person: User, shop: Any) -> None:
    ShopStaff.objects.create(
        shop=shop, person=person, role=ShopStaff.Role.PACKER, accepted_at=timezone.now()
    )


def _picture(folder: str) -> str:
    return default_storage.save(f"{folder}/{NAME}", ContentFile(b"RIFF"))
