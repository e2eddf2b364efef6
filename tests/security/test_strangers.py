"""No page that asks no sign-in tells whether somebody is there: same answer, same work, mails or no mails.

The pages are those of the resolver that a visitor may send a form to: a new one joins a way of asking, or
stands below with the reason why it names nobody.
"""

from copy import deepcopy
from typing import TypeVar

import pytest
from django.core.mail import EmailMessage
from django.db import transaction

from tests.matrix import routes
from tests.matrix.cells import CELLS
from tests.matrix.outcomes import NOT_ALLOWED, SIGN_IN
from tests.security import alike, applicants, followers, objectors, openers, strangers
from tests.security.alike import Answer
from tests.security.ways import Sides, Way, sends
from tests.support import cast, mailing
from tests.support.cast import VISITOR
from tests.support.world import World

Told = TypeVar("Told")
WAYS = {**strangers.WAYS, **applicants.WAYS, **followers.WAYS, **openers.WAYS, **objectors.WAYS}
COSTED = {key: way for key, way in WAYS.items() if way.is_costed}
# How many passwords are hashed for a name that nobody has, and how many jobs and mails wait then.
TAKES = (
    ("a password", 1, 0, 0),
    ("a locked name", 1, 0, 0),
    ("a closed network", 1, 0, 0),
    ("a forgotten password", 0, 1, 0),
    ("a forgotten username", 0, 1, 0),
    ("an activation link", 0, 0, 0),
    ("numbers that do not belong together", 0, 0, 1),
    ("a wish to join", 0, 0, 1),
    ("a taken username", 1, 0, 0),
    ("a username once a network has tried too many", 0, 0, 0),
)
BY_WAY = pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
NAMES_NOBODY = {
    "appearance": "takes a colour scheme",
    "part": "takes a line of business and a region",
    "library": "takes words to look for in what everybody may read",
    "sign_out": "takes nothing",
    "session_keep": "takes nothing",
    "sign_in_passkey_question": "takes nothing, and asks for any passkey of the site",
    "sign_in_second_question": "takes nothing; whose passkeys it asks for, the right password said",
    "diagnose": "takes what somebody sees and wants to do, from lists; no account is read",
    "contact_call_back": "takes a message to the plan, and looks nobody up",
    "contact_question": "takes a message to the plan, and looks nobody up",
    "register_start_over": "takes nothing, and throws away what this browser filled in",
    "register_terms": "takes a yes to the text in force",
    "register_region": "takes regions of the plan",
    "register_account": "takes a kind of office",
    "register_person": "takes a kind of person",
    "register_at_hand": "takes nothing",
    "register_review": "takes nothing",
    "core_connectivity": "takes a system's secret; the matrix of X12 compares known and unknown names",
    "fhir_token": "takes a system's signed word; the tests of tokens compare known and unknown names",
    "fhir_unknown": "takes nothing",
    "fhir_patient_search_by_form": "takes a token; the matrix of FHIR compares those there are and are not",
    "fhir_coverage_search_by_form": "takes a token; the matrix of FHIR compares those there are and are not",
}


def open_to_visitors() -> set[str]:
    """The routes where a form is taken from whoever is not signed in, or from everybody alike.

    The matrix proves what its cells say of a visitor.
    """
    return {
        route
        for route in routes.names()
        for call in CELLS.get(route, ())
        if call.method == "POST"
        and call.outcomes[VISITOR] != NOT_ALLOWED
        and (call.outcomes[VISITOR] != SIGN_IN or set(call.outcomes.values()) == {SIGN_IN})
    }


def test_every_form_that_is_open_to_visitors_is_asked_here() -> None:
    asked = {way.route for way in WAYS.values()}
    assert sorted(open_to_visitors() - asked) == sorted(NAMES_NOBODY)
    assert sorted(asked - open_to_visitors()) == ["address_confirm"]  # a form for those who are signed in
    assert not asked & NAMES_NOBODY.keys()


def answers(sides: Sides) -> dict[str, Answer]:
    """What each side is answered."""
    return {key: alike.whole(side.ask(), side.typed) for key, side in sides.items()}


def apart(found: dict[str, Told]) -> dict[str, tuple[Told, Told]]:
    """Those that are not as the first, each beside it; there must be others than the first."""
    first, *others = found.values()
    assert others
    return {key: (first, each) for key, each in found.items() if each != first}


@pytest.mark.parametrize("way", COSTED.values(), ids=COSTED.keys())
def test_whatever_is_named_costs_the_same_statements_hashes_jobs_and_mails(
    crowd: World, way: Way, hashes: list[str]
) -> None:
    sides = way.sides(crowd)
    assert apart({key: alike.cost(side.ask, hashes) for key, side in sides.items()}) == {}


@pytest.mark.parametrize(("key", "hashed", "jobs", "mails"), TAKES, ids=[key for key, *_ in TAKES])
def test_the_work_is_done_for_nobody_too(
    crowd: World, key: str, hashed: int, jobs: int, mails: int, hashes: list[str]
) -> None:
    nobody = next(iter(WAYS[key].sides(crowd).values()))
    taken = alike.cost(nobody.ask, hashes)
    assert (taken.hashes, taken.jobs, taken.mails) == (hashed, jobs, mails)
    assert len(taken.statements) > 3


@BY_WAY
def test_whatever_is_named_is_answered_alike_with_the_mail_server_up_and_down(
    crowd: World, way: Way, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = transaction.savepoint()
    up = answers(way.sides(deepcopy(crowd)))
    assert apart(up) == {}
    assert all(way.says in text for *_, text in up.values())
    transaction.savepoint_rollback(before)
    sides = way.sides(crowd)
    monkeypatch.setattr(EmailMessage, "send", alike.refuse_mail)
    assert mailing.deliver() == []
    assert answers(sides) == up
    assert mailing.deliver() == []


def test_a_locked_name_is_told_so_whoever_has_it(crowd: World) -> None:
    said = [text for _, _, _, text in answers(WAYS["a locked name"].sides(crowd)).values()]
    assert all("locked until" in text for text in said)


def test_a_side_that_differs_is_told_apart(crowd: World, hashes: list[str]) -> None:
    sides = WAYS["a password"].sides(crowd)
    known = sends("sign_in", strangers.KNOWN, username=strangers.KNOWN, password=cast.PASSWORD)
    first = next(iter(sides.values()))
    assert apart(answers({"nobody": first, "right": known})).keys() == {"right"}
    costs = {key: alike.cost(side.ask, hashes) for key, side in (("nobody", first), ("right", known))}
    assert apart(costs).keys() == {"right"}
