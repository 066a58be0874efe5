"""The data folder's secret key and the Redis of our own."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import redis

from accounts.push import vapid
from config import embedded


def test_secret_key_is_made_once_for_its_owner_only(tmp_path):
    first = embedded.secret_key(tmp_path / "new")

    assert len(first) >= 50
    assert embedded.secret_key(tmp_path / "new") == first
    assert stat.S_IMODE((tmp_path / "new" / "secret_key").stat().st_mode) == 0o600


def test_push_key_is_made_once_and_is_one_of_the_curve(tmp_path, settings):
    settings.VAPID_PRIVATE_KEY = embedded.vapid_key(tmp_path)

    assert embedded.vapid_key(tmp_path) == settings.VAPID_PRIVATE_KEY
    assert len(vapid.public_key()) == 87  # 65 bytes, as base64url
    assert stat.S_IMODE((tmp_path / "vapid_key").stat().st_mode) == 0o600


def test_secret_key_is_the_same_for_processes_that_start_together(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(embedded.secret_key, [tmp_path] * 8))

    assert len(keys) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_redis_socket_lies_in_the_data_folder(tmp_path):
    data = Path("/srv/medley")

    assert embedded.redis_socket(data) == Path("/srv/medley/redis.sock")


def test_redis_socket_of_a_long_path_is_short_private_and_always_the_same(tmp_path):
    data = tmp_path / ("long" * 30)

    path = embedded.redis_socket(data)

    assert len(str(path)) <= embedded.SOCKET_PATH_LIMIT
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert embedded.redis_socket(data) == path
    assert embedded.redis_socket(tmp_path / ("other" * 30)) != path


def test_redis_socket_refuses_a_folder_that_somebody_else_prepared(tmp_path, monkeypatch):
    data = tmp_path / ("long" * 30)
    folder = embedded.redis_socket(data).parent
    folder.rmdir()
    folder.symlink_to(tmp_path)

    try:
        with pytest.raises(embedded.Unavailable, match="belongs to somebody else"):
            embedded.redis_socket(data)
    finally:
        folder.unlink()


def test_redis_binary_says_what_to_install_when_there_is_none(monkeypatch):
    monkeypatch.setattr(embedded.shutil, "which", lambda name: None)
    monkeypatch.setattr(embedded, "find_spec", lambda name: None)

    with pytest.raises(embedded.Unavailable, match="Install redis-server or valkey-server"):
        embedded.redis_binary()


def test_redis_binary_takes_valkey_where_there_is_no_redis(monkeypatch):
    found = {"valkey-server": "/opt/valkey-server"}
    monkeypatch.setattr(embedded.shutil, "which", found.get)

    assert embedded.redis_binary() == "/opt/valkey-server"


def test_redis_of_our_own_answers_and_leaves_nothing_on_disk(tmp_path):
    with embedded.redis_running(tmp_path) as url:
        client = redis.Redis.from_url(url)
        client.set("a", "b")
        answer = client.get("a")
        client.close()

    assert answer == b"b"
    assert [path.name for path in tmp_path.iterdir()] == ["redis.log"]
