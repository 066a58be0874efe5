"""Folders: a person's own drawers in the inbox."""

from django.conf import settings
from django.core.validators import MinLengthValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.ids import uuid7
from accounts.text import validate_name
from chat.models.membership import Membership

FOLDERS = 20
NAME_LIMIT = 24


class Folder(models.Model):
    """A conversation can lie in several; nobody but its owner knows of it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="folders")
    name = models.CharField(
        _("name"), max_length=NAME_LIMIT, validators=[validate_name, MinLengthValidator(1)]
    )
    position = models.PositiveSmallIntegerField(default=0)
    memberships = models.ManyToManyField(Membership, related_name="folders", blank=True)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its list in the inbox."""
        return f"{reverse('chat:inbox')}?folder={self.pk}"
