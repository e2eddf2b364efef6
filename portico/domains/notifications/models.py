"""The notifications' tables: the outbox of mails, and the notices that people read in the portal."""

import uuid

from django.db import models
from django.db.models import Q

from portico.domains.notifications.rules import MessageState


class Message(models.Model):
    """One mail to be sent, written with the business it tells of. Its id stays the same over every try."""

    message_id = models.UUIDField(default=uuid.uuid4, unique=True)
    to = models.EmailField()
    template = models.CharField(max_length=64)
    context = models.JSONField(default=dict)
    state = models.CharField(max_length=6, default=MessageState.QUEUED.value)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        indexes = (
            models.Index(
                fields=("next_attempt_at", "id"),
                condition=Q(state=MessageState.QUEUED.value),
                name="notifications_message_due",
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=~Q(state=MessageState.SENT.value) | Q(sent_at__isnull=False),
                name="notifications_sent_has_instant",
            ),
        )


class Notice(models.Model):
    """Something the portal tells an office or one user; the context holds identifiers only.

    `tax_id`: it is about work under that one, and nothing for whoever does not work under it now.
    """

    kind = models.CharField(max_length=64)
    context = models.JSONField(default=dict)
    office_id = models.BigIntegerField(null=True)
    user_id = models.BigIntegerField(null=True)
    tax_id = models.CharField(max_length=9, blank=True, default="")
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    read_by_user_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=("office_id", "id"), name="notifications_notice_office"),
            models.Index(fields=("user_id", "id"), name="notifications_notice_user"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(office_id__isnull=False, user_id__isnull=True)
                | Q(office_id__isnull=True, user_id__isnull=False),
                name="notifications_notice_has_one_addressee",
            ),
        )
