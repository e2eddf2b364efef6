"""What the values of an encounter are called on screen, and what they belong to."""

from typing import Final

_LABELS: Final = {
    "patient_control_number": "Patient control number",
    "billed": "Charge",
    "facility": "Place of service, or type of bill",
    "frequency": "Frequency",
    "original_number": "Number of the encounter it replaces",
    "authorization_number": "Authorization number",
    "first_on": "First day",
    "last_on": "Last day",
    "admitted_on": "Admitted on",
    "discharge_status": "Patient status",
    "member_id": "Member ID",
    "last_name": "Last name",
    "first_name": "First name",
    "birth_date": "Birth date",
    "sex": "Sex",
    "code": "Procedure code",
    "modifiers": "Modifiers",
    "units": "Units",
    "drug_code": "Drug code (NDC)",
    "place_of_service": "Place of service",
    "pointers": "Diagnoses it was for",
    "revenue_code": "Revenue code",
}
_PARTIES: Final = {
    "billing": "Billing provider's NPI",
    "rendering": "Rendering provider's NPI",
    "referring": "Referring provider's NPI",
    "attending": "Attending provider's NPI",
}
_PATIENT: Final = ("subscriber", "patient")


def label(name: str) -> str:
    """What a value is called, such as `Line 2: Procedure code`."""
    head, *rest = name.split(".")
    if head == "services":
        named = _LABELS[rest[1]]
        return f"Line {rest[0]}: {named[0].lower()}{named[1:]}"
    if head == "diagnoses":
        return f"Diagnosis {rest[0]}"
    return _PARTIES.get(head) or _LABELS[rest[0] if rest else head]


def part(name: str) -> str:
    """What it belongs to: the encounter, the patient, the providers, the diagnoses, or a service line."""
    head, *rest = name.split(".")
    if head == "services":
        return f"Service line {rest[0]}"
    if head == "diagnoses":
        return "Diagnoses"
    if head in _PARTIES:
        return "Providers"
    return "Patient" if head in _PATIENT else "Encounter"
