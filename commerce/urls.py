"""Addresses of the shop's pages."""

from django.urls import URLPattern

app_name = "commerce"

urlpatterns: list[URLPattern] = []
