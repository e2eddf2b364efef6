"""Encounters through the pages: a file sent, read, its errors mended and sent again, the reports on it."""

import csv
import io
import re
from dataclasses import replace
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portico.domains.claims.facts.submitted import SentClaim
from portico.domains.encounters import models
from portico.edges.web.encounters import forms
from portico.shared.pdf.tests import reading
from tests.support import cast, encounters, visiting, working
from tests.support import world as worlds
from tests.support.encounters import NPI, a_claim, a_file, wrong_npi, wrong_sum
from tests.support.world import World

pytestmark = pytest.mark.usefixtures("provider")


@pytest.fixture
def provider(world: World) -> None:
    """A clinic that bills under our tax ID."""
    del world
    encounters.a_provider()


def send(browser: Client, content: bytes, tax_id: str = cast.OWN) -> Any:
    file = SimpleUploadedFile("february.837", content)
    return browser.post(reverse("encounter_send"), {"file": file, "tax_id": tax_id})


def read(browser: Client, *claims: SentClaim) -> UUID:
    """A file of these, sent and read; answers its id."""
    answer = send(browser, a_file(claims or (a_claim(3), wrong_npi(4), wrong_sum(5))))
    assert answer.status_code == 302, visiting.seen(answer)
    working.work()
    return models.Submission.objects.latest("pk").public_id


def page(browser: Client, submission: UUID, **query: str) -> str:
    return visiting.seen(browser.get(reverse("encounter_file", args=[submission]), query))


def filled(browser: Client, address: str) -> dict[str, str]:
    """What the form that mends holds, as a browser would send it back."""
    form = browser.get(address).context["form"]
    return {field.html_name: str(field.value() or "") for field in form}


def rejected(number: str) -> models.Encounter:
    return models.Encounter.objects.get(patient_control_number=number, state="rejected")


def test_a_file_is_read_while_its_page_shows_how_far_it_is(front_desk: Client) -> None:
    answer = send(front_desk, a_file([a_claim(3), wrong_npi(4)]))
    said = visiting.seen(front_desk.get(answer["Location"]))
    assert "Being read 0 encounters read so far" in said
    row = models.Submission.objects.get()
    progress = reverse("encounter_progress", args=[row.public_id])
    fragment = front_desk.get(progress)
    assert (fragment.status_code, b'hx-trigger="every 2s"' in fragment.content) == (200, True)
    working.work()
    assert (front_desk.get(progress).status_code, front_desk.get(progress)["HX-Refresh"]) == (204, "true")
    assert "1 of 2 accepted, 1 to be mended" in page(front_desk, row.public_id)


def test_each_rejected_encounter_says_why_with_its_segment_and_the_element_marked(front_desk: Client) -> None:
    submission = read(front_desk)
    answer = front_desk.get(reverse("encounter_file", args=[submission]))
    said = visiting.seen(answer)
    assert "An NPI is wrong: its digits do not check." in said
    assert "NM109 in loop 2310B" in said
    assert "The lines' charges do not add up to the encounter's charge. The lines come to $120.00." in said
    marked = re.findall(r"<mark>(.*?)<span", answer.content.decode())
    assert marked == [encounters.WRONG_NPI, "130"]


def test_a_rejected_encounter_is_mended_on_screen_and_counts_once(front_desk: Client) -> None:
    submission = read(front_desk)
    row = rejected("PCN4")
    address = reverse("encounter", args=[row.public_id])
    form = front_desk.get(address)
    assert "What has to be mended Rendering provider's NPI" in visiting.seen(form)
    typed = filled(front_desk, address)
    still = front_desk.post(address, typed)
    assert (still.status_code, "its digits do not check" in visiting.seen(still)) == (422, True)
    done = front_desk.post(address, {**typed, "rendering__npi": NPI}, follow=True)
    assert "The encounter is accepted. Its number is E" in visiting.seen(done)
    again = front_desk.post(address, {**typed, "rendering__npi": NPI}, follow=True)
    assert "It was mended or sent again meanwhile." in visiting.seen(again)
    assert models.Encounter.objects.filter(state="accepted").count() == 2
    assert "1 of 3 accepted, 1 to be mended" in page(front_desk, submission)
    row.refresh_from_db()
    assert row.state == "mended"


def test_what_is_typed_wrong_is_said_beside_its_field(front_desk: Client) -> None:
    read(front_desk)
    address = reverse("encounter", args=[rejected("PCN5").public_id])
    typed = filled(front_desk, address)
    answer = front_desk.post(address, {**typed, "billed": "a lot", "services__1__first_on": "13/45/2026"})
    assert answer.status_code == 422
    answer = front_desk.post(address, {**typed, "billed": "a lot"})
    assert "This cannot stand here." in visiting.seen(answer)
    done = front_desk.post(address, {**typed, "billed": "120.00"}, follow=True)
    assert "The encounter is accepted." in visiting.seen(done)


def test_an_accepted_encounter_is_voided_once(front_desk: Client) -> None:
    read(front_desk, a_claim(3))
    row = models.Encounter.objects.get()
    address = reverse("encounter_void", args=[row.public_id])
    said = visiting.seen(front_desk.post(address, follow=True))
    assert "The encounter is voided." in said
    assert "nothing to void" in visiting.seen(front_desk.post(address, follow=True))
    row.refresh_from_db()
    assert row.state == "voided"


def test_the_same_file_twice_leads_to_the_first_answers(front_desk: Client) -> None:
    submission = read(front_desk)
    answer = send(front_desk, a_file((a_claim(3), wrong_npi(4), wrong_sum(5))))
    assert answer["Location"] == reverse("encounter_file", args=[submission])
    assert "This very file was sent before." in visiting.seen(front_desk.get(answer["Location"]))


def test_another_file_under_the_same_number_is_refused_with_a_ta1(front_desk: Client) -> None:
    read(front_desk)
    answer = send(front_desk, a_file([a_claim(9)]))
    said = visiting.seen(front_desk.get(answer["Location"]))
    assert "Another file came under this interchange control number before." in said
    refused = models.Submission.objects.latest("pk").public_id
    ta1 = front_desk.get(reverse("encounter_answer", args=[refused, "ta1"]))
    assert b"*R*025~" in ta1.content


def test_a_refused_file_says_what_is_wrong_with_it_as_a_whole(front_desk: Client) -> None:
    answer = send(front_desk, a_file([a_claim()]).replace(b"IEA*1", b"IEA*2"))
    working.work()
    shown = front_desk.get(answer["Location"])
    said = visiting.seen(shown)
    assert "The file was refused; nothing of it counts" in said
    assert "The count of groups at the end (IEA01) is not right." in said
    assert b"<code>IEA*<mark>2" in shown.content


BAD = {
    "nothing": (b"", "The file is empty."),
    "a text": (b"hello", "This is no X12 file."),
    "too much": (b"ISA" + b" " * forms.MOST_BYTES, "The file is larger than 5 MB."),
    "far too much": (b"ISA" + b" " * (2 * forms.MOST_BYTES), "The file is larger than 5 MB."),
}


@pytest.mark.parametrize("case", BAD.values(), ids=BAD)
def test_what_cannot_be_taken_is_said_in_the_form(front_desk: Client, case: tuple[bytes, str]) -> None:
    answer = send(front_desk, case[0])
    assert (answer.status_code, case[1] in visiting.seen(answer)) == (422, True)
    assert models.Submission.objects.count() == 0


def test_acknowledgements_are_handed_out_as_they_are_kept(front_desk: Client) -> None:
    submission = read(front_desk)
    for kind, begins in (("999", b"*FA*"), ("277ca", b"*HN*")):
        answer = front_desk.get(reverse("encounter_answer", args=[submission, kind]))
        assert answer.status_code == 200
        assert b"GS" + begins in answer.content
        assert "attachment" in answer["Content-Disposition"]
    for kind in ("ta1", "nothing"):
        assert front_desk.get(reverse("encounter_answer", args=[submission, kind])).status_code == 404


def test_reports_are_printed_for_screen_readers_too(front_desk: Client) -> None:
    submission = read(front_desk)
    for name, words in (
        ("encounter_summary_pdf", "Received 3 $370.00"),
        ("encounter_rejections_pdf", "An NPI is wrong"),
    ):
        answer = front_desk.get(reverse(name, args=[submission]))
        assert answer["Content-Type"] == "application/pdf"
        assert words in reading.text(answer.content)
        assert reading.failures(answer.content) == []


def test_the_rejection_report_has_a_row_for_each_edit(front_desk: Client) -> None:
    submission = read(front_desk)
    answer = front_desk.get(reverse("encounter_rejections_csv", args=[submission]))
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert [(row["patient_control_number"], row["edit"]) for row in rows] == [
        ("PCN4", "npi_form"),
        ("PCN5", "charges_do_not_add_up"),
    ]
    summary = front_desk.get(reverse("encounter_summary_csv", args=[submission]))
    cells = list(csv.reader(io.StringIO(summary.content.decode())))
    assert cells[1:4] == [
        ["Received", "3", "$370.00"],
        ["Accepted", "1", "$120.00"],
        ["Rejected", "2", "$250.00"],
    ]


def test_lists_are_of_one_reason_or_of_the_accepted_alone(front_desk: Client) -> None:
    submission = read(front_desk)
    one = page(front_desk, submission, code="npi_form")
    assert ("PCN4" in one, "PCN5" in one) == (True, False)
    accepted = page(front_desk, submission, show="accepted")
    assert ("PCN3" in accepted, "PCN4" in accepted) == (True, False)


def test_a_record_against_the_guide_shows_the_element_at_fault(front_desk: Client) -> None:
    broken = a_file([a_claim(3), a_claim(4)]).replace(b"CLM*PCN4*120*", b"CLM*PCN4*xyz*")
    answer = send(front_desk, broken)
    working.work()
    shown = front_desk.get(answer["Location"])
    said = visiting.seen(shown)
    assert "A value holds a character it may not." in said
    assert b"CLM*PCN4*<mark>xyz" in shown.content


def test_the_list_shows_files_newest_first_with_their_counts(front_desk: Client) -> None:
    assert "No files yet" in visiting.seen(front_desk.get(reverse("encounters")))
    read(front_desk)
    said = visiting.seen(front_desk.get(reverse("encounters")))
    assert "february.837 Sent on this page" in said
    assert "To be mended 3 1 2 2" in said


def test_completeness_shows_months_and_why_there_is_no_score(front_desk: Client) -> None:
    read(front_desk)
    said = visiting.seen(front_desk.get(reverse("encounter_completeness")))
    assert "No score. The plan has not said how many it expects." in said
    assert "February 2026" in said
    answer = front_desk.get(reverse("encounter_completeness_csv"))
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert sum(int(row["encounters"]) for row in rows) == 1


def test_another_offices_file_and_records_are_as_unknown_as_none(front_desk: Client, world: World) -> None:
    submission = read(front_desk)
    encounter = rejected("PCN4").public_id
    outsider = visiting.sign_in(world["outsider"])
    for name in ("encounter_file", "encounter_progress", "encounter_summary_pdf", "encounter_rejections_csv"):
        assert outsider.get(reverse(name, args=[submission])).status_code == 404
    assert outsider.get(reverse("encounter", args=[encounter])).status_code == 404
    assert outsider.post(reverse("encounter_void", args=[encounter])).status_code == 404
    assert worlds.uses(conclusion="encounter_mended") == []


def test_the_pages_ask_as_much_of_the_database_for_many_as_for_one(front_desk: Client) -> None:
    def asked(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert front_desk.get(address).status_code == 200
        return len(queries)

    first = read(front_desk, wrong_npi(4))
    address = reverse("encounter_file", args=[first])
    asked(address)  # what is kept between requests is kept now
    one, listed = asked(address), asked(reverse("encounters"))
    send(front_desk, a_file([wrong_sum(day) for day in range(5, 15)], number=908))
    working.work()
    many = models.Submission.objects.latest("pk").public_id
    assert asked(reverse("encounter_file", args=[many])) == one
    assert asked(reverse("encounters")) == listed


def test_what_is_no_code_or_key_in_an_address_finds_nothing(front_desk: Client) -> None:
    submission = read(front_desk)
    for query in ({"code": "\0"}, {"code": "x" * 500}, {"after": "9" * 18}, {"after": "-1"}):
        answer = front_desk.get(reverse("encounter_file", args=[submission]), query)
        assert answer.status_code == 200
    assert front_desk.get(reverse("encounters"), {"after": "9" * 18}).status_code == 200


@pytest.mark.parametrize("sign", [b"\0", b"\x01", b"\xff", b"\xc3"])
def test_a_file_with_characters_that_no_value_holds_is_told_of(front_desk: Client, sign: bytes) -> None:
    whole = a_file([a_claim(3)])
    for place in (40, whole.index(b"CLM*") + 5):
        answer = send(front_desk, whole[:place] + sign + whole[place + 1 :])
        assert answer.status_code in (302, 422)
        working.work()
    assert not models.Submission.objects.filter(stage__in=("waiting", "reading")).exists()


def test_a_stay_of_very_many_lines_is_mended_on_screen(front_desk: Client) -> None:
    line = encounters.a_stay().services[0]
    lines = tuple(replace(line, number=number, billed=Decimal(1)) for number in range(1, 200))
    claim = encounters.a_stay(services=lines, billed=Decimal(7))
    send(front_desk, a_file([claim], form=claim.form))
    working.work()
    row = models.Encounter.objects.get(state="rejected")
    address = reverse("encounter", args=[row.public_id])
    answer = front_desk.post(address, {**filled(front_desk, address), "billed": "199"})
    assert answer.status_code == 302
    assert models.Encounter.objects.filter(state="accepted").count() == 1
