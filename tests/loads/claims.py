"""Claims of the member and the office that the other tests of loads know, as files."""

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from portico.domains.claims.facts.submitted import Patient, SentClaim
from portico.edges.loaders.intake import Kind
from portico.edges.loaders.tests import building
from portico.edges.loaders.tests.building import file_834, person
from portico.transactions.claims import writer
from portico.transactions.claims.tests import claims as made
from tests.loads.loading import load

AT = datetime(2026, 3, 12, 9, 30, tzinfo=UTC)
TAX_ID = "070000001"
DAY = date(2026, 1, 20)
_SUBSCRIBER = Patient(
    "OKAFOR", "ADAEZE", birth_date=date(1985, 3, 14), sex="F", member_id="NLH101", address=made.HOME
)
_CLINIC = replace(made.CLINIC, tax_id=TAX_ID, npi=building.OTHER_NPI)
_DOCTOR = replace(made.DOCTOR, npi=building.NPI)


def a_visit(number: str = "C1", billed: Decimal | None = None, **changes: object) -> SentClaim:
    """A claim of two lines; `billed` is the charge of the claim where it is not that of its lines."""
    claim = replace(
        made.VISIT,
        subscriber=_SUBSCRIBER,
        billing=_CLINIC,
        rendering=_DOCTOR,
        referring=None,
        tracking_number=number,
        patient_control_number=f"ACC-{number}",
    )
    if billed is not None:
        claim = replace(claim, billed=billed)
    return replace(claim, **changes)  # type: ignore[arg-type]


def a_stay(number: str = "C9", **changes: object) -> SentClaim:
    """An institutional claim."""
    told = {"tracking_number": number, "frequency": "1", "original_number": "", "is_encounter": False}
    claim = replace(made.STAY, subscriber=_SUBSCRIBER, billing=_CLINIC, attending=_DOCTOR)
    return replace(claim, **(told | changes))  # type: ignore[arg-type]


def file_837(*claims: SentClaim, control: int = 1) -> bytes:
    """An 837 of claims of one form."""
    target = io.BytesIO()
    form = claims[0].form
    writer.write(target, claims, form=form, ends=made.ENDS, at=AT, control_number=control)
    return target.getvalue()


def known(inbox: Path) -> None:
    """The member and the office are loaded."""
    load(inbox, building.PROVIDERS.encode(), Kind.PROVIDERS)
    load(inbox, file_834(person()))


HEADER = (
    "claim_number,patient_control_number,tax_id,member_id,form,status,status_on,received_on,first_on,last_on,"
    "billed,pend_reason,awaited_on,allowed,paid,member_share,reason_codes,replaces"
)


def extract(*lines: str) -> bytes:
    """A claim extract."""
    return "\r\n".join([HEADER, *lines, ""]).encode()


def told(
    number: str = "C1", status: str = "received", on: str = "2026-01-26", more: str = ",,,,,,", **cells: str
) -> str:
    """A record of the extract; `more` are the cells from pend_reason on."""
    kept = {"tax_id": TAX_ID, "member_id": "NLH101", "billed": "215.50", **cells}
    return (
        f"{number},ACC-{number},{kept['tax_id']},{kept['member_id']},professional,{status},{on},2026-01-25,"
        f"2026-01-20,2026-01-22,{kept['billed']},{more}"
    )


def many(numbers: Sequence[int], bad: int = 0) -> bytes:
    """An 837 of as many claims; every `bad`th does not add up."""
    return file_837(*(a_visit(f"C{at}", Decimal(1) if bad and at % bad == 0 else None) for at in numbers))
