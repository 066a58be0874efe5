"""The statement that stores a batch of messages on PostgreSQL: what it compares, writes, answers.

It is run right behind `LOCK` in the same transaction, so that its snapshot is taken while the
conversations' lines are held: what other processes numbered, removed or stored before is seen.

It stores all of a batch or nothing. Nearly always nothing speaks against any of it; then no row has
to be sorted or counted, which is most of what a lone message would cost. Where something does, the
answer tells what, and the rest is said again without it (chat/writing/engines.py).

Its plan is made once a connection, whatever the tables hold then. So every table is reached by an
index, in nested loops.
"""

SETTINGS = (
    "-c plan_cache_mode=force_generic_plan -c jit=off"
    " -c enable_seqscan=off -c enable_bitmapscan=off -c enable_hashjoin=off -c enable_mergejoin=off"
    # Below the writer's own deadline, so that nothing is stored long after it gave up.
    " -c lock_timeout=1500 -c statement_timeout=2000"
)

# In the order of ids, so that two batches that cross never wait in a ring. NO KEY: whoever only
# points at a conversation (a foreign key) does not wait for those who write in it.
LOCK = "select from chat_conversation where id = any($1::uuid[]) order by id for no key update"

_STORE = """
-- One row for each person in each conversation of the batch: what membership remembers. Requests,
-- slow mode, groups where not everybody may write now, what moderators closed and messages that
-- disappear are left to those who take their time (chat/writing/storing.py).
with speaker as materialized (
    select asked.number, asked.last_step, line.last_seq, line.revision, part.from_seq,
        part.id as membership_id,
        line.slow_seconds > 0 or line.timer_seconds > 0 or part.state = 'requested'
            or (line.kind = 'direct' and line.accepted_at is null)
            or line.frozen_at is not null or line.quiet_from is not null
            or line.rights -> 'send' is not null or line.closed_at is not null
            or line.words_version > 0 as is_left,
        case
            when part.id is null or part.state = 'ended' then 'not_found'
            when part.state = 'invited' then 'member.only'
            when not person.is_active then 'account.inactive'
            when part.send_refusal <> '' then part.send_refusal
            when part.silenced_until > $4::timestamptz then 'member.silenced'
        end as refusal
    from unnest($2::uuid[], $3::uuid[], $14::int[])
        with ordinality as asked (conversation_id, author_id, last_step, number)
    left join chat_conversation as line on line.id = asked.conversation_id
    left join chat_membership as part
        on part.conversation_id = asked.conversation_id and part.user_id = asked.author_id
    left join accounts_user as person on person.id = asked.author_id
),

-- The same as arrays, in which each draft finds what it needs at once, however many speak. Without
-- nulls, which would have to be counted.
known as materialized (
    select array_agg(coalesce(last_seq, 0)) as last_seq,
        array_agg(coalesce(revision, 0)) as revision,
        array_agg(coalesce(from_seq, 0)) as from_seq,
        array_agg(is_left is true or refusal is not null) as is_barred
    from (select * from speaker order by number) as speaker
),

-- Each draft with what was said before under its client_id, and the first reason against it. Its
-- step is its place among the batch's messages of its conversation.
compared as materialized (
    select draft.*, ($2::uuid[])[draft.speaker] as conversation_id,
        ($3::uuid[])[draft.speaker] as author_id,
        known.last_seq[draft.speaker] + draft.step as seq,
        known.revision[draft.speaker] + draft.step as revision,
        said.id as said_id, said.seq as said_seq, said.revision as said_revision,
        said.created_at as said_created_at,
        case
            when known.is_barred[draft.speaker] and (
                select is_left from speaker where number = draft.speaker
            ) then 'left'
            when said.digest = draft.digest then 'replayed'
            when said.id is not null then 'client_id.conflict'
            when known.is_barred[draft.speaker] then (
                select refusal from speaker where number = draft.speaker
            )
            when draft.reply_to <= known.from_seq[draft.speaker]
                or draft.reply_to > known.last_seq[draft.speaker] then 'reply.unknown'
        end as verdict
    from unnest($5::int[], $6::int[], $7::uuid[], $8::uuid[], $9::text[], $10::text[],
            $11::bigint[], $12::text[])
        with ordinality
        as draft (speaker, step, id, client_id, digest, body, reply_to, mentions, place)
    cross join known
    left join chat_message as said
        on said.author_id = ($3::uuid[])[draft.speaker] and said.client_id = draft.client_id
),

batch as materialized (select bool_and(verdict is null) as is_clean from compared),
{named}
stored as (
    insert into chat_message (
        id, conversation_id, seq, revision, author_id, client_id, digest, body, reply_to,
        mentions, created_at
    )
    select id, conversation_id, seq, revision, author_id, client_id, digest, body, reply_to,
        {mentions}, $4::timestamptz
    from compared
    where (select is_clean from batch)
),

raised as (
    update chat_conversation
    set last_seq = last_seq + said.count, revision = revision + said.count,
        active_at = $4::timestamptz
    from unnest($1::uuid[], $13::int[]) as said (conversation_id, count)
    where id = said.conversation_id and (select is_clean from batch)
),

{read}
select place, verdict, coalesce(said_seq, seq), coalesce(said_revision, compared.revision),
    said_id, (extract(epoch from said_created_at) * 1000000)::bigint, {mentioned}
from compared
"""

# Whoever speaks has read what was there.
_READ = """
read as (
    update chat_membership
    set read_seq = speaker.last_seq + speaker.last_step
    from speaker
    where id = speaker.membership_id and (select is_clean from batch)
)
"""

# Of those whom a message mentions, the ones who take part, and whom no block keeps apart from its
# author (R15). Who speaks may be mentioned as well, and a row is updated once in a statement.
_READ_AND_MENTIONED = """
read as (
    update chat_membership
    set read_seq = coalesce(touched.read_seq, chat_membership.read_seq),
        mention_seq = coalesce(touched.mention_seq, chat_membership.mention_seq)
    from (
        select membership_id, max(read_seq) as read_seq, max(mention_seq) as mention_seq
        from (
            select membership_id, last_seq + last_step as read_seq, null::bigint as mention_seq
            from speaker
            union all
            select membership_id, null, seq from named
        ) as each
        group by membership_id
    ) as touched
    where id = touched.membership_id and (select is_clean from batch)
)
"""

_NAMED = """
named as materialized (
    select compared.place, compared.seq, part.id as membership_id, said.person, said.position
    from compared
    cross join lateral jsonb_array_elements_text(compared.mentions::jsonb)
        with ordinality as said (person, position)
    join chat_membership as part
        on part.conversation_id = compared.conversation_id and part.user_id = said.person::uuid
        and part.state = 'active'
    where not exists (
        select from accounts_block
        where blocker_id = compared.author_id and blocked_id = part.user_id
    ) and not exists (
        select from accounts_block
        where blocker_id = part.user_id and blocked_id = compared.author_id
    )
),
"""

_MENTIONED = """(
    select coalesce(jsonb_agg(person order by position), '[]')
    from named where named.place = compared.place
)"""

STORE = _STORE.format(mentions="'[]'", mentioned="null", named="", read=_READ)
STORE_MENTIONS = _STORE.format(
    mentions=_MENTIONED, mentioned=_MENTIONED, named=_NAMED, read=_READ_AND_MENTIONED
)

# Jobs that a message brings; of those that were not stored (their ids are new) there are none.
ENQUEUE = """
insert into accounts_outboxjob (task, arguments, created_at, due_at, tries, last_error)
select task, arguments::jsonb, $4::timestamptz, $5::timestamptz, 0, ''
from unnest($1::uuid[], $2::text[], $3::text[]) as job (message_id, task, arguments)
where (
    -- Whom a message answers is told in groups (Draft.jobs_in).
    select task <> 'chat.tell_of_reply' or line.kind = 'group'
    from chat_message as message
    join chat_conversation as line on line.id = message.conversation_id
    where message.id = message_id
)
returning id, task, arguments::text
"""

PREPARED = {
    b"lock": LOCK,
    b"store": STORE,
    b"store_mentions": STORE_MENTIONS,
    b"enqueue": ENQUEUE,
}
