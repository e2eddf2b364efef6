"""Tables of what the library holds: documents, their versions, whom a version is for, and its files."""

from django.db import models
from django.db.models import F, Q


class Topic(models.Model):
    """What documents are about; `code` is stable and stands in addresses and subscriptions."""

    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    above = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="below")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "code")


class Document(models.Model):
    """Something the library holds, through all its versions; `key` is stable and stands in its address.

    `material_number` as it is written (23-346m), `material_key` as it is looked for (rules.material_key);
    neither where it has none. `part_of`: the manual, or the chapter of it, that this is a part of.
    """

    class Kind(models.TextChoices):
        MANUAL = "manual"
        UPDATE = "update"
        LETTER = "letter"
        FORM = "form"
        CONTACT = "contact"
        GUIDELINE = "guideline"
        RESOURCE = "resource"
        HELP = "help"

    key = models.SlugField(max_length=100, unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    material_number = models.CharField(max_length=24, blank=True)
    material_key = models.CharField(max_length=24, null=True, unique=True)
    part_of = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="parts")
    position = models.PositiveSmallIntegerField(default=0)
    topics = models.ManyToManyField(Topic, related_name="documents")
    made_at = models.DateTimeField()
    made_by = models.BigIntegerField(null=True)
    archived_at = models.DateTimeField(null=True)
    archived_by = models.BigIntegerField(null=True)

    class Meta:
        ordering = ("position", "key")
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind__in=list("manual update letter form contact guideline resource help".split())
                ),
                name="document_kind_is_known",
            ),
            models.CheckConstraint(
                condition=Q(material_key__isnull=True, material_number="")
                | (Q(material_key__isnull=False) & ~Q(material_number="")),
                name="material_number_has_a_key",
            ),
            models.CheckConstraint(
                condition=Q(archived_at__isnull=True, archived_by__isnull=True)
                | Q(archived_at__isnull=False),
                name="archived_by_somebody_at_some_time",
            ),
        ]


class Version(models.Model):
    """One wording of a document, in force from `first_on` to `last_on` (None: until another takes over).

    Written, looked at by somebody else, then published at `publish_at`; what is published never changes.
    What was in force on a day: the published version with the latest `first_on` not after that day, while it
    lasts; of two of one `first_on` the one published later (rules.in_force). `body` is Markdown. `is_public`:
    also for those who are not signed in. `digest`: SHA-256 of the text, as the import compares it.
    """

    class State(models.TextChoices):
        DRAFT = "draft"
        IN_REVIEW = "in_review"
        SCHEDULED = "scheduled"
        PUBLISHED = "published"
        WITHDRAWN = "withdrawn"

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    title = models.CharField(max_length=200)
    summary = models.CharField(max_length=400, blank=True)
    body = models.TextField(blank=True)
    digest = models.CharField(max_length=64, blank=True)
    is_public = models.BooleanField(default=False)
    must_read_by = models.DateField(null=True)
    first_on = models.DateField()
    last_on = models.DateField(null=True)
    changed_at = models.DateTimeField()
    written_by = models.BigIntegerField(null=True)
    sent_at = models.DateTimeField(null=True)
    looked_at = models.DateTimeField(null=True)
    looked_by = models.BigIntegerField(null=True)
    answer = models.CharField(max_length=500, blank=True)
    publish_at = models.DateTimeField(null=True)
    load_id = models.BigIntegerField(null=True)
    told_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="one_version_a_number"),
            models.UniqueConstraint(
                fields=["document"],
                condition=Q(state__in=["draft", "in_review"]),
                name="one_open_version_a_document",
            ),
            models.UniqueConstraint(
                fields=["document", "first_on", "publish_at"],
                condition=Q(state__in=["scheduled", "published"]),
                name="one_version_is_the_last_word_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(last_on__isnull=True) | Q(last_on__gte=F("first_on")),
                name="version_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "in_review", "withdrawn"]) | Q(publish_at__isnull=False),
                name="what_is_published_has_its_instant",
            ),
            models.CheckConstraint(
                condition=Q(looked_by__isnull=True)
                | Q(written_by__isnull=True)
                | ~Q(looked_by=F("written_by")),
                name="nobody_looks_at_their_own_words",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "publish_at"], name="library_version_due"),
        ]


class Limit(models.Model):
    """A line, region or kind of office a version is for; none of a dimension: for every one."""

    class Dimension(models.TextChoices):
        LINE = "line"
        REGION = "region"
        OFFICE_TYPE = "office_type"

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="limits")
    dimension = models.CharField(max_length=12, choices=Dimension.choices)
    value = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "dimension", "value"], name="one_limit_a_value_of_a_version"
            )
        ]
        indexes = [models.Index(fields=["dimension", "value"], name="library_limit_by_value")]


class Attachment(models.Model):
    """A file that goes with a version: an image its text shows, or a form, or the whole as a PDF.

    `text`: the words in it, so that they are found. Kept in the row: the library has no patients in it.
    """

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=120)
    says = models.CharField(max_length=200, blank=True)
    content_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    content = models.BinaryField()
    text = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")
        constraints = [models.UniqueConstraint(fields=["version", "name"], name="one_attachment_a_name")]
