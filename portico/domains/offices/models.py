"""Tables of offices and of the provider file (a read copy of the core system's)."""

from django.db import models
from django.db.models import F, Q

ENDS_AFTER_START = Q(last_on__isnull=True) | Q(last_on__gte=F("first_on"))


class Office(models.Model):
    """An organisation with an account here.

    A billing company works for other offices, its clients, as far as each lets it (access.clients).
    `review_overdue_since`: it has not looked through who may do what in time (access.reviews keeps it so).
    """

    class Kind(models.TextChoices):
        PHYSICIAN = "physician"
        MEDICAL_GROUP = "medical_group"
        HOSPITAL = "hospital"
        ANCILLARY = "ancillary"
        BILLING_COMPANY = "billing_company"

    key = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    contact_email = models.EmailField(blank=True)
    telephone = models.CharField(max_length=20, blank=True)
    created_at = models.DateTimeField()
    review_overdue_since = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind__in=["physician", "medical_group", "hospital", "ancillary", "billing_company"]
                ),
                name="office_kind_is_known",
            )
        ]


class Group(models.Model):
    """A medical group through which tax IDs serve members."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=160)


class TaxId(models.Model):
    """A tax ID of the provider file; `office` is the office that bills under it, once it has an account."""

    number = models.CharField(max_length=9, unique=True)
    name = models.CharField(max_length=160)
    office = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="tax_ids")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(number__regex=r"^[0-9]{9}$"), name="tax_id_has_nine_digits")
        ]


class Provider(models.Model):
    """Someone or somewhere with an NPI."""

    npi = models.CharField(max_length=10, unique=True)
    is_organization = models.BooleanField(default=False)
    last_name = models.CharField(max_length=160)
    first_name = models.CharField(max_length=60, blank=True)
    middle_name = models.CharField(max_length=60, blank=True)
    suffix = models.CharField(max_length=20, blank=True)
    credential = models.CharField(max_length=40, blank=True)
    name_key = models.CharField(max_length=160, db_index=True)
    taxonomy_code = models.CharField(max_length=10, blank=True)
    specialty = models.CharField(max_length=120, blank=True)
    licence_number = models.CharField(max_length=40, blank=True)
    licence_state = models.CharField(max_length=2, blank=True)
    languages = models.JSONField(default=list)


class Affiliation(models.Model):
    """Provider P bills under tax ID T from … to …, at a place, perhaps through a medical group."""

    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="affiliations")
    tax_id = models.ForeignKey(TaxId, on_delete=models.CASCADE, related_name="affiliations")
    group = models.ForeignKey(Group, null=True, on_delete=models.PROTECT, related_name="affiliations")
    first_on = models.DateField()
    last_on = models.DateField(null=True)
    address = models.CharField(max_length=160, blank=True)
    city = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=2, blank=True)
    postal_code = models.CharField(max_length=10, blank=True)
    telephone = models.CharField(max_length=20, blank=True)
    fax = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    accepts_new_patients = models.BooleanField(default=False)
    telehealth = models.BooleanField(default=False)
    accessibility = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "tax_id", "first_on"], name="one_affiliation_a_start"
            ),
            models.CheckConstraint(condition=ENDS_AFTER_START, name="affiliation_ends_after_start"),
        ]


class Participation(models.Model):
    """Under an affiliation a provider takes part in a line of business from … to …."""

    affiliation = models.ForeignKey(Affiliation, on_delete=models.CASCADE, related_name="participations")
    line = models.ForeignKey(
        "plan.LineOfBusiness", to_field="code", db_column="line", on_delete=models.PROTECT, related_name="+"
    )
    first_on = models.DateField()
    last_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["affiliation", "line", "first_on"], name="one_participation_a_start"
            ),
            models.CheckConstraint(condition=ENDS_AFTER_START, name="participation_ends_after_start"),
        ]
