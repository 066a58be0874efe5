"""What somebody needs to join a fan group by themselves."""

from django.db import models

from chat.models.conversation import Conversation


class JoinRule(models.Model):
    """One of a fan group's conditions; all of them have to be met. What `options` hold and when it
    is met is the business of the rule of this kind (`JOIN_RULES`, accounts/ports.py)."""

    conversation = models.ForeignKey(
        Conversation, models.CASCADE, related_name="join_rules", db_index=False
    )
    kind = models.CharField(max_length=20)
    options = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint("conversation", "kind", name="join_rule_once")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind} for {self.conversation_id}"
