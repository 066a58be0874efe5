"""Medley's wiring: settings, routes, processes. The only package that sees every app."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
