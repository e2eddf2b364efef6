"""How the writer puts the service lines of a claim."""

from portico.domains.claims.facts.submitted import Form, OtherPayer, SentClaim, SentService
from portico.transactions.claims import parties
from portico.transactions.claims.composing import Part
from portico.transactions.claims.parties import Put, day, number

Procedure = tuple[str | None, ...]


def write(form: Form, claim: SentClaim, line: SentService) -> Part:
    """2400 and what is below it."""
    part = Part(form, "2400")
    put = part.put
    put("LX", str(line.number))
    if form is Form.PROFESSIONAL:
        _professional(put, line)
    else:
        _institutional(put, line)
    _days(put, line)
    parties.reference(put, "6R", line.control_number)
    part.loop = "2410"
    _drug(put, line)
    part.loop = "2420A" if form is Form.PROFESSIONAL else "2420C"
    _rendering(put, form, line)
    part.loop = "2430"
    if not any(one.startswith("2430 ") for one in line.carried):
        _decided(put, claim, line)
    return part


def _professional(put: Put, line: SentService) -> None:
    pointers = tuple(str(pointer) for pointer in line.pointers)
    what = _procedure(line)
    place = line.place_of_service
    put("SV1", what, number(line.billed), line.unit, number(line.units), place, None, pointers)


def _institutional(put: Put, line: SentService) -> None:
    what = _procedure(line) if line.code else None
    put("SV2", line.revenue_code, what, number(line.billed), line.unit, number(line.units))


def _procedure(line: SentService) -> Procedure:
    modifiers = (*line.modifiers, *("",) * 4)[:4]
    return (line.code_kind, line.code, *modifiers, line.description)


def _days(put: Put, line: SentService) -> None:
    if line.first_on is None:
        return
    if line.last_on is None or line.last_on == line.first_on:
        put("DTP", "472", "D8", day(line.first_on))
    else:
        put("DTP", "472", "RD8", f"{day(line.first_on)}-{day(line.last_on)}")


def _drug(put: Put, line: SentService) -> None:
    if not line.drug_code:
        return
    put("LIN", None, "N4", line.drug_code)
    if line.drug_units is not None:
        put("CTP", None, None, None, number(line.drug_units), (line.drug_unit or "UN",))


def _rendering(put: Put, form: Form, line: SentService) -> None:
    if line.rendering is None:
        return
    parties.party(put, "82", line.rendering)
    if form is Form.PROFESSIONAL:
        parties.taxonomy(put, "PE", line.rendering)


def _decided(put: Put, claim: SentClaim, line: SentService) -> None:
    """2430: what the other payers did with the line, told as the first one's."""
    payer = _first_payer(claim)
    if payer is None or payer.paid_on is None or line.other_paid is None:
        return
    what = _procedure(line) if line.code else None
    revenue = line.revenue_code if claim.form is Form.INSTITUTIONAL else None
    put("SVD", payer.payer_number, number(line.other_paid), what, revenue, number(line.units))
    parties.adjusted(put, line.adjustments)
    put("DTP", "573", "D8", day(payer.paid_on))


def _first_payer(claim: SentClaim) -> OtherPayer | None:
    return next((payer for payer in claim.other_payers if payer.payer_number), None)
