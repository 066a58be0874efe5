"""Medley's settings, for the next release."""

from config.settings import *  # noqa: F403
from config.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.chaos.ahead.apps.Ahead"]
MIGRATION_MODULES = {"chat": "tests.chaos.ahead.migrations", "ahead": None}
ROOT_URLCONF = "tests.chaos.ahead.urls"
