"""The plan's list of what needs an authorization: loaded, looked through, published, told."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from portico.domains.authorizations import models, requirement_lists, requirements
from portico.domains.authorizations.facts.answered import Asked, RequirementReceipt
from portico.domains.authorizations.facts.requested import System
from portico.domains.authorizations.requirement_lists import CannotPublish, NotTaken, UnknownList
from portico.domains.authorizations.requirement_rules import Answer
from portico.domains.jobs.models import Job
from portico.domains.notifications.models import Notice
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Desk, Function
from portico.domains.permits.permit import NotPermitted
from portico.edges.loaders import command
from portico.edges.loaders import requirements as layout
from portico.edges.loaders.intake import Kind
from tests.loads.loading import load, told
from tests.support.actors import LINE, OWN_TAX_ID, TODAY, front_desk, grant, plan_staff

COLUMNS = ",".join(layout.Layout.columns)
START = date(2026, 1, 1)
NEXT = TODAY + timedelta(days=30)
DESK = plan_staff()


def row(key: str = "MRI", code: str = "70551", **says: str) -> str:
    cells = {
        "version": "2026-1",
        "effective_on": START.isoformat(),
        "key": key,
        "system": "procedure",
        "first_code": code,
        "answer": "required",
        "text": "Imaging of the head needs an authorization.",
        "citation": "List 2026 section 4",
        "first_on": "2020-01-01",
    }
    return ",".join((cells | says).get(name, "") for name in layout.Layout.columns)


def file(*rows: str) -> bytes:
    return "\n".join([COLUMNS, *rows]).encode()


def take(*rows: str) -> str:
    version = requirement_lists.take(actor=DESK, content=file(*rows), name="list.csv")
    assert isinstance(version, str), version
    return version


def publish(*rows: str) -> int:
    version = take(*rows)
    _, seen = requirement_lists.preview(actor=DESK, version=version)
    return requirement_lists.publish(actor=DESK, version=version, digest=seen.digest)


def later(*rows: tuple[str, str], **says: str) -> list[str]:
    named = {"version": "2026-2", "effective_on": NEXT.isoformat(), **says}
    return [row(key, code, **named) for key, code in rows]


def asked(on: date = TODAY, code: str = "70551") -> RequirementReceipt:
    desk = front_desk(grant(Function.AUTHORIZATION_INQUIRY))
    found = requirements.ask(actor=desk, asked=Asked(OWN_TAX_ID, System.PROCEDURE, code, on, line=LINE))
    assert isinstance(found, RequirementReceipt), found
    return found


def loaded(plan: Path, *rows: str) -> Job:
    return load(plan, file(*rows), Kind.REQUIREMENTS)


def test_a_load_keeps_a_draft_that_changes_nothing(plan: Path) -> None:
    job = loaded(plan, row(), row("CT", "70450"))

    assert job.summary == {"rows": 2, "accepted": 2}
    [facts] = requirement_lists.listed(actor=DESK)
    assert (facts.version, facts.state, facts.rules, facts.held_back) == ("2026-1", "draft", 2, 0)
    assert not models.RequirementAnswer.objects.exists()


@pytest.mark.parametrize(
    ("says", "reason"),
    [
        ({"first_code": "7055"}, "identifier_wrong"),
        ({"last_code": "70450"}, "identifier_wrong"),
        ({"last_code": "J9999"}, "identifier_wrong"),
        ({"system": "drug"}, "value_not_known"),
        ({"answer": "unknown"}, "value_not_known"),
        ({"places": "11|x"}, "identifier_wrong"),
        ({"network": "both"}, "value_not_known"),
        ({"decided_by": "vendor"}, "value_missing"),
        ({"text": ""}, "value_missing"),
        ({"citation": ""}, "value_missing"),
        ({"key": "a b"}, "identifier_wrong"),
        ({"version": "../x"}, "identifier_wrong"),
        ({"effective_on": "soon"}, "date_wrong"),
        ({"first_on": "2026-02-01", "last_on": "2026-01-31"}, "ends_before_it_begins"),
        ({"npi": "1234567890"}, "identifier_wrong"),
        ({"tax_id": "12"}, "identifier_wrong"),
        ({"line": "no-line"}, "unknown_line"),
        ({"plan_code": "ZZZ"}, "unknown_plan_code"),
        ({"version": "2026-9"}, "several_lists"),
        ({"key": "FIRST"}, "key_twice"),
    ],
    ids=lambda value: value if isinstance(value, str) else "-".join(value),
)
def test_a_bad_row_is_held_back_and_keeps_its_list_from_counting(
    plan: Path, says: dict[str, str], reason: str
) -> None:
    rows = row("FIRST", "70450"), row(**{"key": "SECOND", "code": "70551", **says}), row("THIRD", "72148")
    job = loaded(plan, *rows)

    assert ("line 3", "quarantined", reason) in told(job)
    [facts] = requirement_lists.listed(actor=DESK)
    assert facts.held_back
    with pytest.raises(CannotPublish, match="not_whole"):
        requirement_lists.publish(actor=DESK, version="2026-1", digest=facts.digest)
    models.RequirementList.objects.all().delete()
    assert isinstance(requirement_lists.take(actor=DESK, content=file(*rows), name="x"), NotTaken)
    assert not models.RequirementList.objects.exists()


def test_the_same_version_sent_again_replaces_its_draft(plan: Path) -> None:
    loaded(plan, row(), row("CT", "70450"))
    loaded(plan, row("XRAY", "71045"))

    assert list(models.Requirement.objects.values_list("key", flat=True)) == ["XRAY"]


def test_a_published_list_never_changes(plan: Path) -> None:
    publish(row())

    job = loaded(plan, row("CT", "70450"))

    assert told(job) == [("line 2", "quarantined", "list_published")]
    assert list(models.Requirement.objects.values_list("key", flat=True)) == ["MRI"]
    with pytest.raises(UnknownList):
        requirement_lists.drop(actor=DESK, version="2026-1")


def test_a_load_of_a_list_is_not_taken_back(plan: Path) -> None:
    job = loaded(plan, row())

    assert "drop its draft" in command._cannot_reverse(job.public_id)


def test_the_preview_says_what_differs(plan: Path) -> None:
    publish(row(), row("CT", "70450"), row("SAME", "71045"))
    rows = later(("MRI", "70551"), ("NEW", "72148"), answer="notify") + later(("SAME", "71045"))
    take(*rows)

    _, seen = requirement_lists.preview(actor=DESK, version="2026-2")

    assert (seen.against, seen.answers, seen.offices) == ("2026-1", 0, 0)
    assert [rule.key for rule in seen.added] == ["NEW"]
    assert [rule.key for rule in seen.removed] == ["CT"]
    assert [(each.after.key, each.columns) for each in seen.changed] == [("MRI", ("answer",))]


def test_an_office_whose_answer_changes_is_told_and_keeps_it(plan: Path) -> None:
    publish(row(), row("CT", "70450"))
    before, after, same = asked(NEXT - timedelta(days=1)), asked(NEXT), asked(NEXT, "70450")
    take(*later(("CT", "70450")))
    _, seen = requirement_lists.preview(actor=DESK, version="2026-2")
    assert (seen.answers, seen.offices) == (1, 1)

    assert requirement_lists.publish(actor=DESK, version="2026-2", digest=seen.digest) == 1

    desk = front_desk(grant(Function.AUTHORIZATION_INQUIRY))
    held = requirements.read(actor=desk, reference=after.reference)
    assert (held.answer, held.version, held.holds) == (Answer.REQUIRED, "2026-1", True)
    assert held.changed_to == "not_required"
    for each in (before, same):
        assert requirements.read(actor=desk, reference=each.reference).changed_to == ""
    [notice] = Notice.objects.all()
    assert (notice.kind, notice.tax_id) == ("requirement_changed", OWN_TAX_ID)
    assert notice.context == {"version": "2026-2", "answers": 1, "reference": after.reference}
    assert asked(NEXT).answer is Answer.NOT_REQUIRED
    assert asked(NEXT - timedelta(days=1)).answer is Answer.REQUIRED


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        (lambda: [row("A", effective_on=START.isoformat(), version="2026-2")], "day_taken"),
        (lambda: [row("A", effective_on="2026-02-01", version="2026-2")], "too_early"),
    ],
    ids=["the day is taken", "the day is over"],
)
def test_a_list_is_not_published_over_what_was_answered(
    plan: Path, rows: Callable[[], list[str]], code: str
) -> None:
    publish(row())
    version = take(*rows())
    _, seen = requirement_lists.preview(actor=DESK, version=version)

    with pytest.raises(CannotPublish, match=code):
        requirement_lists.publish(actor=DESK, version=version, digest=seen.digest)


def test_what_was_not_looked_through_is_not_published(plan: Path) -> None:
    version = take(row())
    _, seen = requirement_lists.preview(actor=DESK, version=version)
    take(row(), row("CT", "70450"))

    with pytest.raises(CannotPublish, match="changed"):
        requirement_lists.publish(actor=DESK, version=version, digest=seen.digest)


def test_a_dropped_draft_is_gone(plan: Path) -> None:
    requirement_lists.drop(actor=DESK, version=take(row()))

    assert requirement_lists.listed(actor=DESK) == ()
    with pytest.raises(UnknownList):
        requirement_lists.preview(actor=DESK, version="2026-1")


@pytest.mark.parametrize(
    "content",
    [b"", b"key,answer\n", "käse".encode("latin-1"), COLUMNS.encode()],
    ids=["nothing", "another header", "not UTF-8", "no rows"],
)
def test_a_file_that_is_none_is_refused(plan: Path, content: bytes) -> None:
    found = requirement_lists.take(actor=DESK, content=content, name="x.csv")

    assert isinstance(found, NotTaken)
    assert [fault.place for fault in found.faults] == [0]


@pytest.mark.parametrize(
    "act",
    [
        lambda who: requirement_lists.listed(actor=who),
        lambda who: requirement_lists.take(actor=who, content=b"", name=""),
        lambda who: requirement_lists.preview(actor=who, version="x"),
        lambda who: requirement_lists.publish(actor=who, version="x", digest=""),
        lambda who: requirement_lists.drop(actor=who, version="x"),
    ],
    ids=["listed", "take", "preview", "publish", "drop"],
)
@pytest.mark.parametrize("who", [front_desk(), plan_staff(Desk.SUPPORT)], ids=["office", "support"])
def test_only_the_desk_of_the_rules_does_any_of_it(
    plan: Path, act: Callable[[Actor], object], who: Actor
) -> None:
    with pytest.raises(NotPermitted):
        act(who)
