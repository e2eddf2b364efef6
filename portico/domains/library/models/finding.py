"""Tables of the search: which words mean the same, and what each node has still to take into its index."""

from django.db import models


class Synonyms(models.Model):
    """Words and phrases that mean the same, with commas between them."""

    words = models.CharField(max_length=500)
    changed_at = models.DateTimeField()
    changed_by = models.BigIntegerField(null=True)

    class Meta:
        ordering = ("words",)


class Movement(models.Model):
    """A document that was changed, so that every node takes it into its index anew; None: all of them.

    A node remembers the last it has taken in. Rows are kept for some days; a node that was away for longer
    builds its index from the start.
    """

    document_id = models.BigIntegerField(null=True)
    made_at = models.DateTimeField(db_index=True)
