"""Reports."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_theme_and_age_refusals")]

    operations = []
