"""Words and phrases are found however they are dressed up, and innocent ones are not."""

import pytest
from django.core.exceptions import ValidationError

from accounts.filtering.words import MOST_WORDS, WORD_LENGTH, clean_list, compiled


def finds(word: str, text: str) -> bool:
    return compiled((word,)).finds(text)


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("spam", "Buy SPAM now"),
        ("spam", "spam"),
        ("spam", "no,spam!"),
        ("spam*", "a spammer"),
        ("buy now", "BUY   now, friends"),
        ("buy now", "buy\nnow"),
        ("crème", "la creme"),
        ("creme", "la crème"),
        ("straße", "STRASSE"),
        ("\u0441\u043f\u0430\u043c", "\u042d\u0442\u043e \u0421\u041f\u0410\u041c"),
        ("广告", "这是广告吗"),
        ("โฆษณา", "นี่คือโฆษณาใช่ไหม"),
        ("إعلان", "هذا إعلان جديد"),
    ],
)
def test_word_is_found(word, text):
    assert finds(word, text)


@pytest.mark.parametrize(
    "text",
    [
        "s\u200bp\u200ba\u200bm",  # zero-width spaces
        "sp\u00adam",  # a soft hyphen
        "\u202espam\u202c",  # marks of direction
        "\uff53\uff50\uff41\uff4d",  # full width
        "sp\u0430m",  # a Cyrillic a
        "\u0455\u0440\u0430m",  # and more of them
        "sp\u03b1m",  # a Greek alpha
        "5p4m",
        "sp@m",
        "$pam",
        "s p a m",
        "s.p.a.m",
        "s-p-a-m",
        "sp\u0301am",  # an accent
    ],
)
def test_no_dress_hides_a_word(text):
    assert finds("spam", f"buy {text} now")


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("ass", "a classic assistant"),
        ("spam", "spammer"),
        ("buy now", "buy it now"),
        ("buy now", "buy"),
        ("1984", "call 1985"),
        ("cop", "\u0441\u043b\u043e\u0432\u043e"),
        ("a", "an apple"),
    ],
)
def test_what_only_looks_a_little_like_it_is_not(word, text):
    assert not finds(word, text)


def test_empty_list_and_empty_text_find_nothing():
    assert not compiled(()).finds("anything")
    assert not compiled(("spam",)).finds("")
    assert not compiled(("***",)).finds("***")


def test_list_is_kept_in_lower_case_each_once():
    assert clean_list([" Cat ", "cat", "", "***", "Two  words"]) == ["cat", "two words"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ([f"word{number}" for number in range(MOST_WORDS + 1)], "filter.too_many"),
        (["x" * (WORD_LENGTH + 1)], "filter.word_too_long"),
    ],
)
def test_list_has_an_end(words, code):
    with pytest.raises(ValidationError) as refused:
        clean_list(words)

    assert refused.value.code == code


def test_long_message_against_a_full_list_is_quick():
    from time import process_time

    full = compiled(tuple(f"word{number}*" for number in range(MOST_WORDS)))
    text = "other words without end " * 400

    started = process_time()
    assert not full.finds(text)

    assert process_time() - started < 0.5
