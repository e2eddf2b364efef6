"""Check Authorization Status in the browser: searching, the list, one request, the desk, what is within."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from portico.domains.authorizations.models import Authorization, Usage
from tests.support import authorizations, cast, documents_of_requests, patients
from tests.support.actors import NOW
from tests.support.visiting import seen
from tests.support.world import World

SEARCH, DESK = "/authorizations/", "/authorizations/desk/"
NUMBER = "A123456782"


def asked(browser: Client, way: str = "member_id", **given: str) -> Any:
    """What the search form answers; whom it asks for stands in no address."""
    told = {"tax_id": cast.OWN, **({"member_id": patients.ZEPHYRINE} if way == "member_id" else {}), **given}
    return browser.post(f"{SEARCH}?by={way}", told)


def found(browser: Client, query: str = "", way: str = "member_id", **given: str) -> Any:
    """The page of what was found."""
    answer = asked(browser, way, **given)
    assert answer.status_code == 302, seen(answer)
    return browser.get(answer.url + query)


def page(browser: Client, row: Authorization) -> str:
    """What the page of a request says."""
    answer = browser.get(f"/authorizations/{row.public_id}/")
    assert answer.status_code == 200
    return seen(answer)


@pytest.mark.parametrize(
    ("way", "given"),
    [
        ("member_id", {}),
        ("name", {"last_name": "Quillfeather", "birth_date": "05/06/1984"}),
        ("ssn", {"ssn": "900-45-6789", "birth_date": "05/06/1984"}),
        ("days", {"first_on": "03/01/2026", "last_on": "06/30/2026"}),
    ],
)
def test_requests_are_found_by(front_desk: Client, way: str, given: dict[str, str]) -> None:
    row = authorizations.in_review()
    said = seen(found(front_desk, way=way, **given))
    assert row.number in said
    assert "In review" in said


def test_a_request_is_found_by_its_number_however_it_is_typed(front_desk: Client) -> None:
    row = authorizations.approved()
    typed = f"{row.number[0].lower()} {row.number[1:4]}-{row.number[4:]}"
    assert row.number in seen(found(front_desk, way="number", number=typed))


def test_nothing_of_a_patient_stands_in_an_address_or_a_title(front_desk: Client) -> None:
    row = authorizations.in_review()
    answer = asked(front_desk)
    listed = front_desk.get(answer.url)
    one = front_desk.get(f"/authorizations/{row.public_id}/")
    for told in (listed, one):
        text = told.content.decode()
        assert "no-store" in told.headers["Cache-Control"]
        assert not patients.shown_in(text[text.index("<title>") : text.index("</title>")])
    assert not patients.shown_in(answer.url)
    assert f"/authorizations/{row.public_id}/?from=" in listed.content.decode()


def test_the_search_says_back_the_last_digits_of_a_number_alone(front_desk: Client) -> None:
    said = seen(found(front_desk, way="ssn", ssn="900-45-6789", birth_date="05/06/1984"))
    assert "900456789" not in said
    assert "900-45-6789" not in said


@pytest.mark.parametrize(
    ("way", "given", "says"),
    [
        ("member_id", {"member_id": ""}, "Enter the member ID."),
        ("number", {"number": "A12"}, "An authorization number is A and nine digits."),
        ("name", {"last_name": "Quillfeather"}, "this search needs it"),
        ("days", {"first_on": "03/01/2026"}, "Enter the last day of service."),
        ("days", {"first_on": "03/02/2026", "last_on": "03/01/2026"}, "lies before the first one"),
    ],
)
def test_what_cannot_be_searched_says_why(
    front_desk: Client, way: str, given: dict[str, str], says: str
) -> None:
    answer = asked(front_desk, way, **given)
    assert answer.status_code == 422
    assert says in seen(answer)


def test_a_way_to_search_that_is_none_is_not_found(front_desk: Client) -> None:
    assert front_desk.get(f"{SEARCH}?by=shoe_size").status_code == 404


def test_the_list_is_narrowed_by_kind_and_state(front_desk: Client) -> None:
    one, other = authorizations.in_review(), authorizations.referral()
    denied = authorizations.denied()
    said = seen(found(front_desk, "?kind=referral"))
    assert other.number in said
    assert one.number not in said
    said = seen(found(front_desk, "?state=decided"))
    assert denied.number in said
    assert one.number not in said
    said = seen(found(front_desk, "?kind=admission"))
    assert "There are requests of another kind: authorization, referral." in said


def test_too_many_searches_by_ssn_say_when_to_come_again(front_desk: Client) -> None:
    for _ in range(12):
        answer = found(front_desk, way="ssn", ssn="900-11-1111", birth_date="05/06/1984")
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert "Too many searches found nothing" in seen(answer)


def test_a_partial_approval_says_what_holds_and_why_not_the_rest(front_desk: Client) -> None:
    row = authorizations.partly()
    Usage.objects.create(
        service=row.services.get(position=1), claim_number="C1", quantity=3, on=authorizations.FIRST_ON
    )
    said = page(front_desk, row)
    assert "12 visits" in said
    assert "8 visits" in said
    assert "5 visits" in said
    assert authorizations.REASON in said
    assert authorizations.CRITERIA in said
    assert "Ask the plan to look again, or appeal, by" in said


def test_a_pended_request_says_what_is_asked_and_until_when(front_desk: Client) -> None:
    said = page(front_desk, authorizations.pended())
    assert authorizations.ASKED in said
    assert "The office is next: it answers what the plan asks by" in said


def test_an_urgent_one_counts_down(front_desk: Client) -> None:
    said = page(front_desk, authorizations.expedited())
    assert "Expedited" in said
    assert authorizations.URGENCY in said


@pytest.mark.parametrize(
    "make",
    [
        authorizations.in_review,
        authorizations.approved,
        authorizations.denied,
        authorizations.cancelled,
        authorizations.not_needed,
        authorizations.referral,
        authorizations.admission,
    ],
)
def test_every_request_can_be_shown(front_desk: Client, make: Any) -> None:
    row = make()
    assert row.number in page(front_desk, row)


def test_one_of_another_office_is_as_unknown_as_none(front_desk: Client) -> None:
    theirs = authorizations.in_review(parties={"requesting": (cast.FOREIGN, patients.NPI_ELSEWHERE)})
    hidden, none = (front_desk.get(f"/authorizations/{each}/") for each in (theirs.public_id, uuid4()))
    assert hidden.status_code == none.status_code == 404
    assert seen(hidden).replace(str(theirs.public_id), "") == seen(none).replace("", "")


def test_documents_and_letters_are_handed_out(front_desk: Client) -> None:
    row = authorizations.denied()
    held, letter = documents_of_requests.document(row), authorizations.letter(row)
    said = page(front_desk, row)
    assert held.reference in said
    assert "Letter of approval" in said
    file = front_desk.get(f"/authorizations/{row.public_id}/documents/{held.public_id}/")
    assert file.content == documents_of_requests.PDF
    assert file.headers["Content-Disposition"].startswith("attachment")
    paper = front_desk.get(f"/authorizations/{row.public_id}/letters/{letter.public_id}/")
    assert paper.content.startswith(b"%PDF")


def test_a_document_that_is_not_checked_yet_is_not_handed_out(front_desk: Client) -> None:
    row = authorizations.denied()
    held = documents_of_requests.document(row, scan="waiting")
    assert "Not yet checked for viruses" in page(front_desk, row)
    assert front_desk.get(f"/authorizations/{row.public_id}/documents/{held.public_id}/").status_code == 404


def test_a_note_is_kept_and_said_back(front_desk: Client) -> None:
    row = authorizations.in_review()
    answer = front_desk.post(
        f"/authorizations/{row.public_id}/note/", {"text": "Call the therapist."}, follow=True
    )
    assert "Call the therapist." in seen(answer)
    empty = front_desk.post(f"/authorizations/{row.public_id}/note/", {"text": " "})
    assert empty.status_code == 422
    assert "Write the note." in seen(empty)


def test_a_request_is_given_to_a_colleague_and_to_nobody(front_desk: Client, world: World) -> None:
    row, other = authorizations.in_review(), world["two_tax_ids"]
    address = f"/authorizations/{row.public_id}/assign/"
    front_desk.post(address, {"persona": str(other.persona_id)})
    assert row.number in seen(front_desk.get(f"{DESK}?list=waiting_on_plan&whose={other.persona_id}"))
    answer = front_desk.post(address, {"persona": "999999"}, follow=True)
    assert "choose one of the list" in seen(answer)
    front_desk.post(address, {"persona": ""})
    assert row.number in seen(front_desk.get(f"{DESK}?list=waiting_on_plan&whose=nobody"))


def test_what_is_over_is_offered_no_more(front_desk: Client) -> None:
    early, late = authorizations.denied(), authorizations.denied()
    Authorization.objects.filter(pk=late.pk).update(decided_at=NOW - timedelta(days=400))
    for offer in ("Book or change a peer-to-peer talk", "Ask the plan to look again"):
        assert offer in page(front_desk, early)
        assert offer not in page(front_desk, late)


def test_the_desk_says_how_many_wait_on_whom(front_desk: Client) -> None:
    authorizations.pended()
    authorizations.approved()
    said = seen(front_desk.get(DESK))
    for label in ("Waiting on us (1)", "Waiting on the plan (0)", "Answered lately (1)"):
        assert label in said


@pytest.mark.parametrize("query", ["list=nonsense", "tax_id=12", "tax_id=abc"])
def test_a_list_that_is_none_is_not_found(front_desk: Client, query: str) -> None:
    assert front_desk.get(f"{DESK}?{query}").status_code == 404


def test_the_desk_of_a_tax_id_that_is_not_granted_is_refused(front_desk: Client) -> None:
    assert front_desk.get(f"{DESK}?tax_id={cast.FOREIGN}").status_code == 403


def test_a_list_costs_the_same_however_long(
    front_desk: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    authorizations.pended()
    address = asked(front_desk).url
    front_desk.get(address)
    with django_assert_num_queries(16):
        front_desk.get(address)
    for _ in range(6):
        authorizations.pended()
    with django_assert_num_queries(16):
        front_desk.get(address)
