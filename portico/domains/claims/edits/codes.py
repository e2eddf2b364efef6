"""The codes of the edits, and a misfit: which edit, and where in the claim. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Code(StrEnum):
    """What is wrong with a claim; stable codes, whose words belong to the edges."""

    UNREADABLE = "unreadable"
    NOT_AN_ENCOUNTER = "not_an_encounter"
    OTHER_PAYER = "other_payer"

    CONTROL_NUMBER_MISSING = "control_number_missing"
    SERVICES_MISSING = "services_missing"
    TOO_MANY_SERVICES = "too_many_services"
    FREQUENCY_UNKNOWN = "frequency_unknown"
    ORIGINAL_MISSING = "original_missing"
    ORIGINAL_UNKNOWN = "original_unknown"
    ORIGINAL_NOT_IN_FORCE = "original_not_in_force"
    ORIGINAL_OF_ANOTHER = "original_of_another"
    DUPLICATE = "duplicate"
    DUPLICATE_IN_FILE = "duplicate_in_file"

    CHARGES_DO_NOT_ADD_UP = "charges_do_not_add_up"
    CHARGE_NEGATIVE = "charge_negative"
    CHARGE_TOO_LARGE = "charge_too_large"
    UNITS_NOT_POSITIVE = "units_not_positive"

    FACILITY_MISSING = "facility_missing"
    FACILITY_FORM = "facility_form"
    PLACE_OF_SERVICE_FORM = "place_of_service_form"
    ADMISSION_DATE_MISSING = "admission_date_missing"
    DISCHARGE_STATUS_MISSING = "discharge_status_missing"
    PROCEDURE_MISSING = "procedure_missing"
    PROCEDURE_FORM = "procedure_form"
    MODIFIER_FORM = "modifier_form"
    REVENUE_CODE_MISSING = "revenue_code_missing"
    REVENUE_CODE_FORM = "revenue_code_form"
    DRUG_CODE_FORM = "drug_code_form"
    DIAGNOSIS_MISSING = "diagnosis_missing"
    DIAGNOSIS_FORM = "diagnosis_form"
    DIAGNOSIS_REPEATED = "diagnosis_repeated"
    POINTER_MISSING = "pointer_missing"
    POINTER_BEYOND = "pointer_beyond"

    SERVICE_DATE_MISSING = "service_date_missing"
    DATES_REVERSED = "dates_reversed"
    DATE_IN_FUTURE = "date_in_future"
    DATE_BEFORE_BIRTH = "date_before_birth"
    DATE_OUTSIDE_STATEMENT = "date_outside_statement"
    ADMITTED_AFTER_SERVICE = "admitted_after_service"

    NPI_MISSING = "npi_missing"
    NPI_FORM = "npi_form"
    ATTENDING_MISSING = "attending_missing"
    TAX_ID_MISSING = "tax_id_missing"
    TAX_ID_FORM = "tax_id_form"
    TAX_ID_NOT_OPEN = "tax_id_not_open"
    PROVIDER_UNKNOWN = "provider_unknown"
    PROVIDER_NOT_AFFILIATED = "provider_not_affiliated"
    PROVIDER_NOT_OPEN = "provider_not_open"

    MEMBER_ID_MISSING = "member_id_missing"
    MEMBER_UNKNOWN = "member_unknown"
    MEMBER_NAME_DIFFERS = "member_name_differs"
    MEMBER_BIRTH_DATE_DIFFERS = "member_birth_date_differs"
    MEMBER_NOT_COVERED = "member_not_covered"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where in an 837 a value stands: loop, segment, what its first element says, and the element.

    `qualifier` is empty where the loop has one such segment.
    """

    loop: str
    segment: str
    element: int | None = None
    qualifier: str = ""


@dataclass(frozen=True, slots=True)
class Misfit:
    """One thing that is wrong. `service` is the number of the line it is about, 0 for the claim as a whole.

    `value_at` names the field (`services.2.code`), empty where no single one is at fault. `spot` is where it
    stands, or would stand; `place` the number of its segment in the interchange, 0 until it was found.
    `about` is a value that may be told: an amount, a number of ours, never who somebody is.
    """

    code: str
    spot: Spot
    value_at: str = ""
    service: int = 0
    about: str = ""
    place: int = 0


SPOTS: Mapping[str, Spot] = {
    "claim": Spot("2300", "CLM"),
    "is_encounter": Spot("ST", "BHT", 6),
    "payer.payer_number": Spot("2010BB", "NM1", 9, "PR"),
    "patient_control_number": Spot("2300", "CLM", 1),
    "billed": Spot("2300", "CLM", 2),
    "facility": Spot("2300", "CLM", 5),
    "frequency": Spot("2300", "CLM", 5),
    "original_number": Spot("2300", "REF", 2, "F8"),
    "first_on": Spot("2300", "DTP", 3, "434"),
    "last_on": Spot("2300", "DTP", 3, "434"),
    "admitted_on": Spot("2300", "DTP", 3, "435"),
    "discharge_status": Spot("2300", "CL1", 3),
    "diagnoses": Spot("2300", "HI"),
    "services": Spot("2400", "LX"),
    "billing.npi": Spot("2010AA", "NM1", 9, "85"),
    "billing.tax_id": Spot("2010AA", "REF", 2, "EI"),
    "rendering.npi": Spot("2310B", "NM1", 9, "82"),
    "referring.npi": Spot("2310A", "NM1", 9, "DN"),
    "attending.npi": Spot("2310A", "NM1", 9, "71"),
    "service_place.npi": Spot("2310C", "NM1", 9, "77"),
    "subscriber.member_id": Spot("2010BA", "NM1", 9, "IL"),
    "subscriber.last_name": Spot("2010BA", "NM1", 3, "IL"),
    "subscriber.birth_date": Spot("2010BA", "DMG", 2),
    "patient.last_name": Spot("2010CA", "NM1", 3, "QC"),
    "patient.birth_date": Spot("2010CA", "DMG", 2),
}
"""Where the fields of a claim stand; an institutional claim's rendering provider stands in 2310D."""

SERVICE_SPOTS: Mapping[str, Spot] = {
    "line": Spot("2400", "LX"),
    "first_on": Spot("2400", "DTP", 3, "472"),
    "last_on": Spot("2400", "DTP", 3, "472"),
    "drug_code": Spot("2410", "LIN", 3),
    "rendering.npi": Spot("2420A", "NM1", 9, "82"),
}
PROFESSIONAL_SPOTS: Mapping[str, Spot] = {
    "code": Spot("2400", "SV1", 1),
    "modifiers": Spot("2400", "SV1", 1),
    "billed": Spot("2400", "SV1", 2),
    "units": Spot("2400", "SV1", 4),
    "place_of_service": Spot("2400", "SV1", 5),
    "pointers": Spot("2400", "SV1", 7),
}
INSTITUTIONAL_SPOTS: Mapping[str, Spot] = {
    "revenue_code": Spot("2400", "SV2", 1),
    "code": Spot("2400", "SV2", 2),
    "modifiers": Spot("2400", "SV2", 2),
    "billed": Spot("2400", "SV2", 3),
    "units": Spot("2400", "SV2", 5),
}
