"""Hashtags, and how captions name them and people."""

import re

from django.db import models
from django.urls import reverse

from accounts.linking.naming import HASHTAG

MENTION = re.compile(r"(?<![\w@./])@([A-Za-z0-9](?:[A-Za-z0-9._]{1,28}[A-Za-z0-9_]))")


def hashtags_in(words: str) -> list[str]:
    """The topics named, case folded, each once, in order."""
    return list(dict.fromkeys(tag.casefold() for tag in HASHTAG.findall(words)))


def usernames_in(words: str) -> list[str]:
    """The people named, lower case, each once, in order."""
    return list(dict.fromkeys(name.lower() for name in MENTION.findall(words)))


class Hashtag(models.Model):
    """A topic, by its folded name without the #."""

    name = models.CharField(max_length=60, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"#{self.name}"

    def get_absolute_url(self) -> str:
        return reverse("videos:tag", args=[self.name])
