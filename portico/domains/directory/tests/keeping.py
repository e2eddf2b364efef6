"""An office that keeps its directory entries, the plan's desk, and what came of it, for tests."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.apps import apps

from portico.domains.directory import changes, models, reviewing
from portico.domains.directory.change_files import Looked
from portico.domains.directory.changes import Wish
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Desk, Function
from portico.shared.files.checking import Checked
from portico.shared.files.scanning import Scan
from tests.support import actors as people
from tests.support import directory as building
from tests.support.actors import NOW, TODAY

OTHER_NUMBER, NEW_NUMBER = "5305550177", "5305550199"
PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
State = models.Change.State


def office(tax_id: str = building.TAX_ID, **facts: Any) -> Any:
    """An office with an account that bills under the tax ID."""
    values = {"key": f"office-{tax_id}", "name": "Lakeside", "kind": "physician", "created_at": NOW, **facts}
    made = apps.get_model("offices", "Office").objects.create(
        contact_email=f"office{tax_id[:2]}@lake.example", **values
    )
    tax_ids = apps.get_model("offices", "TaxId").objects
    tax_ids.get_or_create(number=tax_id, defaults={"name": "Lakeside"})
    tax_ids.filter(number=tax_id).update(office=made)
    return made


def keeper(*, days: float = 0, **limits: Any) -> Actor:
    """Somebody of the office who keeps its entries, some time after NOW."""
    held = people.grant(Function.DIRECTORY_MAINTENANCE, lines=None, **limits)
    return later(people.front_desk(held), days)


def desk(*, days: float = 0) -> Actor:
    """Somebody of the plan, some time after NOW."""
    return later(people.plan_staff(Desk.OPERATIONS), days)


def clock(*, days: float = 0) -> Actor:
    """The system, some time after NOW."""
    return later(people.system(), days)


def later(actor: Actor, days: float) -> Actor:
    """The same, so many days later."""
    at = NOW + timedelta(days=days)
    return replace(actor, asked_at=at, today=at.date())


def entry(npi: str = building.GRACE, **at: Any) -> models.Listing:
    """An entry of the directory, under the office's tax ID."""
    building.affiliated(npi, **at)
    building.refresh()
    return models.Listing.objects.get(npi=npi)


def send(
    listing: models.Listing,
    field: str = "telephone",
    after: Any = OTHER_NUMBER,
    *,
    actor: Actor | None = None,
    on: date = TODAY,
    file: Looked | None = None,
) -> str:
    """The office changes a field; the reference of the change."""
    wish = Wish(listing.pk, field, after, on)
    return changes.send(actor=actor or keeper(), wish=wish, file=file)


def accepted(listing: models.Listing, *args: Any, days: float = 0, **how: Any) -> models.Change:
    """The office changed a field, and the plan accepted it some days later."""
    reference = send(listing, *args, **how)
    assert reviewing.accept(actor=desk(days=days), reference=reference)
    return change(reference)


def change(reference: str) -> models.Change:
    """The row of that reference."""
    return models.Change.objects.get(reference=reference)


def document(name: str = "letter.pdf", scan: Scan = Scan.CLEAN) -> Looked:
    """A document as it was looked at."""
    return Looked(name, Checked("application/pdf", "pdf", PDF), scan)


def feed(on: date = TODAY, **facts: Any) -> None:
    """The provider file says this now, of everybody in it."""
    apps.get_model("offices", "Affiliation").objects.update(**facts)
    building.refresh(on=on)


def last_use() -> tuple[str, str]:
    """The outcome and the conclusion of the audit row written last."""
    row: Any = apps.get_model("audit", "Entry").objects.order_by("-pk").first()
    return row.outcome, row.conclusion


def subjects() -> list[tuple[str, str]]:
    """What the audit row written last is about."""
    row: Any = apps.get_model("audit", "Entry").objects.order_by("-pk").first()
    return list(row.subjects.order_by("pk").values_list("kind", "identifier"))


def mails() -> list[tuple[str, str, str]]:
    """Every mail: to whom, which one, and of what kind."""
    rows = apps.get_model("notifications", "Message").objects.order_by("pk")
    return [(row.to, row.template, row.context["kind"]) for row in rows]


def notices() -> list[tuple[int | None, str]]:
    """Every notice: to which user, and of what kind."""
    rows = apps.get_model("notifications", "Notice").objects.order_by("pk")
    return list(rows.values_list("user_id", "kind"))
