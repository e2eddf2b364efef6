"""A record of a submission: as a reader hands it over, and as it was judged."""

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.conf import settings

from portico.domains.claims.edits.codes import Misfit
from portico.domains.claims.edits.forms import VOID
from portico.domains.claims.edits.places import Segment, located
from portico.domains.claims.facts.submitted import SentClaim
from portico.shared import identifiers

MOST_MISFITS = 200  # of one record
_PURPOSE = "encounters.encounter.identity"


@dataclass(frozen=True, slots=True)
class SentRecord:
    """A record as read: `position` counts a file's records from 1, `place` is its CLM in the interchange.

    `segments` are its own and those it hangs on (billing provider, subscriber). `claim` is None where the
    reader could not make one; `faults` then say why, and may stand beside a claim too.
    """

    position: int
    place: int
    claim: SentClaim | None
    segments: tuple[Segment, ...] = ()
    faults: tuple[Misfit, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of a record: accepted under our `number`, or rejected for its `misfits`."""

    id: UUID
    position: int
    place: int
    claim: SentClaim | None
    number: str
    misfits: tuple[Misfit, ...] = ()
    patient_control_number: str = ""
    billed: Decimal = Decimal(0)
    tax_id: str = ""

    @property
    def is_accepted(self) -> bool:
        """Was it taken? Then it has a number."""
        return bool(self.number)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A record judged and not yet stored; what names it is empty where the plan does not know it.

    `provider_npi` is who treated, `member_id` the person's own, `line` what covers them.
    """

    sent: SentRecord
    misfits: tuple[Misfit, ...]
    tax_id: str
    provider_npi: str = ""
    member_id: str = ""
    line: str = ""

    @property
    def claim(self) -> SentClaim:
        """The claim of a record that could be read."""
        if self.sent.claim is None:
            raise ValueError("the record could not be read")
        return self.sent.claim

    def against(self, *misfits: Misfit) -> "Verdict":
        """The same record, rejected for these too; each is found in its segments.

        Of very many the first: finding them takes time, and who sent them mends the cause of all.
        """
        room = max(MOST_MISFITS - len(self.misfits), 0)
        found = tuple(located(each, self.sent.segments) for each in misfits[:room])
        return replace(self, misfits=(*self.misfits, *found))


def treating_npi(claim: SentClaim) -> str:
    """Who treated: the rendering provider, or the billing one where nobody else is named."""
    return claim.rendering.npi if claim.rendering and claim.rendering.npi else claim.billing.npi


def identity(claim: SentClaim, *, member_id: str) -> str:
    """What makes two encounters the same, as a keyed digest; empty for one that voids (decision 0060).

    Who was treated, by whom and for which tax ID, when and where, and what was done. Charges, diagnoses and
    the office's own number are not part of it: another of the same identity corrects those.
    """
    if claim.frequency == VOID:
        return ""
    services = sorted(
        [each.revenue_code, each.code, *each.modifiers, _day(each.first_on), f"{each.units.normalize():f}"]
        for each in claim.services
    )
    facts: list[Any] = [
        claim.form,
        claim.billing.tax_id,
        treating_npi(claim),
        member_id or identifiers.compact_member_id(claim.subscriber.member_id),
        claim.facility,
        _day(claim.starts_on),
        _day(claim.ends_on),
        services,
    ]
    text = hashlib.sha256(json.dumps(facts).encode()).hexdigest()
    index: bytes = settings.PORTICO_VAULT.index(text, purpose=_PURPOSE)
    return index.hex()


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
