"""The config app's entry in Django's registry, and the admin's with our own site."""

from django.apps import AppConfig
from django.conf import settings
from django.contrib.admin import apps as admin_apps
from django.contrib.staticfiles import apps as static_apps


class ConfigConfig(AppConfig):
    name = "config"
    default = True
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        if settings.SQL_COMMENTS:
            from config.logs import statements

            statements.begin()
        if settings.SENTRY_DSN:
            from config.logs import sentry

            sentry.begin(settings.SENTRY_DSN)
        if settings.OTEL_EXPORTER_OTLP_ENDPOINT:
            from config.logs import opentelemetry

            opentelemetry.begin()


class MedleyAdminConfig(admin_apps.AdminConfig):
    """`admin.site` is the one that asks for a second factor."""

    default = False
    default_site = "config.admin_site.MedleyAdminSite"


class MedleyStaticFilesConfig(static_apps.StaticFilesConfig):
    """Collects no htmx of django-htmx's: ours lies in static/vendor, and its extensions import
    modules that are not there, at which hashing the names would fail."""

    default = False
    ignore_patterns = [*static_apps.StaticFilesConfig.ignore_patterns, "django_htmx"]
