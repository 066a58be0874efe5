import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Whoever reported something can ask for another look as well."""

    dependencies = [("accounts", "0019_account_safety")]

    operations = [
        migrations.AddField(
            model_name="appeal",
            name="report",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="appeal",
                to="accounts.report",
            ),
        ),
    ]
