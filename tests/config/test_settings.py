"""Settings come from the environment: what is missing or wrong is said in a sentence."""

import os
import subprocess
import sys

import pytest

from config.management.commands import run
from tests.services import ROOT

PRODUCTION = {
    "SECRET_KEY": "a production key that nobody will ever guess, 1234567890 abcdefghij",
    "ALLOWED_HOSTS": "medley.example",
    "DATABASE_URL": "postgres://medley:secret@database.example/medley",
    "REDIS_URL": "redis://redis.example:6379/0",
    "PAYMENT_PROVIDER": "stripe",
    "STRIPE_SECRET_KEY": "sk_live_medley",
    "STRIPE_WEBHOOK_SECRET": "whsec_medley",
    "PAYOUT_BANK": "commerce.ledger.stripe_bank.StripeBank",
}


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """manage.py in a process of its own that knows nothing but these variables."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=kept | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_passes_the_deploy_check():
    checked = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)

    assert checked.returncode == 0, checked.stderr
    assert "no issues" in checked.stdout


def test_money_that_never_moves_fails_the_deploy_check():
    toys = {"PAYMENT_PROVIDER": "test", "PAYOUT_BANK": "commerce.ledger.banks.TestBank"}

    checked = manage("check", "--deploy", **PRODUCTION | toys)

    assert checked.returncode == 1
    assert "(commerce.E001) PAYMENT_PROVIDER is test" in checked.stderr
    assert "(commerce.E002) PAYOUT_BANK is the test bank" in checked.stderr


def test_a_payment_provider_without_its_keys_fails_the_deploy_check():
    checked = manage("check", "--deploy", **PRODUCTION | {"STRIPE_WEBHOOK_SECRET": ""})

    assert "(commerce.E003)" in checked.stderr


@pytest.mark.parametrize("name", ["SECRET_KEY", "DATABASE_URL", "REDIS_URL"])
def test_what_is_missing_is_named(name):
    environment = {key: value for key, value in PRODUCTION.items() if key != name}

    said = manage("check", **environment).stderr.strip().splitlines()[-1]

    assert said.startswith(f"django.core.exceptions.ImproperlyConfigured: {name} is not set.")


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("DATABASE_URL", "mysql://db/medley", "DATABASE_URL must name PostgreSQL"),
        ("REDIS_URL", "http://redis", "REDIS_URL must start with redis://"),
        ("REDIS_BUS_URL", "bus:6379", "REDIS_BUS_URL must start with redis://"),
        ("BROKER_URL", "sqs://", "BROKER_URL must start with redis://"),
        ("S3_BUCKET", "films", "S3_ACCESS_KEY is not set. S3_BUCKET is set, so"),
    ],
)
def test_what_is_wrong_is_said(name, value, words):
    said = manage("check", **PRODUCTION | {name: value}).stderr.strip().splitlines()[-1]

    assert words in said


ROLES = """
from django.conf import settings as s
print(s.CHANNEL_LAYERS["default"]["CONFIG"]["hosts"], s.CACHES["default"]["LOCATION"])
print(s.CELERY_BROKER_URL, sorted(s.CELERY_BROKER_TRANSPORT_OPTIONS))
"""


def test_each_role_of_redis_may_have_one_of_its_own_and_jobs_may_go_by_rabbitmq():
    others = {
        "REDIS_BUS_URL": "redis://bus/1",
        "REDIS_CACHE_URL": "unix:///cache.sock",
        "BROKER_URL": "amqp://rabbit//",
    }

    told = manage("shell", "-v0", "-c", ROLES, **PRODUCTION, **others).stdout.splitlines()

    assert told == [
        "['redis://bus/1'] unix:///cache.sock",
        "amqp://rabbit// ['confirm_publish', 'read_timeout', 'write_timeout']",
    ]


def test_pages_may_load_media_from_the_object_store():
    stored = {"S3_BUCKET": "films", "S3_ACCESS_KEY": "key", "S3_SECRET_KEY": "secret"}
    asked = "from django.conf import settings as s; print(s.CONTENT_SECURITY_POLICY['DIRECTIVES'])"

    policy = manage(
        "shell", "-v0", "-c", asked, **PRODUCTION, **stored, S3_ENDPOINT_URL="https://s3.example"
    ).stdout

    assert "'media-src': [\"'self'\", 'blob:', 'https://s3.example']" in policy


def test_the_embedded_run_needs_no_variable(tmp_path):
    checked = manage("check", MEDLEY_EMBEDDED="1", MEDLEY_DATA=str(tmp_path))

    assert checked.returncode == 0, checked.stderr


@pytest.mark.parametrize(
    ("is_ours", "asked", "made"),
    [
        (True, {}, True),
        (True, {"no_seed": True}, False),
        (False, {}, False),
        (False, {"demo": True}, True),
    ],
)
def test_the_demo_world_stays_out_of_a_database_of_your_own(
    settings, monkeypatch, tmp_path, is_ours, asked, made
):
    settings.EMBEDDED = True
    monkeypatch.setattr(run, "_database_is_ours", lambda data: is_ours)

    assert run._wants_demo(tmp_path, {"no_seed": False, "demo": False} | asked) is made
