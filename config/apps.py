"""The config app's entry in Django's registry, and the admin's with our own site."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.contrib.staticfiles import apps as static_apps


class ConfigConfig(AppConfig):
    name = "config"
    default = True
    default_auto_field = "django.db.models.BigAutoField"


class MedleyAdminConfig(admin_apps.AdminConfig):
    """`admin.site` is the one that asks for a second factor."""

    default = False
    default_site = "config.admin_site.MedleyAdminSite"


class MedleyStaticFilesConfig(static_apps.StaticFilesConfig):
    """Collects no htmx of django-htmx's: ours lies in static/vendor, and its extensions import
    modules that are not there, at which hashing the names would fail."""

    default = False
    ignore_patterns = [*static_apps.StaticFilesConfig.ignore_patterns, "django_htmx"]
