"""The `LOGGING` of the settings."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured

FORMATS = {"json": "config.logs.formats.JSONLines", "text": "config.logs.formats.Lines"}
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
# They quote what they carry: addresses with keys in them, headers, bodies, parameters. Whatever
# LOG_LEVEL is, nothing below these is heard of them.
HELD_BACK = {
    "ERROR": ("httpcore", "httpx", "hpack", "requests", "urllib3", "stripe"),
    "WARNING": (
        *("boto3", "botocore", "s3transfer", "google", "amqp", "kombu", "redis", "websockets"),
        *("asyncio", "PIL", "linkpreview", "fontTools", "fpdf", "pillow_heif", "twisted"),
        *("django.db.backends", "django.template", "daphne", "txredisapi"),
    ),
    "INFO": ("celery", "django", "allauth"),
}


def logging_of(level: str, form: str) -> dict[str, Any]:
    """For `logging.config.dictConfig`: every record a line on standard error, in this form.

    `ImproperlyConfigured` where there is no such level or form.
    """
    if level not in LEVELS:
        raise ImproperlyConfigured(f"LOG_LEVEL is one of {', '.join(LEVELS)}, not {level!r}.")
    if form not in FORMATS:
        raise ImproperlyConfigured(f"LOG_FORMAT is json or text, not {form!r}.")
    held = {name: {"level": least} for least, names in HELD_BACK.items() for name in names}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": FORMATS[form]}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "loggers": {name: each for name, each in held.items() if _is_lower(level, each["level"])},
        "root": {"handlers": ["console"], "level": level},
    }


def _is_lower(level: str, least: str) -> bool:
    return LEVELS.index(level) < LEVELS.index(least)
