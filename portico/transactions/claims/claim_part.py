"""How the writer puts a claim itself: its opening, its codes, its providers, and other payers."""

from portico.domains.claims.facts.submitted import Form, OtherPayer, Party, SentClaim
from portico.transactions.claims import carrying, claim_codes, parties
from portico.transactions.claims.composing import Part
from portico.transactions.claims.parties import day, number

_LOOPS = {
    Form.PROFESSIONAL: {"DN": "2310A", "82": "2310B", "77": "2310C"},
    Form.INSTITUTIONAL: {"71": "2310A", "82": "2310D", "77": "2310E", "DN": "2310F"},
}
_TAXONOMY = {(Form.PROFESSIONAL, "82"): "PE", (Form.INSTITUTIONAL, "71"): "AT"}


def write(form: Form, claim: SentClaim, carried: tuple[str, ...]) -> Part:
    """2300 and 2310, before what is `carried` joins them."""
    part = Part(form, "2300")
    _opening(part, form, claim)
    if form is Form.PROFESSIONAL:
        _dates(part, claim)
    else:
        _stay(part, claim, carried)
    for qualifier, value in (
        ("9F", claim.referral_number),
        ("G1", claim.authorization_number),
        ("F8", claim.original_number),
        ("D9", claim.tracking_number),
    ):
        parties.reference(part.put, qualifier, value)
    if claim.note:
        part.put("NTE", "ADD", claim.note)
    claim_codes.write(part.put, claim, with_procedures=not any(map(carrying.is_procedures, carried)))
    _providers(part, form, claim)
    return part


def other_payer(form: Form, claim: SentClaim, payer: OtherPayer) -> Part:
    """2320 and 2330; the person insured there is told by the name of the one insured here."""
    part = Part(form, "2320")
    part.put("SBR", payer.rank, "18", *(None,) * 6, payer.filing)
    parties.adjusted(part.put, payer.adjustments)
    if payer.paid is not None:
        part.put("AMT", "D", number(payer.paid))
    part.put("OI", None, None, "Y", None, None, "Y")
    part.loop = "2330A"
    insured = claim.subscriber.last_name, claim.subscriber.first_name
    part.put("NM1", "IL", "1", *insured, None, None, None, "MI", payer.member_id)
    part.loop = "2330B"
    if payer.name:
        part.put("NM1", "PR", "2", payer.name, *(None,) * 4, "PI", payer.payer_number)
    if payer.paid_on:
        part.put("DTP", "573", "D8", day(payer.paid_on))
    return part


def _opening(part: Part, form: Form, claim: SentClaim) -> None:
    is_professional = form is Form.PROFESSIONAL
    place = claim.facility, "B" if is_professional else "A", claim.frequency
    signed = "Y" if is_professional else None
    billed = number(claim.billed)
    part.put("CLM", claim.patient_control_number, billed, None, None, place, signed, "A", "Y", "Y")


def _dates(part: Part, claim: SentClaim) -> None:
    if claim.accident_on:
        part.put("DTP", "439", "D8", day(claim.accident_on))
    if claim.admitted_on:
        part.put("DTP", "435", "D8", day(claim.admitted_on))
    if claim.patient_paid is not None:
        part.put("AMT", "F5", number(claim.patient_paid))


def _stay(part: Part, claim: SentClaim, carried: tuple[str, ...]) -> None:
    """When it was, and how it began and ended; an hour of admission is carried."""
    first, last = claim.starts_on, claim.ends_on
    if first and last:
        part.put("DTP", "434", "RD8", f"{day(first)}-{day(last)}")
    if claim.admitted_on and not any(one.startswith("2300 DTP*435*") for one in carried):
        part.put("DTP", "435", "D8", day(claim.admitted_on))
    part.put("CL1", claim.admission_type, claim.admission_source, claim.discharge_status)


def _providers(part: Part, form: Form, claim: SentClaim) -> None:
    """2310, in the order of the form."""
    told = {
        "DN": claim.referring,
        "71": claim.attending,
        "82": claim.rendering,
        "77": claim.service_place,
    }
    for role, loop in _LOOPS[form].items():
        provider = told[role]
        if provider:
            part.loop = loop
            _provider(part, form, role, provider)


def _provider(part: Part, form: Form, role: str, told: Party) -> None:
    parties.party(part.put, role, told)
    if (form, role) in _TAXONOMY:
        parties.taxonomy(part.put, _TAXONOMY[form, role], told)
    if role == "77":
        parties.address(part.put, told.address)
