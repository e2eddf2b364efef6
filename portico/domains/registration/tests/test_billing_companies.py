"""A billing company registers: always by the plan's desk, told the same whatever is on file, in no practice's
place.
"""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps

from portico.domains.offices import offices
from portico.domains.permits.functions import Function
from portico.domains.registration import completion, deciding, models
from portico.domains.registration.claims import Basis, Field, Finding, Reason
from portico.domains.registration.deciding import Outcome
from portico.domains.registration.deciding_rules import Back, Obstacle
from portico.domains.registration.tests import deciding_on, registering, waiting
from portico.domains.registration.tests.registering import COMPANY, GROUP_TAX_ID, TAX_ID, UNKNOWN_TAX_ID
from tests.support import actors as people

pytestmark = pytest.mark.django_db

CLAIMED: dict[str, dict[str, Any]] = {
    "of_nobody": {},
    "of_a_practice": {"tax_ids": (TAX_ID,)},
    "of_an_office_here": {"tax_ids": (GROUP_TAX_ID,)},
    "of_a_practice_by_its_name": {"tax_ids": (TAX_ID,), "office_name": "Clinic 567"},
    "of_a_billing_company_here": {"tax_ids": ("961234567",)},
    "of_somebody_excluded": {"first_name": "Jo", "last_name": "Barred"},
}


@pytest.fixture(autouse=True)
def plan() -> None:
    """A plan with a practice, a hospital with an office, a billing company, and somebody excluded."""
    registering.a_plan()
    registering.an_office(GROUP_TAX_ID)
    new = offices.NewOffice("ledger", "Ledger House", "billing_company", ("961234567",))
    offices.open_office(actor=people.system(), new=new)
    registering.excluded(npi="", name_key="BARREDJO", last_name="BARRED", first_name="JO", state="")


def submitted(**changes: Any) -> int:
    """One that waits for the desk; its number."""
    assert registering.submit(replace(COMPANY, **changes), mark="").state == "submitted"
    return registering.application().pk


def accepted(number: int) -> None:
    """Somebody of the plan has read its W-9."""
    for field in (Field.TAX_ID, Field.NAME):
        basis = Basis.PUBLIC_REGISTRY
        assert deciding_on.accept(number, field, basis=basis) is Outcome.DONE


@pytest.mark.parametrize("changes", CLAIMED.values(), ids=CLAIMED)
def test_it_waits_for_the_desk_and_is_told_the_same_whatever_is_on_file(changes: dict[str, Any]) -> None:
    told = registering.submit(replace(COMPANY, **changes), mark="")
    row = registering.application()
    assert (told.state, told.reason, told.differs) == ("submitted", Reason.ALWAYS_REVIEWED, ())
    assert (row.office_id, row.differs, row.matched_at) == (None, [], None)
    assert registering.last_use()[:2] == ("allowed", "registration_submitted")
    status = registering.look(told)
    assert (status.reason, status.differs, status.may_finish) == (Reason.ALWAYS_REVIEWED, (), False)
    assert registering.mails("registration_received") == [COMPANY.email]
    assert not models.JoinRequest.objects.exists()


@pytest.mark.parametrize("changes", CLAIMED.values(), ids=CLAIMED)
def test_a_correction_brings_it_no_further(changes: dict[str, Any]) -> None:
    told = registering.submit(COMPANY, mark="")
    corrected = {"office_name": "Tally House of Billing", **changes}
    corrected["tax_ids"] = " ".join(changes.get("tax_ids", (UNKNOWN_TAX_ID,)))
    assert registering.correct(told, **corrected)
    ended = registering.finish(told)
    assert ended is not None
    assert (ended.state, ended.reason, ended.differs) == ("submitted", Reason.ALWAYS_REVIEWED, ())


def test_neither_an_npi_nor_a_licence_is_asked_of_it() -> None:
    number = submitted(npi="2000000002", licence_number="A12345", licence_state="CA")
    row = deciding_on.row(number)
    assert (row.npi, row.licence_number, row.licence_key) == ("", "", "")


def test_nobody_says_yes_before_somebody_has_made_sure_of_it() -> None:
    number = submitted()
    case = deciding_on.case(number)
    assert case.obstacles == (Obstacle.NOT_SETTLED,)
    assert {each.field: each.finding for each in case.fields} == {
        Field.TAX_ID: Finding.NOT_FOUND,
        Field.NAME: Finding.NOT_FOUND,
        Field.EXCLUSIONS: Finding.AGREES,
    }
    assert deciding_on.approve(number) is Outcome.OBSTRUCTED
    accepted(number)
    assert deciding_on.approve(number) is Outcome.DONE


@pytest.mark.parametrize("tax_id", [TAX_ID, GROUP_TAX_ID], ids=["a_practice", "an_office"])
def test_it_never_comes_into_a_practices_place_whatever_is_said(tax_id: str) -> None:
    number = submitted(tax_ids=(tax_id,))
    accepted(number)
    case = deciding_on.case(number)
    assert case.obstacles == (Obstacle.OF_ANOTHER_KIND,)
    assert case.on_file.named[tax_id]
    office = offices.names([each.id for each in case.offices])
    for joins in (None, *office):
        assert deciding_on.approve(number, joins=joins) is Outcome.OBSTRUCTED
    for each in office:
        assert (
            deciding.recognise(actor=deciding_on.ana(), number=number, office_id=each) is Outcome.OBSTRUCTED
        )
    assert deciding_on.row(number).state == "submitted"
    assert not models.JoinRequest.objects.exists()


def test_a_practice_never_comes_into_a_billing_companys_place() -> None:
    number = deciding_on.waiting(tax_ids=("961234567",))
    case = deciding_on.case(number)
    assert Obstacle.OF_ANOTHER_KIND in case.obstacles
    [office] = case.offices
    recognised = deciding.recognise(actor=deciding_on.ana(), number=number, office_id=office.id)
    assert recognised is Outcome.OBSTRUCTED


def test_who_registers_a_billing_company_that_is_here_is_left_to_its_administrators() -> None:
    number = submitted(tax_ids=("961234567",))
    accepted(number)
    case = deciding_on.case(number)
    assert case.obstacles == (Obstacle.OFFICE_EXISTS,)
    [office] = case.offices
    done = deciding.recognise(actor=deciding_on.ana(), number=number, office_id=office.id)
    assert (done, deciding_on.row(number).state) == (Outcome.DONE, "recognised")


def test_whoever_is_excluded_is_settled_by_a_word_alone() -> None:
    number = submitted(**CLAIMED["of_somebody_excluded"])
    accepted(number)
    assert deciding_on.case(number).obstacles == (Obstacle.NOT_SETTLED,)
    assert deciding_on.approve(number) is Outcome.OBSTRUCTED


def test_the_desk_asks_for_its_w9_and_for_no_npi() -> None:
    number = submitted()
    asked = deciding.send_back(
        actor=deciding_on.ana(), number=number, reason=Back.MORE_NEEDED, missing=["tax_form", "npi"]
    )
    assert asked is Outcome.DONE
    assert [code for kind, code in deciding_on.happened(number) if kind == "missing"] == ["tax_form"]


def test_two_companies_have_no_npi_in_common() -> None:
    submitted()
    other = submitted(tax_ids=("962222222",))
    assert deciding_on.case(other).others == ()
    same = submitted(office_name="Tally House Two")
    [shared] = deciding_on.case(same).others
    assert shared.shares == (Field.TAX_ID,)


def approved() -> str:
    """One the desk has said yes to; its transaction ID."""
    told = registering.submit(COMPANY, mark="")
    number = registering.application().pk
    accepted(number)
    assert deciding_on.approve(number) is Outcome.DONE
    return told.transaction_id


def complete(transaction_id: str) -> Any:
    """The link is followed and a username chosen; answers the office."""
    completion.complete(
        actor=waiting.visitor(timedelta(minutes=5)),
        secret=waiting.secret(),
        transaction_id=transaction_id,
        address=waiting.HERE,
        username="tia.tally",
        password=waiting.PASSWORD,
    )
    return waiting.office_of(registering.application())


def test_the_office_that_opens_is_a_billing_company_whose_administrator_sees_no_patient() -> None:
    office = complete(approved())
    assert (office.kind, office.name) == ("billing_company", "Tally House")
    assert (office.contact_email, office.telephone) == ("", "")
    assert offices.billing_company(UNKNOWN_TAX_ID) is not None
    [user] = apps.get_model("accounts", "User").objects.filter(username="tia.tally")
    assert waiting.held_by(user.pk) == {"administrator": {(Function.MANAGE_USERS, UNKNOWN_TAX_ID)}}


def test_a_practice_that_stands_in_the_file_by_then_keeps_it_closed() -> None:
    transaction_id = approved()
    registering.a_provider(registering.UNKNOWN_NPI, UNKNOWN_TAX_ID)
    with pytest.raises(completion.Lost) as lost:
        complete(transaction_id)
    assert lost.value.reason is Reason.LOOKED_AT_AGAIN
    assert registering.application().state == "submitted"
    assert offices.billing_company(UNKNOWN_TAX_ID) is None
