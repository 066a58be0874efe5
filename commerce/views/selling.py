"""What every seller's page asks first: which shop, and whether this person may do that there."""

from accounts.requests import SignedInRequest
from commerce.models import Shop
from commerce.people import demand, shop_of, shops_of

CHOSEN = "sells_at"  # in the session: the address of the shop somebody works in


def find_shop(request: SignedInRequest, right: str) -> Shop:
    """The shop that the person works in now: the one in `?shop=`, else the one chosen last, else
    their own. `Http404` without any, `Refused` where `right` is not theirs there."""
    shop = working_in(request)
    demand(request.user, shop, right)
    return shop


def working_in(request: SignedInRequest) -> Shop:
    """The same, whatever they may do there."""
    if asked := request.GET.get("shop"):
        shop = shop_of(request.user, asked)
        request.session[CHOSEN] = shop.slug
        return shop
    chosen = request.session.get(CHOSEN, "")
    found = shops_of(request.user).filter(slug=chosen).first() if chosen else None
    return found or shop_of(request.user)
