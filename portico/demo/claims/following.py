"""Follows visits to what became of their claims, up to today: the claims as drawn."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from portico.demo.claims import courses, deciding, told
from portico.demo.claims.courses import Course, Fate
from portico.demo.claims.deciding import Lines
from portico.demo.claims.drawn import Decision, Drawn
from portico.demo.claims.money import dollars
from portico.demo.claims.sums import Sums
from portico.demo.claims.visits import Visit
from portico.domains.claims import rules
from portico.domains.claims.facts.extracted import ExtractedClaim
from portico.domains.claims.facts.paid import PaidClaim
from portico.domains.claims.facts.submitted import SentClaim
from portico.shared.money import to_cents

_PROMPT, _INTEREST_A_DAY = 30, Decimal("0.10") / 365
_PENDS_AFTER, _RESUMES_BEFORE, _DECIDES_AGAIN_AFTER, _SENT_AGAIN_AFTER = 4, 2, 35, 20
_LONGEST_WAIT: Final = 75
_SETTLED: Final = frozenset({Fate.PAID, Fate.DENIED, Fate.PARTLY})


@dataclass(frozen=True, slots=True)
class Filed:
    """A claim as it came: the visit, its lines as billed, its number, and how it goes."""

    visit: Visit
    lines: Lines
    sent: SentClaim
    number: str
    course: Course

    def drawn(self, *decisions: Decision, extracts: tuple[ExtractedClaim, ...] = ()) -> Drawn:
        """The claim with what was decided of it."""
        practice, line = self.visit.who.practice, self.visit.coverage.plan.line
        on = self.course.received_on
        return Drawn(self.number, practice.tax_id, line, on, self.sent, extracts, decisions)

    def decision(self, on: date, claim: PaidClaim) -> Decision:
        """What the payment of that day says of it."""
        return Decision(on, self.visit.who.practice.tax_id, claim)


@dataclass(slots=True)
class Follower:
    """Numbers claims and follows them; `today` is the day up to which all has happened."""

    today: date
    count: int = 0

    def follow(self, visit: Visit, course: Course, sums: Sums) -> Iterator[Drawn]:
        """The visit's claim, then the one that replaces it if one does; none that has not come yet.

        `sums` learns what the member owes by what is decided last.
        """
        if course.received_on > self.today:
            return
        filed = self._file(visit, course)
        if self._waits(course):
            yield self._waiting(filed, sums)
        elif course.fate in _SETTLED or self._again_on(course) > self.today:
            yield self._settled(filed, sums)
        elif course.fate is Fate.REPLACED:
            yield from self._replaced(filed, sums)
        else:
            yield self._decided_again(filed, sums)

    def _file(self, visit: Visit, course: Course) -> Filed:
        number, control = self._numbers(visit, course.received_on)
        lines = deciding.billed(visit, self.today)
        on = course.received_on
        sent = told.sent(visit, lines, control=control, written_on=on, number=number)
        if visit.first_payer:
            paid = deciding.decide(lines, visit, Sums(visit.coverage.plan, 0))
            sent = told.after(sent, paid, visit.first_payer, on)
        return Filed(visit, lines, sent, number, course)

    def _numbers(self, visit: Visit, on: date) -> tuple[str, str]:
        """The plan's number of the claim, and the office's."""
        self.count += 1
        initials = "".join(word[0] for word in visit.who.practice.name.split()[:2]).upper()
        return f"{on:%y%j}N{self.count:06d}", f"{initials}-{100_000 + self.count}"

    def _waits(self, course: Course) -> bool:
        """Is nothing paid or denied yet?"""
        is_stuck = course.fate is Fate.PENDED and (self.today - course.received_on).days < _LONGEST_WAIT
        return is_stuck or course.pays_on > self.today

    def _again_on(self, course: Course) -> date:
        return courses.pay_day(course.pays_on + timedelta(days=_DECIDES_AGAIN_AFTER))

    def _waiting(self, filed: Filed, sums: Sums) -> Drawn:
        course, row = filed.course, _extract(filed)
        pended_on = course.received_on + timedelta(days=_PENDS_AFTER)
        if course.pend_reason and pended_on <= self.today:
            return filed.drawn(extracts=(_pended(row, course.pend_reason, pended_on),))
        if course.fate is not Fate.PENDED and course.decided_on <= self.today:
            lines = _lines(filed, sums.copy())
            return filed.drawn(extracts=(_approved(row, lines, course.decided_on),))
        return filed.drawn(extracts=(row,))

    def _settled(self, filed: Filed, sums: Sums) -> Drawn:
        paid = _paid(filed, _lines(filed, sums))
        on = filed.course.pays_on
        return filed.drawn(filed.decision(on, _with_interest(paid, filed, on)), extracts=_history(filed))

    def _decided_again(self, filed: Filed, sums: Sums) -> Drawn:
        """Paid and taken back; and where it was adjusted, decided anew in the same payment."""
        first = _paid(filed, _first_lines(filed, sums.copy()))
        on, again = filed.course.pays_on, self._again_on(filed.course)
        decisions = [filed.decision(on, first), filed.decision(again, told.taken_back(first))]
        if filed.course.fate is Fate.ADJUSTED:
            anew = _paid(filed, deciding.decide(filed.lines, filed.visit, sums))
            decisions.append(filed.decision(again, anew))
        return filed.drawn(*decisions, extracts=_history(filed))

    def _replaced(self, filed: Filed, sums: Sums) -> Iterator[Drawn]:
        """Paid, sent again in a corrected version, taken back, and the corrected version paid."""
        first = _paid(filed, _first_lines(filed, sums.copy()))
        on, again = filed.course.pays_on, self._again_on(filed.course)
        yield filed.drawn(filed.decision(on, first), filed.decision(again, told.taken_back(first)))
        came = on + timedelta(days=_SENT_AGAIN_AFTER)
        number, control = self._numbers(filed.visit, came)
        sent = told.again(
            filed.sent,
            original=filed.number,
            number=number,
            control=control,
            written_on=came,
        )
        course = replace(filed.course, received_on=came)
        anew = replace(filed, sent=sent, number=number, course=course)
        paid = _paid(anew, deciding.decide(filed.lines, filed.visit, sums))
        yield anew.drawn(anew.decision(again, paid))


def _lines(filed: Filed, sums: Sums) -> Lines:
    """The lines as they are decided once and for all."""
    course, lines = filed.course, filed.lines
    if course.fate is Fate.DENIED:
        return deciding.refuse(lines, course.refusal)
    if course.fate is Fate.PARTLY and len(lines) > 1:
        refused = {lines[-1].number: courses.BUNDLED}
        return deciding.decide(lines, filed.visit, sums, refused=refused)
    return deciding.decide(lines, filed.visit, sums)


def _first_lines(filed: Filed, sums: Sums) -> Lines:
    """The lines as they were decided first: the last one refused, where it is to be decided otherwise."""
    if filed.course.fate is Fate.REVERSED:
        return deciding.decide(filed.lines, filed.visit, sums)
    return deciding.decide(filed.lines, filed.visit, sums, refused={filed.lines[-1].number: courses.MISSING})


def _paid(filed: Filed, lines: Lines) -> PaidClaim:
    on = filed.course.received_on
    return told.decided(filed.sent, lines, filed.visit, number=filed.number, received_on=on)


def _with_interest(claim: PaidClaim, filed: Filed, on: date) -> PaidClaim:
    """What the plan pays on top where it took longer than it may."""
    late = (on - filed.course.received_on).days - _PROMPT
    interest = to_cents(claim.paid * _INTEREST_A_DAY * late) if late > 0 else Decimal(0)
    return replace(claim, interest=interest) if interest else claim


def _history(filed: Filed) -> tuple[ExtractedClaim, ...]:
    """What the core told of a claim that waited before it was decided."""
    course = filed.course
    pended_on = course.received_on + timedelta(days=_PENDS_AFTER)
    resumed_on = course.decided_on - timedelta(days=_RESUMES_BEFORE)
    if not course.pend_reason or resumed_on <= pended_on:
        return ()
    return (_pended(_extract(filed), course.pend_reason, pended_on),)


def _extract(filed: Filed) -> ExtractedClaim:
    sent, visit, on = filed.sent, filed.visit, filed.course.received_on
    return ExtractedClaim(
        claim_number=filed.number,
        patient_control_number=sent.patient_control_number,
        tax_id=visit.who.practice.tax_id,
        member_id=sent.treated.member_id,
        form=sent.form,
        status=rules.Status.RECEIVED,
        status_on=on,
        received_on=on,
        first_on=visit.on,
        last_on=visit.ends_on,
        billed=sent.billed,
        line=visit.coverage.plan.line,
        npi=visit.who.provider.npi,
        replaces=sent.original_number,
    )


def _pended(row: ExtractedClaim, reason: str, on: date) -> ExtractedClaim:
    awaited = on + timedelta(days=rules.PEND_REASONS[reason].days or 0)
    return replace(row, status=rules.Status.PENDED, status_on=on, pend_reason=reason, awaited_on=awaited)


def _approved(row: ExtractedClaim, lines: Lines, on: date) -> ExtractedClaim:
    reasons = [reason for line in lines for _, reason, _ in deciding.adjustments(line)]
    return replace(
        row,
        status=rules.Status.APPROVED,
        status_on=on,
        awaited_on=courses.pay_day(on),
        allowed=dollars(deciding.total(lines, lambda line: line.allowed)),
        paid=dollars(deciding.total(lines, lambda line: line.paid)),
        member_share=dollars(deciding.total(lines, lambda line: line.owed)),
        reason_codes=tuple(dict.fromkeys(reasons)),
    )
