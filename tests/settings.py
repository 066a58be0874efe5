"""The project's settings for tests: quick passwords, no rate limits, a folder of their own."""

import atexit
import os
import shutil
import tempfile

os.environ.setdefault("SECRET_KEY", "tests only, tests only, tests only, tests only, 1234567890")
os.environ.setdefault("MEDLEY_EMBEDDED", "1")
if "MEDLEY_DATA" not in os.environ:
    os.environ["MEDLEY_DATA"] = tempfile.mkdtemp(prefix="medley-tests-")
    atexit.register(shutil.rmtree, os.environ["MEDLEY_DATA"], ignore_errors=True)
os.environ.setdefault("REDIS_URL", "redis://127.0.0.1:6379/0")

from config.settings import *  # noqa: F403
from config.settings import DATABASES, MEDLEY_DATA

ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ACCOUNT_RATE_LIMITS = False
API_REQUESTS_PER_MINUTE = API_REQUESTS_PER_MINUTE_SIGNED_OUT = 0
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
LOGGING_CONFIG = None
# Looked up when asked for: every test client would list all static files first.
WHITENOISE_AUTOREFRESH = True

_database = DATABASES["default"]
if _database["ENGINE"].endswith("sqlite3"):
    # In memory, several threads cannot share a database.
    _database["TEST"] = {"NAME": str(MEDLEY_DATA / "test.sqlite3")}
else:
    _database["OPTIONS"].pop("pool")
    if _template := os.environ.get("MEDLEY_TEST_TEMPLATE"):
        _database["TEST"] = {"TEMPLATE": _template}
