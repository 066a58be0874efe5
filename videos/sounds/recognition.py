"""Hearing that a sound is one we know, by an index: no matter how many are known."""

from collections import Counter
from uuid import UUID

from django.db import transaction

from videos.models import Sound, SoundMark
from videos.sounds.fingerprint import SAME_BELOW, Words, difference, marks, questions, words_of

# Only those that share the most marks are compared word by word.
CANDIDATES = 30
# What half of all songs share (silence, one held note) tells nothing.
ROWS = 50_000
ASKED_AT_ONCE = 500


@transaction.atomic
def remember(sound: Sound, fingerprint: bytes) -> None:
    """Keep how it sounds, so that it is recognised."""
    sound.fingerprint = fingerprint
    sound.save(update_fields=["fingerprint"])
    sound.marks.all().delete()
    SoundMark.objects.bulk_create(
        (SoundMark(sound=sound, word=word, place=place) for word, place in marks(_words(sound))),
        batch_size=1000,
    )


def recognise(fingerprint: bytes, *, other_than: UUID | None = None) -> Sound | None:
    """The known sound that is heard in this one, the most alike first; None where there is none.

    Finds two seconds and more of it at its own speed, turned down or with a voice over it up to a
    third of its loudness. One that was sped up or sung anew is another sound to it.
    """
    heard = words_of(fingerprint)
    likely = _likely(heard, other_than)
    sounds = Sound.objects.in_bulk({sound_id for sound_id, _shift in likely})
    scored = [
        (difference(_words(sounds[sound_id]), heard, shift), sounds[sound_id].pk)
        for sound_id, shift in likely
        if sound_id in sounds
    ]
    if not scored:
        return None
    least, key = min(scored)
    return sounds[key] if least <= SAME_BELOW else None


def _words(sound: Sound) -> Words:
    return words_of(bytes(sound.fingerprint))


def _likely(heard: Words, other_than: UUID | None) -> list[tuple[UUID, int]]:
    """(sound, how many words into it `heard` begins), by how many marks say so."""
    asked = questions(heard)
    agreeing: Counter[tuple[UUID, int]] = Counter()
    rows, keys = 0, list(asked)
    for start in range(0, len(keys), ASKED_AT_ONCE):
        found = SoundMark.objects.filter(word__in=keys[start : start + ASKED_AT_ONCE])
        found = found.exclude(sound=other_than) if other_than else found
        for word, place, sound_id in found.values_list("word", "place", "sound")[: ROWS - rows]:
            rows += 1
            agreeing.update((sound_id, place - each) for each in asked[word])
    return [key for key, _count in agreeing.most_common(CANDIDATES)]
