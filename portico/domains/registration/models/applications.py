"""Tables of applications: what was claimed, what it was matched with, what happened, and what came of it."""

from django.db import models
from django.db.models import Q

OPEN_STATES = ("submitted", "returned", "seconding")
DECIDED_STATES = ("matched", "approved", "denied", "recognised", "completed", "lapsed")


class Application(models.Model):
    """A request to be registered.

        submitted <-> returned              the desk asks for more once, the applicant answers once
        submitted  -> seconding -> approved where a second pair of eyes is asked for
        submitted  -> approved | denied | recognised
        matched    -> completed             the instant path: the provider file itself says yes
        approved   -> completed | lapsed    username and password are made, or nobody came

    `transaction_index` is the keyed hash of the transaction ID. `differs` names the claimed fields that did
    not agree with the provider file, `reason` is the code the applicant reads. `waited`: how long it lay with
    the applicant, which the plan's goal does not count; `turnaround`: what the decision took of the plan's
    own time; both in business days. People of the plan are numbers of users.
    """

    class Path(models.TextChoices):
        INSTANT = "instant"
        QUEUE = "queue"

    class State(models.TextChoices):
        SUBMITTED = "submitted"
        RETURNED = "returned"
        SECONDING = "seconding"
        MATCHED = "matched"
        APPROVED = "approved"
        DENIED = "denied"
        RECOGNISED = "recognised"
        COMPLETED = "completed"
        LAPSED = "lapsed"

    transaction_index = models.BinaryField(max_length=16, unique=True)
    catalogue = models.PositiveIntegerField()
    account_type = models.CharField(max_length=20)
    user_type = models.CharField(max_length=40)
    path = models.CharField(max_length=10, choices=Path.choices)
    state = models.CharField(max_length=12, choices=State.choices)
    first_name = models.CharField(max_length=60)
    last_name = models.CharField(max_length=60)
    email = models.EmailField()
    telephone = models.CharField(max_length=20)
    office_name = models.CharField(max_length=160)
    address = models.CharField(max_length=160, blank=True)
    city = models.CharField(max_length=80, blank=True)
    state_code = models.CharField(max_length=2, blank=True)
    postal_code = models.CharField(max_length=10, blank=True)
    licence_number = models.CharField(max_length=40, blank=True)
    licence_key = models.CharField(max_length=40, blank=True)
    licence_state = models.CharField(max_length=2, blank=True)
    npi = models.CharField(max_length=10, db_index=True)
    regions = models.JSONField(default=list)
    terms_version = models.CharField(max_length=40, blank=True)
    terms_digest = models.CharField(max_length=64, blank=True)
    agreed_at = models.DateTimeField(null=True)
    agreed_from = models.GenericIPAddressField(null=True)
    reason = models.CharField(max_length=40, blank=True)
    differs = models.JSONField(default=list)
    matched_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    corrected_at = models.DateTimeField(null=True)
    waited = models.DecimalField(max_digits=9, decimal_places=4, default=0)
    assigned_to = models.BigIntegerField(null=True, db_index=True)
    four_eyes = models.BooleanField(default=False)
    first_yes_by = models.BigIntegerField(null=True)
    decided_at = models.DateTimeField(null=True, db_index=True)
    decided_by = models.BigIntegerField(null=True)
    decision = models.CharField(max_length=40, blank=True)
    turnaround = models.DecimalField(max_digits=9, decimal_places=4, null=True)
    office = models.ForeignKey("offices.Office", null=True, on_delete=models.PROTECT, related_name="+")
    user_id = models.BigIntegerField(null=True)
    completed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=OPEN_STATES, decided_at__isnull=True)
                | Q(state__in=DECIDED_STATES, decided_at__isnull=False),
                name="decided_application_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "matched", "completed", "lapsed"])
                | Q(matched_at__isnull=False, path="instant")
                | Q(decided_by__isnull=False),
                name="nobody_comes_in_unmatched_and_undecided",
            ),
            models.CheckConstraint(
                condition=~Q(state="completed")
                | Q(completed_at__isnull=False, user_id__isnull=False, office__isnull=False),
                name="completed_application_names_its_user",
            ),
            models.CheckConstraint(
                condition=~Q(four_eyes=True, state__in=["approved", "completed"])
                | (Q(first_yes_by__isnull=False) & ~Q(first_yes_by=models.F("decided_by"))),
                name="four_eyes_are_two_people",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"], condition=Q(state__in=OPEN_STATES), name="registration_open_due"
            ),
            models.Index(fields=["licence_state", "licence_key"], name="registration_by_licence"),
        ]


class ClaimedTaxId(models.Model):
    """A tax ID that an application names."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="tax_ids")
    number = models.CharField(max_length=9, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "number"], name="a_tax_id_is_claimed_once")
        ]


class Check(models.Model):
    """What one claimed field was held against, what came of it, and who decided where somebody did.

    `as_of`: when the list or file that was looked in was true. The newest row of a field counts.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="checks")
    field = models.CharField(max_length=30)
    finding = models.CharField(max_length=20)
    basis = models.CharField(max_length=20)
    as_of = models.DateTimeField(null=True)
    at = models.DateTimeField()
    by = models.BigIntegerField(null=True)


class Event(models.Model):
    """What happened to an application: when, by whom (None: the applicant or the portal), and perhaps a note
    for the plan alone, sealed.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=30)
    code = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    by = models.BigIntegerField(null=True)
    sealed = models.BinaryField(null=True)


class Document(models.Model):
    """A file handed in with an application, sealed; where there is a scanner, only a clean one goes out."""

    class Scan(models.TextChoices):
        CLEAN = "clean"
        WAITING = "waiting"
        INFECTED = "infected"

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="documents")
    kind = models.CharField(max_length=30)
    name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    sealed = models.BinaryField()
    sent_at = models.DateTimeField()
    scan = models.CharField(max_length=10, choices=Scan.choices, default=Scan.CLEAN)


class Link(models.Model):
    """A mailed link to complete an approved application, as the keyed hash of its secret.

    It works once, together with the transaction ID; `misses` counts wrong ones, the fifth ends it.
    """

    class Ending(models.TextChoices):
        USED = "used"
        REPLACED = "replaced"
        MISSES = "misses"
        DENIED = "denied"

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="links")
    secret_index = models.BinaryField(max_length=16, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    misses = models.PositiveSmallIntegerField(default=0)
    opened_index = models.BinaryField(max_length=16, null=True)
    ended_at = models.DateTimeField(null=True)
    ending = models.CharField(max_length=20, choices=Ending.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(ended_at__isnull=True),
                name="one_open_link_an_application",
            )
        ]


class LicenceOwner(models.Model):
    """Whose licence it is here: the user who registered with it, since when. One open row a licence."""

    state = models.CharField(max_length=2)
    key = models.CharField(max_length=40)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey("offices.Office", on_delete=models.PROTECT, related_name="+")
    user_id = models.BigIntegerField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["state", "key"], condition=Q(until__isnull=True), name="one_owner_a_licence"
            )
        ]


class JoinRequest(models.Model):
    """A wish to join an office that has an account already, kept for its administrators.

    `proven_at`: when the applicant showed a contact of that office; only then are its administrators named.
    """

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="join_request")
    office = models.ForeignKey("offices.Office", on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField()
    contact = models.CharField(max_length=40, blank=True)
    code_index = models.BinaryField(max_length=16, null=True)
    code_expires_at = models.DateTimeField(null=True)
    codes_sent = models.PositiveSmallIntegerField(default=0)
    misses = models.PositiveSmallIntegerField(default=0)
    proven_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ending = models.CharField(max_length=20, blank=True)
