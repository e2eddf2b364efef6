"""An application of a billing company asks by FHIR for the one client it is registered for."""

import pytest

from portico.domains.access import models as access
from portico.domains.access.clients import giving
from tests.fhir import clients
from tests.fhir.clients import Software
from tests.support import billing, cast, patients
from tests.support import world as worlds
from tests.support.billing import TALLY, TALLYS
from tests.support.world import World

BOTH = (cast.OWN, cast.FOREIGN)


@pytest.fixture(autouse=True)
def house(world: World) -> None:
    """A billing company that works for both offices."""
    billing.house(world)


@pytest.mark.parametrize("tax_id", BOTH, ids=["one_client", "the_other"])
def test_it_is_answered_for_the_client_it_is_registered_for(world: World, tax_id: str) -> None:
    software = clients.register(world, Software("billing", office=TALLY, tax_id=tax_id, reaches=BOTH))
    before = worlds.last_use()
    answer = software.get("Patient", {"identifier": patients.ZEPHYRINE})
    assert clients.matches(answer)
    used = {use.tax_id for use in worlds.uses(pk__gt=before, function="eligibility")}
    assert used == {tax_id}


@pytest.mark.parametrize("path", ["Patient", "Coverage"])
def test_once_taken_back_nothing_is_there(world: World, path: str) -> None:
    software = clients.register(world, Software("billing", office=TALLY, tax_id=cast.OWN, reaches=BOTH))
    row = access.ClientGrant.objects.get(tax_id=cast.OWN)
    giving.end(actor=worlds.actor(world["administrator"]), public_id=row.public_id)
    asked = {"Patient": {"identifier": patients.ZEPHYRINE}, "Coverage": {"patient": "Patient/x"}}
    answer = software.get(path, asked[path])
    assert answer.status_code == 403
    assert "client_access_ended" in clients.reasons(answer)


def test_registered_for_its_own_tax_id_it_reaches_no_client(world: World) -> None:
    software = clients.register(world, Software("billing", office=TALLY, tax_id=TALLYS, reaches=BOTH))
    answer = software.get("Patient", {"identifier": patients.ZEPHYRINE})
    assert answer.status_code == 403
