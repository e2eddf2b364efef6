"""Where a request is aimed: at what is one's own, another's, or nobody's; as arguments or as a form."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from portico.domains.accounts.coming_back import resets
from portico.domains.permits.actors import visitor
from tests.matrix.outcomes import Outcomes
from tests.support import cast, files_of_patients, mailing, patients, systems, with_passkeys
from tests.support.actors import NOW, TODAY
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


def mailed_link(world: World, actor: str) -> Mapping[str, Any]:
    """A new password, with the secret of a link that was mailed to the front desk."""
    del actor
    mailing.deliver()
    username = world["front_desk"].person.username
    resets.ask(actor=visitor(asked_at=NOW, today=TODAY), username=username, address="")
    [letter] = mailing.deliver()
    return {"t": mailing.link_in(letter).partition("?t=")[2], "password": "rain on the tin roof at night"}


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


def own_batch(*, is_asked: bool = True) -> Arguments:
    """A batch of the actor's own, asked or not yet; a visitor tries the front desk's."""
    return lambda world, actor: (_batch(_mine(world, actor), is_asked),)


def colleagues_batch(*, is_asked: bool = True) -> Arguments:
    """A batch of somebody else at the same office."""

    def arguments(world: World, actor: str) -> tuple[Any, ...]:
        return (_batch(world["eligibility_only" if actor == "front_desk" else "front_desk"], is_asked),)

    return arguments


def foreign_batch(*, is_asked: bool = True) -> Arguments:
    """A batch of another office; for those of that office, one of ours."""

    def arguments(world: World, actor: str) -> tuple[Any, ...]:
        return (_batch(world["medi_cal_only" if actor == "outsider" else "outsider"], is_asked),)

    return arguments


def _batch(signer: Signer, is_asked: bool) -> UUID:
    return files_of_patients.lying_there(signer, is_asked=is_asked)


def patients_file(tax_id: str) -> Form:
    """A file of one patient, asked for a tax ID."""

    def form(world: World, actor: str) -> Mapping[str, Any]:
        del world, actor
        file = files_of_patients.file(files_of_patients.ZEPHYRINE)
        return {"file": file, "as_of": f"{TODAY:%m/%d/%Y}", "tax_id": tax_id}

    return form


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


def partner(world: World, actor: str) -> tuple[Any, ...]:
    """A trading partner of an office."""
    del actor
    return (systems.public_id(systems.partner_of(world)),)


def client(world: World, actor: str) -> tuple[Any, ...]:
    """A FHIR client of an office."""
    del actor
    return (systems.public_id(systems.client_of(world)),)


def partners_grant(world: World, actor: str) -> tuple[Any, ...]:
    """A grant of the trading partner."""
    del actor
    made = systems.partner_of(world)
    return (systems.public_id(made), made.machine.grants[0].id)


def passkey(world: World, actor: str) -> tuple[Any, ...]:
    """A passkey of the front desk's."""
    del actor
    return (with_passkeys.lying_there(world["front_desk"].user_id),)


def beside_a_passkey(world: World, actor: str) -> tuple[Any, ...]:
    """No argument; the front desk has a passkey."""
    passkey(world, actor)
    return ()


def no_passkey(world: World, actor: str) -> tuple[Any, ...]:
    """A number that no passkey has."""
    return (passkey(world, actor)[0] + 1,)


def exchange(world: World, actor: str) -> tuple[Any, ...]:
    """An exchange in the log."""
    del actor
    return (systems.exchange_of(world),)


def nobodys_grant(world: World, actor: str) -> tuple[Any, ...]:
    """The same grant, of a system there is not."""
    return (NOBODYS, *partners_grant(world, actor)[1:])


def no_exchange(world: World, actor: str) -> tuple[Any, ...]:
    """A number that no exchange has yet."""
    del actor
    return (systems.exchange_of(world) + 1,)


def described(**more: Any) -> Form:
    """A system of Lakeside as the plan's desk describes it."""
    asked = {"functions": "eligibility", "tax_ids": cast.OWN, "tax_id": cast.OWN, "first_on": "01/01/2026"}
    return sends(name="New software", **asked, **more)


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
