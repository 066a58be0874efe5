"""Becoming a seller: what one declares, and what reviewers answer (DSA, Article 30)."""

from collections.abc import Mapping

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.text import slugify

from accounts import audit, policy
from accounts.images import Readable
from accounts.models import User
from accounts.notifications import notify
from accounts.regions.zones import countries
from commerce import documents, ibans
from commerce.models import SellerApplication, Shop
from commerce.refusals import conflict, invalid, refused

TRADER = (
    *("legal_name", "street", "city", "postcode", "country", "email", "phone"),
    *("register", "tax_number", "iban"),
)
MAY_APPLY = (Shop.State.DRAFT, Shop.State.REFUSED)
# Nobody's shop is found where one of our own pages lies, or looks like staff's.
TAKEN_SLUGS = frozenset({"medley", "admin", "support", "shop", "shops", "sell", "new", "search"})


def apply(
    person: User,
    *,
    name: str,
    currency: str,
    document: Readable | None,
    declares_law: bool,
    trader: Mapping[str, str],
) -> SellerApplication:
    """Ask to sell; `trader` has the fields of TRADER. After a refusal it is asked again, and the
    document sent before stands where none is given.

    Raises `Refused` (policy.R7), `Conflict` (application.waits, application.accepted),
    `ValidationError` by field.
    """
    policy.permit(policy.sell(person.person))
    before = _before(person)
    application = SellerApplication(declares_law=declares_law, **_trimmed(trader))
    _check(application, name=name, currency=currency)
    stored = documents.store(document) if document else _document_of(before)
    try:
        return _send(person, application, stored, name=name.strip(), currency=currency)
    except BaseException:
        if document:
            default_storage.delete(stored)
        raise


def _before(person: User) -> SellerApplication | None:
    """What was sent last; raises where asking again makes no sense."""
    shop = Shop.objects.filter(owner=person).first()
    if shop is None:
        return None
    if shop.state == Shop.State.APPLIED:
        raise conflict("application.waits")
    if shop.state not in MAY_APPLY:
        raise conflict("application.accepted")
    return shop.applications.order_by("-sent_at").first()


def _trimmed(trader: Mapping[str, str]) -> dict[str, str]:
    told = {name: str(trader.get(name, "")).strip() for name in TRADER}
    return told | {"iban": ibans.normal(told["iban"]), "country": told["country"].upper()}


def _check(application: SellerApplication, *, name: str, currency: str) -> None:
    """All that is wrong, by field, at once: nobody likes to be told one thing at a time."""
    wrong: dict[str, list[ValidationError]] = {}
    try:
        application.clean_fields(exclude={"shop", "document", "decided_by"})
    except ValidationError as error:
        wrong.update(error.error_dict)
    for field, code in _wrong_by_ours(application, name, currency):
        wrong.setdefault(field, []).extend(invalid(code).error_list)
    if wrong:
        raise ValidationError(wrong)


def _wrong_by_ours(
    application: SellerApplication, name: str, currency: str
) -> list[tuple[str, str]]:
    checks = {
        ("name", "shop.name"): 2 <= len(name.strip()) <= 60,
        ("currency", "shop.currency"): currency in settings.CURRENCIES,
        ("country", "shop.country"): application.country in countries(),
        ("iban", "application.iban"): not application.iban or ibans.is_iban(application.iban),
        ("declares_law", "application.law"): application.declares_law,
    }
    return [said for said, is_right in checks.items() if not is_right]


def _document_of(before: SellerApplication | None) -> str:
    if before is None or not before.document:
        raise invalid("document.missing", "document")
    return str(before.document.name)


@transaction.atomic
def _send(
    person: User, application: SellerApplication, document: str, *, name: str, currency: str
) -> SellerApplication:
    # The person's row holds the second of two browsers that apply at once.
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
    _before(person)
    words = {"name": name, "currency": currency, "country": application.country}
    shop, _is_new = Shop.objects.update_or_create(
        owner=person,
        defaults={**words, "state": Shop.State.APPLIED},
        create_defaults={**words, "state": Shop.State.APPLIED, "slug": free_slug(name, person)},
    )
    application.shop, application.document = shop, document
    application.save(force_insert=True)
    return application


def free_slug(name: str, owner: User) -> str:
    """An address for a shop of this name that nobody has."""
    wanted = slugify(name)[:34].strip("-") or slugify(owner.username)[:34] or "shop"
    taken = set(Shop.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    taken |= TAKEN_SLUGS
    numbered = (wanted if n == 1 else f"{wanted}-{n}" for n in range(1, len(taken) + 2))
    return next(slug for slug in numbered if slug not in taken)


# --- Review ---------------------------------------------------------------------------------------


@transaction.atomic
def accept(reviewer: User, application_id: int) -> Shop:
    """The shop is open from now on, and its owner hears of it.

    Raises `Refused` (application.reviewers, policy.R7), `Conflict` (application.decided).
    """
    application = _undecided(reviewer, application_id)
    shop = application.shop
    if shop.owner is None:  # who asked has left Medley since
        raise conflict("application.decided")
    policy.permit(policy.sell(shop.owner.person))
    shop.state = Shop.State.OPEN
    shop.opened_at = shop.opened_at or timezone.now()
    shop.save(update_fields=["state", "opened_at"])
    _decide(reviewer, application, SellerApplication.State.ACCEPTED)
    return shop


@transaction.atomic
def refuse(reviewer: User, application_id: int, *, reason: str) -> Shop:
    """Not like this: the owner reads `reason` and may ask again.

    Raises as `accept` does, and `ValidationError` (application.reason).
    """
    application = _undecided(reviewer, application_id)
    application.reason = reason.strip()
    if not 1 <= len(application.reason) <= 1000:
        raise invalid("application.reason", "reason")
    application.shop.state = Shop.State.REFUSED
    application.shop.save(update_fields=["state"])
    _decide(reviewer, application, SellerApplication.State.REFUSED)
    return application.shop


def may_review(person: User) -> bool:
    """Read applications with their documents, and decide on them."""
    return person.is_active and person.has_perm("commerce.change_sellerapplication")


def look_at_document(reviewer: User, application: SellerApplication) -> str:
    """The document's name in the storage; that somebody looked is in the audit log."""
    if not may_review(reviewer):
        raise refused("application.reviewers")
    with transaction.atomic():
        audit.record(
            reviewer,
            "seller_document.looked",
            kind="shop",
            object_id=application.shop_id,
            application=application.pk,
        )
    return str(application.document.name)


def _undecided(reviewer: User, application_id: int) -> SellerApplication:
    if not may_review(reviewer):
        raise refused("application.reviewers")
    found = SellerApplication.objects.select_for_update(of=("self",)).select_related("shop__owner")
    application = found.filter(pk=application_id).first()
    if application is None:
        raise Http404
    if application.state != SellerApplication.State.WAITING:
        raise conflict("application.decided")
    if application.shop.owner_id == reviewer.pk:
        raise refused("application.own")
    return application


def _decide(reviewer: User, application: SellerApplication, state: str) -> None:
    application.state = state
    application.decided_by, application.decided_at = reviewer, timezone.now()
    application.save(update_fields=["state", "reason", "decided_by", "decided_at"])
    shop = application.shop
    if shop.owner_id is not None:
        notify("commerce.application", shop.owner_id, about=shop.pk, answer=state, shop=shop.name)
    audit.record(
        reviewer,
        f"seller_application.{state}",
        kind="shop",
        object_id=shop.pk,
        application=application.pk,
    )
