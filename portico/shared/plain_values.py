"""Frozen values as plain JSON and back, by their types; no business meaning.

Fields go by name, those at their default left out, a choice between kinds of values under the kind's name. So
a field added later, with a default, leaves older texts readable.
"""

import types
from collections.abc import Callable, Iterable
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple, Union, get_args, get_origin, get_type_hints
from uuid import UUID

Image = dict[str, Any]


class Codec(NamedTuple):
    """From a value to what JSON holds, and back."""

    to_json: Callable[[Any], Any]
    of_json: Callable[[Any], Any]


def _same(value: Any) -> Any:
    return value


_PLAIN: dict[Any, Codec] = {
    date: Codec(date.isoformat, date.fromisoformat),
    datetime: Codec(datetime.isoformat, datetime.fromisoformat),
    Decimal: Codec(str, Decimal),
    UUID: Codec(str, UUID),
    str: Codec(str, _same),
    int: Codec(_same, _same),
    bool: Codec(_same, _same),
}


@cache
def codec_of(kind: Any) -> Codec:
    """How values of a type are written. Raises TypeError for a type that has no plain form."""
    origin, inner = get_origin(kind), get_args(kind)
    if kind in _PLAIN:
        return _PLAIN[kind]
    if origin in (Union, types.UnionType):
        return _choice(inner)
    if origin is tuple:
        return _row(inner)
    if origin is frozenset:
        return _many(inner[0], frozenset, sorted)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return Codec(str, kind)
    if is_dataclass(kind) or hasattr(kind, "_fields"):
        return _record(kind)
    raise TypeError(f"{kind} has no plain form")


def _choice(kinds: tuple[Any, ...]) -> Codec:
    """One of several kinds; None stands for itself, and a kind that is the only other one needs no name."""
    named = {kind.__name__: codec_of(kind) for kind in kinds if kind is not types.NoneType}
    if len(named) == 1:
        ((only),) = named.values()
        return Codec(
            lambda value: None if value is None else only.to_json(value),
            lambda image: None if image is None else only.of_json(image),
        )
    return Codec(lambda value: _named(named, value), lambda image: _unnamed(named, image))


def _named(codecs: dict[str, Codec], value: Any) -> Any:
    name = type(value).__name__
    return None if value is None else {name: codecs[name].to_json(value)}


def _unnamed(codecs: dict[str, Codec], image: Any) -> Any:
    if image is None:
        return None
    ((name, inner),) = image.items()
    return codecs[name].of_json(inner)


def _row(kinds: tuple[Any, ...]) -> Codec:
    if kinds[1:] == (Ellipsis,):
        return _many(kinds[0], tuple, _same)
    codecs = tuple(map(codec_of, kinds))
    return Codec(
        lambda row: [codec.to_json(value) for codec, value in zip(codecs, row, strict=True)],
        lambda row: tuple(codec.of_json(value) for codec, value in zip(codecs, row, strict=True)),
    )


def _many(kind: Any, gather: Callable[[Iterable[Any]], Any], order: Callable[[Any], Any]) -> Codec:
    codec = codec_of(kind)
    return Codec(
        lambda values: [codec.to_json(value) for value in order(values)],
        lambda values: gather(codec.of_json(value) for value in values),
    )


def _record(kind: Any) -> Codec:
    """A dataclass or a named tuple; its codecs are found when first used, since records may nest."""
    hints, defaults = get_type_hints(kind), _defaults(kind)
    codecs = [(name, codec_of(hint), defaults.get(name, MISSING)) for name, hint in hints.items()]
    by_name = {name: codec for name, codec, _ in codecs}

    def to_json(value: Any) -> Image:
        image = {}
        for name, codec, default in codecs:
            held = getattr(value, name)
            if held is not default and held != default:
                image[name] = codec.to_json(held)
        return image

    def of_json(image: Image) -> Any:
        return kind(**{name: by_name[name].of_json(held) for name, held in image.items() if name in by_name})

    return Codec(to_json, of_json)


def _defaults(kind: Any) -> dict[str, Any]:
    if not is_dataclass(kind):
        return dict(kind._field_defaults)
    return {field.name: field.default for field in fields(kind) if field.default is not MISSING}
