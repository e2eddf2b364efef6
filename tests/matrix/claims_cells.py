"""The cells of Check Claim Status."""

from collections.abc import Mapping
from typing import Any

from portico.domains.claims import asked, finding
from portico.domains.claims.models import Claim
from portico.domains.permits.permit import NotPermitted
from portico.domains.permits.reasons import Reason
from tests.matrix import places
from tests.matrix.outcomes import NOT_FOUND, PAGE, Outcome, Outcomes, by_grant, goes, refused, signed_in
from tests.matrix.places import Arguments, Call
from tests.support import cast, claims, patients
from tests.support import world as worlds
from tests.support.world import Signer, World

NOT_GRANTED = refused(Reason.TAX_ID_NOT_GRANTED)
_NO_FUNCTION = {"eligibility_only": refused(Reason.FUNCTION_NOT_GRANTED)}
OUT_OF_NETWORK = {"out_of_network": refused(Reason.NOT_PARTICIPATING)}
_BESIDE = dict.fromkeys(("colleague", "outsider", "out_of_network"), NOT_GRANTED)
_SUBSCRIBER = f"S{patients.ZEPHYRINE}"


def by_claims(outcome: Outcome) -> dict[str, Outcome]:
    """The outcome for those who hold claims inquiry somewhere."""
    return by_grant(outcome) | _NO_FUNCTION


def claim_of(world: World, tax_id: str) -> Claim:
    """The claim that was sent under a tax ID."""
    held = world.asked_for.setdefault("claims", {})
    if tax_id not in held:
        held[tax_id] = claims.decided(f"26015-{tax_id}", tax_id=tax_id)
    made: Claim = held[tax_id]
    return made


def claim(tax_id: str) -> Arguments:
    """The claim under a tax ID."""
    return lambda world, actor: (claim_of(world, tax_id).public_id,)


def _inquiry(world: World, signer: Signer) -> Any:
    """A search of this person, for what was sent under a tax ID of the person's own."""
    tax_id = signer.person.tax_ids[0] if signer.person.tax_ids else cast.OWN
    claim_of(world, tax_id)
    wanted = asked.Asked(tax_id, subscriber_id=_SUBSCRIBER)
    try:
        return finding.ask(actor=worlds.actor(signer), asked=wanted)
    except (NotPermitted, AssertionError):
        return places.NOBODYS


def own_search(world: World, actor: str) -> tuple[Any, ...]:
    """A search of the actor's own, as far as one may be made; a visitor tries the front desk's."""
    return (_inquiry(world, world["front_desk" if actor == cast.VISITOR else actor]),)


def colleagues_search(world: World, actor: str) -> tuple[Any, ...]:
    """A search of somebody else at the same office."""
    return (_inquiry(world, world["medi_cal_only" if actor == "front_desk" else "front_desk"]),)


def _search(tax_id: str) -> places.Form:
    return places.sends(tax_id=tax_id, subscriber_id=_SUBSCRIBER)


def _sent(place: str, outcomes: Outcomes, tax_id: str) -> Call:
    return Call(place, outcomes, "POST", form=_search(tax_id))


_FOUND, _ELSEWHERE = by_claims(goes("claims_found")), by_claims(NOT_GRANTED) | _NO_FUNCTION
_HOLDERS = ("front_desk", "colleague", "outsider", "medi_cal_only")
# Made with a second factor, which the session that asks for it does not have.
_OWN = signed_in(NOT_FOUND) | dict.fromkeys(_HOLDERS, PAGE) | {"no_factor": refused(Reason.STEP_UP_REQUIRED)}

CELLS: Mapping[str, tuple[Call, ...]] = {
    "claims": (
        Call("anywhere", by_claims(PAGE)),
        _sent("own tax ID", _FOUND | _BESIDE, cast.OWN),
        _sent("another of the same office", _ELSEWHERE | {"colleague": goes("claims_found")}, cast.SECOND),
        _sent("another office's tax ID", _ELSEWHERE | {"outsider": goes("claims_found")}, cast.FOREIGN),
        _sent("nobody's tax ID", _ELSEWHERE, cast.UNKNOWN_TAX_ID),
    ),
    "claims_found": (
        Call("own", _OWN, arguments=own_search),
        Call("a colleague's", signed_in(NOT_FOUND), arguments=colleagues_search),
        Call("nobody's", signed_in(NOT_FOUND), arguments=places.fixed(places.NOBODYS)),
    ),
    "claim": (
        Call("own tax ID", by_claims(NOT_FOUND) | {"front_desk": PAGE}, arguments=claim(cast.OWN)),
        Call(
            "another of the same office",
            by_claims(NOT_FOUND) | {"colleague": PAGE},
            arguments=claim(cast.SECOND),
        ),
        Call("another office's", by_claims(NOT_FOUND) | {"outsider": PAGE}, arguments=claim(cast.FOREIGN)),
        Call("nobody's", by_claims(NOT_FOUND), arguments=places.fixed(places.NOBODYS)),
    ),
}
