"""An office that is here already: kept for its administrators, who are named after a code and not before."""

from datetime import timedelta

import pytest
from django.apps import apps

from portico.domains.access.granting import NewGrant, NewPersona, add_person
from portico.domains.accounts.users import NewUser
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.domains.registration import budgets, joining, models
from portico.domains.registration.budgets import LIMITS, Budget
from portico.domains.registration.finding import TooManyTries
from portico.domains.registration.joining import Choice, Joining
from portico.domains.registration.tests import waiting
from portico.domains.registration.tests.waiting import HERE, NOW, PASSWORD, TAX_ID, State, visitor
from portico.shared.identifiers import BadIdentifier
from tests.support import actors as people

pytestmark = pytest.mark.django_db
CONTACT = "desk@hillcrest.example"


def recognised() -> tuple[models.Application, str]:
    """A wish to join Hillcrest, which has an administrator, and its transaction ID."""
    office = waiting.an_office()
    grant = NewGrant(Function.MANAGE_USERS, (TAX_ID,), first_on=people.TODAY)
    user = NewUser("ada.hill", PASSWORD, "Ada", "Hill", "ada@hillcrest.example")
    persona = NewPersona("administrator", office="hillcrest", grants=[grant])
    add_person(actor=people.system(), user=user, personas=[persona])
    row, transaction_id = waiting.matched()
    waiting.put(row, state="submitted", path="queue", matched_at=None, decided_at=None)
    with permit(visitor(), Function.REGISTRATION) as given:
        joining.recognise(given, row, office.id)
    return row, transaction_id


def contacts(transaction_id: str, address: str = HERE) -> Joining | None:
    """How far it is."""
    return joining.contacts(actor=visitor(), transaction_id=transaction_id, address=address)


def choice(transaction_id: str) -> Choice:
    """The one address a code may go to."""
    found = contacts(transaction_id)
    assert found is not None
    [one] = found.choices
    return one


def send(transaction_id: str, key: str = "", after: timedelta = timedelta()) -> Joining:
    """Have a code sent."""
    key = key or choice(transaction_id).key
    found = joining.send_code(actor=visitor(after), transaction_id=transaction_id, address=HERE, key=key)
    assert found is not None
    return found


def prove(transaction_id: str, code: str, after: timedelta = timedelta()) -> Joining:
    """Type a code."""
    found = joining.prove(actor=visitor(after), transaction_id=transaction_id, address=HERE, code=code)
    assert found is not None
    return found


def code() -> str:
    """The code that was mailed last."""
    [*_, (to, facts)] = waiting.mails("join_code")
    assert to == CONTACT
    return str(facts["secret"])


def other(than: str) -> str:
    """A code that is not this one."""
    return f"{(int(than) + 1) % 1_000_000:06}"


def test_the_wish_is_kept_for_the_office_and_its_people_are_told_without_a_name() -> None:
    row, _ = recognised()
    row.refresh_from_db()
    assert (row.state, row.decision, row.decided_at) == (State.RECOGNISED, "office_exists", NOW)
    assert (row.decided_by, row.office_id, row.user_id) == (None, None, None)
    request = models.JoinRequest.objects.get()
    assert waiting.notices(request.office_id) == ["join_request"]
    [notice] = apps.get_model("notifications", "Notice").objects.filter(kind="join_request")
    assert set(notice.context) == {"reference"}
    assert waiting.events(row) == ["recognised"]


def test_who_asks_while_signed_in_decides_nothing_and_the_desk_does() -> None:
    office = waiting.an_office()
    for actor, function, by in (
        (people.front_desk(), Function.REGISTRATION, None),
        (people.plan_staff(), Function.REGISTRATION_REVIEW, 12),
    ):
        row, _ = waiting.matched()
        waiting.put(row, state="submitted", path="queue", matched_at=None, decided_at=None)
        with permit(actor, function) as given:
            joining.recognise(given, row, office.id)
        row.refresh_from_db()
        assert row.decided_by == by


def test_before_a_proof_contacts_are_masked_and_nobody_is_named() -> None:
    row, transaction_id = recognised()
    found = contacts(transaction_id)
    assert found is not None
    assert [each.shown for each in found.choices] == ["d•••@hillcrest.example"]
    assert (found.sent_to, found.sends_left, found.tries_left, found.code_is_open) == ("", 3, 5, False)
    assert found.administrators is None
    outcome, conclusion, subjects = waiting.last_use()
    assert (outcome, conclusion, set(subjects)) == (
        "allowed",
        "join_request_shown",
        {"registration", "office"},
    )
    assert subjects["registration"] == str(row.pk)


def test_telephones_on_file_are_no_way_for_a_code() -> None:
    _, transaction_id = recognised()
    waiting.a_practice(waiting.NPI, TAX_ID, email="")
    found = contacts(transaction_id)
    assert found is not None
    assert len(found.choices) == 1


def test_the_right_code_names_the_administrators_from_then_on() -> None:
    _, transaction_id = recognised()
    sent = send(transaction_id)
    assert (sent.sent_to, sent.sends_left, sent.code_is_open) == ("d•••@hillcrest.example", 2, True)
    assert waiting.last_use()[1] == "join_code_sent"
    assert len(code()) == 6
    proven = prove(transaction_id, f" {code()[:3]} {code()[3:]} ")
    assert proven.administrators == ("Ada Hill",)
    assert waiting.last_use()[1] == "join_contact_shown"
    later = contacts(transaction_id)
    assert later is not None
    assert later.administrators == ("Ada Hill",)


def test_a_code_works_once_for_fifteen_minutes() -> None:
    _, transaction_id = recognised()
    send(transaction_id)
    late = prove(transaction_id, code(), timedelta(minutes=15))
    assert (late.administrators, late.tries_left) == (None, 5)
    assert waiting.last_use()[1] == "join_code_over"
    in_time = prove(transaction_id, code(), timedelta(minutes=15) - timedelta(seconds=1))
    assert in_time.administrators is not None
    assert not in_time.code_is_open


def test_a_new_code_ends_the_one_before() -> None:
    _, transaction_id = recognised()
    send(transaction_id)
    first = code()
    request = models.JoinRequest.objects.get()
    send(transaction_id)
    before = bytes(request.code_index or b"")
    request.refresh_from_db()
    assert bytes(request.code_index or b"") != before
    assert first == code() or prove(transaction_id, first).administrators is None


def test_three_codes_are_sent_in_all() -> None:
    _, transaction_id = recognised()
    assert [send(transaction_id).sends_left for _ in range(4)] == [2, 1, 0, 0]
    assert waiting.last_use()[1] == "join_code_not_sent"
    assert len(waiting.mails("join_code")) == 3
    send(transaction_id, after=timedelta(days=1))
    assert len(waiting.mails("join_code")) == 3


def test_one_mailbox_gets_so_many_codes_a_day_whoever_asks() -> None:
    _, transaction_id = recognised()
    with permit(visitor(), Function.REGISTRATION) as given:
        for _ in range(LIMITS[Budget.JOIN_CODE].most - 1):
            budgets.spend(Budget.JOIN_CODE, CONTACT, at=NOW)
        given.conclude("spent")
    assert send(transaction_id).code_is_open
    late = send(transaction_id)
    assert (late.sends_left, late.code_is_open) == (0, True)
    assert waiting.last_use()[1] == "join_code_not_sent"
    assert len(waiting.mails("join_code")) == 1


def test_five_wrong_codes_end_it_for_the_right_one_and_for_another_code() -> None:
    _, transaction_id = recognised()
    send(transaction_id)
    right = code()
    assert [prove(transaction_id, other(right)).tries_left for _ in range(5)] == [4, 3, 2, 1, 0]
    assert waiting.last_use()[1] == "join_code_wrong"
    assert prove(transaction_id, right).administrators is None
    assert not send(transaction_id).code_is_open
    assert len(waiting.mails("join_code")) == 1


def test_a_code_goes_nowhere_but_to_an_address_on_file() -> None:
    _, transaction_id = recognised()
    assert send(transaction_id, key="somewhere").sends_left == 3
    assert waiting.last_use()[1] == "join_contact_unknown"
    assert waiting.mails("join_code") == []


def test_a_code_is_kept_as_a_keyed_hash_of_its_own_request() -> None:
    _, transaction_id = recognised()
    send(transaction_id)
    request = models.JoinRequest.objects.get()
    assert bytes(request.code_index or b"") == joining._index(request, code())
    request.pk += 1
    assert bytes(request.code_index or b"") != joining._index(request, code())


@pytest.mark.parametrize("state", ["matched", "denied", "lapsed"])
def test_what_is_no_wish_to_join_shows_nothing(state: str) -> None:
    row, transaction_id = waiting.matched()
    waiting.put(row, state=state)
    assert contacts(transaction_id) is None
    assert waiting.last_use()[1] == "no_join_request"


def test_a_wish_that_has_ended_shows_nothing_more() -> None:
    _, transaction_id = recognised()
    models.JoinRequest.objects.update(ended_at=NOW, ending="accepted")
    assert contacts(transaction_id) is None


def test_wrong_transaction_ids_are_counted() -> None:
    _, transaction_id = recognised()
    for _ in range(5):
        assert contacts(waiting.wrong(transaction_id)) is None
    with pytest.raises(TooManyTries):
        contacts(transaction_id)
    with pytest.raises(TooManyTries):
        joining.send_code(actor=visitor(), transaction_id=transaction_id, address=HERE, key="x")
    with pytest.raises(TooManyTries):
        joining.prove(actor=visitor(), transaction_id=transaction_id, address=HERE, code="000000")
    with pytest.raises(BadIdentifier):
        contacts("0000-0000-0000-0000-1")
