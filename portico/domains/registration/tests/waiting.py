"""Applications that wait to be completed, the practice in the provider file, and what came of them."""

from datetime import timedelta
from typing import Any

from django.apps import apps

from portico.domains.access import actors as sessions
from portico.domains.notifications import outbox
from portico.domains.offices.offices import NewOffice, Office, open_office
from portico.domains.permits import actors
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.domains.registration import application_rows, catalogue, drafts, links, models, transaction_ids
from portico.domains.registration.catalogue_rows import AccountType
from portico.domains.registration.claims import Agreement, Claim
from tests.support import actors as people

NOW, TODAY = people.NOW, people.TODAY
NPI, TAX_ID, SECOND_TAX_ID = "2000000016", people.OWN_TAX_ID, people.SECOND_TAX_ID
LICENCE, STATE = "A0042317", "CA"
LINE = "employer-hmo"
ON_FILE, TELEPHONE = "roster@lakeside.example", "(530) 555-0166"
EMAIL = "lin@home.example"
HERE, ELSEWHERE = "203.0.113.7", "198.51.100.9"
NAME, PASSWORD = "iris.lin", "a pass phrase of her own"
DESK_USER = 999_012
State = models.Application.State

TERMS = Agreement("2026-01", "d" * 64, NOW - timedelta(minutes=5), HERE)
SOLO = Claim(
    account_type=AccountType.PHYSICIAN,
    user_type="solo_practitioner",
    catalogue=0,
    regions=("north",),
    first_name="Iris",
    last_name="Lin",
    email=EMAIL,
    telephone="(530) 555-0100",
    office_name="Lin Family Practice",
    npi=NPI,
    tax_ids=(TAX_ID,),
    licence_number=LICENCE,
    licence_state=STATE,
)
HOSPITAL: dict[str, Any] = {
    "account_type": AccountType.HOSPITAL,
    "user_type": "delegated_administrator",
    "licence_number": "",
    "licence_state": "",
}


def visitor(after: timedelta = timedelta()) -> Actor:
    """Somebody who has not signed in, some time after NOW."""
    at = NOW + after
    return actors.visitor(asked_at=at, today=at.date())


def clock(after: timedelta = timedelta()) -> Actor:
    """The system's own clock, some time after NOW."""
    at = NOW + after
    return actors.system_actor("test", asked_at=at, today=at.date())


def a_practice(
    npi: str = NPI,
    *tax_ids: str,
    email: str = ON_FILE,
    telephone: str = TELEPHONE,
    licence: str = LICENCE,
    takes_part: bool = True,
) -> None:
    """A physician of the provider file who bills under these tax IDs, and takes part in a line."""
    line, _ = apps.get_model("plan", "LineOfBusiness").objects.get_or_create(
        code=LINE, defaults={"name": "Employer HMO"}
    )
    provider = apps.get_model("offices", "Provider").objects.create(
        npi=npi,
        last_name="Lin",
        first_name="Iris",
        name_key="LIN",
        licence_number=licence,
        licence_state=STATE,
    )
    for number in tax_ids or (TAX_ID,):
        billed, _ = apps.get_model("offices", "TaxId").objects.get_or_create(number=number)
        row = apps.get_model("offices", "Affiliation").objects.create(
            provider=provider,
            tax_id=billed,
            first_on=TODAY - timedelta(days=70),
            email=email,
            telephone=telephone,
        )
        if takes_part:
            apps.get_model("offices", "Participation").objects.create(
                affiliation=row, line=line, first_on=TODAY - timedelta(days=70)
            )


def an_office(*tax_ids: str, key: str = "hillcrest", email: str = "desk@hillcrest.example") -> Office:
    """An office that is here already."""
    new = NewOffice(key, key.capitalize(), "physician", tax_ids or (TAX_ID,), contact_email=email)
    return open_office(actor=people.system(), new=new)


def submitted(*, transaction_id: str, agreement: Agreement = TERMS, **changes: Any) -> models.Application:
    """A solo practitioner's application; `changes` of what is claimed."""
    claim = Claim(**{name: getattr(SOLO, name) for name in SOLO.__dataclass_fields__} | changes)
    offer = catalogue.offer(claim.account_type, claim.user_type, number=claim.catalogue)
    assert offer is not None
    with permit(visitor(), Function.REGISTRATION) as given:
        index = transaction_ids.index(transaction_id)
        return application_rows.write(given, claim, offer, agreement, index)


def matched(mark: str = "", **changes: Any) -> tuple[models.Application, str]:
    """One that matched, and its transaction ID; found by the browser's mark where one is named."""
    transaction_id = transaction_ids.new()
    row = submitted(transaction_id=transaction_id, **changes)
    put(
        row,
        state=State.MATCHED,
        path="instant",
        matched_at=NOW,
        decided_at=NOW,
        decision="matched",
        due_at=None,
    )
    if mark:
        with permit(visitor(), Function.REGISTRATION) as given:
            drafts.settle(given, drafts.hold(given, mark), row, transaction_id)
    return row, transaction_id


def approved(**changes: Any) -> tuple[models.Application, str, str]:
    """One that was approved, its transaction ID, and the secret of the link that was mailed."""
    transaction_id = transaction_ids.new()
    row = submitted(transaction_id=transaction_id, **changes)
    put(row, state=State.APPROVED, decided_at=NOW, decided_by=DESK_USER, decision="approved")
    with permit(visitor(), Function.REGISTRATION) as given:
        links.send(given, row)
    return row, transaction_id, secret()


def word(row: models.Application, *, finding: str = "accepted", basis: str = "call") -> None:
    """Somebody of the plan gives their word on a field, and says how they made sure."""
    models.Check.objects.create(
        application=row, field="name", finding=finding, basis=basis, at=NOW, by=DESK_USER
    )


def put(row: models.Application, **values: Any) -> None:
    """Write these columns as the desk, or a match, would."""
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


def secret() -> str:
    """The secret of the link that was mailed last."""
    [*_, (_, facts)] = mails("registration_link")
    return str(facts["link"]).partition("?t=")[2]


def mails(template: str) -> list[tuple[str, dict[str, Any]]]:
    """To whom, and with what facts, each mail of that template waits."""
    waiting = apps.get_model("notifications", "Message").objects.filter(template=template).order_by("pk")
    return [
        (each.to, dict(outbox.opened(outbox.Outgoing(each.message_id, each.to, template, each.context, 0))))
        for each in waiting
    ]


def notices(office_id: int) -> list[str]:
    """The kinds of what the office was told."""
    found = apps.get_model("notifications", "Notice").objects.filter(office_id=office_id).order_by("pk")
    return list(found.values_list("kind", flat=True))


def last_use() -> tuple[str, str, dict[str, str]]:
    """The outcome, the conclusion and the subjects of the latest audit row."""
    use = apps.get_model("audit", "Entry").objects.order_by("-pk")[0]
    return use.outcome, use.conclusion, {each.kind: each.identifier for each in use.subjects.order_by("pk")}


def office_of(row: models.Application) -> Any:
    """The office the application came to."""
    row.refresh_from_db()
    assert row.office is not None
    return row.office


def events(row: models.Application) -> list[str]:
    """What happened to the application, in order."""
    return list(row.events.order_by("pk").values_list("kind", flat=True))


def wrong(transaction_id: str) -> str:
    """Another transaction ID, of the right form."""
    found = transaction_ids.new()
    assert found != transaction_id
    return found


def user(user_id: int) -> Any:
    """The user of that number."""
    return apps.get_model("accounts", "User").objects.get(pk=user_id)


def users() -> int:
    """How many users there are."""
    count: int = apps.get_model("accounts", "User").objects.count()
    return count


def session(user_id: int, kind: str) -> Any:
    """The actor of a session of the user as that persona, with a second factor."""
    persona = apps.get_model("access", "Persona").objects.get(user_id=user_id, kind=kind)
    found = sessions.for_session(
        sessions.Session(user_id, persona.pk, second_factor=True, epoch=1), asked_at=NOW, today=NOW.date()
    )
    assert found is not None
    return found


def held_by(user_id: int) -> dict[str, set[tuple[str, str]]]:
    """What the user's personas hold: by kind, the functions with each tax ID they reach."""
    found: dict[str, set[tuple[str, str]]] = {}
    for persona in apps.get_model("access", "Persona").objects.filter(user_id=user_id):
        limits = apps.get_model("access", "GrantLimit").objects.filter(grant__persona=persona)
        assert set(limits.values_list("dimension", flat=True)) == {"tax_id"}
        found[persona.kind] = set(limits.values_list("grant__function", "value"))
    return found
