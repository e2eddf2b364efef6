"""Writing a request on the pages: from the patient to the receipt, from clerk to clinician."""

from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from portico.domains.authorizations import draft_checking, models, questionnaires, sending
from tests.support import authorizations as requests
from tests.support import cast, patients, requirements, visiting
from tests.support import world as worlds
from tests.support.documents_of_requests import PDF
from tests.support.world import World

NEW = "/authorizations/new/"
TYPED: dict[str, Any] = {
    "level": "standard",
    "requesting": patients.NPI,
    "place": "11",
    "diagnoses": "M23.91",
    "contact_name": "Fay Desk",
    "rows": "1",
    "s1-service_type": "PT",
    "s1-code": "97110",
    "s1-system": "procedure",
    "s1-quantity": "12",
    "s1-unit": "VS",
    "s1-first_on": "03/16/2026",
    "s1-last_on": "05/16/2026",
}


@pytest.fixture
def clinician(world: World) -> Client:
    """The browser of another of the same office."""
    return visiting.sign_in(world["two_tax_ids"])


def begun(browser: Client, kind: str = "authorization", member: str = patients.ZEPHYRINE) -> str:
    """The address of a new draft."""
    answer = browser.post(NEW, {"kind": kind, "tax_id": cast.OWN, "member_id": member})
    assert answer.status_code == 302, visiting.seen(answer)
    return str(answer["Location"])


def write(browser: Client, draft: str, **more: Any) -> Any:
    version = models.Draft.objects.get(public_id=draft.split("/")[3]).version
    return browser.post(draft, {**TYPED, "do": "next", "version": version, **more})


def send(browser: Client, draft: str, **more: Any) -> Any:
    version = models.Draft.objects.get(public_id=draft.split("/")[3]).version
    return browser.post(f"{draft}review/", {"version": version, **more})


def test_a_request_is_written_and_sent_with_a_document(front_desk: Client) -> None:
    draft = begun(front_desk)
    assert "Zephyrine Quillfeather" in visiting.seen(front_desk.get(draft))
    assert write(front_desk, draft)["Location"] == f"{draft}questions/"
    assert front_desk.get(f"{draft}questions/")["Location"] == f"{draft}documents/"
    file = SimpleUploadedFile("notes.pdf", PDF)
    said = visiting.seen(
        front_desk.post(f"{draft}documents/", {"kind": "clinical_notes", "file": file}, follow=True)
    )
    kept = models.Document.objects.get()
    assert f"notes.pdf is kept. Its receipt is {kept.reference}" in said
    assert kept.digest in said
    said = visiting.seen(front_desk.get(f"{draft}review/"))
    assert "97110, Physical therapy (PT) 12 visits 03/16/2026 to 05/16/2026" in said
    assert "M23.91" in said
    answer = send(front_desk, draft, sends_anyway="yes")
    assert answer["Location"] == f"{draft}sent/"
    row = models.Authorization.objects.get()
    said = visiting.seen(front_desk.get(f"{draft}sent/"))
    assert row.number in said
    assert kept.reference in said
    assert row.documents.count() == 1
    assert (row.kind, row.diagnoses, row.door) == ("authorization", ["M2391"], "web")


def test_once_sent_a_draft_leads_to_its_receipt_and_is_sent_once(front_desk: Client) -> None:
    draft = begun(front_desk)
    write(front_desk, draft)
    version = models.Draft.objects.get().version
    for _ in range(2):
        answer = front_desk.post(f"{draft}review/", {"version": version, "sends_anyway": "yes"})
        assert answer["Location"] == f"{draft}sent/"
    assert models.Authorization.objects.count() == 1
    for step in ("", "questions/", "documents/", "review/"):
        assert front_desk.get(f"{draft}{step}")["Location"] == f"{draft}sent/"


def test_sent_twice_at_once_it_leads_to_its_receipt(
    front_desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = begun(front_desk)
    write(front_desk, draft)
    version, looked = models.Draft.objects.get().version, draft_checking.look

    def look_while_another_sends(**asked: Any) -> draft_checking.Looked:
        found = looked(**asked)
        monkeypatch.setattr(draft_checking, "look", looked)
        assert send(front_desk, draft, sends_anyway="yes").status_code == 302
        monkeypatch.setattr(sending, "_sent_before", lambda given, request: None)
        return found

    monkeypatch.setattr(draft_checking, "look", look_while_another_sends)
    answer = front_desk.post(f"{draft}review/", {"version": version, "sends_anyway": "yes"})
    assert answer["Location"] == f"{draft}sent/"
    assert models.Authorization.objects.count() == 1


def test_one_that_follows_what_cannot_be_asked_anew_is_told_so(front_desk: Client) -> None:
    held = requests.in_review("A123456786")
    for follows in (held.public_id, UUID(int=1)):
        asked = {"kind": "authorization", "tax_id": cast.OWN, "member_id": patients.ZEPHYRINE}
        draft = str(front_desk.post(f"{NEW}?follows={follows}", asked)["Location"])
        write(front_desk, draft)
        answer = front_desk.post(f"{draft}review/", {"version": 2, "sends_anyway": "yes"}, follow=True)
        assert "The request that this one follows cannot be asked anew now" in visiting.seen(answer)
    assert models.Authorization.objects.count() == 1


@pytest.mark.parametrize("day", ["12/31/9999", "01/01/0001"])
def test_a_day_at_the_end_of_the_calendar_is_kept_and_told_as_wrong(front_desk: Client, day: str) -> None:
    draft = begun(front_desk, "admission")
    days = {"admitted_on": day, "s1-first_on": day, "s1-last_on": day}
    write(front_desk, draft, admitted_time="23:59", **days)
    assert day in front_desk.get(draft).content.decode()
    assert front_desk.get(f"{draft}review/").status_code == 200
    assert send(front_desk, draft, sends_anyway="yes").status_code == 422


@pytest.mark.parametrize("tax_id", ["", "1" * 40, "\x00"], ids=["none", "long", "control character"])
def test_a_tax_id_that_is_none_begins_no_request(front_desk: Client, tax_id: str) -> None:
    chosen = {"kind": "authorization", "tax_id": tax_id, "member": "k" * 32}
    assert front_desk.post(f"{NEW}chosen/", chosen).status_code == 404


def test_what_is_missing_is_said_before_it_is_sent(front_desk: Client) -> None:
    draft = begun(front_desk)
    said = visiting.seen(front_desk.get(f"{draft}review/"))
    assert "Services: Enter at least one service." in said
    assert "Diagnosis codes: Enter at least one diagnosis code." in said
    assert send(front_desk, draft).status_code == 422
    assert not models.Authorization.objects.exists()


def test_warnings_are_said_and_hinder_nobody(front_desk: Client) -> None:
    requests.in_review("A123456786", first_on=requests.FIRST_ON)
    draft = begun(front_desk)
    write(front_desk, draft)
    said = visiting.seen(front_desk.get(f"{draft}review/"))
    assert "A request for the same patient, service and days is there already: A123456786" in said
    assert send(front_desk, draft).status_code == 422
    assert send(front_desk, draft, sends_anyway="yes").status_code == 302


def test_services_come_and_go_without_a_script(front_desk: Client) -> None:
    draft = begun(front_desk)
    said = visiting.seen(write(front_desk, draft, do="add"))
    assert "Service 2" in said
    two = {"rows": "2", "s2-code": "73721", "s2-quantity": "1", "s2-unit": "UN", "s2-first_on": "03/16/2026"}
    said = visiting.seen(write(front_desk, draft, do="remove-1", **two))
    assert "Service 2" not in said
    page = front_desk.get(draft).content.decode()
    assert 'value="73721"' in page
    assert 'value="97110"' not in page


def test_a_day_that_is_none_is_said_beside_it(front_desk: Client) -> None:
    draft = begun(front_desk)
    answer = write(front_desk, draft, **{"s1-first_on": "02/30/2026"})
    assert answer.status_code == 422
    assert "Enter a day as mm/dd/yyyy" in visiting.seen(answer)


def test_several_people_are_offered_to_choose_from(front_desk: Client) -> None:
    told = {"kind": "referral", "tax_id": cast.OWN}
    answer = front_desk.post(NEW, {**told, "member_id": patients.SUBSCRIBER})
    assert "Your search found 3 people" in visiting.seen(answer)
    key = answer.context["people"][1][0].key
    draft = front_desk.post(f"{NEW}chosen/", {**told, "member": key})["Location"]
    assert "Wintergreen" in visiting.seen(front_desk.get(draft))
    assert front_desk.post(f"{NEW}chosen/", {**told, "member": "0" * 32}).status_code == 404
    assert front_desk.post(f"{NEW}chosen/", {**told, "kind": "x", "member": key}).status_code == 404


@pytest.mark.parametrize(
    ("by", "typed"),
    [
        ("ssn", {"ssn": patients.SSN, "birth_date": "05/06/1984"}),
        ("name", {"last_name": "Quillfeather", "first_name": "Zephyrine", "birth_date": "05/06/1984"}),
    ],
    ids=["ssn", "name"],
)
def test_the_patient_is_found_by_ssn_and_by_name(front_desk: Client, by: str, typed: dict[str, str]) -> None:
    told = {"kind": "authorization", "tax_id": cast.OWN, **typed}
    answer = front_desk.post(f"{NEW}?by={by}", told)
    assert "Zephyrine Quillfeather" in visiting.seen(front_desk.get(answer["Location"]))


def test_nobody_found_is_said_as_in_patient_info(front_desk: Client) -> None:
    answer = front_desk.post(NEW, {"kind": "authorization", "tax_id": cast.OWN, "member_id": "NOBODY1"})
    assert answer.status_code == 200
    assert not models.Draft.objects.exists()


def test_an_admission_says_when(front_desk: Client) -> None:
    draft = begun(front_desk, "admission")
    write(
        front_desk,
        draft,
        admitted_on="03/12/2026",
        admitted_time="01:30",
        facility=patients.NPI_ELSEWHERE,
        **{"s1-service_type": "48", "s1-code": "", "s1-quantity": "3", "s1-unit": "DY"},
        **{"s1-first_on": "03/12/2026", "s1-last_on": "03/15/2026"},
    )
    page = front_desk.get(draft).content.decode()
    assert 'value="01:30"' in page
    answer = send(front_desk, draft, sends_anyway="yes")
    assert answer.status_code == 302, visiting.seen(answer)
    row = models.Authorization.objects.get()
    assert row.admitted_at is not None
    assert row.admitted_at.isoformat() == "2026-03-12T08:30:00+00:00"


def test_a_clerk_hands_it_to_a_clinician_who_sends_it(
    front_desk: Client, clinician: Client, world: World
) -> None:
    draft = begun(front_desk)
    write(front_desk, draft)
    colleague = world["two_tax_ids"]
    answer = front_desk.post(f"{draft}hand-over/", {"to": colleague.persona_id}, follow=True)
    assert "has the draft now" in visiting.seen(answer)
    assert "has this draft now You can read it" in visiting.seen(front_desk.get(draft))
    assert "A colleague handed you a request" in visiting.seen(clinician.get("/notices/"))
    assert "handed you this draft" in visiting.seen(clinician.get(draft))
    front_desk.post(f"{draft}review/", {"version": 3, "sends_anyway": "yes"})
    assert not models.Authorization.objects.exists()
    assert send(clinician, draft, sends_anyway="yes").status_code == 302
    assert models.Authorization.objects.get().persona_id == colleague.persona_id


def test_a_draft_is_taken_over_and_thrown_away(front_desk: Client, clinician: Client) -> None:
    draft = begun(front_desk)
    assert "Quillfeather" in visiting.seen(clinician.get(f"{NEW}drafts/"))
    assert "The draft is yours now" in visiting.seen(clinician.post(f"{draft}take/", follow=True))
    assert "A colleague has this draft now" in visiting.seen(front_desk.post(f"{draft}drop/", follow=True))
    assert "The draft is gone" in visiting.seen(clinician.post(f"{draft}drop/", follow=True))
    assert "No drafts" in visiting.seen(clinician.get(f"{NEW}drafts/"))


def test_the_desk_leads_to_the_drafts_while_there_are_any(front_desk: Client) -> None:
    assert "Drafts (" not in visiting.seen(front_desk.get("/authorizations/desk/"))
    begun(front_desk)
    assert "Drafts (1)" in visiting.seen(front_desk.get("/authorizations/desk/"))


def test_what_was_saved_elsewhere_is_not_overwritten(front_desk: Client) -> None:
    draft = begun(front_desk)
    write(front_desk, draft)
    answer = front_desk.post(draft, {**TYPED, "do": "save", "version": "1", "place": "22"}, follow=True)
    assert "It was saved elsewhere meanwhile" in visiting.seen(answer)


def test_a_document_that_is_none_is_refused_and_one_is_taken_out(front_desk: Client) -> None:
    draft = begun(front_desk)
    bad = front_desk.post(
        f"{draft}documents/", {"kind": "other", "file": SimpleUploadedFile("a.pdf", b"no pdf")}
    )
    assert "This is no PDF, PNG or JPEG" in visiting.seen(bad)
    file = SimpleUploadedFile("b.pdf", PDF)
    front_desk.post(f"{draft}documents/", {"kind": "other", "file": file})
    kept = models.Document.objects.get()
    front_desk.post(f"{draft}documents/{kept.public_id}/remove/")
    assert not models.Document.objects.exists()


def asks(world: World) -> None:
    """The plan asks questions with 97110."""
    content = {
        "questions": [
            {"id": "first", "kind": "yes_no", "text": "Is it the first course?"},
            {
                "id": "weeks",
                "kind": "number",
                "text": "For how many weeks before?",
                "least": 1,
                "when": [{"question": "first", "is": "no"}],
            },
        ]
    }
    plan = worlds.actor(world["operations"])
    questionnaires.write(actor=plan, key="therapy", title="Physical therapy", content=content)
    questionnaires.publish(actor=plan, key="therapy", version=1)
    requirements.say("PT", questionnaire="therapy")


def test_only_the_questions_that_matter_are_asked(front_desk: Client, world: World) -> None:
    asks(world)
    draft = begun(front_desk)
    write(front_desk, draft)
    said = visiting.seen(front_desk.get(f"{draft}questions/"))
    assert "Is it the first course?" in said
    assert "For how many weeks" not in said
    assert "A question has no answer yet." in visiting.seen(front_desk.get(f"{draft}review/"))
    said = visiting.seen(answered(front_desk, draft, **{"q-first": "no"}))
    assert "For how many weeks before?" in said
    said = visiting.seen(answered(front_desk, draft, **{"q-first": "no", "q-weeks": "0"}))
    assert "The number is too small." in said
    answer = answered(front_desk, draft, **{"q-first": "no", "q-weeks": "6"})
    assert answer["Location"] == f"{draft}documents/"
    assert "For how many weeks before? 6" in visiting.seen(front_desk.get(f"{draft}review/"))
    assert send(front_desk, draft, sends_anyway="yes").status_code == 302
    assert models.Authorization.objects.get().questionnaire == "therapy/1"


def answered(browser: Client, draft: str, **answers: Any) -> Any:
    version = models.Draft.objects.get().version
    return browser.post(f"{draft}questions/", {"version": version, **answers})


@pytest.mark.parametrize("who", ["outsider", "colleague"])
def test_a_draft_of_others_is_as_unknown_as_none(world: World, front_desk: Client, who: str) -> None:
    draft = begun(front_desk)
    browser = visiting.sign_in(world[who])
    for below in ("", "questions/", "documents/", "review/", "sent/"):
        assert browser.get(f"{draft}{below}").status_code == 404
        assert browser.get(f"{NEW}{UUID(int=1)}/{below}").status_code == 404
    for below in ("take/", "drop/", "hand-over/"):
        assert browser.post(f"{draft}{below}").status_code == 404
    assert browser.post(draft, TYPED).status_code == 404


def test_the_pages_are_kept_by_no_browser(front_desk: Client) -> None:
    draft = begun(front_desk)
    for address in (draft, f"{draft}review/", reverse("request_drafts")):
        assert "no-store" in front_desk.get(address)["Cache-Control"]
