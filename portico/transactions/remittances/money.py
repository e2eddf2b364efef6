"""What an 835 says of amounts that are not paid: CAS of claims and lines, PLB of the payment."""

from collections.abc import Iterator

from portico.domains.claims.facts.adjusted import Adjusted, Group
from portico.domains.claims.facts.paid import PaymentAdjusted
from portico.transactions.guides.guide_835 import REASONS
from portico.transactions.parts import elements
from portico.transactions.parts.elements import Segment
from portico.transactions.parts.misread import Misread, MisreadReason

MOST_ADJUSTMENTS = 600  # of a claim or of a line; 99 segments of six is what the guide allows
MOST_CHANGES = 5_000  # of a payment
_GROUPS = {group.value: group for group in Group}
_LAST = 19
_REASONS = frozenset(REASONS.split())


def adjustments(segment: Segment, at: int) -> Iterator[Adjusted]:
    """The adjustments of one CAS, up to six: reason, amount and perhaps a quantity each. Raises Misread."""
    group = _GROUPS[elements.code(segment, 1, at, _GROUPS)]
    for element in range(2, min(len(segment), _LAST), 3):
        if any(segment[element : element + 3]):
            yield Adjusted(
                group=group,
                reason=elements.needed(segment, element, at, 5),
                amount=elements.needed_amount(segment, element + 1, at),
                quantity=elements.quantity(segment, element + 2, at),
            )


def changes(segment: Segment, at: int, component: str) -> Iterator[PaymentAdjusted]:
    """The changes of the payment that one PLB tells, up to six. Raises Misread."""
    npi = elements.npi(elements.needed(segment, 1, at, 50))
    fiscal_on = elements.day(segment, 2, at)
    if len(segment) < 5:
        raise Misread(MisreadReason.VALUE_MISSING, at, "PLB04")
    for element in range(3, min(len(segment), 15), 2):
        if any(segment[element : element + 2]):
            reason, _, identifier = segment[element].partition(component)
            if reason not in _REASONS:
                raise Misread(MisreadReason.VALUE_NOT_KNOWN, at, elements.name_of(segment, element))
            if len(identifier) > 50:
                raise Misread(MisreadReason.VALUE_TOO_LONG, at, elements.name_of(segment, element))
            dollars = elements.needed_amount(segment, element + 1, at)
            yield PaymentAdjusted(reason, dollars, identifier.strip(), npi, fiscal_on)
