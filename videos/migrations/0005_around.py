"""Comments that are liked and pinned, given the author's heart and held for them."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

AT_ONCE = 1000


def count_answers(apps, schema_editor):
    """Threads remember how many answers they have; a thousand at a time, for the table is live."""
    comments = apps.get_model("videos", "Comment").objects
    answered = comments.filter(answers__isnull=False).distinct().order_by().values_list("pk")
    answers = comments.filter(parent=OuterRef("pk")).order_by().values("parent")
    counted = Coalesce(Subquery(answers.annotate(n=Count("pk")).values("n")), 0)
    waiting: list = []
    for (pk,) in answered.iterator(chunk_size=AT_ONCE):
        waiting.append(pk)
        if len(waiting) == AT_ONCE:
            comments.filter(pk__in=waiting).update(answer_count=counted)
            waiting.clear()
    comments.filter(pk__in=waiting).update(answer_count=counted)


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("videos", "0004_watching"),
    ]

    operations = [
        migrations.AddField(
            "comment", "like_count", models.PositiveIntegerField(db_default=0, default=0)
        ),
        migrations.AddField(
            "comment",
            "answer_count",
            models.PositiveIntegerField(
                db_default=0, default=0, help_text="Answers that are not held."
            ),
        ),
        migrations.AddField("comment", "pinned_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField(
            "comment",
            "hearted_at",
            models.DateTimeField(
                blank=True, help_text="When the video's author gave their heart.", null=True
            ),
        ),
        migrations.AddField(
            "comment",
            "held_at",
            models.DateTimeField(
                blank=True, help_text="Since when it waits for the video's author.", null=True
            ),
        ),
        migrations.CreateModel(
            "CommentFilter",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="comment_filter",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "words",
                    models.JSONField(
                        blank=True, default=list, help_text="In lower case, one each."
                    ),
                ),
                (
                    "holds_links",
                    models.BooleanField(default=False, verbose_name="hold comments with links"),
                ),
                (
                    "holds_all",
                    models.BooleanField(default=False, verbose_name="hold every comment"),
                ),
            ],
        ),
        migrations.CreateModel(
            "CommentLike",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="likes",
                        to="videos.comment",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comment_likes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint("comment", "user", name="comment_like_once")
                ],
            },
        ),
        migrations.AddConstraint(
            "comment",
            models.UniqueConstraint(
                "video", condition=Q(pinned_at__isnull=False), name="comment_pinned_once"
            ),
        ),
        migrations.AddConstraint(
            "comment",
            models.CheckConstraint(
                condition=Q(pinned_at=None) | Q(parent=None, held_at=None),
                name="comment_pinned_is_shown_thread",
            ),
        ),
        migrations.RunPython(count_answers, migrations.RunPython.noop),
    ]
