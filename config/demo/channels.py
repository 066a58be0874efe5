"""Mei's channel with those who follow it, and the fan group beside it."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from accounts.models import User
from chat import actions as chat
from chat.models import Conversation, Message, Reply
from config.demo.talk import DAY, HOUR, Line
from videos.models import Video

FOLLOWERS = "ana ben lucia priya ivo noor kofi teo"

# Replies are answers of followers, told with the post: `{who: words}`.
POSTS: tuple[tuple[Line, dict[str, str]], ...] = (
    (
        Line("mei", 3 * DAY, "A channel! Films in the making, field notes, bad puns about birds."),
        {},
    ),
    (
        Line(
            "mei",
            2 * DAY + 60,
            film="meadow",
            reactions={"❤️": "ana ben lucia priya noor", "🌿": "teo kofi"},
        ),
        {"lucia": "The light at second four. How?", "kofi": "this tempo is legal?"},
    ),
    (
        Line(
            "mei",
            6 * HOUR,
            "Recording at dawn tomorrow, 5:40 at the north gate. Bring wool.",
            reactions={"🔥": "ana teo", "😮": "ben"},
        ),
        {"ana": "There with two thermos flasks.", "ivo": "5:40 is still yesterday."},
    ),
)


def open_all(people: dict[str, User], films: dict[str, Video]) -> None:
    """The channel, its posts with reactions and replies, and the fan group."""
    mei = people["mei"]
    channel = chat.create_channel(
        mei,
        title="Meadow notes",
        handle="meadow.notes",
        description="What I film, record and throw away. Replies are open.",
    )
    chat.change_channel(mei, channel, opens_replies=True)
    for name in FOLLOWERS.split():
        chat.follow_channel(people[name], channel)
    for line, replies in POSTS:
        _post(line, replies, channel, people, films)
    began = timezone.now() - timedelta(minutes=POSTS[0][0].ago + 5)
    Message.objects.filter(conversation=channel, notice__isnull=False).update(created_at=began)
    _open_fan_group(people)


def _post(
    line: Line,
    replies: dict[str, str],
    channel: Conversation,
    people: dict[str, User],
    films: dict[str, Video],
) -> None:
    share = f"video:{films[line.film].pk}" if line.film else None
    author = people[line.who]
    stored = chat.send_message(author, channel, body=line.words, share=share, client_id=uuid4())
    for emoji, names in line.reactions.items():
        for name in names.split():
            chat.add_reaction(people[name], channel, seq=stored.seq, emoji=emoji)
    then = timezone.now() - timedelta(minutes=line.ago)
    Message.objects.filter(pk=stored.id).update(created_at=then)
    for minutes, (name, words) in enumerate(replies.items(), start=7):
        reply = chat.reply(people[name], channel, seq=stored.seq, body=words, client_id=uuid4())
        said = then + timedelta(minutes=minutes)
        Reply.objects.filter(pk=reply.pk).update(created_at=said)


def _open_fan_group(people: dict[str, User]) -> None:
    group = chat.create_fan_group(
        people["mei"],
        title="Dawn listeners",
        description="Walks before breakfast. Whoever follows me is welcome.",
        rules=[{"kind": "follows", "days": 0}],
    )
    for name in ("ana", "priya", "lucia"):
        chat.join_fan_group(people[name], group)
    chat.send_message(people["priya"], group, body="Which gate was it again?", client_id=uuid4())
