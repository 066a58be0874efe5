"""What must hold in the policy for everybody: age x relation x settings x guardian x strikes x
region x role. test_policy.py has the rules one by one."""

from dataclasses import replace
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts import policy
from accounts.policy import (
    EVERYONE,
    FOLLOWERS,
    FOLLOWING,
    FRIENDS,
    NO_ONE,
    Admission,
    Hours,
    Person,
    Refusal,
    Relation,
    Ward,
    regions,
)
from chat.rights import LOWEST, RANKS, Right, Role, at_least, lowest_role

NARROWER = [EVERYONE, FOLLOWING, FRIENDS, NO_ONE]
CIRCLES = [EVERYONE, FOLLOWERS, FRIENDS, NO_ONE]
HIDDEN = {"R2", "R11", "R14", "R15"}

wards = st.builds(
    Ward,
    messages_from=st.none() | st.sampled_from(NARROWER),
    quiet=st.lists(st.builds(Hours, st.times(), st.times()), max_size=2).map(tuple),
    minutes=st.none() | st.integers(1, 60),
    restricted=st.booleans(),
    search=st.booleans(),
)
people = st.builds(
    Person,
    age=st.integers(13, 80),
    messages_from=st.sampled_from(NARROWER),
    asks_before_groups=st.booleans(),
    active=st.booleans(),
    limited=st.frozensets(st.sampled_from(sorted(policy.FEATURES))),
    ward=st.none() | wards,
)
relations = st.builds(Relation, st.booleans(), st.booleans(), st.booleans())
circles = st.sampled_from(CIRCLES)
offs = st.frozensets(st.sampled_from(regions.FEATURES))

# Every verb between two people: the one who does it, the other, the doer's relation to the other.
MESSAGING = {
    "start": policy.start_direct,
    "go on": policy.continue_direct,
    "add": policy.add_to_group,
    "ask to host": policy.host_channel,
}
MEETING = MESSAGING | {
    "follow": lambda doer, other, relation: policy.follow(other, relation),
    "follow a channel": lambda doer, other, relation: policy.follow_channel(other, relation),
    "join by a link": lambda doer, other, relation: policy.join_by_link(
        doer, relation, has_friend=True
    ),
    "credit": policy.credit,
    "remix": lambda doer, other, relation: policy.remix(
        other, relation, is_private=False, allowed_to=EVERYONE
    ),
    "guard": policy.guard,
}
messaging = st.sampled_from(sorted(MESSAGING)).map(MESSAGING.__getitem__)
meeting = st.sampled_from(sorted(MEETING)).map(MEETING.__getitem__)


def is_no(answer: Admission | Refusal | None) -> bool:
    return isinstance(answer, Refusal)


# --- The young ------------------------------------------------------------------------------------


@given(messaging, people, people, relations)
def test_nothing_lets_those_under_16_message(verb, doer, other, relation):
    if min(doer.age, other.age) < 16:
        assert is_no(verb(doer, other, relation))


@given(people, relations, st.booleans())
def test_nothing_lets_those_under_16_into_groups(person, owner, flag):
    if person.age < 16:
        assert is_no(policy.join_by_link(person, owner, has_friend=True))
        assert is_no(policy.join_by_rules(person, has_minor=flag))
        assert is_no(policy.run_channel(person))


@given(people, people, relations)
def test_an_adult_never_starts_with_a_minor_who_is_no_friend(adult, minor, relation):
    if not adult.is_minor and minor.is_minor and not relation.friends:
        assert is_no(policy.start_direct(adult, minor, relation))
        assert is_no(policy.add_to_group(adult, minor, relation))
        assert is_no(policy.host_channel(adult, minor, relation))


@given(people)
def test_what_is_for_adults_is_for_no_minor(person):
    if person.is_minor:
        assert is_no(policy.advertise(person))
        assert is_no(policy.publish_sticker(person))
        assert is_no(policy.run_channel(person))
        assert not policy.sees_sensitive(person)


@given(people, relations, circles, st.booleans())
def test_what_may_be_done_with_videos_of_the_youngest_is_never_more_than_of_others(
    author, relation, circle, is_private
):
    child = replace(author, age=14)
    if policy.remix(author, relation, is_private=is_private, allowed_to=circle) is not None:
        assert is_no(policy.remix(child, relation, is_private=is_private, allowed_to=circle))
    if policy.comment_on(author, relation, allowed_to=circle) is not None:
        assert is_no(policy.comment_on(child, relation, allowed_to=circle))
    assert is_no(policy.remix(child, relation, is_private=is_private, allowed_to=circle))


@given(st.integers(13, 17), st.times(), st.none() | st.builds(Hours, st.times(), st.times()))
def test_at_night_no_setting_wakes_a_minor(age, at, own):
    night = at >= time(22) or at < time(7)
    if night:
        assert policy.is_quiet(age, at, own)


# --- A block --------------------------------------------------------------------------------------


@given(meeting, people, people, st.booleans(), st.booleans())
def test_a_block_bars_both_ways_in_everything_between_two(verb, one, other, follows, followed_by):
    relation = Relation(follows, followed_by, blocked=True)

    assert is_no(verb(one, other, relation))
    assert is_no(verb(other, one, relation.reversed()))
    assert not policy.sees_posts(relation, is_private=False)


@given(people, st.booleans(), st.booleans(), st.sampled_from([FOLLOWERS, FRIENDS, NO_ONE]))
def test_across_a_block_no_circle_counts_as_friends(author, follows, followed_by, circle):
    relation = Relation(follows, followed_by, blocked=True)

    if circle == FRIENDS or author.age < 16:
        assert is_no(policy.comment_on(author, relation, allowed_to=circle))


@given(meeting, people, people, relations)
def test_nobody_reaches_who_is_gone(verb, doer, other, relation):
    gone = replace(other, active=False)
    if verb is not MEETING["join by a link"]:
        assert is_no(verb(doer, gone, relation))


# --- Tightening never opens -----------------------------------------------------------------------


def narrowed(person: Person, setting: str) -> Person:
    """The same with this setting, where it is the narrower."""
    return replace(person, messages_from=max(person.messages_from, setting, key=NARROWER.index))


@given(messaging, people, people, relations, st.sampled_from(NARROWER))
def test_a_narrower_setting_opens_nothing(verb, doer, other, relation, setting):
    if is_no(verb(doer, other, relation)):
        assert is_no(verb(doer, narrowed(other, setting), relation))


@given(messaging, people, people, relations, wards, wards)
def test_a_guardian_opens_nothing(verb, doer, other, relation, one, second):
    for ward in (one, Ward.strictest([one, second])):
        if is_no(verb(doer, replace(other, ward=None), relation)):
            assert is_no(verb(doer, replace(other, ward=ward), relation))
    if is_no(verb(doer, replace(other, ward=one), relation)):
        both = Ward.strictest([one, second])
        assert is_no(verb(doer, replace(other, ward=both), relation))


@given(people, wards, wards, st.none() | st.integers(1, 200))
def test_no_guardian_lengthens_a_day_or_shows_more(person, one, second, chosen):
    both = Ward.strictest([one, second])
    endless = float("inf")
    for looser, stricter in ((None, one), (one, both)):
        before, after = replace(person, ward=looser), replace(person, ward=stricter)
        longest = policy.daily_minutes(before, chosen)
        assert (policy.daily_minutes(after, chosen) or endless) <= (longest or endless)
        assert policy.is_restricted(after) or not policy.is_restricted(before)
        assert is_no(policy.search(after)) or not is_no(policy.search(before))


@given(people, st.none() | wards, st.sampled_from(NARROWER))
def test_no_setting_reaches_beyond_a_guardians(person, ward, wanted):
    guarded = replace(person, ward=ward)
    if policy.set_messages_from(guarded, wanted) is None:
        assert policy.set_messages_from(replace(guarded, ward=None), wanted) is None
        assert replace(guarded, messages_from=wanted).reachable_by == wanted


@given(messaging, people, people, relations, st.sampled_from(sorted(policy.FEATURES)))
def test_a_strike_opens_nothing(verb, doer, other, relation, feature):
    limited = replace(doer, limited=doer.limited | {feature})
    if is_no(verb(doer, other, relation)):
        assert is_no(verb(limited, other, relation))
    if feature == "message":
        assert is_no(verb(limited, other, relation))
    assert is_no(policy.use(limited, feature))


@given(st.sampled_from(regions.FEATURES), offs, offs)
def test_switching_more_off_in_a_region_opens_nothing(feature, off, more):
    if regions.region_off(feature, off) is not None:
        assert regions.region_off(feature, off | more) is not None
    assert regions.region_off(feature, off | {"app"}) is not None


@given(people, relations, st.booleans(), st.sampled_from(range(4)), st.sampled_from(range(4)))
def test_a_narrower_circle_opens_no_video(author, relation, is_private, one, other):
    wide, narrow = CIRCLES[min(one, other)], CIRCLES[max(one, other)]

    if policy.remix(author, relation, is_private=is_private, allowed_to=wide) is not None:
        assert policy.remix(author, relation, is_private=is_private, allowed_to=narrow) is not None
        assert policy.remix(author, relation, is_private=True, allowed_to=wide) is not None
    if policy.comment_on(author, relation, allowed_to=wide) is not None:
        assert policy.comment_on(author, relation, allowed_to=narrow) is not None


# --- Growing up -----------------------------------------------------------------------------------


@given(people, st.sampled_from(NARROWER))
def test_a_birthday_forces_no_setting_to_change(person, wanted):
    older = replace(person, age=person.age + 1)
    if policy.set_messages_from(person, wanted) is None:
        assert policy.set_messages_from(older, wanted) is None
    for private in (True, False):
        if policy.set_private(person, private) is None:
            assert policy.set_private(older, private) is None


@given(people)
def test_a_birthday_loosens_no_setting(person):
    """What somebody chose, and what a guardian and strikes took, is what it was."""
    older = replace(person, age=person.age + 1)

    assert older.reachable_by == person.reachable_by
    assert (older.limited, older.ward) == (person.limited, person.ward)


@given(people, people, relations)
def test_who_turns_18_writes_to_no_minor_anew(doer, other, relation):
    grown = replace(doer, age=18)
    if doer.age == 17 and policy.start_direct(doer, other, relation) is not None:
        assert is_no(policy.start_direct(grown, other, relation)) or not other.is_minor


# --- What others learn ----------------------------------------------------------------------------


@given(messaging, people, people, relations)
def test_the_code_never_tells_which_of_the_hidden_rules_it_was(verb, doer, other, relation):
    answer = verb(doer, other, relation)
    own = policy.may_write(doer)

    if isinstance(answer, Refusal) and own is None and answer.rule in HIDDEN:
        assert answer.code == "policy.unreachable"
        assert str(answer.sentence) == "This person cannot be reached."


@given(messaging, people, people, relations)
def test_what_is_told_openly_is_the_doers_own_or_to_be_seen(verb, doer, other, relation):
    """Another's age, setting, block or guardian is behind none of the codes that say something."""
    answer = verb(doer, other, relation)

    if isinstance(answer, Refusal) and answer.code != "policy.unreachable":
        own = policy.may_write(doer)
        assert answer == own or (answer.rule == "R20" and not relation.friends)


@given(meeting, people, people, relations, st.sampled_from(NARROWER), st.none() | wards)
def test_a_setting_and_a_guardian_are_told_apart_by_nobody(
    verb, doer, other, relation, setting, ward
):
    own = replace(other, messages_from=setting, ward=None)
    guarded = replace(own, messages_from=EVERYONE, ward=Ward(messages_from=setting))

    assert verb(doer, own, relation) == verb(doer, guarded, relation)


# --- Roles ----------------------------------------------------------------------------------------


@given(
    st.sampled_from(Right.values),
    st.dictionaries(st.sampled_from(Right.values), st.sampled_from(Role.values)),
)
def test_whoever_stands_higher_may_what_those_below_may(right, own):
    lowest = lowest_role(right, own)
    allowed = [role for role in sorted(RANKS, key=RANKS.__getitem__) if at_least(role, lowest)]

    assert allowed == sorted(RANKS, key=RANKS.__getitem__)[-len(allowed) :]
    assert Role.OWNER in allowed
    assert lowest == own.get(right, LOWEST[right])


@pytest.mark.parametrize("verb", sorted(MESSAGING))
def test_friends_who_grew_up_reach_each_other(verb):
    """The other side of all the above: nothing is closed that nobody closed."""
    friend = Relation(follows=True, followed_by=True)

    assert not is_no(MESSAGING[verb](Person(30), Person(40), friend))
