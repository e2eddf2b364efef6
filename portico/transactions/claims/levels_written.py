"""How the writer puts the levels above a claim: the provider's, the subscriber's, the patient's."""

from portico.domains.claims.facts.submitted import Form, Patient, SentClaim
from portico.transactions.claims import parties
from portico.transactions.claims.composing import Part


def billing(form: Form, number: str, claim: SentClaim) -> Part:
    """2000A: who bills, and where payment goes."""
    part, told = Part(form, "2000A"), claim.billing
    part.put("HL", number, None, "20", "1")
    parties.taxonomy(part.put, "BI", told)
    part.loop = "2010AA"
    parties.party(part.put, "85", told)
    parties.address(part.put, told.address)
    parties.reference(part.put, "EI", told.tax_id)
    if told.telephone:
        part.put("PER", "IC", told.contact_name, "TE", told.telephone)
    if claim.pay_to:
        part.loop = "2010AB"
        part.put("NM1", "87", "1" if claim.pay_to.is_person else "2")
        parties.address(part.put, claim.pay_to.address)
    return part


def subscriber(form: Form, number: str, above: str, claim: SentClaim) -> Part:
    """2000B: the subscriber and the payer."""
    part, told = Part(form, "2000B"), claim.subscriber
    part.put("HL", number, above, "22", "1" if claim.patient else "0")
    own = None if claim.patient else "18"
    part.put("SBR", claim.rank, own, claim.group_number, *(None,) * 5, claim.filing)
    part.loop = "2010BA"
    parties.person(part.put, "IL", told, is_identified=True)
    parties.address(part.put, told.address)
    parties.birth(part.put, told)
    part.loop = "2010BB"
    parties.party(part.put, "PR", claim.payer, kind="PI")
    parties.address(part.put, claim.payer.address)
    return part


def patient(form: Form, number: str, above: str, told: Patient) -> Part:
    """2000C: the patient, who is not the subscriber."""
    part = Part(form, "2000C")
    part.put("HL", number, above, "23", "0")
    part.put("PAT", told.relationship)
    part.loop = "2010CA"
    parties.person(part.put, "QC", told, is_identified=False)
    parties.address(part.put, told.address)
    parties.birth(part.put, told)
    return part
