"""Table of what may be registered, and which way each goes: every version is kept."""

from django.db import models


class Catalogue(models.Model):
    """One version of the plan's catalogue of account types and user types; the highest number is in force.

    `rows` is a list of objects as `catalogue.Offer` says. Never changed once made.
    """

    number = models.PositiveIntegerField(unique=True)
    rows = models.JSONField()
    made_at = models.DateTimeField()
    made_by = models.BigIntegerField(null=True)
