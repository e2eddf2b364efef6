"""Kinds of providers: taxonomy codes as numbers, with our own words for what the provider does."""

from typing import NamedTuple


class Specialty(NamedTuple):
    """What a provider does: its taxonomy code, our words, and the credential a person of it writes."""

    taxonomy: str
    name: str
    credential: str = ""


FAMILY_MEDICINE = Specialty("207Q00000X", "Family medicine", "MD")
INTERNAL_MEDICINE = Specialty("207R00000X", "Internal medicine", "MD")
PEDIATRICS = Specialty("208000000X", "Pediatrics", "MD")
GENERAL_PRACTICE = Specialty("208D00000X", "General practice", "DO")
FAMILY_NURSE = Specialty("363LF0000X", "Family nurse practitioner", "NP")
PHYSICIAN_ASSISTANT = Specialty("363A00000X", "Physician assistant", "PA")
OBSTETRICS = Specialty("207V00000X", "Women's health and childbirth", "MD")
CARDIOLOGY = Specialty("207RC0000X", "Heart", "MD")
ORTHOPEDICS = Specialty("207X00000X", "Bones and joints", "MD")
PHYSICAL_THERAPY = Specialty("225100000X", "Physical therapy", "PT")
EYE_SURGERY = Specialty("207W00000X", "Eye surgery", "MD")
CHIROPRACTIC = Specialty("111N00000X", "Chiropractic", "DC")

PRIMARY_CARE: tuple[Specialty, ...] = (
    FAMILY_MEDICINE,
    INTERNAL_MEDICINE,
    PEDIATRICS,
    GENERAL_PRACTICE,
    FAMILY_NURSE,
)
SPECIALISTS: tuple[Specialty, ...] = (
    OBSTETRICS,
    CARDIOLOGY,
    ORTHOPEDICS,
    PHYSICAL_THERAPY,
    PHYSICIAN_ASSISTANT,
    Specialty("207N00000X", "Skin", "MD"),
    Specialty("2084P0800X", "Psychiatry", "MD"),
    Specialty("2084N0400X", "Brain and nerves", "MD"),
    Specialty("207RG0100X", "Digestion", "MD"),
    Specialty("207RE0101X", "Hormones and diabetes", "MD"),
    Specialty("207RP1001X", "Lungs", "MD"),
    Specialty("207RH0003X", "Cancer and blood", "MD"),
    Specialty("207RN0300X", "Kidneys", "MD"),
    Specialty("207RR0500X", "Rheumatism", "MD"),
    Specialty("207RI0200X", "Infections", "MD"),
    EYE_SURGERY,
    Specialty("207Y00000X", "Ear, nose and throat", "MD"),
    Specialty("208800000X", "Urology", "MD"),
    Specialty("208600000X", "General surgery", "MD"),
    Specialty("207K00000X", "Allergies", "MD"),
    Specialty("2085R0202X", "Radiology", "MD"),
    Specialty("207L00000X", "Anesthesia", "MD"),
    Specialty("103TC0700X", "Psychology", "PHD"),
    Specialty("1041C0700X", "Clinical social work", "LCSW"),
    CHIROPRACTIC,
    Specialty("213E00000X", "Foot care", "DPM"),
    Specialty("152W00000X", "Eye care", "OD"),
    Specialty("225X00000X", "Occupational therapy", "OT"),
    Specialty("235Z00000X", "Speech therapy", "SLP"),
)
CLINIC = Specialty("193200000X", "Group practice, several specialties")
SINGLE_SPECIALTY_CLINIC = Specialty("193400000X", "Group practice, one specialty")
HOSPITAL = Specialty("282N00000X", "General hospital")
IMAGING_CENTER = Specialty("261QR0200X", "Imaging center")
DIALYSIS_CENTER = Specialty("261QE0700X", "Dialysis center")
FACILITIES: tuple[Specialty, ...] = (
    IMAGING_CENTER,
    Specialty("291U00000X", "Laboratory"),
    Specialty("261QU0200X", "Urgent care center"),
    Specialty("261QA1903X", "Surgery center"),
    Specialty("314000000X", "Skilled nursing facility"),
    Specialty("251E00000X", "Home health agency"),
    Specialty("332B00000X", "Medical equipment supplier"),
    DIALYSIS_CENTER,
)
