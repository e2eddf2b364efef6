"""What a decision needs before it is kept, field by field; and on what it stands."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from portico.domains.authorizations import deciding_rules, decision_reasons
from portico.domains.authorizations.deciding_rules import Asked, Happened
from portico.domains.authorizations.facts.decided import Basis, Outcome, Refusal, ServiceVerdict, Stop
from portico.domains.authorizations.facts.shown import State
from portico.domains.authorizations.tests import desk

FIRST, LAST = date(2026, 3, 16), date(2026, 5, 11)
VISITS = Asked(1, State.IN_REVIEW, Decimal(12), FIRST, LAST)
SCAN = Asked(2, State.IN_REVIEW, Decimal(1), FIRST, LAST)
RECEIVED = (Happened("received"),)
DENIED_BEFORE = (*RECEIVED, Happened("decided"))
AFTER_TALK = (*DENIED_BEFORE, Happened("talk_booked"), Happened("talk_held"))


def stops(*verdicts: ServiceVerdict, asked: tuple[Asked, ...] = (VISITS,), **told: Any) -> list[Stop]:
    return list(deciding_rules.stops(verdicts, asked, told.get("events", RECEIVED)))


FINE = [
    (desk.approve(1), "all of it"),
    (desk.approve(1, quantity=Decimal(20)), "more than was asked"),
    (desk.approve(1, first_on=date(2026, 3, 1)), "from an earlier day"),
    (ServiceVerdict(1, Outcome.NOT_NEEDED), "no authorization is needed"),
    (desk.part(1, 8), "fewer visits"),
    (desk.part(1, 12, last_on=date(2026, 4, 1)), "fewer days"),
    (desk.part(1, 12, first_on=date(2026, 3, 17)), "a later beginning"),
    (desk.deny(1), "nothing"),
    (desk.deny(1, reason_text="x" * 1 + " " + desk.WHY + "\n\nSecond paragraph."), "two paragraphs"),
    (desk.deny(1, criteria="c" * 200), "criteria as long as can be"),
]


@pytest.mark.parametrize("verdict", [one for one, _ in FINE], ids=[name for _, name in FINE])
def test_what_says_all_it_has_to_say_may_be_kept(verdict: ServiceVerdict) -> None:
    assert stops(verdict) == []


WRONG: list[tuple[str, ServiceVerdict, Refusal, str]] = [
    ("no reason", desk.deny(1, reason_code=""), Refusal.REASON_MISSING, "reason_code"),
    ("a reason that is none", desk.deny(1, reason_code="cost"), Refusal.REASON_MISSING, "reason_code"),
    (
        "a reason that leaves no part",
        desk.part(1, 8, reason_code="benefit_excluded"),
        Refusal.REASON_UNFIT,
        "reason_code",
    ),
    ("no words", desk.deny(1, reason_text=""), Refusal.TEXT_MISSING, "reason_text"),
    ("blank words", desk.deny(1, reason_text="  \n \t"), Refusal.TEXT_MISSING, "reason_text"),
    (
        "nineteen signs",
        desk.deny(1, reason_text="Knee bends so fully"),
        Refusal.TEXT_TOO_SHORT,
        "reason_text",
    ),
    (
        "too long",
        desk.deny(1, reason_text="Knee bends fully. " * 112),
        Refusal.TEXT_TOO_LONG,
        "reason_text",
    ),
    (
        "the words of the code alone",
        desk.deny(1, reason_text=decision_reasons.of("not_medically_necessary").means),
        Refusal.TEXT_NOT_SPECIFIC,
        "reason_text",
    ),
    (
        "one word again and again",
        desk.deny(1, reason_text="denied denied denied denied"),
        Refusal.TEXT_NOT_SPECIFIC,
        "reason_text",
    ),
    (
        "a sign of the patient",
        desk.deny(1, reason_text=f"{desk.WHY} SSN 912-12-1234."),
        Refusal.TEXT_HOLDS_SIGN,
        "reason_text",
    ),
    ("no criteria", desk.deny(1, criteria=" "), Refusal.CRITERIA_MISSING, "criteria"),
    ("criteria too long", desk.deny(1, criteria="c" * 201), Refusal.CRITERIA_TOO_LONG, "criteria"),
    ("a part of no size", replace(desk.part(1, 8), quantity=None), Refusal.QUANTITY_MISSING, "quantity"),
    ("a part of nothing", desk.part(1, 0), Refusal.QUANTITY_WRONG, "quantity"),
    ("a thousandth", desk.approve(1, quantity=Decimal("12.001")), Refusal.QUANTITY_WRONG, "quantity"),
    ("a part that is the whole", desk.part(1, 12), Refusal.NOTHING_LESS, "quantity"),
    ("days that end too soon", desk.approve(1, last_on=date(2026, 3, 1)), Refusal.DAYS_WRONG, "last_on"),
    (
        "an approval that is a part",
        desk.approve(1, quantity=Decimal(8)),
        Refusal.LESS_THAN_ASKED,
        "outcome",
    ),
    (
        "an approval with a reason",
        desk.approve(1, reason_code="not_covered_then"),
        Refusal.REASON_NOT_WANTED,
        "reason_code",
    ),
]


@pytest.mark.parametrize(
    ("verdict", "refusal", "field"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG]
)
def test_what_leaves_something_out_is_refused_at_its_field(
    verdict: ServiceVerdict, refusal: Refusal, field: str
) -> None:
    assert stops(verdict) == [Stop(refusal, 1, field)]


def test_everything_that_is_wrong_is_said_at_once() -> None:
    bare = ServiceVerdict(1, Outcome.DENIED)
    assert [stop.field for stop in stops(bare)] == ["reason_code", "reason_text", "criteria"]


@pytest.mark.parametrize("reason", decision_reasons.BY_CODE.values(), ids=decision_reasons.BY_CODE)
def test_no_reason_is_its_own_explanation(reason: decision_reasons.Reason) -> None:
    for said in (reason.means, reason.advice, f"{reason.means} {reason.advice}", reason.code):
        assert not deciding_rules.is_specific(said, reason.code)
    assert deciding_rules.is_specific(desk.WHY, reason.code)


def test_a_decision_answers_every_service_that_waits_once_and_no_other() -> None:
    both = (VISITS, SCAN)
    assert stops(desk.approve(1), desk.deny(2), asked=both) == []
    assert stops(desk.approve(1), asked=both) == [Stop(Refusal.SERVICE_LEFT_OUT, 2, "outcome")]
    assert stops(desk.approve(1), desk.approve(1)) == [Stop(Refusal.SERVICE_TWICE, 1)]
    assert stops(desk.approve(1), desk.approve(3)) == [Stop(Refusal.SERVICE_UNKNOWN, 3)]
    done = (VISITS, replace(SCAN, state=State.APPROVED))
    assert stops(desk.approve(1), desk.approve(2), asked=done) == [Stop(Refusal.NOT_OPEN, 2)]


@pytest.mark.parametrize("state", [state for state in State if state not in (State.IN_REVIEW, State.PENDED)])
def test_what_does_not_wait_is_not_decided(state: State) -> None:
    assert stops(desk.approve(1), asked=(replace(VISITS, state=state),)) == [Stop(Refusal.NOT_OPEN)]


def test_nothing_is_denied_while_the_office_may_still_answer() -> None:
    awaited = replace(VISITS, state=State.PENDED, is_awaited=True)
    assert stops(desk.approve(1), asked=(awaited,)) == []
    assert stops(desk.deny(1), asked=(awaited,)) == [Stop(Refusal.STILL_ASKED, 1, "outcome")]
    assert stops(desk.part(1, 8), asked=(awaited,)) == [Stop(Refusal.STILL_ASKED, 1, "outcome")]


def test_a_talk_may_make_a_denial_better_and_never_worse() -> None:
    denied = replace(VISITS, state=State.DENIED)
    partly = replace(VISITS, state=State.PARTLY, approved_quantity=Decimal(8))
    told = {"events": AFTER_TALK}
    assert stops(desk.approve(1), asked=(denied,), **told) == []
    assert stops(desk.part(1, 4), asked=(denied,), **told) == []
    assert stops(desk.part(1, 10), asked=(partly,), **told) == []
    worse = [Stop(Refusal.TALK_CANNOT_WORSEN, 1, "outcome")]
    assert stops(desk.deny(1), asked=(denied,), **told) == worse
    assert stops(desk.part(1, 8), asked=(partly,), **told) == worse
    assert stops(desk.approve(1), asked=(denied,), events=DENIED_BEFORE) == [Stop(Refusal.NOT_OPEN)]
    decided_since = (*AFTER_TALK, Happened("decided"))
    assert stops(desk.approve(1), asked=(denied,), events=decided_since) == [Stop(Refusal.NOT_OPEN)]


def test_after_a_talk_more_visits_in_fewer_days_are_worse_and_as_many_in_more_days_better() -> None:
    partly = replace(
        VISITS,
        state=State.PARTLY,
        approved_quantity=Decimal(8),
        approved_first_on=FIRST,
        approved_last_on=date(2026, 4, 30),
    )
    told: dict[str, Any] = {"asked": (partly,), "events": AFTER_TALK}
    assert stops(desk.part(1, 8), **told) == []
    same = [Stop(Refusal.TALK_CANNOT_WORSEN, 1, "outcome")]
    assert stops(desk.part(1, 8, last_on=date(2026, 4, 30)), **told) == same
    assert stops(desk.part(1, 9, last_on=date(2026, 4, 1)), **told) == same


@pytest.mark.parametrize("again", [Basis.APPEAL, Basis.RECONSIDERATION])
def test_what_was_approved_before_another_look_stays_approved(again: Basis) -> None:
    partly = replace(VISITS, approved_quantity=Decimal(8), approved_first_on=FIRST, approved_last_on=LAST)
    told: dict[str, Any] = {"asked": (partly,), "events": (*DENIED_BEFORE, Happened("reopened", again))}
    for fine in (desk.part(1, 8), desk.part(1, 9), desk.approve(1)):
        assert stops(fine, **told) == []
    taken_back = [Stop(Refusal.APPROVED_STAYS, 1, "outcome")]
    assert stops(desk.deny(1), **told) == taken_back
    assert stops(desk.part(1, 7), **told) == taken_back
    assert stops(desk.part(1, 8, last_on=date(2026, 4, 1)), **told) == taken_back


def test_after_a_talk_one_of_several_may_change_alone() -> None:
    denied = (replace(VISITS, state=State.DENIED), replace(SCAN, state=State.DENIED))
    assert stops(desk.approve(2), asked=denied, events=AFTER_TALK) == []
    assert [stop.code for stop in stops(asked=denied, events=AFTER_TALK)] == [Refusal.SERVICE_LEFT_OUT] * 2


BASES = [
    ((), Basis.FIRST),
    (RECEIVED, Basis.FIRST),
    ((*DENIED_BEFORE, Happened("reopened", "appeal")), Basis.APPEAL),
    ((*DENIED_BEFORE, Happened("reopened", "reconsideration"), Happened("asked")), Basis.RECONSIDERATION),
    ((*DENIED_BEFORE, Happened("changed", "extension")), Basis.EXTENSION),
    ((*AFTER_TALK, Happened("reopened", "appeal")), Basis.APPEAL),
]


@pytest.mark.parametrize(("events", "basis"), BASES, ids=[str(number) for number in range(len(BASES))])
def test_a_decision_stands_on_what_opened_the_request_last(
    events: tuple[Happened, ...], basis: Basis
) -> None:
    assert deciding_rules.basis([VISITS], events) is basis


def test_words_are_kept_without_the_blanks_around_them() -> None:
    said = deciding_rules.tidy(desk.deny(1, reason_text="  One  line.\r\n\n Two. ", criteria=" A  1 "))
    assert (said.reason_text, said.criteria) == ("One line.\n\nTwo.", "A 1")
