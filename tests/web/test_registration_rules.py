"""The catalogue of what may be registered: shown, edited as a whole, kept whole or not at all, told apart."""

from typing import Any

import pytest
from django.test import Client

from portico.domains.registration import catalogue
from portico.domains.registration.catalogue_rows import DEFAULT
from tests.support import visiting
from tests.support.world import World

RULES = "/staff/registration-rules/"
VERSIONS = f"{RULES}versions/"


def row(number: int, **changes: Any) -> dict[str, Any]:
    """A row of a form."""
    said = {
        "account_type": "hospital",
        "code": "delegated_administrator",
        "name": "Delegated administrator",
        "says": "You say who may do what.",
        "path": "queue",
        "holds": "administrator",
        "needs": ["npi", "tax_id"],
    }
    return {f"row{number}-{name}": value for name, value in {**said, **changes}.items()}


def send(browser: Client, *rows: dict[str, Any], act: str = "save", was: str = "0") -> Any:
    """The answer to a form of these rows."""
    form: dict[str, Any] = {"rows": str(len(rows)), "was": was, "act": act}
    for each in rows:
        form |= each
    return browser.post(RULES, form)


def test_what_is_offered_by_default_is_shown_and_said_to_be(operations: Client, world: World) -> None:
    answer = operations.get(RULES)
    assert "The plan has written no catalogue yet" in visiting.seen(answer)
    assert answer.content.decode().count('value="delegated_administrator"') == 5


def test_a_catalogue_is_kept_as_a_whole(operations: Client, world: World) -> None:
    answer = send(operations, row(1, four_eyes="on"), row(2, account_type="ancillary"))
    assert answer.headers["Location"] == RULES
    first, second = catalogue.current().offers
    assert (first.account_type, first.four_eyes, first.needs) == ("hospital", True, ("npi", "tax_id"))
    assert (second.account_type, second.four_eyes) == ("ancillary", False)
    assert "It counts for whoever registers from now on." in visiting.seen(operations.get(RULES))


def test_a_row_is_added_moved_and_taken_out_without_being_kept(operations: Client, world: World) -> None:
    added = send(operations, row(1), act="add")
    assert 'name="row2-code"' in added.content.decode()
    moved = send(operations, row(1), row(2, code="other"), act="up-2")
    content = moved.content.decode()
    assert content.index('value="other"') < content.index('value="delegated_administrator"')
    taken_out = send(operations, row(1), row(2, code="other"), act="remove-1")
    assert 'value="delegated_administrator"' not in taken_out.content.decode()
    assert catalogue.current().number == 0


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"code": ""}, "Row 1, Code: Enter the code."),
        ({"code": "No Code"}, "can be no code"),
        ({"path": "instant"}, "only a physician who is both persons comes in at once"),
        ({"needs": ["npi"]}, "whoever registers gives an NPI and a tax ID"),
        ({"holds": "nobody"}, "nobody can register for it"),
    ],
    ids=["empty", "code", "at once", "needs", "nobody"],
)
def test_what_cannot_be_is_said_and_not_kept(
    operations: Client, world: World, changes: dict[str, Any], says: str
) -> None:
    answer = send(operations, row(1, **changes))
    assert answer.status_code == 422
    assert says in visiting.seen(answer)
    assert catalogue.current().number == 0


@pytest.mark.parametrize(
    "was", ["7", "", "x", "-1", "9" * 40], ids=["other", "none", "text", "minus", "long"]
)
def test_who_has_read_another_version_overwrites_nothing(operations: Client, world: World, was: str) -> None:
    answer = send(operations, row(1), was=was)
    assert answer.status_code == 422
    assert "Somebody else has changed the catalogue" in visiting.seen(answer)


def test_the_default_comes_back(operations: Client, world: World) -> None:
    send(operations, row(1))
    send(operations, row(1), act="default", was="1")
    assert (catalogue.current().number, catalogue.current().offers) == (2, DEFAULT)


def test_versions_say_who_changed_what(operations: Client, world: World) -> None:
    assert "Never changed" in visiting.seen(operations.get(VERSIONS))
    send(operations, row(1))
    send(operations, row(1, four_eyes="on", needs=["npi", "tax_id", "address"]), was="1")
    said = visiting.seen(operations.get(VERSIONS))
    assert said.index("Version 2") < said.index("Version 1")
    assert "By Operations Tester" in said
    assert "Hospital, delegated_administrator: needs “Your NPI, Your tax ID, The address”, before" in said
    assert "two yeses needed “yes”, before “no”" in said
    assert "Taken out: Physician, solo_practitioner" in said


def test_support_reads_no_rules(world: World) -> None:
    support = visiting.sign_in(world["support"])
    assert support.get(RULES).status_code == 403
    assert support.get(VERSIONS).status_code == 403
    assert send(support, row(1)).status_code == 403
