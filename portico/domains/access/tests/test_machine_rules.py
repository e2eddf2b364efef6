"""What may be said of a machine, and what scopes hold: tables with the edges of every range."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portico.domains.access import machine_rules
from portico.domains.access.machine_rules import CannotRegister

LETTERS = ("r", "s", "rs", "read")
SCOPES = st.sampled_from(
    [f"system/{kind}.{letters}" for kind in ("*", "Patient", "Coverage") for letters in LETTERS]
)


@pytest.mark.parametrize("name", ["A", "  Lakeside records  ", "x" * 60, "Praxis Möller"])
def test_a_name_is_kept_without_blanks_around_it(name: str) -> None:
    assert machine_rules.check_name(name) == name.strip()


@pytest.mark.parametrize("name", ["", "   ", "x" * 61, "two\nlines", "a\x00b", "\u202eback"])
def test_a_name_is_short_and_can_be_printed(name: str) -> None:
    with pytest.raises(CannotRegister):
        machine_rules.check_name(name)


@pytest.mark.parametrize("sender_id", ["AB", "0123456789ABCDE", "a.b-c_d"])
def test_a_sender_id_fits_the_envelope(sender_id: str) -> None:
    assert machine_rules.check_sender_id(sender_id) == sender_id


@pytest.mark.parametrize("sender_id", ["", "A", "0123456789ABCDEF", "A*B", "A B", "-AB", "ÄB", "AB\n"])
def test_a_sender_id_that_does_not_fit_is_refused(sender_id: str) -> None:
    with pytest.raises(CannotRegister):
        machine_rules.check_sender_id(sender_id)


@pytest.mark.parametrize("days", [0, 7, 30])
def test_an_old_secret_goes_on_for_up_to_thirty_days(days: int) -> None:
    assert machine_rules.check_overlap(timedelta(days=days)) == timedelta(days=days)


@pytest.mark.parametrize("overlap", [timedelta(seconds=-1), timedelta(days=30, seconds=1)])
def test_an_old_secret_goes_on_no_longer(overlap: timedelta) -> None:
    with pytest.raises(CannotRegister):
        machine_rules.check_overlap(overlap)


def test_scopes_are_kept_once_and_sorted() -> None:
    scopes = ["system/Patient.rs", "system/Coverage.read", "system/Patient.rs"]
    assert machine_rules.check_scopes(scopes) == ["system/Coverage.read", "system/Patient.rs"]


@pytest.mark.parametrize(
    "scope",
    [
        "",
        "Coverage.rs",
        "user/Coverage.rs",
        "patient/*.read",
        "system/Coverage",
        "system/Coverage.",
        "system/Coverage.sr",
        "system/Coverage.write",
        "system/Coverage.cruds",
        "system/coverage.rs",
        "system/Coverage.rs?status=active",
        "system/Coverage.rs\n",
        "openid",
    ],
)
def test_a_scope_that_is_not_offered_is_refused(scope: str) -> None:
    with pytest.raises(CannotRegister):
        machine_rules.check_scopes(["system/Patient.rs", scope])


def test_a_client_without_any_scope_is_refused() -> None:
    with pytest.raises(CannotRegister):
        machine_rules.check_scopes([])


@pytest.mark.parametrize(
    ("asked", "registered", "given_"),
    [
        ("system/Coverage.rs", "system/Coverage.rs", ["system/Coverage.rs"]),
        ("system/Coverage.read", "system/Coverage.rs", ["system/Coverage.read"]),
        ("system/Coverage.r", "system/Coverage.read", ["system/Coverage.r"]),
        ("system/Coverage.rs", "system/Coverage.r", ["system/Coverage.r"]),
        ("system/Coverage.read", "system/Coverage.s", ["system/Coverage.s"]),
        ("system/Coverage.r", "system/Coverage.s", []),
        ("system/Coverage.rs", "system/*.rs", ["system/Coverage.rs"]),
        ("system/*.rs", "system/*.rs", ["system/*.rs"]),
        ("system/*.read", "system/Coverage.rs", ["system/Coverage.rs"]),
        ("system/*.rs", "system/Coverage.r", ["system/Coverage.r"]),
        ("system/Patient.rs", "system/Coverage.rs", []),
        ("system/Coverage.write", "system/*.rs", []),
        ("system/*.*", "system/*.rs", []),
        ("user/Coverage.rs", "system/*.rs", []),
        ("openid", "system/*.rs", []),
    ],
)
def test_a_token_holds_what_is_asked_for_and_registered(
    asked: str, registered: str, given_: list[str]
) -> None:
    assert machine_rules.scopes_given([asked], [registered]) == given_


def test_of_every_resource_each_registered_one_is_given_once() -> None:
    registered = ["system/Coverage.rs", "system/Patient.r"]
    asked = ["system/*.rs", "system/Coverage.rs"]
    assert machine_rules.scopes_given(asked, registered) == ["system/Coverage.rs", "system/Patient.r"]


@given(asked=st.lists(SCOPES), registered=st.lists(SCOPES))
def test_a_token_never_holds_more_than_was_asked_for_and_registered(
    asked: list[str], registered: list[str]
) -> None:
    held = machine_rules.scopes_given(asked, registered)
    for resource in ("Patient", "Coverage", "Claim"):
        for letter in "rs":
            by_both = machine_rules.holds(asked, resource, letter) and machine_rules.holds(
                registered, resource, letter
            )
            assert machine_rules.holds(held, resource, letter) == by_both


@pytest.mark.parametrize(
    ("scope", "resource", "letter", "holds"),
    [
        ("system/Coverage.rs", "Coverage", "r", True),
        ("system/Coverage.rs", "Coverage", "s", True),
        ("system/Coverage.r", "Coverage", "s", False),
        ("system/Coverage.s", "Coverage", "r", False),
        ("system/Coverage.read", "Coverage", "s", True),
        ("system/*.r", "Coverage", "r", True),
        ("system/*.r", "Coverage", "s", False),
        ("system/Patient.rs", "Coverage", "r", False),
        ("system/Coverage.rs", "CoverageX", "r", False),
        ("system/Coverage.rs", "*", "r", False),
    ],
)
def test_what_a_scope_holds(scope: str, resource: str, letter: str, holds: bool) -> None:
    assert machine_rules.holds([scope], resource, letter) is holds


def test_no_scope_holds_nothing() -> None:
    assert not machine_rules.holds([], "Coverage", "r")
