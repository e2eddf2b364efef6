"""What was agreed to is compared once more at the moment an account would open."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps

from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.domains.registration import catalogue, completion, finishing_rules, instant, models, still_so
from portico.domains.registration.applications import Submitted
from portico.domains.registration.catalogue_rows import DEFAULT, Path
from portico.domains.registration.claims import Field, Finding, Reason
from portico.domains.registration.deciding_rules import Held
from portico.domains.registration.finishing import Completed, Lost
from portico.domains.registration.following import Stage, Stand
from portico.domains.registration.tests import deciding_on, registering, waiting
from portico.domains.registration.tests.deciding_on import happened
from portico.domains.registration.tests.registering import CLAIM, GROUP_NPI, NOW, NPI, OTHER_NPI, TAX_ID
from tests.support import actors as people

pytestmark = pytest.mark.django_db
CHOSEN: dict[str, Any] = {"username": "mei.tran", "password": "a pass phrase of her own"}


@pytest.fixture(autouse=True)
def _plan(request: pytest.FixtureRequest) -> None:
    if "held" not in request.fixturenames:
        registering.a_plan()


def come_in(submitted: Submitted, *, days: float = 0.9) -> Completed:
    """Choose username and password of what matched."""
    return instant.complete(
        actor=registering.visitor(days=days),
        transaction_id=submitted.transaction_id,
        address=registering.HOME,
        **CHOSEN,
    )


def come_in_by_link(submitted: Submitted, *, days: float = 0.9) -> Completed:
    """The same behind the link that was mailed last."""
    return completion.complete(
        actor=registering.visitor(days=days),
        secret=waiting.secret(),
        transaction_id=submitted.transaction_id,
        address=registering.HOME,
        **CHOSEN,
    )


def turned_away(come: Callable[[Submitted], Completed], submitted: Submitted) -> Lost:
    """Why nobody came in; nothing was opened."""
    before = (waiting.users(), apps.get_model("offices", "Office").objects.count())
    with pytest.raises(Lost) as lost:
        come(submitted)
    assert (waiting.users(), apps.get_model("offices", "Office").objects.count()) == before
    assert not models.LicenceOwner.objects.exists()
    return lost.value


def licence_ended() -> None:
    registering.licence_list(is_active=False)


def licence_ran_out() -> None:
    registering.licence_list(expires_on=registering.TODAY - timedelta(days=1))


def provider(**facts: Any) -> Callable[[], None]:
    """The provider file says otherwise by now."""

    def change() -> None:
        apps.get_model("offices", "Provider").objects.filter(npi=NPI).update(**facts)

    return change


def part_ended() -> None:
    apps.get_model("offices", "Participation").objects.update(last_on=registering.TODAY - timedelta(days=1))


def billing_ended() -> None:
    apps.get_model("offices", "Affiliation").objects.update(last_on=registering.TODAY - timedelta(days=1))


def colleague_came() -> None:
    registering.a_provider(OTHER_NPI, TAX_ID, licence_number="B777", licence_state="CA")


def catalogue_changed() -> None:
    rows = [replace(each, path=Path.QUEUE) for each in DEFAULT]
    catalogue.replace(actor=replace(people.plan_staff(), asked_at=NOW), offers=rows, was=0)


CHANGES: dict[str, tuple[Callable[[], None], str]] = {
    "excluded": (registering.excluded, "being_checked"),
    "licence ended": (licence_ended, "licence_not_active"),
    "licence ran out": (licence_ran_out, "licence_not_active"),
    "another licence": (provider(licence_number="Z9"), "licence_differs"),
    "another name": (provider(last_name="Bell"), "name_differs"),
    "takes no part": (part_ended, "not_participating"),
    "bills no more": (billing_ended, "not_participating"),
    "a colleague came": (colleague_came, "tax_id_shared"),
    "the catalogue changed": (catalogue_changed, "always_reviewed"),
}


@pytest.mark.parametrize(("change", "found"), CHANGES.values(), ids=CHANGES)
def test_what_matched_and_does_not_any_more_opens_no_account(change: Callable[[], None], found: str) -> None:
    submitted = registering.submit()
    assert submitted.state == "matched"
    change()
    assert turned_away(come_in, submitted).reason is Reason.LOOKED_AT_AGAIN
    row = registering.application()
    assert (row.state, row.path, row.reason) == ("submitted", "queue", "looked_at_again")
    assert (row.matched_at, row.decided_at, row.decision, row.differs) == (None, None, "", [])
    assert happened(row.pk)[-1] == ("lost", found)
    assert registering.last_use() == (
        "allowed",
        "registration_no_longer_agrees",
        {"registration": str(row.pk)},
    )
    with pytest.raises(instant.NothingToComplete):
        come_in(submitted)


def test_the_applicant_reads_the_same_whatever_changed_and_nothing_of_what_it_was() -> None:
    submitted = registering.submit()
    registering.excluded()
    assert turned_away(come_in, submitted).reason is Reason.LOOKED_AT_AGAIN
    seen = registering.look(submitted, actor=registering.visitor(days=1))
    assert (seen.stage, seen.reason, seen.differs) == (Stage.IN_REVIEW, Reason.LOOKED_AT_AGAIN, ())
    assert seen.business_left is not None
    assert (seen.may_finish, seen.link, seen.decided_at) == (False, None, None)


def test_it_is_due_two_business_days_after_it_was_turned_away() -> None:
    submitted = registering.submit()
    registering.excluded()
    turned_away(lambda each: come_in(each, days=0.5), submitted)
    row = registering.application()
    seen = registering.look(submitted, actor=registering.visitor(days=0.5))
    assert seen.business_left == 2
    assert row.due_at is not None
    assert row.due_at - registering.visitor(days=0.5).asked_at > timedelta(days=2)


def test_what_still_agrees_a_day_later_opens() -> None:
    submitted = registering.submit()
    registering.licence_list()
    registering.excluded(npi="2000000044")
    assert come_in(submitted).user_id
    assert registering.application().state == "completed"


def test_whose_licence_or_office_is_somebody_elses_by_now_is_told_so() -> None:
    first, second = registering.submit(), registering.submit(mark="another")
    come_in(first)
    with pytest.raises(Lost) as lost:
        come_in(second)
    assert lost.value.reason is Reason.LICENCE_CLAIMED
    assert registering.last_use()[1] == "registration_lost"
    assert happened(registering.application().pk)[-1] == ("lost", "licence_claimed")


def test_a_username_that_is_taken_is_not_looked_at_where_nothing_opens() -> None:
    submitted = registering.submit()
    registering.excluded()
    deciding_on.somebody("mei.tran")
    assert turned_away(come_in, submitted).reason is Reason.LOOKED_AT_AGAIN


def hospital() -> tuple[int, Submitted]:
    """A hospital that the desk approved, with everything as it should be."""
    submitted = registering.submit(registering.HOSPITAL, mark="")
    number = registering.application().pk
    assert deciding_on.approve(number) == "done"
    return number, submitted


def physician(**changes: Any) -> tuple[int, Submitted]:
    """A physician whose name is not the one on file: the desk knows that it is right all the same."""
    submitted = registering.submit(replace(CLAIM, last_name="Trinh", **changes), mark="")
    number = registering.application().pk
    assert deciding_on.accept(number) == "done"
    assert deciding_on.approve(number) == "done"
    return number, submitted


def group(**facts: Any) -> Callable[[], None]:
    def change() -> None:
        apps.get_model("offices", "Provider").objects.filter(npi=GROUP_NPI).update(**facts)

    return change


APPROVED: dict[str, tuple[Callable[[], tuple[int, Submitted]], Callable[[], None], str]] = {
    "a hospital excluded": (hospital, lambda: registering.excluded(npi=GROUP_NPI), "exclusions"),
    "a physician excluded": (physician, registering.excluded, "exclusions"),
    "a licence ended": (physician, licence_ended, "licence_list"),
    "another licence": (physician, provider(licence_number="Z9"), "licence"),
    "a name nobody vouched for": (hospital, group(last_name="Hill Hospital"), "name"),
    "it takes no part": (hospital, part_ended, "participation"),
}


@pytest.mark.parametrize(("make", "change", "found"), APPROVED.values(), ids=APPROVED)
def test_what_was_approved_and_is_otherwise_now_goes_back_to_the_desk(
    make: Callable[[], tuple[int, Submitted]], change: Callable[[], None], found: str
) -> None:
    number, submitted = make()
    change()
    assert turned_away(come_in_by_link, submitted).reason is Reason.LOOKED_AT_AGAIN
    row = registering.application()
    assert (row.state, row.reason, row.decided_by) == ("submitted", "looked_at_again", None)
    assert happened(number)[-1] == ("lost", found)
    assert registering.last_use()[1] == "registration_no_longer_agrees"
    seen = registering.look(submitted, actor=registering.visitor(days=1))
    assert (seen.stage, seen.link) == (Stage.IN_REVIEW, Stand.DEAD)
    with pytest.raises(completion.DeadLink):
        come_in_by_link(submitted)


def test_the_desks_word_on_a_field_holds_while_the_field_comes_to_the_same() -> None:
    _, submitted = physician()
    assert come_in_by_link(submitted).user_id


def test_a_namesake_on_the_list_whom_the_desk_knew_of_keeps_nobody_out() -> None:
    registering.excluded(npi="", name_key="LAKESIDE HOSPITAL", state="CA")
    models.Exclusion.objects.filter(key="k").update(name_key="LAKESIDEHOSPITAL")
    submitted = registering.submit(registering.HOSPITAL, mark="")
    number = registering.application().pk
    assert deciding_on.approve(number) == "obstructed"
    assert deciding_on.accept(number, Field.EXCLUSIONS) == "done"
    assert deciding_on.approve(number) == "done"
    assert come_in_by_link(submitted).user_id


def test_an_office_to_be_joined_that_bills_under_the_tax_id_no_more_is_not_joined() -> None:
    office = registering.an_office(registering.GROUP_TAX_ID)
    number = deciding_on.waiting_with_office()
    assert deciding_on.approve(number, joins=office) == "done"
    apps.get_model("offices", "TaxId").objects.update(office=None)
    row = registering.application()
    assert row.office_id == office
    with permit(registering.visitor(), Function.REGISTRATION) as given:
        found = still_so.changed(given, row)
    assert found == still_so.Change(Reason.LOOKED_AT_AGAIN, still_so.OFFICE_GONE)
    assert found.is_hidden


def test_what_came_back_can_be_approved_anew_once_it_is_settled() -> None:
    number, submitted = hospital()
    registering.excluded(npi=GROUP_NPI)
    turned_away(come_in_by_link, submitted)
    assert deciding_on.approve(number) == "obstructed"
    assert deciding_on.accept(number, Field.EXCLUSIONS, actor=deciding_on.ana(1400)) == "done"
    assert deciding_on.approve(number, actor=deciding_on.ana(1401)) == "done"
    assert come_in_by_link(submitted, days=1.1).user_id


def test_what_the_desk_had_approved_does_not_go_through_by_itself_afterwards() -> None:
    submitted = registering.submit(mark="")
    models.Application.objects.update(
        state="submitted", path="queue", matched_at=None, decided_at=None, decision="", due_at=NOW
    )
    assert deciding_on.approve(registering.application().pk) == "done"
    registering.excluded()
    turned_away(come_in_by_link, submitted)
    models.Exclusion.objects.all().delete()
    later = registering.visitor(days=1)
    assert registering.hand_in(submitted, actor=later).taken == "added"
    ended = registering.finish(submitted, actor=later)
    assert ended is not None
    assert (ended.state, ended.reason) == ("submitted", Reason.ALWAYS_REVIEWED)


@pytest.mark.parametrize(
    ("held", "turned"),
    [
        (Held(Field.NAME, Finding.AGREES, Finding.DIFFERS), ()),
        (Held(Field.NAME, Finding.DIFFERS, Finding.DIFFERS, Finding.ACCEPTED), ()),
        (Held(Field.NAME, Finding.NOT_FOUND, Finding.DIFFERS, Finding.ACCEPTED), (Field.NAME,)),
        (Held(Field.NAME, Finding.DIFFERS, Finding.AGREES), (Field.NAME,)),
        (Held(Field.EXCLUSIONS, Finding.EXCLUDED), (Field.EXCLUSIONS,)),
        (Held(Field.EXCLUSIONS, Finding.EXCLUDED, Finding.AGREES), (Field.EXCLUSIONS,)),
        (Held(Field.EXCLUSIONS, Finding.EXCLUDED, Finding.EXCLUDED, Finding.ACCEPTED), ()),
        (Held(Field.EXCLUSIONS, Finding.NOT_LOADED, Finding.AGREES), ()),
        (Held(Field.LICENCE_LIST, Finding.NOT_ACTIVE), (Field.LICENCE_LIST,)),
        (Held(Field.LICENCE_LIST, Finding.NOT_FOUND, Finding.NOT_LOADED), (Field.LICENCE_LIST,)),
    ],
    ids=[
        "agrees now",
        "vouched for",
        "worse than vouched for",
        "agreed then",
        "excluded",
        "excluded since",
        "a namesake",
        "no list any more",
        "licence ended",
        "a list since",
    ],
)
def test_which_fields_are_otherwise_than_at_the_yes(held: Held, turned: tuple[Field, ...]) -> None:
    assert finishing_rules.turned([held]) == turned


def test_an_exclusion_stands_first_among_what_changed() -> None:
    held = [
        Held(Field.NAME, Finding.DIFFERS, Finding.AGREES),
        Held(Field.EXCLUSIONS, Finding.EXCLUDED, Finding.AGREES),
    ]
    assert finishing_rules.turned(held) == (Field.EXCLUSIONS, Field.NAME)
