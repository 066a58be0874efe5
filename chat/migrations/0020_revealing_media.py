from django.db import migrations, models


class Migration(migrations.Migration):
    """What shows nakedness is not sent to or by anybody under 18."""

    dependencies = [("chat", "0019_word_filters")]

    operations = [
        migrations.AddField(
            model_name="media",
            name="is_revealing",
            field=models.BooleanField(
                db_default=False, default=False, help_text="The nudity detector found something."
            ),
        ),
    ]
