"""A grant of managing users says what may be handed out by it; a proposed one, who proposed it."""

import pytest

from portico.domains.access import granting, models
from portico.domains.access.granting import CannotGrant
from portico.domains.access.tests import handing, making
from portico.domains.access.tests.handing import House
from portico.domains.offices import offices
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from tests.support import actors as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return handing.a_house()


def test_what_may_be_handed_out_is_read_back_with_the_grant(house: House) -> None:
    [of_bea] = house.as_("bea").held.of(Function.MANAGE_USERS)
    [of_ann] = house.as_("ann").held.of(Function.MANAGE_USERS)
    assert (of_bea.hands_out, of_ann.hands_out) == (frozenset(handing.LIMITED), None)


@pytest.mark.parametrize(
    "new",
    [
        making.a_grant(hands_out=(Function.BENEFITS,)),
        making.a_grant(Function.MANAGE_USERS, hands_out=(Function.PROVISIONING,)),
    ],
    ids=["by_another_function", "of_the_plans"],
)
def test_nothing_else_is_handed_out_and_by_nothing_else(house: House, new: granting.NewGrant) -> None:
    whose = "ann" if new.function is Function.MANAGE_USERS else "fay"
    with pytest.raises(CannotGrant):
        granting.add_grant(actor=people.system(), persona_id=house.persona(whose), new=new)


def test_a_proposed_grant_knows_who_proposed_it(house: House) -> None:
    for state, by in (("proposed", house["joe"]), ("active", None)):
        new = making.a_grant(Function.REPORTS, state=state)
        number = granting.add_grant(actor=house.as_("joe"), persona_id=house.persona("fay"), new=new)
        assert models.Grant.objects.get(pk=number).proposed_by == by


def test_under_a_clients_tax_id_a_grant_is_given_where_it_is_lent(house: House) -> None:
    persona = models.Persona.objects.get(pk=house.persona("fay"))
    office = offices.find(making.LAKESIDE)
    new = making.a_grant(tax_ids=(making.FOREIGN,))
    with permit(people.system(), Function.PROVISIONING) as given:
        with pytest.raises(CannotGrant):
            granting.give(given, persona, office, new)
        assert granting.give(given, persona, office, new, lent=(making.FOREIGN,))
