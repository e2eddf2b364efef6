"""A 278 inquiry in, a 278 out: each standing with its HCR, each refusal with its AAA, one audit row."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from portico.domains.authorizations import exchanging
from portico.domains.authorizations.models import Authorization
from portico.domains.permits.functions import Function
from tests.support import authorizations, patients, world
from tests.support.cast import FOREIGN, MEDI_CAL, OWN, SECOND
from tests.support.doors import x12_authorizations as door
from tests.support.doors.x12_authorizations import Answer, Sought, Told
from tests.x12 import authorizations_278 as partners
from tests.x12 import claims_276

pytestmark = pytest.mark.django_db
NUMBER = "A123456786"
ZEPHYRINE = Sought(patients.ZEPHYRINE, "QUILLFEATHER", "ZEPHYRINE", date(1984, 5, 6))


@pytest.fixture(autouse=True)
def _world() -> None:
    claims_276.a_world()


def asked(sought: Sought = ZEPHYRINE, *, tax_id: str = OWN, **limits: Any) -> Answer:
    """What the answer says of somebody's requests."""
    payload = door.inquiry(partners.SENDER, sought, tax_id=tax_id)
    return partners.told(payload, partners.partner(**limits))


def event(**changes: Any) -> Told:
    """The one event an answer tells."""
    answer = asked(**changes)
    assert answer.rejections == []
    (told,) = answer.events
    return told


def uses() -> list[tuple[str, str]]:
    """How each question ended, as the audit has it."""
    rows = world.uses(function=Function.AUTHORIZATION_INQUIRY)
    return [(row.outcome, row.conclusion or ",".join(row.reasons)) for row in rows]


@pytest.mark.parametrize(
    ("make", "whole", "services"),
    [
        (authorizations.in_review, "A4", ["A4", "A4"]),
        (authorizations.pended, "A4", ["A4", "A4"]),
        (authorizations.approved, "A1", ["A1", "A1"]),
        (authorizations.partly, "A2", ["A6", "A3"]),
        (authorizations.denied, "A3", ["A3", "A3"]),
        (authorizations.cancelled, "C", ["C", "C"]),
        (authorizations.not_needed, "NA", ["NA", "NA"]),
        (authorizations.expedited, "A4", ["A4", "A4"]),
        (authorizations.referral, "A4", ["A4"]),
        (authorizations.admission, "A4", ["A4"]),
    ],
    ids=lambda each: getattr(each, "__name__", None),
)
def test_each_standing_has_its_action(
    make: Callable[[str], Authorization], whole: str, services: list[str]
) -> None:
    make(NUMBER)
    told = event()
    assert told.action == whole
    assert told.number == ("" if whole == "NA" else NUMBER)
    assert [one.action for one in told.services] == services
    assert uses() == [("allowed", "found")]


def test_the_beginning_and_the_traces_are_given_back() -> None:
    authorizations.approved(NUMBER)
    answer = asked()
    assert answer.beginning[1:4] == ["0007", "49", "ASKED"]
    assert answer.beginning[6] == "18"
    (told,) = answer.events
    assert told.traces[0] == ["2", "EVENT1", "9LAKESIDE1"]
    assert told.traces[1][0] == "1"


def test_what_is_under_way_says_that_more_follows() -> None:
    authorizations.in_review(NUMBER)
    assert asked().beginning[6] == "19"


def test_a_denial_is_told_in_the_words_of_the_page() -> None:
    authorizations.partly(NUMBER)
    first, second = event().services
    assert first.messages[:2] == ["Approved 8 of 12.", authorizations.REASON]
    assert authorizations.CRITERIA in first.messages[2]
    assert second.messages[0] == authorizations.REASON
    assert first.delivery == ["VS", "8"]


def test_what_is_approved_says_from_when_to_when() -> None:
    row = authorizations.approved(NUMBER)
    told = event()
    days = f"{row.first_on:%Y%m%d}-{row.last_on:%Y%m%d}"
    assert told.dates["007"] == told.dates["AAH"] == days
    assert told.dates["102"] == f"{row.decided_at:%Y%m%d}"
    assert told.services[0].messages[-1] == "Used 0, left 12."


def test_what_the_plan_waits_for_is_told() -> None:
    authorizations.pended(NUMBER)
    first, second = event().services
    assert first.papers[0][:3] == ["PWK", "M1", "EL"]
    assert first.messages[-1].endswith(authorizations.ASKED)
    assert second.papers == []


def test_several_requests_of_a_patient_are_each_an_event() -> None:
    authorizations.approved()
    authorizations.in_review()
    assert [told.action for told in asked().events] == ["A4", "A1"]


def test_one_is_found_by_its_number_alone_of_several() -> None:
    authorizations.approved(NUMBER)
    authorizations.in_review()
    assert event(sought=Sought(patients.ZEPHYRINE, "QUILLFEATHER", number=NUMBER)).number == NUMBER


def test_no_more_are_told_than_the_most(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portico.edges.x12.authorizations.inquiries.MOST", 2)
    for _ in range(3):
        authorizations.in_review()
    assert len(asked().events) == 2
    assert exchanging.MOST == 10


NOT_FOUND = [("EV", "Y", "", "AA", "C")]


@pytest.mark.parametrize(
    "sought",
    [
        Sought(patients.ZEPHYRINE, "QUILLFEATHER", number="A000000000"),
        Sought("NLZZ0000", "QUILLFEATHER"),
        Sought(patients.ZEPHYRINE, "QUILLFEATHER", first_on=date(2024, 1, 1)),
    ],
    ids=["another number", "another member", "other days"],
)
def test_what_there_is_not_is_not_found(sought: Sought) -> None:
    authorizations.approved(NUMBER)
    (told,) = asked(sought).events
    assert told.rejections == NOT_FOUND
    assert uses() == [("allowed", "not_found")]


def test_another_office_is_told_of_none() -> None:
    authorizations.approved(NUMBER)
    (told,) = asked(tax_id=SECOND, tax_ids=frozenset({SECOND})).events
    assert told.rejections == NOT_FOUND


def test_another_line_is_told_of_none() -> None:
    authorizations.approved(NUMBER)
    (told,) = asked(lines=frozenset({MEDI_CAL})).events
    assert told.rejections == NOT_FOUND


def test_another_offices_tax_id_is_refused() -> None:
    answer = asked(tax_id=FOREIGN)
    assert answer.rejections == [("21", "Y", "", "41", "N")]
    assert answer.events == []
    assert uses() == [("denied", "tax_id_not_granted")]


def test_a_partner_without_the_function_is_refused() -> None:
    answer = asked(functions=(Function.ELIGIBILITY,))
    assert answer.rejections == [("21", "Y", "", "41", "R")]


@pytest.mark.parametrize(
    ("was", "now", "level", "code"),
    [
        ("NM1*X3*2*NORTHLAKE*****PI*99999", "NM1*X3*2*OTHER*****PI*88888", "20", "T4"),
        ("24*", "XX*12345~REF*ZH*", "21", "43"),
        (f"MI*{patients.ZEPHYRINE}", "MI*N+1", "22", "72"),
        ("DMG*D8*19840506", "DMG*D8*19840506", "", ""),
        ("AAH*RD8*20260316-20260320", "AAH*RD8*20260320-20260316", "EV", "57"),
        (f"****MI*{patients.ZEPHYRINE}~DMG*D8*19840506", "", "22", "72"),
    ],
)
def test_what_is_wrong_is_told_where_it_is(was: str, now: str, level: str, code: str) -> None:
    authorizations.approved(NUMBER, first_on=date(2026, 3, 16), last_on=date(2026, 3, 20))
    sought = Sought(
        patients.ZEPHYRINE,
        "QUILLFEATHER",
        "ZEPHYRINE",
        date(1984, 5, 6),
        "",
        date(2026, 3, 16),
        date(2026, 3, 20),
    )
    payload = door.inquiry(partners.SENDER, sought, tax_id=OWN)
    assert was in payload
    payload = _counted(payload.replace(was, now))
    answer = partners.told(payload)
    rejections = [*answer.rejections, *(one for told in answer.events for one in told.rejections)]
    assert [(one[0], one[3]) for one in rejections] == ([(level, code)] if code else [])
    assert len(uses()) == 1


def _counted(payload: str) -> str:
    """The interchange with SE01 counted anew."""
    lines = payload.split("~")
    first = next(place for place, line in enumerate(lines) if line.startswith("ST*"))
    last = next(place for place, line in enumerate(lines) if line.startswith("SE*"))
    lines[last] = f"SE*{last - first + 1}*0001"
    return "~".join(lines)
