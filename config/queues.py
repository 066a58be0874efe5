"""Which jobs wait together: none behind one of another nature, so that no encode delays a push."""

from dataclasses import dataclass
from typing import Any

DEFAULT = "celery"


@dataclass(frozen=True)
class Queue:
    """Its tasks by name; `limit`: seconds after which a run is killed; `patience`: seconds that it

    may go without finishing a canary before `/readyz` calls it late.
    """

    tasks: tuple[str, ...]
    limit: int
    patience: int = 60


QUEUES = {
    # All that is named nowhere else: a card, a picture, a reminder, a mail, what was scheduled.
    DEFAULT: Queue((), limit=10 * 60),
    # What a person's device waits for; each run is short.
    "notifications": Queue(
        (
            "accounts.forget_about",
            "accounts.note",
            "accounts.part",
            "accounts.push_line",
            "accounts.recheck_lines",
            "accounts.unnote",
            "chat.push_missed",
            "chat.push_news",
            "chat.push_waiting",
            "chat.read_mentions",
            "chat.tell_of_closed_poll",
            "chat.tell_of_mentions",
            "chat.tell_of_reply",
        ),
        limit=60,
    ),
    # One post, a hundred thousand followers: in batches, which are told apart from one like.
    "fanout": Queue(
        (
            "accounts.push_line_to_many",
            "chat.push_post",
            "chat.push_to_many",
            "videos.tell_followers",
            "videos.withdraw_post",
        ),
        limit=5 * 60,
    ),
    # They wait for other people's servers.
    "links": Queue(
        (
            "accounts.apply_link_blocks",
            "accounts.fetch_link",
            "accounts.fetch_link_picture",
            "commerce.deliver_webhook",
        ),
        limit=60,
    ),
    # Sweeps and counts that nobody waits for. One may take minutes, after an upgrade say.
    "maintenance": Queue(
        (
            "accounts.tend_families",
            "accounts.end_limits",
            "accounts.forget_jobs",
            "accounts.forget_notifications",
            "accounts.count_transparency",
            "accounts.keep_birthdays",
            "accounts.keep_retention",
            "accounts.mail_digest",
            "accounts.make_export",
            "accounts.purge",
            "accounts.purge_due",
            "accounts.screen_stock",
            "accounts.send_digests",
            "accounts.sweep_uploads",
            "commerce.size_photos",
            "commerce.tend_orders",
            "chat.count_streaks",
            "chat.index_messages",
            "chat.sweep_media",
            "commerce.run_payouts",
            "videos.cool_trends",
            "videos.count_insights",
            "videos.count_watches",
            "videos.index_words",
            "videos.learn_feed",
            "videos.look_after_followers",
        ),
        limit=30 * 60,
        patience=5 * 60,
    ),
    # A film is encoded for minutes, on all cores.
    "media": Queue(
        (
            "chat.prepare_film",
            "videos.lift_sound",
            "videos.make_download",
            "videos.make_extras",
            "videos.prepare_version",
            "videos.preview_clip",
            "videos.process_video",
        ),
        limit=30 * 60,
        patience=15 * 60,
    ),
}


def canary_of(queue: str) -> str:
    """The task that proves this queue (config/canaries.py)."""
    return f"config.canary_{queue}"


def routes() -> dict[str, dict[str, Any]]:
    """As Celery's `task_routes`."""
    named = {task: name for name, queue in QUEUES.items() for task in queue.tasks}
    named |= {canary_of(name): name for name in QUEUES}
    return {task: {"queue": name} for task, name in named.items()}


def limits() -> dict[str, dict[str, Any]]:
    """As Celery's `task_annotations`: a run that hangs is killed, which counts as a try."""
    return {task: {"time_limit": QUEUES[route["queue"]].limit} for task, route in routes().items()}


def timetable() -> dict[str, dict[str, Any]]:
    """The canaries' entries of the timetable: each is sent within the queue that it proves."""
    return {
        f"canary-{name}": {
            "task": "config.send_canary",
            "schedule": 20,
            "args": [name],
            "options": {"queue": name, "expires": 20},
        }
        for name in QUEUES
    }
