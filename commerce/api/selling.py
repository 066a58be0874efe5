"""What sellers' REST doors share: which shop, and whether this person may do that there.

Where somebody works for several, `?shop=` says for which; without it, it is their own, else the
first.
"""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request

from commerce.models import Shop
from commerce.people import demand, shop_of

SHOP = OpenApiParameter("shop", str, description="The shop's address; one's own without it.")
SHEET = {(200, "text/csv"): OpenApiTypes.STR}
NO_CONTENT = {204: None}


def find_shop(request: Request, right: str) -> Shop:
    """The shop that the request is about. `Http404`, `Refused` as `people.demand`."""
    shop = shop_of(request.user, request.query_params.get("shop", ""))
    demand(request.user, shop, right)
    return shop
