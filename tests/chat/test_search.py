"""Finding what was said: what is found, and above all what is not."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.words import wanted_in, words_in
from chat import actions, search
from chat.models import Membership, Message, Searchable
from chat.search.excerpts import excerpt_of
from tests.chat.factories import make_group, say
from tests.factories import block
from tests.rules import rule

pytestmark = pytest.mark.django_db(transaction=True)


def found(user, text="", **chosen) -> list[str]:
    """The words of what is found, once search has caught up."""
    search.catch_up()
    page = search.find(user, search.Question.typed(text, **chosen))
    return [each.message.body for each in page.found]


def test_words_are_found_by_their_beginning_whatever_case_or_accent(ana, ben, group):
    say(ben, group, "Crème brûlée at the Meadow")
    say(ben, group, "no cream here")

    assert found(ana, "creme") == ["Crème brûlée at the Meadow"]
    assert found(ana, "BRÛ mead") == ["Crème brûlée at the Meadow"]


def test_the_middle_of_words_is_looked_for_where_their_beginning_is_rare(ana, ben, group):
    say(ben, group, "Konzertkarten for Friday")
    say(ben, group, "we read Zertifikate")
    say(ben, group, "see https://medley.example/link")

    assert found(ana, "zert") == ["we read Zertifikate", "Konzertkarten for Friday"]
    assert found(ana, "zert FRI") == ["Konzertkarten for Friday"]
    assert found(ana, "zert from:ana") == []
    assert found(ana, "karten from:ben after:2020-01-01") == ["Konzertkarten for Friday"]
    assert found(ana, "ze") == ["we read Zertifikate"]
    # Neither the key of a conversation nor a mark is a word.
    assert found(ana, group.pk.hex[-8:][2:6]) == []
    assert found(ana, "ink has:link") == ["see https://medley.example/link"]
    assert found(ana, "hoto") == []


def test_a_page_of_beginnings_does_not_look_further(ana, ben, group):
    say(ben, group, "a catalogue")
    say(ben, group, "the log")
    search.catch_up()
    question = search.Question.typed("log")

    assert [each.message.body for each in search.find(ana, question).found] == [
        "the log",
        "a catalogue",
    ]
    first = search.find(ana, question, limit=1)
    second = search.find(ana, question, limit=1, after=first.next)
    assert [each.message.body for each in (*first.found, *second.found)] == [
        "the log",
        "a catalogue",
    ]
    assert second.next == ""


def test_writing_without_spaces_is_found_in_the_middle(ana, ben, group):
    say(ben, group, "明日は東京都へ行きます")

    assert found(ana, "京都") == ["明日は東京都へ行きます"]
    assert found(ana, "東") == ["明日は東京都へ行きます"]
    assert found(ana, "大阪") == []


def test_newest_come_first_and_pages_follow_each_other(ana, ben, group):
    for number in range(7):
        say(ben, group, f"meadow {number}")
    search.catch_up()
    question = search.Question.typed("meadow")

    first = search.find(ana, question, limit=3)
    second = search.find(ana, question, limit=3, after=first.next)
    third = search.find(ana, question, limit=3, after=second.next)

    pages = [[each.message.body[-1] for each in page.found] for page in (first, second, third)]
    assert pages == [["6", "5", "4"], ["3", "2", "1"], ["0"]]
    assert third.next == ""


def test_what_is_rare_is_found_behind_what_was_said_lately(ana, ben, group, monkeypatch):
    monkeypatch.setattr("chat.search.engines.WALKED", 4)
    monkeypatch.setattr("chat.search.engines.LIVELIEST", 2)
    monkeypatch.setattr("chat.search.engines.FEWEST", 2)
    other, third = (make_group(ana, ben, title=title) for title in ("Other", "Third"))
    for each in (group, other, third):
        say(ben, each, "needle")
        for number in range(5):
            say(ben, each, f"hay {number}")

    assert found(ana, "needle") == ["needle"] * 3
    assert len(found(ana, "hay")) == 15


def test_one_can_ask_by_person_date_kind_and_conversation(ana, ben, group):
    direct = actions.start_direct(ana, ben)
    say(ana, group, "the meadow is mine")
    say(ben, group, "the meadow, see https://medley.example/meadow")
    old = say(ben, direct, "an old meadow")
    then = timezone.now() - timedelta(days=40)
    Message.objects.filter(pk=old.id).update(created_at=then)

    day = (then + timedelta(days=2)).date().isoformat()
    assert found(ana, "meadow from:ana") == ["the meadow is mine"]
    assert found(ana, "has:link") == ["the meadow, see https://medley.example/meadow"]
    assert found(ana, f"meadow before:{day}") == ["an old meadow"]
    assert len(found(ana, f"meadow after:{day}")) == 2
    assert found(ana, "meadow", conversation=direct.pk) == ["an old meadow"]
    assert found(ana, "meadow from:nobody") == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "search.empty"),
        ("?!", "search.empty"),
        ("after:2026-01-01", "search.empty"),
        ("has:unicorn", "search.unknown_kind"),
        ("x before:yesterday", "search.bad_date"),
        ("x before:2026-02-31", "search.bad_date"),
        ("x" * 201, "search.too_long"),
    ],
)
def test_bad_questions_are_refused_with_their_code(ana, text, code):
    with pytest.raises(ValidationError) as refused:
        found(ana, text)

    assert refused.value.code == code


def test_a_cursor_that_is_none_is_refused(ana):
    with pytest.raises(ValidationError) as refused:
        search.find(ana, search.Question.typed("meadow"), after="page two")

    assert refused.value.code == "search.bad_cursor"


# --- What must not be found -----------------------------------------------------------------------


def test_only_where_one_takes_part(ana, ben, zoe, group):
    say(ben, group, "our secret meadow")

    assert found(ana, "secret") == ["our secret meadow"]
    assert found(zoe, "secret") == []


@rule("R28", "query")
def test_nothing_after_one_was_removed(ana, ben, group):
    say(ana, group, "our secret meadow")
    assert found(ben, "secret") == ["our secret meadow"]

    actions.remove_member(ana, group, ben)

    assert found(ben, "secret") == []


@rule("R25", "query")
def test_nothing_from_before_one_came(ana, ben, group):
    before = say(ana, group, "before his time")
    Membership.objects.filter(conversation=group, user=ben).update(from_seq=before.seq)
    say(ana, group, "in his time")

    assert found(ben, "his time") == ["in his time"]
    assert found(ana, "his time") == ["in his time", "before his time"]


@rule("R12", "query")
def test_no_request_before_it_is_accepted(ana, zoe):
    request = actions.start_direct(zoe, ana)
    say(zoe, request, "loved your meadow")

    assert found(ana, "meadow") == []
    actions.accept(ana, request)
    assert found(ana, "meadow") == ["loved your meadow"]


def test_nothing_that_was_unsent(ana, ben, group):
    said = say(ben, group, "a slip of the tongue")
    assert found(ana, "slip") == ["a slip of the tongue"]

    actions.unsend_message(ben, group, seq=said.seq)

    assert found(ana, "slip") == []
    assert "slip" not in "".join(Searchable.objects.values_list("words", flat=True))


def test_the_words_after_an_edit_and_not_before(ana, ben, group):
    said = say(ben, group, "a meadow")
    assert found(ana, "meadow") == ["a meadow"]

    actions.edit_message(ben, group, seq=said.seq, body="a forest")

    assert found(ana, "meadow") == []
    assert found(ana, "forest") == ["a forest"]


@rule("R15", "query")
def test_what_a_block_folds_away_is_not_brought_up(ana, ben, group):
    say(ben, group, "still here")
    block(ana, ben)

    assert found(ana, "still") == []


def test_deleted_messages_leave_nothing(ana, ben, group):
    said = say(ben, group, "gone tomorrow")
    assert found(ana, "gone") == ["gone tomorrow"]

    Message.objects.filter(pk=said.id).delete()

    assert found(ana, "gone") == []
    assert not Searchable.objects.filter(message=said.id).exists()


# --- Keeping in step ------------------------------------------------------------------------------


def test_catching_up_takes_each_message_once(ana, ben, group):
    for number in range(3):
        say(ben, group, f"meadow {number}")

    assert [search.catch_up(), search.catch_up()] == [3, 0]
    say(ana, group, "one more")
    assert search.catch_up() == 1


def test_catching_up_goes_on_page_by_page(ana, ben, group, monkeypatch):
    monkeypatch.setattr("chat.search.indexing.TOGETHER", 2)
    for number in range(5):
        say(ben, group, f"meadow {number}")

    assert search.catch_up() == 5


def test_a_search_needs_few_queries(ana, ben, group, django_assert_max_num_queries):
    for number in range(20):
        say(ben, actions.start_direct(ana, ben) if number % 2 else group, f"meadow {number}")
    search.catch_up()

    with django_assert_max_num_queries(8):
        page = search.find(ana, search.Question.typed("meadow"))

    assert len(page.found) == 20


# --- Words and excerpts ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Don't SHOUT", ["don", "t", "shout"]),
        ("e\u0301cole", ["ecole"]),
        ("हिन्दी भाषा", ["हिनदी", "भाषा"]),
        ("snake_case x² 👍", ["snake", "case", "x2"]),
        ("東京都", ["東京", "京都", "都"]),
    ],
)
def test_words_are_cut_where_people_part_them(text, words):
    assert [word.folded for word in words_in(text)] == words


def test_of_unspaced_writing_whole_pairs_are_wanted():
    assert wanted_in("東京都 to go") == ["東京", "京都", "to", "go"]
    assert wanted_in("東") == ["東"]


def test_an_excerpt_marks_a_word_that_holds_what_was_looked_for():
    assert excerpt_of("the Konzertkarten", ["zert"]).hits == [(4, 17)]


def test_an_excerpt_stands_around_the_first_word():
    said = "far " * 60 + "the meadow" + " away" * 60

    excerpt = excerpt_of(said, ["mead"])

    assert [excerpt.text[start:end] for start, end in excerpt.hits] == ["meadow"]
    assert excerpt.text.startswith("…far")
    assert len(excerpt.text) <= 142
    assert "".join(piece for piece, _hit in excerpt.pieces) == excerpt.text
