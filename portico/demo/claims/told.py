"""A visit and its decision in the words of claims: the claim as it is sent, and as a payment decides it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Final

from portico.demo import identifiers, names
from portico.demo.claims import deciding, treating
from portico.demo.claims.deciding import Line, Lines
from portico.demo.claims.money import dollars
from portico.demo.claims.visits import Visit
from portico.demo.enrolment_feed import PLAN_NAME
from portico.demo.households import OtherCoverage
from portico.demo.lines import BY_CODE as LINES
from portico.demo.lines import Funding
from portico.demo.plans import Plan
from portico.domains.claims.facts.adjusted import Adjusted, Group
from portico.domains.claims.facts.paid import PaidClaim, PaidService
from portico.domains.claims.facts.submitted import (
    Address,
    Diagnosis,
    DiagnosisKind,
    Form,
    OtherPayer,
    Party,
    Patient,
    SentClaim,
    SentService,
)

PAYER_ID: Final = "99999"
_OTHER_PAYER_ID: Final = "88888"
PAYER: Final = Party(name=PLAN_NAME, payer_number=PAYER_ID)
PAID, PAID_AS_SECOND, DENIED, TAKEN_BACK = "1", "2", "4", "22"
_FILING: Final = {"HMO": "HM", "POS": "HM", "PPO": "12", "EPO": "14"}


def sent(visit: Visit, lines: Lines, *, control: str, written_on: date, number: str) -> SentClaim:
    """The claim as the office sent it; `number` is what the plan called it when it came."""
    care, billing = visit.care, treating.billing(visit.who)
    institutional = care.form is Form.INSTITUTIONAL
    is_stay = bool(care.nights)
    return SentClaim(
        form=care.form,
        patient_control_number=control,
        billed=dollars(deciding.total(lines, lambda line: line.billed)),
        subscriber=patient(visit),
        billing=billing,
        services=tuple(_sent_line(line, visit) for line in lines),
        facility=care.facility,
        tracking_number=number,
        filing=filing(visit.coverage.plan),
        group_number=visit.household.group_number,
        first_on=visit.on if institutional else None,
        last_on=visit.ends_on if institutional else None,
        admitted_on=visit.on if is_stay else None,
        admission_type="3" if institutional else "",
        admission_source="1" if institutional else "",
        discharge_status="01" if institutional else "",
        written_on=written_on,
        drg=care.drg,
        rendering=_rendering(visit),
        attending=_attending(visit),
        payer=PAYER,
        diagnoses=_diagnoses(visit),
    )


def again(claim: SentClaim, *, original: str, number: str, control: str, written_on: date) -> SentClaim:
    """The claim that replaces one sent before, whose number the plan gave as `original`."""
    return replace(
        claim,
        frequency="7",
        original_number=original,
        tracking_number=number,
        patient_control_number=control,
        written_on=written_on,
    )


def after(claim: SentClaim, lines: Lines, first: OtherCoverage, on: date) -> SentClaim:
    """The claim as it is sent to the second payer: with what the first one paid by that day, line by line."""
    services = tuple(
        replace(service, other_paid=dollars(line.other_paid), adjustments=_left_by_first(line))
        for service, line in zip(claim.services, lines, strict=True)
    )
    paid = dollars(deciding.total(lines, lambda line: line.other_paid))
    payer = OtherPayer("P", first.payer, _OTHER_PAYER_ID, first.policy, "CI", paid, on)
    return replace(claim, services=services, rank="S", other_payers=(payer,))


def decided(
    sent_claim: SentClaim, lines: Lines, visit: Visit, *, number: str, received_on: date
) -> PaidClaim:
    """The claim as a payment tells of it."""
    is_denied = all(line.refusal for line in lines)
    status = DENIED if is_denied else PAID_AS_SECOND if sent_claim.rank == "S" else PAID
    return PaidClaim(
        patient_control_number=sent_claim.patient_control_number,
        status=status,
        billed=sent_claim.billed,
        paid=dollars(deciding.total(lines, lambda line: line.paid)),
        claim_number=number,
        patient=replace(sent_claim.subscriber, address=Address(), birth_date=None, sex=""),
        member_share=dollars(deciding.total(lines, lambda line: line.owed)),
        filing=sent_claim.filing,
        facility=sent_claim.facility,
        frequency=sent_claim.frequency,
        drg=sent_claim.drg,
        rendering=sent_claim.rendering,
        received_on=received_on,
        first_on=visit.on,
        last_on=visit.ends_on,
        services=tuple(_paid_line(line, visit) for line in lines),
        is_institutional=sent_claim.form is Form.INSTITUTIONAL,
    )


def taken_back(claim: PaidClaim) -> PaidClaim:
    """The same decision with every amount turned round."""
    services = tuple(
        replace(
            line,
            billed=-line.billed,
            paid=-line.paid,
            allowed=None if line.allowed is None else -line.allowed,
            adjustments=tuple(replace(each, amount=-each.amount) for each in line.adjustments),
        )
        for line in claim.services
    )
    return replace(
        claim,
        status=TAKEN_BACK,
        billed=-claim.billed,
        paid=-claim.paid,
        member_share=None if claim.member_share is None else -claim.member_share,
        services=services,
    )


def patient(visit: Visit) -> Patient:
    """The person as the office writes one: plain letters, the own member ID."""
    who, home, plain = visit.person, visit.household.home, names.without_accents
    return Patient(
        last_name=plain(who.name.last),
        first_name=plain(who.name.first),
        middle_name=plain(who.name.middle),
        suffix=who.name.suffix,
        birth_date=who.birth_date,
        sex=who.sex,
        member_id=identifiers.member_id(visit.household.subscriber_id, who.suffix),
        address=Address(home.street, "", home.town.name, treating.STATE, home.town.postal_code),
    )


def filing(plan: Plan) -> str:
    """What kind of plan the claim goes to (SBR09, CLP06)."""
    funding = LINES[plan.line].funding
    if funding is Funding.MEDICAID:
        return "MC"
    return "16" if funding in (Funding.MEDICARE, Funding.DUAL) else _FILING[plan.insurance_line]


def _rendering(visit: Visit) -> Party | None:
    return None if visit.who.provider.is_organization else treating.person(visit.who.provider)


def _attending(visit: Visit) -> Party | None:
    return treating.person(visit.who.attending) if visit.who.attending else None


def _diagnoses(visit: Visit) -> tuple[Diagnosis, ...]:
    first, *others = visit.care.diagnoses
    is_stay = bool(visit.care.nights)
    said = "Y" if is_stay else ""
    principal = Diagnosis(first, DiagnosisKind.PRINCIPAL, said)
    admitting = (Diagnosis(first, DiagnosisKind.ADMITTING),) if is_stay else ()
    return (principal, *admitting, *(Diagnosis(code, DiagnosisKind.OTHER, said) for code in others))


def _sent_line(line: Line, visit: Visit) -> SentService:
    item, institutional = line.item, visit.care.form is Form.INSTITUTIONAL
    return SentService(
        number=line.number,
        billed=dollars(line.billed),
        first_on=visit.on,
        last_on=visit.on,
        code_kind="HC" if item.code else "",
        code=item.code,
        revenue_code=item.revenue_code,
        unit="DA" if item.revenue_code == "0120" else "UN",
        units=Decimal(item.units),
        place_of_service="" if institutional else visit.care.facility,
        pointers=() if institutional else tuple(range(1, len(visit.care.diagnoses) + 1)),
        control_number=f"{line.number}",
    )


def _paid_line(line: Line, visit: Visit) -> PaidService:
    item = line.item
    return PaidService(
        number=line.number,
        billed=dollars(line.billed),
        paid=dollars(line.paid),
        code_kind="HC" if item.code else "",
        code=item.code,
        revenue_code=item.revenue_code,
        units=Decimal(item.units),
        first_on=visit.on,
        last_on=visit.on,
        allowed=dollars(line.allowed) if line.allowed else None,
        control_number=f"{line.number}",
        adjustments=tuple(
            Adjusted(group, why, dollars(cents)) for group, why, cents in deciding.adjustments(line)
        ),
        remarks=line.refusal.remarks if line.refusal else (),
    )


def _left_by_first(line: Line) -> tuple[Adjusted, ...]:
    """What the first payer did not pay of the line."""
    left = line.allowed - line.other_paid
    each = (Adjusted(Group.CONTRACT, "45", dollars(line.cut)), Adjusted(Group.PATIENT, "2", dollars(left)))
    return tuple(one for one in each if one.amount)
