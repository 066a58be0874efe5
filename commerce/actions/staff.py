"""Who works for a shop: asking, answering, changing what they do, letting go."""

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from accounts import policy
from accounts.models import User
from accounts.notifications import forget, notify
from commerce.models import Shop, ShopStaff
from commerce.people import STAFF, demand
from commerce.refusals import conflict, invalid, refused

MOST = 20
ROLES = ShopStaff.Role.choices


@transaction.atomic
def invite(actor: User, shop: Shop, *, username: str, role: str) -> ShopStaff:
    """Ask somebody to work for the shop; they may nothing until they accept.

    Raises `Refused` (policy.R7, shop.not_yours, staff.unreachable: a block, or not an adult),
    `Conflict` (staff.already, staff.full), `ValidationError` (staff.nobody, staff.owner).
    """
    policy.permit(policy.sell(actor.person))
    demand(actor, shop, STAFF)
    Shop.objects.select_for_update(of=("self",)).get(pk=shop.pk)
    person = User.objects.visible_to(actor).named(username.strip().lstrip("@")).first()
    if person is None:
        raise invalid("staff.nobody", "username")
    if person.pk == shop.owner_id:
        raise invalid("staff.owner", "username")
    if policy.sell(person.person):  # said without the reason: it would tell their age
        raise refused("staff.unreachable")
    _check_room(shop, person)
    job = ShopStaff.objects.create(shop=shop, person=person, role=_role(role))
    notify("commerce.staff_invite", person.pk, actor=actor.pk, about=shop.pk, shop=shop.name)
    return job


def _check_room(shop: Shop, person: User) -> None:
    people = list(shop.staff.values_list("person", flat=True))
    if person.pk in people:
        raise conflict("staff.already")
    if len(people) >= MOST:
        raise conflict("staff.full")


def _role(role: str) -> str:
    if role not in ShopStaff.Role.values:
        raise invalid("staff.role", "role")
    return role


@transaction.atomic
def accept(person: User, job_id: int) -> ShopStaff:
    """Work there from now on. Raises `Refused` (policy.R7), `Http404` where one was not asked."""
    policy.permit(policy.sell(person.person))
    job = _asked(person, job_id)
    job.accepted_at = timezone.now()
    job.save(update_fields=["accepted_at"])
    shop = job.shop
    if (owner := shop.owner_id) is not None:
        notify("commerce.staff_accepted", owner, actor=person.pk, about=shop.pk, shop=shop.name)
    return job


@transaction.atomic
def decline(person: User, job_id: int) -> None:
    """No; they may be asked again."""
    _asked(person, job_id).delete()


def _asked(person: User, job_id: int) -> ShopStaff:
    asked = ShopStaff.objects.asked().select_for_update(of=("self",)).select_related("shop")
    if (job := asked.filter(pk=job_id, person=person).first()) is None:
        raise Http404
    return job


@transaction.atomic
def change_role(actor: User, shop: Shop, job_id: int, *, role: str) -> ShopStaff:
    """Give somebody another part. Raises as `remove` does, and `ValidationError` (staff.role)."""
    demand(actor, shop, STAFF)
    job = _job(shop, job_id)
    job.role = _role(role)
    job.save(update_fields=["role"])
    return job


@transaction.atomic
def remove(actor: User, shop: Shop, job_id: int) -> None:
    """Somebody works there no longer, or is not asked any more: whoever may choose staff, or they
    themselves. Raises `Refused` (shop.not_yours), `Http404`."""
    job = _job(shop, job_id)
    if job.person_id != actor.pk:
        demand(actor, shop, STAFF)
    forget([job.person_id], [shop.pk])
    job.delete()


def _job(shop: Shop, job_id: int) -> ShopStaff:
    job = shop.staff.select_for_update(of=("self",)).filter(pk=job_id).first()
    if job is None:
        raise Http404
    return job
