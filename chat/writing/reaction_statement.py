"""The statements that store the reactions of a batch on PostgreSQL.

They are run behind the messages of the same batch, in the same transaction and under the same lines
(`LOCK` in chat/writing/statement.py, where the rules for plans are). `REACT` answers row by row and
blocks nobody: a reaction that is refused, or already there, changes nothing and takes no number.
"""

REACT = """
-- Each reaction with the message, where it is the person's to see, and the first reason against it.
-- `given_id` is the same emoji of the same person, there before.
with compared as materialized (
    select asked.*, message.id as message_id, given.id as given_id,
        case when line.kind <> 'channel' then message.author_id end as author_id,
        case
            when message.id is null or part.state <> 'active' then 'not_found'
            when not person.is_active then 'account.inactive'
            when asked.adds and message.unsent_at is not null then 'message.unsent'
            -- Who follows a channel reacts to what they may not write (Membership.bar_to_react).
            when asked.adds and part.send_refusal not in ('', 'channel.read_only')
                then part.send_refusal
            when asked.adds and part.silenced_until > $6::timestamptz then 'member.silenced'
            when asked.adds and line.closed_at is not null then 'conversation.closed'
            when asked.adds and line.frozen_at is not null and part.role not in ('owner', 'admin')
                then 'group.frozen'
        end as verdict
    from unnest($1::uuid[], $2::bigint[], $3::uuid[], $4::text[], $5::boolean[])
        with ordinality as asked (conversation_id, seq, actor_id, emoji, adds, place)
    left join chat_conversation as line on line.id = asked.conversation_id
    left join chat_membership as part
        on part.conversation_id = asked.conversation_id and part.user_id = asked.actor_id
    left join accounts_user as person on person.id = part.user_id
    left join chat_message as message
        on message.conversation_id = part.conversation_id and message.seq = asked.seq
        and message.seq > part.from_seq and message.notice is null
    left join chat_reaction as given
        on given.message_id = message.id and given.user_id = asked.actor_id
        and given.emoji = asked.emoji
),

changing as materialized (
    select * from compared where verdict is null and adds = (given_id is null)
),

added as (
    insert into chat_reaction (message_id, user_id, emoji, created_at)
    select message_id, actor_id, emoji, $6::timestamptz
    from changing
    where adds
    order by place
),

removed as (
    delete from chat_reaction using changing where chat_reaction.id = changing.given_id
),

-- Who wrote the message is told, or no longer (chat.notifications.telling.of_reaction): not of
-- their own reactions, nor of who reacts to a channel's post (R27).
telling as materialized (
    select place, nextval(pg_get_serial_sequence('accounts_outboxjob', 'id')) as job_id,
        case when adds then 'accounts.note' else 'accounts.unnote' end as task,
        jsonb_build_object(
            'kind', 'chat.reaction', 'to', jsonb_build_array(author_id), 'actor', actor_id,
            'about', message_id, 'detail', null
        ) || case when adds
            then jsonb_build_object('words', '{}'::jsonb, 'at', $6::timestamptz)
            else '{}'
        end as arguments
    from changing
    where author_id <> actor_id
),

enqueued as (
    insert into accounts_outboxjob (id, task, arguments, created_at, due_at, tries, last_error)
    select job_id, task, arguments, $6::timestamptz, $7::timestamptz, 0, ''
    from telling
    order by place
),

-- One number for each message, however many reacted to it.
numbered as materialized (
    select message_id, conversation_id, line.kind = 'channel' as is_counted,
        line.revision + row_number() over (partition by conversation_id order by seq) as revision
    from (select distinct conversation_id, seq, message_id from changing) as touched
    join chat_conversation as line on line.id = conversation_id
),

raised as (
    update chat_conversation
    set revision = newest.revision
    from (
        select conversation_id, max(revision) as revision from numbered group by conversation_id
    ) as newest
    where id = newest.conversation_id
),

-- Who reacted to a channel's post is told to nobody, and there may be a hundred thousand: their
-- number is kept with it (chat/tallies.py).
renumbered as (
    update chat_message
    set revision = numbered.revision,
        reaction_counts = case when numbered.is_counted then (
            select coalesce(jsonb_object_agg(emoji, count), '{}')
            from (
                select emoji, sum(count) as count
                from (
                    select key as emoji, value::int as count
                    from jsonb_each_text(coalesce(chat_message.reaction_counts, '{}'))
                    union all
                    select emoji, case when adds then 1 else -1 end
                    from changing
                    where changing.message_id = numbered.message_id
                ) as each
                group by emoji
                having sum(count) > 0
            ) as tally
        ) else reaction_counts end
    from numbered
    where id = numbered.message_id
)

select place, verdict, adds = (given_id is null), job_id, task, arguments::text
from compared left join telling using (place)
"""

# What there is then: a row for each reaction to these messages, one without for a message that has
# none, or whose reactions are counted.
REACTIONS = """
select asked.place, message.revision, given.emoji, given.user_id, message.reaction_counts
from unnest($1::uuid[], $2::bigint[]) with ordinality as asked (conversation_id, seq, place)
join chat_message as message
    on message.conversation_id = asked.conversation_id and message.seq = asked.seq
left join chat_reaction as given
    on given.message_id = message.id and message.reaction_counts is null
order by given.created_at, given.id
"""

PREPARED = {b"react": REACT, b"reactions": REACTIONS}
