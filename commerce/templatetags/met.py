"""Where products are met, for pages of other apps."""

from typing import Any

from django import template

from accounts.models import User
from commerce import profiles
from videos.models import Video

register = template.Library()


@register.filter
def has_products(person: User) -> bool:
    """Whether somebody's profile has products to show; one query."""
    return profiles.has_products(person)


@register.inclusion_tag("commerce/tags/_of_draft.html")
def products_of_draft(draft: Video) -> dict[str, Any]:
    """What is to stand in the film, and the way to add to it; one query, nothing for minors."""
    is_shown = not draft.author.person.is_minor
    titles = draft.product_tags.order_by("from_ms", "pk").values_list("product__title", flat=True)
    return {"draft": draft, "is_shown": is_shown, "titles": list(titles) if is_shown else []}
