"""What each segment above the claims of an 837 adds to what is known: a table by loop and segment."""

from collections.abc import Callable, Mapping

from portico.transactions.claims import shared_steps as shared
from portico.transactions.claims import values
from portico.transactions.claims.drafts import Levels, Person
from portico.transactions.claims.shared_steps import OfLevels, Segment


def _patient(person: Person, segment: Segment) -> None:
    found = person.values
    found["last_name"], found["first_name"] = values.text(segment, 3), values.text(segment, 4)
    found["middle_name"], found["suffix"] = values.text(segment, 5), values.text(segment, 7)
    found["member_id"] = values.text(segment, 9)


def _birth(person: Person, segment: Segment) -> None:
    person.values["birth_date"] = values.day(values.text(segment, 2))
    person.values["sex"] = values.text(segment, 3)


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
    ("2000A", "PRV"): _of("billing", shared.taxonomy),
    ("2010AA", "NM1"): _of("billing", shared.names),
    ("2010AA", "N3"): _of("billing", shared.street),
    ("2010AA", "N4"): _of("billing", shared.town),
    ("2010AA", "REF"): _tax_id,
    ("2010AA", "PER"): _contact,
    ("2010AB", "NM1"): _pay_to,
    ("2010AB", "N3"): _of("pay_to", shared.street),
    ("2010AB", "N4"): _of("pay_to", shared.town),
    ("2000B", "SBR"): _policy,
    ("2010BA", "NM1"): _of("subscriber", _patient),
    ("2010BA", "N3"): _of("subscriber", shared.street),
    ("2010BA", "N4"): _of("subscriber", shared.town),
    ("2010BA", "DMG"): _of("subscriber", _birth),
    ("2010BB", "NM1"): _of("payer", shared.names),
    ("2010BB", "N3"): _of("payer", shared.street),
    ("2010BB", "N4"): _of("payer", shared.town),
    ("2000C", "PAT"): _relationship,
    ("2010CA", "NM1"): _of("patient", _patient),
    ("2010CA", "N3"): _of("patient", shared.street),
    ("2010CA", "N4"): _of("patient", shared.town),
    ("2010CA", "DMG"): _of("patient", _birth),
}
