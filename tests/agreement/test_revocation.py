"""What is taken away is gone at the next request at every door, and in the middle of a running batch."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest
import time_machine

from portico.domains.access import granting, machines
from portico.domains.members import batch_asking
from portico.domains.permits.functions import Function
from portico.domains.permits.reasons import Reason
from tests.agreement import by_files
from tests.agreement.by_fhir import ByFhir
from tests.agreement.by_files import ByFiles
from tests.agreement.by_x12 import ByX12
from tests.agreement.cases import FOUND, ZEPHYRINE
from tests.agreement.heard import At, Door, Question, Refused
from tests.support import cast, patients, programs, working
from tests.support import world as worlds
from tests.support.doors import core, fhir, x12
from tests.support.doors.core import Envelope
from tests.support.doors.x12 import Sought
from tests.support.programs import Program

ASKED = Question("front_desk", ZEPHYRINE)
FAMILY = [Sought(f"NLQX884{place}", "Wintergreen") for place in (2, 3, 4)]
PEOPLE = [ZEPHYRINE, *FAMILY]


@pytest.fixture
def two_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches are asked two rows at a time, so that something can happen in between."""
    monkeypatch.setattr(batch_asking, "CHUNK", 2)


def after_checkpoints(number: int, happens: Callable[[], object]) -> Callable[[], bool]:
    """Something that happens after so many checkpoints, and does not stop the worker."""
    passed = count(1)

    def between() -> bool:
        if next(passed) == number:
            happens()
        return False

    return between


def at(doors: tuple[Door, ...], place: At) -> Door:
    """One of the doors."""
    return next(door for door in doors if door.at is place)


def in_x12(doors: tuple[Door, ...]) -> ByX12:
    """The door of messages answered at once."""
    door = at(doors, At.REAL_TIME)
    assert isinstance(door, ByX12)
    return door


def in_fhir(doors: tuple[Door, ...]) -> ByFhir:
    """The door of applications."""
    door = at(doors, At.FHIR)
    assert isinstance(door, ByFhir)
    return door


def in_files(doors: tuple[Door, ...]) -> ByFiles:
    """The door of files."""
    door = at(doors, At.FILES)
    assert isinstance(door, ByFiles)
    return door


def test_ended_grants_close_every_door_at_the_next_request(doors: tuple[Door, ...]) -> None:
    gone = Refused(Reason.GRANT_EXPIRED)
    for door in doors:
        assert door.ask(ASKED).said == door.says(ASKED, FOUND)
    worlds.end_grants(in_files(doors).stand.world["front_desk"])
    for door in doors:
        if isinstance(door, ByX12):
            programs.end_grants(door.asker("front_desk"))
        if isinstance(door, ByFhir):
            programs.end_grants(door.asker("front_desk")[0])
    said = {door.at: door.ask(ASKED).said for door in doors}
    assert said.pop(At.BATCH) == "UnAuthorized"
    assert said == {door.at: door.says(ASKED, gone) for door in doors if door.at in said}


def test_a_partner_that_is_revoked_is_let_in_no_more(doors: tuple[Door, ...]) -> None:
    partner = in_x12(doors).asker("front_desk")
    payload = x12.inquiry(partner.sender_id, [ZEPHYRINE], tax_id=cast.OWN)
    receipt = core.call(core.SUBMIT, partner, payload)
    working.work()
    programs.revoke(partner)
    for envelope in Envelope:
        assert core.call(core.REAL_TIME, partner, payload, envelope=envelope).error == "UnAuthorized"
        again = core.call(
            core.FETCH_RESULTS, partner, PayloadID=receipt.fields["PayloadID"], envelope=envelope
        )
        assert (again.error, again.payload) == ("UnAuthorized", "")


def test_an_old_secret_ends_when_it_was_said_to(
    doors: tuple[Door, ...], clock: time_machine.Traveller
) -> None:
    partner = in_x12(doors).asker("front_desk")
    payload = x12.inquiry(partner.sender_id, [ZEPHYRINE], tax_id=cast.OWN)

    def error(**changes: str) -> str:
        return core.call(
            core.REAL_TIME, partner, payload, envelope=Envelope.MIME, client=None, **changes
        ).error

    new = machines.rotate(actor=worlds.system(), public_id=partner.public_id, overlap=timedelta(days=1))
    assert (error(), error(Password=new)) == ("Success", "Success")
    clock.shift(timedelta(days=1))
    assert (error(), error(Password=new)) == ("UnAuthorized", "Success")
    machines.rotate(actor=worlds.system(), public_id=partner.public_id, overlap=timedelta(0))
    clock.shift(1)
    assert error(Password=new) == "UnAuthorized"


def test_an_application_that_is_revoked_has_a_dead_token_and_gets_no_other(doors: tuple[Door, ...]) -> None:
    program, token = in_fhir(doors).asker("front_desk")
    assert fhir.get("Patient", token, {"identifier": patients.ZEPHYRINE}).status_code == 200
    programs.revoke(program)
    assert fhir.get("Patient", token, {"identifier": patients.ZEPHYRINE}).status_code == 401
    assert fhir.ask_for_token(program).json()["error"] == "invalid_client"


def test_a_token_ends_after_five_minutes(doors: tuple[Door, ...], clock: time_machine.Traveller) -> None:
    _, token = in_fhir(doors).asker("front_desk")
    clock.shift(299)
    assert fhir.get("Patient", token, {"identifier": patients.ZEPHYRINE}).status_code == 200
    clock.shift(1)
    assert fhir.get("Patient", token, {"identifier": patients.ZEPHYRINE}).status_code == 401


@pytest.mark.usefixtures("two_at_a_time")
def test_grants_that_end_in_the_middle_of_a_file_leave_the_rest_refused(doors: tuple[Door, ...]) -> None:
    files = in_files(doors)
    who = files.stand.world["front_desk"]
    browser = files.people.browser("front_desk")
    address = _started(files)
    working.work(between=after_checkpoints(1, lambda: worlds.end_grants(who)))
    assert browser.get(f"{address}results.csv").status_code == 403
    grant = worlds.grants(who.person)[0]
    granting.add_grant(actor=worlds.system(), persona_id=who.persona_id, new=grant)
    statuses = [row["status"] for row in by_files.results(browser, address)]
    assert statuses == ["Active", "Active", "Refused", "Refused"]


@pytest.mark.usefixtures("two_at_a_time")
def test_a_persona_suspended_in_the_middle_of_a_file_asks_no_more(doors: tuple[Door, ...]) -> None:
    files = in_files(doors)
    persona = files.stand.world["front_desk"].persona_id
    browser, address = files.people.browser("front_desk"), _started(files)
    files.stand.new_rows()
    working.work(
        between=after_checkpoints(
            1, lambda: granting.suspend_persona(actor=worlds.system(), persona_id=persona)
        )
    )
    rows = files.stand.new_rows()
    assert [row.conclusion for row in rows if row.persona_id == persona] == ["active", "active"]
    assert rows[-1].conclusion == "batch_owner_gone"
    assert browser.get(address).status_code == 302


@pytest.mark.usefixtures("two_at_a_time")
def test_a_partner_revoked_in_the_middle_of_a_batch_asks_no_more(doors: tuple[Door, ...]) -> None:
    door = in_x12(doors)
    partner = door.asker("front_desk")
    _handed_in(door)
    door.stand.new_rows()
    working.work(between=after_checkpoints(2, lambda: programs.revoke(partner)))
    rows = [row for row in door.stand.new_rows() if row.machine_id == partner.number]
    asked = [row for row in rows if row.tax_id]
    assert [(row.outcome, row.conclusion) for row in asked[:2]] == [("allowed", "active")] * 2
    assert {tuple(row.reasons) for row in asked[2:]} == {(Reason.ACCOUNT_DISABLED,)}


@pytest.mark.usefixtures("two_at_a_time")
def test_grants_that_end_in_the_middle_of_a_batch_leave_the_rest_refused(doors: tuple[Door, ...]) -> None:
    door = in_x12(doors)
    partner = door.asker("front_desk")
    name = _handed_in(door)
    door.stand.new_rows()
    working.work(between=after_checkpoints(2, lambda: programs.end_grants(partner)))
    rows = [row for row in door.stand.new_rows() if row.tax_id]
    assert [row.outcome for row in rows] == ["allowed", "allowed", "denied", "denied"]
    back = core.call(core.FETCH_RESULTS, partner, PayloadID=name)
    assert (back.error, back.payload) == ("UnAuthorized", "")
    programs.give(partner, *worlds.grants(partner.person))
    assert core.call(core.FETCH_RESULTS, partner, PayloadID=name).payload == ""
    working.work()
    answers = core.call(core.FETCH_RESULTS, partner, PayloadID=name).payload
    assert (answers.count("NM1*IL*"), "AAA*" in answers) == (2, True)


def _only(partner: Program, functions: tuple[Function, ...], lines: tuple[str, ...]) -> None:
    """Take away what the partner holds, and give it this instead."""
    programs.end_grants(partner)
    programs.give(partner, *worlds.grants(replace(partner.person, functions=functions, lines=lines)))


@pytest.mark.parametrize(
    ("functions", "lines", "kept"),
    [
        ((Function.ELIGIBILITY, Function.BENEFITS), (cast.PPO,), "HMO Gold"),
        ((Function.ELIGIBILITY,), (), "EB*C*"),
    ],
    ids=["a line", "benefits"],
)
def test_results_that_wait_show_nothing_that_was_taken_away_meanwhile(
    doors: tuple[Door, ...], functions: tuple[Function, ...], lines: tuple[str, ...], kept: str
) -> None:
    door = in_x12(doors)
    partner = door.asker("front_desk")
    name = _handed_in(door)
    working.work()
    assert kept in core.call(core.FETCH_RESULTS, partner, PayloadID=name).payload
    _only(partner, functions, lines)
    back = core.call(core.FETCH_RESULTS, partner, PayloadID=name)
    assert (back.status, back.error, kept in back.payload) == (200, "UnAuthorized", False)


def test_results_of_a_file_show_nothing_that_was_taken_away_meanwhile(doors: tuple[Door, ...]) -> None:
    files = in_files(doors)
    who = files.stand.world["front_desk"]
    browser, address = files.people.browser("front_desk"), _started(files)
    working.work()
    assert [row["status"] for row in by_files.results(browser, address)] == ["Active"] * 4
    worlds.end_grants(who)
    less = worlds.grants(replace(who.person, functions=(Function.ELIGIBILITY,), lines=(cast.PPO,)))
    granting.add_grant(actor=worlds.system(), persona_id=who.persona_id, new=less[0])
    assert [row["status"] for row in by_files.results(browser, address)] == ["Withheld", *["Active"] * 3]
    told = browser.get(f"{address}results.271").content.decode()
    assert [kept for kept in ("Zephyrine", "HMO Gold", "EB*C*") if kept in told] == []


def _started(files: ByFiles) -> str:
    """A file of four rows that waits for the worker; its address."""
    browser = files.people.browser("front_desk")
    questions = [Question("front_desk", sought) for sought in PEOPLE]
    address: str = by_files.send(browser, questions, cast.OWN).headers["Location"]
    browser.post(f"{address}start/")
    return address


def _handed_in(door: ByX12) -> str:
    """A batch of four patients that waits for the worker; its name."""
    partner = door.asker("front_desk")
    receipt = core.call(core.SUBMIT, partner, x12.inquiry(partner.sender_id, PEOPLE, tax_id=cast.OWN))
    return receipt.fields["PayloadID"]
