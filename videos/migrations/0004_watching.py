"""What people watched, what goes with what, and the slates made of it."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("videos", "0003_recipes")]

    operations = []
