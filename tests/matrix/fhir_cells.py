"""The cells of the FHIR server for people: whoever is signed in to the pages is nobody here.

What applications get is in tests/fhir/test_refusals.py. Both are made from the registry of resources.
"""

from collections.abc import Iterator, Mapping

from portico.edges.fhir.registry import RESOURCES
from tests.matrix import places
from tests.matrix.outcomes import NOT_FOUND, PAGE, Outcome, everybody
from tests.matrix.places import Call
from tests.support import patients

NOT_SIGNED_IN, NO_ASSERTION = Outcome(401), Outcome(400)
_NOBODY_HERE = everybody(NOT_SIGNED_IN)
_BY_ID = places.sends(_id="ab" * 16, identifier=patients.ZEPHYRINE)


def _of_resources() -> Iterator[tuple[str, tuple[Call, ...]]]:
    for resource in RESOURCES:
        name = f"fhir_{resource.lower()}"
        yield f"{name}_search", (Call("anybody", _NOBODY_HERE, form=_BY_ID),)
        yield f"{name}_search_by_form", (Call("anybody", _NOBODY_HERE, "POST", form=_BY_ID),)
        yield f"{name}_read", (Call("nothing", _NOBODY_HERE, arguments=places.fixed("ab" * 16)),)


CELLS: Mapping[str, tuple[Call, ...]] = {
    "fhir_metadata": (Call("anywhere", everybody(PAGE)),),
    "fhir_smart_configuration": (Call("anywhere", everybody(PAGE)),),
    "smart_configuration": (Call("anywhere", everybody(PAGE)),),
    "fhir_token": (Call("without an assertion", everybody(NO_ASSERTION), "POST"),),
    "fhir_unknown": (
        Call("anywhere", everybody(NOT_FOUND)),
        Call("anywhere", everybody(NOT_FOUND), "POST"),
    ),
    **dict(_of_resources()),
}
