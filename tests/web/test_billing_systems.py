"""Systems of a billing company: for which tax IDs the desk connects them, and who sees them in an office."""

import pytest
from django.test import Client
from django.urls import reverse

from portico.domains.access import models as access
from portico.domains.permits.functions import Function
from tests.support import billing, cast, systems, visiting
from tests.support.actors import NOW
from tests.support.billing import TALLY, House
from tests.support.world import World

SYSTEMS = reverse("office_systems")


@pytest.fixture
def house(world: World) -> House:
    """A billing company that works for both offices."""
    return billing.house(world)


@pytest.mark.parametrize(
    ("office", "offered"), [(TALLY, True), (cast.HILLCREST, False)], ids=["company", "practice"]
)
def test_the_desk_connects_it_for_the_clients_that_gave_something(
    house: House, operations: Client, office: str, offered: bool
) -> None:
    del house
    page = operations.get(reverse("client_new", args=[office])).content.decode()
    assert (f'value="{cast.OWN}"' in page) is offered
    assert f'value="{cast.SECOND}"' not in page


def test_its_administrator_sees_it_whatever_became_of_the_client(house: House, world: World) -> None:
    grant = systems.a_grant(Function.ELIGIBILITY, cast.OWN)
    systems.a_client(office=TALLY, tax_id=cast.OWN, grants=(grant,), name="Claims robot")
    tia = visiting.sign_in(house.administrator)
    assert "Claims robot" in visiting.seen(tia.get(SYSTEMS))
    access.ClientGrant.objects.update(ended_at=NOW, ending="client")
    assert "Claims robot" in visiting.seen(tia.get(SYSTEMS))
    assert "Claims robot" not in visiting.seen(visiting.sign_in(world["administrator"]).get(SYSTEMS))
