"""The cells of registrations at the plan's desk, and of the catalogue of what may be registered."""

from collections.abc import Callable, Mapping
from typing import Any

from portico.domains.permits.functions import Function
from tests.matrix import places
from tests.matrix.outcomes import INVALID, NOT_FOUND, PAGE, Outcome, Outcomes, by_desk, goes
from tests.matrix.places import Arguments, Call, Form
from tests.support import deciding
from tests.support.world import World

# Addresses of one length, so that refusals which show theirs are of one length too.
NOBODYS = "999999"
_BACK = goes("registration")
_OFFER = {
    "rows": "1",
    "was": "0",
    "row1-account_type": "hospital",
    "row1-code": "delegated_administrator",
    "row1-name": "Delegated administrator",
    "row1-says": "You say who may do what.",
    "row1-path": "queue",
    "row1-holds": "administrator",
    "row1-needs": ["npi", "tax_id"],
}


def _case(*further: str, of: Callable[[World], int] = deciding.case_of) -> Arguments:
    def arguments(world: World, actor: str) -> tuple[Any, ...]:
        del actor
        return (f"{of(world):06}", *further)

    return arguments


def _file(world: World, actor: str) -> tuple[Any, ...]:
    del actor
    return (f"{deciding.case_of(world):06}", f"{deciding.file_of(world):06}")


def _another_cases_file(world: World, actor: str) -> tuple[Any, ...]:
    del actor
    return (f"{deciding.approved_of(world):06}", f"{deciding.file_of(world):06}")


def _reviewed(outcome: Outcome) -> Outcomes:
    return by_desk(Function.REGISTRATION_REVIEW, outcome)


def _ruled(outcome: Outcome) -> Outcomes:
    return by_desk(Function.REGISTRATION_RULES, outcome)


def _act(form: Form, outcome: Outcome = _BACK, *further: str) -> tuple[Call, ...]:
    """The page that asks before an act, the act, and both for a case there is not."""
    nobodys = places.fixed(NOBODYS, *further)
    return (
        Call("a case", _reviewed(PAGE), arguments=_case(*further)),
        Call("nobody's", _reviewed(NOT_FOUND), arguments=nobodys),
        Call("a case", _reviewed(outcome), "POST", _case(*further), form),
        Call("nobody's", _reviewed(NOT_FOUND), "POST", nobodys, form),
    )


CELLS: Mapping[str, tuple[Call, ...]] = {
    "registrations": (
        Call("anywhere", _reviewed(PAGE)),
        Call("nothing looked for", _reviewed(INVALID), "POST", form=places.sends(text="")),
        Call("nobody's name", _reviewed(INVALID), "POST", form=places.sends(text="Nobody")),
    ),
    "registration": (
        Call("a case", _reviewed(PAGE), arguments=_case()),
        Call("approved", _reviewed(PAGE), arguments=_case(of=deciding.approved_of)),
        Call("nobody's", _reviewed(NOT_FOUND), arguments=places.fixed(NOBODYS)),
    ),
    "registration_document": (
        Call("a file", _reviewed(PAGE), arguments=_file),
        Call("a file of another case", _reviewed(NOT_FOUND), arguments=_another_cases_file),
        Call("no file", _reviewed(NOT_FOUND), arguments=_case(NOBODYS)),
    ),
    "registration_assign": (
        Call("a case", _reviewed(_BACK), "POST", _case(), places.sends(to="0")),
        Call("nobody's", _reviewed(NOT_FOUND), "POST", places.fixed(NOBODYS), places.sends(to="0")),
    ),
    "registration_note": (
        Call("a case", _reviewed(_BACK), "POST", _case(), places.sends(text="Called.")),
        Call("nobody's", _reviewed(NOT_FOUND), "POST", places.fixed(NOBODYS), places.sends(text="x")),
    ),
    "registration_check": (
        *_act(places.sends(finding="accepted", basis="call", seen="0"), _BACK, "name"),
        Call("no field", _reviewed(NOT_FOUND), arguments=_case("mood")),
    ),
    "registration_return": _act(places.sends(reason="more_needed", missing="letter")),
    "registration_approve": _act(places.sends(seen="0")),
    "registration_deny": _act(places.sends(reason="not_verified")),
    "registration_withdraw": _act(places.sends(why="The office called.")),
    "registration_recognise": _act(places.sends(office="1"), INVALID),
    "registration_link": _act(places.sends()),
    "registration_reissue": _act(places.sends(proof="Called the number on file."), PAGE),
    "registration_rules": (
        Call("anywhere", _ruled(PAGE)),
        Call("looked at", _ruled(PAGE), "POST", form=places.sends(**_OFFER, act="add")),
        Call("kept", _ruled(goes("registration_rules")), "POST", form=places.sends(**_OFFER, act="save")),
    ),
    "registration_rules_versions": (Call("anywhere", _ruled(PAGE)),),
}
