"""Who is who in an 835: the plan and the payee (N1 … PER), and the people and providers of a claim (NM1)."""

from typing import Any

from portico.domains.claims.facts.submitted import Address, Party, Patient
from portico.transactions.parts import elements
from portico.transactions.parts.elements import Segment

PAYER, PAYEE = "PR", "PE"
_MEMBER_ID_QUALIFIERS = frozenset({"MI", "HN", "MR", "II"})


class PartyDraft:
    """A payer or a payee while its loop is read; an NPI that fails its check is left out."""

    def __init__(self, segment: Segment, at: int) -> None:
        self.role = elements.code(segment, 1, at, (PAYER, PAYEE))
        self._values: dict[str, Any] = {"name": elements.text(segment, 2, at, 60)}
        self._street: dict[str, str] = {}
        self._number(segment, at)

    def take(self, segment: Segment, at: int) -> None:
        """One more segment of the loop. Raises Misread."""
        name, kind = segment[0], segment[1] if len(segment) > 1 else ""
        if name == "N3":
            self._street |= {
                "street": elements.text(segment, 1, at, 55),
                "more": elements.text(segment, 2, at, 55),
            }
        elif name == "N4":
            self._street["city"] = elements.text(segment, 1, at, 30)
            self._street["state"] = elements.text(segment, 2, at, 2)
            self._street["postal_code"] = elements.text(segment, 3, at, 15)
        elif name == "REF":
            self._reference(segment, at, kind)
        elif name == "PER" and kind == "BL":
            self._contact(segment, at)

    def party(self) -> Party:
        """The party as far as it is read."""
        return Party(**self._values, address=Address(**self._street))

    def _number(self, segment: Segment, at: int) -> None:
        kind = segment[3] if len(segment) > 3 else ""
        if kind == "XX":
            self._values["npi"] = elements.npi(elements.text(segment, 4, at, 80))
        elif kind == "FI":
            self._values["tax_id"] = elements.tax_id(segment, 4, at)
        elif kind == "XV":
            self._values["payer_number"] = elements.text(segment, 4, at, 80)

    def _reference(self, segment: Segment, at: int, kind: str) -> None:
        if kind == "TJ" and self.role == PAYEE:
            self._values["tax_id"] = elements.tax_id(segment, 2, at)
        elif kind in ("PQ", "2U"):
            self._values["payer_number"] = elements.text(segment, 2, at, 50)

    def _contact(self, segment: Segment, at: int) -> None:
        self._values["contact_name"] = elements.text(segment, 2, at, 60)
        for element in range(3, len(segment) - 1, 2):
            if segment[element] == "TE":
                self._values["telephone"] = elements.text(segment, element + 1, at, 256)


def patient(segment: Segment, at: int) -> Patient:
    """The patient or the subscriber of an NM1. Raises Misread."""
    kind = segment[8] if len(segment) > 8 else ""
    return Patient(
        last_name=elements.text(segment, 3, at, 60),
        first_name=elements.text(segment, 4, at, 35),
        middle_name=elements.text(segment, 5, at, 25),
        suffix=elements.text(segment, 7, at, 10),
        member_id=elements.text(segment, 9, at, 80) if kind in _MEMBER_ID_QUALIFIERS else "",
    )


def provider(segment: Segment, at: int) -> Party:
    """Who rendered the claim. Raises Misread; an NPI that fails its check is left out."""
    kind = segment[8] if len(segment) > 8 else ""
    number = elements.text(segment, 9, at, 80)
    return Party(
        name=elements.text(segment, 3, at, 60),
        first_name=elements.text(segment, 4, at, 35),
        is_person=len(segment) > 2 and segment[2] == "1",
        npi=elements.npi(number) if kind == "XX" else "",
        tax_id=number if kind == "FI" and len(number) == 9 and number.isdigit() else "",
        payer_number=number if kind == "PC" else "",
    )
