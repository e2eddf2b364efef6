"""What the R4 models of `fhir.resources` find in a resource that we emit, and what they let pass.

The models refuse unknown fields, missing ones and wrong types. They list the codes of an element but do not
look; they drop empty lists, and mend what is nearly right in silence. So codes are compared here, and what
the models write is compared with what they were given. The types used here are the same in R4 and R4B.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from fhir.resources.R4B import get_fhir_model_class
from fhir_core.fhirabstractmodel import FHIRAbstractModel
from pydantic import ValidationError
from pydantic.fields import FieldInfo

# The one list of theirs that is open: formats are MIME types.
OPEN_LISTS = {("CapabilityStatement", "format")}


def assert_fits_r4(resource: Mapping[str, Any]) -> None:
    """Fails with every finding unless the resource, and each one inside it, fits R4's base."""
    found = faults(resource)
    assert not found, "\n".join(found)


def faults(resource: Mapping[str, Any]) -> list[str]:
    """What is wrong with a resource given as read from JSON, with the place of each fault."""
    kind = resource.get("resourceType")
    try:
        model = get_fhir_model_class(str(kind)).model_validate(dict(resource))
    except ValidationError as error:
        return [f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()]
    except ValueError as error:
        return [f"resourceType: {error}"]
    written = model.model_dump(mode="json")
    return [*_empty(resource, str(kind)), *_codes(model, str(kind)), *_changes(resource, written, str(kind))]


def _empty(value: Any, place: str) -> Iterator[str]:
    """What says nothing, and may therefore not be written at all."""
    if value in (None, "", [], {}):
        yield f"{place}: empty"
    for key, child in _children(value):
        yield from _empty(child, f"{place}.{key}")


def _codes(value: Any, place: str) -> Iterator[str]:
    """Codes that are not on the list their element is bound to."""
    for at, one in _children(value):
        yield from _codes(one, f"{place}.{at}")
    if isinstance(value, FHIRAbstractModel):
        for name, field in type(value).model_fields.items():
            held = getattr(value, name)
            yield from _off_the_list(held, _list_of(value, name, field), f"{place}.{name}")
            yield from _codes(held, f"{place}.{name}")


def _list_of(model: FHIRAbstractModel, name: str, field: FieldInfo) -> list[Any] | None:
    extra = field.json_schema_extra
    allowed = extra.get("enum_values") if isinstance(extra, dict) else None
    is_open = (model.get_resource_type(), name) in OPEN_LISTS
    return allowed if isinstance(allowed, list) and not is_open else None


def _off_the_list(held: Any, allowed: list[Any] | None, place: str) -> Iterator[str]:
    for code in held if isinstance(held, list) else [held]:
        if allowed is not None and code not in (None, *allowed):
            yield f"{place}: {code!r} is not one of {allowed}"


def _changes(given: Any, written: Any, place: str) -> Iterator[str]:
    """Where the models write something else than they were given."""
    if type(given) is not type(written) and not _are_numbers(given, written):
        yield f"{place}: {given!r} became {written!r}"
    elif isinstance(given, dict | list):
        ours, theirs = dict(_children(given)), dict(_children(written))
        for key in sorted(ours.keys() | theirs.keys(), key=str):
            yield from _changes(ours.get(key), theirs.get(key), f"{place}.{key}")
    elif given != written and not _are_one_instant(given, written):
        yield f"{place}: {given!r} became {written!r}"


def _children(value: Any) -> list[tuple[Any, Any]]:
    if isinstance(value, dict):
        return list(value.items())
    return list(enumerate(value)) if isinstance(value, list) else []


def _are_numbers(one: Any, other: Any) -> bool:
    return all(isinstance(value, int | float) and not isinstance(value, bool) for value in (one, other))


def _are_one_instant(one: Any, other: Any) -> bool:
    try:
        return datetime.fromisoformat(one) == datetime.fromisoformat(other)
    except (TypeError, ValueError):
        return False
