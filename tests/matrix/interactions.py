"""The interactions of the FHIR server as cells: made from its own statement, aimed at somebody or nobody."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps

from portico.domains.members import keys
from portico.edges.fhir import systems
from tests.matrix.standings import Bearer
from tests.support import cast, patients
from tests.support.doors import fhir
from tests.support.world import World

SEEN = (("in the HMO", cast.HMO, patients.ZEPHYRINE), ("in Medi-Cal", cast.MEDI_CAL, patients.PERPETUA))


class NoCells(Exception):
    """The statement names an interaction that nobody wrote cells for."""


@dataclass(frozen=True, slots=True)
class Place:
    """What an interaction is aimed at: a member and its coverage, in a line; or what is not there."""

    name: str
    line: str = ""
    patient: str = "0" * 32
    coverage: str = "0" * 32
    member_id: str = "NLZZ0000"
    family: str = "Nobodys"
    given: str = "Nobody"
    born: str = "1984-05-06"


@dataclass(frozen=True, slots=True)
class Cell:
    """One way to carry out an interaction, with the letter of its scope."""

    name: str
    kind: str
    letter: str
    route: str
    ask: Callable[[Place, Bearer], Any]


Asked = Callable[[Place], Mapping[str, str]]

# How each search parameter is asked by, with those it needs beside it.
PARAMETERS: Mapping[tuple[str, str], Asked] = {
    ("Patient", "_id"): lambda place: {"_id": place.patient},
    ("Patient", "identifier"): lambda place: {"identifier": f"{systems.own('member-id')}|{place.member_id}"},
    ("Patient", "family"): lambda place: {
        "family": place.family,
        "given": place.given,
        "birthdate": place.born,
    },
    ("Patient", "given"): lambda place: {
        "identifier": place.member_id,
        "family": place.family,
        "given": place.given,
    },
    ("Patient", "name"): lambda place: {"name": f"{place.given} {place.family}", "birthdate": place.born},
    ("Patient", "birthdate"): lambda place: {"identifier": place.member_id, "birthdate": place.born},
    ("Coverage", "_id"): lambda place: {"_id": place.coverage},
    ("Coverage", "patient"): lambda place: {"patient": f"Patient/{place.patient}"},
    ("Coverage", "beneficiary"): lambda place: {"beneficiary": place.patient},
    ("Coverage", "status"): lambda place: {"patient": place.patient, "status": "active"},
}


def read(kind: str) -> Iterator[Cell]:
    """The cell of reading one."""

    def ask(place: Place, bearer: Bearer) -> Any:
        return fhir.get(f"{kind}/{key_of(kind, place)}", bearer.token, client=bearer.client)

    yield Cell(f"read {kind}", kind, "r", f"fhir_{kind.lower()}_read", ask)


def search(kind: str, names: tuple[str, ...]) -> Iterator[Cell]:
    """The cells of searching, by each parameter and in both ways of sending them."""
    for name in names:
        asked = PARAMETERS[kind, name]

        def by_address(place: Place, bearer: Bearer, asked: Asked = asked) -> Any:
            return fhir.get(kind, bearer.token, asked(place), client=bearer.client)

        def by_form(place: Place, bearer: Bearer, asked: Asked = asked) -> Any:
            return fhir.post(f"{kind}/_search", bearer.token, asked(place), client=bearer.client)

        route = f"fhir_{kind.lower()}_search"
        yield Cell(f"search {kind} by {name}", kind, "s", route, by_address)
        yield Cell(f"search {kind} by {name}, as a form", kind, "s", f"{route}_by_form", by_form)


def cells() -> list[Cell]:
    """Those of every interaction that the server says it has."""
    found: list[Cell] = []
    (rest,) = fhir.get("metadata").json()["rest"]
    for resource in rest["resource"]:
        kind = resource["type"]
        for interaction in resource["interaction"]:
            match interaction["code"]:
                case "read":
                    found += read(kind)
                case "search-type":
                    found += search(kind, tuple(one["name"] for one in resource["searchParam"]))
                case code:
                    raise NoCells(f"{code} of {kind}")
    return found


def key_of(kind: str, place: Place) -> str:
    """The id of what a resource of that kind is at a place."""
    return place.patient if kind == "Patient" else place.coverage


def places(world: World) -> tuple[Place, ...]:
    """A member in each of two lines, and nobody."""
    found = []
    for name, line, member_id in SEEN:
        member = world.members[member_id]
        span = apps.get_model("members", "Coverage").objects.get(member=member)
        found.append(
            Place(
                name,
                line,
                keys.member_key(member.pk),
                keys.coverage_key(span.pk),
                member_id,
                member.last_name,
                member.first_name,
            )
        )
    return (*found, Place("nobody's"))
