"""Where a shop's own servers are told what happens, and what came of it."""

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.errors import Coded
from accounts.requests import SignedInRequest
from commerce.actions import webhooks as actions
from commerce.forms.webhooks import WebhookChangeForm, WebhookForm
from commerce.models import Shop, WebhookDelivery, WebhookEndpoint
from commerce.people import SETTINGS
from commerce.views.selling import find_shop
from commerce.views.shop_settings import done, page

PAGE = 30


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def sell_webhooks(request: SignedInRequest) -> HttpResponse:
    """All with how they stand; a new one, whose secret is shown this once."""
    shop = find_shop(request, SETTINGS)
    form = WebhookForm(request.POST or None)
    made: list[WebhookEndpoint] = []

    def add() -> None:
        made.append(actions.add(request.user, shop, **form.cleaned_data))

    if request.method == "POST" and done(request, form, add):
        return _secret(request, shop, made[0])
    return page(request, "webhooks", shop, {"form": form, "webhooks": shop.webhooks.order_by("pk")})


def _secret(request: SignedInRequest, shop: Shop, endpoint: WebhookEndpoint) -> HttpResponse:
    return page(request, "webhook_secret", shop, {"webhook": endpoint})


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def sell_webhook(request: SignedInRequest, webhook_id: UUID) -> HttpResponse:
    """What it is told, and what came of it; POST changes it, removes it, gives it another secret,
    tests it, or sends what failed again."""
    shop = find_shop(request, SETTINGS)
    endpoint = get_object_or_404(shop.webhooks, pk=webhook_id)
    if "remove" in request.POST:
        actions.remove(request.user, shop, webhook_id)
        return redirect("commerce:sell-webhooks")
    if "rotate" in request.POST:
        return _secret(request, shop, actions.rotate(request.user, shop, webhook_id))
    if "test" in request.POST or "again" in request.POST:
        return _sent(request, shop, webhook_id)
    known = {name: getattr(endpoint, name) for name in ("url", "name", "events", "is_on")}
    form = WebhookChangeForm(request.POST or None, initial=known)
    if request.method == "POST" and done(
        request, form, lambda: actions.change(request.user, shop, webhook_id, **form.cleaned_data)
    ):
        return redirect("commerce:sell-webhook", webhook_id)
    return page(request, "webhook", shop, {"form": form, **_log(request, shop, endpoint)})


def _log(request: SignedInRequest, shop: Shop, endpoint: WebhookEndpoint) -> dict[str, Any]:
    log = WebhookDelivery.objects.of_shop(shop).filter(endpoint=endpoint).with_last_attempt()
    state = request.GET.get("state", "")
    if state in WebhookDelivery.State:
        log = log.filter(state=state)
    shown = Paginator(log.order_by("-pk"), PAGE).get_page(request.GET.get("page"))
    states = [("", _("All")), *WebhookDelivery.State.choices]
    return {"webhook": endpoint, "page": shown, "state": state, "states": states}


def _sent(request: SignedInRequest, shop: Shop, webhook_id: UUID) -> HttpResponse:
    try:
        if "test" in request.POST:
            actions.test(request.user, shop, webhook_id)
            count = 1
        else:
            count = actions.replay_failed(request.user, shop, webhook_id)
    except Coded as error:
        messages.error(request, error.detail)
    else:
        said = ngettext("%(count)d is on its way.", "%(count)d are on their way.", count)
        messages.success(request, said % {"count": count})
    return redirect("commerce:sell-webhook", webhook_id)


@login_required
@require_http_methods(["GET", "POST"])
def sell_webhook_delivery(request: SignedInRequest, delivery_id: UUID) -> HttpResponse:
    """What was sent and what came of each try; POST sends it again."""
    shop = find_shop(request, SETTINGS)
    delivery = get_object_or_404(WebhookDelivery.objects.of_shop(shop), pk=delivery_id)
    if request.method == "POST":
        try:
            actions.replay(request.user, shop, delivery_id)
        except Coded as error:
            messages.error(request, error.detail)
        return redirect("commerce:sell-webhook-delivery", delivery_id)
    body = json.dumps(json.loads(delivery.event.body), indent=2, ensure_ascii=False)
    return page(request, "webhook_delivery", shop, {"delivery": delivery, "body": body})
