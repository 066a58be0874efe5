"""The rules by which fans join a group that is there already, on the page of those who run it."""

import pytest
from django.urls import reverse

from chat import actions
from chat.models import Conversation, Membership
from chat.rights import Role
from tests.chat.factories import make_group
from tests.factories import befriend, follow, make_user

pytestmark = pytest.mark.django_db(transaction=True)

NOTHING = {"days": "7", "name": "", "code": ""}


def manage(group) -> str:
    return reverse("chat:manage", args=[group.pk])


def save(browser, person, group, **fields):
    url = reverse("chat:set_join_rules", args=[group.pk])
    return browser(person).post(url, NOTHING | fields)


def rules(group) -> dict[str, dict]:
    return {rule.kind: rule.options for rule in group.join_rules.all()}


def test_rules_are_set_shown_and_ended(browser, ana, zoe, group):
    answer = save(browser, ana, group, follows="on", days="3", name="Gold", code="open sesame")

    assert (answer.status_code, answer["Location"]) == (302, manage(group))
    assert rules(group).keys() == {"follows", "entitlement", "code"}
    page = browser(ana).get(manage(group)).content.decode()
    assert 'value="3"' in page
    assert 'value="Gold"' in page
    assert "open sesame" not in page
    assert actions.fan_group(zoe, group.pk) == group
    save(browser, ana, group)
    assert rules(group) == {}


def test_code_is_kept_unless_another_is_given(browser, ana, group):
    save(browser, ana, group, code="open sesame")
    first = rules(group)["code"]

    save(browser, ana, group, keeps_code="on", follows="on", days="0")
    assert rules(group) == {"follows": {"days": 0}, "code": first}
    save(browser, ana, group, keeps_code="on", code="another one")
    assert rules(group)["code"] != first
    save(browser, ana, group)
    assert rules(group) == {}


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"code": "short"}, "A code has 8 to 64 characters."),
        ({"follows": "on", "days": "-1"}, "greater than or equal to 0"),
        ({"name": "x" * 51}, "at most 50 characters"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_written_stays(browser, ana, group, fields, sentence):
    answer = save(browser, ana, group, **({"name": "Gold"} | fields))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert f'value="{fields.get("name", "Gold")}"' in page
    assert rules(group) == {}


def test_members_strangers_and_minors_set_none(browser, ana, ben, zoe, group):
    teo = make_user("young", age=17)
    befriend(ana, teo)
    of_teo = make_group(teo, ana)

    assert save(browser, ben, group, follows="on").status_code == 403
    assert save(browser, zoe, group, follows="on").status_code == 404
    assert save(browser, teo, of_teo, follows="on").status_code == 403
    assert "set_join_rules" not in browser(teo).get(manage(of_teo)).content.decode()
    assert 'id="join-rules"' not in browser(teo).get(manage(of_teo)).content.decode()
    assert rules(group) == rules(of_teo) == {}


def test_admin_reads_whom_fans_follow(browser, ana, ben, zoe, group):
    Membership.objects.filter(conversation=group, user=ben).update(role=Role.ADMIN)

    page = browser(ben).get(manage(group)).content.decode()
    save(browser, ben, group, follows="on", days="0")
    follow(zoe, ana)

    assert "They follow Ana" in page
    joined = actions.join_fan_group(zoe, Conversation(pk=group.pk))
    assert isinstance(joined, Membership)
    assert joined.role == Role.MEMBER


def test_channels_have_no_such_rules(browser, ana):
    channel = actions.create_channel(ana, title="News", handle="news")

    page = browser(ana).get(manage(channel)).content.decode()

    assert 'id="join-rules"' not in page
    assert save(browser, ana, channel, follows="on").status_code in (403, 422)
