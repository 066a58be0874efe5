"""Whoever knocks at what belongs to the whole site: signing in, the admin, what browsers ask
(site_routes.py)."""

from tests.access.people import everybody
from tests.access.world import World

WHO = (
    *("anonymous", "stranger", "ex", "blocked", "kid", "teen"),
    *("friend", "owner", "moderator"),
)


class Site(World):
    """People without things: what there is belongs to nobody."""

    who = WHO

    def __init__(self) -> None:
        super().__init__()
        self.people = everybody()
        self.values = {"username": "owner", "code": "not_found"}
        self.admit(WHO)
