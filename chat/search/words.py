"""How words are looked up: folded, cut, and each with the key of the conversation it was said in.

A row of `Searchable.words` reads like `1f0c9a42hello 1f0c9a42friday 1f0c9a42_by_77e0... `: the last
eight hex digits of the conversation's id before each word. That way an index finds a word in one
conversation by one descent, however often the rest of the world says it. The key is short: where
two conversations share one, their ids tell them apart afterwards.

How text is cut into words stands in accounts/words.py.
"""

from collections.abc import Iterable
from uuid import UUID

from accounts.words import words_in

MOST = 500  # different words of one message
INSIDE = 3  # letters that are enough to be looked for in the middle of words


def key_of(conversation_id: UUID) -> str:
    """What stands before every word said in a conversation."""
    return conversation_id.hex[-8:]


def mark_of_author(author_id: UUID) -> str:
    """What a message of this person is found by; no word has an underscore."""
    return f"_by_{author_id.hex[-12:]}"


def mark_of_kind(kind: str) -> str:
    """What a message that holds this kind of thing is found by."""
    return f"_is_{kind}"


def indexed(text: str, marks: Iterable[str], conversation_id: UUID) -> str:
    """A message's words and marks as `Searchable.words` keeps them."""
    key = key_of(conversation_id)
    words = dict.fromkeys(word.folded for word in words_in(text))
    kept = [*marks, *list(words)[:MOST]]
    return " ".join(key + each for each in kept)
