"""Lists of hashes: imported, found again, removed (R44)."""

from io import BytesIO, StringIO
from random import Random

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from PIL import Image, ImageOps

from accounts.models import AuditEntry, HashList, KnownHash, OutboxJob
from accounts.screening import importing, lists
from accounts.screening.hashing import hash_of
from accounts.screening.pictures import pictures_in
from tests.accounts.pictures import scene, scene_file
from tests.screening import LIST, hash_line, know


def imported(*lines: str, **settings) -> int:
    return importing.import_hashes(None, LIST, lines, **settings)[1]


def found(picture: Image.Image):
    looked = hash_of(picture)
    assert looked is not None
    return lists.nearest(looked, lists.revisions())


def away_from(value: bytes, bits: int) -> str:
    """The same hash with so many bits turned."""
    number = int.from_bytes(value)
    for bit in Random(bits).sample(range(256), bits):
        number ^= 1 << bit
    return number.to_bytes(32).hex()


# --- Importing ------------------------------------------------------------------------------------


def test_hash_is_written_as_others_write_it():
    assert len(hash_line(scene(1))) == 64
    assert hash_line(scene(1)) == hash_line(scene(1)) != hash_line(scene(2))


def test_list_is_imported_once_however_often(db):
    lines = ["# of somebody", "", f"{hash_line(scene(1))},case 7", hash_line(scene(2)).upper()]

    assert (imported(*lines), imported(*lines)) == (2, 0)
    assert set(KnownHash.objects.values_list("note", flat=True)) == {"case 7", ""}


def test_list_with_a_broken_line_is_imported_not_at_all(db):
    with pytest.raises(ValidationError) as refused:
        imported(hash_line(scene(1)), "not a hash")

    assert refused.value.code == "hashes.malformed"
    assert refused.value.messages == ["Line 2 is no PDQ hash."]
    assert not HashList.objects.exists()


def test_settings_that_are_not_named_stay(db):
    imported(hash_line(scene(1)), severity=7, action="review", reason="hate")
    imported(hash_line(scene(2)))

    known = HashList.objects.get()
    assert (known.severity, known.action, known.reason) == (7, "review", "hate")


def test_what_was_uploaded_before_is_looked_at_by_a_job_for_each_entrance(db, settings):
    imported(hash_line(scene(1)))

    jobs = OutboxJob.objects.filter(task="accounts.screen_stock")
    assert {job.arguments["entrance"] for job in jobs} == set(settings.SCREENED)


def test_imports_stand_in_the_audit_log(db):
    imported(hash_line(scene(1)))

    assert AuditEntry.objects.get(verb="hashes.imported").facts["added"] == 1


def test_command_imports_and_removes(db, tmp_path):
    file = tmp_path / "hashes.csv"
    file.write_text(f"hash,note\n{hash_line(scene(1))},one\n")
    said = StringIO()

    call_command("import_hashes", file, name="Ours", severity=9, stdout=said)
    assert said.getvalue() == "1 new, 1 on the list Ours.\n"
    assert HashList.objects.get().severity == 9

    call_command("import_hashes", name="Ours", remove=True, stdout=said)
    assert not KnownHash.objects.exists()


@pytest.mark.parametrize("words", ["no hash", ""])
def test_command_says_what_is_wrong(db, tmp_path, words):
    file = tmp_path / "hashes.txt"
    if words:
        file.write_text(words)

    with pytest.raises(CommandError):
        call_command("import_hashes", file, name="Ours")


SOUND = "0f0f0f0f" * 20


def test_lists_of_sounds_are_imported_once(db):
    lines = [f"{SOUND},a song", "no sound", SOUND]

    with pytest.raises(ValidationError) as refused:
        importing.import_hashes(None, "Sounds", lines, kind="sound")
    assert refused.value.messages == ["Line 2 is no Chromaprint fingerprint."]

    lines.remove("no sound")
    for added in (1, 0):
        known, count = importing.import_hashes(None, "Sounds", lines, kind="sound")
        assert count == added
    assert (known.distance, known.hashes.get().fingerprint) == (60, bytes.fromhex(SOUND))


def test_list_holds_one_kind(db):
    imported(hash_line(scene(1)))

    with pytest.raises(ValidationError) as refused:
        importing.import_hashes(None, LIST, [SOUND], kind="sound")

    assert refused.value.code == "hashes.kind"


# --- Finding --------------------------------------------------------------------------------------


def test_known_picture_is_found_also_saved_anew_smaller_and_mirrored(db):
    know(scene(1))
    saved = Image.open(BytesIO(scene_file(1, "JPEG", quality=60)))

    assert all(
        found(picture)
        for picture in (
            saved,
            scene(1).resize((90, 90)),
            ImageOps.mirror(scene(1)),
            scene(1).rotate(90),
        )
    )
    assert not any(found(scene(number)) for number in range(2, 20))


@pytest.mark.parametrize(("bits", "is_found"), [(0, True), (31, True), (32, False)])
def test_as_many_bits_may_differ_as_the_list_says(db, bits, is_found):
    looked = hash_of(scene(1))
    assert looked is not None
    imported(away_from(looked.value, bits))

    match = found(scene(1))

    assert (match is not None) == is_found
    assert match is None or match.distance == bits


def test_of_several_lists_the_gravest_finds(db):
    know(scene(1), name="Mild", severity=3)
    know(scene(1), name="Grave", severity=9)

    assert found(scene(1)).list.name == "Grave"


def test_removed_list_finds_nothing_more(db):
    known = know(scene(1))
    assert found(scene(1))

    importing.remove_list(None, known)

    assert found(scene(1)) is None


def test_new_hash_is_found_without_a_restart(db):
    know(scene(1))
    assert found(scene(2)) is None

    know(scene(2))

    assert found(scene(2))


def test_empty_picture_has_no_hash():
    assert hash_of(Image.new("RGB", (200, 200), "teal")) is None


def test_question_costs_one_query_where_nothing_changed(db, django_assert_num_queries):
    know(scene(1))
    found(scene(1))

    with django_assert_num_queries(1):
        found(scene(2))


# --- What a file shows ----------------------------------------------------------------------------


def test_three_pictures_of_a_moving_one(tmp_path):
    first, *rest = [scene(number) for number in range(9)]
    path = tmp_path / "dance.gif"
    first.save(path, save_all=True, append_images=rest, duration=100)

    shown = [hash_of(picture) for picture in pictures_in(path)]

    assert len(shown) == 3
    assert len(set(map(str, shown))) == 3


def test_no_picture_in_words_or_in_what_is_broken(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("Only words.")

    assert list(pictures_in(path)) == []
    assert list(pictures_in(scene_file(1)[:200])) == []
