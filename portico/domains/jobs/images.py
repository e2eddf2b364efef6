"""Column values as JSON and back, for any model: binary as base64, days, instants and money as text."""

from collections.abc import Iterable, Mapping
from types import SimpleNamespace
from typing import Any

from django.db.models import Field, Model

Image = dict[str, Any]


def of_values(model: type[Model], values: Mapping[str, Any]) -> Image:
    """The image of some columns of a row, given as column name (`plan_id`, not `plan`) to value."""
    fields = _fields(model)
    return {name: _to_json(fields[name], value) for name, value in values.items()}


def of_instance(instance: Model, columns: Iterable[str] | None = None) -> Image:
    """The image of an instance: of these columns, or of all."""
    wanted = _fields(type(instance)) if columns is None else columns
    return of_values(type(instance), {name: getattr(instance, name) for name in wanted})


def to_values(model: type[Model], image: Image) -> dict[str, Any]:
    """The values an image was made of."""
    fields = _fields(model)
    return {name: None if text is None else fields[name].to_python(text) for name, text in image.items()}


def _to_json(field: "Field[Any, Any]", value: Any) -> Any:
    return None if value is None else field.value_to_string(SimpleNamespace(**{field.attname: value}))  # type: ignore[arg-type]


def _fields(model: type[Model]) -> "dict[str, Field[Any, Any]]":
    return {field.attname: field for field in model._meta.concrete_fields}
