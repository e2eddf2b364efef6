"""The demo's own library comes in by the door everybody's does, every file of it."""

from portico.demo.library import documents
from portico.domains.jobs.models import Job
from portico.domains.library import models, rules
from tests.library.questions import TODAY
from tests.loads import loading

MADE = {each.key: each for each in documents.everything(TODAY)}


def test_every_document_comes_in_as_it_was_written(loaded: Job) -> None:
    assert loading.told(loaded) == []
    rows = models.Document.objects.select_related("part_of").prefetch_related("topics", "versions__limits")
    assert {row.key for row in rows} == set(MADE)
    for row in rows:
        made = MADE[row.key]
        assert (row.kind, row.material_number) == (made.kind, made.material_number)
        assert (row.part_of.key if row.part_of else "") == made.part_of
        assert {topic.code for topic in row.topics.all()} == set(made.topics)
        for version, wanted in zip(row.versions.all(), made.versions, strict=True):
            assert (version.first_on, version.last_on) == (wanted.first_on, wanted.last_on)
            assert (version.title, version.summary) == (wanted.title, wanted.summary)
            assert (version.is_public, version.must_read_by) == (wanted.public, wanted.must_read_by)
            lines = {limit.value for limit in version.limits.all() if limit.dimension == "line"}
            assert lines == set(wanted.lines)
            assert version.body.startswith(wanted.body)


def test_what_is_scheduled_waits_and_all_else_is_published(loaded: Job) -> None:
    assert loaded.state == "done"
    states = list(models.Version.objects.values_list("document__key", "state"))
    waiting = {key for key, state in states if state == rules.State.SCHEDULED}
    ahead = {key for key, each in MADE.items() if (each.versions[-1].publish_on or TODAY) > TODAY}
    assert waiting == ahead
    assert len(ahead) == 8
    assert {state for _, state in states} == {rules.State.SCHEDULED, rules.State.PUBLISHED}


def test_forms_to_fill_in_have_a_file_to_print(loaded: Job) -> None:
    del loaded
    files = models.Attachment.objects.values_list("version__document__key", "name", "content_type", "text")
    told = {key: (name, kind, text) for key, name, kind, text in files}
    assert len(told) >= 20
    name, kind, text = told["drug-form"]
    assert (name, kind) == ("drug-form-1.pdf", "application/pdf")
    assert MADE["drug-form"].material_number in text
    assert "name, strength, how often" in text
    body = models.Version.objects.get(document__key="drug-form").body
    assert "(attachment:drug-form-1.pdf)" in body
