"""What the secrets of invitations are like."""

import pytest

from portico.domains.accounts.joining import invitation_rules as rules
from portico.shared.identifiers import CROCKFORD


def test_a_temporary_password_has_120_bits_in_groups_of_four() -> None:
    made = rules.new_temporary_password()
    groups = made.split("-")
    assert [len(group) for group in groups] == [4] * 6
    assert set("".join(groups)) <= set(CROCKFORD)
    assert len(CROCKFORD) ** 24 >= 2**112


def test_no_two_secrets_are_the_same() -> None:
    for make in (rules.new_temporary_password, rules.new_link_secret, rules.new_mark):
        assert len({make() for _ in range(50)}) == 50


def test_links_and_marks_have_256_bits() -> None:
    assert all(len(make()) == 43 for make in (rules.new_link_secret, rules.new_mark))


@pytest.mark.parametrize(
    "typed",
    ["0AB1-CD1E", "0ab1cd1e", " 0ab1 cd1e ", "oabi-cdle", "0AB1–CD1E", "0AB1-CD1E."],
    ids=["as mailed", "small, no dashes", "spaces", "look-alikes", "a long dash", "a full stop"],
)
def test_what_is_typed_counts_in_one_form(typed: str) -> None:
    assert rules.normal_temporary_password(typed) == "0AB1CD1E"
