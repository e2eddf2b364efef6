from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("offices", "0002_review_overdue"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="office", name="office_kind_is_known"),
        migrations.AlterField(
            model_name="office",
            name="kind",
            field=models.CharField(
                choices=[
                    ("physician", "Physician"),
                    ("medical_group", "Medical Group"),
                    ("hospital", "Hospital"),
                    ("ancillary", "Ancillary"),
                    ("billing_company", "Billing Company"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="office",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["physician", "medical_group", "hospital", "ancillary", "billing_company"])
                ),
                name="office_kind_is_known",
            ),
        ),
    ]
