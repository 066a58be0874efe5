"""The chat app's pages."""

from django.urls import URLPattern, URLResolver

app_name = "chat"

urlpatterns: list[URLPattern | URLResolver] = []
