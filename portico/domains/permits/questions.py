"""A question put to `decide()`, and the scope an open one is answered with."""

from dataclasses import dataclass
from typing import NamedTuple

from portico.domains.permits.functions import Function


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked to be done, and where; None leaves a dimension open (all that is granted).

    `lately`: the act is sensitive, so whoever asks has shown not long ago that it is they.
    """

    function: Function
    tax_id: str | None = None
    line: str | None = None
    provider: str | None = None
    region: str | None = None
    lately: bool = False


class Reach(NamedTuple):
    """One grant's share of a scope; None means every one. A tuple, because a scope may hold a thousand."""

    tax_ids: frozenset[str]
    lines: frozenset[str] | None
    providers: frozenset[str] | None
    regions: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Scope:
    """How far a permit reaches: the union of its reaches. `everything` is for the plan and the system."""

    reaches: tuple[Reach, ...] = ()
    everything: bool = False

    def lines(self) -> frozenset[str] | None:
        """Every line some reach holds; None when one of them holds all."""
        if self.everything or any(reach.lines is None for reach in self.reaches):
            return None
        return frozenset().union(*(reach.lines or () for reach in self.reaches))

    def tax_ids(self) -> frozenset[str]:
        """Every tax ID some reach holds."""
        return frozenset().union(*(reach.tax_ids for reach in self.reaches))


NOWHERE = Scope()
EVERYWHERE = Scope(everything=True)
