"""Documents for tests: written by one editor, looked at by another."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.apps import apps

from portico.domains.library import editing, models, publishing
from portico.domains.library.wording import About, Wording
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Desk
from portico.domains.plan import catalogue
from portico.domains.plan.catalogue import Identity, Named
from tests.support.actors import NOW, TODAY, plan_staff, system

KEY = "prior-authorization"
ABOUT = About(kind="manual", material_number="23-346m", topics=("authorizations",))
SAID = Wording(
    title="Prior authorization",
    first_on=date(2026, 3, 1),
    summary="When to ask.",
    body="## When to ask\n\nBefore the visit.",
    lines=frozenset({"employer-hmo"}),
    regions=frozenset({"north"}),
)


def plan() -> None:
    """The plan's lines and regions, and a topic."""
    identity = Identity("Northlake Health Plan", "Northlake", "1-800-555-0142", "help@example.org")
    lines = [Named("employer-hmo", "Employer HMO"), Named("medi-cal", "Medi-Cal")]
    catalogue.configure(actor=system(), identity=identity, lines=lines, regions=[Named("north", "North")])
    models.Topic.objects.create(code="authorizations", name="Authorizations")
    models.Topic.objects.create(code="claims", name="Claims")


def editor(*, after: timedelta = timedelta(), user_id: int = 51) -> Actor:
    """Somebody of the communications desk, so long after the usual instant."""
    return _staff(Desk.COMMUNICATIONS, user_id, after)


def reviewer(*, after: timedelta = timedelta(), user_id: int = 52) -> Actor:
    """Somebody of the operations desk, who writes nothing."""
    return _staff(Desk.OPERATIONS, user_id, after)


def _staff(desk: Desk, user_id: int, after: timedelta) -> Actor:
    at = NOW + after
    return replace(plan_staff(desk), user_id=user_id, asked_at=at, today=TODAY + timedelta(days=after.days))


def begun(key: str = KEY, about: About = ABOUT, **changes: Any) -> editing.Saved:
    """A document with a draft."""
    return editing.begin(actor=editor(), key=key, about=about, said=replace(SAID, **changes))


def sent(key: str = KEY, about: About = ABOUT, **changes: Any) -> None:
    """A document whose first version waits to be looked at."""
    begun(key, about, **changes)
    editing.send(actor=editor(), key=key)


def published(key: str = KEY, about: About = ABOUT, at: datetime | None = None, **changes: Any) -> None:
    """A document whose first version is published, or will be."""
    sent(key, about, **changes)
    publishing.approve(actor=reviewer(), key=key, number=1, at=at)


def version(key: str = KEY, number: int = 1) -> models.Version:
    """A version's row."""
    return models.Version.objects.get(document__key=key, number=number)


def moved() -> list[str]:
    """The keys of the documents every node takes in anew, in order."""
    keys = dict(models.Document.objects.values_list("pk", "key"))
    found = models.Movement.objects.order_by("pk").values_list("document_id", flat=True)
    return [keys[number] for number in found if number is not None]


def audited() -> list[tuple[str, str, list[str]]]:
    """What the audit holds: function, conclusion, and of which documents."""
    return [
        (row.function, row.conclusion, [subject.identifier for subject in row.subjects.all()])
        for row in apps.get_model("audit", "Entry").objects.order_by("pk")
        if row.function.startswith("library")
    ]
