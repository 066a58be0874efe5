"""The person's own inbox: folders, settings, search."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import accounts.ids
import accounts.text

# Read by chat/search/engines.py. Without its waiting list (fastupdate), which every search would
# have to read through, and which whoever fills it up would have to empty.
POSTGRES = (
    "create index chat_searchable_words on chat_searchable"
    " using gin (array_to_tsvector(string_to_array(words, ' '))) with (fastupdate = off)",
    "drop index chat_searchable_words",
)
# Words are parted by spaces alone: chat/search/words.py has folded them already.
SQLITE = (
    "create virtual table chat_searchable_words using fts5("
    " words, content='chat_searchable', content_rowid='id', tokenize=\"ascii tokenchars '_'\")",
    "drop table chat_searchable_words",
)
TRIGGERS = {
    "added": "after insert on chat_searchable begin {add} end",
    "changed": "after update of words on chat_searchable begin {drop} {add} end",
    "dropped": "after delete on chat_searchable begin {drop} end",
}
ADD = "insert into chat_searchable_words(rowid, words) values (new.id, new.words);"
DROP = (
    "insert into chat_searchable_words(chat_searchable_words, rowid, words)"
    " values ('delete', old.id, old.words);"
)


def make_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRES[0])
        return
    schema_editor.execute(SQLITE[0])
    for name, trigger in TRIGGERS.items():
        body = trigger.format(add=ADD, drop=DROP)
        schema_editor.execute(f"create trigger chat_searchable_{name} {body}", params=None)


def drop_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRES[1])
        return
    for name in TRIGGERS:
        schema_editor.execute(f"drop trigger chat_searchable_{name}")
    schema_editor.execute(SQLITE[1])


class Migration(migrations.Migration):
    dependencies = [
        ("chat", "0013_watching"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="membership",
            name="pinned_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="membership",
            name="archived_seq",
            field=models.PositiveBigIntegerField(
                blank=True, help_text="What had been said when it was put away.", null=True
            ),
        ),
        migrations.AddField(
            model_name="membership",
            name="is_marked_unread",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="membership",
            name="notify",
            field=models.CharField(
                choices=[
                    ("all", "Everything"),
                    ("mentions", "When I am mentioned"),
                    ("none", "Nothing"),
                ],
                db_default="all",
                default="all",
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="membership",
            name="shows_reading",
            field=models.BooleanField(db_default=True, default=True, verbose_name="read receipts"),
        ),
        migrations.AddField(
            model_name="membership",
            name="shows_typing",
            field=models.BooleanField(db_default=True, default=True, verbose_name="typing"),
        ),
        migrations.AddField(
            model_name="membership",
            name="colour",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "Iris"),
                    ("lagoon", "Lagoon"),
                    ("moss", "Moss"),
                    ("honey", "Honey"),
                    ("rose", "Rose"),
                    ("graphite", "Graphite"),
                ],
                db_default="",
                default="",
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="membership",
            name="wallpaper",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "Plain"),
                    ("dots", "Dots"),
                    ("scales", "Scales"),
                    ("weave", "Weave"),
                    ("staves", "Staves"),
                ],
                db_default="",
                default="",
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="membership",
            name="nicknames",
            field=models.JSONField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="membership",
            name="hushed",
            field=models.JSONField(blank=True, null=True),
        ),
        migrations.CreateModel(
            name="Folder",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=accounts.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        max_length=24,
                        validators=[
                            accounts.text.validate_name,
                            django.core.validators.MinLengthValidator(1),
                        ],
                        verbose_name="name",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "memberships",
                    models.ManyToManyField(
                        blank=True, related_name="folders", to="chat.membership"
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="folders",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"ordering": ["position", "id"]},
        ),
        migrations.CreateModel(
            name="Searchable",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("author_id", models.UUIDField(null=True)),
                ("seq", models.PositiveBigIntegerField()),
                ("said_at", models.DateTimeField()),
                ("words", models.TextField(blank=True)),
                (
                    "conversation",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="chat.conversation",
                    ),
                ),
                (
                    "message",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="searchable",
                        to="chat.message",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["conversation", "said_at", "id"], name="searchable_walk")
                ],
            },
        ),
        migrations.RunPython(make_index, drop_index),
    ]
