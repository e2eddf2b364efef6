"""What one request leaves in the audit, door by door, from the first row to the last."""

from typing import Any

from django.urls import reverse

from tests.agreement.by_fhir import ByFhir
from tests.agreement.by_files import ByFiles, send
from tests.agreement.by_web import ByWeb
from tests.agreement.by_x12 import ByX12
from tests.agreement.cases import ZEPHYRINE
from tests.agreement.heard import At, Door, Question, Stand
from tests.support import cast, patients, visiting, working
from tests.support.doors import core, fhir, x12

ASKED = Question("front_desk", ZEPHYRINE)


def left(stand: Stand) -> list[tuple[str, str]]:
    """Function and conclusion of each row since last."""
    return [(row.function, row.conclusion) for row in stand.new_rows()]


def stands(doors: tuple[Door, ...]) -> tuple[ByWeb, ByFiles, ByX12, ByX12, ByFhir]:
    """The doors, each as what it is."""
    web, files, at_once, batch, of_fhir = doors
    assert isinstance(web, ByWeb)
    assert isinstance(files, ByFiles)
    assert isinstance(at_once, ByX12)
    assert isinstance(batch, ByX12)
    assert isinstance(of_fhir, ByFhir)
    return web, files, at_once, batch, of_fhir


def test_on_the_pages_a_search_is_one_use_and_the_members_page_one_for_each_panel(
    doors: tuple[Door, ...],
) -> None:
    web, *_ = stands(doors)
    browser = web.browser("front_desk")
    web.stand.new_rows()
    answer = visiting.search(browser, member_id=patients.ZEPHYRINE)
    assert left(web.stand) == [("eligibility", "found")]
    browser.get(answer.headers["Location"])
    assert left(web.stand) == [
        ("eligibility", "active"),
        ("benefits", "benefits"),
        ("benefits", "accumulators"),
        ("eligibility", "no_other_coverage"),
    ]


def test_at_the_fhir_door_each_request_is_one_use(doors: tuple[Door, ...]) -> None:
    *_, of_fhir = stands(doors)
    program, token = of_fhir.asker("front_desk")
    of_fhir.stand.new_rows()
    fhir.token(program)
    assert left(of_fhir.stand) == [("sign_in", "token_given")]
    found = fhir.get("Patient", token, {"identifier": patients.ZEPHYRINE}).json()
    assert left(of_fhir.stand) == [("eligibility", "active")]
    key = found["entry"][0]["resource"]["id"]
    for path, asked in ((f"Patient/{key}", {}), ("Coverage", {"patient": key})):
        assert fhir.get(path, token, asked).status_code == 200
        assert left(of_fhir.stand) == [("eligibility", "active")]


def test_in_x12_each_patient_is_one_use_and_a_message_none(doors: tuple[Door, ...]) -> None:
    _, _, at_once, _, _ = stands(doors)
    program = at_once.asker("front_desk")
    sought = [ZEPHYRINE, x12.Sought("NLZZ0000", "Nobody"), ZEPHYRINE]
    payload = x12.inquiry(program.sender_id, sought, tax_id=cast.OWN)
    at_once.stand.new_rows()
    back = core.call(core.REAL_TIME, program, payload)
    rows = at_once.stand.new_rows()
    assert [row.conclusion for row in rows] == ["active", "member_id_not_found", "active"]
    told = [patient.traces["1"] for patient in x12.patients(back.payload)]
    assert told == [row.reference for row in rows]


def test_in_a_batch_each_patient_is_one_use_between_those_of_the_file(doors: tuple[Door, ...]) -> None:
    _, _, _, batch, _ = stands(doors)
    program = batch.asker("front_desk")
    payload = x12.inquiry(program.sender_id, [ZEPHYRINE, x12.Sought("NLZZ0000", "Nobody")], tax_id=cast.OWN)
    batch.stand.new_rows()
    receipt = core.call(core.SUBMIT, program, payload)
    assert left(batch.stand) == [("eligibility", "taken_in")]
    working.work()
    rows = batch.stand.new_rows()
    decisions = [row for row in rows if row.conclusion in ("active", "member_id_not_found")]
    assert [row.conclusion for row in decisions] == ["active", "member_id_not_found"]
    assert {row.machine_id for row in rows} == {program.number}
    assert {row.door for row in rows} == {"x12"}
    back = core.call(core.FETCH_RESULTS, program, PayloadID=receipt.fields["PayloadID"])
    assert left(batch.stand) == [("eligibility", "fetched")]
    assert [patient.traces["1"] for patient in x12.patients(back.payload)] == [
        row.reference for row in decisions
    ]


def test_in_a_file_each_row_is_one_use_and_a_repeated_question_none(doors: tuple[Door, ...]) -> None:
    _, files, *_ = stands(doors)
    browser = files.people.browser("front_desk")
    nobody = Question("front_desk", x12.Sought("NLZZ0000", "Nobody"))
    files.stand.new_rows()
    address = send(browser, [ASKED, nobody, ASKED], cast.OWN).headers["Location"]
    assert left(files.stand) == [("eligibility", "batch_created")]
    browser.post(f"{address}start/")
    assert left(files.stand) == [("eligibility", "batch_started")]
    working.work()
    rows: tuple[Any, ...] = files.stand.new_rows()
    assert [row.conclusion for row in rows] == ["active", "member_id_not_found"]
    assert browser.get(reverse("batch_csv", args=[address.rstrip("/").rpartition("/")[2]])).status_code == 200
    assert left(files.stand) == [("eligibility", "batch_rows_shown")]


def test_every_door_is_told_apart_in_the_audit(doors: tuple[Door, ...]) -> None:
    heard = {door.at: door.ask(ASKED).rows[-1].door for door in doors}
    assert heard == {At.WEB: "web", At.FILES: "web", At.REAL_TIME: "x12", At.BATCH: "x12", At.FHIR: "fhir"}
