"""Addresses of the shop in REST."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
