"""Uses to record, and ways to tamper that go round the database's guards."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from django.db import connection, transaction

from portico.domains.audit import guards, recording, sealing
from portico.domains.audit.models import Entry, Head, Link

AT = datetime(2026, 3, 12, 17, 0, tzinfo=UTC)

USE = recording.Use(
    at=AT,
    door="web",
    actor_kind="persona",
    user_id=11,
    persona_id=12,
    office_id=13,
    function="eligibility",
    tax_id="001234567",
    line="medi-cal",
    outcome=recording.Outcome.ALLOWED,
    conclusion="found",
    subjects=(("member", "M1"), ("member", "M2")),
)


def record(number: int = 1, **changed: object) -> list[Entry]:
    """`number` uses, a minute apart, each about a member of its own."""
    references = [
        recording.record(
            replace(USE, **{"at": AT + timedelta(minutes=i), "subjects": (("member", f"M{i}"),), **changed})  # type: ignore[arg-type]
        )
        for i in range(number)
    ]
    return list(Entry.objects.filter(reference__in=references).order_by("id"))


def seal(at: datetime = AT, size: int = 1000) -> int:
    """Seals all there is, as the worker does; answers how many rows."""
    total, batch = 0, sealing.seal(sealed_at=at, size=size)
    total += batch.rows
    while batch.after is not None:
        batch = sealing.seal(sealed_at=at, after=batch.after, size=size)
        total += batch.rows
    return total


@contextmanager
def unguarded() -> Iterator[None]:
    """The database as somebody leaves it who may change its schema."""
    connection.check_constraints()
    guards.lift(connection)
    yield
    connection.check_constraints()
    guards.install(connection)


def forget_chain() -> None:
    """Cuts the whole chain off."""
    Link.objects.all().delete()
    Head.objects.all().delete()


@contextmanager
def thrown_away() -> Iterator[None]:
    """The same, and nothing of it stays: for many examples in one test."""
    with transaction.atomic():
        guards.lift(connection)
        yield
        transaction.set_rollback(True)
