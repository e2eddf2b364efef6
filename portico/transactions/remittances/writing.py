"""One claim of a payment as segments of an 835: CLP and what belongs to it, SVC and what belongs to it."""

import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby

from portico.domains.claims import balance_rules
from portico.domains.claims.facts.adjusted import Adjusted
from portico.domains.claims.facts.paid import PaidClaim, PaidService
from portico.domains.claims.facts.submitted import Party, Patient
from portico.shared.x12.joining import Value
from portico.transactions.guides.guide_835 import FILINGS

Segment = tuple[Value, ...]
_SIX = 6
_FILINGS = frozenset(FILINGS.split())
_MOST_REMARKS = 5
_FILING_UNSAID = "ZZ"
_REVERSAL = "22"
_UNKNOWN = "UNKNOWN"


def claim(paid: PaidClaim) -> Iterator[Segment]:
    """The claim's segments in the order of the guide."""
    share = balance_rules.member_share(paid)
    yield (
        *("CLP", paid.patient_control_number, paid.status, dollars(paid.billed), dollars(paid.paid)),
        dollars(share) if share and paid.status != _REVERSAL else "",
        paid.filing if paid.filing in _FILINGS else _FILING_UNSAID,
        *(paid.claim_number, paid.facility, paid.frequency, "", paid.drg),
    )
    yield from _adjustments(paid.adjustments)
    yield from _people(paid)
    yield from _remarks(paid)
    yield from _days(("232", paid.first_on), ("233", paid.last_on), ("050", paid.received_on))
    for kind, amount in (("AU", paid.covered), ("I", paid.interest)):
        if amount:
            yield "AMT", kind, dollars(amount)
    for service in paid.services:
        yield from _service(service)


def dollars(amount: Decimal) -> str:
    """An amount as X12 writes it: no more digits than it needs, a leading zero before the point."""
    text = f"{amount:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def plain(text: str, most: int) -> str:
    """A name in letters that every partner reads, without accents, and no longer than it may be."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return " ".join(text.split())[:most].strip()


def _service(service: PaidService) -> Iterator[Segment]:
    yield (
        *("SVC", _code(service), dollars(service.billed), dollars(service.paid)),
        service.revenue_code if service.code else "",
        "" if service.units is None else dollars(service.units),
        (service.code_kind or "NU", service.sent_code) if service.sent_code else "",
        "" if service.sent_units is None else dollars(service.sent_units),
    )
    if service.first_on and service.first_on == (service.last_on or service.first_on):
        yield from _days(("472", service.first_on))
    else:
        yield from _days(("150", service.first_on), ("151", service.last_on))
    yield from _adjustments(service.adjustments)
    if service.control_number:
        yield "REF", "6R", service.control_number
    if service.allowed is not None:
        yield "AMT", "B6", dollars(service.allowed)
    for remark in service.remarks:
        yield "LQ", "HE", remark


def _code(service: PaidService) -> tuple[str, ...]:
    if not service.code:
        return "NU", service.revenue_code
    return (service.code_kind, service.code, *service.modifiers)


def _adjustments(adjustments: Sequence[Adjusted]) -> Iterator[Segment]:
    """A CAS for each group, or run of one, of six at most; runs keep the order."""
    for group, run in groupby(adjustments, key=lambda adjusted: adjusted.group):
        held = list(run)
        for start in range(0, len(held), _SIX):
            values: list[Value] = ["CAS", group.value]
            for one in held[start : start + _SIX]:
                quantity = "" if one.quantity is None else dollars(one.quantity)
                values += [one.reason, dollars(one.amount), quantity]
            yield tuple(values)


def _people(paid: PaidClaim) -> Iterator[Segment]:
    yield _person("QC", paid.patient)
    if paid.subscriber is not None and paid.subscriber.member_id:
        yield _person("IL", paid.subscriber)
    if paid.rendering is not None:
        number = _number(paid.rendering)
        if number is not None:
            kind = "1" if paid.rendering.is_person else "2"
            told = plain(paid.rendering.name, 60), plain(paid.rendering.first_name, 35)
            yield "NM1", "82", kind, *told, "", "", "", *number


def _person(role: str, person: Patient) -> Segment:
    told = (
        *(plain(person.last_name, 60) or _UNKNOWN, plain(person.first_name, 35)),
        *(plain(person.middle_name, 25), "", plain(person.suffix, 10)),
    )
    number = ("MI", person.member_id) if person.member_id else ()
    return "NM1", role, "1", *told, *number


def _number(party: Party) -> tuple[str, str] | None:
    numbers = ("XX", party.npi), ("FI", party.tax_id), ("PC", party.payer_number)
    return next(((kind, number) for kind, number in numbers if number), None)


def _remarks(paid: PaidClaim) -> Iterator[Segment]:
    codes = paid.remarks[:_MOST_REMARKS]
    if paid.is_institutional:
        first, more = (codes[:1] or ("",)), codes[1:]
        yield ("MIA", "0", *("",) * 3, *first, *("",) * 14, *more)
    elif codes:
        yield "MOA", "", "", *codes


def _days(*days: tuple[str, date | None]) -> Iterator[Segment]:
    for kind, day in days:
        if day is not None:
            yield "DTM", kind, f"{day:%Y%m%d}"
