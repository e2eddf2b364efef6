from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("library", "0001_initial"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="version",
            name="one_version_begins_a_day",
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["scheduled", "published"])),
                fields=("document", "first_on", "publish_at"),
                name="one_version_is_the_last_word_on_a_day",
            ),
        ),
    ]
