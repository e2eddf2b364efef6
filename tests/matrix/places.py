"""Where a request is aimed: at what is one's own, another's, or nobody's; as arguments or as a form."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from tests.matrix.outcomes import Outcomes
from tests.support import patients
from tests.support.actors import TODAY
from tests.support.cast import VISITOR
from tests.support.world import Signer, World

NOBODYS = UUID("00000000-0000-4000-8000-000000000000")
NO_REFERENCE = "0000000000000000A"
NO_PERSONA = 999_999

Arguments = Callable[[World, str], tuple[Any, ...]]
Form = Callable[[World, str], Mapping[str, Any]]


def _no_arguments(world: World, actor: str) -> tuple[Any, ...]:
    del world, actor
    return ()


def _empty(world: World, actor: str) -> Mapping[str, Any]:
    del world, actor
    return {}


@dataclass(frozen=True, slots=True)
class Call:
    """One request at one place, and what comes of it for each actor.

    Refusals of a route may not tell places apart, unless another question `asks` more, such as a line.
    """

    place: str
    outcomes: Outcomes
    method: str = "GET"
    arguments: Arguments = field(default=_no_arguments)
    form: Form = field(default=_empty)
    asks: str = ""


def fixed(*arguments: Any) -> Arguments:
    """The same arguments for everybody."""
    return lambda world, actor: arguments


def sends(**values: Any) -> Form:
    """The same form for everybody."""
    return lambda world, actor: values


def own_lookup(world: World, actor: str) -> tuple[Any, ...]:
    """A search of the actor's own that found one person; a visitor tries the front desk's."""
    return (_mine(world, actor).lookup,)


def own_undecided(world: World, actor: str) -> tuple[Any, ...]:
    """A search of the actor's own that found several."""
    return (_mine(world, actor).undecided,)


def colleagues_lookup(world: World, actor: str) -> tuple[Any, ...]:
    """A search of somebody else at the same office."""
    return (world["eligibility_only" if actor == "front_desk" else "front_desk"].lookup,)


def colleagues_undecided(world: World, actor: str) -> tuple[Any, ...]:
    """The same, with several found."""
    return (world["eligibility_only" if actor == "front_desk" else "front_desk"].undecided,)


def foreign_lookup(world: World, actor: str) -> tuple[Any, ...]:
    """A search of another office; for those of that office, one of ours."""
    return (world["medi_cal_only" if actor == "outsider" else "outsider"].lookup,)


def foreign_undecided(world: World, actor: str) -> tuple[Any, ...]:
    """The same, with several found."""
    return (world["medi_cal_only" if actor == "outsider" else "outsider"].undecided,)


def receipt(tax_id: str) -> Arguments:
    """The receipt that was given under a tax ID."""
    return lambda world, actor: (world.receipts[tax_id],)


def receipt_typed(tax_id: str) -> Form:
    """The same as a form."""
    return lambda world, actor: {"reference": world.receipts[tax_id]}


def schedule(code: str) -> Arguments:
    """The Schedule of Benefits of a plan code, today."""
    return lambda world, actor: (code, TODAY)


def job(world: World, actor: str) -> tuple[Any, ...]:
    """A load."""
    del actor
    return (world.job,)


def work_item(world: World, actor: str) -> tuple[Any, ...]:
    """An open work item."""
    del actor
    return (world.work_item,)


def search(tax_id: str, *, line: str = "") -> Form:
    """A search for Zephyrine by member ID, asked for a tax ID."""
    return sends(member_id=patients.ZEPHYRINE, as_of=f"{TODAY:%m/%d/%Y}", tax_id=tax_id, line=line)


def own_persona(world: World, actor: str) -> Mapping[str, Any]:
    """The persona one acts as already."""
    return {"persona": _mine(world, actor).persona_id}


def others_persona(world: World, actor: str) -> Mapping[str, Any]:
    """The persona of somebody else."""
    return {"persona": world["colleague" if actor == "front_desk" else "front_desk"].persona_id}


def _mine(world: World, actor: str) -> Signer:
    return world["front_desk" if actor == VISITOR else actor]
