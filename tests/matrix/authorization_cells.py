"""The cells of Check Authorization Status, of one request, and of the office's desk for them."""

from collections.abc import Mapping
from typing import Any

from portico.domains.authorizations import asked, finding
from portico.domains.authorizations.models import Authorization
from portico.domains.permits.permit import NotPermitted
from portico.domains.permits.reasons import Reason
from tests.matrix import places
from tests.matrix.outcomes import (
    INVALID,
    NOT_FOUND,
    PAGE,
    Outcome,
    Outcomes,
    by_grant,
    goes,
    refused,
    signed_in,
)
from tests.matrix.places import Arguments, Call
from tests.support import authorizations, cast, documents_of_requests, patients
from tests.support import world as worlds
from tests.support.world import Signer, World

NOT_GRANTED = refused(Reason.TAX_ID_NOT_GRANTED)
STEP_UP = {"no_factor": refused(Reason.STEP_UP_REQUIRED)}
_NO_FUNCTION = {"eligibility_only": refused(Reason.FUNCTION_NOT_GRANTED)}
_BESIDE = dict.fromkeys(("colleague", "outsider", "out_of_network"), NOT_GRANTED)
_OUT_OF_NETWORK = {"out_of_network": refused(Reason.NOT_PARTICIPATING)}
_HOLDERS = ("front_desk", "colleague", "outsider", "medi_cal_only")
_NPI = {cast.FOREIGN: patients.NPI_ELSEWHERE}


def by_inquiry(outcome: Outcome) -> dict[str, Outcome]:
    """The outcome for those who hold authorization inquiry somewhere."""
    return by_grant(outcome) | _NO_FUNCTION


def request_of(world: World, tax_id: str) -> Authorization:
    """The request that was asked under a tax ID."""
    held = world.asked_for.setdefault("authorizations", {})
    if tax_id not in held:
        npi = _NPI.get(tax_id, patients.NPI)
        held[tax_id] = authorizations.pended(parties={"requesting": (tax_id, npi)})
        documents_of_requests.document(held[tax_id])
    made: Authorization = held[tax_id]
    return made


def request(tax_id: str) -> Arguments:
    """The request under a tax ID."""
    return lambda world, actor: (request_of(world, tax_id).public_id,)


def document(tax_id: str) -> Arguments:
    """The request under a tax ID, with its document."""

    def arguments(world: World, actor: str) -> tuple[Any, ...]:
        del actor
        row = request_of(world, tax_id)
        return row.public_id, row.documents.values_list("public_id", flat=True)[0]

    return arguments


def _inquiry(world: World, signer: Signer) -> Any:
    """A search of this person under a tax ID of their own, made once; nobody's where none may be made."""
    held = world.asked_for.setdefault("searches for requests", {})
    if signer.persona_id not in held:
        tax_id = signer.person.tax_ids[0] if signer.person.tax_ids else cast.OWN
        wanted = asked.Asked(tax_id, member_id=patients.ZEPHYRINE)
        try:
            held[signer.persona_id] = finding.ask(actor=worlds.actor(signer), asked=wanted)
        except (NotPermitted, AssertionError):
            held[signer.persona_id] = places.NOBODYS
    return held[signer.persona_id]


def _own(world: World, actor: str) -> tuple[Any, ...]:
    return (_inquiry(world, world["front_desk" if actor == cast.VISITOR else actor]),)


def _colleagues(world: World, actor: str) -> tuple[Any, ...]:
    return (_inquiry(world, world["medi_cal_only" if actor == "front_desk" else "front_desk"]),)


def _search(place: str, outcomes: Outcomes, tax_id: str) -> Call:
    return Call(place, outcomes, "POST", form=places.sends(tax_id=tax_id, member_id=patients.ZEPHYRINE))


def of_one(
    outcome: Outcome,
    method: str = "GET",
    form: places.Form | None = None,
    *,
    by: Mapping[str, Arguments] | None = None,
    nobodys: Arguments | None = None,
) -> tuple[Call, ...]:
    """What comes of a route of one request, at each office's own and at nobody's."""
    aims = by or {tax_id: request(tax_id) for tax_id in (cast.OWN, cast.SECOND, cast.FOREIGN)}
    sent, unknown = form or places.sends(), by_inquiry(NOT_FOUND)
    return (
        Call("own tax ID", unknown | {"front_desk": outcome}, method, aims[cast.OWN], sent),
        Call("another of the same office", unknown | {"colleague": outcome}, method, aims[cast.SECOND], sent),
        Call("another office's", unknown | {"outsider": outcome}, method, aims[cast.FOREIGN], sent),
        Call("nobody's", unknown, method, nobodys or places.fixed(places.NOBODYS), sent),
    )


_TO_LIST = goes("authorizations_found")
_FOUND, _ELSEWHERE = by_inquiry(_TO_LIST), by_inquiry(NOT_GRANTED) | _NO_FUNCTION
_OWN = signed_in(NOT_FOUND) | dict.fromkeys(_HOLDERS, PAGE) | STEP_UP
_DOCUMENTS = {tax_id: document(tax_id) for tax_id in (cast.OWN, cast.SECOND, cast.FOREIGN)}

CELLS: Mapping[str, tuple[Call, ...]] = {
    "authorizations": (
        Call("anywhere", by_inquiry(PAGE)),
        _search("own tax ID", _FOUND | _BESIDE, cast.OWN),
        _search("another of the same office", _ELSEWHERE | {"colleague": _TO_LIST}, cast.SECOND),
        _search("another office's tax ID", _ELSEWHERE | {"outsider": _TO_LIST}, cast.FOREIGN),
        _search("nobody's tax ID", _ELSEWHERE, cast.UNKNOWN_TAX_ID),
    ),
    "authorizations_found": (
        Call("own", _OWN, arguments=_own),
        Call("a colleague's", signed_in(NOT_FOUND), arguments=_colleagues),
        Call("nobody's", signed_in(NOT_FOUND), arguments=places.fixed(places.NOBODYS)),
    ),
    "authorizations_desk": (Call("own", by_inquiry(PAGE) | _OUT_OF_NETWORK),),
    "authorization": of_one(PAGE),
    "authorization_note": (
        *of_one(goes("authorization"), "POST", places.sends(text="Call the therapist.")),
        Call(
            "own tax ID, nothing said",
            by_inquiry(NOT_FOUND) | {"front_desk": INVALID},
            "POST",
            request(cast.OWN),
        ),
    ),
    "authorization_assign": of_one(goes("authorization"), "POST", places.sends(persona="")),
    "authorization_document": of_one(
        PAGE, by=_DOCUMENTS, nobodys=places.fixed(places.NOBODYS, places.NOBODYS)
    ),
}
