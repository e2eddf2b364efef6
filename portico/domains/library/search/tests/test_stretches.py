"""Stretches: at every instant and day they answer as the rules do."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from portico.domains.library import rules
from portico.domains.library.search import stretches

DAY, AT = date(2026, 3, 1), datetime(2026, 3, 1, tzinfo=UTC)


@dataclass(frozen=True)
class _Version:
    first_on: date
    last_on: date | None
    state: str
    publish_at: datetime | None


@st.composite
def _versions(draw: st.DrawFn) -> list[_Version]:
    """Several may begin on one day, but no two of them are published at one instant."""
    made = []
    begun = draw(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), unique=True, max_size=4))
    for first, published in begun:
        lasts = draw(st.none() | st.integers(0, 5))
        last_on = None if lasts is None else DAY + timedelta(days=first + lasts)
        state = draw(st.sampled_from(["published", "scheduled", "draft", "withdrawn"]))
        publish_at = AT + timedelta(days=published)
        made.append(_Version(DAY + timedelta(days=first), last_on, state, publish_at))
    return made


@given(_versions(), st.integers(0, 10), st.integers(0, 10), st.integers(0, 16))
def test_what_is_found_is_what_is_in_force(
    versions: list[_Version], built: int, later: int, day: int
) -> None:
    made_at, asked_at = AT + timedelta(days=built), AT + timedelta(days=built + later)
    on = DAY + timedelta(days=day)
    found = [
        versions[each.place]
        for each in stretches.of(versions, at=made_at)
        if each.known_at <= asked_at and (each.known_until is None or asked_at < each.known_until)
        if versions[each.place].first_on <= on and (each.last_on is None or on <= each.last_on)
    ]
    right = rules.in_force(rules.published(versions, asked_at), on)
    assert found == ([] if right is None else [right])
