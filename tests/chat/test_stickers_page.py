"""One's own stickers on a page, as somebody without JavaScript has them."""

import pytest
from django.urls import reverse

from chat import actions
from chat.models import Membership, Sticker
from chat.rights import Right, Role
from tests.chat import media_files as files
from tests.factories import befriend

pytestmark = pytest.mark.django_db(transaction=True)

PAGE = reverse("chat:stickers")


def make(person, alt: str = "Wave") -> Sticker:
    return actions.make_sticker(person, files.picture("cut.png"), alt=alt)


def press(browser, person, sticker: Sticker, act: str):
    return browser(person).post(reverse("chat:sticker", args=[sticker.pk]), {"act": act})


def sentences(answer) -> list[str]:
    """What the next page says."""
    return [str(each) for each in answer.wsgi_request._messages]


def test_sticker_is_made_of_a_picture(browser, ana):
    answer = browser(ana).post(PAGE, {"file": files.phone_picture(), "alt": " A  roof "})

    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    (sticker,) = Sticker.objects.kept_by(ana)
    assert sticker.alt == "A roof"
    assert sticker.card()["url"] in browser(ana).get(PAGE).content.decode()


@pytest.mark.parametrize("file", [None, files.document("x.png", b"<svg/>")])
def test_what_is_no_picture_is_refused_in_words(browser, ana, file):
    answer = browser(ana).post(PAGE, {"alt": "x"} | ({"file": file} if file else {}))

    assert answer.status_code == 422
    assert 'class="field__error" role="alert"' in answer.content.decode()
    assert Sticker.objects.count() == 0


def test_full_set_says_so(browser, ana, monkeypatch):
    monkeypatch.setattr("chat.actions.stickers.STICKERS_LIMIT", 1)
    make(ana)

    answer = browser(ana).post(PAGE, {"file": files.picture()})

    assert (answer.status_code, "Remove one first." in answer.content.decode()) == (422, True)


def test_page_asks_as_often_for_many_as_for_one(browser, ana, django_assert_num_queries):
    make(ana)
    client = browser(ana)
    client.get(PAGE)
    with django_assert_num_queries(4):
        client.get(PAGE)
    for _number in range(5):
        make(ana)

    with django_assert_num_queries(4):
        client.get(PAGE)


def test_adults_publish_and_take_back(browser, ana):
    sticker = make(ana)

    press(browser, ana, sticker, "publish")
    sticker.refresh_from_db()
    assert sticker.published_at is not None
    press(browser, ana, sticker, "unpublish")
    sticker.refresh_from_db()
    assert sticker.published_at is None


def test_minors_are_not_offered_to_publish_and_cannot(browser, teo):
    sticker = make(teo)

    answer = press(browser, teo, sticker, "publish")

    assert 'value="publish"' not in browser(teo).get(PAGE).content.decode()
    assert sentences(answer) == ["You can publish stickers from 18 on."]
    sticker.refresh_from_db()
    assert sticker.published_at is None


def test_removed_sticker_is_in_the_set_no_more(browser, ana):
    press(browser, ana, make(ana), "remove")

    assert not Sticker.objects.kept_by(ana).exists()


def test_only_the_own_set_is_changed(browser, ana, ben, zoe):
    sticker = make(ana)

    for act in ("remove", "publish", "unpublish", "keep"):
        assert press(browser, zoe, sticker, act).status_code == 404
    assert press(browser, ana, sticker, "burn").status_code == 404
    assert list(Sticker.objects.kept_by(ana)) == [sticker]


def test_children_and_strangers_have_no_page(browser, client, kid):
    assert client.get(PAGE).status_code == 302
    assert browser(kid).get(PAGE).status_code == 403
    assert browser(kid).post(PAGE, {"file": files.picture()}).status_code == 403


# --- In a conversation ----------------------------------------------------------------------------


def send(browser, person, group, sticker: Sticker):
    said = {"sticker": str(sticker.pk)}
    return browser(person).post(group.get_absolute_url(), said)


def test_sticker_is_sent_and_kept_by_others(browser, ana, ben, group):
    sticker = make(ana)
    page = browser(ana).get(f"{PAGE}?for={group.pk}").content.decode()

    answer = send(browser, ana, group, sticker)

    assert f'name="sticker" value="{sticker.pk}"' in page
    assert answer.status_code == 302
    message = group.messages.get(notice__isnull=True)
    assert message.media[0]["sticker"] == str(sticker.pk)
    own = reverse("chat:message", args=[group.pk, message.seq])
    assert 'name="act" value="keep"' in browser(ben).get(own).content.decode()
    press(browser, ben, sticker, "keep")
    assert list(Sticker.objects.kept_by(ben)) == [sticker]


def test_sticker_of_others_is_not_sent(browser, ana, ben, group):
    answer = send(browser, ben, group, make(ana))

    assert (answer.status_code, group.messages.filter(notice__isnull=True).count()) == (422, 0)


def test_sending_is_offered_only_where_media_may_be_sent(browser, ana, ben, zoe, group):
    for person in (ben, zoe):
        make(person)
    group.rights = {Right.MEDIA: Role.ADMIN}
    group.save()
    befriend(ana, zoe)

    for person in (ben, zoe):
        page = browser(person).get(f"{PAGE}?for={group.pk}").content.decode()
        assert 'name="sticker"' not in page
    assert 'name="sticker"' not in browser(ben).get(f"{PAGE}?for=x").content.decode()
    Membership.objects.filter(user=ben).update(role=Role.ADMIN)
    assert 'name="sticker"' in browser(ben).get(f"{PAGE}?for={group.pk}").content.decode()
