"""Where somebody who has to be known first is sent."""

from urllib.parse import urlencode

from django.http import HttpResponseRedirect
from django.urls import reverse


def to_log_in(back: str) -> HttpResponseRedirect:
    """To the log-in page, and from there back to the address."""
    return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({'next': back})}")
