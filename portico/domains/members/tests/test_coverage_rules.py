"""What each maintenance type does to the coverage held; both ends of a span count."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portico.domains.members import coverage_rules
from portico.domains.members.coverage_rules import Changed, Span
from portico.domains.members.enrolment_facts import (
    CannotApply,
    Maintenance,
    RowReason,
    SentCoverage,
    SentMember,
)
from portico.domains.members.tests.sent import coverage, member

JAN, MAR, JUN, SEP, DEC = (date(2026, month, 1) for month in (1, 3, 6, 9, 12))
DAY = timedelta(days=1)
LINES = {"7QX": "employer-ppo", "4HB": "employer-hmo"}

ADD, CHANGE, CANCEL = Maintenance.ADD, Maintenance.CHANGE, Maintenance.CANCEL
REINSTATE, DELETE, AUDIT = Maintenance.REINSTATE, Maintenance.DELETE, Maintenance.AUDIT


def span(first: date, last: date | None = None, plan: str = "7QX", number: int | None = 1) -> Span:
    return Span("employer-ppo", plan, "PPO", "", first, last, id=number)


def after(held: list[Span], sent: SentMember) -> Changed:
    return coverage_rules.after(held, sent, lines=LINES, default_line="employer-hmo")


def with_one(held: list[Span], sent: SentCoverage) -> list[tuple[date, date | None]]:
    changed = after(held, member(ADD, coverages=(sent,)))
    return sorted((each.first_on, each.last_on) for each in changed.spans)


@pytest.mark.parametrize(
    ("held", "sent", "spans"),
    [
        # 021: the span is as sent
        ([], coverage(ADD, JAN), [(JAN, None)]),
        ([], coverage(ADD, JAN, DEC), [(JAN, DEC)]),
        ([], coverage(ADD, JAN, JAN), [(JAN, JAN)]),
        ([span(JAN)], coverage(ADD, JAN), [(JAN, None)]),
        ([span(JAN, JUN)], coverage(ADD, JAN), [(JAN, None)]),
        ([span(JAN)], coverage(ADD, JAN, JUN), [(JAN, JUN)]),
        ([span(MAR)], coverage(ADD, JAN), [(JAN, None)]),
        ([span(JAN)], coverage(ADD, MAR), [(JAN, None)]),
        ([span(JAN, MAR)], coverage(ADD, JUN), [(JAN, MAR), (JUN, None)]),
        ([span(JAN, JUN)], coverage(ADD, JUN), [(JAN, None)]),
        ([span(JAN, JUN)], coverage(ADD, JUN + DAY), [(JAN, JUN), (JUN + DAY, None)]),
        ([span(JAN, MAR), span(JUN, number=2)], coverage(ADD, JAN), [(JAN, None)]),
        # 030: an audit states the same
        ([span(JAN)], coverage(AUDIT, JAN, SEP), [(JAN, SEP)]),
        # 001: what is not sent stays
        ([span(JAN, JUN)], coverage(CHANGE, JAN), [(JAN, JUN)]),
        ([span(JAN)], coverage(CHANGE, None, JUN), [(JAN, JUN)]),
        ([span(JAN)], coverage(CHANGE, MAR), [(JAN, None)]),
        ([], coverage(CHANGE, MAR), [(MAR, None)]),
        ([span(JAN)], coverage(CHANGE, JUN, plan="4HB"), [(JAN, JUN - DAY), (JUN, None)]),
        # 024: ends on the day sent
        ([span(JAN)], coverage(CANCEL, None, JUN), [(JAN, JUN)]),
        ([span(JAN, DEC)], coverage(CANCEL, JAN, MAR), [(JAN, MAR)]),
        ([span(JAN, MAR)], coverage(CANCEL, None, JUN), [(JAN, MAR)]),
        ([span(JUN)], coverage(CANCEL, JUN, JUN), [(JUN, JUN)]),
        ([span(JUN)], coverage(CANCEL, JUN, JUN - DAY), []),
        ([span(JAN, MAR), span(JUN, number=2)], coverage(CANCEL, None, MAR), [(JAN, MAR)]),
        ([span(JAN, MAR), span(JUN, number=2)], coverage(CANCEL, JUN, SEP), [(JAN, MAR), (JUN, SEP)]),
        ([span(JAN)], coverage(CANCEL, None, JUN, plan=""), [(JAN, JUN)]),
        ([span(JAN)], coverage(CANCEL, None, JUN, plan="4HB"), [(JAN, None)]),
        ([], coverage(CANCEL, JAN, MAR), [(JAN, MAR)]),
        # 025: reinstates
        ([span(JAN, JUN)], coverage(REINSTATE, JAN), [(JAN, None)]),
        ([span(JAN, JUN)], coverage(REINSTATE), [(JAN, None)]),
        ([span(JAN, JUN)], coverage(REINSTATE, SEP), [(JAN, JUN), (SEP, None)]),
        ([span(JAN, JUN)], coverage(REINSTATE, changed_on=SEP), [(JAN, JUN), (SEP, None)]),
        ([span(JAN, MAR), span(JUN, SEP, number=2)], coverage(REINSTATE), [(JAN, MAR), (JUN, None)]),
        # 002: as if it had never been
        ([span(JAN)], coverage(DELETE, JAN), []),
        ([span(JAN, MAR), span(JUN, number=2)], coverage(DELETE, JUN), [(JAN, MAR)]),
    ],
)
def test_a_coverage_changes_the_spans_held(
    held: list[Span], sent: SentCoverage, spans: list[tuple[date, date | None]]
) -> None:
    assert with_one(held, sent) == spans


@pytest.mark.parametrize(
    ("held", "sent", "spans"),
    [
        ([span(JAN)], member(CANCEL, eligible_to=JUN), [(JAN, JUN)]),
        (
            [span(JAN), span(MAR, plan="4HB", number=2)],
            member(CANCEL, eligible_to=JUN),
            [(JAN, JUN), (MAR, JUN)],
        ),
        ([span(JUN)], member(CANCEL, eligible_to=MAR), []),
        ([span(JAN)], member(CANCEL, changed_on=JUN), [(JAN, JUN)]),
        ([span(JAN)], member(CANCEL, coverages=(coverage(ADD, JAN, MAR),)), [(JAN, MAR)]),
        ([span(JAN, JUN)], member(REINSTATE), [(JAN, None)]),
        ([span(JAN, JUN)], member(REINSTATE, changed_on=JUN + DAY), [(JAN, None)]),
        ([span(JAN, JUN)], member(REINSTATE, changed_on=SEP), [(JAN, JUN), (SEP, None)]),
        ([span(JAN)], member(CHANGE), [(JAN, None)]),
        ([span(JAN)], member(CHANGE, eligible_to=JUN), [(JAN, JUN)]),
        ([], member(ADD, eligible_from=JAN, eligible_to=JUN, coverages=(coverage(ADD),)), [(JAN, JUN)]),
    ],
)
def test_what_is_said_of_the_person_reaches_every_span(
    held: list[Span], sent: SentMember, spans: list[tuple[date, date | None]]
) -> None:
    changed = after(held, sent)
    assert sorted((each.first_on, each.last_on) for each in changed.spans) == spans


@pytest.mark.parametrize(
    ("held", "sent", "remark"),
    [
        ([], member(REINSTATE), RowReason.NOTHING_TO_REINSTATE),
        ([], member(CANCEL, eligible_to=JUN), RowReason.NOTHING_TO_END),
        ([], member(ADD, coverages=(coverage(CANCEL, None, JUN),)), RowReason.NOTHING_TO_END),
        ([], member(ADD, coverages=(coverage(DELETE, JAN),)), RowReason.NOTHING_TO_END),
    ],
)
def test_what_has_no_effect_is_remarked(held: list[Span], sent: SentMember, remark: RowReason) -> None:
    assert after(held, sent) == Changed(tuple(held), (remark,))


@pytest.mark.parametrize(
    ("sent", "reason", "place"),
    [
        (member(coverages=(coverage(ADD, JAN, plan="4ZZ"),)), RowReason.UNKNOWN_PLAN_CODE, 12),
        (member(coverages=(coverage(ADD),)), RowReason.BEGIN_DATE_MISSING, 12),
        (member(coverages=(coverage(CHANGE),)), RowReason.BEGIN_DATE_MISSING, 12),
        (member(coverages=(coverage(CANCEL, JAN),)), RowReason.END_DATE_MISSING, 12),
        (member(CANCEL), RowReason.END_DATE_MISSING, 8),
        (member(coverages=(coverage(ADD, JUN, JUN - DAY),)), RowReason.ENDS_BEFORE_IT_BEGINS, 12),
    ],
)
def test_what_cannot_be_applied_names_its_segment(sent: SentMember, reason: RowReason, place: int) -> None:
    with pytest.raises(CannotApply) as error:
        after([], sent)
    assert (error.value.reason, error.value.place) == (reason, place)


def test_the_line_is_that_of_the_plan_code_else_the_default() -> None:
    sent = member(coverages=(coverage(ADD, JAN), coverage(ADD, JAN, plan="", product="DEN")))
    assert [each.line for each in after([], sent).spans] == ["employer-ppo", "employer-hmo"]


def test_a_stored_span_keeps_its_row() -> None:
    held = [span(JAN, MAR, number=7), span(JUN, number=8)]
    changed = after(held, member(coverages=(coverage(ADD, JAN),)))
    assert [each.id for each in changed.spans] == [7]


_days = st.dates(min_value=date(2024, 1, 1), max_value=date(2027, 12, 31))


@st.composite
def _sent(draw: st.DrawFn) -> SentMember:
    coverages = draw(
        st.lists(
            st.builds(
                coverage,
                st.sampled_from([ADD, CHANGE, CANCEL, REINSTATE, DELETE, AUDIT]),
                st.none() | _days,
                st.none() | _days,
                st.sampled_from(["7QX", "4HB", ""]),
            ),
            max_size=3,
        )
    )
    return member(
        draw(st.sampled_from([ADD, CHANGE, CANCEL, REINSTATE, AUDIT])),
        coverages=tuple(coverages),
        eligible_from=draw(st.none() | _days),
        eligible_to=draw(st.none() | _days),
    )


@given(st.lists(_sent(), max_size=6))
def test_whatever_is_sent_the_spans_can_be_stored(feed: list[SentMember]) -> None:
    spans: tuple[Span, ...] = ()
    for sent in feed:
        try:
            spans = after(list(spans), sent).spans
        except CannotApply:
            continue
        assert all(each.last_on is None or each.last_on >= each.first_on for each in spans)
        starts = [(each.product, each.plan_code, each.first_on) for each in spans]
        assert len(set(starts)) == len(starts)


@given(st.lists(_sent(), max_size=4), _sent())
def test_the_same_record_again_changes_nothing(feed: list[SentMember], last: SentMember) -> None:
    spans: tuple[Span, ...] = ()
    try:
        for sent in (*feed, last):
            spans = after(list(spans), sent).spans
        again = after(list(spans), last).spans
    except CannotApply:
        return
    assert again == spans or _opens_then_ends(last)


def _opens_then_ends(sent: SentMember) -> bool:
    """A record that states and ends a coverage contradicts itself; it may find more when it comes again."""
    kinds = {each.maintenance for each in sent.coverages}
    return len(kinds) > 1 or sent.maintenance in (CANCEL, REINSTATE)
