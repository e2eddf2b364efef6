"""A billing company that the offices of these tests let work for them, and what they give it."""

from typing import Any

from portico.domains.access import models
from portico.domains.access.clients import giving
from portico.domains.access.clients.rules import Terms
from portico.domains.access.tests import houses, making
from portico.domains.access.tests.houses import Lakeside
from portico.domains.offices import offices
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from tests.support import actors as people
from tests.support import world

TALLY, TALLYS = "tallyhouse", "161234567"
CLAIMS = Function.CLAIMS_INQUIRY


def a_house() -> Lakeside:
    """Lakeside with its people, Hillcrest, and a billing company."""
    found = houses.lakeside()
    making.an_office(making.HILLCREST, making.FOREIGN)
    new = offices.NewOffice(TALLY, "Tally House", "billing_company", (TALLYS,))
    offices.open_office(actor=people.system(), new=new)
    return found


def tia() -> Actor:
    """The billing company's administrator."""
    grant = making.a_grant(Function.MANAGE_USERS, tax_ids=(TALLYS,))
    user_id = making.a_person(making.an_administrator(grant, office=TALLY), username="tia.tally")
    return making.actor(user_id)


def terms(*tax_ids: str, **changes: Any) -> Terms:
    """Claims under Lakeside's first tax ID in every line, from today on."""
    said = {"functions": frozenset({CLAIMS}), "lines": None, "first_on": making.TODAY}
    return Terms(frozenset(tax_ids or (making.OWN,)), **{**said, **changes})


def give(actor: Actor, *tax_ids: str, company: str = TALLYS, **changes: Any) -> list[models.ClientGrant]:
    """What was given, by its rows."""
    made = giving.give(actor=actor, company=company, terms=terms(*tax_ids, **changes))
    return [models.ClientGrant.objects.get(public_id=each) for each in made]


def conclusion() -> tuple[str, set[tuple[str, str]]]:
    """How the last use was concluded, and its subjects."""
    row = world.uses()[-1]
    return row.conclusion, {(each.kind, each.identifier) for each in row.subjects.order_by("pk")}


def a_clerk(*tax_ids: str) -> Actor:
    """Somebody of the billing company who works with claims under these."""
    grant = making.a_grant(CLAIMS, tax_ids=tax_ids)
    return making.actor(making.a_person(making.an_end_user(grant, office=TALLY), username="clem.tally"))
