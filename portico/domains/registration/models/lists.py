"""Tables of the lists an applicant is looked up in: licences of the states, and who is excluded."""

from django.db import models


class Licence(models.Model):
    """A licence as a state's board has it. `key` is the number as numbers are compared (rules.licence_key).

    `as_of`: when the list was true that named it last.
    """

    state = models.CharField(max_length=2)
    key = models.CharField(max_length=40)
    number = models.CharField(max_length=40)
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=80, blank=True)
    status = models.CharField(max_length=40)
    is_active = models.BooleanField()
    expires_on = models.DateField(null=True)
    as_of = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["state", "key"], name="one_licence_a_number")]


class Exclusion(models.Model):
    """Somebody whom no federal programme pays: a row of the list of excluded individuals and entities.

    `key` is the digest of what tells the row from others. A row that the newest list does not hold any more
    (`as_of` is older than the list's own) excludes nobody.
    """

    key = models.CharField(max_length=64, unique=True)
    npi = models.CharField(max_length=10, blank=True, db_index=True)
    name_key = models.CharField(max_length=160, db_index=True)
    last_name = models.CharField(max_length=160)
    first_name = models.CharField(max_length=60, blank=True)
    is_organization = models.BooleanField(default=False)
    state = models.CharField(max_length=2, blank=True)
    city = models.CharField(max_length=80, blank=True)
    kind = models.CharField(max_length=20)
    excluded_on = models.DateField()
    reinstated_on = models.DateField(null=True)
    as_of = models.DateTimeField()
