"""claims.csv: one record for each claim and where it stands (docs/reference/feeds.md)."""

from portico.domains.claims import extract_loading
from portico.domains.claims.facts.extracted import ExtractedClaim
from portico.domains.claims.facts.submitted import Form
from portico.domains.claims.rules import PEND_REASONS, Status
from portico.edges.loaders import handling
from portico.edges.loaders.bad_rows import BadRow, ReadReason
from portico.edges.loaders.cells import Cells
from portico.edges.loaders.extracts import Extract

_FORMS = frozenset(Form)
_STATUSES = frozenset(Status)
OPTIONAL = "line npi pend_reason awaited_on allowed paid member_share reason_codes replaces".split()


class Layout:
    """The claim extract."""

    columns = (
        "claim_number patient_control_number tax_id member_id form status status_on received_on first_on "
        "last_on billed"
    ).split()
    load = staticmethod(extract_loading.load)

    def read(self, cells: Cells) -> ExtractedClaim:
        """One claim. Raises BadRow."""
        served, billed = cells.period("first_on", "last_on"), cells.amount("billed")
        if billed is None:
            raise BadRow(ReadReason.VALUE_MISSING, cells.line, "billed")
        status = cells.choice("status", _STATUSES)
        return ExtractedClaim(
            place=cells.line,
            claim_number=cells.required("claim_number", 50),
            patient_control_number=cells.text("patient_control_number", 38),
            tax_id=cells.tax_id("tax_id"),
            member_id=cells.member_id("member_id"),
            form=cells.choice("form", _FORMS),
            status=status,
            status_on=cells.day("status_on"),
            received_on=cells.day("received_on"),
            first_on=served.first,
            last_on=served.last or served.first,
            billed=billed,
            line=cells.text("line", 40),
            npi="" if cells.is_empty("npi") else cells.npi("npi"),
            pend_reason=_pend_reason(cells, status),
            awaited_on=None if cells.is_empty("awaited_on") else cells.day("awaited_on"),
            allowed=cells.amount("allowed"),
            paid=cells.amount("paid"),
            member_share=cells.amount("member_share"),
            reason_codes=cells.words("reason_codes", 5),
            replaces=cells.text("replaces", 50),
        )


class Handler(Extract[ExtractedClaim]):
    """Loads a claim extract."""

    def __init__(self, watch: handling.Watch = handling.unwatched) -> None:
        super().__init__(Layout(), watch, OPTIONAL)


def _pend_reason(cells: Cells, status: str) -> str:
    """What a pended claim waits for; a claim that is not pended waits for nothing."""
    return cells.choice("pend_reason", PEND_REASONS) if status == Status.PENDED else ""
