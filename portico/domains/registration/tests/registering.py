"""A plan and its provider file, somebody who registers there, and what came of it."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.apps import apps

from portico.domains.permits import actors
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Desk, Function
from portico.domains.permits.permit import permit
from portico.domains.plan import freshness
from portico.domains.plan.freshness import Feed
from portico.domains.registration import applications, correcting, events, following, models
from portico.domains.registration.applications import Submitted
from portico.domains.registration.catalogue_rows import AccountType
from portico.domains.registration.claims import Agreement, Claim
from portico.domains.registration.following import Status
from tests.support import actors as people

NOW, TODAY = people.NOW, people.TODAY
NPI, OTHER_NPI, GROUP_NPI, UNKNOWN_NPI = "2000000002", "2000000010", "2000000028", "2000000036"
TAX_ID, SECOND, GROUP_TAX_ID, UNKNOWN_TAX_ID = "941234567", "941234568", "951234567", "959999999"
LICENCE, OTHER_LICENCE = "A12345", "A54321"
HOME = "203.0.113.9"
MARK = "a mark of a browser"
LINE = "employer-hmo"
FILE = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
CLAIM = Claim(
    account_type=AccountType.PHYSICIAN,
    user_type="solo_practitioner",
    catalogue=0,
    regions=("north",),
    first_name="Mei",
    last_name="Tran",
    email="mei@tran.example",
    telephone="5305550142",
    office_name="Tran Family Medicine",
    npi=NPI,
    tax_ids=(TAX_ID,),
    licence_number=LICENCE,
    licence_state="CA",
)
HOSPITAL = replace(
    CLAIM,
    account_type=AccountType.HOSPITAL,
    user_type="delegated_administrator",
    office_name="Lakeside Hospital",
    npi=GROUP_NPI,
    tax_ids=(GROUP_TAX_ID,),
    licence_number="",
    licence_state="",
    address="1 Lake Road",
    city="Northlake",
    state_code="CA",
    postal_code="95814",
)
COMPANY = replace(
    HOSPITAL,
    account_type=AccountType.BILLING_COMPANY,
    office_name="Tally House",
    npi="",
    tax_ids=(UNKNOWN_TAX_ID,),
)
AGREED = Agreement("", "", NOW)


def visitor(*, days: float = 0, minutes: float = 0) -> Actor:
    """Somebody who has not signed in, some time after NOW."""
    at = NOW + timedelta(days=days, minutes=minutes)
    return actors.visitor(asked_at=at, today=at.date())


def clock(*, days: float = 0, minutes: float = 0) -> Actor:
    """The system, some time after NOW."""
    at = NOW + timedelta(days=days, minutes=minutes)
    return actors.system_actor("test", asked_at=at, today=at.date())


def desk(*, days: float = 0, user_id: int = 999_012) -> Actor:
    """Somebody of the plan, some time after NOW."""
    at = NOW + timedelta(days=days)
    staff = people.plan_staff(Desk.OPERATIONS, persona_id=92)
    return replace(staff, user_id=user_id, asked_at=at, today=at.date())


def a_plan() -> None:
    """A plan with a line, a region, and a provider file with a physician and a hospital."""
    apps.get_model("plan", "LineOfBusiness").objects.create(code=LINE, name="Employer HMO")
    apps.get_model("plan", "Region").objects.create(code="north", name="North")
    a_provider(NPI, TAX_ID, licence_number="A-12345", licence_state="CA")
    a_provider(
        GROUP_NPI,
        GROUP_TAX_ID,
        is_organization=True,
        first_name="",
        last_name="Lakeside Hospital, Inc.",
    )
    with permit(clock(), Function.HOUSEKEEPING) as given:
        freshness.note(given, feed=Feed.PROVIDERS, as_of=NOW - timedelta(hours=3))


def a_provider(npi: str, *tax_ids: str, participates: bool = True, **facts: Any) -> None:
    """A provider who bills under these tax IDs, and takes part in the line."""
    offered = {"first_name": "Mei", "last_name": "Tran", "name_key": "TRAN"} | facts
    provider, _ = apps.get_model("offices", "Provider").objects.update_or_create(npi=npi, defaults=offered)
    for number in tax_ids:
        affiliated(provider, number, participates=participates)


def affiliated(provider: Any, number: str, *, participates: bool = True, last_on: date | None = None) -> None:
    """The provider bills under that tax ID since 2020."""
    tax_id, _ = apps.get_model("offices", "TaxId").objects.get_or_create(
        number=number, defaults={"name": f"Clinic {number[-3:]}"}
    )
    row = apps.get_model("offices", "Affiliation").objects.create(
        provider=provider,
        tax_id=tax_id,
        first_on=date(2020, 1, 1),
        last_on=last_on,
        email=f"roster{number[-3:]}@lake.example",
        telephone="(530) 555-0166",
    )
    if participates:
        apps.get_model("offices", "Participation").objects.create(
            affiliation=row, line_id=LINE, first_on=date(2020, 1, 1)
        )


def an_office(tax_id: str = TAX_ID) -> int:
    """An office with an account bills under that tax ID."""
    row = apps.get_model("offices", "Office").objects.create(
        key=f"office-{tax_id}",
        name="Here already",
        kind="physician",
        contact_email="desk@here.example",
        created_at=NOW,
    )
    apps.get_model("offices", "TaxId").objects.filter(number=tax_id).update(office=row)
    return int(row.pk)


def owned(state: str = "CA", key: str = LICENCE) -> None:
    """Somebody owns that licence here."""
    office = apps.get_model("offices", "Office").objects.create(
        key="owners", name="Owners", kind="physician", created_at=NOW
    )
    first = submit(mark="", claim=replace(CLAIM, npi=UNKNOWN_NPI))
    assert first.state == "submitted"
    models.LicenceOwner.objects.create(
        state=state,
        key=key,
        application=models.Application.objects.latest("pk"),
        office=office,
        user_id=11,
        since=NOW,
    )


def licence_list(**facts: Any) -> None:
    """The list of licences was loaded, and holds the physician's."""
    row = {"state": "CA", "key": LICENCE, "number": "A 12345", "name": "TRAN, MEI LAN", "status": "current"}
    models.Licence.objects.create(**row | {"is_active": True, "as_of": NOW} | facts)
    loaded(Feed.LICENCES)


def excluded(**facts: Any) -> None:
    """The list of exclusions was loaded, and holds the physician and a stranger."""
    row = {"key": "k", "npi": NPI, "last_name": "TRAN", "kind": "1128a1", "excluded_on": date(2024, 1, 1)}
    models.Exclusion.objects.create(**row | {"as_of": NOW} | facts)
    somebody = {"key": "other", "name_key": "SOMEBODYELSE", "last_name": "SOMEBODY", "kind": "1128a1"}
    models.Exclusion.objects.create(**somebody, excluded_on=date(2024, 1, 1), as_of=NOW)
    stranger = {"key": "another", "npi": "2000000044", "last_name": "DOE", "name_key": "DOE"}
    models.Exclusion.objects.create(**row | {"as_of": NOW} | stranger)
    loaded(Feed.EXCLUSIONS)


def loaded(feed: Feed) -> None:
    """The feed is true as of NOW."""
    with permit(clock(), Function.HOUSEKEEPING) as given:
        freshness.note(given, feed=feed, as_of=NOW)


def submit(
    claim: Claim = CLAIM, *, actor: Actor | None = None, mark: str = MARK, address: str = HOME
) -> Submitted:
    """Submit it."""
    return applications.submit(
        actor=actor or visitor(), claim=claim, agreement=AGREED, mark=mark, address=address
    )


def look(submitted: Submitted, *, actor: Actor | None = None) -> Status:
    """How it stands for the applicant."""
    found = following.look(actor=actor or visitor(), transaction_id=submitted.transaction_id, address=HOME)
    assert found is not None
    return found


def correct(submitted: Submitted, *, actor: Actor | None = None, **changes: str) -> bool:
    """Put these in place of what was claimed."""
    return correcting.correct(
        actor=actor or visitor(),
        transaction_id=submitted.transaction_id,
        address=HOME,
        changes=changes,
    )


def hand_in(submitted: Submitted, *, actor: Actor | None = None, content: bytes = FILE) -> correcting.Added:
    """Hand in a file."""
    return correcting.hand_in(
        actor=actor or visitor(),
        transaction_id=submitted.transaction_id,
        address=HOME,
        kind="licence",
        name="licence.pdf",
        content=content,
    )


def finish(submitted: Submitted, *, actor: Actor | None = None) -> Submitted | None:
    """That is all."""
    return correcting.finish(actor=actor or visitor(), transaction_id=submitted.transaction_id, address=HOME)


def application() -> models.Application:
    """The newest one."""
    return models.Application.objects.latest("pk")


def send_back(*missing: str, at: datetime = NOW) -> None:
    """The desk asks for more."""
    row = application()
    with permit(replace(desk(), asked_at=at), Function.REGISTRATION_REVIEW) as given:
        models.Application.objects.filter(pk=row.pk).update(state="returned", returned_at=at)
        events.note(given, row, events.Kind.RETURNED, code="more_needed")
        for each in missing:
            events.note(given, row, events.Kind.MISSING, code=each)


def last_use() -> tuple[str, str, dict[str, str]]:
    """The outcome, the conclusion and the subjects of the latest audit row."""
    use = apps.get_model("audit", "Entry").objects.order_by("-pk")[0]
    return use.outcome, use.conclusion, {each.kind: each.identifier for each in use.subjects.order_by("pk")}


def mails(template: str) -> list[str]:
    """To whom mails of that template wait."""
    waiting = apps.get_model("notifications", "Message").objects.filter(template=template)
    return list(waiting.order_by("pk").values_list("to", flat=True))
