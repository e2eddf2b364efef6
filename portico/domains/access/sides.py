"""For whom a billing company's people work: their own office or a client, one at a time. Pure.

A client's tax ID is reached by the functions and in the lines the client gave, and by no grant beyond that.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol

from portico.domains.permits.actors import Grant, Lent
from portico.domains.permits.functions import Function

EVERY: Final = 0
RUNS, TAKES_PART = "runs", "takes_part"
CLIENT, LATE_CLIENT = "client", "late_client"


class Row(Protocol):
    """One tax ID of a client: `id` the client's office, `dimension` the functions, `function` the lines.

    `kind`: CLIENT, or LATE_CLIENT where that office is late with its access review.
    `state`: RUNS, TAKES_PART where the tax ID also takes part in the network, else "": over, or not begun.
    """

    @property
    def kind(self) -> str: ...

    @property
    def id(self) -> int: ...

    @property
    def function(self) -> str: ...

    @property
    def state(self) -> str: ...

    @property
    def dimension(self) -> str: ...

    @property
    def value(self) -> str: ...


def chosen(
    asked: int | None,
    office_id: int | None,
    taking_part: Collection[str],
    rows: Sequence[Row],
    *,
    named: Collection[str] | None = None,
) -> int | None:
    """The office worked for: the one asked for while it is one, else the own where it has work, else a
    client; `named`: only one whose tax ID is among these, which somebody's grants name.

    EVERY stays EVERY; None for whoever has no office.
    """
    if asked == EVERY or office_id is None:
        return asked if office_id is not None else None
    running = sorted({row.id for row in rows if row.state})
    if asked is not None and asked in (office_id, *running):
        return asked
    reached = sorted({row.id for row in rows if row.state and (named is None or row.value in named)})
    return office_id if taking_part or not reached else reached[0]


@dataclass(frozen=True, slots=True)
class Clients:
    """The sides there are, and the one somebody is on: `at`, an office; EVERY of them; None without one."""

    own: frozenset[str]
    at: int | None
    office_id: int | None
    rows: tuple[Row, ...] = ()

    def offices(self) -> tuple[int, ...]:
        """The clients whose work goes on, by number."""
        return tuple(sorted({row.id for row in self.rows if row.state}))

    def tax_ids(self) -> frozenset[str]:
        """The tax IDs of this side."""
        own = self.own if self._is_own() else frozenset()
        return own | {row.value for row in self._here()}

    def taking_part(self, own: Collection[str]) -> frozenset[str]:
        """Those of this side that take part in the network; `own` are the office's own that do."""
        mine = frozenset(own) if self._is_own() else frozenset()
        return mine | {row.value for row in self._here() if row.state == TAKES_PART}

    def former(self) -> frozenset[str]:
        """The tax IDs of clients that are over and were not given again."""
        running = {row.value for row in self.rows if row.state}
        return frozenset(row.value for row in self.rows if not row.state) - running - self.own

    def lent(self) -> tuple[Lent, ...]:
        """What the clients of this side gave, tax ID by tax ID."""
        return tuple(
            Lent(
                row.value,
                frozenset(Function(each) for each in row.dimension.split() if each in _KNOWN),
                frozenset(row.function.split()) or None,
                is_late=row.kind == LATE_CLIENT,
            )
            for row in self._here()
        )

    def elsewhere(self, grants: Iterable[Grant]) -> frozenset[str]:
        """The tax IDs of other sides that one of these grants names, as it is held."""
        if not self.rows:
            return frozenset()
        running = self.own | {row.value for row in self.rows if row.state}
        named = frozenset[str]().union(*(grant.tax_ids for grant in grants))
        return (running & named) - self.tax_ids()

    def parts(self, grant: Grant) -> Iterator[Grant]:
        """The grant as far as it reaches on this side: in the own office, and with each client's tax ID.

        A tax ID the office no longer bills under, or that its client took back, is not reached any more,
        whatever the grant names. One that reaches nothing stays, so that a refusal can say why. Managing
        users is about the own office on every side.
        """
        own = grant.tax_ids & self.own
        is_own = self._is_own() or grant.function is Function.MANAGE_USERS
        lent = self._lent(grant) if self.rows and grant.function is not Function.MANAGE_USERS else []
        if (is_own and own) or not lent:
            reached = own if is_own else frozenset()
            yield grant if reached == grant.tax_ids else replace(grant, tax_ids=reached)
        yield from lent

    def _lent(self, grant: Grant) -> list[Grant]:
        lent = (
            replace(grant, tax_ids=frozenset((row.value,)), lines=_narrowed(grant.lines, row.function))
            for row in self._here()
            if row.value in grant.tax_ids and grant.function in row.dimension.split()
        )
        return [part for part in lent if part.lines is None or part.lines]

    def _here(self) -> list[Row]:
        return [row for row in self.rows if row.state and self.at in (EVERY, row.id)]

    def _is_own(self) -> bool:
        return self.at in (EVERY, None, self.office_id)


def _narrowed(held: frozenset[str] | None, given: str) -> frozenset[str] | None:
    """The lines of the grant that the client gave; none named is every line. Perhaps none at all."""
    lines = frozenset(given.split())
    if not lines:
        return held
    return lines if held is None else held & lines


_KNOWN: Final = frozenset(Function)
