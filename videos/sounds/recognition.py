"""Hearing that a sound is one we know, by an index: no matter how many are known."""

from uuid import UUID

from django.db import transaction

from accounts.fingerprints import SAME_BELOW, Words, difference, likely, marks, words_of
from videos.models import Sound, SoundMark


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
    kept = SoundMark.objects.exclude(sound=other_than) if other_than else SoundMark.objects.all()
    places = likely(heard, kept, "sound")
    sounds = Sound.objects.in_bulk({sound_id for sound_id, _shift in places})
    scored = [
        (difference(_words(sounds[sound_id]), heard, shift), sounds[sound_id].pk)
        for sound_id, shift in places
        if sound_id in sounds
    ]
    if not scored:
        return None
    least, key = min(scored)
    return sounds[key] if least <= SAME_BELOW else None


def _words(sound: Sound) -> Words:
    return words_of(bytes(sound.fingerprint))
