"""The sentences of searching for requests: what was asked, why none is found, what one is about."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from portico.domains.authorizations.asked import (
    DECIDED_ONES,
    OPEN_ONES,
    Asked,
    NoAuthorizations,
    NothingFound,
)
from portico.domains.authorizations.facts.shown import Listed, State
from portico.edges.web.authorizations import labels
from portico.edges.web.authorizations.page_words import when
from portico.edges.web.codes import authorizations as codes
from portico.shared import identifiers

_SEVERAL: Final[Mapping[str, str]] = {OPEN_ONES: "Not decided yet", DECIDED_ONES: "Decided"}


@dataclass(frozen=True, slots=True)
class Said:
    """Why nothing was found, and what to try."""

    title: str
    tries: tuple[str, ...]
    tone: str = "info"


def state(code: str) -> str:
    """A state to filter by."""
    return _SEVERAL.get(code) or codes.STATES[code]


def about(listed: Listed) -> str:
    """What is asked for, and how many more services."""
    first = labels.SERVICE_TYPES.get(listed.about, listed.about)
    more = listed.service_count - 1
    return f"{first} and {more} more" if more > 0 else first


def waits(listed: Listed) -> str:
    """On whom an open request waits; empty for a decided one."""
    if listed.state is State.PENDED:
        return "Waits for an answer to the plan"
    return "Waits for the plan" if listed.state is State.IN_REVIEW else ""


def asked(told: Asked) -> list[tuple[str, str]]:
    """What was searched for, as the list says it back; of an SSN its last four digits."""
    return [
        (label, value)
        for label, value in (
            ("Member or subscriber ID", told.member_id),
            ("Authorization number", told.number),
            ("Social Security number", identifiers.mask_ssn(told.ssn) if told.ssn else ""),
            ("Name", f"{told.first_name} {told.last_name}".strip()),
            ("Birth date", _day(told.birth_date)),
            ("Service from", _day(told.first_on)),
            ("Service to", _day(told.last_on)),
            ("Tax ID", identifiers.format_tax_id(told.tax_id)),
        )
        if value
    ]


def nothing(answer: NothingFound, line_names: Mapping[str, str]) -> Said:
    """Why nothing was found, and what to try next."""
    match answer.reasons[0]:
        case NoAuthorizations.SLOW_DOWN:
            tries = (f"Search so again {_from(answer)}, or by member ID or name at once.",)
            return Said("Too many searches found nothing", tries, "warning")
        case NoAuthorizations.SSN_SEARCH_OFF:
            tries = ("Search by member ID, by name with the birth date, or by authorization number.",)
            return Said("This plan does not search by Social Security number", tries)
        case NoAuthorizations.NOT_ENOUGH:
            return Said("There is not enough to search by", ("Search again with a member or both days.",))
    return Said("No request found", tuple(_try(each, answer, line_names) for each in answer.reasons))


def _try(reason: NoAuthorizations, answer: NothingFound, line_names: Mapping[str, str]) -> str:
    match reason:
        case NoAuthorizations.OUT_OF_RANGE:
            return f"There are requests on other days: {_day(answer.earliest)} to {_day(answer.latest)}."
        case NoAuthorizations.OTHER_STATE:
            return f"There are requests that stand otherwise: {_list(map(state, answer.states))}."
        case NoAuthorizations.OTHER_KIND:
            kinds = (labels.KINDS[each].lower() for each in answer.kinds)
            return f"There are requests of another kind: {_list(kinds)}."
        case NoAuthorizations.OTHER_LINE:
            names = (line_names.get(each, each) for each in answer.lines)
            return f"There are requests in another line of business of yours: {_list(names)}."
        case NoAuthorizations.OTHER_TAX_ID:
            numbers = map(identifiers.format_tax_id, answer.tax_ids)
            return f"There are requests under another tax ID of yours: {_list(numbers)}."
        case _:
            return (
                "Check what you typed. Only the offices that a request names see it: who asked, who does "
                "the service, where it is done, and the primary care provider."
            )


def _from(answer: NothingFound) -> str:
    return f"from {when(answer.again_at)}" if answer.again_at else "later"


def _day(on: date | None) -> str:
    return f"{on:%m/%d/%Y}" if on else ""


def _list(words: Iterable[str]) -> str:
    return ", ".join(words)
