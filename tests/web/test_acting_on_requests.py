"""What an office does with a request it sent: answers, documents, changes, another look, an end."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from portico.domains.authorizations import models
from tests.support import authorizations as requests
from tests.support import cast, patients, visiting
from tests.support.documents_of_requests import PDF
from tests.support.world import World

NOTES = "Notes of both visits are attached."
WHY = "The knee gave way twice since, as the new notes show."


@pytest.fixture(autouse=True)
def clocks(db: None) -> None:
    """The clocks of another look."""
    for kind in ("reconsideration", "appeal"):
        requests.clock_rule(kind, amount=30)


def at(row: models.Authorization, below: str = "") -> str:
    return f"/authorizations/{row.public_id}/{below}"


def post(browser: Client, row: models.Authorization, below: str, **typed: Any) -> Any:
    row.refresh_from_db()
    return browser.post(at(row, below), {"version": row.version, **typed}, follow=True)


def file() -> SimpleUploadedFile:
    return SimpleUploadedFile("notes.pdf", PDF)


def test_the_page_leads_to_what_may_be_done(front_desk: Client) -> None:
    said = visiting.seen(front_desk.get(at(requests.pended())))
    for words in ("Answer the plan", "Add a document", "Change it", "Give it up"):
        assert words in said
    said = visiting.seen(front_desk.get(at(requests.denied())))
    assert "Appeal" in said
    assert "Change it" not in said


def test_the_plan_is_answered_in_words_and_with_a_document(front_desk: Client) -> None:
    row = requests.pended()
    assert requests.ASKED in visiting.seen(front_desk.get(at(row, "answer/")))
    said = visiting.seen(
        post(front_desk, row, "answer/", **{"a1-text": NOTES, "a1-kind": "clinical_notes", "a1-file": file()})
    )
    assert "The plan has your answer" in said
    assert row.documents.get().reference in said
    row.refresh_from_db()
    assert row.state == "in_review"


def test_nothing_is_no_answer(front_desk: Client) -> None:
    answer = post(front_desk, requests.pended(), "answer/")
    assert answer.status_code == 422
    assert "Write an answer or add a document" in visiting.seen(answer)


def test_a_file_that_is_none_keeps_the_answer_back(front_desk: Client) -> None:
    row = requests.pended()
    bad = SimpleUploadedFile("notes.pdf", b"no pdf")
    answer = post(front_desk, row, "answer/", **{"a1-text": NOTES, "a1-file": bad})
    assert "This is no PDF, PNG or JPEG" in visiting.seen(answer)
    assert row.asked_for.get().state == "open"


def test_whoever_was_slower_looks_once_more(front_desk: Client) -> None:
    row = requests.pended()
    typed = {"version": 9, "a1-text": NOTES}
    said = visiting.seen(front_desk.post(at(row, "answer/"), typed, follow=True))
    assert "Somebody else was quicker" in said


def test_what_is_not_open_now_leads_back(front_desk: Client) -> None:
    for below in ("answer/", "discharge/", "more/", "again/appeal/"):
        said = visiting.seen(front_desk.get(at(requests.in_review(), below), follow=True))
        assert "This is not open to your office" in said
    assert front_desk.get(at(requests.denied(), "again/magic/")).status_code == 404


@pytest.mark.parametrize("again", ["reconsideration", "appeal"])
def test_the_plan_is_asked_to_look_again(front_desk: Client, again: str) -> None:
    row = requests.denied()
    assert "Please check this form" in visiting.seen(post(front_desk, row, f"again/{again}/", why="short"))
    said = visiting.seen(post(front_desk, row, f"again/{again}/", why=WHY, kind="imaging", file=file()))
    assert "The plan looks at it again" in said
    row.refresh_from_db()
    assert (row.state, row.documents.count()) == ("in_review", 1)


def test_a_document_is_added_with_its_receipt(front_desk: Client) -> None:
    row = requests.in_review()
    assert "Choose a file." in visiting.seen(post(front_desk, row, "documents/"))
    said = visiting.seen(post(front_desk, row, "documents/", kind="imaging", file=file()))
    assert f"Its receipt is {row.documents.get().reference}" in said


def test_a_request_is_changed(front_desk: Client) -> None:
    row = requests.in_review()
    typed = {"level": "standard", "diagnoses": "M23.92", "place": "11", "contact_name": "Ann"}
    answer = post(front_desk, row, "change/", **typed)
    if answer.status_code == 422:
        answer = post(front_desk, row, "change/", **typed, sends_anyway="yes")
    assert "The request is changed" in visiting.seen(answer)
    row.refresh_from_db()
    assert (row.diagnoses, row.contact_name) == (["M2392"], "Ann")


def test_of_an_approved_one_only_whom_to_call_is_changed(front_desk: Client) -> None:
    page = front_desk.get(at(requests.approved(), "change/")).content.decode()
    assert 'name="contact_name"' in page
    assert 'name="diagnoses"' not in page


def test_more_is_asked_for_as_a_request_of_its_own(front_desk: Client) -> None:
    row = requests.approved()
    typed = {"service": "1", "quantity": "6", "first_on": "06/01/2026", "last_on": "07/01/2026"}
    answer = post(front_desk, row, "more/", **typed)
    if answer.status_code == 422:
        assert "Send it anyway" in visiting.seen(answer)
        answer = post(front_desk, row, "more/", **typed, sends_anyway="yes")
    made = models.Authorization.objects.get(extends=row)
    assert f"under the number {made.number}" in visiting.seen(answer)


def test_a_request_is_given_up_for_a_reason(front_desk: Client) -> None:
    row = requests.in_review()
    assert "Choose a reason." in visiting.seen(post(front_desk, row, "cancel/"))
    assert "The request is given up" in visiting.seen(post(front_desk, row, "cancel/", why="by_mistake"))
    row.refresh_from_db()
    assert row.state == "cancelled"


def test_a_discharge_is_reported(front_desk: Client) -> None:
    row = requests.admission()
    assert "has not come yet" in visiting.seen(post(front_desk, row, "discharge/", on="03/20/2026"))
    assert "the patient left" in visiting.seen(post(front_desk, row, "discharge/", on="03/12/2026"))


def test_others_find_nothing_to_act_on(world: World) -> None:
    row = requests.pended()
    browser = visiting.sign_in(world["outsider"])
    for below in ("answer/", "documents/", "cancel/", "discharge/", "more/", "change/", "again/appeal/"):
        assert browser.get(at(row, below)).status_code == 404


def test_the_servicing_office_answers_and_does_not_change(world: World) -> None:
    parties = {
        "requesting": (cast.OWN, patients.NPI),
        "servicing": (cast.FOREIGN, patients.NPI_ELSEWHERE),
    }
    browser = visiting.sign_in(world["outsider"])
    row = requests.pended(parties=parties)
    said = visiting.seen(browser.get(at(row, "change/"), follow=True))
    assert "This is not open to your office" in said
    assert "The plan has your answer" in visiting.seen(post(browser, row, "answer/", **{"a1-text": NOTES}))
