"""What a member's record does to the coverage held: pure rules over spans.

    021 add, 025 reinstate, 030 audit   the span is as sent, open where no end is sent; an earlier start
                                        stands
    001 change, 026 correct             what is sent replaces what is held, an end not sent stays; a change of
                                        plan ends the plan held before
    024 cancel                          ends on the day sent; what would have begun later is taken away
    002 delete                          is taken away as if it had never been

A span that overlaps one held of the same product and plan is the same span. A full file ends nothing by
silence.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from portico.domains.members.enrolment_facts import (
    CannotApply,
    Maintenance,
    RowReason,
    SentCoverage,
    SentMember,
)

_DAY = timedelta(days=1)


class Span(NamedTuple):
    """One span of coverage; `id` None is not stored yet."""

    line: str
    plan_code: str
    product: str
    level: str
    first_on: date
    last_on: date | None
    premium_paid_to: date | None = None
    id: int | None = None


class Changed(NamedTuple):
    """The spans as they shall be, and what is worth flagging."""

    spans: tuple[Span, ...]
    remarks: tuple[RowReason, ...] = ()


Lines = Mapping[str, str]
_Match = Callable[[Span], bool]


def after(held: Sequence[Span], sent: SentMember, *, lines: Lines, default_line: str) -> Changed:
    """The spans after `sent`; `lines` gives the line of each plan code that is known.

    Raises CannotApply with the segment at fault, and then nothing of the record counts.
    """
    spans = tuple(held)
    remarks: list[RowReason] = []
    for coverage in sent.coverages:
        line = _line_of(coverage, lines, default_line)
        step = _STEPS[_maintenance(sent, coverage)](spans, sent, coverage, line)
        spans = step.spans
        remarks += step.remarks
    whole = _whole_person(spans, sent)
    return Changed(whole.spans, tuple(dict.fromkeys([*remarks, *whole.remarks])))


def _maintenance(sent: SentMember, coverage: SentCoverage) -> Maintenance:
    return Maintenance.CANCEL if sent.maintenance is Maintenance.CANCEL else coverage.maintenance


def _line_of(coverage: SentCoverage, lines: Lines, default_line: str) -> str:
    if not coverage.plan_code:
        return default_line
    if coverage.plan_code not in lines:
        raise CannotApply(RowReason.UNKNOWN_PLAN_CODE, coverage.place)
    return lines[coverage.plan_code]


def _state(spans: tuple[Span, ...], sent: SentMember, coverage: SentCoverage, line: str) -> Changed:
    first, last = _first(sent, coverage), coverage.last_on or sent.eligible_to
    if first is None:
        raise CannotApply(RowReason.BEGIN_DATE_MISSING, coverage.place)
    _check_order(first, last, coverage.place)
    new = _span(line, coverage, first, last)
    return Changed(_merged(spans, new))


def _change(spans: tuple[Span, ...], sent: SentMember, coverage: SentCoverage, line: str) -> Changed:
    first = coverage.first_on or coverage.changed_on
    same = [span for span in spans if _same_plan(coverage)(span)]
    if same and (coverage.first_on is None or _overlapped(same, coverage.first_on, coverage.last_on)):
        return Changed(_amended(spans, same, coverage, line))
    if first is None:
        raise CannotApply(RowReason.BEGIN_DATE_MISSING, coverage.place)
    moved = _ended(spans, lambda span: _other_plan(coverage)(span) and span.first_on < first, first - _DAY)
    return _state(moved, sent, coverage._replace(first_on=first), line)


def _amended(
    spans: tuple[Span, ...], same: list[Span], coverage: SentCoverage, line: str
) -> tuple[Span, ...]:
    found = _overlapped(same, coverage.first_on, coverage.last_on) if coverage.first_on else same
    old = max(found, key=lambda span: span.first_on)
    first, last = coverage.first_on or old.first_on, coverage.last_on or old.last_on
    _check_order(first, last, coverage.place)
    return _merged(spans, _span(line, coverage, first, last))


def _reinstate(spans: tuple[Span, ...], sent: SentMember, coverage: SentCoverage, line: str) -> Changed:
    if _first(sent, coverage) is not None:
        return _state(spans, sent, coverage, line)
    return _reopened(spans, _same_plan(coverage), coverage.changed_on or sent.changed_on)


def _cancel(spans: tuple[Span, ...], sent: SentMember, coverage: SentCoverage, line: str) -> Changed:
    last = coverage.last_on or sent.eligible_to or coverage.changed_on or sent.changed_on
    if last is None:
        raise CannotApply(RowReason.END_DATE_MISSING, coverage.place)
    matching = _cancelled_by(spans, coverage)
    if any(matching(span) for span in spans):
        return Changed(_ended(spans, matching, last))
    if coverage.first_on is not None and coverage.first_on <= last:
        return Changed((*spans, _span(line, coverage, coverage.first_on, last)))
    return Changed(spans, (RowReason.NOTHING_TO_END,))


def _delete(spans: tuple[Span, ...], sent: SentMember, coverage: SentCoverage, line: str) -> Changed:
    del sent, line
    matching = _cancelled_by(spans, coverage)
    kept = tuple(span for span in spans if not matching(span))
    return Changed(kept, () if len(kept) < len(spans) else (RowReason.NOTHING_TO_END,))


def _whole_person(spans: tuple[Span, ...], sent: SentMember) -> Changed:
    if sent.maintenance is Maintenance.CANCEL:
        return _whole_person_ended(spans, sent)
    if sent.maintenance is Maintenance.REINSTATE and not sent.coverages:
        return _reopened(spans, lambda span: True, sent.eligible_from or sent.changed_on)
    if sent.eligible_to is not None and not sent.coverages:
        return Changed(_ended(spans, lambda span: True, sent.eligible_to))
    return Changed(spans)


def _whole_person_ended(spans: tuple[Span, ...], sent: SentMember) -> Changed:
    last = sent.eligible_to or (None if sent.coverages else sent.changed_on)
    if last is not None:
        return Changed(_ended(spans, lambda span: True, last), () if spans else (RowReason.NOTHING_TO_END,))
    if not sent.coverages:
        raise CannotApply(RowReason.END_DATE_MISSING, sent.place)
    return Changed(spans)


def _merged(spans: tuple[Span, ...], new: Span) -> tuple[Span, ...]:
    same = [span for span in spans if (span.product, span.plan_code) == (new.product, new.plan_code)]
    over = _overlapped(same, new.first_on, new.last_on)
    if not over:
        return (*spans, new)
    oldest = min(over, key=lambda span: span.first_on)
    joined = new._replace(
        id=oldest.id,
        first_on=min(oldest.first_on, new.first_on),
        level=new.level or oldest.level,
        premium_paid_to=new.premium_paid_to or oldest.premium_paid_to,
    )
    return tuple(joined if span is oldest else span for span in spans if span is oldest or span not in over)


def _reopened(spans: tuple[Span, ...], matching: _Match, on: date | None) -> Changed:
    ended = [span for span in spans if matching(span) and span.last_on is not None]
    is_open = any(matching(span) and span.last_on is None for span in spans)
    if not ended:
        return Changed(spans, () if is_open else (RowReason.NOTHING_TO_REINSTATE,))
    latest = max(span.last_on for span in ended if span.last_on)
    again = {id(span) for span in ended if span.last_on == latest and not is_open}
    result: list[Span] = []
    for span in spans:
        result += [span] if id(span) not in again else _open_again(span, on)
    return Changed(tuple(result))


def _open_again(span: Span, on: date | None) -> list[Span]:
    if on is None or span.last_on is None or on <= span.last_on + _DAY:
        return [span._replace(last_on=None)]
    return [span, span._replace(id=None, first_on=on, last_on=None)]


def _ended(spans: tuple[Span, ...], matching: _Match, last: date) -> tuple[Span, ...]:
    kept = (span for span in spans if not matching(span) or span.first_on <= last)
    return tuple(
        span._replace(last_on=last)
        if matching(span) and (span.last_on is None or span.last_on > last)
        else span
        for span in kept
    )


def _cancelled_by(spans: Sequence[Span], coverage: SentCoverage) -> _Match:
    """A start that was sent and is held names one span; else every span of the product (and plan, where
    sent).
    """
    matching = _same_product_and_plan(coverage)
    exact = [span for span in spans if matching(span) and span.first_on == coverage.first_on]
    return (lambda span: span in exact) if exact else matching


def _same_product_and_plan(coverage: SentCoverage) -> _Match:
    return lambda span: span.product == coverage.product and coverage.plan_code in ("", span.plan_code)


def _same_plan(coverage: SentCoverage) -> _Match:
    return lambda span: (span.product, span.plan_code) == (coverage.product, coverage.plan_code)


def _other_plan(coverage: SentCoverage) -> _Match:
    return lambda span: span.product == coverage.product and span.plan_code != coverage.plan_code


def _overlapped(spans: Sequence[Span], first: date, last: date | None) -> list[Span]:
    return [
        span
        for span in spans
        if (last is None or span.first_on <= last) and (span.last_on is None or first <= span.last_on)
    ]


def _first(sent: SentMember, coverage: SentCoverage) -> date | None:
    return coverage.first_on or sent.eligible_from or coverage.changed_on or sent.changed_on


def _span(line: str, coverage: SentCoverage, first: date, last: date | None) -> Span:
    return Span(
        line=line,
        plan_code=coverage.plan_code,
        product=coverage.product,
        level=coverage.level,
        first_on=first,
        last_on=last,
        premium_paid_to=coverage.premium_paid_to,
    )


def _check_order(first: date, last: date | None, place: int) -> None:
    if last is not None and last < first:
        raise CannotApply(RowReason.ENDS_BEFORE_IT_BEGINS, place)


_STEPS: Mapping[Maintenance, Callable[[tuple[Span, ...], SentMember, SentCoverage, str], Changed]] = {
    Maintenance.ADD: _state,
    Maintenance.AUDIT: _state,
    Maintenance.REINSTATE: _reinstate,
    Maintenance.CHANGE: _change,
    Maintenance.CORRECT: _change,
    Maintenance.CANCEL: _cancel,
    Maintenance.DELETE: _delete,
}
