"""Lists of products that people of a shop bring as a file."""

from django.db import models
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from accounts.ids import uuid7
from commerce.models.shop import Shop


class ProductImport(models.Model):
    """`rows` are the file's lines as `{column: text}`; `report` says of each what becomes, then
    what became of it: `{line, sku, title, outcome, errors: [{column, code, detail}]}`."""

    class State(models.TextChoices):
        CHECKED = "checked", pgettext_lazy("import", "Looked through")
        RUNNING = "running", pgettext_lazy("import", "Running")
        DONE = "done", pgettext_lazy("import", "Done")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    shop = models.ForeignKey(Shop, models.CASCADE, related_name="imports")
    state = models.CharField(max_length=7, choices=State.choices, default=State.CHECKED)
    rows = models.JSONField(default=list)
    report = models.JSONField(default=list)
    taken = models.PositiveIntegerField(
        default=0, db_default=0, help_text="Lines that a running one is through with."
    )
    created_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["shop"], condition=models.Q(state="running"), name="import_runs_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.shop_id}: {self.state}"

    def count(self, outcome: str) -> int:
        """How many lines came to that: "new", "changed", "refused"."""
        return sum(line["outcome"] == outcome for line in self.report)

    @property
    def line_count(self) -> int:
        return len(self.rows)

    @property
    def new_count(self) -> int:
        return self.count("new")

    @property
    def changed_count(self) -> int:
        return self.count("changed")

    @property
    def refused_count(self) -> int:
        return self.count("refused")
