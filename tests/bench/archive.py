"""Years of talk, made straight in the database: 10 million messages in 200,000 conversations, and
one member of 500 of them whose pages are then measured.

Rows are copies of one that the ORM made, so that a new column never stops the generator; messages
name the columns that the writer's own statement names. Everything follows from fixed seeds. It is
made without looking each key up, and indexes come last: that way it takes some five minutes.
"""

from __future__ import annotations

import json
import os
import time
from dataclasses import dataclass
from typing import Any

from tests.bench.bulk import copies, without_indexes
from tests.bench.world import Person, people

# Of the member's conversations: how many, with how many people, how many messages in each.
GROUPS = (
    (5, 1000, 40_000),
    (45, 100, 10_000),
    (150, 20, 2_000),
    (300, 2, 200),
)
PEOPLE = 20_000
WORDS = 8_000
BODIES = 100_000


@dataclass(frozen=True)
class Size:
    """How much there is in all; fewer for a quick look (MESSAGES=)."""

    messages: int = 10_000_000
    conversations: int = 200_000

    @classmethod
    def asked(cls, otherwise: int = messages) -> Size:
        """As MESSAGES says, or `otherwise`."""
        messages = int(os.environ.get("MESSAGES") or otherwise)
        return cls(messages, max(1_000, messages // 50))

    @property
    def scale(self) -> float:
        return self.messages / Size.messages


@dataclass(frozen=True)
class Archive:
    """What was made: whose pages are measured, and in which conversations they take part."""

    member: Person
    conversations: list[str]
    words: list[str]  # by how often they are said, the most frequent first


def made(size: Size) -> Archive:
    """The archive, in the database that Django knows; says how long each part took."""
    from django.db import connection

    member = people()[0]
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("SET synchronous_commit = off")
        cursor.execute("SET session_replication_role = replica")  # no look at any foreign key
        # Whatever hangs on conversations; messages and their words do so without a constraint.
        cursor.execute("TRUNCATE chat_conversation, chat_message, chat_searchable CASCADE")
        cursor.execute("SELECT setseed(0.5)")
        for name, make in (
            ("people", lambda cursor, _size, member: crowd(cursor, member)),
            ("conversations", _conversations),
            ("memberships", _memberships),
            ("messages", _messages),
            ("reactions", _reactions),
            ("what search knows", _searchable),
            ("statistics", _statistics),
        ):
            began = time.monotonic()
            make(cursor, size, member)
            print(f"  {name}: {time.monotonic() - began:.0f} s", flush=True)
        cursor.execute("SET statement_timeout = '15s'")
        cursor.execute("SET synchronous_commit = on")
        cursor.execute("SET session_replication_role = origin")
        own = "select conversation_id from chat_membership where user_id = %s order by 1"
        cursor.execute(own, [str(member.id)])
        conversations = [str(row[0]) for row in cursor.fetchall()]
    return Archive(member, conversations, [_word(number) for number in range(WORDS)])


def crowd(cursor, like: Person) -> None:
    """PEOPLE, like one whom there is; made once."""
    from accounts.models import User

    if User.objects.filter(username="someone1").exists():
        return
    copies(
        cursor,
        User.objects.get(pk=like.id),
        f"generate_series(1, {PEOPLE}) as number",
        id="('aa' || lpad(to_hex(number), 30, '0'))::uuid",
        username="'someone' || number",
        email="'someone' || number || '@example.com'",
    )


def _conversations(cursor, size: Size, member: Person) -> None:
    """The member's own come first in the table `place`, then everybody else's: pairs."""
    from chat.models import Conversation

    pattern = Conversation.objects.create(kind="group", title="Pattern")
    cursor.execute(
        "create temporary table place (n int primary key, members int, messages int,"
        " at timestamptz default now() - power(random(), 3) * interval '300 days')"
    )
    first = 1
    fill = (
        "insert into place (n, members, messages) select n, %s, %s from generate_series(%s, %s) n"
    )
    for count, members, messages in GROUPS:
        each = max(1, int(messages * size.scale))
        cursor.execute(fill, [members, each, first, first + count - 1])
        first += count
    own = sum(count * max(1, int(messages * size.scale)) for count, _members, messages in GROUPS)
    rest = size.conversations - first + 1
    each = max(1, (size.messages - own) // rest)
    cursor.execute(fill, [2, each, first, size.conversations])
    copies(
        cursor,
        pattern,
        "place",
        id="lpad(to_hex(n), 32, '0')::uuid",
        kind="case when members = 2 then 'direct' else 'group' end",
        title="case when members = 2 then '' else 'Group ' || n end",
        direct_key="case when members = 2 then 'pair ' || n end",
        accepted_at="now()",
        last_seq="messages",
        revision="messages + members",
        active_at="at",
    )
    pattern.delete()


def _memberships(cursor, size: Size, member: Person) -> None:
    """In each place, `members` people who stand in a row; in the first 500 ours is one of them."""
    from chat.models import Conversation, Membership

    conversation = Conversation.objects.create(kind="group", title="Pattern")
    pattern = Membership.objects.create(conversation=conversation, user_id=member.id)
    mine = f"(k = 0 and n <= {sum(count for count, _members, _messages in GROUPS)})"
    copies(
        cursor,
        pattern,
        "place, generate_series(0, members - 1) as k",
        id="nextval(pg_get_serial_sequence('chat_membership', 'id'))",
        conversation_id="lpad(to_hex(n), 32, '0')::uuid",
        user_id=f"case when {mine} then pattern.user_id"
        f" else ('aa' || lpad(to_hex(1 + (n * 7 + k) %% {PEOPLE}), 30, '0'))::uuid end",
        read_seq=f"case when {mine} and n %% 3 > 0 then messages else messages / 2 end",
        revision="messages + k + 1",
    )
    conversation.delete()


def _messages(cursor, size: Size, member: Person) -> None:
    """Each is one of 100,000 bodies of 3 to 15 words; word frequencies fall as in a language. One
    in fifty holds a link, one in a hundred a photo, one in nine replies to an earlier one."""
    cursor.execute(
        """
        create temporary table said as
        select n, string_agg(word, ' ')
            || case when n %% 50 = 0 then ' https://example.com/' || n else '' end as body
        from (
            select n, 'w' || floor(power(random(), 4) * %s)::int as word
            from generate_series(1, %s) as n, generate_series(1, 3 + n %% 13)
        ) as words
        group by n
        """,
        [WORDS, BODIES],
    )
    cursor.execute("alter table said add primary key (n)")
    cursor.execute("analyze said, place")
    with without_indexes(cursor, "chat_message"):
        cursor.execute(
            """
            insert into chat_message (
                id, conversation_id, seq, revision, author_id, client_id, digest, body, media,
                reply_to, mentions, created_at
            )
            select (lpad(to_hex(row.n), 12, '0') || lpad(to_hex(k), 20, '0'))::uuid,
                lpad(to_hex(row.n), 32, '0')::uuid, k, k,
                ('aa' || lpad(to_hex(1 + (row.n * 7 + k %% members) %% %s), 30, '0'))::uuid,
                ('cc' || lpad(to_hex(row.n), 10, '0') || lpad(to_hex(k), 20, '0'))::uuid,
                '', said.body, case when k %% 100 = 0 then %s::jsonb end,
                case when k %% 9 = 0 then greatest(k - 1 - k %% 70, 1) end,
                '[]', at - (messages - k) * interval '10 minutes'
            from (
                select place.n, members, messages, at, k,
                    1 + (place.n::bigint * 7919 + k::bigint * 104729) %% %s as chosen
                from place, generate_series(1, messages) as k
            ) as row
            join said on said.n = row.chosen
            """,
            [PEOPLE, json.dumps([_photo()]), BODIES],
        )


def _photo() -> dict[str, Any]:
    """What a message tells of a picture; none is stored."""
    from chat.models import Media

    media = Media(kind="photo", file="photo.webp", thumb="thumb.webp", width=1200, height=900)
    return media.card()


def _reactions(cursor, size: Size, member: Person) -> None:
    """Three people's to every eighth message of the member's conversations."""
    with without_indexes(cursor, "chat_reaction"):
        cursor.execute(
            """
            insert into chat_reaction (message_id, user_id, emoji, created_at)
            select (lpad(to_hex(n), 12, '0') || lpad(to_hex(k), 20, '0'))::uuid,
                ('aa' || lpad(to_hex(1 + (n * 7 + one) %% %s), 30, '0'))::uuid, emoji, now()
            from place, generate_series(8, messages, 8) as k,
                (values (0, '👍'), (1, '👍'), (2, '🎉')) as given (one, emoji)
            where n <= %s
            """,
            [PEOPLE, sum(count for count, _members, _messages in GROUPS)],
        )


def _searchable(cursor, size: Size, member: Person) -> None:
    """As chat/search/words.py writes it: every word behind its conversation's key."""
    with without_indexes(cursor, "chat_searchable"):
        cursor.execute(
            """
            insert into chat_searchable (
                message_id, conversation_id, author_id, seq, said_at, words
            )
            select id, conversation_id, author_id, seq, created_at,
                key || '_by_' || right(replace(author_id::text, '-', ''), 12)
                || case when media is null then '' else ' ' || key || '_is_photo' end
                || case when body like '%%://%%' then ' ' || key || '_is_link' else '' end
                || ' ' || key || replace(
                    replace(replace(body, '://', ' '), '.com/', ' com '), ' ', ' ' || key
                )
            from (
                select *, right(conversation_id::text, 8) as key from chat_message
            ) as message
            order by id
            """
        )


def _statistics(cursor, size: Size, member: Person) -> None:
    cursor.execute("vacuum analyze")


def _word(number: int) -> str:
    return f"w{number}"
