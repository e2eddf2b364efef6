"""Where ZIP codes lie, as a list of them says."""

from django.db import models
from django.db.models import Q


class ZipCode(models.Model):
    """A ZIP code and the middle of its area, in degrees."""

    code = models.CharField(max_length=5, unique=True)
    latitude = models.FloatField()
    longitude = models.FloatField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
                name="zip_code_is_on_the_globe",
            )
        ]
