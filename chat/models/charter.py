"""What a group says of itself, and what it asks of whoever comes in."""

from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from chat.models.conversation import Conversation

DESCRIPTION_LIMIT = 300
RULES_LIMIT = 1_000
QUESTIONS_LIMIT = 3
QUESTION_LIMIT = 140
ANSWER_LIMIT = 500


class Charter(models.Model):
    """A group's words, by the side of `Conversation`: every message rewrites that row, and would
    carry them along. One that decided nothing has none (`Conversation.charter` is blank then)."""

    conversation = models.OneToOneField(
        Conversation, models.CASCADE, primary_key=True, related_name="own_charter"
    )
    description = models.CharField(
        _("description"), max_length=DESCRIPTION_LIMIT, blank=True, default=""
    )
    rules = models.TextField(
        _("rules"),
        max_length=RULES_LIMIT,
        blank=True,
        default="",
        validators=[MaxLengthValidator(RULES_LIMIT)],
    )
    questions = models.JSONField(
        default=list, blank=True, help_text=_("Asked of whoever wants to join: up to 3.")
    )
    approves_joins = models.BooleanField(
        _("whoever joins waits for approval"), default=False, db_default=False
    )

    def __str__(self) -> str:
        return f"charter of {self.conversation_id}"
