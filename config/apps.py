"""The config app's entry in Django's registry, and the admin's with our own site."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class ConfigConfig(AppConfig):
    name = "config"
    default = True
    default_auto_field = "django.db.models.BigAutoField"


class MedleyAdminConfig(admin_apps.AdminConfig):
    """`admin.site` is the one that asks for a second factor."""

    default = False
    default_site = "config.admin_site.MedleyAdminSite"
