"""Which primary care provider a member has from when: pure rules over assignments."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from portico.domains.members.enrolment_facts import Maintenance, SentCoverage, SentMember, SentPcp

_DAY = timedelta(days=1)
_ENDING = (Maintenance.CANCEL, Maintenance.DELETE)


class Assignment(NamedTuple):
    """A PCP from … to …; `id` None is not stored yet."""

    npi: str
    tax_id: str
    name: str
    first_on: date
    last_on: date | None
    id: int | None = None


def after(
    held: Sequence[Assignment], sent: SentMember, *, file_day: date, tax_ids: Mapping[str, str]
) -> tuple[Assignment, ...]:
    """The assignments after `sent`; `file_day` is the day the file is true as of.

    `tax_ids` gives the one tax ID an NPI bills under, for a PCP sent without.

    A PCP comes with a coverage. The one already assigned at that coverage's end stays. Another one starts
    on the day sent, else with the coverage if that began later than the PCP held, else on the day of the
    file.
    """
    assigned = tuple(held)
    for coverage in sent.coverages:
        pcp = coverage.pcp
        if pcp is not None and coverage.maintenance not in _ENDING and sent.maintenance not in _ENDING:
            complete = pcp._replace(tax_id=pcp.tax_id or tax_ids.get(pcp.npi, ""))
            assigned = _with(assigned, complete, coverage, sent, file_day)
    return assigned


def _with(
    assigned: tuple[Assignment, ...], pcp: SentPcp, coverage: SentCoverage, sent: SentMember, file_day: date
) -> tuple[Assignment, ...]:
    last = coverage.last_on or sent.eligible_to
    current = _at_end(assigned, last)
    if current is not None and _same(current, pcp) and pcp.since in (None, current.first_on):
        return tuple(_filled(one, pcp) if one is current else one for one in assigned)
    first = pcp.since or _start(current, coverage, sent, file_day)
    if last is not None and last < first:
        return assigned
    new = Assignment(pcp.npi, pcp.tax_id, pcp.name, first, last)
    return _placed(assigned, new)


def _start(current: Assignment | None, coverage: SentCoverage, sent: SentMember, file_day: date) -> date:
    begins = coverage.first_on or sent.eligible_from or file_day
    if current is None or begins > current.first_on:
        return begins
    return max(file_day, current.first_on)


def _at_end(assigned: Sequence[Assignment], last: date | None) -> Assignment | None:
    reaching = [one for one in assigned if last is None or one.first_on <= last]
    latest = max(reaching, key=lambda one: one.first_on, default=None)
    if latest is None or latest.last_on is None or (last is not None and last <= latest.last_on):
        return latest
    return None


def _same(held: Assignment, pcp: SentPcp) -> bool:
    if held.npi or pcp.npi:
        same_office = not pcp.tax_id or not held.tax_id or held.tax_id == pcp.tax_id
        return held.npi == pcp.npi and same_office
    return held.name == pcp.name


def _filled(held: Assignment, pcp: SentPcp) -> Assignment:
    return held._replace(tax_id=pcp.tax_id or held.tax_id, name=pcp.name or held.name)


def _placed(assigned: tuple[Assignment, ...], new: Assignment) -> tuple[Assignment, ...]:
    """`new` takes its days; who was assigned then keeps the days before and after."""
    result: list[Assignment] = []
    for one in assigned:
        if one.first_on < new.first_on:
            ends = one.last_on is None or one.last_on >= new.first_on
            result.append(one._replace(last_on=new.first_on - _DAY) if ends else one)
        elif one.first_on == new.first_on:
            new = new._replace(id=one.id)
        if new.last_on is not None and (one.last_on is None or one.last_on > new.last_on):
            first = max(one.first_on, new.last_on + _DAY)
            result.append(one._replace(id=one.id if one.first_on > new.first_on else None, first_on=first))
    return (*result, new)
