"""Check Claim Status in the browser: searching, the list, one claim, and what is told of nothing found."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from portico.domains.claims.models import DeadlineRule
from tests.support import cast, claims, patients, visiting
from tests.support import world as worlds
from tests.support.visiting import seen
from tests.support.world import World

SEARCH = "/claims/"
SUBSCRIBER = f"S{patients.ZEPHYRINE}"


def asked(browser: Client, **given: str) -> Any:
    """What the search form answers; whom it asks for stands in no address."""
    return browser.post(SEARCH, {"tax_id": cast.OWN, "subscriber_id": SUBSCRIBER, **given})


def found(browser: Client, query: str = "", **given: str) -> Any:
    """The page of what was found."""
    answer = asked(browser, **given)
    assert answer.status_code == 302, seen(answer)
    return browser.get(answer.url + query)


def test_claims_are_found_by_subscriber_and_tax_id(front_desk: Client) -> None:
    claims.decided()
    claims.pended()
    said = seen(found(front_desk))
    assert "26015A0003" in said
    assert "Paid" in said
    assert "$175.00" in said
    assert "Waits for the medical records of the service" in said


def test_nothing_of_a_patient_stands_in_an_address(front_desk: Client) -> None:
    claim = claims.decided()
    answer = asked(front_desk, claim_number=claim.claim_number)
    page = front_desk.get(answer.url)
    told = page.content.decode()
    for address in (answer.url, f'href="/claims/{claim.public_id}/?from='):
        assert claim.claim_number not in address
        assert not patients.shown_in(address)
    assert f"/claims/{claim.public_id}/?from=" in told
    assert "no-store" in page.headers["Cache-Control"]
    assert not patients.shown_in(told[told.index("<title>") : told.index("</title>")])


def test_a_search_leaves_one_audit_row(front_desk: Client) -> None:
    claims.decided()
    front_desk.get(SEARCH)
    before = worlds.last_use()
    found(front_desk)
    (use,) = worlds.uses(pk__gt=before)
    assert (use.function, use.tax_id, use.conclusion) == ("claims_inquiry", cast.OWN, "found")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"subscriber_id": ""}, "Enter a subscriber ID, a claim number or a patient control number"),
        ({"subscriber_id": "", "first_on": "01/01/2026"}, "or both days of service"),
        ({"first_on": "02/01/2026", "last_on": "01/01/2026"}, "lies before the first one"),
        ({"first_on": "yesterday"}, "Enter a day as mm/dd/yyyy"),
        ({"subscriber_id": "$$"}, "Subscriber ID or member ID"),
        ({"tax_id": "17"}, "9 digits"),
    ],
)
def test_what_cannot_be_searched_by_is_said(front_desk: Client, given: dict[str, str], said: str) -> None:
    answer = asked(front_desk, **given)
    assert answer.status_code == 422
    assert said in seen(answer)


def test_days_alone_find_every_claim_of_them(front_desk: Client) -> None:
    claims.decided()
    said = seen(found(front_desk, subscriber_id="", first_on="01/01/2026", last_on="01/31/2026"))
    assert "26015A0003" in said


@pytest.mark.parametrize(
    ("query", "is_there"),
    [
        ("", True),
        ("?lines=group", True),
        ("?lines=individual", False),
        ("?status=paid", True),
        ("?status=denied", False),
        ("?status=nonsense&lines=nonsense&after=nonsense", True),
    ],
)
def test_the_list_is_narrowed_by_lines_and_status(front_desk: Client, query: str, is_there: bool) -> None:
    claims.decided()
    assert ("$175.00" in seen(found(front_desk, query))) is is_there


@pytest.mark.parametrize(
    ("held", "given", "said"),
    [
        ({}, {"subscriber_id": "NLNOBODY1"}, "The plan has not received a claim like this"),
        ({}, {"first_on": "02/01/2026"}, "other days of service, from 01/12/2026 to 01/12/2026"),
        ({"line_id": cast.PPO}, {"line": cast.HMO}, "in another line of business: PPO"),
        ({"tax_id": cast.FOREIGN}, {}, "The plan has not received a claim like this"),
        ({"tax_id": cast.SECOND}, {}, "The plan has not received a claim like this"),
    ],
)
def test_nothing_found_says_why(
    front_desk: Client, held: dict[str, Any], given: dict[str, str], said: str
) -> None:
    claims.decided(**held)
    assert said in seen(found(front_desk, **given))


def test_another_tax_id_of_ones_own_is_told(world: World) -> None:
    browser = visiting.sign_in(world["two_tax_ids"])
    claims.decided(tax_id=cast.SECOND)
    assert "under another tax ID of yours: 17-1234568" in seen(found(browser))


def test_somebody_elses_search_is_unknown(world: World, front_desk: Client) -> None:
    address = asked(front_desk).url
    assert visiting.sign_in(world["eligibility_only"]).get(address).status_code == 404
    assert front_desk.get(f"/claims/found/{uuid4()}/").status_code == 404


def test_the_second_page_follows_the_first(front_desk: Client) -> None:
    for place in range(26):
        claims.received(f"26015F{place:04}")
    page = found(front_desk)
    told = page.content.decode()
    assert "26015F0000" not in told
    after = told.split("after=")[1].split('"')[0]
    said = seen(front_desk.get(page.request["PATH_INFO"] + f"?after={after}"))
    assert "26015F0000" in said
    assert "26015F0025" not in said


@pytest.mark.parametrize("number", [1, 20])
def test_a_list_asks_no_more_for_more_claims(
    front_desk: Client, number: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for place in range(number):
        claims.decided(f"26015G{place:04}")
    address = asked(front_desk).url
    front_desk.get(address)
    with django_assert_max_num_queries(17):
        front_desk.get(address)


def of(browser: Client, claim: UUID) -> str:
    """What the page of a claim says."""
    answer = browser.get(f"/claims/{claim}/")
    assert answer.status_code == 200
    return seen(answer)


def test_a_denied_claim_is_read_to_its_reason_and_its_deadline(front_desk: Client) -> None:
    DeadlineRule.objects.create(
        kind="dispute", days=365, unit="calendar", citation="28 CCR 1300.71.38", first_on="2020-01-01"
    )
    said = of(front_desk, claims.denied().public_id)
    assert "Denied on 02/03/2026" in said
    assert "Written off $200.00 CO-197" in said
    assert "Disputing the decision" in said
    assert "365 calendar days from the last decision. 28 CCR 1300.71.38" in said
    assert "02/03/2027" in said


def test_a_pended_claim_says_for_what_and_by_when(front_desk: Client) -> None:
    said = of(front_desk, claims.pended().public_id)
    assert "Pended since 01/20/2026: waits for the medical records of the service" in said
    assert "Your office: Send the medical records of the service." in said
    assert "It was expected by 02/19/2026" in said


def test_a_reversed_claim_names_no_day_in_the_past(front_desk: Client) -> None:
    said = of(front_desk, claims.reversed_claim(stated_on="2026-01-20").public_id)
    assert "The plan: The plan decides the claim anew." in said
    assert "xpected by" not in said


def test_what_happened_names_the_payment(front_desk: Client) -> None:
    claim = claims.decided()
    claims.event(claim, "reversed", claims.PAID_ON, code="EFT0000118", amount=-claims.PAID)
    claims.event(claim, "replaced", claims.PAID_ON, code="26015Z0001")
    said = of(front_desk, claim.public_id)
    assert "The payment was taken back -$175.00, Payment EFT0000118" in said
    assert "A corrected claim took its place Claim 26015Z0001" in said


def test_a_paid_claim_shows_the_payment_it_was_in(front_desk: Client) -> None:
    claim = claims.decided()
    claims.payment([claim])
    said = of(front_desk, claim.public_id)
    assert "EFT0000117" in said
    assert "$175.00 paid on 02/03/2026" in said
    assert "Patient's share $30.00 PR-2" in said


def test_a_claim_of_nobody_of_ones_own_is_unknown(front_desk: Client, world: World) -> None:
    for claim in (claims.decided("1", tax_id=cast.FOREIGN), claims.decided("2", tax_id=cast.SECOND)):
        assert front_desk.get(f"/claims/{claim.public_id}/").status_code == 404
    assert front_desk.get(f"/claims/{uuid4()}/").status_code == 404
    in_hmo = claims.decided("3")
    medi_cal = visiting.sign_in(world["medi_cal_only"])
    assert medi_cal.get(f"/claims/{in_hmo.public_id}/").status_code == 404


@pytest.mark.parametrize("back", ["", "?from=nonsense", "?from=00000000-0000-4000-8000-000000000000"])
def test_a_claim_is_shown_however_one_came(front_desk: Client, back: str) -> None:
    assert front_desk.get(f"/claims/{claims.decided().public_id}/{back}").status_code == 200
