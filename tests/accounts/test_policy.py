"""Every rule of accounts/policy/ by number, then what must hold for all people and relations."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts import policy
from accounts.errors import Refused
from accounts.policy import (
    EVERYONE,
    FOLLOWING,
    FRIENDS,
    NO_ONE,
    Admission,
    Person,
    Refusal,
    Relation,
    add_to_group,
    comment_on,
    continue_direct,
    start_direct,
)

ADULT = Person(age=30)
STRANGERS = Relation()
FRIEND = Relation(follows=True, followed_by=True)
BLOCKED = Relation(blocked=True)
OPENNESS = [NO_ONE, FRIENDS, FOLLOWING, EVERYONE]
HIDDEN = {"R2", "R11", "R14", "R15"}

ages = st.integers(13, 80)
relations = st.builds(Relation, st.booleans(), st.booleans(), st.booleans())
people = st.builds(Person, ages, st.sampled_from(OPENNESS), st.booleans(), st.booleans())
verbs = st.sampled_from([start_direct, continue_direct, add_to_group])


def rule(answer) -> str | None:
    return answer.rule if isinstance(answer, Refusal) else None


def refused(answer: Admission | Refusal | None) -> Refusal:
    """The answer, which must be a no."""
    assert isinstance(answer, Refusal)
    return answer


# --- Age --------


@pytest.mark.parametrize(
    ("born", "today", "age"),
    [
        ("2010-06-15", "2026-06-14", 15),
        ("2010-06-15", "2026-06-15", 16),
        ("2008-02-29", "2026-02-28", 17),
        ("2008-02-29", "2026-03-01", 18),
        ("2008-02-29", "2024-02-29", 16),
    ],
)
def test_age_turns_on_the_birthday(born, today, age):
    day = datetime.date.fromisoformat

    assert policy.age_on(day(born), day(today)) == age


@pytest.mark.parametrize(
    ("age", "is_private", "relation", "answer"),
    [
        (30, False, STRANGERS, None),
        (30, True, FRIEND, "R5"),
        (17, False, FRIEND, None),
        (17, False, STRANGERS, "R5"),
        (15, False, FRIEND, "R5"),
        (30, False, BLOCKED, "R15"),
    ],
)
def test_r5_who_makes_videos_with_those_of_others(age, is_private, relation, answer):
    circle = policy.default_remixes_by(age)
    answered = policy.remix(Person(age=age), relation, is_private=is_private, allowed_to=circle)

    assert rule(answered) == answer


def test_r1_refuses_under_13_without_telling_the_threshold():
    assert policy.sign_up(13) is None
    assert refused(policy.sign_up(12)).code == "policy.R1"
    assert not any(character.isdigit() for character in str(refused(policy.sign_up(12)).sentence))


@pytest.mark.parametrize(("age", "setting"), [(13, NO_ONE), (17, NO_ONE), (18, EVERYONE)])
def test_r2_r3_messages_start_closed_under_18(age, setting):
    assert policy.default_messages_from(age) == setting


@pytest.mark.parametrize(
    ("age", "chose_public", "private"),
    [
        (13, False, True),
        (15, True, True),
        (16, False, True),
        (17, True, False),
        (18, False, False),
    ],
)
def test_r4_private_by_default_under_18_and_always_under_16(age, chose_public, private):
    assert policy.starts_private(age, chose_public=chose_public) is private


def test_r2_r4_settings_stay_locked_under_16():
    assert refused(policy.set_messages_from(Person(15), FRIENDS)).code == "policy.R2"
    assert policy.set_messages_from(Person(15), NO_ONE) is None
    assert refused(policy.set_private(Person(15), False)).code == "policy.R4"
    assert policy.set_private(Person(15), True) is None


def test_r3_from_16_people_loosen_it_themselves():
    assert policy.set_messages_from(Person(16), EVERYONE) is None
    assert policy.set_private(Person(16), False) is None


@pytest.mark.parametrize(("age", "suggested"), [(15, False), (16, True)])
def test_r6_accounts_under_16_are_not_suggested(age, suggested):
    assert policy.suggests_by_default(age) is suggested


# --- Following and seeing --------


def test_follow_stops_at_a_block_and_at_who_is_gone():
    assert policy.follow(ADULT, STRANGERS) is None
    assert refused(policy.follow(ADULT, BLOCKED)).code == "policy.unreachable"
    assert refused(policy.follow(Person(30, active=False), STRANGERS)).code == "policy.unreachable"


@pytest.mark.parametrize(
    ("relation", "private", "sees"),
    [
        (STRANGERS, False, True),
        (STRANGERS, True, False),
        (Relation(follows=True), True, True),
        (Relation(followed_by=True), True, False),
        (Relation(follows=True, blocked=True), False, False),
    ],
)
def test_private_posts_are_for_followers(relation, private, sees):
    assert policy.sees_posts(relation, is_private=private) is sees


# --- Direct messages --------


def test_r2_tells_the_child_and_hides_it_from_others():
    child = Person(15, EVERYONE)

    assert refused(start_direct(child, ADULT, FRIEND)).code == "policy.R2"
    answer = refused(start_direct(ADULT, child, FRIEND))
    assert (answer.rule, answer.code) == ("R2", "policy.unreachable")


@pytest.mark.parametrize(
    ("setting", "relation", "allowed"),
    [
        (EVERYONE, STRANGERS, True),
        (FOLLOWING, STRANGERS, False),
        (FOLLOWING, Relation(followed_by=True), True),
        (FOLLOWING, Relation(follows=True), False),
        (FRIENDS, Relation(followed_by=True), False),
        (FRIENDS, FRIEND, True),
        (NO_ONE, FRIEND, False),
    ],
)
def test_r11_setting_decides_who_starts(setting, relation, allowed):
    answer = start_direct(ADULT, Person(30, setting), relation)

    assert rule(answer) == (None if allowed else "R11")


def test_r11_no_one_ends_old_conversations_and_narrower_settings_do_not():
    assert rule(continue_direct(ADULT, Person(30, NO_ONE), FRIEND)) == "R11"
    assert continue_direct(ADULT, Person(30, FRIENDS), STRANGERS) is None


def test_r12_a_request_is_from_whom_the_recipient_does_not_follow():
    assert policy.is_request(Relation(follows=True))
    assert not policy.is_request(Relation(followed_by=True))


def test_r13_first_request_is_one_plain_message():
    assert policy.first_request(is_plain=True) is None
    assert refused(policy.first_request(is_plain=False)).code == "policy.R13"
    assert policy.waiting_request().code == "policy.R13"


@pytest.mark.parametrize(
    ("sender", "recipient", "relation", "refused_by"),
    [
        (Person(18), Person(17, EVERYONE), Relation(followed_by=True), "R14"),
        (Person(18), Person(17, EVERYONE), FRIEND, None),
        (Person(17), Person(17, EVERYONE), STRANGERS, None),
        (Person(17), Person(18, EVERYONE), STRANGERS, None),
    ],
)
def test_r14_an_adult_starts_with_a_minor_only_as_a_friend(sender, recipient, relation, refused_by):
    assert rule(start_direct(sender, recipient, relation)) == refused_by


@pytest.mark.parametrize("verb", [start_direct, continue_direct, add_to_group])
def test_r15_block_stops_everything_even_between_followers(verb):
    blocked = Relation(follows=True, followed_by=True, blocked=True)

    assert rule(verb(ADULT, ADULT, blocked)) == "R15"


# --- Groups --------


def test_r20_friends_join_or_are_asked_first():
    assert add_to_group(ADULT, Person(30), FRIEND) is Admission.JOINS
    assert add_to_group(ADULT, Person(30, asks_before_groups=True), FRIEND) is Admission.INVITED
    assert refused(add_to_group(ADULT, Person(30), Relation(follows=True))).code == "policy.R20"
    assert rule(add_to_group(ADULT, Person(30, NO_ONE), FRIEND)) == "R11"


def test_r21_a_minor_makes_the_group_small():
    assert policy.group_capacity(has_minor=True) == 32
    assert policy.group_capacity(has_minor=False) == 1024
    assert policy.group_full(32).code == "policy.R21"


def test_permit_raises_what_doors_translate():
    policy.permit(None)
    with pytest.raises(Refused) as refused:
        policy.permit(start_direct(ADULT, ADULT, BLOCKED))

    assert (refused.value.code, refused.value.detail) == (
        "policy.unreachable",
        "This person cannot be reached.",
    )


# --- For everybody: age x relation x setting --------


@given(people, people, relations)
def test_no_adult_ever_starts_with_a_minor_who_is_no_friend(sender, recipient, relation):
    if not sender.is_minor and recipient.is_minor and not relation.friends:
        assert start_direct(sender, recipient, relation) is not None
        assert isinstance(add_to_group(sender, recipient, relation), Refusal)


@given(verbs, people, people, relations)
def test_nobody_under_16_sends_or_receives(verb, sender, recipient, relation):
    if min(sender.age, recipient.age) < 16:
        assert isinstance(verb(sender, recipient, relation), Refusal)


@given(verbs, people, people, st.booleans(), st.booleans())
def test_a_block_stops_both_directions(verb, one, other, follows, followed_by):
    relation = Relation(follows, followed_by, blocked=True)

    assert not relation.friends
    assert isinstance(verb(one, other, relation), Refusal)
    assert isinstance(verb(other, one, relation.reversed()), Refusal)


@given(verbs, people, people, relations)
def test_no_code_tells_on_the_recipient(verb, sender, recipient, relation):
    answer = verb(sender, recipient, relation)

    if isinstance(answer, Refusal) and answer.rule in HIDDEN and sender.age >= 16:
        assert answer.code == "policy.unreachable"
        assert str(answer.sentence) == "This person cannot be reached."


@given(verbs, people, people, relations, st.sampled_from(OPENNESS))
def test_a_narrower_setting_never_permits_more(verb, sender, recipient, relation, narrower):
    if OPENNESS.index(narrower) > OPENNESS.index(recipient.messages_from):
        return
    narrowed = Person(recipient.age, narrower, recipient.asks_before_groups, recipient.active)

    if isinstance(verb(sender, recipient, relation), Refusal):
        assert isinstance(verb(sender, narrowed, relation), Refusal)


@given(people, people, relations)
def test_who_may_start_may_go_on(sender, recipient, relation):
    if start_direct(sender, recipient, relation) is None:
        assert continue_direct(sender, recipient, relation) is None


@given(verbs, people, relations)
def test_nothing_reaches_who_is_gone(verb, sender, relation):
    assert isinstance(verb(sender, Person(30, active=False), relation), Refusal)


@given(relations)
def test_a_relation_seen_twice_from_the_other_side_is_itself(relation):
    assert relation.reversed().reversed() == relation
    assert relation.reversed().friends == relation.friends


@given(ages, st.sampled_from(OPENNESS))
def test_r10_no_setting_that_a_child_may_keep_is_lost_with_age(age, setting):
    """What was allowed at an age stays allowed: a birthday never forces a setting to change."""
    for check in (
        lambda person: policy.set_messages_from(person, setting),
        lambda person: policy.set_private(person, True),
    ):
        if check(Person(age)) is None:
            assert check(Person(age + 1)) is None


# --- Comments -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("age", "relation", "expected"),
    [
        (15, FRIEND, None),
        (15, STRANGERS, "R5"),
        (15, Relation(follows=True), "R5"),
        (15, Relation(follows=True, followed_by=True, blocked=True), "R5"),
        (16, STRANGERS, None),
        (30, STRANGERS, None),
    ],
)
def test_r5_only_friends_comment_under_the_youngest(age, relation, expected):
    assert rule(comment_on(Person(age=age), relation)) == expected
