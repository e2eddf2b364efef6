"""The exact bytes of a row, and what marks, links and signatures are made of."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portico.domains.audit import rules

AT = datetime(2026, 3, 12, 17, 4, 5, 60, tzinfo=UTC)


def bytes_of(**changed: object) -> bytes:
    facts: dict[str, Any] = {"at": AT, "values": ("R1", None, 7), "reasons": ["a"]}
    facts["subjects"] = [("member", "M1")]
    return rules.row_bytes(**{**facts, **changed})


def test_the_bytes_of_a_row_are_written_down_for_good() -> None:
    assert bytes_of() == (
        b'["portico-audit-row-1","2026-03-12T17:04:05.000060Z","R1",null,7,["a"],[["member","M1"]]]'
    )


def test_an_instant_is_the_same_text_in_every_time_zone() -> None:
    pacific = AT.astimezone(timezone(timedelta(hours=-7)))
    assert bytes_of(at=pacific) == bytes_of()


@pytest.mark.parametrize(
    "changed",
    [
        {"at": AT + timedelta(microseconds=1)},
        {"values": ("R1", 7, None)},
        {"values": ("R1", "", 7)},
        {"values": ("R1", None, "7")},
        {"reasons": []},
        {"reasons": ["a", "b"]},
        {"subjects": []},
        {"subjects": [("member", "M2")]},
        {"subjects": [("memberM", "1")]},
    ],
)
def test_any_difference_makes_other_bytes(changed: dict[str, object]) -> None:
    assert bytes_of(**changed) != bytes_of()


@given(st.lists(st.text(), max_size=4), st.lists(st.text(), max_size=4))
def test_no_text_can_pretend_to_be_two_columns(first: list[str], second: list[str]) -> None:
    assert (bytes_of(values=first) == bytes_of(values=second)) == (first == second)


@pytest.mark.parametrize(
    "changed", [{"position": 2}, {"entry_id": 10}, {"row": b"other"}, {"previous": b"\x01" * 32}]
)
def test_a_link_depends_on_place_row_and_everything_before(changed: dict[str, object]) -> None:
    facts: dict[str, object] = {"previous": rules.GENESIS, "position": 1, "entry_id": 9, "row": b"row"}

    def link(previous: bytes, position: int, entry_id: int, row: bytes) -> bytes:
        return rules.link_hash(previous, position=position, entry_id=entry_id, row=row)

    assert link(**{**facts, **changed}) != link(**facts)  # type: ignore[arg-type]


def test_a_signature_needs_the_key() -> None:
    head = rules.HeadFacts(3, 1, b"h" * 32, 3, AT)
    assert rules.signature(b"k" * 32, head) == rules.signature(b"k" * 32, head)
    assert rules.signature(b"k" * 32, head) != rules.signature(b"K" * 32, head)


@pytest.mark.parametrize(
    "other",
    [
        rules.HeadFacts(4, 1, b"h" * 32, 3, AT),
        rules.HeadFacts(3, 2, b"h" * 32, 3, AT),
        rules.HeadFacts(3, 1, b"g" * 32, 3, AT),
        rules.HeadFacts(3, 1, b"h" * 32, 4, AT),
        rules.HeadFacts(3, 1, b"h" * 32, 3, AT + timedelta(seconds=1)),
    ],
)
def test_a_signature_covers_everything_a_head_says(other: rules.HeadFacts) -> None:
    head = rules.HeadFacts(3, 1, b"h" * 32, 3, AT)
    assert not rules.is_same(rules.signature(b"k", other), rules.signature(b"k", head))
