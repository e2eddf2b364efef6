"""What the parts of a request are called on pages, and where each stands in a 278 request.

The names are the 278's, as people say them. `ELEMENTS` says by field of Request (and of ServiceSent, below
"services.") which element of the 278 it becomes, so that whoever knows one knows the other.
"""

from collections.abc import Mapping
from typing import Final

from portico.domains.authorizations.document_kinds import DocumentKind, Full
from portico.domains.authorizations.facts.requested import Kind, Level, Role, System, Unit

LABELS: Final[Mapping[str, str]] = {
    "kind": "Request category",
    "tax_id": "Requester tax ID",
    "patient": "Patient",
    "requesting": "Requester",
    "services": "Services",
    "diagnoses": "Diagnosis codes",
    "level": "Level of service",
    "line": "Line of business",
    "servicing": "Service provider",
    "facility": "Facility",
    "place": "Facility type (place of service)",
    "urgency": "Why it cannot wait",
    "questionnaire": "Questionnaire",
    "answers": "Answers",
    "admitted_at": "Admission date and hour",
    "contact_name": "Requester contact name",
    "contact_telephone": "Requester contact telephone",
    "requirement": "Reference of the requirement answer",
    "partner_reference": "Submitter transaction number",
    "draft": "Draft",
    "follows": "Previous review",
    "sends_anyway": "Sent in spite of warnings",
    "services.service_type": "Service type",
    "services.system": "Kind of code",
    "services.code": "Procedure",
    "services.modifiers": "Procedure modifiers",
    "services.quantity": "Quantity",
    "services.unit": "Quantity unit",
    "services.first_on": "Event date, first day",
    "services.last_on": "Event date, last day",
}
"""Labels by field."""

ELEMENTS: Final[Mapping[str, str]] = {
    "kind": "2000E UM01",
    "tax_id": "2010B REF02 (EI)",
    "patient": "2010C and 2010D NM1, DMG",
    "requesting": "2010B NM109",
    "services": "2000F",
    "diagnoses": "2000E HI",
    "level": "2000E UM06",
    "line": "2010A NM1",
    "servicing": "2010EA NM109 (SJ)",
    "facility": "2010EA NM109 (FA)",
    "place": "2000E UM04",
    "urgency": "2000E MSG01",
    "questionnaire": "2000E PWK",
    "answers": "2000E PWK",
    "admitted_at": "2000E DTP03 (435)",
    "contact_name": "2010B PER02",
    "contact_telephone": "2010B PER04",
    "requirement": "2000E REF02",
    "partner_reference": "BHT03",
    "follows": "2000E REF02 (BB)",
    "services.service_type": "2000F UM03",
    "services.system": "2000F SV101-1",
    "services.code": "2000F SV101-2 or SV201",
    "services.modifiers": "2000F SV101-3",
    "services.quantity": "2000F HSD02",
    "services.unit": "2000F HSD01",
    "services.first_on": "2000F DTP03 (472)",
    "services.last_on": "2000F DTP03 (472)",
}
"""Where a field stands in a 278 request (005010X217)."""
ONLY_HERE: Final = frozenset({"draft", "sends_anyway"})
"""Fields that belong to the pages alone."""

KINDS: Final[Mapping[str, str]] = {
    Kind.AUTHORIZATION: "Authorization",
    Kind.REFERRAL: "Referral",
    Kind.ADMISSION: "Admission",
}
KINDS_EXPLAINED: Final[Mapping[str, str]] = {
    Kind.AUTHORIZATION: "Authorization: services that need the plan's approval",
    Kind.REFERRAL: "Referral: to a specialist",
    Kind.ADMISSION: "Admission: tell the plan that a patient is in hospital",
}
LEVELS: Final[Mapping[str, str]] = {
    Level.STANDARD: "Standard (elective)",
    Level.EXPEDITED: "Expedited (urgent)",
}
ROLES: Final[Mapping[str, str]] = {
    Role.REQUESTING: "Requester",
    Role.SERVICING: "Service provider",
    Role.FACILITY: "Facility",
    Role.PCP: "Primary care provider",
}
SYSTEMS: Final[Mapping[str, str]] = {
    System.PROCEDURE: "Procedure (HCPCS, CPT)",
    System.REVENUE: "Revenue code",
    System.SERVICE_TYPE: "Service type alone",
}
UNITS: Final[Mapping[str, str]] = {
    Unit.UNITS: "Units",
    Unit.VISITS: "Visits",
    Unit.DAYS: "Days",
    Unit.HOURS: "Hours",
    Unit.MONTHS: "Months",
}
SERVICE_TYPES: Final[Mapping[str, str]] = {
    "1": "Medical care",
    "2": "Surgery",
    "3": "Specialist visit",
    "4": "X-ray and scans",
    "5": "Laboratory",
    "6": "Radiation therapy",
    "12": "Equipment bought",
    "18": "Equipment rented",
    "33": "Chiropractic care",
    "42": "Home health care",
    "45": "Hospice",
    "48": "Hospital stay",
    "50": "Outpatient hospital care",
    "54": "Long-term care",
    "62": "MRI or CT scan",
    "69": "Maternity",
    "73": "Diagnostic medical care",
    "76": "Dialysis",
    "78": "Chemotherapy",
    "86": "Emergency care",
    "88": "Pharmacy",
    "98": "Office visit",
    "AD": "Occupational therapy",
    "AE": "Physical medicine",
    "AF": "Speech therapy",
    "AG": "Skilled nursing care",
    "AI": "Substance use",
    "A9": "Rehabilitation",
    "DM": "Durable medical equipment",
    "MH": "Mental health",
    "PT": "Physical therapy",
    "UC": "Urgent care",
}
"""Service types that are offered, in our words."""
PLACES: Final[Mapping[str, str]] = {
    "11": "Office",
    "12": "Patient's home",
    "02": "Telehealth, not at home",
    "10": "Telehealth, at home",
    "19": "Hospital clinic off campus",
    "20": "Urgent care",
    "21": "Hospital, as an inpatient",
    "22": "Hospital, as an outpatient",
    "23": "Emergency room",
    "24": "Surgery center",
    "31": "Skilled nursing facility",
    "32": "Nursing facility",
    "34": "Hospice",
    "49": "Independent clinic",
    "51": "Psychiatric hospital",
    "61": "Rehabilitation hospital",
    "62": "Outpatient rehabilitation",
    "65": "Dialysis center",
    "81": "Laboratory",
}
"""Places of service that are offered, in our words."""
DOCUMENTS: Final[Mapping[str, str]] = {
    DocumentKind.CLINICAL_NOTES: "Clinical notes",
    DocumentKind.TREATMENT_PLAN: "Plan of treatment",
    DocumentKind.IMAGING: "Imaging and its report",
    DocumentKind.LABORATORY: "Laboratory results",
    DocumentKind.OPERATIVE_REPORT: "Report of an operation",
    DocumentKind.DISCHARGE_SUMMARY: "Discharge summary",
    DocumentKind.ORDER: "Order or prescription",
    DocumentKind.CONSENT: "Consent",
    DocumentKind.LETTER: "Letter",
    DocumentKind.OTHER: "Something else",
}
FULL: Final[Mapping[str, str]] = {
    Full.TOO_MANY: "There is no room for more documents: a request takes 20.",
    Full.TOO_MUCH: "There is no room for this: the documents of a request are 40 MB together at most.",
    Full.OFFICE_TODAY: "Your office has handed in as much as it may in a day. Send the rest tomorrow.",
}


def label(field: str) -> str:
    """What a field is called."""
    return LABELS[field]


def service_type(code: str) -> str:
    """A service type in our words, with its code; the code alone for one we do not offer."""
    return f"{SERVICE_TYPES[code]} ({code})" if code in SERVICE_TYPES else code


def place(code: str) -> str:
    """A place of service in our words, with its code; the code alone for one we do not offer."""
    return f"{PLACES[code]} ({code})" if code in PLACES else code


def diagnosis(code: str) -> str:
    """A diagnosis code with the dot that people write."""
    return code if len(code) <= _DOT else f"{code[:_DOT]}.{code[_DOT:]}"


_DOT: Final = 3
