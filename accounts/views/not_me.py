"""The page behind "that was not me" in mails about one's account."""

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.actions.disowning import lock_out
from accounts.notifications.not_me import whose


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def not_me(request: HttpRequest, token: str) -> HttpResponse:
    """Asks before it does anything: mailboxes open addresses by themselves. Then everybody is out
    of the account, and whoever came here chooses a new password."""
    try:
        user = whose(token)
    except signing.BadSignature:
        return render(request, "accounts/not_me.html", {"state": "unknown"}, status=404)
    if request.method != "POST":
        return render(request, "accounts/not_me.html", {"state": "asked"})
    return redirect(lock_out(user))
