"""The kinds of care a Schedule of Benefits speaks of: X12 service type codes with our own words.

The codes are those CAQH CORE 154 asks an eligibility answer to know, and maternity (69). `Kind` says how a
plan prices the service; `plans` holds the prices.
"""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How a service is priced."""

    PREVENTIVE = "preventive"
    PRIMARY = "primary"
    SPECIALIST = "specialist"
    BEHAVIORAL = "behavioral"
    LABORATORY = "laboratory"
    IMAGING = "imaging"
    SCAN = "scan"
    OUTPATIENT = "outpatient"
    INPATIENT = "inpatient"
    EMERGENCY = "emergency"
    URGENT = "urgent"
    THERAPY = "therapy"
    CHIROPRACTIC = "chiropractic"
    HEART_REHABILITATION = "heart_rehabilitation"
    HOME = "home"
    NURSING = "nursing"
    EQUIPMENT = "equipment"
    HOSPICE = "hospice"
    PHARMACY = "pharmacy"
    DENTAL = "dental"
    VISION = "vision"
    MATERNITY = "maternity"


@dataclass(frozen=True, slots=True)
class Service:
    """A service type: its X12 code, its name in our words, and how it is priced."""

    code: str
    name: str
    kind: Kind


SERVICES: tuple[Service, ...] = (
    Service("98", "Primary care visit", Kind.PRIMARY),
    Service("3", "Specialist visit", Kind.SPECIALIST),
    Service("1", "Medical care", Kind.PRIMARY),
    Service("81", "Yearly physical", Kind.PREVENTIVE),
    Service("68", "Well-child visit", Kind.PREVENTIVE),
    Service("BH", "Children's care", Kind.PRIMARY),
    Service("80", "Vaccinations", Kind.PREVENTIVE),
    Service("82", "Family planning", Kind.PREVENTIVE),
    Service("20", "Second opinion before surgery", Kind.SPECIALIST),
    Service("A0", "Doctor at an outpatient clinic", Kind.SPECIALIST),
    Service("A3", "Doctor's home visit", Kind.PRIMARY),
    Service("99", "Doctor during a hospital stay", Kind.INPATIENT),
    Service("33", "Chiropractic care", Kind.CHIROPRACTIC),
    Service("93", "Foot care", Kind.SPECIALIST),
    Service("5", "Laboratory tests", Kind.LABORATORY),
    Service("4", "X-ray", Kind.IMAGING),
    Service("62", "MRI, CT and PET scans", Kind.SCAN),
    Service("73", "Other diagnostic tests", Kind.IMAGING),
    Service("86", "Emergency care", Kind.EMERGENCY),
    Service("51", "Emergency care after an accident", Kind.EMERGENCY),
    Service("52", "Emergency care for an illness", Kind.EMERGENCY),
    Service("UC", "Urgent care", Kind.URGENT),
    Service("47", "Hospital care", Kind.INPATIENT),
    Service("48", "Hospital stay", Kind.INPATIENT),
    Service("50", "Hospital outpatient care", Kind.OUTPATIENT),
    Service("53", "Day surgery in a hospital", Kind.OUTPATIENT),
    Service("13", "Day surgery in a surgery center", Kind.OUTPATIENT),
    Service("2", "Surgery", Kind.OUTPATIENT),
    Service("8", "Assistant at surgery", Kind.OUTPATIENT),
    Service("7", "Anesthesia", Kind.OUTPATIENT),
    Service("40", "Mouth and jaw surgery", Kind.OUTPATIENT),
    Service("6", "Radiation treatment", Kind.OUTPATIENT),
    Service("78", "Chemotherapy", Kind.OUTPATIENT),
    Service("76", "Dialysis", Kind.OUTPATIENT),
    Service("MH", "Mental health care", Kind.BEHAVIORAL),
    Service("A6", "Talk therapy", Kind.BEHAVIORAL),
    Service("A8", "Mental health clinic visit", Kind.BEHAVIORAL),
    Service("A7", "Mental health hospital stay", Kind.INPATIENT),
    Service("AI", "Substance use treatment", Kind.BEHAVIORAL),
    Service("69", "Pregnancy and birth", Kind.MATERNITY),
    Service("65", "Newborn care", Kind.INPATIENT),
    Service("AE", "Physical therapy", Kind.THERAPY),
    Service("AD", "Occupational therapy", Kind.THERAPY),
    Service("AF", "Speech therapy", Kind.THERAPY),
    Service("BG", "Heart rehabilitation", Kind.HEART_REHABILITATION),
    Service("42", "Home health care", Kind.HOME),
    Service("AG", "Skilled nursing facility", Kind.NURSING),
    Service("45", "Hospice", Kind.HOSPICE),
    Service("12", "Medical equipment, bought", Kind.EQUIPMENT),
    Service("18", "Medical equipment, rented", Kind.EQUIPMENT),
    Service("88", "Prescription drugs", Kind.PHARMACY),
    Service("35", "Dental care", Kind.DENTAL),
    Service("AL", "Eye care and glasses", Kind.VISION),
)
BY_CODE = {service.code: service for service in SERVICES}
