"""What is off for somebody: as doors ask it of a request, and jobs of an account."""

from dataclasses import dataclass
from typing import Any

from allauth.headless.internal.sessionkit import authenticate_by_x_session_token
from django.db.models import Q
from django.http import HttpRequest

from accounts import policy
from accounts.models import RegionRule, User
from accounts.policy import regions as region_policy
from accounts.regions import features, table, where


@dataclass(frozen=True, slots=True)
class Closure:
    """What keeps somebody from a feature: the rule's "no", and the row that makes it hold."""

    refusal: policy.Refusal
    rule: RegionRule
    person: User | None


def closure_of(request: HttpRequest) -> Closure | None:
    """What of the rules of regions keeps this resolved request from its page; None: nothing.

    Without any rule in the table it asks nothing at all.
    """
    table.look()
    match = request.resolver_match
    feature = features.feature_of(match.route) if match and table.known() else None
    if feature is None or match is None:
        return None
    person = _person_of(request)
    holding = table.holding_in(where.of_request(request, person))
    off = frozenset(rule.feature for rule in holding)
    if not off:
        return None
    request.off = off  # type: ignore[attr-defined]
    feature = features.narrowed(feature, match.kwargs, off)
    refusal, cause = region_policy.region_off(feature, off), _cause(feature, off)
    if refusal is None:
        return None
    return Closure(refusal, next(each for each in holding if each.feature == cause), person)


def offers(request: Any, feature: str) -> bool:
    """Whether a feature is on where a request comes from: for pages that lead there. The middleware
    has looked at the table before."""
    if not table.known():
        return True
    if not hasattr(request, "off"):
        holding = table.holding_in(where.of_request(request, _person_of(request)))
        request.off = frozenset(rule.feature for rule in holding)
    return region_policy.region_off(feature, request.off) is None


def permit(request: Any, feature: str) -> None:
    """For an address that serves several features, of which the request says in its body which one
    it wants. Raises `Refused` (policy.R45) where that is off."""
    policy.permit(region_policy.region_off(feature, getattr(request, "off", frozenset())))


def sign_up_off(request: HttpRequest, time_zone: str) -> policy.Refusal | None:
    """R45 for somebody new, whose device says its time zone with the form: apps send no cookie."""
    table.look()
    if not table.known():
        return None
    region = where.of(None, request.headers, {where.ZONE_COOKIE: time_zone})
    return region_policy.region_off(region_policy.SIGN_UP, table.off_in(region))


def is_off_for(person: User, feature: str | None) -> bool:
    """Whether a job leaves somebody alone with it: as far as their account says where they are."""
    if feature is None:
        return False
    table.look()
    off = table.off_in(where.of_person(person)) if table.known() else frozenset()
    return region_policy.region_off(feature, off) is not None


def kept_from(feature: str, prefix: str = "") -> Q:
    """The rows of those for whom a feature is off: what jobs leave where it is. `prefix` leads to
    the person ("author__")."""
    table.look()
    return where.living_in(table.closed(feature), prefix)


def _cause(feature: str, off: frozenset[str]) -> str | None:
    return region_policy.off_because_of(feature, off)


def _person_of(request: HttpRequest) -> User | None:
    """By the session, or by the token that an app sends instead."""
    token = request.headers.get("X-Session-Token")
    if token and (found := authenticate_by_x_session_token(token)):
        return found[0]
    return request.user if request.user.is_authenticated else None
