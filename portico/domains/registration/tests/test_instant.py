"""The instant path: one's own username and password, an account at once, and who may not have one."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps

from portico.domains.accounts.credentials import passwords
from portico.domains.accounts.own import addresses
from portico.domains.offices import contacts
from portico.domains.permits.functions import GRANTABLE, TRAITS, Function
from portico.domains.permits.permit import permit
from portico.domains.permits.questions import Question
from portico.domains.permits.reasons import Reason as Refusal
from portico.domains.permits.rules import decide
from portico.domains.plan import terms
from portico.domains.registration import instant, models, transaction_ids
from portico.domains.registration.claims import Agreement, Reason
from portico.domains.registration.finding import TooManyTries
from portico.domains.registration.finishing import Completed
from portico.domains.registration.instant import (
    BadUsername,
    Lost,
    NothingToComplete,
    TooManyNames,
    UsernameTaken,
    WeakPassword,
)
from portico.domains.registration.tests import waiting
from portico.domains.registration.tests.waiting import (
    ELSEWHERE,
    HERE,
    NAME,
    NOW,
    ON_FILE,
    PASSWORD,
    SECOND_TAX_ID,
    TAX_ID,
    TELEPHONE,
    State,
    session,
    visitor,
)
from portico.shared.identifiers import BadIdentifier
from tests.support import actors as people

pytestmark = pytest.mark.django_db
MARK = "the mark of one browser"


def complete(**changes: Any) -> Completed:
    """Complete what the browser of MARK made."""
    asked = {"actor": visitor(), "mark": MARK, "address": HERE, "username": NAME, "password": PASSWORD}
    return instant.complete(**{**asked, **changes})


def test_who_matched_has_an_active_account_with_a_password_of_her_own() -> None:
    waiting.a_practice()
    waiting.matched(MARK)
    done = complete()
    made = waiting.user(done.user_id)
    assert (made.username, made.state, made.activated_at, made.password_set_at) == (NAME, "active", NOW, NOW)
    assert (made.first_name, made.last_name) == ("Iris", "Lin")
    assert made.check_password(PASSWORD)
    assert done.epoch == made.session_epoch


def test_the_address_she_typed_waits_until_it_is_confirmed_and_the_account_has_none() -> None:
    waiting.a_practice()
    waiting.matched(MARK)
    done = complete()
    assert waiting.user(done.user_id).email == ""
    waits = addresses.pending(done.user_id, at=NOW)
    assert waits is not None
    assert waits.email == waiting.EMAIL
    [(to, _)] = waiting.mails("address_first")
    assert to == waiting.EMAIL


def test_colleagues_see_the_office_as_the_provider_file_calls_it() -> None:
    waiting.a_practice(waiting.NPI, TAX_ID, SECOND_TAX_ID)
    apps.get_model("offices", "TaxId").objects.filter(number=SECOND_TAX_ID).update(name="LIN MEDICAL CORP")
    row, _ = waiting.matched(MARK, tax_ids=(TAX_ID, SECOND_TAX_ID), office_name="The Best Clinic of the Lake")
    complete()
    row.refresh_from_db()
    assert (waiting.office_of(row).name, waiting.office_of(row).key) == (
        "LIN MEDICAL CORP",
        "lin-medical-corp",
    )
    assert row.office_name == "The Best Clinic of the Lake"


def test_the_application_names_its_user_and_office_and_the_audit_names_all_three() -> None:
    waiting.a_practice()
    row, _ = waiting.matched(MARK)
    done = complete()
    row.refresh_from_db()
    assert (row.state, row.completed_at, row.user_id) == (State.COMPLETED, NOW, done.user_id)
    assert waiting.events(row) == ["completed"]
    assert waiting.last_use() == (
        "allowed",
        "registration_completed",
        {"registration": str(row.pk), "user": str(done.user_id), "office": str(row.office_id)},
    )


def test_she_is_administrator_and_end_user_over_every_tax_id_she_claimed_and_no_other() -> None:
    waiting.a_practice(waiting.NPI, TAX_ID, SECOND_TAX_ID)
    waiting.matched(MARK, tax_ids=(TAX_ID, SECOND_TAX_ID))
    with_patients = {function for function in GRANTABLE if TRAITS[function].phi}
    both = (TAX_ID, SECOND_TAX_ID)
    assert waiting.held_by(complete().user_id) == {
        "administrator": {("manage_users", each) for each in both},
        "end_user": {(function, each) for function in with_patients for each in both},
    }


def test_patients_stay_closed_until_something_more_is_proven() -> None:
    waiting.a_practice()
    waiting.matched(MARK)
    done = complete()
    assert waiting.user(done.user_id).proofs == {"provider_file": NOW.isoformat()}
    decision = decide(session(done.user_id, "end_user"), Question(Function.ELIGIBILITY, tax_id=TAX_ID))
    assert Refusal.VERIFICATION_REQUIRED in decision.reasons


def test_a_plan_may_say_that_the_match_is_enough() -> None:
    from portico.domains.accounts.proving import provers
    from portico.domains.permits.verification import PATIENT_DATA, Rule
    from portico.domains.plan import verification_table

    rules = [Rule(functions=PATIENT_DATA, provers=("contact", "provider_file"))]
    verification_table.replace(actor=people.system(), rules=rules, provers=provers.codes())
    waiting.a_practice()
    waiting.matched(MARK)
    decision = decide(session(complete().user_id, "end_user"), Question(Function.ELIGIBILITY, tax_id=TAX_ID))
    assert Refusal.VERIFICATION_REQUIRED not in decision.reasons


def test_the_office_is_reached_as_the_provider_file_says_and_never_as_she_typed() -> None:
    waiting.a_practice()
    row, _ = waiting.matched(MARK)
    complete()
    row.refresh_from_db()
    office = waiting.office_of(row)
    assert (office.key, office.name, office.kind) == (
        "lin-family-practice",
        "Lin Family Practice",
        "physician",
    )
    assert (office.contact_email, office.telephone) == (ON_FILE, TELEPHONE)
    on_file = {value for _, value in contacts.on_file([office.pk], on=NOW.date())}
    assert on_file == {ON_FILE, TELEPHONE}
    assert not on_file & {waiting.EMAIL, row.telephone}


def test_an_office_nobody_has_a_contact_of_has_none() -> None:
    waiting.a_practice(email="", telephone="")
    row, _ = waiting.matched(MARK)
    complete()
    row.refresh_from_db()
    assert (waiting.office_of(row).contact_email, waiting.office_of(row).telephone) == ("", "")


def test_the_contact_in_the_provider_file_is_told_and_nobody_is_named() -> None:
    waiting.a_practice()
    waiting.matched(MARK)
    complete()
    [(to, facts)] = waiting.mails("registration_used")
    assert to == ON_FILE
    assert set(facts) == {"reference"}


def test_she_owns_the_licence() -> None:
    waiting.a_practice()
    row, _ = waiting.matched(MARK)
    done = complete()
    owner = models.LicenceOwner.objects.get()
    assert (owner.state, owner.key, owner.user_id, owner.since, owner.until) == (
        "CA",
        "A0042317",
        done.user_id,
        NOW,
        None,
    )
    assert owner.application_id == row.pk


def test_the_terms_she_agreed_to_are_kept_with_version_time_and_address() -> None:
    waiting.a_practice()
    waiting.matched(MARK)
    done = complete()
    [kept] = apps.get_model("accounts", "TermsAcceptance").objects.filter(user_id=done.user_id)
    assert (kept.version, kept.digest, kept.at, kept.address) == (
        waiting.TERMS.version,
        waiting.TERMS.digest,
        waiting.TERMS.at,
        HERE,
    )
    assert waiting.user(done.user_id).terms_digest == waiting.TERMS.digest


def test_where_the_plan_has_no_terms_none_are_kept() -> None:
    waiting.a_practice()
    waiting.matched(MARK, agreement=Agreement("", "", NOW))
    done = complete()
    assert not apps.get_model("accounts", "TermsAcceptance").objects.exists()
    assert waiting.user(done.user_id).terms_digest == ""


def test_terms_published_since_are_kept_besides_when_she_agrees_to_them() -> None:
    newer = terms.publish(actor=people.system(), version="2026-03", text="Use it well.\n")
    waiting.a_practice()
    waiting.matched(MARK)
    done = complete(agreement=Agreement(newer.version, newer.digest, NOW, HERE))
    kept = apps.get_model("accounts", "TermsAcceptance").objects.filter(user_id=done.user_id)
    assert set(kept.values_list("version", flat=True)) == {"2026-01", "2026-03"}
    assert waiting.user(done.user_id).terms_digest == newer.digest


def test_terms_that_are_not_in_force_are_not_kept() -> None:
    terms.publish(actor=people.system(), version="2026-03", text="Use it well.\n")
    waiting.a_practice()
    waiting.matched(MARK)
    done = complete(agreement=Agreement("2026-03", "e" * 64, NOW, HERE))
    assert waiting.user(done.user_id).terms_digest == waiting.TERMS.digest


def test_the_transaction_id_will_do_in_place_of_the_mark() -> None:
    waiting.a_practice()
    _, transaction_id = waiting.matched()
    typed = transaction_ids.shown(transaction_id).lower()
    assert instant.may_complete(actor=visitor(), transaction_id=typed, address=HERE)
    assert complete(mark="", transaction_id=typed).user_id


STATES = {
    "submitted": {"state": "submitted", "path": "queue", "decided_at": None, "matched_at": None},
    "approved": {"state": "approved", "path": "queue", "decided_by": 1, "matched_at": None},
    "denied": {"state": "denied", "path": "queue", "decided_by": 1, "matched_at": None},
    "recognised": {"state": "recognised", "path": "queue", "matched_at": None},
    "lapsed": {"state": "lapsed"},
    "a match of yesterday": {"matched_at": NOW - timedelta(hours=24)},
}


@pytest.mark.parametrize("put", STATES.values(), ids=STATES)
@pytest.mark.parametrize("by", ["mark", "transaction_id"])
def test_nothing_but_a_fresh_match_is_completed(put: dict[str, Any], by: str) -> None:
    row, transaction_id = waiting.matched(MARK)
    waiting.put(row, **put)
    which = {"mark": MARK} if by == "mark" else {"mark": "", "transaction_id": transaction_id}
    with pytest.raises(NothingToComplete):
        complete(**which)
    assert waiting.last_use()[:2] == ("allowed", "nothing_to_complete")
    assert waiting.users() == 0


def test_a_match_counts_until_its_day_is_over() -> None:
    waiting.a_practice()
    row, transaction_id = waiting.matched()
    waiting.put(row, matched_at=NOW - timedelta(hours=24) + timedelta(seconds=1))
    assert complete(mark="", transaction_id=transaction_id).user_id


@pytest.mark.parametrize("mark", ["", "the mark of another browser"])
def test_another_browser_has_nothing_to_complete(mark: str) -> None:
    waiting.matched(MARK)
    assert not instant.may_complete(actor=visitor(), mark=mark)
    with pytest.raises(NothingToComplete):
        complete(mark=mark)


def test_it_is_completed_once() -> None:
    waiting.a_practice()
    waiting.matched(MARK)
    complete()
    with pytest.raises(NothingToComplete):
        complete(username="another.name")
    assert waiting.users() == 1


def test_five_wrong_transaction_ids_close_the_network_for_a_right_one_too() -> None:
    waiting.a_practice()
    _, transaction_id = waiting.matched()
    for _ in range(5):
        with pytest.raises(NothingToComplete):
            complete(mark="", transaction_id=waiting.wrong(transaction_id))
    with pytest.raises(TooManyTries) as closed:
        complete(mark="", transaction_id=transaction_id)
    assert closed.value.until == NOW + timedelta(hours=1)
    assert waiting.last_use()[1] == "transaction_id_closed"
    assert complete(mark="", transaction_id=transaction_id, address=ELSEWHERE).user_id


def test_a_slip_in_the_transaction_id_is_looked_up_nowhere() -> None:
    with pytest.raises(BadIdentifier):
        complete(mark="", transaction_id="0000-0000-0000-0000-1")
    assert not apps.get_model("audit", "Entry").objects.exists()


@pytest.mark.parametrize("username", ["", "i", "iris lin", "íris.lin", "x" * 61, "-iris"])
def test_what_can_be_no_username_is_said_and_can_be_tried_again(username: str) -> None:
    waiting.a_practice()
    waiting.matched(MARK)
    with pytest.raises(BadUsername):
        complete(username=username)
    assert complete().user_id


@pytest.mark.parametrize("password", ["short", "fourteen signs", "passwordpassword", NAME * 3])
def test_a_weak_password_is_said_and_can_be_tried_again(password: str) -> None:
    waiting.a_practice()
    waiting.matched(MARK)
    with pytest.raises(WeakPassword):
        complete(password=password)
    assert complete().user_id


def taken(name: str = NAME) -> None:
    """Somebody has this name."""
    from portico.domains.accounts import users

    new = users.NewUser(name, PASSWORD, "Ira", "Linden")
    with permit(people.system(), Function.PROVISIONING) as given:
        users.make(given, new)


@pytest.mark.parametrize("typed", ["iris.lin", "Iris.Lin", " iris.lin "])
def test_a_taken_username_is_told_in_any_case_and_another_may_be_tried(typed: str) -> None:
    taken()
    waiting.a_practice()
    row, _ = waiting.matched(MARK)
    with pytest.raises(UsernameTaken):
        complete(username=typed)
    assert waiting.last_use() == ("allowed", "username_taken", {"registration": str(row.pk)})
    assert complete(username="iris.lin2").user_id


def test_twenty_taken_usernames_an_hour_close_an_application_from_wherever_it_is_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    taken()
    waiting.a_practice()
    _, transaction_id = waiting.matched(MARK)
    for number in range(20):
        with pytest.raises(UsernameTaken):
            complete(address=f"203.0.113.{number}")
    with pytest.raises(TooManyNames) as closed:
        complete(username="free.name", address=ELSEWHERE)
    assert closed.value.until == NOW + timedelta(hours=1)
    assert waiting.last_use()[1] == "usernames_closed"
    with monkeypatch.context() as patched:
        patched.delattr(passwords, "hashed")  # nobody waits for a hash that is of no use
        with pytest.raises(TooManyNames):
            complete(username="free.name")
    later = visitor(timedelta(hours=1))
    assert complete(actor=later, mark="", transaction_id=transaction_id, username="free.name").user_id


def test_a_hundred_taken_usernames_close_a_network_for_every_application() -> None:
    taken()
    waiting.a_practice()
    row, _ = waiting.matched(MARK)
    tally = apps.get_model("accounts", "Misses")
    with pytest.raises(UsernameTaken):
        complete()
    tally.objects.update(count=100)
    own = models.Application.objects.exclude(pk=row.pk)
    another: dict[str, Any] = {"npi": "2000000024", "licence_number": "B7", "tax_ids": (SECOND_TAX_ID,)}
    waiting.a_practice("2000000024", SECOND_TAX_ID, licence="B7")
    other, transaction_id = waiting.matched(**another)
    assert own.get().pk == other.pk
    with pytest.raises(TooManyNames):
        complete(mark="", transaction_id=transaction_id, username="free.name")
    assert complete(mark="", transaction_id=transaction_id, username="free.name", address=ELSEWHERE).user_id


def lost(reason: Reason, **changes: Any) -> models.Application:
    """What it is now, after it was lost for that reason."""
    before = (waiting.users(), apps.get_model("offices", "Office").objects.count())
    with pytest.raises(Lost) as found:
        complete(**changes)
    assert found.value.reason is reason
    assert (waiting.users(), apps.get_model("offices", "Office").objects.count()) == before
    return models.Application.objects.order_by("pk").last() or models.Application()


def test_a_licence_somebody_owns_goes_to_the_desk() -> None:
    waiting.a_practice(waiting.NPI, TAX_ID, SECOND_TAX_ID)
    waiting.matched(MARK)
    complete()
    _, transaction_id = waiting.matched(tax_ids=(SECOND_TAX_ID,))
    row = lost(Reason.LICENCE_CLAIMED, mark="", transaction_id=transaction_id, username="second")
    assert (row.state, row.path, row.reason) == (State.SUBMITTED, "queue", Reason.LICENCE_CLAIMED)
    assert (row.matched_at, row.decided_at, row.user_id, row.office_id) == (None, None, None, None)
    assert waiting.events(row) == ["lost"]
    assert waiting.last_use() == ("allowed", "registration_lost", {"registration": str(row.pk)})
    assert models.LicenceOwner.objects.count() == 1


def test_what_is_lost_has_a_clock_of_its_own_at_the_desk() -> None:
    waiting.a_practice()
    waiting.an_office()
    _, transaction_id = waiting.matched()
    later = replace(visitor(timedelta(hours=20)))
    row = lost(Reason.OFFICE_EXISTS, actor=later, mark="", transaction_id=transaction_id)
    assert row.due_at is not None
    assert row.due_at - later.asked_at > timedelta(days=2)


def test_a_tax_id_that_has_an_office_by_now_goes_to_the_desk() -> None:
    waiting.a_practice()
    waiting.matched(MARK)
    waiting.an_office()
    row = lost(Reason.OFFICE_EXISTS)
    assert (row.state, row.reason) == (State.SUBMITTED, Reason.OFFICE_EXISTS)
    assert not models.LicenceOwner.objects.exists()


def test_no_number_of_an_office_lets_a_match_join_it() -> None:
    office = waiting.an_office()
    waiting.a_practice()
    row, _ = waiting.matched(MARK)
    waiting.put(row, office_id=office.id)
    assert lost(Reason.OFFICE_EXISTS).state == State.SUBMITTED


def test_two_practices_of_one_name_have_two_keys() -> None:
    waiting.a_practice()
    waiting.a_practice("2000000024", SECOND_TAX_ID, licence="B7")
    waiting.matched(MARK)
    complete()
    another: dict[str, Any] = {"npi": "2000000024", "licence_number": "B7", "tax_ids": (SECOND_TAX_ID,)}
    row, transaction_id = waiting.matched(**another)
    complete(mark="", transaction_id=transaction_id, username="second")
    row.refresh_from_db()
    assert waiting.office_of(row).key == "lin-family-practice-2"
