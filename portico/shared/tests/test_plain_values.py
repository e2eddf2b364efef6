"""Values as plain JSON, by their types."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import pytest

from portico.shared.plain_values import codec_of


@dataclass(frozen=True)
class _Inner:
    amount: Decimal = Decimal(0)


@dataclass(frozen=True)
class _Outer:
    name: str
    on: date | None = None
    inner: _Inner = _Inner()
    all: tuple[_Inner, ...] = ()
    made: _Inner = field(default_factory=_Inner)


def test_a_value_comes_back_as_it_was() -> None:
    value = _Outer("x", date(2024, 2, 29), _Inner(Decimal("1.10")), (_Inner(), _Inner(Decimal("2"))))
    codec = codec_of(_Outer)
    assert codec.of_json(codec.to_json(value)) == value


def test_what_stands_at_its_default_is_left_out() -> None:
    assert codec_of(_Outer).to_json(_Outer("x")) == {"name": "x", "made": {}}


def test_a_field_nobody_knows_any_more_is_passed_over() -> None:
    assert codec_of(_Outer).of_json({"name": "x", "gone": 1}) == _Outer("x")


def test_a_type_without_a_plain_form_is_refused() -> None:
    with pytest.raises(TypeError):
        codec_of(complex)
