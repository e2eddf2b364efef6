"""How claims stand, for whoever asks by message: the same decision and the same facts as the pages show."""

from collections.abc import Collection, Mapping
from itertools import groupby

from portico.domains.claims import deadlines, finding, matching, models, views
from portico.domains.claims.answers import ClaimStatus, LineFacts, StatusAnswer
from portico.domains.claims.asked import Asked, NoClaims, NothingFound
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit

MOST = 50


def of(*, actor: Actor, asked: Asked, most: int = MOST) -> StatusAnswer | NothingFound:
    """The claims meant with their lines as they stand, at most `most`; or why there is none.

    One decision and one audit row, however many claims. What lies outside the grants is not found, as what
    there is not. A constant number of queries. Raises NotPermitted.
    """
    with permit(actor, Function.CLAIMS_INQUIRY, tax_id=asked.tax_id, line=asked.line or None) as given:
        if not asked.is_enough:
            given.conclude(NoClaims.NOT_ENOUGH)
            return NothingFound((NoClaims.NOT_ENOUGH,), reference=given.reference)
        rows = list(matching.rows(given, asked)[: most + 1])
        if not rows:
            return finding.nothing(given, asked)
        shown, is_cut = rows[:most], len(rows) > most
        finding.note(given, shown)
        lines, calendar = _lines(shown), deadlines.calendar([asked.tax_id])
        told = tuple(ClaimStatus(views.facts(given, row, calendar), lines.get(row.pk, ())) for row in shown)
        return StatusAnswer(told, is_cut, finding.as_of(), given.reference)


def _lines(rows: Collection[models.Claim]) -> Mapping[int, tuple[LineFacts, ...]]:
    """The lines of these claims in their order. One query."""
    found = models.ClaimLine.objects.filter(claim__in=rows).order_by("claim_id", "number")
    return {
        number: tuple(views.line(row) for row in of_one)
        for number, of_one in groupby(found, key=lambda row: row.claim_id)
    }
