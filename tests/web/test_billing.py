"""Billing companies through the pages: let one work, take it back in one click, switch, and mix nothing."""

from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.test import Client
from django.urls import resolve, reverse

from portico.domains.access import actors as access_actors
from portico.domains.access import models as access
from portico.domains.access.clients.rules import Ending
from portico.domains.members import models as tables
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.questions import Question
from portico.domains.permits.reasons import Reason
from portico.domains.permits.rules import decide
from portico.edges.web import asking
from tests.support import billing, cast, patients, visiting
from tests.support import files_of_patients as files
from tests.support import world as worlds
from tests.support.actors import NOW, TODAY
from tests.support.billing import TALLYS, House
from tests.support.world import World

GIVE, GIVEN, CLIENTS, SIDE = (
    reverse(name)
    for name in ("office_billing_company_give", "office_billing_companies", "office_clients", "side")
)


@pytest.fixture
def house(world: World) -> House:
    """A billing company that works for both offices."""
    return billing.house(world)


@pytest.fixture
def clerk(house: House) -> Client:
    """The browser of somebody there who works for both."""
    return visiting.sign_in(house.clerk)


@pytest.fixture
def administrator(world: World) -> Client:
    """The browser of Lakeside's administrator."""
    return visiting.sign_in(world["administrator"])


def terms(**changes: object) -> dict[str, object]:
    """The whole form, for claims under the own tax ID."""
    said: dict[str, object] = {
        "company": TALLYS,
        "tax_ids": cast.OWN,
        "functions": Function.CLAIMS_INQUIRY.value,
        "lines": "every",
        "first_on": f"{TODAY:%m/%d/%Y}",
        "last_on": "",
        "send": "yes",
    }
    return {**said, **changes}


def work_for(browser: Client, office: int) -> None:
    """The person switches."""
    answer = browser.post(SIDE, {"office": office})
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("home"))


def on(house: House, office: int | None) -> Actor:
    """The clerk as the web builds them on that side."""
    session = access_actors.Session(house.clerk.user_id, house.clerk.persona_id, True, 1, NOW, office)
    found = access_actors.for_session(session, asked_at=NOW, today=TODAY)
    assert found is not None
    return found


def test_an_administrator_names_a_company_and_lets_it_work(administrator: Client) -> None:
    billing.open_house()
    said = visiting.seen(administrator.post(GIVE, {"company": "16-1234567"}))
    assert "What Tally House may do" in said
    assert "Every line, also one the plan adds later" in said
    assert "Manage users" not in said
    answer = administrator.post(GIVE, terms())
    assert (answer.status_code, answer.headers["Location"]) == (302, GIVEN)
    row = access.ClientGrant.objects.get()
    assert (row.tax_id, row.functions, row.lines) == (cast.OWN, "eligibility claims_inquiry", "")
    said = visiting.seen(administrator.get(GIVEN))
    assert "Tally House may work for you" in said
    assert "In force" in said


@pytest.mark.parametrize("typed", ["18-1234567", "160000000"], ids=["an_office", "nobody"])
def test_any_other_tax_id_is_answered_alike(administrator: Client, typed: str) -> None:
    answer = administrator.post(GIVE, {"company": typed})
    assert answer.status_code == 422
    assert "No billing company with this tax ID has an office here" in visiting.seen(answer)


def test_the_form_says_what_is_missing_beside_it(administrator: Client) -> None:
    billing.open_house()
    answer = administrator.post(GIVE, terms(tax_ids=[], lines=[], first_on="", last_on="99/99/2026"))
    said = visiting.seen(answer)
    assert answer.status_code == 422
    assert "Choose at least one tax ID." in said
    answer = administrator.post(GIVE, terms(first_on="03/14/2026", last_on="03/13/2026"))
    assert "Choose a last day that is not before the first." in visiting.seen(answer)
    assert not access.ClientGrant.objects.exists()


def test_anothers_tax_id_is_no_choice(administrator: Client) -> None:
    billing.open_house()
    assert administrator.post(GIVE, terms(tax_ids=cast.FOREIGN)).status_code == 422
    assert not access.ClientGrant.objects.exists()


def test_one_click_takes_it_back_and_closes_it_at_their_next_one(
    administrator: Client, house: House, clerk: Client, world: World
) -> None:
    work_for(clerk, world.offices[cast.LAKESIDE])
    assert visiting.search(clerk, member_id=patients.ZEPHYRINE, tax_id=cast.OWN).status_code == 302
    row = access.ClientGrant.objects.get(tax_id=cast.OWN)
    answer = administrator.post(reverse("office_billing_company_end", args=[row.public_id]))
    assert (answer.status_code, answer.headers["Location"]) == (302, GIVEN)
    row.refresh_from_db()
    assert row.ending == Ending.CLIENT
    refused = decide(on(house, world.offices[cast.LAKESIDE]), Question(Function.ELIGIBILITY, cast.OWN))
    assert refused.reasons == (Reason.CLIENT_ACCESS_ENDED,)
    assert visiting.search(clerk, member_id=patients.ZEPHYRINE, tax_id=cast.OWN).status_code != 302


def test_what_is_not_the_offices_is_not_there(administrator: Client, house: House) -> None:
    del house
    foreign = access.ClientGrant.objects.get(tax_id=cast.FOREIGN).public_id
    for number in (foreign, uuid4()):
        assert administrator.post(reverse("office_billing_company_end", args=[number])).status_code == 404
        assert administrator.post(reverse("office_client_give_up", args=[number])).status_code == 404
    assert not access.ClientGrant.objects.exclude(ended_at=None).exists()


def test_the_company_sees_its_clients_and_gives_one_up(house: House) -> None:
    tia = visiting.sign_in(house.administrator)
    said = visiting.seen(tia.get(CLIENTS))
    assert "Lakeside Family Practice" in said
    assert "Hillcrest Family Practice" in said
    row = access.ClientGrant.objects.get(tax_id=cast.OWN)
    assert tia.post(reverse("office_client_give_up", args=[row.public_id])).status_code == 302
    row.refresh_from_db()
    assert row.ending == Ending.BILLER


def test_whoever_has_clients_sees_whom_they_work_for_and_changes_it(clerk: Client, world: World) -> None:
    assert "Working for" in visiting.seen(clerk.get("/"))
    said = visiting.seen(clerk.get(SIDE))
    assert all(
        name in said for name in ("Tally House", "Lakeside Family Practice", "Hillcrest Family Practice")
    )
    before = clerk.cookies["portico"].value
    work_for(clerk, world.offices[cast.HILLCREST])
    assert clerk.cookies["portico"].value != before
    assert "Working for Hillcrest Family Practice" in visiting.seen(clerk.get("/"))


def test_whoever_has_none_is_not_asked(front_desk: Client) -> None:
    assert "Working for" not in visiting.seen(front_desk.get("/"))
    assert "You work for your own office alone" in visiting.seen(front_desk.get(SIDE))


@pytest.mark.parametrize(
    "typed", ["999999", "", "x", "0"], ids=["nobodys", "nothing", "letter", "every_side"]
)
def test_nobody_works_for_an_office_that_gave_nothing(clerk: Client, typed: str) -> None:
    assert clerk.post(SIDE, {"office": typed}).status_code == 404


def test_an_office_without_clients_works_for_no_other(front_desk: Client, world: World) -> None:
    assert front_desk.post(SIDE, {"office": world.offices[cast.HILLCREST]}).status_code == 404


def test_the_session_itself_takes_no_other_office(clerk: Client) -> None:
    request = clerk.get(SIDE).wsgi_request
    with pytest.raises(ValueError, match="does not work for this office"):
        asking.work_for(request, 999_999)


def test_a_tax_id_of_the_other_side_is_refused_with_the_switch(
    house: House, clerk: Client, world: World
) -> None:
    work_for(clerk, world.offices[cast.LAKESIDE])
    refused = decide(on(house, world.offices[cast.LAKESIDE]), Question(Function.ELIGIBILITY, cast.FOREIGN))
    assert refused.reasons == (Reason.OTHER_SIDE,)
    answer = visiting.search(clerk, member_id=patients.ZEPHYRINE, tax_id=cast.FOREIGN)
    assert answer.status_code == 403
    assert "You are working for another office" in visiting.seen(answer)
    assert f'href="{SIDE}"' in answer.content.decode()


def a_batch(browser: Client, tax_id: str, row: str = files.ZEPHYRINE) -> UUID:
    """A batch asked to its end for that tax ID."""
    answer = files.send(browser, row, tax_id=tax_id)
    assert answer.status_code == 302, answer.content.decode()
    batch: UUID = resolve(answer.headers["Location"]).kwargs["batch"]
    files.act(browser, "start", batch)
    files.work()
    return batch


def test_batches_of_one_client_are_not_there_on_another_side(clerk: Client, world: World) -> None:
    work_for(clerk, world.offices[cast.LAKESIDE])
    batch = a_batch(clerk, cast.OWN)
    address = reverse("batch", args=[batch])
    assert str(batch) in clerk.get(reverse("batches")).content.decode()
    work_for(clerk, world.offices[cast.HILLCREST])
    assert str(batch) not in clerk.get(reverse("batches")).content.decode()
    assert clerk.get(address).status_code == 404
    assert files.act(clerk, "start", batch).status_code == 404
    work_for(clerk, world.offices[cast.LAKESIDE])
    assert clerk.get(address).status_code == 200


def test_a_file_that_names_another_side_is_refused_whole(clerk: Client, world: World) -> None:
    work_for(clerk, world.offices[cast.LAKESIDE])
    answer = files.send(clerk, files.ZEPHYRINE, tax_id=cast.FOREIGN)
    assert answer.status_code == 403
    assert not tables.Batch.objects.exists()


def test_receipts_of_one_client_are_not_there_on_another_side(clerk: Client, world: World) -> None:
    work_for(clerk, world.offices[cast.LAKESIDE])
    found = visiting.search(clerk, member_id=patients.ZEPHYRINE, tax_id=cast.OWN)
    lookup: UUID = resolve(found.headers["Location"]).kwargs["lookup"]
    clerk.post(reverse("receipt_give", args=[lookup]))
    receipt = tables.Receipt.objects.get(lookup_id=lookup)
    assert receipt.reference in clerk.get(reverse("receipts")).content.decode()
    work_for(clerk, world.offices[cast.HILLCREST])
    assert receipt.reference not in clerk.get(reverse("receipts")).content.decode()
    assert clerk.get(reverse("receipt", args=[receipt.reference])).status_code == 404
    assert clerk.get(found.headers["Location"]).status_code == 403


def test_no_permit_reaches_two_sides(house: House, world: World) -> None:
    sides = {
        cast.OWN: world.offices[cast.LAKESIDE],
        cast.FOREIGN: world.offices[cast.HILLCREST],
        TALLYS: house.office,
    }
    for tax_id, office in sides.items():
        actor = on(house, office)
        for function in billing.GIVEN:
            assert actor.standing.tax_ids == {tax_id}
            scope = decide(actor, Question(function)).scope
            assert scope.tax_ids() <= {tax_id}


def test_a_client_late_with_its_review_closes_its_patients_to_the_company(house: House, world: World) -> None:
    lakeside = world.offices[cast.LAKESIDE]
    apps.get_model("offices", "Office").objects.filter(pk=lakeside).update(review_overdue_since=NOW)
    late = decide(on(house, lakeside), Question(Function.ELIGIBILITY, cast.OWN))
    assert late.reasons == (Reason.CLIENT_REVIEW_OVERDUE,)
    assert decide(on(house, lakeside), Question(Function.ELIGIBILITY)).reasons == (
        Reason.CLIENT_REVIEW_OVERDUE,
    )
    other = on(house, world.offices[cast.HILLCREST])
    assert decide(other, Question(Function.ELIGIBILITY, cast.FOREIGN)).allowed


def test_each_use_is_on_record_under_the_clients_tax_id(clerk: Client, world: World) -> None:
    work_for(clerk, world.offices[cast.LAKESIDE])
    before = worlds.last_use()
    visiting.search(clerk, member_id=patients.ZEPHYRINE, tax_id=cast.OWN)
    assert {use.tax_id for use in worlds.uses(pk__gt=before, function="eligibility")} == {cast.OWN}
