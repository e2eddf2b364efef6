"""Tables of who follows what: subscriptions, what was told, and what was read as asked."""

from django.db import models
from django.db.models import Q

from portico.domains.library.models.documents import Topic, Version


class Subscription(models.Model):
    """A user is told of what is new about a topic (None: any) in a line ("": any), daily or weekly."""

    class Cadence(models.TextChoices):
        DAILY = "daily"
        WEEKLY = "weekly"

    user_id = models.BigIntegerField()
    topic = models.ForeignKey(Topic, null=True, on_delete=models.CASCADE, related_name="+")
    line = models.CharField(max_length=40, blank=True)
    cadence = models.CharField(max_length=6, choices=Cadence.choices, default=Cadence.WEEKLY)
    made_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user_id", "topic", "line"], name="one_subscription_a_topic"),
            models.UniqueConstraint(
                fields=["user_id", "line"], condition=Q(topic=None), name="one_subscription_to_all_topics"
            ),
        ]
        indexes = [models.Index(fields=["cadence", "told_at"], name="library_subscription_due")]


class Acknowledgement(models.Model):
    """A persona said to have read a version that had to be read."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="acknowledgements")
    persona_id = models.BigIntegerField()
    user_id = models.BigIntegerField()
    office_id = models.BigIntegerField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "persona_id"], name="read_once_by_a_persona")
        ]
        indexes = [models.Index(fields=["office_id", "version"], name="library_read_by_office")]
