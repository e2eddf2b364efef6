"""The cells of Check Claim Status."""

from collections.abc import Callable, Mapping
from typing import Any

from portico.domains.claims import asked, exports, filters, finding
from portico.domains.claims.models import Claim, SavedFilter
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import NotPermitted
from portico.domains.permits.reasons import Reason
from tests.matrix import places
from tests.matrix.outcomes import (
    INVALID,
    NOT_FOUND,
    PAGE,
    Outcome,
    Outcomes,
    by_desk,
    by_grant,
    goes,
    refused,
    signed_in,
)
from tests.matrix.places import Arguments, Call
from tests.support import cast, claims, patients
from tests.support import world as worlds
from tests.support.world import Signer, World

_Making = Callable[[World, Signer], Any]
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
    claim_of(world, _of(signer).tax_id)
    return finding.ask(actor=worlds.actor(signer), asked=_of(signer))


def _export(world: World, signer: Signer) -> Any:
    """An export that this person asked for; nothing of it is written yet."""
    del world
    return exports.ask(actor=worlds.actor(signer), asked=_of(signer), format="csv")


def _filter(world: World, signer: Signer) -> Any:
    """A filter that this person saved."""
    del world
    filters.save(actor=worlds.actor(signer), name="Mine", asked=_of(signer))
    return SavedFilter.objects.get(persona_id=signer.persona_id).public_id


def _made_by(make: _Making, world: World, signer: Signer) -> Any:
    """What this person made, once; nobody's where nothing may be made, as by whoever is suspended."""
    held = world.asked_for.setdefault("made of claims", {})
    key = (make.__name__, signer.persona_id)
    if key not in held:
        try:
            held[key] = make(world, signer)
        except (NotPermitted, AssertionError):
            held[key] = places.NOBODYS
    return held[key]


def _of(signer: Signer) -> asked.Asked:
    tax_id = signer.person.tax_ids[0] if signer.person.tax_ids else cast.OWN
    return asked.Asked(tax_id, subscriber_id=_SUBSCRIBER)


def _own(make: _Making) -> Arguments:
    """What the actor made; a visitor tries the front desk's."""
    return lambda world, actor: (
        _made_by(make, world, world["front_desk" if actor == cast.VISITOR else actor]),
    )


def _colleagues(make: _Making) -> Arguments:
    """What somebody else at the same office made."""
    return lambda world, actor: (
        _made_by(make, world, world["medi_cal_only" if actor == "front_desk" else "front_desk"]),
    )


def _acts(own: Outcomes, unknown: Outcomes, make: _Making, form: places.Form) -> tuple[Call, ...]:
    """An act on what one made, what a colleague made, and what nobody did."""
    return (
        Call("own", own, "POST", _own(make), form),
        Call("a colleague's", unknown, "POST", _colleagues(make), form),
        Call("nobody's", unknown, "POST", places.fixed(places.NOBODYS), form),
    )


def _search(tax_id: str) -> places.Form:
    return places.sends(tax_id=tax_id, subscriber_id=_SUBSCRIBER)


def _sent(place: str, outcomes: Outcomes, tax_id: str) -> Call:
    return Call(place, outcomes, "POST", form=_search(tax_id))


_FOUND, _ELSEWHERE = by_claims(goes("claims_found")), by_claims(NOT_GRANTED) | _NO_FUNCTION
_HOLDERS = ("front_desk", "colleague", "outsider", "medi_cal_only")
_NAMED, _FILE = places.sends(name="Mine"), places.sends(format="csv")
_UNKNOWN = signed_in(NOT_FOUND)
# Made with a second factor, which the session that asks for it does not have.
_OWN = signed_in(NOT_FOUND) | dict.fromkeys(_HOLDERS, PAGE) | {"no_factor": refused(Reason.STEP_UP_REQUIRED)}


def _made(route: str) -> Outcomes:
    """What comes of an act on a search of one's own."""
    step_up = {"no_factor": refused(Reason.STEP_UP_REQUIRED)}
    return signed_in(NOT_FOUND) | dict.fromkeys(_HOLDERS, goes(route)) | step_up


_RULED = by_desk(Function.CLAIM_RULES, PAGE)
_DEADLINE = places.sends(
    do="add_deadline",
    kind="dispute",
    days="365",
    unit="calendar",
    first_on="01/01/2020",
    citation="28 CCR 1300.71.38",
)


CELLS: Mapping[str, tuple[Call, ...]] = {
    "claims": (
        Call("anywhere", by_claims(PAGE)),
        _sent("own tax ID", _FOUND | _BESIDE, cast.OWN),
        _sent("another of the same office", _ELSEWHERE | {"colleague": goes("claims_found")}, cast.SECOND),
        _sent("another office's tax ID", _ELSEWHERE | {"outsider": goes("claims_found")}, cast.FOREIGN),
        _sent("nobody's tax ID", _ELSEWHERE, cast.UNKNOWN_TAX_ID),
    ),
    "claims_found": (
        Call("own", _OWN, arguments=_own(_inquiry)),
        Call("a colleague's", signed_in(NOT_FOUND), arguments=_colleagues(_inquiry)),
        Call("nobody's", signed_in(NOT_FOUND), arguments=places.fixed(places.NOBODYS)),
    ),
    "claim_rules": (
        Call("as they are", _RULED),
        Call("one more", by_desk(Function.CLAIM_RULES, goes("claim_rules")), "POST", form=_DEADLINE),
        Call(
            "that cannot be",
            by_desk(Function.CLAIM_RULES, INVALID),
            "POST",
            form=places.sends(do="add_policy"),
        ),
    ),
    "claims_save": _acts(_made("claims_filters"), _UNKNOWN, _inquiry, _NAMED),
    "claims_export": _acts(_made("claims_exports"), _UNKNOWN, _inquiry, _FILE),
    "claims_filters": (Call("own", by_claims(PAGE)),),
    "claims_filter": _acts(_made("claims_found"), _UNKNOWN, _filter, places.sends()),
    "claims_filter_remove": _acts(
        by_claims(NOT_FOUND) | dict.fromkeys(_HOLDERS, goes("claims_filters")),
        by_claims(NOT_FOUND),
        _filter,
        places.sends(),
    ),
    "claims_exports": (Call("own", by_claims(PAGE)),),
    "claims_export_file": (
        Call("own, not written yet", _UNKNOWN, arguments=_own(_export)),
        Call("a colleague's", _UNKNOWN, arguments=_colleagues(_export)),
        Call("nobody's", _UNKNOWN, arguments=places.fixed(places.NOBODYS)),
    ),
    "claims_export_remove": _acts(
        by_claims(NOT_FOUND) | dict.fromkeys(_HOLDERS, goes("claims_exports")),
        by_claims(NOT_FOUND),
        _export,
        places.sends(),
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
