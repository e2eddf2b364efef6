"""Tables of how the directory is kept true: changes by field, their documents, attestations, reminders."""

from django.db import models
from django.db.models import Q

from portico.domains.directory.models.listings import Listing


class Change(models.Model):
    """An office changes one field of a listing from a day on; the provider file has the last word.

    Sent, then accepted (in force here from `effective_on`, `published_at`) or refused by the plan with a
    reason; confirmed once the provider file says the same, contradicted once it says something else than
    either before or after. `due_at`: two business days after it was sent.
    """

    class State(models.TextChoices):
        SENT = "sent"
        ACCEPTED = "accepted"
        REFUSED = "refused"
        TAKEN_BACK = "taken_back"
        CONFIRMED = "confirmed"
        CONTRADICTED = "contradicted"

    reference = models.CharField(max_length=17, unique=True)
    listing = models.ForeignKey(Listing, null=True, on_delete=models.SET_NULL, related_name="changes")
    npi = models.CharField(max_length=10)
    tax_id = models.CharField(max_length=9)
    office_id = models.BigIntegerField()
    field = models.CharField(max_length=30)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    effective_on = models.DateField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.SENT)
    sent_at = models.DateTimeField()
    sent_by = models.BigIntegerField(null=True)
    due_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.BigIntegerField(null=True)
    why = models.CharField(max_length=300, blank=True)
    published_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    exported_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["listing", "field"], condition=Q(state="sent"), name="one_open_change_a_field"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["sent", "taken_back"]) | Q(decided_at__isnull=False),
                name="change_is_decided_at_some_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(why=""), name="change_is_refused_with_a_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "due_at"], name="directory_change_due"),
            models.Index(fields=["office_id", "id"], name="directory_change_by_office"),
        ]


class ChangeFile(models.Model):
    """A document that goes with a change, sealed; where there is a scanner, only a clean one goes out."""

    class Scan(models.TextChoices):
        CLEAN = "clean"
        WAITING = "waiting"
        INFECTED = "infected"

    change = models.ForeignKey(Change, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    sealed = models.BinaryField()
    sent_at = models.DateTimeField()
    scan = models.CharField(max_length=10, choices=Scan.choices, default=Scan.CLEAN)


class Attestation(models.Model):
    """An office said on a day that a listing is true as shown: `shown`, its fields; `digest`: of all of it.

    `changed`: how many of the fields said something else than the time before.
    """

    listing = models.ForeignKey(Listing, null=True, on_delete=models.SET_NULL, related_name="attestations")
    npi = models.CharField(max_length=10)
    tax_id = models.CharField(max_length=9)
    office_id = models.BigIntegerField()
    user_id = models.BigIntegerField(null=True)
    made_at = models.DateTimeField()
    digest = models.CharField(max_length=64)
    shown = models.JSONField(default=dict)
    changed = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["office_id", "id"], name="directory_attested_by_office")]


class Reminder(models.Model):
    """An office was reminded so many days before something of a tax ID has to be attested."""

    tax_id = models.CharField(max_length=9)
    attest_by = models.DateField()
    days = models.SmallIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tax_id", "attest_by", "days"], name="reminded_once_a_day")
        ]


class NetworkAnswer(models.Model):
    """What was answered to "is this provider in the network?": a receipt that stays as it was given.

    `content` is what was shown, `content_hash` its SHA-256; no patient stands in it.
    """

    reference = models.CharField(max_length=17, unique=True)
    npi = models.CharField(max_length=10)
    tax_id = models.CharField(max_length=9, blank=True)
    line = models.CharField(max_length=40)
    as_of = models.DateField()
    verdict = models.CharField(max_length=20)
    office_id = models.BigIntegerField(null=True)
    persona_id = models.BigIntegerField(null=True)
    asked_at = models.DateTimeField()
    content = models.JSONField(default=dict)
    content_hash = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["office_id", "id"], name="directory_answer_by_office")]
