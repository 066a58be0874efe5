import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

DAYS = 14  # to withdraw from what was bought at a distance: EU law, and what we promise elsewhere


def promise(apps, schema_editor):
    """Everywhere, everything, unless a later row says more."""
    windows = apps.get_model("commerce", "ReturnWindow").objects.using(
        schema_editor.connection.alias
    )
    windows.get_or_create(country="", category=None, defaults={"days": DAYS})


def take_back(apps, schema_editor):
    windows = apps.get_model("commerce", "ReturnWindow").objects.using(
        schema_editor.connection.alias
    )
    windows.filter(country="", category=None).delete()


class Migration(migrations.Migration):
    """What changed for orders: shops outlive whoever owned them, and how long one can return."""

    dependencies = [
        ("commerce", "0006_paying"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="shop",
            name="owner",
            field=models.OneToOneField(
                help_text="None once they left: what was sold stays in the books.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="shop",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RunPython(promise, take_back),
    ]
