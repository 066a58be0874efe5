"""What people watched, what goes with what, the slates made of it, and the words search knows."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

# Read by videos/search/engines.py; the words are folded already and parted by spaces alone.
POSTGRES = (
    "create index videos_findable_words on videos_findable"
    " using gin (array_to_tsvector(string_to_array(words, ' '))) with (fastupdate = off)",
    "drop index videos_findable_words",
)
SQLITE = (
    "create virtual table videos_findable_words using fts5("
    " words, content='videos_findable', content_rowid='id', tokenize='ascii')",
    "drop table videos_findable_words",
)
TRIGGERS = {
    "added": "after insert on videos_findable begin {add} end",
    "changed": "after update of words on videos_findable begin {drop} {add} end",
    "dropped": "after delete on videos_findable begin {drop} end",
}
ADD = "insert into videos_findable_words(rowid, words) values (new.id, new.words);"
DROP = (
    "insert into videos_findable_words(videos_findable_words, rowid, words)"
    " values ('delete', old.id, old.words);"
)


def make_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRES[0])
        return
    schema_editor.execute(SQLITE[0])
    for name, trigger in TRIGGERS.items():
        body = trigger.format(add=ADD, drop=DROP)
        schema_editor.execute(f"create trigger videos_findable_{name} {body}", params=None)


def drop_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRES[1])
        return
    for name in TRIGGERS:
        schema_editor.execute(f"drop trigger videos_findable_{name}")
    schema_editor.execute(SQLITE[1])


class Migration(migrations.Migration):
    dependencies = [
        ("videos", "0003_recipes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FeedProfile",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="feed_profile",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "is_personal",
                    models.BooleanField(
                        default=True,
                        help_text="Off: newest and popular videos only, and nothing is learned from you.",
                        verbose_name="a feed made for you",
                    ),
                ),
                (
                    "reset_at",
                    models.DateTimeField(help_text="What was before is forgotten.", null=True),
                ),
                (
                    "asked_at",
                    models.DateTimeField(help_text="When a new slate was asked for.", null=True),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Fit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kernel", models.CharField(max_length=20)),
                (
                    "fading",
                    models.FloatField(
                        help_text="A like counts half so many likes later.", null=True
                    ),
                ),
                ("recall", models.FloatField(help_text="At 20, of what was held out.")),
                ("people", models.PositiveIntegerField()),
                ("videos", models.PositiveIntegerField()),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "get_latest_by": "made_at",
            },
        ),
        migrations.CreateModel(
            name="Neighbourhood",
            fields=[
                (
                    "video",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="neighbourhood",
                        serialize=False,
                        to="videos.video",
                    ),
                ),
                ("near", models.BinaryField(help_text="16 bytes of id and 4 of weight, each.")),
                ("made_at", models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name="Reception",
            fields=[
                (
                    "video",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="reception",
                        serialize=False,
                        to="videos.video",
                    ),
                ),
                (
                    "shown",
                    models.PositiveIntegerField(
                        default=0, help_text="Times it was before somebody."
                    ),
                ),
                ("finished", models.PositiveIntegerField(default=0)),
                (
                    "skipped",
                    models.PositiveIntegerField(default=0, help_text="Left within two seconds."),
                ),
                ("rewatched", models.PositiveIntegerField(default=0)),
                ("watched_ms", models.PositiveBigIntegerField(default=0)),
                (
                    "unwanted",
                    models.PositiveIntegerField(default=0, help_text="Told “not interested”."),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Term",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("word", models.CharField(max_length=40, unique=True)),
                ("count", models.PositiveIntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name="Findable",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("words", models.TextField(blank=True)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "video",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="findable",
                        to="videos.video",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Affinity",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "score",
                    models.FloatField(
                        help_text="1 for each time watched to the end, less for skips."
                    ),
                ),
                ("finished", models.PositiveIntegerField(default=0)),
                ("times", models.PositiveIntegerField(default=1)),
                ("last_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="affinities",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "video",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="affinities",
                        to="videos.video",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["user", "-last_at"], name="affinity_lately")],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("user"), models.F("video"), name="affinity_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SlateItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rank", models.PositiveBigIntegerField()),
                ("reason", models.JSONField()),
                ("seen_at", models.DateTimeField(null=True)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="slate",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "video",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="slated",
                        to="videos.video",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("user"), models.F("rank"), name="slate_rank_once"
                    ),
                    models.UniqueConstraint(
                        models.F("user"), models.F("video"), name="slate_video_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Taste",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("video", "Video"),
                            ("author", "Person"),
                            ("sound", "Sound"),
                            ("topic", "Topic"),
                            ("word", "Word"),
                        ],
                        max_length=6,
                    ),
                ),
                (
                    "key",
                    models.CharField(help_text="An id, a topic's name, a word.", max_length=60),
                ),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "None of it"), (1, "Less"), (3, "More")], default=0
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tastes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("user"), models.F("kind"), models.F("key"), name="taste_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TermKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=40)),
                (
                    "term",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="keys",
                        to="videos.term",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["key"], name="term_by_key")],
            },
        ),
        migrations.CreateModel(
            name="Trend",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("region", models.CharField(blank=True, max_length=2)),
                ("heat", models.FloatField()),
                (
                    "video",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="trends",
                        to="videos.video",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["region", "-heat"], name="trend_by_heat")],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("region"), models.F("video"), name="trend_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="WatchEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("for_you", "For you"),
                            ("following", "Following"),
                            ("friends", "Friends"),
                            ("profile", "Profile"),
                            ("search", "Search"),
                            ("sound", "Sound"),
                            ("tag", "Topic"),
                            ("chat", "Conversations"),
                            ("link", "Link"),
                        ],
                        max_length=9,
                    ),
                ),
                (
                    "watched_ms",
                    models.PositiveIntegerField(help_text="Played in all, loops included."),
                ),
                (
                    "duration_ms",
                    models.PositiveIntegerField(help_text="Of the video, as the player knew it."),
                ),
                ("loops", models.PositiveSmallIntegerField(default=0)),
                (
                    "region",
                    models.CharField(blank=True, help_text="Of whoever watched.", max_length=2),
                ),
                ("at", models.DateTimeField()),
                ("counted_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="watch_events",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "video",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="watch_events",
                        to="videos.video",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["video", "at"], name="watch_of_video"),
                    models.Index(
                        condition=models.Q(("user", None), _negated=True),
                        fields=["user", "at"],
                        name="watch_of_user",
                    ),
                    models.Index(
                        condition=models.Q(("counted_at", None)),
                        fields=["id"],
                        name="watch_uncounted",
                    ),
                ],
            },
        ),
        migrations.RunPython(make_index, drop_index),
    ]
