"""Table of registrations that are being filled in."""

from django.db import models


class Draft(models.Model):
    """What somebody has filled in so far, sealed; found by the keyed hash of their browser's own mark.

    `submitted_at`: it became an application, and is kept a while so that a second click finds that one.
    """

    mark_index = models.BinaryField(max_length=16, unique=True)
    sealed = models.BinaryField()
    saved_at = models.DateTimeField(db_index=True)
    submitted_at = models.DateTimeField(null=True)
    application = models.ForeignKey(
        "registration.Application", null=True, on_delete=models.SET_NULL, related_name="+"
    )
