from django.db import migrations, models


class Migration(migrations.Migration):
    """What became of a report is its state. Nothing was ever written in the column; it stays, with
    a default, while processes of the last release insert into it."""

    dependencies = [("accounts", "0024_upload_parts")]

    operations = [
        migrations.AlterField(
            "report", "outcome", models.TextField(blank=True, default="", db_default="")
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.RemoveField("report", "outcome")]
        ),
    ]
