"""Files of encounters as an edge hands them over, and who sends them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from portico.domains.claims.edits.places import Segment
from portico.domains.claims.facts.submitted import (
    Diagnosis,
    DiagnosisKind,
    Form,
    Party,
    Patient,
    SentClaim,
    SentService,
)
from portico.domains.encounters import models, reading, submissions
from portico.domains.encounters.reading import Judged, SentRecord
from portico.domains.encounters.submissions import Answers, NewFile
from portico.domains.members.tests import factories
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function

NPI, OTHER_NPI = "2000000010", "2000000028"
MEMBER, BORN, VISITED = "N1000", date(1984, 5, 6), date(2026, 2, 3)
ANSWERS = Answers(b"TA1", b"999", b"277CA")
_OFFICE = Party(name="NORTHLAKE CLINIC", npi=NPI, tax_id=factories.OURS)


def a_world() -> None:
    """A plan, a member in its HMO, and a provider of our tax ID."""
    factories.a_plan()
    factories.a_coverage(factories.a_member(MEMBER))
    factories.a_provider(NPI, factories.OURS)


def desk(*, persona_id: int = 7, **more: Any) -> Actor:
    """Who sends encounters for our tax ID."""
    return factories.front_desk(functions=(Function.ENCOUNTERS,), persona_id=persona_id, **more)


def outsider() -> Actor:
    """Who sends them for another office."""
    return desk(persona_id=8, tax_ids=(factories.STRANGERS,), office_id=99)


def a_service(number: int = 1, **facts: Any) -> SentService:
    """A visit of 120 dollars."""
    told: dict[str, Any] = {
        "billed": Decimal("120.00"),
        "first_on": VISITED,
        "last_on": None,
        "code_kind": "HC",
        "code": "99213",
        "pointers": (1,),
        **facts,
    }
    return SentService(number=number, **told)


def a_claim(**facts: Any) -> SentClaim:
    """An encounter that nothing is wrong with."""
    told: dict[str, Any] = {
        "form": Form.PROFESSIONAL,
        "patient_control_number": "PCN1",
        "billed": Decimal("120.00"),
        "subscriber": Patient("Okafor", "Adaeze", birth_date=BORN, member_id=MEMBER),
        "billing": _OFFICE,
        "services": (a_service(),),
        "facility": "11",
        "is_encounter": True,
        "diagnoses": (Diagnosis("J069", DiagnosisKind.PRINCIPAL),),
        **facts,
    }
    return SentClaim(**told)


def a_stay(**facts: Any) -> SentClaim:
    """An institutional encounter of three days that nothing is wrong with."""
    line = a_service(code="", code_kind="", pointers=(), revenue_code="0120", first_on=None)
    told: dict[str, Any] = {
        "form": Form.INSTITUTIONAL,
        "facility": "11",
        "first_on": VISITED,
        "last_on": date(2026, 2, 5),
        "admitted_on": VISITED,
        "discharge_status": "01",
        "attending": Party(name="TRAN", npi=NPI, is_person=True),
        "services": (line,),
        **facts,
    }
    return a_claim(**told)


def on_day(day: int, **facts: Any) -> SentClaim:
    """One of February's visits, with a number of its own."""
    visit = date(2026, 2, day)
    told = {"patient_control_number": f"PCN{day}", "services": (a_service(first_on=visit),), **facts}
    return a_claim(**told)


def segments(claim: SentClaim) -> tuple[Segment, ...]:
    """Some of the segments that the claim was read from."""
    return (
        Segment(5, ("NM1", "85", "2", claim.billing.name, "", "", "", "", "XX", claim.billing.npi), "2010AA"),
        Segment(6, ("REF", "EI", claim.billing.tax_id), "2010AA"),
        Segment(9, ("NM1", "IL", "1", "OKAFOR", "ADAEZE", "", "", "", "MI", MEMBER), "2010BA"),
        Segment(20, ("CLM", claim.patient_control_number, str(claim.billed), "", "", "11:B:1"), "2300"),
        Segment(21, ("HI", "ABK:J069"), "2300"),
        Segment(22, ("LX", "1"), "2400"),
        Segment(23, ("SV1", "HC:99213", "120", "UN", "1", "", "", "1"), "2400"),
        Segment(24, ("DTP", "472", "D8", "20260203"), "2400"),
    )


def record(claim: SentClaim | None, position: int = 1) -> SentRecord:
    """The claim as a reader hands it over."""
    return SentRecord(position, 20, claim, segments(claim) if claim else ())


def a_file(content: bytes = b"ISA*one", *, interchange: str = "000000001", **facts: Any) -> NewFile:
    """A file under a control number."""
    told: dict[str, Any] = {"tax_id": factories.OURS, "sender": "ZZGROUP", "name": "feb.837", **facts}
    return NewFile(content=content, interchange=interchange, **told)


def read(actor: Actor, submission: UUID, claims: Sequence[SentClaim | None]) -> tuple[Judged, ...]:
    """Reads claims of a submission as a job does, in one chunk."""
    begun = reading.begin(actor=actor, submission=submission)
    records = [record(claim, begun.stored_to + place) for place, claim in enumerate(claims, start=1)]
    return reading.read(actor=actor, submission=submission, records=records, settle=lambda given, found: None)


def send(
    *claims: SentClaim | None, actor: Actor | None = None, interchange: str = "000000001", **facts: Any
) -> tuple[UUID, tuple[Judged, ...]]:
    """A submission of these claims, read to its end; what came of each."""
    sender = actor or desk()
    file = a_file(f"ISA*{interchange}".encode(), interchange=interchange, **facts)
    taken = submissions.take_in(actor=sender, file=file)
    found = read(sender, taken.id, claims)
    reading.finish(actor=sender, submission=taken.id, answers=ANSWERS, settle=lambda given: None)
    return taken.id, found


def codes(judged: Judged) -> list[str]:
    """What is wrong with a record."""
    return [misfit.code for misfit in judged.misfits]


def in_force() -> int:
    """How many encounters are in force."""
    return models.Encounter.objects.filter(state="accepted").count()


def from_elsewhere(claim: SentClaim) -> SentClaim:
    """The same, billed under another office's tax ID."""
    return replace(claim, billing=replace(claim.billing, tax_id=factories.STRANGERS))
