"""What each segment of an 837 adds to what is known of a claim: a table by loop and segment.

A segment that no fact asks for is in no table, and is passed over.
"""

from collections.abc import Callable, Mapping

from portico.domains.claims.facts.adjusted import Adjusted, Group
from portico.domains.claims.facts.submitted import Diagnosis, DiagnosisKind
from portico.shared.x12.delimiters import Delimiters
from portico.transactions.claims import values
from portico.transactions.claims.drafts import Draft, Levels, Other, Person, Service

Segment = list[str]
OfLevels = Callable[[Levels, Segment], None]
OfClaim = Callable[[Draft, Segment, Delimiters, int], None]

_GROUPS = frozenset(Group)
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


def names(person: Person, segment: Segment) -> None:
    """NM1 of a party."""
    found = person.values
    found["name"], found["first_name"] = values.text(segment, 3), values.text(segment, 4)
    found["is_person"] = values.text(segment, 2) == "1"
    kind, number = values.text(segment, 8), values.text(segment, 9)
    if number:
        found["npi" if kind == "XX" else "payer_number"] = number


def _patient(person: Person, segment: Segment) -> None:
    found = person.values
    found["last_name"], found["first_name"] = values.text(segment, 3), values.text(segment, 4)
    found["middle_name"], found["suffix"] = values.text(segment, 5), values.text(segment, 7)
    found["member_id"] = values.text(segment, 9)


def street(person: Person, segment: Segment) -> None:
    """N3."""
    person.address["street"], person.address["more"] = values.text(segment, 1), values.text(segment, 2)


def town(person: Person, segment: Segment) -> None:
    """N4."""
    found = person.address
    found["city"], found["state"] = values.text(segment, 1), values.text(segment, 2)
    found["postal_code"] = values.text(segment, 3)


def _birth(person: Person, segment: Segment) -> None:
    person.values["birth_date"] = values.day(values.text(segment, 2))
    person.values["sex"] = values.text(segment, 3)


def _taxonomy(person: Person, segment: Segment) -> None:
    person.values["taxonomy"] = values.text(segment, 3)


def _tax_id(levels: Levels, segment: Segment) -> None:
    if values.text(segment, 1) in ("EI", "SY"):
        levels.billing.values["tax_id"] = values.digits(values.text(segment, 2))


def _contact(levels: Levels, segment: Segment) -> None:
    found = levels.billing.values
    if "telephone" not in found:
        found["contact_name"] = values.text(segment, 2)
        found["telephone"] = values.text(segment, 4) if values.text(segment, 3) == "TE" else ""


def _beginning(levels: Levels, segment: Segment) -> None:
    levels.is_encounter = values.text(segment, 6) == "RP"
    levels.written_on = values.day(values.text(segment, 4))


def _pay_to(levels: Levels, segment: Segment) -> None:
    levels.pay_to = Person()
    levels.pay_to.values["is_person"] = values.text(segment, 2) == "1"


def _policy(levels: Levels, segment: Segment) -> None:
    levels.policy = {
        "rank": values.text(segment, 1),
        "group_number": values.text(segment, 3),
        "filing": values.text(segment, 9),
    }


def _relationship(levels: Levels, segment: Segment) -> None:
    levels.patient = Person()
    levels.patient.values["relationship"] = values.text(segment, 1)


def _of(which: str, add: Callable[[Person, Segment], None]) -> OfLevels:
    def step(levels: Levels, segment: Segment) -> None:
        person = getattr(levels, which)
        if person is not None:
            add(person, segment)

    return step


LEVELS: Mapping[tuple[str, str], OfLevels] = {
    ("HEADER", "BHT"): _beginning,
    ("2000A", "PRV"): _of("billing", _taxonomy),
    ("2010AA", "NM1"): _of("billing", names),
    ("2010AA", "N3"): _of("billing", street),
    ("2010AA", "N4"): _of("billing", town),
    ("2010AA", "REF"): _tax_id,
    ("2010AA", "PER"): _contact,
    ("2010AB", "NM1"): _pay_to,
    ("2010AB", "N3"): _of("pay_to", street),
    ("2010AB", "N4"): _of("pay_to", town),
    ("2000B", "SBR"): _policy,
    ("2010BA", "NM1"): _of("subscriber", _patient),
    ("2010BA", "N3"): _of("subscriber", street),
    ("2010BA", "N4"): _of("subscriber", town),
    ("2010BA", "DMG"): _of("subscriber", _birth),
    ("2010BB", "NM1"): _of("payer", names),
    ("2010BB", "N3"): _of("payer", street),
    ("2010BB", "N4"): _of("payer", town),
    ("2000C", "PAT"): _relationship,
    ("2010CA", "NM1"): _of("patient", _patient),
    ("2010CA", "N3"): _of("patient", street),
    ("2010CA", "N4"): _of("patient", town),
    ("2010CA", "DMG"): _of("patient", _birth),
}


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
        names(draft.latest, segment)


def _of_latest(add: Callable[[Person, Segment], None]) -> OfClaim:
    def step(draft: Draft, segment: Segment, delimiters: Delimiters, at: int) -> None:
        del delimiters, at
        if draft.latest is not None:
            add(draft.latest, segment)

    return step


def _other(draft: Draft, segment: Segment, delimiters: Delimiters, at: int) -> None:
    del delimiters, at
    draft.others.append(Other({"rank": values.text(segment, 1), "filing": values.text(segment, 9)}))


def _adjustments(into: list[Adjusted], segment: Segment) -> None:
    group = values.text(segment, 1)
    for element in range(2, len(segment), 3):
        reason, sum_ = values.text(segment, element), values.amount(values.text(segment, element + 1))
        if reason and sum_ is not None and group in _GROUPS:
            quantity = values.number(values.text(segment, element + 2))
            into.append(Adjusted(Group(group), reason, sum_, quantity))


def _other_adjusted(draft: Draft, segment: Segment, delimiters: Delimiters, at: int) -> None:
    del delimiters, at
    _adjustments(draft.others[-1].adjustments, segment)


def _other_paid(draft: Draft, segment: Segment, delimiters: Delimiters, at: int) -> None:
    del delimiters, at
    if values.text(segment, 1) == "D":
        draft.others[-1].values["paid"] = values.amount(values.text(segment, 2))


def _other_member(draft: Draft, segment: Segment, delimiters: Delimiters, at: int) -> None:
    del delimiters, at
    draft.others[-1].values["member_id"] = values.text(segment, 9)


def _other_payer(draft: Draft, segment: Segment, delimiters: Delimiters, at: int) -> None:
    del delimiters, at
    draft.others[-1].values |= {"name": values.text(segment, 3), "payer_number": values.text(segment, 9)}


def _other_paid_on(draft: Draft, segment: Segment, delimiters: Delimiters, at: int) -> None:
    del delimiters, at
    draft.others[-1].values["paid_on"] = values.days(segment)[0]


def _line(draft: Draft, segment: Segment, delimiters: Delimiters, at: int) -> None:
    del delimiters
    draft.latest = None
    draft.services.append(Service({"number": values.whole(values.text(segment, 1)), "place": at}))


def _procedure(draft: Draft, segment: Segment, element: int, delimiters: Delimiters) -> None:
    found = values.parts(segment, element, delimiters, 7)
    line = draft.services[-1].values
    line["code_kind"], line["code"], line["description"] = found[0], found[1], found[6]
    line["modifiers"] = tuple(modifier for modifier in found[2:6] if modifier)


def _professional(draft: Draft, segment: Segment, delimiters: Delimiters, at: int) -> None:
    del at
    _procedure(draft, segment, 1, delimiters)
    pointers = (values.whole(pointer) for pointer in values.parts(segment, 7, delimiters, 4))
    draft.services[-1].values |= {
        "billed": values.amount(values.text(segment, 2)),
        "unit": values.text(segment, 3),
        "units": values.number(values.text(segment, 4)),
        "place_of_service": values.text(segment, 5),
        "pointers": tuple(pointer for pointer in pointers if pointer),
    }


def _institutional(draft: Draft, segment: Segment, delimiters: Delimiters, at: int) -> None:
    del at
    _procedure(draft, segment, 2, delimiters)
    draft.services[-1].values |= {
        "revenue_code": values.text(segment, 1),
        "billed": values.amount(values.text(segment, 3)),
        "unit": values.text(segment, 4),
        "units": values.number(values.text(segment, 5)),
    }


def _served(draft: Draft, segment: Segment, delimiters: Delimiters, at: int) -> None:
    del delimiters, at
    if values.text(segment, 1) == "472":
        line = draft.services[-1].values
        line["first_on"], line["last_on"] = values.days(segment)


def _line_number(draft: Draft, segment: Segment, delimiters: Delimiters, at: int) -> None:
    del delimiters, at
    if values.text(segment, 1) == "6R":
        draft.services[-1].values["control_number"] = values.text(segment, 2)


def _drug(draft: Draft, segment: Segment, delimiters: Delimiters, at: int) -> None:
    del delimiters, at
    if values.text(segment, 2) == "N4":
        draft.services[-1].values["drug_code"] = values.text(segment, 3)


def _drug_units(draft: Draft, segment: Segment, delimiters: Delimiters, at: int) -> None:
    del at
    line = draft.services[-1].values
    line["drug_units"] = values.number(values.text(segment, 4))
    line["drug_unit"] = values.parts(segment, 5, delimiters, 1)[0]


def _line_provider(draft: Draft, segment: Segment, delimiters: Delimiters, at: int) -> None:
    del delimiters, at
    draft.latest = Person() if values.text(segment, 1) == "82" else None
    if draft.latest:
        draft.services[-1].rendering = draft.latest
        names(draft.latest, segment)


def _decided(draft: Draft, segment: Segment, delimiters: Delimiters, at: int) -> None:
    del delimiters, at
    paid = values.amount(values.text(segment, 2))
    if paid is not None:
        draft.services[-1].paid = (draft.services[-1].paid or 0) + paid


def _line_adjusted(draft: Draft, segment: Segment, delimiters: Delimiters, at: int) -> None:
    del delimiters, at
    _adjustments(draft.services[-1].adjustments, segment)


def _loops(names_: str, segments: Mapping[str, OfClaim]) -> dict[tuple[str, str], OfClaim]:
    return {(loop, name): step for loop in names_.split() for name, step in segments.items()}


_PLACE = {"N3": _of_latest(street), "N4": _of_latest(town), "PRV": _of_latest(_taxonomy)}
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
    ("2400", "LX"): _line,
    ("2400", "SV1"): _professional,
    ("2400", "SV2"): _institutional,
    ("2400", "DTP"): _served,
    ("2400", "REF"): _line_number,
    ("2410", "LIN"): _drug,
    ("2410", "CTP"): _drug_units,
    **_loops("2420A 2420B 2420C 2420D 2420E 2420F", {"NM1": _line_provider, **_PLACE}),
    ("2430", "SVD"): _decided,
    ("2430", "CAS"): _line_adjusted,
}
