"""Tables of exchanges: messages and their answers, the sets in them, and batches with their payloads."""

import uuid

from django.db import models


class Exchange(models.Model):
    """One message of a trading partner and what was answered, without anything of its content.

    Control numbers are those of ISA13 and IEA02; ours is the number of this row, nine digits of it.
    `error_code` is the connectivity rule's; `acknowledgement` names the TA1 or 999 that was sent.
    """

    class Operation(models.TextChoices):
        REAL_TIME = "real_time"
        BATCH_SUBMIT = "batch_submit"
        ACKNOWLEDGEMENT_RETRIEVAL = "ack_retrieval"
        RESULTS = "batch_results"
        RESULTS_RETRIEVAL = "results_retrieval"
        RESULTS_ACKNOWLEDGEMENT = "results_ack"

    class Result(models.TextChoices):
        ANSWERED = "answered"
        ACCEPTED = "accepted"
        REJECTED = "rejected"
        REFUSED = "refused"
        FAILED = "failed"

    operation = models.CharField(max_length=20, choices=Operation.choices)
    envelope = models.CharField(max_length=10)
    machine_id = models.BigIntegerField(null=True)
    office_id = models.BigIntegerField(null=True)
    sender_id = models.CharField(max_length=50, blank=True)
    receiver_id = models.CharField(max_length=50, blank=True)
    payload_type = models.CharField(max_length=80, blank=True)
    payload_id = models.CharField(max_length=80, blank=True)
    received_at = models.DateTimeField(db_index=True)
    answered_at = models.DateTimeField(null=True)
    milliseconds = models.PositiveIntegerField(null=True)
    result = models.CharField(max_length=10, choices=Result.choices)
    error_code = models.CharField(max_length=40, blank=True)
    acknowledgement = models.CharField(max_length=3, blank=True)
    interchange = models.CharField(max_length=9, blank=True, db_index=True)
    our_interchange = models.CharField(max_length=9, blank=True, db_index=True)
    request_count = models.PositiveIntegerField(default=0)
    bytes_received = models.PositiveBigIntegerField(default=0)
    bytes_sent = models.PositiveBigIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["machine_id", "id"]),
            models.Index(fields=["payload_id"]),
        ]


class ExchangedSet(models.Model):
    """One transaction set of an exchange: their control numbers (GS06, ST02) and ours for its answer."""

    exchange = models.ForeignKey(Exchange, on_delete=models.CASCADE, related_name="sets")
    code = models.CharField(max_length=3)
    group = models.CharField(max_length=9)
    number = models.CharField(max_length=9)
    our_group = models.CharField(max_length=9, blank=True)
    our_number = models.CharField(max_length=9, blank=True)
    accepted = models.BooleanField()
    request_count = models.PositiveIntegerField(default=0)


class Submission(models.Model):
    """A batch a trading partner handed in, from its receipt until its results are fetched and forgotten.

    `function` is what its transactions ask for.
    """

    public_id = models.UUIDField(unique=True, default=uuid.uuid4)
    exchange = models.OneToOneField(Exchange, on_delete=models.CASCADE, related_name="submission")
    machine_id = models.BigIntegerField()
    function = models.CharField(max_length=40)
    payload_type = models.CharField(max_length=80)
    payload_id = models.CharField(max_length=80)
    job = models.UUIDField(null=True)
    received_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    fetched_at = models.DateTimeField(null=True)
    results_acknowledged_at = models.DateTimeField(null=True)
    keep_until = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["machine_id", "payload_id"], name="one_batch_a_payload_id")
        ]


class Payload(models.Model):
    """What a submission brought, or what waits to be fetched for it; sealed."""

    class Kind(models.TextChoices):
        RECEIVED = "received"
        ACKNOWLEDGEMENT = "acknowledgement"
        RESULTS = "results"

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="payloads")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    payload_type = models.CharField(max_length=80)
    sealed = models.BinaryField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["submission", "kind"], name="one_payload_of_a_kind")]


class Piece(models.Model):
    """A piece of a submission's results on its way, sealed: dropped when they are kept whole."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="pieces")
    position = models.PositiveIntegerField()
    sealed = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["submission", "position"], name="one_piece_a_position")
        ]
