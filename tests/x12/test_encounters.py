"""A file of encounters from the moment it is handed in to its TA1, 999 and 277CA."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine

from portico.domains.claims.facts.submitted import Form
from portico.domains.encounters import models, reports, submissions
from portico.domains.encounters.submissions import Stage, Taken
from portico.domains.permits.actors import Actor
from portico.edges.x12.tests.answering import findings
from tests.support import encounters, public_files, working
from tests.support import world as worlds
from tests.support.actors import NOW
from tests.support.encounters import a_claim, a_file, segments, wrong_npi, wrong_sum
from tests.support.world import World


@pytest.fixture
def world(db: None) -> Iterator[World]:
    """The rows."""
    with time_machine.travel(NOW, tick=False):
        made = worlds.build()
        encounters.a_provider()
        yield made


@pytest.fixture
def desk(world: World) -> Actor:
    """Who sends encounters for the office."""
    return worlds.actor(world["front_desk"])


def test_a_clean_file_is_accepted_to_the_last_record(desk: Actor) -> None:
    found = encounters.sent(desk, a_file([a_claim(3), a_claim(4)]))
    view = encounters.seen(desk, found)
    assert working.states()[-1] == ("x12_encounters", "done", "")
    assert (view.stage, view.received, view.accepted, view.rejected) == (Stage.READ, 2, 2, 0)


def test_its_answers_are_a_999_and_a_277ca_that_pyx12_reads(desk: Actor) -> None:
    found = encounters.sent(desk, a_file([a_claim(3), wrong_npi(4), wrong_sum(5)]))
    told = encounters.answers(desk, found)
    assert told.of_interchange == b""
    assert segments(told.of_sets, "AK9") == ["AK9*A*1*1*1"]
    assert [findings(told.of_sets), findings(told.of_records)] == [[], []]
    assert segments(told.of_records, "QTY")[:2] == ["QTY*90*1", "QTY*AA*2"]
    assert segments(told.of_records, "STC")[2:] == [
        "STC*A2:20:PR*20260312*WQ*120",
        "STC*A7:562:82*20260312*U*120",
        "STC*A8:400*20260312*U*130",
    ]
    assert segments(told.of_records, "TRN")[1] == "TRN*2*907-1"


def test_the_same_file_again_is_the_same_submission_with_the_same_answers(desk: Actor) -> None:
    file = a_file([a_claim()])
    first = encounters.sent(desk, file)
    told = encounters.answers(desk, first)
    again = encounters.hand_in(desk, file)
    assert again == submissions.Receipt(first, Taken.AGAIN)
    working.work()
    assert encounters.answers(desk, first) == told
    assert models.Encounter.objects.count() == 1


def test_another_file_under_the_same_number_is_told_so_by_a_ta1(desk: Actor) -> None:
    encounters.sent(desk, a_file([a_claim(3)]))
    refused = encounters.hand_in(desk, a_file([a_claim(4)]))
    assert refused.taken is Taken.DUPLICATE
    told = encounters.answers(desk, refused.id)
    assert segments(told.of_interchange, "TA1") == ["TA1*000000907*260312*0930*R*025"]
    assert (told.of_sets, told.of_records) == (b"", b"")
    assert models.Encounter.objects.count() == 1


def test_a_ta1_is_sent_where_it_is_asked_for(desk: Actor) -> None:
    file = a_file([a_claim()]).replace(b"*0*P*:", b"*1*P*:")
    told = encounters.answers(desk, encounters.sent(desk, file))
    assert segments(told.of_interchange, "TA1") == ["TA1*000000907*260312*0930*A*000"]
    assert findings(told.of_sets) == []


def test_each_answer_has_a_control_number_of_its_own(desk: Actor) -> None:
    file = a_file([a_claim()]).replace(b"*0*P*:", b"*1*P*:")
    told = encounters.answers(desk, encounters.sent(desk, file))
    found = [segments(each, "IEA")[0] for each in (told.of_interchange, told.of_sets, told.of_records)]
    assert len(set(found)) == 3


def test_what_the_guide_finds_in_one_record_costs_that_record_alone(desk: Actor) -> None:
    file = a_file([a_claim(3), a_claim(4), a_claim(5)])
    broken = file.replace(b"CLM*PCN4*120*", b"CLM*PCN4*xyz*")
    found = encounters.sent(desk, broken)
    view = encounters.seen(desk, found)
    assert (view.accepted, view.rejected) == (2, 1)
    told = encounters.answers(desk, found)
    assert segments(told.of_sets, "IK5") == ["IK5*E*5"]
    assert segments(told.of_sets, "AK9") == ["AK9*E*1*1*1"]
    (rejection,) = reports.rejections(actor=desk, submission=found).rows
    (edit,) = rejection.edits
    assert (edit.code, edit.about, edit.name, edit.element) == ("unreadable", "ik403_6", "CLM", 2)
    assert edit.segment is not None
    assert edit.segment.elements[:3] == ("CLM", "PCN4", "xyz")
    assert findings(told.of_records) == []


def test_a_set_with_a_wrong_count_is_refused_and_the_one_beside_it_taken(desk: Actor) -> None:
    one, two = a_file([a_claim(3)]).decode(), a_file([a_claim(4)]).decode()
    second = two[two.index("ST*837") : two.index("GE*")].replace("0001", "0002").replace("SE*24", "SE*25")
    file = one.replace("GE*1", f"{second}GE*2").encode()
    found = encounters.sent(desk, file)
    view = encounters.seen(desk, found)
    assert (view.stage, view.accepted, view.rejected) == (Stage.READ, 1, 0)
    told = encounters.answers(desk, found)
    assert segments(told.of_sets, "AK9") == ["AK9*P*2*2*1"]
    summary = reports.control_summary(actor=desk, submission=found)
    assert [edit.code for edit in summary.file_edits] == ["ik502_4"]


REFUSED = {
    "a count of groups": (b"IEA*1", b"IEA*2", "interchange_refused", "ta1_021"),
    "another kind of group": (b"GS*HC", b"GS*HS", "no_set_taken", "ak905_1"),
    "another version": (b"*X*005010X222A1~ST", b"*X*004010X098A1~ST", "no_set_taken", "ak905_2"),
    "no end": (b"IEA*1*000000907~", b"", "interchange_refused", "ta1_023"),
}


@pytest.mark.parametrize("case", REFUSED.values(), ids=REFUSED)
def test_a_file_that_cannot_be_trusted_is_refused_with_its_reason(
    desk: Actor, case: tuple[bytes, bytes, str, str]
) -> None:
    old, new, refusal, code = case
    found = encounters.sent(desk, a_file([a_claim()]).replace(old, new))
    view = encounters.seen(desk, found)
    assert (view.stage, view.refusal) == (Stage.REFUSED, refusal)
    summary = reports.control_summary(actor=desk, submission=found)
    assert [edit.code for edit in summary.file_edits] == [code]
    told = encounters.answers(desk, found)
    assert told.of_interchange or told.of_sets


def test_what_is_no_interchange_is_not_taken_in(desk: Actor) -> None:
    for content in (b"hello", b"", b"PK\x03\x04" + b"x" * 200, b"ISA*00*"):
        with pytest.raises(submissions.BadUpload):
            encounters.hand_in(desk, content)


def test_two_interchanges_in_a_file_are_refused(desk: Actor) -> None:
    file = a_file([a_claim()]) + a_file([a_claim(4)], number=908)
    view = encounters.seen(desk, encounters.sent(desk, file))
    assert (view.stage, view.refusal) == (Stage.REFUSED, "several_interchanges")


def test_institutional_encounters_go_the_same_way(desk: Actor) -> None:
    stay = encounters.a_stay()
    found = encounters.sent(desk, a_file([stay], form=Form.INSTITUTIONAL))
    view = encounters.seen(desk, found)
    told = encounters.answers(desk, found)
    assert (view.accepted, view.rejected) == (1, 0)
    assert findings(told.of_records) == []
    assert "REF*BLT*111" in segments(told.of_records, "REF")


def test_a_job_that_is_killed_after_each_chunk_loses_and_doubles_nothing(
    desk: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portico.domains.encounters.reading.CHUNK", 2)
    claims = [wrong_sum(day) if day % 3 == 0 else a_claim(day) for day in range(1, 12)]
    receipt = encounters.hand_in(desk, a_file(claims))
    stops = itertools.cycle([False, False, True])
    working.work(between=lambda: next(stops))
    view = encounters.seen(desk, receipt.id)
    assert (view.stage, view.received, view.accepted, view.rejected) == (Stage.READ, 11, 8, 3)
    rows = models.Encounter.objects.order_by("position").values_list("position", "patient_control_number")
    assert list(rows) == [(day, f"PCN{day}") for day in range(1, 12)]


@pytest.mark.parametrize("path", public_files.each("837"))
def test_every_public_file_is_answered_record_by_record_with_reasons(desk: Actor, path: Path) -> None:
    found = encounters.sent(desk, path.read_bytes())
    view = encounters.seen(desk, found)
    assert (view.stage, view.received) == (Stage.READ, view.rejected)
    assert view.received
    for row in reports.rejections(actor=desk, submission=found).rows:
        assert row.edits
        assert all(edit.place and edit.segment for edit in row.edits if edit.code == "unreadable")
    told = encounters.answers(desk, found)
    assert [findings(told.of_sets), findings(told.of_records)] == [[], []]
