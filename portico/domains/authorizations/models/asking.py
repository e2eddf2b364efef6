"""What goes to and fro before a decision: drafts, questionnaires, documents, what the plan asks for."""

import uuid

from django.db import models
from django.db.models import Q


class Questionnaire(models.Model):
    """A version of a set of questions, as data; one that was published never changes.

    `content` is what authorizations.questions reads: questions with their kinds, options and conditions.
    """

    key = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    content = models.JSONField()
    published_at = models.DateTimeField(null=True)
    published_by = models.BigIntegerField(null=True)

    class Meta:
        ordering = ("key", "-version")
        constraints = [models.UniqueConstraint(fields=["key", "version"], name="one_questionnaire_a_version")]


class Draft(models.Model):
    """A request that is being written, under its opaque id; one of an office, for one tax ID.

    `owner_id` is the persona that has it now: handing it over changes the owner, and `handed_by` says who
    did. `content_sealed` is JSON. `version` counts each save, so that two who write at once do not lose
    anything.
    """

    class State(models.TextChoices):
        OPEN = "open"
        SENT = "sent"
        DROPPED = "dropped"

    public_id = models.UUIDField(unique=True, default=uuid.uuid4)
    kind = models.CharField(max_length=13)
    office_id = models.BigIntegerField()
    tax_id = models.CharField(max_length=9)
    line = models.CharField(max_length=40)
    provider_npi = models.CharField(max_length=10, blank=True)
    owner_id = models.BigIntegerField()
    made_by = models.BigIntegerField()
    handed_by = models.BigIntegerField(null=True)
    handed_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=7, choices=State.choices, default=State.OPEN)
    content_sealed = models.BinaryField()
    version = models.PositiveIntegerField(default=1)
    authorization = models.ForeignKey(
        "authorizations.Authorization", null=True, on_delete=models.PROTECT, related_name="drafts"
    )
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["office_id", "state", "changed_at"])]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(authorization__isnull=False), name="sent_draft_says_as_what"
            )
        ]


class Document(models.Model):
    """A document of a request or of a draft: known by content, sealed, with its receipt.

    `digest` (SHA-256), `size` in bytes and `received_at` are the receipt, `reference` its number. `service`
    names the line it belongs to, `answers` the question of the plan that it answers.
    """

    public_id = models.UUIDField(unique=True, default=uuid.uuid4)
    reference = models.CharField(max_length=20, unique=True)
    authorization = models.ForeignKey(
        "authorizations.Authorization", null=True, on_delete=models.CASCADE, related_name="documents"
    )
    draft = models.ForeignKey(Draft, null=True, on_delete=models.CASCADE, related_name="documents")
    service = models.ForeignKey(
        "authorizations.Service", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    answers = models.ForeignKey(
        "authorizations.InformationRequest", null=True, on_delete=models.SET_NULL, related_name="documents"
    )
    kind = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    sealed = models.BinaryField()
    scan = models.CharField(max_length=10)
    office_id = models.BigIntegerField(null=True)
    persona_id = models.BigIntegerField(null=True)
    received_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(authorization__isnull=False) | Q(draft__isnull=False),
                name="document_belongs_somewhere",
            )
        ]
        indexes = [models.Index(fields=["office_id", "received_at"]), models.Index(fields=["scan", "id"])]


class InformationRequest(models.Model):
    """What the plan asks for before it decides, of one service or of the whole, until when.

    `text_sealed` says what is missing in the plan's own words, `answer_sealed` what the office wrote.
    """

    class State(models.TextChoices):
        OPEN = "open"
        ANSWERED = "answered"
        WITHDRAWN = "withdrawn"
        LAPSED = "lapsed"

    public_id = models.UUIDField(unique=True, default=uuid.uuid4)
    authorization = models.ForeignKey(
        "authorizations.Authorization", on_delete=models.CASCADE, related_name="asked_for"
    )
    service = models.ForeignKey(
        "authorizations.Service", null=True, on_delete=models.CASCADE, related_name="asked_for"
    )
    kind = models.CharField(max_length=40)
    text_sealed = models.BinaryField()
    answer_sealed = models.BinaryField(null=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    asked_at = models.DateTimeField()
    asked_by = models.BigIntegerField(null=True)
    due_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.BigIntegerField(null=True)

    class Meta:
        ordering = ("pk",)
        indexes = [models.Index(fields=["state", "due_at"])]


class Inquiry(models.Model):
    """One search for requests; its opaque id stands in the URL. `asked_sealed` is JSON, sealed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    persona_id = models.BigIntegerField(null=True)
    machine_id = models.BigIntegerField(null=True)
    asked_sealed = models.BinaryField()
    created_at = models.DateTimeField(db_index=True)


class Assignment(models.Model):
    """Who of an office follows a request; each office of a request has its own."""

    authorization = models.ForeignKey(
        "authorizations.Authorization", on_delete=models.CASCADE, related_name="assignments"
    )
    office_id = models.BigIntegerField()
    persona_id = models.BigIntegerField(null=True)
    assigned_by = models.BigIntegerField(null=True)
    assigned_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["authorization", "office_id"], name="one_assignment_an_office")
        ]
        indexes = [models.Index(fields=["persona_id"])]


class Note(models.Model):
    """A note within an office (or, without one, within the plan) about a request; no other side reads it."""

    authorization = models.ForeignKey(
        "authorizations.Authorization", on_delete=models.CASCADE, related_name="notes"
    )
    office_id = models.BigIntegerField(null=True)
    persona_id = models.BigIntegerField(null=True)
    author = models.CharField(max_length=160)
    text_sealed = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        indexes = [models.Index(fields=["authorization", "office_id"])]
