"""Answers and questions as text and back: what a batch keeps is read by every edge as it was told.

Frozen values become JSON by their types: fields by name, those at their default left out, a choice between
kinds of values under the kind's name. So a field added later, with a default, leaves older texts readable.
Answers repeat much (a plan's services), so their text is compressed.
"""

import base64
import json
import types
import zlib
from collections.abc import Callable, Iterable
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from portico.domains.members.answers import Answered
from portico.domains.members.asked import Inquiry, NotAnswered
from portico.domains.permits.decisions import Decision

Kept = Answered | NotAnswered | Decision
Image = dict[str, Any]

_AMOUNTS = ("benefits", "accumulators")


class _Codec(NamedTuple):
    """From a value to what JSON holds, and back."""

    to_json: Callable[[Any], Any]
    of_json: Callable[[Any], Any]


def text_of(answer: Kept) -> str:
    """What came of a question, whole, as ASCII text."""
    plain = json.dumps(_codec(Kept).to_json(answer), separators=(",", ":"))
    return base64.b64encode(zlib.compress(plain.encode(), 1)).decode()


def answer_of(text: str, *, with_benefits: bool = True) -> Kept:
    """The answer a text was made of; without `with_benefits`, quicker, and without the amounts."""
    image = json.loads(zlib.decompress(base64.b64decode(text)))
    if not with_benefits:
        for told in image.get(Answered.__name__, {}).get("told", ()):
            for part in _AMOUNTS:
                told.pop(part, None)
    answer: Kept = _codec(Kept).of_json(image)
    return answer


def image_of(inquiry: Inquiry) -> Image:
    """A question as JSON holds it."""
    image: Image = _codec(Inquiry).to_json(inquiry)
    return image


def inquiry_of(image: Image) -> Inquiry:
    """The question an image was made of."""
    inquiry: Inquiry = _codec(Inquiry).of_json(image)
    return inquiry


def _same(value: Any) -> Any:
    return value


_PLAIN: dict[Any, _Codec] = {
    date: _Codec(date.isoformat, date.fromisoformat),
    datetime: _Codec(datetime.isoformat, datetime.fromisoformat),
    Decimal: _Codec(str, Decimal),
    UUID: _Codec(str, UUID),
    str: _Codec(str, _same),
    int: _Codec(_same, _same),
    bool: _Codec(_same, _same),
}


@cache
def _codec(kind: Any) -> _Codec:
    """How values of a type are written. Raises TypeError for a type that no answer has."""
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
        return _Codec(str, kind)
    if is_dataclass(kind) or hasattr(kind, "_fields"):
        return _record(kind)
    raise TypeError(f"{kind} has no place in what is kept")


def _choice(kinds: tuple[Any, ...]) -> _Codec:
    """One of several kinds; None stands for itself, and a kind that is the only other one needs no name."""
    named = {kind.__name__: _codec(kind) for kind in kinds if kind is not types.NoneType}
    if len(named) == 1:
        ((only),) = named.values()
        return _Codec(
            lambda value: None if value is None else only.to_json(value),
            lambda image: None if image is None else only.of_json(image),
        )
    return _Codec(lambda value: _named(named, value), lambda image: _unnamed(named, image))


def _named(codecs: dict[str, _Codec], value: Any) -> Any:
    name = type(value).__name__
    return None if value is None else {name: codecs[name].to_json(value)}


def _unnamed(codecs: dict[str, _Codec], image: Any) -> Any:
    if image is None:
        return None
    ((name, inner),) = image.items()
    return codecs[name].of_json(inner)


def _row(kinds: tuple[Any, ...]) -> _Codec:
    if kinds[1:] == (Ellipsis,):
        return _many(kinds[0], tuple, _same)
    codecs = tuple(map(_codec, kinds))
    return _Codec(
        lambda row: [codec.to_json(value) for codec, value in zip(codecs, row, strict=True)],
        lambda row: tuple(codec.of_json(value) for codec, value in zip(codecs, row, strict=True)),
    )


def _many(kind: Any, gather: Callable[[Iterable[Any]], Any], order: Callable[[Any], Any]) -> _Codec:
    codec = _codec(kind)
    return _Codec(
        lambda values: [codec.to_json(value) for value in order(values)],
        lambda values: gather(codec.of_json(value) for value in values),
    )


def _record(kind: Any) -> _Codec:
    """A dataclass or a named tuple; its codecs are found when first used, since records may nest."""
    hints, defaults = get_type_hints(kind), _defaults(kind)
    codecs = [(name, _codec(hint), defaults.get(name, MISSING)) for name, hint in hints.items()]
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

    return _Codec(to_json, of_json)


def _defaults(kind: Any) -> dict[str, Any]:
    if not is_dataclass(kind):
        return dict(kind._field_defaults)
    return {field.name: field.default for field in fields(kind) if field.default is not MISSING}
