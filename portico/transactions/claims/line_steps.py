"""What each segment of a service line of an 837 adds to the claim: a table by loop and segment."""

from collections.abc import Mapping

from portico.shared.x12.delimiters import Delimiters
from portico.transactions.claims import shared_steps as shared
from portico.transactions.claims import values
from portico.transactions.claims.drafts import Draft, Person, Service
from portico.transactions.claims.shared_steps import OfClaim, Segment


def _line(draft: Draft, segment: Segment, delimiters: Delimiters, at: int) -> None:
    del delimiters
    draft.latest = None
    draft.services.append(Service({"number": values.whole(values.text(segment, 1)), "place": at}))


def _procedure(draft: Draft, segment: Segment, element: int, delimiters: Delimiters) -> None:
    found = values.parts(segment, element, delimiters, 7)
    line = draft.line().values
    line["code_kind"], line["code"], line["description"] = found[0], found[1], found[6]
    line["modifiers"] = tuple(modifier for modifier in found[2:6] if modifier)


def _professional(draft: Draft, segment: Segment, delimiters: Delimiters, at: int) -> None:
    del at
    _procedure(draft, segment, 1, delimiters)
    pointers = (values.whole(pointer) for pointer in values.parts(segment, 7, delimiters, 4))
    draft.line().values |= {
        "billed": values.amount(values.text(segment, 2)),
        "unit": values.text(segment, 3),
        "units": values.number(values.text(segment, 4)),
        "place_of_service": values.text(segment, 5),
        "pointers": tuple(pointer for pointer in pointers if pointer),
    }


def _institutional(draft: Draft, segment: Segment, delimiters: Delimiters, at: int) -> None:
    del at
    _procedure(draft, segment, 2, delimiters)
    draft.line().values |= {
        "revenue_code": values.text(segment, 1),
        "billed": values.amount(values.text(segment, 3)),
        "unit": values.text(segment, 4),
        "units": values.number(values.text(segment, 5)),
    }


def _served(draft: Draft, segment: Segment, delimiters: Delimiters, at: int) -> None:
    del delimiters, at
    if values.text(segment, 1) == "472":
        line = draft.line().values
        line["first_on"], line["last_on"] = values.days(segment)


def _line_number(draft: Draft, segment: Segment, delimiters: Delimiters, at: int) -> None:
    del delimiters, at
    if values.text(segment, 1) == "6R":
        draft.line().values["control_number"] = values.text(segment, 2)


def _drug(draft: Draft, segment: Segment, delimiters: Delimiters, at: int) -> None:
    del delimiters, at
    if values.text(segment, 2) == "N4":
        draft.line().values["drug_code"] = values.text(segment, 3)


def _drug_units(draft: Draft, segment: Segment, delimiters: Delimiters, at: int) -> None:
    del at
    line = draft.line().values
    line["drug_units"] = values.number(values.text(segment, 4))
    line["drug_unit"] = values.parts(segment, 5, delimiters, 1)[0]


def _line_provider(draft: Draft, segment: Segment, delimiters: Delimiters, at: int) -> None:
    del delimiters, at
    draft.latest = Person() if values.text(segment, 1) == "82" else None
    if draft.latest:
        draft.line().rendering = draft.latest
        shared.names(draft.latest, segment)


def _decided(draft: Draft, segment: Segment, delimiters: Delimiters, at: int) -> None:
    del delimiters, at
    paid = values.amount(values.text(segment, 2))
    if paid is not None:
        draft.line().paid = (draft.line().paid or 0) + paid


def _line_adjusted(draft: Draft, segment: Segment, delimiters: Delimiters, at: int) -> None:
    del delimiters, at
    shared.adjustments(draft.line().adjustments, segment)


_PARTY = {
    "N3": shared.of_latest(shared.street),
    "N4": shared.of_latest(shared.town),
    "PRV": shared.of_latest(shared.taxonomy),
}
LINE: Mapping[tuple[str, str], OfClaim] = {
    ("2400", "LX"): _line,
    ("2400", "SV1"): _professional,
    ("2400", "SV2"): _institutional,
    ("2400", "DTP"): _served,
    ("2400", "REF"): _line_number,
    ("2410", "LIN"): _drug,
    ("2410", "CTP"): _drug_units,
    **{
        (f"2420{letter}", name): step
        for letter in "ABCDEF"
        for name, step in {"NM1": _line_provider, **_PARTY}.items()
    },
    ("2430", "SVD"): _decided,
    ("2430", "CAS"): _line_adjusted,
}
