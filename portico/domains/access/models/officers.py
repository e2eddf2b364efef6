"""Tables that keep an office from being without an administrator."""

from django.db import models
from django.db.models import Q


class Officers(models.Model):
    """Who becomes administrator of an office when its last one is gone: a user who works there."""

    office = models.OneToOneField("offices.Office", on_delete=models.CASCADE, related_name="+")
    successor = models.BigIntegerField(null=True)
    named_by = models.BigIntegerField(null=True)
    named_at = models.DateTimeField(null=True)


class Recovery(models.Model):
    """An office without an administrator, from the moment it has none until it has one again.

        open -> claimed -> waiting -> approved      somebody asks, proves it, nobody objects, the plan agrees
                  |          `-> objected -> open   an objection stops it for good; another may ask
                  `-> refused -> open               the plan says no
        open | claimed | waiting -> closed          an administrator came back

    `claimant` is a user who works there; `waits_until`: until then anybody told may object, and the plan
    cannot approve. `words` are sealed. `cause` is a code: how the last one went.
    """

    class State(models.TextChoices):
        OPEN = "open"
        CLAIMED = "claimed"
        WAITING = "waiting"
        APPROVED = "approved"
        CLOSED = "closed"

    office = models.ForeignKey("offices.Office", on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    cause = models.CharField(max_length=30)
    opened_at = models.DateTimeField()
    claimant = models.BigIntegerField(null=True)
    claimed_at = models.DateTimeField(null=True)
    words = models.BinaryField(null=True)
    proof = models.CharField(max_length=30, blank=True)
    waits_until = models.DateTimeField(null=True)
    last_refusal = models.CharField(max_length=30, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office"], condition=Q(ended_at__isnull=True), name="one_open_recovery_an_office"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "claimed", "waiting"], ended_at__isnull=True)
                | Q(state__in=["approved", "closed"], ended_at__isnull=False),
                name="ended_recovery_says_when",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "closed"])
                | Q(claimant__isnull=False, claimed_at__isnull=False),
                name="claimed_recovery_says_by_whom",
            ),
        ]


class Objection(models.Model):
    """Somebody who was told of a claim, by a mailed link or in the portal, and whether they objected.

    `secret_index`: the keyed hash of the link's secret; None for a user told in the portal alone.
    """

    recovery = models.ForeignKey(Recovery, on_delete=models.CASCADE, related_name="objections")
    claimant = models.BigIntegerField()
    told = models.CharField(max_length=20)
    user_id = models.BigIntegerField(null=True)
    secret_index = models.BinaryField(max_length=16, null=True, unique=True)
    told_at = models.DateTimeField()
    objected_at = models.DateTimeField(null=True)
    words = models.BinaryField(null=True)
