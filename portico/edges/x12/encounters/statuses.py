"""Which status of a 277CA each edit becomes: category, code, and whom it is about.

Categories: A3 the claim cannot be worked on as it is, A6 something is missing, A7 something is not valid, A8
two things contradict each other.
"""

from collections.abc import Iterable, Mapping

from portico.domains.claims.edits.codes import Code
from portico.edges.x12.encounters.accounts import Status

ACCEPTED = Status("A2", "20", "PR")
_BILLING, _RENDERING, _ATTENDING, _SUBSCRIBER, _PATIENT, _PLAN = "85", "82", "71", "IL", "QC", "PR"
_UNKNOWN = Status("A3", "21")
_OF_PARTIES = {
    "billing": _BILLING,
    "rendering": _RENDERING,
    "attending": _ATTENDING,
    "referring": "DN",
    "service_place": "77",
    "subscriber": _SUBSCRIBER,
    "patient": _PATIENT,
}

STATUSES: Mapping[str, Status] = {
    Code.UNREADABLE: Status("A3", "122"),
    Code.NOT_AN_ENCOUNTER: Status("A3", "481"),
    Code.OTHER_PAYER: Status("A3", "116", _PLAN),
    Code.CONTROL_NUMBER_MISSING: Status("A6", "478"),
    Code.SERVICES_MISSING: Status("A6", "247"),
    Code.TOO_MANY_SERVICES: Status("A7", "121"),
    Code.FREQUENCY_UNKNOWN: Status("A7", "535"),
    Code.ORIGINAL_MISSING: Status("A6", "464"),
    Code.ORIGINAL_UNKNOWN: Status("A7", "464"),
    Code.ORIGINAL_NOT_IN_FORCE: Status("A7", "464"),
    Code.ORIGINAL_OF_ANOTHER: Status("A8", "464"),
    Code.DUPLICATE: Status("A3", "54"),
    Code.DUPLICATE_IN_FILE: Status("A3", "54"),
    Code.CHARGES_DO_NOT_ADD_UP: Status("A8", "400"),
    Code.CHARGE_NEGATIVE: Status("A7", "178"),
    Code.CHARGE_TOO_LARGE: Status("A7", "178"),
    Code.UNITS_NOT_POSITIVE: Status("A7", "476"),
    Code.FACILITY_MISSING: Status("A6", "249"),
    Code.FACILITY_FORM: Status("A7", "249"),
    Code.PLACE_OF_SERVICE_FORM: Status("A7", "249"),
    Code.ADMISSION_DATE_MISSING: Status("A6", "189"),
    Code.DISCHARGE_STATUS_MISSING: Status("A6", "234"),
    Code.PROCEDURE_MISSING: Status("A6", "454"),
    Code.PROCEDURE_FORM: Status("A7", "454"),
    Code.MODIFIER_FORM: Status("A7", "453"),
    Code.REVENUE_CODE_MISSING: Status("A6", "455"),
    Code.REVENUE_CODE_FORM: Status("A7", "455"),
    Code.DRUG_CODE_FORM: Status("A7", "218"),
    Code.DIAGNOSIS_MISSING: Status("A6", "254"),
    Code.DIAGNOSIS_FORM: Status("A7", "255"),
    Code.DIAGNOSIS_REPEATED: Status("A7", "255"),
    Code.POINTER_MISSING: Status("A6", "477"),
    Code.POINTER_BEYOND: Status("A7", "477"),
    Code.SERVICE_DATE_MISSING: Status("A6", "187"),
    Code.DATES_REVERSED: Status("A8", "187"),
    Code.DATE_IN_FUTURE: Status("A7", "510"),
    Code.DATE_BEFORE_BIRTH: Status("A8", "158", _PATIENT),
    Code.DATE_OUTSIDE_STATEMENT: Status("A8", "188"),
    Code.ADMITTED_AFTER_SERVICE: Status("A8", "189"),
    Code.NPI_MISSING: Status("A6", "562", _BILLING),
    Code.NPI_FORM: Status("A7", "562", _BILLING),
    Code.ATTENDING_MISSING: Status("A6", "562", _ATTENDING),
    Code.TAX_ID_MISSING: Status("A6", "128", _BILLING),
    Code.TAX_ID_FORM: Status("A7", "128", _BILLING),
    Code.TAX_ID_NOT_OPEN: Status("A3", "496", _BILLING),
    Code.PROVIDER_UNKNOWN: Status("A3", "26", _RENDERING),
    Code.PROVIDER_NOT_AFFILIATED: Status("A3", "91", _RENDERING),
    Code.PROVIDER_NOT_OPEN: Status("A3", "496", _RENDERING),
    Code.MEMBER_ID_MISSING: Status("A6", "164", _SUBSCRIBER),
    Code.MEMBER_UNKNOWN: Status("A3", "33"),
    Code.MEMBER_NAME_DIFFERS: Status("A7", "125", _PATIENT),
    Code.MEMBER_BIRTH_DATE_DIFFERS: Status("A7", "158", _PATIENT),
    Code.MEMBER_NOT_COVERED: Status("A3", "88", _PATIENT),
}
_OF_FACILITIES = frozenset({Code.FACILITY_MISSING, Code.FACILITY_FORM})
_TYPE_OF_BILL = "228"


def of_edits(edits: Iterable[tuple[str, str]], *, is_institutional: bool = False) -> tuple[Status, ...]:
    """The statuses of a rejected claim, each once; `edits` are codes with the field each is about."""
    found = (_status(code, value_at, is_institutional=is_institutional) for code, value_at in edits)
    return tuple(dict.fromkeys(found)) or (_UNKNOWN,)


def _status(code: str, value_at: str, *, is_institutional: bool) -> Status:
    status = STATUSES.get(code, _UNKNOWN)
    if is_institutional and code in _OF_FACILITIES:
        return Status(status.category, _TYPE_OF_BILL)
    parts = value_at.split(".")
    party = next((_OF_PARTIES[part] for part in parts if part in _OF_PARTIES), "")
    return Status(status.category, status.code, party) if party and status.entity else status
