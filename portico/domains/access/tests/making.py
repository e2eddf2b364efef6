"""A plan, offices, people and grants for the tests of access; what a use case makes is made by it."""

from datetime import date, timedelta
from typing import Any

from django.apps import apps

from portico.domains.access import actors, granting, machines, models
from portico.domains.access.granting import NewGrant, NewPersona
from portico.domains.access.machines import Created, NewMachine
from portico.domains.access.tests import signing
from portico.domains.accounts import users
from portico.domains.offices import offices
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.plan import catalogue, policy
from tests.support import actors as people

OWN, SECOND, FOREIGN = people.OWN_TAX_ID, people.SECOND_TAX_ID, people.FOREIGN_TAX_ID
HMO, MEDI_CAL = people.LINE, people.OTHER_LINE
NORTH, SOUTH = "north", "south"
LAKESIDE, HILLCREST = "lakeside", "hillcrest"
NPI, OTHER_NPI = "2000000016", "2000000024"
TODAY, NOW = people.TODAY, people.NOW
JANUARY = date(2026, 1, 1)


def a_plan() -> None:
    """Two lines and two regions."""
    catalogue.configure(
        actor=people.system(),
        identity=catalogue.Identity(
            "Northlake Health Plan", "Northlake", "1-800-555-0142", "help@example.org"
        ),
        lines=[catalogue.Named(HMO, "Employer HMO"), catalogue.Named(MEDI_CAL, "Medi-Cal")],
        regions=[catalogue.Named(NORTH, "North"), catalogue.Named(SOUTH, "South")],
    )


def an_office(key: str = LAKESIDE, *tax_ids: str) -> offices.Office:
    """An office with these tax IDs; Lakeside's two unless others are given."""
    new = offices.NewOffice(key, key.capitalize(), "physician", tax_ids or (OWN, SECOND))
    return offices.open_office(actor=people.system(), new=new)


def a_grant(function: Function = Function.ELIGIBILITY, **changes: Any) -> NewGrant:
    """A grant on Lakeside's first tax ID since January."""
    return NewGrant(**{"function": function, "tax_ids": (OWN,), "first_on": JANUARY, **changes})


def an_end_user(*grants: NewGrant, office: str = LAKESIDE) -> NewPersona:
    """An end user of an office."""
    return NewPersona("end_user", office=office, grants=grants)


def an_administrator(*grants: NewGrant, office: str = LAKESIDE) -> NewPersona:
    """An administrator of an office."""
    return NewPersona("administrator", office=office, grants=grants)


def a_person(
    *personas: NewPersona, username: str = "fay.desk", actor: Actor | None = None, **more: Any
) -> int:
    """A user with these personas; answers its id."""
    first, _, last = username.partition(".")
    how = {"is_verified": actor is None, **more}
    new = users.NewUser(username, "morning coffee by the lake", first.capitalize(), last.capitalize(), **how)
    return granting.add_person(actor=actor or people.system(), user=new, personas=personas)


def a_partner(*grants: NewGrant, actor: Actor | None = None, **changes: Any) -> Created:
    """A trading partner of Lakeside."""
    described = {
        "office": LAKESIDE,
        "kind": "trading_partner",
        "name": "Clearinghouse",
        "tax_id": OWN,
        "sender_id": "LAKECLEAR",
        "grants": grants,
    }
    return machines.create(actor=actor or people.system(), new=NewMachine(**{**described, **changes}))


def a_client(*grants: NewGrant, actor: Actor | None = None, **changes: Any) -> Created:
    """A FHIR client of Lakeside that signs with the keys of `signing`."""
    described = {
        "office": LAKESIDE,
        "kind": "fhir_client",
        "name": "Records",
        "tax_id": OWN,
        "key_set": signing.KEY_SET,
        "scopes": ("system/Coverage.rs", "system/Patient.rs"),
        "grants": grants,
    }
    return machines.create(actor=actor or people.system(), new=NewMachine(**{**described, **changes}))


def personas_of(user_id: int) -> list[int]:
    """The numbers of the user's personas, in the order they were made."""
    return list(models.Persona.objects.filter(user_id=user_id).order_by("pk").values_list("pk", flat=True))


def built(
    user_id: int, persona_id: int | None = None, *, epoch: int = 1, today: date = TODAY
) -> Actor | None:
    """The actor behind a session of the user, with its second factor passed."""
    session = actors.Session(user_id, persona_id, second_factor=True, epoch=epoch)
    return actors.for_session(session, asked_at=NOW, today=today)


def actor(user_id: int, persona_id: int | None = None, *, today: date = TODAY) -> Actor:
    """The same where there must be one."""
    found = built(user_id, persona_id, today=today)
    assert found is not None
    return found


def day(offset: int) -> date:
    """So many days after today."""
    return TODAY + timedelta(days=offset)


def affiliated(npi: str, tax_id: str, first: int = -70, last: int | None = None) -> Any:
    """An affiliation in the provider file, from one day to another, counted from today."""
    provider, _ = apps.get_model("offices", "Provider").objects.get_or_create(
        npi=npi, defaults={"last_name": "Lin", "name_key": "LIN"}
    )
    billed, _ = apps.get_model("offices", "TaxId").objects.get_or_create(number=tax_id)
    return apps.get_model("offices", "Affiliation").objects.create(
        provider=provider, tax_id=billed, first_on=day(first), last_on=None if last is None else day(last)
    )


def participates(affiliation: Any, first: int = -70, last: int | None = None, *, line: str = HMO) -> None:
    """Under that affiliation the provider takes part in a line, from one day to another."""
    apps.get_model("offices", "Participation").objects.create(
        affiliation=affiliation,
        line_id=line,
        first_on=day(first),
        last_on=None if last is None else day(last),
    )


def the_plan_says(**rules: Any) -> None:
    """How access is handed out here, from now on; what is not said is as it was without a word."""
    apps.get_model("plan", "AccessPolicy").objects.update_or_create(pk=1, defaults=rules)
    policy.forget()
