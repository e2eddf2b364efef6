"""Nothing of one client on another's side: addresses kept from before, notices, what is taken back then."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.test import Client
from django.urls import resolve, reverse

from portico.domains.access import models as access
from portico.domains.members import models as tables
from portico.domains.members import receipts
from portico.domains.permits.reasons import Reason
from tests.support import billing, cast, patients, visiting
from tests.support import files_of_patients as files
from tests.support import world as worlds
from tests.support.actors import NOW, TODAY
from tests.support.billing import House
from tests.support.world import World

RECEIPT = "receipt_changed"


@pytest.fixture
def house(world: World) -> House:
    """A billing company that works for both offices."""
    return billing.house(world)


@pytest.fixture
def clerk(house: House) -> Client:
    """The browser of somebody there who works for both."""
    return visiting.sign_in(house.clerk)


@dataclass(frozen=True, slots=True)
class Left:
    """What work for Lakeside left behind: a look-up, its receipt, and a batch."""

    lookup: UUID
    reference: str
    batch: UUID


@pytest.fixture
def left(clerk: Client, world: World) -> Left:
    """The clerk has worked for Lakeside, and works for Hillcrest now."""
    work_for(clerk, world.offices[cast.LAKESIDE])
    found = visiting.search(clerk, member_id=patients.ZEPHYRINE, tax_id=cast.OWN)
    lookup: UUID = resolve(found.headers["Location"]).kwargs["lookup"]
    assert clerk.post(reverse("receipt_give", args=[lookup])).status_code == 302
    answer = files.send(clerk, files.ZEPHYRINE, tax_id=cast.OWN)
    batch: UUID = resolve(answer.headers["Location"]).kwargs["batch"]
    files.act(clerk, "start", batch)
    files.work()
    work_for(clerk, world.offices[cast.HILLCREST])
    return Left(lookup, tables.Receipt.objects.get(lookup_id=lookup).reference, batch)


def work_for(browser: Client, office: int) -> None:
    """The person switches."""
    assert browser.post(reverse("side"), {"office": office}).status_code == 302


def take_back(administrator: Any, tax_id: str = cast.OWN) -> None:
    """The client takes it back, in one click."""
    row = access.ClientGrant.objects.get(tax_id=tax_id, ended_at=None)
    end = reverse("office_billing_company_end", args=[row.public_id])
    assert visiting.sign_in(administrator).post(end).status_code == 302


OF_A_LOOKUP = ("patient", "patient_choose", "card_pdf", "card_png")
OF_A_RECEIPT = ("receipt", "receipt_pdf")
OF_A_BATCH = ("batch", "batch_progress", "batch_csv", "batch_xlsx", "batch_271")
ACTS = ("start", "rerun", "cancel", "save", "again", "discard")


@pytest.mark.parametrize("route", [*OF_A_LOOKUP, *OF_A_RECEIPT, *OF_A_BATCH])
def test_an_address_kept_from_one_clients_side_opens_nothing_on_another(
    clerk: Client, left: Left, world: World, route: str
) -> None:
    key: Any = left.batch if route in OF_A_BATCH else left.lookup
    address = reverse(route, args=[left.reference if route in OF_A_RECEIPT else key])
    answer = clerk.get(address)
    assert answer.status_code in (403, 404)
    assert patients.ZEPHYRINE not in answer.content.decode()
    work_for(clerk, world.offices[cast.LAKESIDE])
    assert clerk.get(address).status_code in (200, 204, 302)


@pytest.mark.parametrize("act", ACTS)
def test_nothing_is_done_to_a_batch_from_another_side(clerk: Client, left: Left, act: str) -> None:
    before = tables.Batch.objects.values().get(pk=left.batch)
    assert files.act(clerk, act, left.batch, name="mine").status_code == 404
    assert tables.Batch.objects.values().get(pk=left.batch) == before


def test_no_receipt_is_made_of_another_sides_look_up(clerk: Client, left: Left) -> None:
    assert clerk.post(reverse("receipt_give", args=[left.lookup])).status_code == 403
    moved = clerk.post(reverse("patient_as_of", args=[left.lookup]), {"as_of": "03/01/2026"})
    assert moved.status_code == 403
    assert tables.Receipt.objects.filter(lookup_id=left.lookup).count() == 1


def told_of_a_change(left: Left) -> None:
    """A later load changed what the receipt says."""
    member = tables.Receipt.objects.get(reference=left.reference).member_id
    tables.Coverage.objects.filter(member=member).update(last_on=TODAY - timedelta(days=60))
    with worlds.loading() as given:
        receipts.note_retroactive_change(given, [member])
    assert apps.get_model("notifications", "Notice").objects.filter(kind=RECEIPT).exists()


def test_a_notice_about_one_clients_receipt_is_read_on_its_side_alone(
    clerk: Client, left: Left, house: House, world: World
) -> None:
    told_of_a_change(left)
    notices = reverse("notices")
    assert left.reference not in clerk.get(notices).content.decode()
    assert left.reference not in visiting.sign_in(house.administrator).get(notices).content.decode()
    row = apps.get_model("notifications", "Notice").objects.get(kind=RECEIPT, office_id=house.office)
    assert (row.tax_id, row.read_at) == (cast.OWN, None)
    work_for(clerk, world.offices[cast.LAKESIDE])
    assert left.reference in clerk.get(notices).content.decode()


def test_taken_back_while_somebody_works_there_leads_to_no_other_client_unseen(
    clerk: Client, left: Left, world: World
) -> None:
    work_for(clerk, world.offices[cast.LAKESIDE])
    take_back(world["administrator"])
    said = visiting.seen(clerk.get("/"))
    assert "Working for Hillcrest Family Practice" in said
    assert "not the office you chose: your work for that one ended" in said
    assert left.reference not in clerk.get(reverse("receipts")).content.decode()
    refused = visiting.search(clerk, member_id=patients.ZEPHYRINE, tax_id=cast.OWN)
    assert refused.status_code == 403
    assert "The office that this is about no longer lets yours work for it." in visiting.seen(refused)
    assert worlds.uses(function="eligibility")[-1].reasons == [Reason.CLIENT_ACCESS_ENDED]
    work_for(clerk, world.offices[cast.HILLCREST])
    assert "not the office you chose" not in visiting.seen(clerk.get("/"))
    assert clerk.post(reverse("side"), {"office": world.offices[cast.LAKESIDE]}).status_code == 404


@pytest.mark.parametrize("route", ["patient_search", "batches", "receipts"])
def test_whoever_is_left_without_a_client_reads_why_and_who_can_change_it(
    clerk: Client, house: House, world: World, route: str
) -> None:
    del house
    own_too = access.GrantLimit.objects.filter(value=billing.TALLYS, grant__function__in=billing.GIVEN)
    own_too.delete()
    for row in access.ClientGrant.objects.all():
        row.ended_at, row.ending = NOW, "client"
        row.save()
    answer = clerk.get(reverse(route))
    assert answer.status_code == 403
    assert "no longer lets yours work for it" in visiting.seen(answer)
    assert "Working for" not in visiting.seen(answer)
    assert world.offices


def test_on_the_own_side_what_lies_with_clients_is_said_to_be_elsewhere(clerk: Client, house: House) -> None:
    access.GrantLimit.objects.filter(value=billing.TALLYS, grant__function__in=billing.GIVEN).delete()
    work_for(clerk, house.office)
    answer = clerk.get(reverse("patient_search"))
    assert answer.status_code == 403
    assert "You are working for another office" in visiting.seen(answer)


def test_whoever_works_for_one_client_that_left_is_on_no_others_side(house: House, clerk: Client) -> None:
    access.GrantLimit.objects.filter(grant__persona=house.clerk.persona_id).exclude(value=cast.OWN).delete()
    access.ClientGrant.objects.filter(tax_id=cast.OWN).update(ended_at=NOW, ending="client")
    answer = clerk.get(reverse("patient_search"))
    assert answer.status_code == 403
    said = visiting.seen(answer)
    assert "The office that this is about no longer lets yours work for it." in said
    assert "Hillcrest" not in said
    assert "Working for" not in said


def test_whoever_manages_users_works_for_the_own_office(house: House) -> None:
    tia = visiting.sign_in(house.administrator)
    said = visiting.seen(tia.get("/"))
    assert "Working for" not in said
    assert "Tally House · Tax ID ••-•••4567" in said


def test_a_clients_tax_id_that_moved_takes_what_was_done_under_it_along(
    clerk: Client, left: Left, world: World
) -> None:
    work_for(clerk, world.offices[cast.LAKESIDE])
    tax_id = apps.get_model("offices", "TaxId").objects.get(number=cast.OWN)
    tax_id.office_id = None
    tax_id.save()
    for address in (
        reverse("receipt", args=[left.reference]),
        reverse("batch", args=[left.batch]),
        reverse("patient", args=[left.lookup]),
    ):
        assert clerk.get(address).status_code in (403, 404)
    assert visiting.search(clerk, member_id=patients.ZEPHYRINE, tax_id=cast.OWN).status_code == 403


def test_a_suspended_clerk_of_the_company_is_nobody_on_every_side(
    clerk: Client, house: House, left: Left
) -> None:
    access.Persona.objects.filter(pk=house.clerk.persona_id).update(suspended_at=NOW)
    for address in (reverse("receipt", args=[left.reference]), reverse("batches"), reverse("side")):
        assert clerk.get(address).status_code == 302


def test_a_company_late_with_its_review_sees_no_clients_patients(
    clerk: Client, house: House, left: Left, world: World
) -> None:
    apps.get_model("offices", "Office").objects.filter(pk=house.office).update(review_overdue_since=NOW)
    for office, tax_id in ((cast.LAKESIDE, cast.OWN), (cast.HILLCREST, cast.FOREIGN)):
        work_for(clerk, world.offices[office])
        assert visiting.search(clerk, member_id=patients.ZEPHYRINE, tax_id=tax_id).status_code == 403
    assert clerk.get(reverse("receipt", args=[left.reference])).status_code in (403, 404)
