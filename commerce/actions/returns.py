"""Returns: a buyer asks, the shop answers, the goods come back, the money goes back.

Each verb moves one `ReturnRequest` under its order's lock and raises `Conflict` (return.state)
where it has moved on.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Sum
from django.http import Http404
from django.utils import timezone

from accounts.actions.reporting import report
from accounts.models import User
from accounts.text import clean_lines
from commerce import webhooks
from commerce.actions.orders import held_by_buyer, held_by_shop, move
from commerce.actions.refunding import NOTHING, Share, price_of, refund_shares, shipping_left
from commerce.models import Order, OrderLine, OrderStep, ReturnLine, ReturnRequest
from commerce.notifications.telling import tell_buyer, tell_shop
from commerce.people import SUPPORT
from commerce.refusals import conflict, invalid
from commerce.returning import answer_by, returnable_until

State = ReturnRequest.State
OPEN = (State.ASKED, State.APPROVED, State.SENT, State.DISPUTED)
BUYERS, SHOPS = "commerce.return", "commerce.sale_return"
AT_ONCE = 200


# --- The buyer ------------------------------------------------------------------------------------


@transaction.atomic
def ask(
    buyer: User, order: Order, pieces: Mapping[UUID, int], *, reason: str, words: str = ""
) -> ReturnRequest:
    """Ask to send back so many pieces of each line; the shop has a working day to answer.

    Raises `Conflict` (return.not_arrived, return.too_late), `ValidationError` (return.reason,
    return.nothing, return.too_many)."""
    held = held_by_buyer(buyer, order)
    _check_window(held)
    if reason not in ReturnRequest.Reason:
        raise invalid("return.reason", "reason")
    wanted = {key: number for key, number in pieces.items() if number}
    _check_pieces(held, wanted)
    now = timezone.now()
    request = ReturnRequest.objects.create(
        order=held,
        reason=reason,
        words=clean_lines(words)[:1000],
        asked_at=now,
        answer_by=answer_by(now),
    )
    ReturnLine.objects.bulk_create(
        ReturnLine(request=request, line_id=key, quantity=number) for key, number in wanted.items()
    )
    _note(request, "asked", buyer)
    tell_shop(held, "asked", SHOPS)
    return request


@transaction.atomic
def send(buyer: User, request: ReturnRequest, *, tracking: str = "") -> ReturnRequest:
    """The parcel is on its way back."""
    held = _held_by_buyer(buyer, request)
    held.tracking = clean_lines(tracking)[:60]
    _go_on(held, State.SENT, State.APPROVED, by=buyer, tracking=held.tracking)
    tell_shop(held.order, "sent", SHOPS)
    return held


@transaction.atomic
def withdraw(buyer: User, request: ReturnRequest) -> ReturnRequest:
    """The buyer keeps it after all."""
    held = _held_by_buyer(buyer, request)
    _go_on(held, State.WITHDRAWN, State.ASKED, State.APPROVED, by=buyer)
    tell_shop(held.order, "withdrawn", SHOPS)
    return held


def dispute(buyer: User, request: ReturnRequest, *, words: str = "") -> ReturnRequest:
    """Take a refusal to the moderators: a report of the order, with what both sides said."""
    if request.order.buyer_id != buyer.pk:
        raise Http404
    request.refresh_from_db(fields=["state"])
    if request.state != State.REFUSED:
        raise conflict("return.state")
    report(buyer, "order", request.order_id, reason="fraud", words=words)
    request.refresh_from_db()
    return request


@transaction.atomic
def hold_for_moderators(order_id: UUID) -> None:
    """Its buyer reported the order: only a moderator goes on with what the shop refused."""
    for request in ReturnRequest.objects.filter(order=order_id, state=State.REFUSED):
        held = _held(request)
        _go_on(held, State.DISPUTED, State.REFUSED, by=held.order.buyer)
        tell_shop(held.order, "disputed", SHOPS)


# --- The shop -------------------------------------------------------------------------------------


@transaction.atomic
def approve(actor: User, request: ReturnRequest, *, answer: str = "") -> ReturnRequest:
    """The buyer may send it back."""
    held = _held_by_shop(actor, request)
    held.answer = clean_lines(answer)[:1000]
    _approve(held, by=actor)
    return held


@transaction.atomic
def refuse(actor: User, request: ReturnRequest, *, answer: str) -> ReturnRequest:
    """The shop does not take it back, and says why. Raises `ValidationError` (return.why)."""
    held = _held_by_shop(actor, request)
    held.answer = clean_lines(answer)[:1000]
    if not held.answer:
        raise invalid("return.why", "answer")
    _go_on(held, State.REFUSED, State.ASKED, by=actor)
    tell_buyer(held.order, "refused", BUYERS)
    return held


@transaction.atomic
def receive(actor: User, request: ReturnRequest) -> ReturnRequest:
    """It came back: its pieces are paid back, and the shipping too where all of the order did."""
    held = _held_by_shop(actor, request)
    _go_on(held, State.RECEIVED, State.APPROVED, State.SENT, by=actor)
    tell_buyer(held.order, "received", BUYERS)
    _pay_back(held, by=actor)
    return held


# --- Medley ---------------------------------------------------------------------------------------


def approve_unanswered() -> int:
    """A shop that said nothing for a working day agreed; answers how many."""
    due = ReturnRequest.objects.filter(state=State.ASKED, answer_by__lte=timezone.now())
    requests = list(due.order_by("answer_by")[:AT_ONCE])
    for request in requests:
        with transaction.atomic():
            held = _held(request)
            if held.state == State.ASKED:
                _approve(held, by=None)
                tell_shop(held.order, "approved", SHOPS)
    return len(requests)


def settle_disputes(order_id: UUID, *, grants: bool) -> None:
    """What a moderator decided on the order: the buyer is paid back, or the refusal stands. What
    was decided stays decided."""
    for request in ReturnRequest.objects.filter(order=order_id, state=State.DISPUTED):
        _settle_dispute(request, grants=grants)


@transaction.atomic
def _settle_dispute(request: ReturnRequest, *, grants: bool) -> None:
    held = _held(request)
    if held.state != State.DISPUTED:
        return
    verb = "granted" if grants else "denied"
    _go_on(held, State.RECEIVED if grants else State.REFUSED, State.DISPUTED, by=None, verb=verb)
    tell_buyer(held.order, verb, BUYERS)
    tell_shop(held.order, verb, SHOPS)
    if grants:
        _pay_back(held, by=None)


# --- How ------------------------------------------------------------------------------------------


def _approve(request: ReturnRequest, by: User | None) -> None:
    _go_on(request, State.APPROVED, State.ASKED, by=by)
    tell_buyer(request.order, "approved", BUYERS)


def _pay_back(request: ReturnRequest, by: User | None) -> None:
    order = request.order
    shares = []
    for part in request.lines.select_related("line").order_by("line_id"):
        shares.append(Share(part.line, part.quantity, price_of(part.line, part.quantity)))
        part.line.returned += part.quantity
        part.line.save(update_fields=["returned"])
    lines = list(order.lines.order_by("pk"))
    is_whole = all(line.returned == line.quantity for line in lines)
    shipping = shipping_left(order, lines) if is_whole else NOTHING
    refund_shares(order, shares, shipping, reason="returned", by=by)
    if is_whole and order.state in (Order.State.SHIPPED, Order.State.DELIVERED):
        move(order, Order.take_back, "returned", by=by)


def is_in_window(order: Order, until: datetime | None) -> bool:
    """Whether something of it can be sent back today."""
    if order.state != Order.State.DELIVERED or until is None:
        return False
    return timezone.now() <= until


def _check_window(order: Order) -> None:
    until = returnable_until(order)
    if order.state != Order.State.DELIVERED:
        raise conflict("return.not_arrived")
    if not is_in_window(order, until):
        raise conflict("return.too_late")


def _check_pieces(order: Order, wanted: Mapping[UUID, int]) -> None:
    if not wanted:
        raise invalid("return.nothing", "pieces")
    free = free_pieces(order)
    if any(not 0 < number <= free.get(key, 0) for key, number in wanted.items()):
        raise invalid("return.too_many", "pieces")


def free_pieces(order: Order) -> dict[UUID, int]:
    """By line, how many pieces can still be asked for: neither came back nor are on their way."""
    asked = dict(
        ReturnLine.objects.filter(request__order=order, request__state__in=OPEN)
        .values_list("line")
        .annotate(sum=Sum("quantity"))
    )
    lines: list[OrderLine] = list(order.lines.all())
    return {line.pk: line.quantity - line.returned - asked.get(line.pk, 0) for line in lines}


def _go_on(
    request: ReturnRequest, to: State, *since: State, by: User | None, verb: str = "", **facts: str
) -> None:
    if request.state not in since:
        raise conflict("return.state")
    request.state = to
    request.decided_at = timezone.now()
    request.save()
    _note(request, verb or to.value, by, **facts)


def _note(request: ReturnRequest, verb: str, by: User | None, **facts: str) -> None:
    said = {name: value for name, value in facts.items() if value}
    said["return"] = str(request.pk)
    OrderStep.objects.create(order=request.order, verb=f"return_{verb}", actor=by, facts=said)
    webhooks.return_moved(request, verb)


def _held_by_buyer(buyer: User, request: ReturnRequest) -> ReturnRequest:
    held_by_buyer(buyer, request.order)
    return _held(request)


def _held_by_shop(actor: User, request: ReturnRequest) -> ReturnRequest:
    held_by_shop(actor, request.order, SUPPORT)
    return _held(request)


def _held(request: ReturnRequest) -> ReturnRequest:
    """As it is now, with its order; the order's lock holds both."""
    order = Order.objects.held(request.order_id)
    held = ReturnRequest.objects.filter(pk=request.pk).first()
    if held is None:
        raise Http404
    held.order = order
    return held
