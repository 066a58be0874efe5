"""Groups: roles, rights, joining."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("chat", "0006_membership_indexes")]

    operations = [
        migrations.AddField(
            model_name="conversation",
            name="rights",
            field=models.JSONField(
                blank=True,
                help_text="The lowest role by right, where the group decided it.",
                null=True,
            ),
        ),
        migrations.AlterField(
            model_name="membership",
            name="role",
            field=models.CharField(
                choices=[
                    ("owner", "Owner"),
                    ("admin", "Admin"),
                    ("moderator", "Moderator"),
                    ("member", "Member"),
                ],
                default="member",
                max_length=9,
            ),
        ),
    ]
