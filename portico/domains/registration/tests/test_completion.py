"""Completing an approved application: the mailed link and the transaction ID, each worth nothing alone."""

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps

from portico.domains.access.granting import NewGrant, NewPersona, add_person
from portico.domains.accounts.credentials import passwords
from portico.domains.accounts.users import NewUser
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.domains.permits.questions import Question
from portico.domains.permits.reasons import Reason as Refusal
from portico.domains.permits.rules import decide
from portico.domains.registration import budgets, completion, links, models, transaction_ids
from portico.domains.registration.budgets import LIMITS, Budget
from portico.domains.registration.claims import Reason
from portico.domains.registration.completion import (
    BadUsername,
    DeadLink,
    Lost,
    UsernameTaken,
    WeakPassword,
    WrongId,
)
from portico.domains.registration.finishing import Completed, TooManyNames
from portico.domains.registration.tests import waiting
from portico.domains.registration.tests.waiting import (
    HERE,
    HOSPITAL,
    NAME,
    NOW,
    PASSWORD,
    SECOND_TAX_ID,
    TAX_ID,
    State,
    visitor,
)
from portico.shared.identifiers import BadIdentifier
from tests.support import actors as people

pytestmark = pytest.mark.django_db
ADMINISTRATOR = "ada@hillcrest.example"


def complete(secret: str, transaction_id: str, **changes: Any) -> Completed:
    """Complete what stands behind the link."""
    asked = {"actor": visitor(), "address": HERE, "username": NAME, "password": PASSWORD}
    return completion.complete(**{**asked, **changes}, secret=secret, transaction_id=transaction_id)


def an_administrator(office: str = "hillcrest", name: str = "ada.hill", email: str = ADMINISTRATOR) -> int:
    """Somebody who manages users there."""
    grant = NewGrant(Function.MANAGE_USERS, (TAX_ID,), first_on=people.TODAY)
    user = NewUser(name, PASSWORD, "Ada", "Hill", email)
    persona = NewPersona("administrator", office=office, grants=[grant])
    return add_person(actor=people.system(), user=user, personas=[persona])


def test_link_and_transaction_id_together_open_an_active_account() -> None:
    row, transaction_id, secret = waiting.approved(**HOSPITAL)
    assert completion.state(actor=visitor(), secret=secret)
    done = complete(secret, transaction_id)
    made = waiting.user(done.user_id)
    assert (made.username, made.state, made.activated_at) == (NAME, "active", NOW)
    row.refresh_from_db()
    assert (row.state, row.user_id, waiting.office_of(row).kind) == (
        State.COMPLETED,
        done.user_id,
        "hospital",
    )
    assert waiting.last_use() == (
        "allowed",
        "registration_completed",
        {"registration": str(row.pk), "user": str(done.user_id), "office": str(row.office_id)},
    )


def test_a_delegated_administrator_manages_users_and_sees_no_patient() -> None:
    _, transaction_id, secret = waiting.approved(**HOSPITAL, tax_ids=(TAX_ID, SECOND_TAX_ID))
    assert waiting.held_by(complete(secret, transaction_id).user_id) == {
        "administrator": {("manage_users", TAX_ID), ("manage_users", SECOND_TAX_ID)}
    }


def test_a_solo_practitioner_the_desk_approved_is_both_and_owns_the_licence() -> None:
    _, transaction_id, secret = waiting.approved()
    done = complete(secret, transaction_id)
    assert set(waiting.held_by(done.user_id)) == {"administrator", "end_user"}
    assert models.LicenceOwner.objects.get().user_id == done.user_id


def test_a_delegated_administrator_of_a_physician_owns_no_licence() -> None:
    _, transaction_id, secret = waiting.approved(user_type="delegated_administrator")
    complete(secret, transaction_id)
    assert not models.LicenceOwner.objects.exists()


@pytest.mark.parametrize(
    ("finding", "basis", "proof"),
    [
        ("accepted", "call", "desk"),
        ("accepted", "document", "desk"),
        ("accepted", "public_registry", "provider_file"),
        ("rejected", "call", "provider_file"),
    ],
    ids=["a call", "a document", "a public registry", "a no"],
)
def test_the_desks_word_is_the_proof(finding: str, basis: str, proof: str) -> None:
    row, transaction_id, secret = waiting.approved(**HOSPITAL)
    waiting.word(row, finding=finding, basis=basis)
    assert waiting.user(complete(secret, transaction_id).user_id).proofs == {proof: NOW.isoformat()}


def test_a_yes_to_numbers_that_agree_proves_nobody_and_patients_stay_closed() -> None:
    _, transaction_id, secret = waiting.approved()
    done = complete(secret, transaction_id)
    asked = Question(Function.ELIGIBILITY, tax_id=TAX_ID)
    decision = decide(waiting.session(done.user_id, "end_user"), asked)
    assert Refusal.VERIFICATION_REQUIRED in decision.reasons


def test_what_the_applicant_typed_is_no_contact_on_file_of_the_office() -> None:
    row, transaction_id, secret = waiting.approved(**HOSPITAL)
    complete(secret, transaction_id)
    row.refresh_from_db()
    assert (waiting.office_of(row).contact_email, waiting.office_of(row).telephone) == ("", "")


def test_a_tax_id_the_provider_file_does_not_know_gets_the_offices_name() -> None:
    _, transaction_id, secret = waiting.approved(**HOSPITAL, office_name="Lakeside Hospital")
    complete(secret, transaction_id)
    assert apps.get_model("offices", "TaxId").objects.get(number=TAX_ID).name == "Lakeside Hospital"


OVER: dict[str, dict[str, Any]] = {
    "replaced": {"ended_at": NOW, "ending": "replaced"},
    "used": {"ended_at": NOW, "ending": "used"},
    "denied": {"ended_at": NOW, "ending": "denied"},
    "five misses": {"ended_at": NOW, "ending": "misses"},
    "its day is over": {"expires_at": NOW},
}


@pytest.mark.parametrize("put", OVER.values(), ids=OVER)
def test_a_link_that_is_over_opens_nothing_with_the_right_transaction_id(put: dict[str, Any]) -> None:
    _, transaction_id, secret = waiting.approved(**HOSPITAL)
    models.Link.objects.update(**put)
    assert not completion.state(actor=visitor(), secret=secret)
    with pytest.raises(DeadLink):
        complete(secret, transaction_id)
    assert waiting.last_use()[:2] == ("allowed", "link_over")
    assert waiting.users() == 0


@pytest.mark.parametrize(
    "state", ["submitted", "returned", "seconding", "denied", "recognised", "lapsed", "matched"]
)
def test_an_open_link_opens_nothing_that_is_not_approved(state: str) -> None:
    row, transaction_id, secret = waiting.approved(**HOSPITAL)
    is_open = state in ("submitted", "returned", "seconding")
    waiting.put(row, state=state, decided_at=None if is_open else NOW)
    with pytest.raises(DeadLink):
        complete(secret, transaction_id)
    assert waiting.users() == 0


@pytest.mark.parametrize("secret", ["", "unknown", "ü"])
def test_an_unknown_link_is_answered_like_one_that_is_over(secret: str) -> None:
    assert not completion.state(actor=visitor(), secret=secret)
    with pytest.raises(DeadLink):
        complete(secret, transaction_ids.new())
    assert waiting.last_use() == ("allowed", "link_over", {})


def test_the_link_of_one_application_takes_no_transaction_id_of_another() -> None:
    _, _, secret = waiting.approved(**HOSPITAL)
    _, other, _ = waiting.approved(**HOSPITAL, npi="2000000024")
    with pytest.raises(WrongId):
        complete(secret, other)


def test_five_wrong_transaction_ids_end_the_link_for_the_right_one_too() -> None:
    _, transaction_id, secret = waiting.approved(**HOSPITAL)
    for left in (4, 3, 2, 1):
        with pytest.raises(WrongId) as missed:
            complete(secret, waiting.wrong(transaction_id))
        assert missed.value.left == left
        assert waiting.last_use()[:2] == ("allowed", "transaction_id_wrong")
    with pytest.raises(DeadLink):
        complete(secret, waiting.wrong(transaction_id))
    assert waiting.last_use()[:2] == ("allowed", "link_ended")
    with pytest.raises(DeadLink):
        complete(secret, transaction_id)
    link = models.Link.objects.get()
    assert (link.misses, link.ending, link.ended_at) == (5, "misses", NOW)


def test_a_slip_in_the_transaction_id_is_not_counted() -> None:
    _, _, secret = waiting.approved(**HOSPITAL)
    with pytest.raises(BadIdentifier):
        complete(secret, "0000-0000-0000-0000-1")
    assert models.Link.objects.get().misses == 0


def test_the_link_works_once() -> None:
    _, transaction_id, secret = waiting.approved(**HOSPITAL)
    complete(secret, transaction_id)
    with pytest.raises(DeadLink):
        complete(secret, transaction_id, username="another.name")
    assert models.Link.objects.get().ending == "used"


@pytest.mark.parametrize(
    ("changes", "error"),
    [({"username": "i"}, BadUsername), ({"password": "short"}, WeakPassword)],
    ids=["username", "password"],
)
def test_what_is_refused_of_username_and_password_spends_no_link(
    changes: dict[str, str], error: type[Exception]
) -> None:
    _, transaction_id, secret = waiting.approved(**HOSPITAL)
    with pytest.raises(error):
        complete(secret, transaction_id, **changes)
    assert complete(secret, transaction_id).user_id


def test_a_taken_username_spends_no_link_and_is_told_only_to_who_has_the_transaction_id() -> None:
    waiting.an_office()
    an_administrator(name=NAME)
    _, transaction_id, secret = waiting.approved(**HOSPITAL, tax_ids=(SECOND_TAX_ID,))
    with pytest.raises(WrongId):
        complete(secret, waiting.wrong(transaction_id))
    with pytest.raises(UsernameTaken):
        complete(secret, transaction_id)
    assert complete(secret, transaction_id, username="free.name").user_id


def test_no_password_is_hashed_where_no_username_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    row, transaction_id, secret = waiting.approved(**HOSPITAL)
    with permit(visitor(), Function.REGISTRATION) as given:
        for _ in range(LIMITS[Budget.OWN_TAKEN_NAME].most):
            budgets.spend(Budget.OWN_TAKEN_NAME, str(row.pk), at=NOW)
        given.conclude("spent")
    monkeypatch.delattr(passwords, "hashed")
    with pytest.raises(TooManyNames):
        complete(secret, transaction_id)
    assert waiting.last_use() == ("allowed", "usernames_closed", {"registration": str(row.pk)})
    with pytest.raises(WrongId):
        complete(secret, waiting.wrong(transaction_id))


def test_an_office_that_came_since_is_joined_by_nobody_and_the_desk_looks_again() -> None:
    row, transaction_id, secret = waiting.approved(**HOSPITAL)
    office = waiting.an_office()
    with pytest.raises(Lost) as lost:
        complete(secret, transaction_id)
    assert lost.value.reason is Reason.OFFICE_EXISTS
    row.refresh_from_db()
    assert (row.state, row.decided_by, row.decision) == (State.SUBMITTED, None, "")
    assert models.Link.objects.get().ending == "denied"
    assert waiting.notices(office.id) == []
    assert waiting.users() == 0


def test_an_office_the_desk_said_to_join_is_joined_and_its_people_are_told() -> None:
    office = waiting.an_office()
    an_administrator()
    row, transaction_id, secret = waiting.approved(**HOSPITAL, tax_ids=(TAX_ID, SECOND_TAX_ID))
    waiting.put(row, office_id=office.id)
    done = complete(secret, transaction_id)
    row.refresh_from_db()
    assert row.office_id == office.id
    assert waiting.held_by(done.user_id)["administrator"] == {
        ("manage_users", TAX_ID),
        ("manage_users", SECOND_TAX_ID),
    }
    assert {to for to, _ in waiting.mails("registration_used")} == {ADMINISTRATOR, "desk@hillcrest.example"}
    assert waiting.notices(office.id) == ["registration_used"]


def test_an_office_that_exists_is_joined_only_where_the_desk_named_it() -> None:
    waiting.an_office()
    row, transaction_id, secret = waiting.approved(**HOSPITAL)
    waiting.put(row, reason=Reason.OFFICE_EXISTS)
    with pytest.raises(Lost):
        complete(secret, transaction_id)


def test_joining_takes_no_tax_id_of_a_third_office() -> None:
    office = waiting.an_office()
    waiting.an_office(SECOND_TAX_ID, key="third")
    row, transaction_id, secret = waiting.approved(**HOSPITAL, tax_ids=(TAX_ID, SECOND_TAX_ID))
    waiting.put(row, office_id=office.id)
    with pytest.raises(Lost):
        complete(secret, transaction_id)


def owned(by: str = "first.owner") -> None:
    """Somebody registered with the licence before."""
    _, transaction_id, secret = waiting.approved(tax_ids=(SECOND_TAX_ID,))
    complete(secret, transaction_id, username=by)


def test_a_licence_that_was_claimed_since_goes_back_to_the_desk() -> None:
    row, transaction_id, secret = waiting.approved()
    owned()
    with pytest.raises(Lost) as lost:
        complete(secret, transaction_id)
    assert lost.value.reason is Reason.LICENCE_CLAIMED
    row.refresh_from_db()
    assert (row.state, row.reason) == (State.SUBMITTED, Reason.LICENCE_CLAIMED)


def test_a_licence_the_desk_knew_to_be_claimed_changes_its_owner_and_the_office_before_is_told() -> None:
    waiting.a_practice(waiting.NPI, SECOND_TAX_ID, email="before@lakeside.example")
    owned()
    told = len(waiting.mails("registration_used"))
    row, transaction_id, secret = waiting.approved()
    waiting.put(row, reason=Reason.LICENCE_CLAIMED)
    done = complete(secret, transaction_id)
    before, now = models.LicenceOwner.objects.order_by("pk")
    assert (before.until, now.until, now.user_id) == (NOW, None, done.user_id)
    assert "before@lakeside.example" in {to for to, _ in waiting.mails("registration_used")[told:]}


def test_an_owner_who_came_after_the_decision_keeps_the_licence() -> None:
    row, transaction_id, secret = waiting.approved()
    waiting.put(row, reason=Reason.LICENCE_CLAIMED)
    owned()
    models.LicenceOwner.objects.update(since=NOW + timedelta(seconds=1))
    with pytest.raises(Lost):
        complete(secret, transaction_id)
    assert models.LicenceOwner.objects.get().until is None


def test_two_people_who_have_to_agree_have_to_agree_again_after_it_was_lost() -> None:
    row, transaction_id, secret = waiting.approved(**HOSPITAL)
    office = waiting.an_office(SECOND_TAX_ID)
    waiting.put(row, first_yes_by=7, office_id=office.id)
    waiting.an_office(key="third")
    with pytest.raises(Lost):
        complete(secret, transaction_id)
    row.refresh_from_db()
    assert (row.first_yes_by, row.office_id) == (None, None)


def test_an_account_opens_within_a_registration_alone() -> None:
    from portico.domains.registration import opening
    from portico.domains.registration.opening import Chosen

    row, _, _ = waiting.approved(**HOSPITAL)
    with pytest.raises(PermissionError), permit(people.system(), Function.PROVISIONING) as given:
        opening.open_for(given, row, Chosen(NAME, "!"))
    assert waiting.users() == 0


def test_nothing_of_what_opens_it_stands_in_the_database_once_the_mail_has_left() -> None:
    from portico.domains.notifications import outbox

    _, transaction_id, secret = waiting.approved(**HOSPITAL)
    for message in apps.get_model("notifications", "Message").objects.all():
        outbox.mark_sent(message_id=message.message_id, now=NOW)
    complete(secret, transaction_id)
    kept = " ".join(str(row) for model in apps.get_models() for row in model._default_manager.values())
    assert NAME in kept
    for told in (secret, transaction_id, PASSWORD):
        assert told not in kept
    assert links.LINK_PATH not in kept


def test_the_last_instant_of_the_links_day_is_too_late() -> None:
    _, transaction_id, secret = waiting.approved(**HOSPITAL)
    with pytest.raises(DeadLink):
        complete(secret, transaction_id, actor=visitor(timedelta(hours=24)))
    just = visitor(timedelta(hours=24) - timedelta(microseconds=1))
    assert complete(secret, transaction_id, actor=just).user_id
