"""What each segment of a claim of an 837 adds to what is known of it: a table by loop and segment.

A segment that no fact asks for is in no table, and is passed over.
"""

from collections.abc import Mapping

from portico.domains.claims.facts.submitted import Diagnosis, DiagnosisKind
from portico.shared.x12.delimiters import Delimiters
from portico.transactions.claims import shared_steps as shared
from portico.transactions.claims import values
from portico.transactions.claims.drafts import Draft, Other, Person
from portico.transactions.claims.line_steps import LINE
from portico.transactions.claims.shared_steps import OfClaim, Segment

_KINDS = {
    **dict.fromkeys(("ABK", "BK"), DiagnosisKind.PRINCIPAL),
    **dict.fromkeys(("ABF", "BF"), DiagnosisKind.OTHER),
    **dict.fromkeys(("ABJ", "BJ"), DiagnosisKind.ADMITTING),
    **dict.fromkeys(("APR", "PR"), DiagnosisKind.REASON_FOR_VISIT),
    **dict.fromkeys(("ABN", "BN"), DiagnosisKind.EXTERNAL_CAUSE),
}
_PROCEDURES = frozenset("BBR BR CAH BBQ BQ BP BO".split())
_REFERENCES = {
    "F8": "original_number",
    "D9": "tracking_number",
    "G1": "authorization_number",
    "9F": "referral_number",
}
_ROLES = {"DN": "referring", "82": "rendering", "71": "attending", "77": "service_place"}


def _claim(draft: Draft, segment: Segment, delimiters: Delimiters, at: int) -> None:
    del at
    facility, _, frequency = values.parts(segment, 5, delimiters, 3)
    draft.values["patient_control_number"] = values.text(segment, 1)
    draft.values["billed"] = values.amount(values.text(segment, 2))
    draft.values["facility"] = facility
    draft.values["frequency"] = frequency


def _dates(draft: Draft, segment: Segment, delimiters: Delimiters, at: int) -> None:
    del delimiters, at
    first, last = values.days(segment)
    match values.text(segment, 1):
        case "434":
            draft.values["first_on"], draft.values["last_on"] = first, last
        case "435":
            draft.values["admitted_on"] = first
        case "439":
            draft.values["accident_on"] = first


def _admission(draft: Draft, segment: Segment, delimiters: Delimiters, at: int) -> None:
    del delimiters, at
    for element, name in enumerate(("admission_type", "admission_source", "discharge_status"), 1):
        draft.values[name] = values.text(segment, element)


def _paid_by_patient(draft: Draft, segment: Segment, delimiters: Delimiters, at: int) -> None:
    del delimiters, at
    if values.text(segment, 1) == "F5":
        draft.values["patient_paid"] = values.amount(values.text(segment, 2))


def _reference(draft: Draft, segment: Segment, delimiters: Delimiters, at: int) -> None:
    del delimiters, at
    name = _REFERENCES.get(values.text(segment, 1))
    if name:
        draft.values[name] = values.text(segment, 2)


def _note(draft: Draft, segment: Segment, delimiters: Delimiters, at: int) -> None:
    del delimiters, at
    if values.text(segment, 1) == "ADD":
        draft.values["note"] = values.text(segment, 2)


def _codes(draft: Draft, segment: Segment, delimiters: Delimiters, at: int) -> None:
    del at
    for element in range(1, len(segment)):
        found = values.parts(segment, element, delimiters, 9)
        kind, code = found[0], found[1].replace(".", "")
        if not code:
            continue
        if kind in _KINDS:
            draft.diagnoses.append(Diagnosis(code, _KINDS[kind], found[8]))
        elif kind in _PROCEDURES:
            draft.procedures.append(code)
        elif kind == "DR":
            draft.values["drg"] = code


def _provider(draft: Draft, segment: Segment, delimiters: Delimiters, at: int) -> None:
    del delimiters, at
    role = _ROLES.get(values.text(segment, 1))
    draft.latest = Person() if role else None
    if role and draft.latest:
        draft.people[role] = draft.latest
        shared.names(draft.latest, segment)


def _other(draft: Draft, segment: Segment, delimiters: Delimiters, at: int) -> None:
    del delimiters, at
    draft.others.append(Other({"rank": values.text(segment, 1), "filing": values.text(segment, 9)}))


def _other_adjusted(draft: Draft, segment: Segment, delimiters: Delimiters, at: int) -> None:
    del delimiters, at
    shared.adjustments(draft.other().adjustments, segment)


def _other_paid(draft: Draft, segment: Segment, delimiters: Delimiters, at: int) -> None:
    del delimiters, at
    if values.text(segment, 1) == "D":
        draft.other().values["paid"] = values.amount(values.text(segment, 2))


def _other_member(draft: Draft, segment: Segment, delimiters: Delimiters, at: int) -> None:
    del delimiters, at
    draft.other().values["member_id"] = values.text(segment, 9)


def _other_payer(draft: Draft, segment: Segment, delimiters: Delimiters, at: int) -> None:
    del delimiters, at
    draft.other().values |= {"name": values.text(segment, 3), "payer_number": values.text(segment, 9)}


def _other_paid_on(draft: Draft, segment: Segment, delimiters: Delimiters, at: int) -> None:
    del delimiters, at
    draft.other().values["paid_on"] = values.days(segment)[0]


def _loops(names_: str, segments: Mapping[str, OfClaim]) -> dict[tuple[str, str], OfClaim]:
    return {(loop, name): step for loop in names_.split() for name, step in segments.items()}


_PLACE = {
    "N3": shared.of_latest(shared.street),
    "N4": shared.of_latest(shared.town),
    "PRV": shared.of_latest(shared.taxonomy),
}
CLAIM: Mapping[tuple[str, str], OfClaim] = {
    ("2300", "CLM"): _claim,
    ("2300", "DTP"): _dates,
    ("2300", "CL1"): _admission,
    ("2300", "AMT"): _paid_by_patient,
    ("2300", "REF"): _reference,
    ("2300", "NTE"): _note,
    ("2300", "HI"): _codes,
    **_loops("2310A 2310B 2310C 2310D 2310E 2310F", {"NM1": _provider, **_PLACE}),
    ("2320", "SBR"): _other,
    ("2320", "CAS"): _other_adjusted,
    ("2320", "AMT"): _other_paid,
    ("2330A", "NM1"): _other_member,
    ("2330B", "NM1"): _other_payer,
    ("2330B", "DTP"): _other_paid_on,
    **LINE,
}
