"""Where somebody's parcels go."""

import re
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404

from accounts.models import User
from accounts.regions.zones import countries
from commerce.models import Address
from commerce.refusals import invalid

FIELDS = ("name", "street", "more", "city", "state", "postcode", "country", "phone")
NEEDED = ("name", "street", "city")
# Of countries many parcels go to; elsewhere a postcode is what people say it is.
POSTCODES = {
    **dict.fromkeys(("DE", "ES", "FR", "IT", "US"), r"\d{5}(-\d{4})?"),
    **dict.fromkeys(("AT", "CH", "BE", "DK", "AU"), r"\d{4}"),
    "NL": r"\d{4} ?[A-Z]{2}",
    "GB": r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}",
}


@transaction.atomic
def save(person: User, address_id: UUID | None = None, **words: Any) -> Address:
    """A new address (None), or another wording of one; `is_default` makes it the usual one, as the
    first is. Raises `ValidationError` by field (address.*), `Http404`."""
    User.objects.select_for_update().only("pk").get(pk=person.pk)
    address = find(person, address_id) if address_id else Address(person=person)
    for name in FIELDS:
        if name in words:
            setattr(address, name, " ".join(str(words[name]).split()))
    address.country, address.postcode = address.country.upper(), address.postcode.upper()
    _check(address)
    others = person.addresses.exclude(pk=address.pk)
    if not address_id and others.count() >= Address.MOST:
        raise invalid("address.full", count=Address.MOST)
    if words.get("is_default") or not others.filter(is_default=True).exists():
        others.update(is_default=False)
        address.is_default = True
    address.save()
    return address


def find(person: User, address_id: UUID) -> Address:
    """One of their own, or `Http404`."""
    if (found := person.addresses.filter(pk=address_id).first()) is None:
        raise Http404
    return found


def _check(address: Address) -> None:
    wrong = {name: invalid("address.missing") for name in NEEDED if not getattr(address, name)}
    if address.country not in countries():
        wrong["country"] = invalid("address.country")
    pattern = POSTCODES.get(address.country)
    if pattern and not re.fullmatch(pattern, address.postcode):
        wrong["postcode"] = invalid("address.postcode")
    if wrong:
        raise ValidationError(dict(wrong))
    address.clean_fields(exclude={"person"})


@transaction.atomic
def remove(person: User, address_id: UUID) -> None:
    """Orders keep their copy; the newest of the others becomes the usual one where this was it."""
    gone = find(person, address_id)
    was_default = gone.is_default
    gone.delete()
    if was_default and (next_one := person.addresses.order_by("-pk").first()) is not None:
        person.addresses.filter(pk=next_one.pk).update(is_default=True)
