"""Payments in the browser: searched for, shown with their claims, each code in words."""

import io
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from portico.domains.claims.models import Payment, PaymentAdjustment
from portico.shared.pdf.tests import reading
from portico.transactions.remittances import reader
from tests.conformance import x12 as judges
from tests.support import claims, patients, remittances, visiting
from tests.support.cast import FOREIGN, OWN, SECOND
from tests.support.visiting import seen
from tests.support.world import World, uses

REMITTANCES = "/remittances/"


@pytest.fixture(autouse=True)
def payments(world: World) -> dict[str, Payment]:
    """What was paid."""
    return remittances.of_world(world)


def test_the_latest_payments_stand_below_the_search(front_desk: Client) -> None:
    said = seen(front_desk.get(REMITTANCES))
    assert "Latest payments" in said
    row = (
        "EFT0000117 02/03/2026 Lakeside Family Practice Tax ID 17-1234567 Electronic transfer 2 1 denied $175"
    )
    assert row in said
    assert remittances.FOREIGN_NUMBER not in said
    assert remittances.SECOND_NUMBER not in said


def test_a_number_leads_to_its_payment(front_desk: Client, payments: dict[str, Payment]) -> None:
    answer = front_desk.post(REMITTANCES, {"number": "eft 0000117"})
    assert answer.headers["Location"] == f"{REMITTANCES}{payments[OWN].public_id}/"


def test_a_search_is_sent_and_its_address_names_nobody(front_desk: Client) -> None:
    answer = front_desk.post(REMITTANCES, {"member_id": patients.ZEPHYRINE, "first": "01/01/2026"})
    address = answer.headers["Location"]
    assert not patients.shown_in(address)
    shown = front_desk.get(address)
    assert "Payments found" in seen(shown)
    assert f'value="{patients.ZEPHYRINE}"' in shown.content.decode()
    assert 'value="01/01/2026"' in shown.content.decode()
    assert "no-store" in shown.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"number": "NONE"}, "it stands on the check, or in the note of the transfer"),
        ({"number": "EFT0000117", "first": "03/01/2026"}, "There are such payments on other days."),
        ({"member_id": "NLQX0000"}, "look at its status"),
    ],
)
def test_nothing_found_says_what_to_try(front_desk: Client, asked: dict[str, str], says: str) -> None:
    said = seen(front_desk.post(REMITTANCES, asked, follow=True))
    assert "No payment was found" in said
    assert says in said


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"first": "x"}, "Enter a day as mm/dd/yyyy"),
        ({"first": "03/02/2026", "last": "03/01/2026"}, "The last day comes before the first one."),
        ({"member_id": "§§"}, "member ID"),
    ],
)
def test_what_will_not_do_is_said(front_desk: Client, asked: dict[str, str], says: str) -> None:
    answer = front_desk.post(REMITTANCES, asked)
    assert answer.status_code == 422
    assert says in seen(answer)


def test_a_search_is_its_owners_alone(world: World, front_desk: Client) -> None:
    theirs = remittances.inquiry_of(world["colleague"])
    assert front_desk.get(f"{REMITTANCES}found/{theirs}/").status_code == 404
    assert front_desk.get(f"{REMITTANCES}found/{uuid4()}/").status_code == 404


def test_a_payment_shows_its_claims_and_what_they_come_to(
    front_desk: Client, payments: dict[str, Payment]
) -> None:
    said = seen(front_desk.get(f"{REMITTANCES}{payments[OWN].public_id}/"))
    assert "Payment EFT0000117" in said
    assert "Zephyrine Quillfeather NLQX7731 01/12/2026 Decided, this plan first" in said
    assert "$300.00 $230.00 $55.00 $175.00" in said
    assert "Denied" in said
    assert "All 2 claims of the payment $600.00" in said
    assert "You see a part" not in said


def test_what_was_taken_off_beside_the_claims_is_said(
    front_desk: Client, payments: dict[str, Payment]
) -> None:
    PaymentAdjustment.objects.create(
        payment=payments[OWN], position=0, reason="WO", identifier="26015A0009", amount="5.00"
    )
    Payment.objects.filter(pk=payments[OWN].pk).update(amount="170.00")
    said = seen(front_desk.get(f"{REMITTANCES}{payments[OWN].public_id}/"))
    assert "An earlier overpayment taken back Code WO 26015A0009 $5.00" in said
    assert "Claims $175.00, less what is taken off here $170.00" in said


def test_whoever_is_limited_is_told_that_it_is_a_part(world: World, payments: dict[str, Payment]) -> None:
    browser = visiting.sign_in(world["medi_cal_only"])
    said = seen(browser.get(f"{REMITTANCES}{payments[OWN].public_id}/"))
    assert "You see a part of this payment It has 2 claims; 1 of them is open to you." in said
    assert "Zephyrine" not in said
    assert "Clementina" in said


def test_a_claim_shows_its_lines_and_every_code_in_words(
    front_desk: Client, payments: dict[str, Payment]
) -> None:
    said = seen(front_desk.get(f"{REMITTANCES}{payments[OWN].public_id}/claims/0/"))
    assert "99214 01/12/2026 CO-45 $50.00 PR-2 $30.00 $200.00 $150.00 $30.00 $120.00" in said
    assert "This part is the member's coinsurance." in said
    denied = seen(front_desk.get(f"{REMITTANCES}{payments[OWN].public_id}/claims/1/"))
    assert "Denied" in denied
    assert "N56" in denied


def test_a_payment_is_explained_on_paper(front_desk: Client, payments: dict[str, Payment]) -> None:
    address = f"{REMITTANCES}{payments[OWN].public_id}/explanation-of-payment.pdf"
    answer = front_desk.get(address)
    said = reading.text(answer.content)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "no-store" in answer.headers["Cache-Control"]
    assert reading.failures(answer.content) == []
    assert "99214 01/12/2026 CO-45 $50.00 PR-2 $30.00 $200.00 $150.00 $30.00 $120.00" in said
    assert "The claim $300.00 $55.00 $175.00" in said
    assert "This part is the member's coinsurance." in said
    assert not patients.shown_in(reading.promises(answer.content).title or "")
    assert [front_desk.get(address, {"part": part}).status_code for part in ("1", "0", "2", "x")] == [
        *(200, 404, 404, 404)
    ]


def test_a_paper_of_a_part_says_so_and_long_claims_are_cut_short(
    world: World, payments: dict[str, Payment], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portico.edges.web.remittances.printing.MOST_LINES", 1)
    browser = visiting.sign_in(world["medi_cal_only"])
    answer = browser.get(f"{REMITTANCES}{payments[OWN].public_id}/explanation-of-payment.pdf")
    said = reading.text(answer.content)
    assert "This paper shows 1 of the 2 claims of the payment" in said
    assert "without their service lines: 1." in said
    assert "99214" not in said
    assert "Zephyrine" not in said


def test_the_835_reads_back_as_the_payment_it_is_of(front_desk: Client, payments: dict[str, Payment]) -> None:
    answer = front_desk.get(f"{REMITTANCES}{payments[OWN].public_id}/835/")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    judges.assert_835_parses(answer.content.decode())
    [found] = reader.payments(io.BytesIO(answer.content))
    assert found.payment
    assert (found.payment.trace_number, found.payment.amount) == ("EFT0000117", payments[OWN].amount)
    assert [claim.claim_number for claim in found.claims or ()] == ["26015A0003", "26015A0004"]


def test_a_part_offers_no_835_and_says_why(world: World, payments: dict[str, Payment]) -> None:
    browser = visiting.sign_in(world["medi_cal_only"])
    address = f"{REMITTANCES}{payments[OWN].public_id}/"
    assert "The 835 holds every claim of the payment" in seen(browser.get(address))
    assert browser.get(f"{address}835/").status_code == 404


@pytest.mark.parametrize("below", ["", "claims/0/", "explanation-of-payment.pdf", "835/"])
def test_payments_of_others_are_unknown(front_desk: Client, payments: dict[str, Payment], below: str) -> None:
    for tax_id in (SECOND, FOREIGN):
        assert front_desk.get(f"{REMITTANCES}{payments[tax_id].public_id}/{below}").status_code == 404
    assert front_desk.get(f"{REMITTANCES}{uuid4()}/{below}").status_code == 404


def test_one_look_is_one_row_of_the_audit(front_desk: Client, payments: dict[str, Payment]) -> None:
    front_desk.get(f"{REMITTANCES}{payments[OWN].public_id}/")
    assert [use.conclusion for use in uses(function="remittance")] == ["payment_shown"]


def test_the_list_takes_the_same_queries_however_long(
    front_desk: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    front_desk.get(REMITTANCES)
    with CaptureQueriesContext(connection) as few:
        front_desk.get(REMITTANCES)
    for number in range(20):
        claims.payment(trace_number=f"E{number}")
    with django_assert_num_queries(len(few)):
        front_desk.get(REMITTANCES)


def test_a_part_that_no_paper_has_is_unknown_however_far(
    front_desk: Client, payments: dict[str, Payment]
) -> None:
    paper = f"{REMITTANCES}{payments[OWN].public_id}/explanation-of-payment.pdf"
    for part in ("0", "2", "9" * 18, "9" * 19, "-1", "x"):
        assert front_desk.get(paper, {"part": part}).status_code == 404
