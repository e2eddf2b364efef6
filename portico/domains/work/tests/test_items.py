"""Work items: one open item a subject, counted up; seen and closed by the plan's staff alone."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError
from pytest_django import DjangoAssertNumQueries

from portico.domains.permits.actors import Actor, ActorKind, Door, PersonaKind, visitor
from portico.domains.permits.functions import Desk
from portico.domains.permits.permit import NotPermitted
from portico.domains.work import items, models

pytestmark = pytest.mark.django_db

TRANSACTION = 2
AT = datetime(2026, 3, 12, 17, 0, tzinfo=UTC)
TODAY = date(2026, 3, 12)
OFFICE_ID = 41


def somebody(kind: PersonaKind, *, desk: Desk | None = None, asked_at: datetime = AT) -> Actor:
    """A signed-in persona without any grant."""
    return Actor(
        kind=ActorKind.PERSONA,
        door=Door.WEB,
        asked_at=asked_at,
        today=TODAY,
        user_id=1,
        persona_id=2,
        persona_kind=kind,
        desk=desk,
        office_id=None if desk else OFFICE_ID,
    )


FRONT_DESK = somebody(PersonaKind.END_USER)
STAFF = somebody(PersonaKind.PLAN_STAFF, desk=Desk.SUPPORT)


@pytest.fixture(autouse=True)
def plan_code(db: None) -> str:
    """A plan of which no version is known."""
    apps.get_model("plan", "LineOfBusiness").objects.create(code="medi-cal", name="Medi-Cal")
    apps.get_model("members", "BenefitPlan").objects.create(code="7QX", line_id="medi-cal")
    return "7QX"


def missing(plan_code: str = "7qx", on: date = TODAY, actor: Actor = FRONT_DESK) -> str:
    """The reference of the item for a schedule that is missing."""
    return items.open_missing_schedule(actor=actor, plan_code=plan_code, on=on)


def test_a_missing_schedule_opens_one_item_and_counts_up() -> None:
    later = somebody(PersonaKind.END_USER, asked_at=AT + timedelta(hours=1))
    first = missing()
    assert missing(on=date(2026, 12, 31), actor=later) == first
    row = models.Item.objects.get()
    assert (row.kind, row.subject, row.times_asked) == ("missing_schedule", "7QX 2026", 2)
    assert (row.opened_at, row.last_asked_at, row.office_id) == (AT, AT + timedelta(hours=1), OFFICE_ID)


def test_another_year_is_another_item() -> None:
    assert missing() != missing(on=date(2025, 12, 31))


def test_a_closed_item_is_opened_anew() -> None:
    first = missing()
    items.close(actor=STAFF, reference=first)
    assert missing() != first


@pytest.mark.parametrize("code", ["ZZZ", "x", ""])
def test_nothing_is_owed_for_a_code_nobody_knows(code: str) -> None:
    with pytest.raises(items.NothingMissing):
        missing(code)
    assert not models.Item.objects.exists()


def test_opening_writes_one_audit_row() -> None:
    reference = missing()
    entry = apps.get_model("audit", "Entry").objects.get()
    assert (entry.outcome, entry.function, entry.conclusion) == (
        "allowed",
        "benefit_documents",
        "work_item_open",
    )
    assert list(entry.subjects.values_list("kind", "identifier")) == [("work_item", reference)]


def test_a_visitor_opens_nothing() -> None:
    with pytest.raises(NotPermitted):
        missing(actor=visitor(asked_at=AT, today=TODAY))
    assert not models.Item.objects.exists()


def test_the_queue_lists_open_items_the_oldest_first_page_by_page() -> None:
    opened = [missing(on=date(year, 1, 1)) for year in range(2020, 2025)]
    first = items.page(actor=STAFF, size=3)
    rest = items.page(actor=STAFF, size=3, after=first.next_key or "")
    assert [item.reference for item in (*first.rows, *rest.rows)] == opened
    assert rest.next_key is None


def test_an_item_is_closed_once_however_its_reference_is_typed() -> None:
    reference = missing()
    typed = f"{reference[:4]}-{reference[4:]}".lower()
    assert items.close(actor=STAFF, reference=typed).done_at == AT
    later = somebody(PersonaKind.PLAN_STAFF, desk=Desk.SUPPORT, asked_at=AT + timedelta(days=1))
    assert items.close(actor=later, reference=reference).done_at == AT
    assert items.page(actor=STAFF).rows == ()
    assert [item.reference for item in items.page(actor=STAFF, done=True).rows] == [reference]


def test_an_unknown_item_cannot_be_closed() -> None:
    with pytest.raises(items.ItemNotFound):
        items.close(actor=STAFF, reference="NOSUCHITEM00")


@pytest.mark.parametrize("kind", [PersonaKind.END_USER, PersonaKind.ADMINISTRATOR])
def test_an_office_neither_sees_nor_closes_items(kind: PersonaKind) -> None:
    reference = missing()
    with pytest.raises(NotPermitted):
        items.page(actor=somebody(kind))
    with pytest.raises(NotPermitted):
        items.close(actor=somebody(kind), reference=reference)
    assert models.Item.objects.get().state == "open"


def test_the_database_refuses_two_open_items_for_one_subject() -> None:
    missing()
    with pytest.raises(IntegrityError):
        models.Item.objects.create(
            reference="X", kind="missing_schedule", subject="7QX 2026", opened_at=AT, last_asked_at=AT
        )


def test_the_queue_costs_two_queries(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(TRANSACTION + 2):  # items, audit row
        items.page(actor=STAFF)
