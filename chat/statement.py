"""The statement that stores a batch of messages on PostgreSQL: what it compares, writes, answers.

It is run right behind `LOCK` in the same transaction, so that its snapshot is taken while the
conversations' lines are held: what other processes numbered, removed or stored before is seen.

Its plan is made once a connection, whatever the tables hold then. So every table is reached by an
index that the statement's shape leaves no choice about (a lateral subquery for one row, `= any` for
many), and `SETTINGS` leave hash joins to bring the batch's own rows together.
"""

SETTINGS = (
    "-c plan_cache_mode=force_generic_plan -c jit=off"
    " -c enable_seqscan=off -c enable_bitmapscan=off -c enable_nestloop=off"
    # Below the writer's own deadline, so that nothing is stored long after it gave up.
    " -c lock_timeout=3000 -c statement_timeout=3500"
)

# In the order of ids, so that two batches that cross never wait in a ring. NO KEY: whoever only
# points at a conversation (a foreign key) does not wait for those who write in it.
LOCK = "select from chat_conversation where id = any($1::uuid[]) order by id for no key update"

STORE = """
with line as materialized (
    select id, last_seq, revision, slow_seconds,
        kind = 'direct' and accepted_at is null as is_request
    from chat_conversation
    where id = any($1::uuid[])
),

-- One row for each person in each conversation of the batch: what membership remembers.
speaker as materialized (
    select asked.number, line.id as conversation_id, asked.author_id, line.last_seq, line.revision,
        part.id as membership_id, part.from_seq, line.slow_seconds > 0 as notes_time,
        line.slow_seconds > 0 and part.role = 'member' as is_slow,
        part.said_at + make_interval(secs => line.slow_seconds) > $4::timestamptz as is_early,
        line.is_request or part.state = 'requested' as is_left,
        case
            when line.id is null or part.id is null or part.state = 'ended' then 'not_found'
            when part.state = 'invited' then 'member.only'
            when not person.is_active then 'account.inactive'
            when part.send_refusal <> '' then part.send_refusal
            when part.silenced_until > $4::timestamptz then 'member.silenced'
        end as refusal
    from unnest($2::uuid[], $3::uuid[])
        with ordinality as asked (conversation_id, author_id, number)
    left join line on line.id = asked.conversation_id
    left join lateral (
        select * from chat_membership
        where conversation_id = asked.conversation_id and user_id = asked.author_id
        limit 1
    ) as part on true
    left join lateral (
        select is_active from accounts_user where id = asked.author_id limit 1
    ) as person on true
),

-- Each draft with what was said before under its client_id, and the first reason against it.
compared as (
    select draft.*, speaker.*, said.id as said_id, said.seq as said_seq,
        said.revision as said_revision, said.created_at as said_created_at,
        case
            when speaker.is_left then 'left'
            when said.digest = draft.digest then 'replayed'
            when said.id is not null then 'client_id.conflict'
            when speaker.refusal is not null then speaker.refusal
            when draft.reply_to <= speaker.from_seq or draft.reply_to > speaker.last_seq
                then 'reply.unknown'
        end as reason
    from unnest($5::int[], $6::uuid[], $7::uuid[], $8::text[], $9::text[], $10::bigint[],
            $11::text[])
        with ordinality as draft (speaker, id, client_id, digest, body, reply_to, mentions, place)
    join speaker on speaker.number = draft.speaker
    left join lateral (
        select id, digest, seq, revision, created_at from chat_message
        where author_id = speaker.author_id and client_id = draft.client_id
        limit 1
    ) as said on true
),

-- Slow mode comes last: only a message that would pass otherwise takes its author's turn.
judged as (
    select *,
        case
            when reason is null and is_slow and (
                is_early or count(*) filter (where reason is null) over turns > 1
            ) then 'rate.slow'
            else reason
        end as verdict
    from compared
    window turns as (partition by number order by place rows unbounded preceding)
),

answered as materialized (
    select *, count(*) filter (where verdict is null) over line as step,
        case when verdict is null and mentions is not null then (
            select coalesce(jsonb_agg(person order by position), '[]')
            from jsonb_array_elements_text(mentions::jsonb)
                with ordinality as named (person, position)
            where (
                select state = 'active' from chat_membership
                where chat_membership.conversation_id = judged.conversation_id
                    and user_id = person::uuid
            )
        ) end as mentioned
    from judged
    window line as (partition by conversation_id order by place rows unbounded preceding)
),

stored as (
    insert into chat_message (
        id, conversation_id, seq, revision, author_id, client_id, digest, body, reply_to,
        mentions, created_at
    )
    select id, conversation_id, last_seq + step, revision + step, author_id, client_id, digest,
        body, reply_to, coalesce(mentioned, '[]'), $4::timestamptz
    from answered
    where verdict is null
),

raised as (
    update chat_conversation
    set last_seq = chat_conversation.last_seq + said.count,
        revision = chat_conversation.revision + said.count,
        active_at = $4::timestamptz
    from (
        select conversation_id, count(*) from answered where verdict is null group by 1
    ) as said
    where id = any($1::uuid[]) and id = said.conversation_id
),

-- Whoever speaks has read what was there.
read as (
    update chat_membership
    set read_seq = said.seq,
        said_at = case when said.notes_time then $4::timestamptz else said_at end
    from (
        select membership_id, notes_time, max(last_seq + step) as seq
        from answered where verdict is null group by 1, 2
    ) as said
    where id = any(array(select membership_id from speaker)) and id = said.membership_id
)

select verdict, coalesce(said_seq, last_seq + step), coalesce(said_revision, revision + step),
    mentioned, said_id, (extract(epoch from said_created_at) * 1000000)::bigint
from answered
order by place
"""

# Jobs that a message brings; of those that were not stored (their ids are new) there are none.
ENQUEUE = """
insert into accounts_outboxjob (task, arguments, created_at, due_at, tries, last_error)
select task, arguments::jsonb, $4::timestamptz, $5::timestamptz, 0, ''
from unnest($1::uuid[], $2::text[], $3::text[]) as job (message_id, task, arguments)
where (select true from chat_message where id = message_id)
returning id, task, arguments::text
"""

PREPARED = {b"lock": LOCK, b"store": STORE, b"enqueue": ENQUEUE}
