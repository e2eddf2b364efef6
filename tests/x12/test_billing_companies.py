"""Software of a billing company asks by X12 for each of its clients, and for none that took it back."""

from typing import Any

import pytest

from portico.domains.access import models as access
from portico.domains.access.clients import giving
from portico.domains.permits.functions import Function
from tests.support import billing, cast, systems
from tests.support import world as worlds
from tests.support.billing import TALLY, TALLYS
from tests.support.world import World
from tests.x12 import connecting, partners
from tests.x12.connecting import Partner


@pytest.fixture
def software(world: World) -> Partner:
    """Of the billing company, which works for both offices."""
    billing.house(world)
    connecting.name_the_plan()
    reached = systems.a_grant(Function.ELIGIBILITY, cast.OWN, cast.FOREIGN)
    return connecting.a_partner(office=TALLY, tax_id=TALLYS, sender_id="TALLY01", grants=(reached,))


def asked(software: Partner, tax_id: str) -> tuple[list[Any], list[Any]]:
    """What the answer for that tax ID holds: whether somebody is covered, and what was refused."""
    receiver = f"NM1*1P*2*A CLIENT*****FI*{tax_id}"
    message = partners.interchange(partners.a_270(connecting.zephyrine(), receiver=receiver))
    payload = software.post(payload=message)["Payload"]
    return connecting.segments(payload, "EB"), connecting.segments(payload, "AAA")


@pytest.mark.parametrize("tax_id", [cast.OWN, cast.FOREIGN], ids=["one_client", "the_other"])
def test_it_asks_for_every_client_and_names_which(software: Partner, tax_id: str) -> None:
    covered, refused = asked(software, tax_id)
    assert covered
    assert not refused
    assert worlds.uses(function="eligibility")[-1].tax_id == tax_id


def test_for_a_client_that_took_it_back_it_is_refused_at_once(software: Partner, world: World) -> None:
    row = access.ClientGrant.objects.get(tax_id=cast.OWN)
    giving.end(actor=worlds.actor(world["administrator"]), public_id=row.public_id)
    covered, refused = asked(software, cast.OWN)
    assert not covered
    assert refused
    assert asked(software, cast.FOREIGN)[0]


def test_for_a_tax_id_that_nobody_gave_it_is_refused(software: Partner) -> None:
    assert not asked(software, cast.SECOND)[0]
    assert asked(software, cast.SECOND)[1]
