"""The pictures of links' cards, which browsers get from us: whose page it was learns nothing."""

from django.http import HttpResponseBase
from django.views.decorators.http import require_GET

from accounts import media
from accounts.requests import PageRequest


@require_GET
def link_picture(request: PageRequest, name: str) -> HttpResponseBase:
    """A picture under its random name, which never changes."""
    return media.serve(request, name, public=True)
