"""What was read of one 835 so far: the payment, its plan and payee, the claim and the line under way."""

from enum import Enum
from typing import Any

from portico.domains.claims.facts.paid import PaidClaim, PaidService, PaymentAdjusted, SentPayment
from portico.domains.claims.facts.submitted import Party
from portico.transactions.parts.misread import Misread, MisreadReason
from portico.transactions.remittances import persons
from portico.transactions.remittances.persons import PartyDraft


class Where(Enum):
    """The loop that a segment stands in."""

    HEADER = 0
    PARTY = 1
    BUNDLE = 2
    CLAIM = 3
    SERVICE = 4
    END = 5


class Draft:
    """What was read of one transaction set so far; `component` parts the components of its elements."""

    def __init__(self, component: str) -> None:
        self.component = component
        self.where = Where.HEADER
        self.header: dict[str, Any] = {}
        self.parties: dict[str, PartyDraft] = {}
        self.party: PartyDraft | None = None
        self.changes: list[PaymentAdjusted] = []
        self.claim: dict[str, Any] = {}
        self.services: list[PaidService] = []
        self.service: dict[str, Any] = {}

    def end(self) -> PaidClaim | None:
        """Answers the claim under way, whole; None where there is none."""
        if not self.claim:
            return None
        self.end_service()
        if "patient" not in self.claim:
            raise Misread(MisreadReason.VALUE_MISSING, self.claim["place"], "NM1*QC")
        for name in ("adjustments", "remarks"):
            self.claim[name] = tuple(self.claim.get(name, ()))
        found = PaidClaim(**self.claim, services=tuple(self.services))
        self.claim, self.services = {}, []
        return found

    def end_service(self) -> None:
        """The line under way is whole."""
        if self.service:
            for name in ("adjustments", "remarks"):
                self.service[name] = tuple(self.service.get(name, ()))
            self.services.append(PaidService(**_with_both_days(self.service)))
            self.service = {}

    def payment(self, place: int) -> SentPayment:
        """Answers the payment, its set whole; `place` is that of its ST. Raises Misread."""
        for name, element in (("amount", "BPR"), ("trace_number", "TRN")):
            if name not in self.header:
                raise Misread(MisreadReason.VALUE_MISSING, place, element)
        if persons.PAYEE not in self.parties:
            raise Misread(MisreadReason.VALUE_MISSING, place, "N1*PE")
        payer = self.parties.get(persons.PAYER)
        return SentPayment(
            **self.header,
            payer=payer.party() if payer else Party(),
            payee=self.parties[persons.PAYEE].party(),
            adjustments=tuple(self.changes),
            place=place,
        )

    @property
    def open(self) -> dict[str, Any]:
        """What CAS, DTM, REF and AMT are about: the line where one is open, else the claim."""
        return self.service or self.claim


def _with_both_days(values: dict[str, Any]) -> dict[str, Any]:
    first, last = values.get("first_on"), values.get("last_on")
    return {**values, "first_on": first or last, "last_on": last or first}
