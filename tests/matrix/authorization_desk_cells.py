"""The cells of the plan's desk for authorizations."""

from collections.abc import Mapping
from typing import Any

from portico.domains.authorizations import models
from portico.domains.permits.functions import Function
from tests.matrix import authorization_cells as office
from tests.matrix import places
from tests.matrix.outcomes import INVALID, NOT_FOUND, PAGE, Outcome, Outcomes, by_desk, goes
from tests.matrix.places import Call
from tests.support import authorizations, cast
from tests.support.actors import TODAY
from tests.support.world import World

ANYWHERE, WAITS, NOBODYS = "anywhere", "one that waits", "nobody's"
NO_REQUEST = places.fixed(places.NOBODYS)
NO_TRACE = places.fixed(places.NOBODYS, 999_999)
NO_PART = places.fixed(places.NOBODYS, places.NOBODYS)
# A refusal says the address back, and with it the key: no questionnaire is a secret.
NO_QUESTIONNAIRE, ADDRESS = places.fixed("none", 1), "another address"
TO_CASE = "authorization_case"


def _request(world: World, actor: str) -> tuple[Any, ...]:
    """A request that waits, made when a test first needs it."""
    del actor
    if "desk_request" not in world.asked_for:
        world.asked_for["desk_request"] = authorizations.pended().public_id
    return (world.asked_for["desk_request"],)


def _question(world: World, actor: str) -> tuple[Any, ...]:
    (request,) = _request(world, actor)
    held = models.InformationRequest.objects.filter(authorization__public_id=request)
    return request, held.order_by("pk")[0].public_id


def _questionnaire(world: World, actor: str) -> tuple[Any, ...]:
    """A version that nobody is asked yet."""
    del world, actor
    content = {"questions": [{"id": "first", "kind": "yes_no", "text": "Is it the first?"}]}
    told = {"title": "Imaging", "content": content}
    models.Questionnaire.objects.get_or_create(key="imaging", version=1, defaults=told)
    return "imaging", 1


def _rules(outcome: Outcome) -> Outcomes:
    return by_desk(Function.AUTHORIZATION_RULES, outcome)


def _reviewed(outcome: Outcome) -> Outcomes:
    return by_desk(Function.AUTHORIZATION_REVIEW, outcome)


def _opens(outcome: Outcome) -> tuple[Call, ...]:
    """The page of one that waits, and of nobody's."""
    return (
        Call(WAITS, _reviewed(outcome), arguments=_request),
        Call(NOBODYS, _reviewed(NOT_FOUND), arguments=NO_REQUEST),
    )


def _letter(tax_id: str) -> places.Arguments:
    def arguments(world: World, actor: str) -> tuple[Any, ...]:
        del actor
        row = office.request_of(world, tax_id)
        held = row.letters.order_by("pk").first() or authorizations.letter(row)
        return row.public_id, held.public_id

    return arguments


_LETTERS = {tax_id: _letter(tax_id) for tax_id in (cast.OWN, cast.SECOND, cast.FOREIGN)}
_CONDITIONS = {"outcome": "approve", "conditions": "codes all_in 97110-97140\nunits at_most 12"}
_TRIED = places.sends(do="try", **_CONDITIONS)
_RULE = places.sends(
    do="publish",
    key="first-visits",
    position="10",
    text="The first visits of therapy.",
    citation="Therapy policy 12",
    first_on=f"{TODAY:%m/%d/%Y}",
    **_CONDITIONS,
)
_DECIDED = places.sends(version="1", s1_outcome="approved", s2_outcome="not_needed")
CELLS: Mapping[str, tuple[Call, ...]] = {
    "authorization_queue": (Call(ANYWHERE, _reviewed(PAGE)),),
    "authorization_case": _opens(PAGE),
    "authorization_hand": (
        Call(WAITS, _reviewed(goes(TO_CASE)), "POST", _request, places.sends(do="take")),
        Call(NOBODYS, _reviewed(NOT_FOUND), "POST", NO_REQUEST, places.sends(do="take")),
    ),
    "authorization_case_note": (
        Call(WAITS, _reviewed(goes(TO_CASE)), "POST", _request, places.sends(text="Call the office.")),
        Call("empty", _reviewed(INVALID), "POST", _request),
        Call(NOBODYS, _reviewed(NOT_FOUND), "POST", NO_REQUEST, places.sends(text="Nobody's.")),
    ),
    "authorization_longer": (
        Call(
            WAITS,
            _reviewed(goes(TO_CASE)),
            "POST",
            _request,
            places.sends(reason="patient_asked", version="1"),
        ),
        Call("no reason", _reviewed(INVALID), "POST", _request, places.sends(version="1")),
        Call(
            NOBODYS,
            _reviewed(NOT_FOUND),
            "POST",
            NO_REQUEST,
            places.sends(reason="patient_asked", version="1"),
        ),
    ),
    "authorization_decide": (
        *_opens(PAGE),
        Call(WAITS, _reviewed(goes(TO_CASE)), "POST", _request, _DECIDED),
        Call("nothing chosen", _reviewed(INVALID), "POST", _request, places.sends(version="1")),
        Call(NOBODYS, _reviewed(NOT_FOUND), "POST", NO_REQUEST, _DECIDED),
    ),
    "authorization_ask_more": (
        *_opens(PAGE),
        Call("nothing asked", _reviewed(INVALID), "POST", _request, places.sends(version="1")),
        Call(NOBODYS, _reviewed(NOT_FOUND), "POST", NO_REQUEST, places.sends(version="1")),
    ),
    "authorization_take_back": (
        Call(WAITS, _reviewed(goes(TO_CASE)), "POST", _question),
        Call(NOBODYS, _reviewed(NOT_FOUND), "POST", NO_PART),
    ),
    "authorization_replay": (Call(NOBODYS, _reviewed(NOT_FOUND), "POST", NO_TRACE),),
    "authorization_letter": office.of_one(PAGE, by=_LETTERS, nobodys=NO_PART),
    "authorization_desk_letter": (
        Call(WAITS, _reviewed(PAGE), arguments=_LETTERS[cast.OWN]),
        Call(NOBODYS, _reviewed(NOT_FOUND), arguments=NO_PART),
    ),
    "authorization_desk_document": (Call(NOBODYS, _reviewed(NOT_FOUND), arguments=NO_PART),),
    "approval_rules": (
        Call("as they are", by_desk(Function.AUTHORIZATION_RULES, PAGE)),
        Call("one more", by_desk(Function.AUTHORIZATION_RULES, goes("approval_rules")), "POST", form=_RULE),
        Call("tried out", by_desk(Function.AUTHORIZATION_RULES, PAGE), "POST", form=_TRIED),
        Call(
            "that cannot be",
            by_desk(Function.AUTHORIZATION_RULES, INVALID),
            "POST",
            form=places.sends(do="publish"),
        ),
    ),
    "questionnaires": (
        Call(ANYWHERE, _rules(PAGE)),
        Call("no file", _rules(INVALID), "POST"),
    ),
    "questionnaire": (
        Call("a draft", _rules(PAGE), arguments=_questionnaire),
        Call("to publish", _rules(goes("questionnaire")), "POST", _questionnaire),
        Call(NOBODYS, _rules(NOT_FOUND), arguments=NO_QUESTIONNAIRE, asks=ADDRESS),
        Call("nobody's to publish", _rules(NOT_FOUND), "POST", NO_QUESTIONNAIRE, asks=ADDRESS),
    ),
    "authorization_rules": (Call(ANYWHERE, by_desk(Function.AUTHORIZATION_RULES, PAGE)),),
}
