"""What kinds of things there are, and which may not be sold here."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from commerce.models.tax import TaxClass


class Category(models.Model):
    """A shelf; two levels. Nothing can be published on a prohibited one."""

    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=60)
    name_es = models.CharField(_("name in Spanish"), max_length=60, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    is_prohibited = models.BooleanField(_("prohibited"), default=False)
    tax_class = models.CharField(max_length=8, choices=TaxClass, default=TaxClass.STANDARD)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "name"]
        verbose_name_plural = "categories"

    def __str__(self) -> str:
        return self.name

    @property
    def shown_name(self) -> str:
        """In the language of whoever reads it."""
        is_spanish = (get_language() or "").startswith("es")
        return (is_spanish and self.name_es) or self.name
