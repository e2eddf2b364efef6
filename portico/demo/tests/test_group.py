"""The people an office of the demo lets in: within the office, and each known by one name."""

from portico.demo import group, lines, people, practices
from portico.demo.group import Hand
from portico.demo.offices import CEDAR_RIDGE
from portico.demo.tests.conftest import TODAY
from portico.domains.access.delegating import templates

EVERYBODY: tuple[Hand, ...] = (
    group.NARROWER,
    *group.EARLY,
    *group.LATER,
    group.PROPOSED,
    group.NEW_BILLER,
)


def test_each_has_a_name_and_a_key_of_their_own() -> None:
    known = {user.username for user in people.PEOPLE}
    assert len({hand.username for hand in EVERYBODY} | known) == len(EVERYBODY) + len(known)
    assert len({hand.key for hand in EVERYBODY}) == len(EVERYBODY)


def test_who_stands_in_the_list_has_a_strong_password_and_a_line_to_read() -> None:
    assert [hand.key for hand in EVERYBODY if bool(hand.password) is not bool(hand.says)] == []
    for hand in EVERYBODY:
        assert not hand.password or len(hand.password) >= 15
        assert hand.username.split(".")[0] not in hand.password


def test_what_they_are_given_lies_within_the_office() -> None:
    there = {
        each.provider.npi
        for each in practices.affiliations(TODAY)
        if each.practice.tax_id in CEDAR_RIDGE.tax_ids
    }
    for hand in EVERYBODY:
        assert hand.tax_ids <= set(CEDAR_RIDGE.tax_ids)
        assert (hand.providers or frozenset()) <= there
        assert (hand.lines or frozenset()) <= set(lines.CODES)
        assert hand is group.NARROWER or templates.of(hand.role).functions
