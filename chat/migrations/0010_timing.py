"""What happens to messages by the clock."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("chat", "0009_threads_pins_forwards")]

    operations = []
