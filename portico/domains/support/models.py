"""Tables of support: what somebody asks the plan, without an account or with one."""

from django.db import models
from django.db.models import Q


class Enquiry(models.Model):
    """A question, or a wish to be called back, of somebody who has not signed in. `sealed` is its text.

    `reference_index`: the keyed hash of the reference its sender was given. `due_at`: when the plan means to
    have answered, in its business hours. From `erased_at` on it says nothing of who asked what.
    """

    class Kind(models.TextChoices):
        CALL_BACK = "call_back"
        QUESTION = "question"

    class Ending(models.TextChoices):
        ANSWERED = "answered"
        NOT_REACHED = "not_reached"
        NOT_OURS = "not_ours"

    reference_index = models.BinaryField(max_length=16, unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    topic = models.CharField(max_length=30)
    name = models.CharField(max_length=120)
    office_name = models.CharField(max_length=160, blank=True)
    telephone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    best_time = models.CharField(max_length=20, blank=True)
    sealed = models.BinaryField()
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.BigIntegerField(null=True)
    ending = models.CharField(max_length=20, choices=Ending.choices, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ending="") | (Q(ended_at__isnull=False) & ~Q(ending="")),
                name="ended_enquiry_says_how",
            ),
            models.CheckConstraint(
                condition=~Q(telephone="") | ~Q(email="") | Q(erased_at__isnull=False),
                name="enquiry_can_be_answered",
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True)
                | Q(ended_at__isnull=False, name="", office_name="", telephone="", email=""),
                name="erased_enquiry_names_nobody",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], condition=Q(ended_at=None), name="support_open_enquiry")
        ]


class Case(models.Model):
    """Something somebody signed in cannot do, told to the plan with the facts worth capturing; no patient.

    `facts` are those the sender saw and left in; `verdict` is the code the diagnosis came to. `due_at`: when
    the plan means to have answered, in its business hours. People are numbers of users.
    """

    class State(models.TextChoices):
        OPEN = "open"
        ANSWERED = "answered"
        CLOSED = "closed"

    class Ending(models.TextChoices):
        MENDED = "mended"
        EXPLAINED = "explained"
        PASSED_ON = "passed_on"
        WITHDRAWN = "withdrawn"

    reference = models.CharField(max_length=16, unique=True)
    user_id = models.BigIntegerField(db_index=True)
    persona_id = models.BigIntegerField(null=True)
    office_id = models.BigIntegerField(null=True)
    topic = models.CharField(max_length=30)
    verdict = models.CharField(max_length=40, blank=True)
    facts = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    made_at = models.DateTimeField(db_index=True)
    due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    assigned_to = models.BigIntegerField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.BigIntegerField(null=True)
    ending = models.CharField(max_length=20, choices=Ending.choices, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="closed", ended_at__isnull=False) & ~Q(ending="")
                | (~Q(state="closed") & Q(ended_at__isnull=True, ending="")),
                name="closed_case_says_how",
            )
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], condition=~Q(state="closed"), name="support_open_case")
        ]


class CaseEntry(models.Model):
    """What was written in a case, sealed: by whom, from which side; `is_internal`: for the plan alone."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="entries")
    at = models.DateTimeField()
    by = models.BigIntegerField(null=True)
    from_plan = models.BooleanField(default=False)
    is_internal = models.BooleanField(default=False)
    words = models.BinaryField()
