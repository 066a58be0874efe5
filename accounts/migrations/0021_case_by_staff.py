from django.db import migrations, models


class Migration(migrations.Migration):
    """A moderator can bring something up as well."""

    dependencies = [("accounts", "0020_reporters_appeal")]

    operations = [
        migrations.AlterField(
            model_name="case",
            name="origin",
            field=models.CharField(
                choices=[
                    ("report", "Reports"),
                    ("appeal", "An appeal"),
                    ("hash", "A known picture or sound"),
                    ("spam", "Looks like spam"),
                    ("words", "Filtered words"),
                    ("nudity", "Nudity was detected"),
                    ("staff", "A moderator"),
                    ("age", "Asks to correct their birth date"),
                ],
                max_length=6,
            ),
        ),
    ]
