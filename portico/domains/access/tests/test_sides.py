"""For whom a billing company's people work: one side at a time, and no further than the client gave."""

from dataclasses import replace
from datetime import date
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portico.domains.access import sides
from portico.domains.permits.actors import Grant
from portico.domains.permits.functions import GRANTABLE, Function
from portico.shared.periods import Period

OFFICE, CLIENT, OTHER, STRANGER = 30, 31, 32, 99
OWN, LENT, SECOND, ELSEWHERE, GONE = "171234567", "181234567", "181234568", "191234567", "191234568"
HMO, MEDI_CAL = "employer-hmo", "medi-cal"
CLAIMS, REMITTANCE = Function.CLAIMS_INQUIRY, Function.REMITTANCE
JANUARY = date(2026, 1, 1)


class Row(NamedTuple):
    """One tax ID of a client, as holdings read it."""

    id: int = CLIENT
    value: str = LENT
    dimension: str = f"{CLAIMS} {REMITTANCE}"
    function: str = ""
    state: str = sides.TAKES_PART
    kind: str = sides.CLIENT


ROWS = (
    Row(),
    Row(value=SECOND, dimension=CLAIMS, function=HMO, state=sides.RUNS),
    Row(id=OTHER, value=ELSEWHERE),
    Row(id=OTHER, value=GONE, state=""),
)


def clients(at: int | None, rows: tuple[Row, ...] = ROWS) -> sides.Clients:
    """The sides of the billing company, on this one."""
    return sides.Clients(own=frozenset({OWN}), at=at, office_id=OFFICE, rows=rows)


def held(function: Function = CLAIMS, lines: frozenset[str] | None = None, *tax_ids: str) -> Grant:
    """A grant on every tax ID of these tests, or on some."""
    named = tax_ids or (OWN, LENT, SECOND, ELSEWHERE, GONE)
    return Grant(1, function, frozenset(named), Period(JANUARY), lines=lines)


def reached(side: sides.Clients, grant: Grant) -> set[tuple[str, str]]:
    """(tax ID, lines with blanks or "all") of every part of the grant."""
    return {
        (tax_id, "all" if part.lines is None else " ".join(sorted(part.lines)))
        for part in side.parts(grant)
        for tax_id in part.tax_ids
    }


CHOICES = [
    ("asked_for_its_own", OFFICE, OFFICE, {OWN}, ROWS, OFFICE),
    ("asked_for_a_client", CLIENT, OFFICE, {OWN}, ROWS, CLIENT),
    ("asked_for_a_stranger", STRANGER, OFFICE, {OWN}, ROWS, OFFICE),
    ("asked_for_a_stranger_without_work_of_its_own", STRANGER, OFFICE, set(), ROWS, CLIENT),
    ("asked_for_nobody", None, OFFICE, {OWN}, ROWS, OFFICE),
    ("asked_for_nobody_without_work_of_its_own", None, OFFICE, set(), ROWS, CLIENT),
    ("asked_for_a_client_that_left", OTHER, OFFICE, {OWN}, (Row(id=OTHER, state=""),), OFFICE),
    ("no_work_and_no_client", None, OFFICE, set(), (), OFFICE),
    ("every_side", sides.EVERY, OFFICE, {OWN}, ROWS, sides.EVERY),
    ("every_side_without_an_office", sides.EVERY, None, set(), (), None),
    ("a_client_without_an_office", CLIENT, None, set(), ROWS, None),
]


@pytest.mark.parametrize(
    ("asked", "office_id", "taking_part", "rows", "side"),
    [case[1:] for case in CHOICES],
    ids=[case[0] for case in CHOICES],
)
def test_the_side_is_the_one_asked_for_while_it_is_one(
    asked: int | None, office_id: int | None, taking_part: set[str], rows: tuple[Row, ...], side: int | None
) -> None:
    assert sides.chosen(asked, office_id, taking_part, rows) == side


@pytest.mark.parametrize(
    ("named", "side"),
    [({LENT}, CLIENT), ({ELSEWHERE}, OTHER), ({LENT, ELSEWHERE}, CLIENT), (set(), OFFICE), ({GONE}, OFFICE)],
    ids=["one_client", "another_client", "both", "none", "one_that_left"],
)
def test_nobody_begins_with_a_client_that_no_grant_of_theirs_names(named: set[str], side: int) -> None:
    rows = (*ROWS, Row(id=OTHER, state="", value=GONE))
    assert sides.chosen(None, OFFICE, set(), rows, named=named) == side
    assert sides.chosen(CLIENT, OFFICE, set(), rows, named=named) == CLIENT


HMO_ONLY = frozenset({HMO})
MEDI_CAL_ONLY = frozenset({MEDI_CAL})
REACHES = [
    ("own_office", OFFICE, held(), {(OWN, "all")}),
    ("a_client_and_its_lines", CLIENT, held(), {(LENT, "all"), (SECOND, HMO)}),
    ("another_client", OTHER, held(), {(ELSEWHERE, "all")}),
    ("every_side", sides.EVERY, held(), {(OWN, "all"), (LENT, "all"), (SECOND, HMO), (ELSEWHERE, "all")}),
    ("a_function_given_under_one_tax_id_alone", CLIENT, held(REMITTANCE), {(LENT, "all")}),
    ("a_function_never_given", CLIENT, held(Function.ELIGIBILITY), set()),
    ("a_function_never_given_in_the_own_office", OFFICE, held(Function.ELIGIBILITY), {(OWN, "all")}),
    ("the_lines_of_the_grant", CLIENT, held(CLAIMS, MEDI_CAL_ONLY, LENT), {(LENT, MEDI_CAL)}),
    ("no_line_in_common", CLIENT, held(CLAIMS, MEDI_CAL_ONLY, SECOND), set()),
    ("lines_in_common", CLIENT, held(CLAIMS, HMO_ONLY | MEDI_CAL_ONLY, SECOND), {(SECOND, HMO)}),
    ("a_tax_id_the_grant_does_not_name", CLIENT, held(CLAIMS, None, OWN), set()),
    ("a_client_that_left", OTHER, held(CLAIMS, None, GONE), set()),
    ("a_client_that_left_seen_from_every_side", sides.EVERY, held(CLAIMS, None, GONE), set()),
    ("managing_users_beside_a_client", CLIENT, held(Function.MANAGE_USERS), {(OWN, "all")}),
    ("managing_users_from_every_side", sides.EVERY, held(Function.MANAGE_USERS), {(OWN, "all")}),
]


@pytest.mark.parametrize(
    ("at", "grant", "parts"), [case[1:] for case in REACHES], ids=[case[0] for case in REACHES]
)
def test_a_grant_reaches_on_a_side_what_it_names_and_the_client_gave(
    at: int, grant: Grant, parts: set[tuple[str, str]]
) -> None:
    assert reached(clients(at), grant) == parts


def test_a_client_cannot_give_the_managing_of_its_people() -> None:
    given_it = (Row(dimension=Function.MANAGE_USERS),)
    assert reached(clients(CLIENT, given_it), held(Function.MANAGE_USERS)) == {(OWN, "all")}


def test_a_function_is_given_whole_and_not_by_part_of_its_name() -> None:
    almost = (Row(dimension=f"{CLAIMS}_of_others"),)
    assert reached(clients(CLIENT, almost), held()) == set()


def test_a_client_that_named_no_function_gave_none() -> None:
    assert reached(clients(CLIENT, (Row(dimension=""),)), held()) == set()


def test_a_grant_that_reaches_nothing_stays_to_say_why() -> None:
    (part,) = clients(OTHER).parts(held(CLAIMS, None, GONE))
    assert part == replace(held(CLAIMS, None, GONE), tax_ids=frozenset())


@pytest.mark.parametrize(
    ("at", "own", "lent"),
    [(OFFICE, {OWN}, set()), (CLIENT, set(), {LENT}), (OTHER, set(), {ELSEWHERE}), (None, {OWN}, set())],
    ids=["own", "client", "other_client", "nobody"],
)
def test_a_side_has_its_own_tax_ids_and_no_others(at: int | None, own: set[str], lent: set[str]) -> None:
    side = clients(at)
    assert side.taking_part([OWN]) == own | lent
    assert side.tax_ids() == own | lent | ({SECOND} if at == CLIENT else set())


def test_clients_are_those_whose_work_goes_on() -> None:
    assert clients(OFFICE).offices() == (CLIENT, OTHER)
    assert clients(OFFICE, (Row(state=""),)).offices() == ()


def test_a_former_client_is_one_that_was_not_given_again_and_is_not_the_offices_own() -> None:
    again = (Row(state=""), Row(), Row(value=OWN, state=""), Row(id=OTHER, value=GONE, state=""))
    assert clients(OFFICE, again).former() == {GONE}


rows = st.builds(
    Row,
    id=st.sampled_from((CLIENT, OTHER)),
    value=st.sampled_from((OWN, LENT, SECOND, ELSEWHERE)),
    dimension=st.lists(st.sampled_from(GRANTABLE), max_size=4).map(" ".join),
    function=st.sampled_from(("", HMO, MEDI_CAL, f"{HMO} {MEDI_CAL}")),
    state=st.sampled_from(("", sides.RUNS, sides.TAKES_PART)),
)
grants = st.builds(
    Grant,
    id=st.just(1),
    function=st.sampled_from(GRANTABLE),
    tax_ids=st.frozensets(st.sampled_from((OWN, LENT, SECOND, ELSEWHERE))),
    period=st.just(Period(JANUARY)),
    lines=st.none() | st.frozensets(st.sampled_from((HMO, MEDI_CAL)), min_size=1),
)


@given(st.lists(rows, max_size=6).map(tuple), grants, st.sampled_from((OFFICE, CLIENT, OTHER)))
def test_no_part_reaches_past_its_grant_nor_past_what_a_client_gave(
    lent: tuple[Row, ...], grant: Grant, at: int
) -> None:
    side = clients(at, lent)
    for part in side.parts(grant):
        assert part.tax_ids <= grant.tax_ids
        assert grant.lines is None or (part.lines is not None and part.lines <= grant.lines)
        for tax_id in part.tax_ids - {OWN}:
            assert any(
                row.state
                and row.id == at
                and row.value == tax_id
                and grant.function in row.dimension.split()
                and (not row.function or (part.lines or frozenset("?")) <= set(row.function.split()))
                for row in lent
            )


@given(st.lists(rows, max_size=6).map(tuple), grants, st.sampled_from((OFFICE, CLIENT, OTHER)))
def test_no_side_reaches_what_every_side_together_does_not(
    lent: tuple[Row, ...], grant: Grant, at: int
) -> None:
    assert reached(clients(at, lent), grant) <= reached(clients(sides.EVERY, lent), grant)
