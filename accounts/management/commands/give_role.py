"""`manage.py give_role USERNAME ROLE`: make somebody a moderator, a senior, legal or support."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from accounts.actions.staff import give_role, take_roles
from accounts.models import User
from accounts.moderation.roles import Role


class Command(BaseCommand):
    """For the first ones: later a superuser does it in the admin."""

    help = "Give somebody a role of staff; `none` takes all of theirs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("role", choices=[*Role.values, "none"])

    def handle(self, *args: Any, username: str, role: str, **options: Any) -> None:
        person = User.objects.named(username).first()
        if person is None:
            raise CommandError(f"Nobody is called {username}.")
        try:
            take_roles(None, person) if role == "none" else give_role(None, person, role)
        except ValidationError as error:
            raise CommandError(error.messages[0])
        self.stdout.write(f"@{person.username}: {role}")
