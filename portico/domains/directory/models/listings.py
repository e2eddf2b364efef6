"""Tables of the directory: places, who practises there, in which networks, and in which languages.

Read from the provider file (offices) and set over by what offices changed (changes.Change): made anew after
each load, and never written by a page.
"""

from django.db import models
from django.db.models import F, Q


class Place(models.Model):
    """Where an office sees patients, as the provider file has it; `digest` is that of its written address.

    `latitude` and `longitude` in degrees, of the address's ZIP code; None where that is unknown.
    `accessibility`: codes of rules.ACCESSIBILITY.
    """

    tax_id = models.CharField(max_length=9)
    digest = models.CharField(max_length=64)
    address = models.CharField(max_length=160)
    city = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=2, blank=True)
    postal_code = models.CharField(max_length=10, blank=True)
    telephone = models.CharField(max_length=20, blank=True)
    fax = models.CharField(max_length=20, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    accessibility = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tax_id", "digest"], name="one_place_an_address")]


class Listing(models.Model):
    """A provider at a place under a tax ID: what somebody who looks for a provider finds.

    `sent`: the fields as the provider file has them, before what the office changed. `attested_on`: the day
    the office last said that all of it is true; `attest_by`: until when it says so again; `unverified_since`:
    it did not. The position stands here again, for the search.
    """

    npi = models.CharField(max_length=10)
    tax_id = models.CharField(max_length=9)
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="listings")
    is_organization = models.BooleanField(default=False)
    name = models.CharField(max_length=200)
    name_key = models.CharField(max_length=200)
    credential = models.CharField(max_length=40, blank=True)
    specialty = models.CharField(max_length=120, blank=True)
    specialty_key = models.CharField(max_length=120, blank=True)
    group_name = models.CharField(max_length=160, blank=True)
    telephone = models.CharField(max_length=20, blank=True)
    accepts_new_patients = models.BooleanField(default=False)
    telehealth = models.BooleanField(default=False)
    is_accessible = models.BooleanField(default=False)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    first_on = models.DateField()
    last_on = models.DateField(null=True)
    sent = models.JSONField(default=dict)
    seen_at = models.DateTimeField()
    attested_on = models.DateField(null=True)
    attest_by = models.DateField(null=True)
    unverified_since = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["npi", "tax_id", "place"], name="one_listing_a_place"),
            models.CheckConstraint(
                condition=Q(last_on__isnull=True) | Q(last_on__gte=F("first_on")),
                name="listing_ends_after_it_begins",
            ),
        ]
        indexes = [
            models.Index(fields=["specialty_key", "latitude"], name="directory_by_specialty"),
            models.Index(fields=["latitude", "longitude"], name="directory_by_position"),
            models.Index(fields=["name_key"], name="directory_by_name"),
            models.Index(fields=["tax_id", "id"], name="directory_by_tax_id"),
            models.Index(fields=["attest_by"], name="directory_by_attestation"),
            models.Index(
                fields=["unverified_since"],
                name="directory_by_unconfirmed",
                condition=Q(unverified_since__isnull=False),
            ),
        ]


class Network(models.Model):
    """A line of business whose network a listing takes part in, from … to …."""

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="networks")
    line = models.CharField(max_length=40)
    first_on = models.DateField()
    last_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["listing", "line", "first_on"], name="one_network_a_start"),
            models.CheckConstraint(
                condition=Q(last_on__isnull=True) | Q(last_on__gte=F("first_on")),
                name="network_ends_after_it_begins",
            ),
        ]


class Language(models.Model):
    """A language spoken with patients, by its name in English, beside English."""

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="languages")
    name = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["listing", "name"], name="one_language_a_listing")]
        indexes = [models.Index(fields=["name"], name="directory_by_language")]
