"""The line of business of claims that are known by their payment alone: that of the member's coverage."""

from collections.abc import Iterable, Mapping

from portico.domains.claims import payment_rows
from portico.domains.claims.facts.paid import PaidClaim
from portico.domains.members import covered
from portico.domains.permits.permit import Permit


def of(given: Permit, claims: Iterable[PaidClaim]) -> Mapping[str, str]:
    """The line of each claim, by its number, that covered its member on its first day.

    Absent where nobody goes by that number, nothing covered them, or more than one line did: whoever sees
    named lines only does not see such a claim. Two queries, none where there are no claims.
    """
    asked = {
        claim.claim_number: (payment_rows.member_id(claim), payment_rows.first_on(claim)) for claim in claims
    }
    people = covered.by_number(given, {number for number, _ in asked.values() if number})
    found: dict[str, str] = {}
    for claim, (number, first_on) in asked.items():
        spans = [span for person in people.get(number, ()) for span in person.spans]
        lines = {line for line, period in spans if first_on is not None and period.holds(first_on)}
        if len(lines) == 1:
            found[claim] = lines.pop()
    return found
