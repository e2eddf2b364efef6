"""The mirror: whose look-ups an administrator and the plan see, and that seeing them is a use of its own."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.apps import apps

from portico.domains.access import mirror, models
from portico.domains.access.mirror import Pattern, Sought
from portico.domains.access.tests import making
from portico.domains.permits.actors import Actor, Held
from portico.domains.permits.functions import Desk, Function
from portico.domains.permits.permit import NotPermitted, permit
from portico.domains.permits.reasons import Reason
from tests.support import actors as people

pytestmark = pytest.mark.django_db(transaction=True)

OFFICE, PLAN = Function.MANAGE_USERS, Function.AUDIT_READING
TODAY = Sought(making.TODAY, making.TODAY)


@pytest.fixture(autouse=True)
def _house() -> None:
    making.a_plan()
    making.an_office()
    making.an_office(making.HILLCREST, making.FOREIGN)
    for tax_id, npi in ((making.OWN, making.NPI), (making.FOREIGN, making.OTHER_NPI)):
        making.participates(making.affiliated(npi, tax_id))
    making.participates(making.affiliated(making.NPI, making.SECOND))


@pytest.fixture
def fay() -> Actor:
    """Lakeside's front desk, for both tax IDs."""
    return making.actor(
        making.a_person(making.an_end_user(making.a_grant(tax_ids=(making.OWN, making.SECOND))))
    )


@pytest.fixture
def ada() -> Actor:
    """Lakeside's administrator."""
    return administrator("ada.office", making.OWN, making.SECOND)


def administrator(username: str, *tax_ids: str, office: str = making.LAKESIDE) -> Actor:
    grant = making.a_grant(Function.MANAGE_USERS, tax_ids=tax_ids)
    return making.actor(making.a_person(making.an_administrator(grant, office=office), username=username))


def look(
    actor: Actor,
    member: str | None,
    *,
    at: datetime = making.NOW,
    tax_id: str | None = making.OWN,
    end: str = "found",
) -> None:
    """The actor looks a member up; None: nobody was found."""
    with permit(replace(actor, asked_at=at), Function.ELIGIBILITY, tax_id=tax_id) as given:
        if member is not None:
            given.note_subject("member", member)
        given.conclude(end)


def seen(actor: Actor, sought: Sought = TODAY, function: Function = OFFICE) -> list[str]:
    page = mirror.page(actor=actor, function=function, sought=sought)
    return [found.member for found in page.rows]


def latest_use() -> tuple[str, str, list[tuple[str, str]]]:
    """(function, conclusion, subjects) of the latest audit row."""
    entry = apps.get_model("audit", "Entry").objects.latest("id")
    return entry.function, entry.conclusion, list(entry.subjects.values_list("kind", "identifier"))


def test_an_administrator_sees_who_looked_up_whom_when_and_through_which_door(fay: Actor, ada: Actor) -> None:
    look(fay, "NLH00000041")
    (row,) = mirror.page(actor=ada, function=OFFICE, sought=TODAY).rows
    assert (row.name, row.user_id, row.member) == ("Fay Desk", fay.user_id, "NLH00000041")
    assert (row.at, row.door, row.function, row.tax_id) == (making.NOW, "web", "eligibility", making.OWN)


def test_seeing_look_ups_is_a_use_with_its_members_and_no_look_up_itself(fay: Actor, ada: Actor) -> None:
    look(fay, "NLH00000041")
    seen(ada)
    assert latest_use() == ("manage_users", "lookups_shown", [("member", "NLH00000041")])
    assert seen(ada) == ["NLH00000041"]


def test_another_offices_administrator_sees_nothing_of_it(fay: Actor) -> None:
    look(fay, "NLH00000041")
    assert seen(administrator("eve.office", making.FOREIGN, office=making.HILLCREST)) == []


def test_an_administrator_of_one_tax_id_sees_what_was_asked_under_that_one(fay: Actor) -> None:
    look(fay, "NLH00000041", tax_id=making.OWN)
    look(fay, "NLH00000042", tax_id=making.SECOND)
    assert seen(administrator("ann.office", making.SECOND)) == ["NLH00000042"]


def test_what_names_no_tax_id_is_seen_by_whoever_looks_after_every_one(fay: Actor, ada: Actor) -> None:
    ann = administrator("ann.office", making.OWN)
    look(fay, "NLH00000042", tax_id=None)
    for _ in range(10):
        look(fay, None, tax_id=None, end="member_id_not_found")
    assert (seen(ada), seen(ann)) == (["NLH00000042"], [])
    flags = [len(mirror.unusual(actor=each, function=OFFICE, sought=TODAY).flags) for each in (ada, ann)]
    assert flags == [1, 0]


def test_a_tax_id_that_moved_on_stays_out_of_sight_of_who_never_looked_after_it(
    fay: Actor, ada: Actor
) -> None:
    look(fay, "NLH00000042", tax_id=making.SECOND)
    ann = administrator("ann.office", making.OWN)
    apps.get_model("offices", "TaxId").objects.filter(number=making.SECOND).update(office=None)
    assert seen(ann) == []
    assert seen(ada) == ["NLH00000042"]


@pytest.mark.parametrize("is_over", [False, True], ids=["while it runs", "when it is over"])
def test_what_was_asked_for_a_client_is_seen_by_the_billing_companys_administrator(
    fay: Actor, ada: Actor, is_over: bool
) -> None:
    lent = people.grant(Function.ELIGIBILITY, tax_ids=frozenset({making.FOREIGN}), lines=None)
    reached = frozenset({making.FOREIGN})
    standing = replace(fay.standing, tax_ids=reached, participating=reached)
    look(replace(fay, held=Held([lent]), standing=standing), "NLH00000043", tax_id=making.FOREIGN)
    assert seen(ada) == []
    client = models.ClientGrant.objects.create(
        client=apps.get_model("offices", "Office").objects.get(key=making.HILLCREST),
        biller_id=ada.office_id or 0,
        tax_id=making.FOREIGN,
        functions=Function.ELIGIBILITY,
        first_on=making.TODAY,
        made_at=making.NOW,
    )
    if is_over:
        models.ClientGrant.objects.filter(pk=client.pk).update(ended_at=making.NOW, ending="taken_back")
    assert seen(ada) == ["NLH00000043"]


@pytest.mark.parametrize(("first", "last", "found"), [(-1, -1, 0), (0, 0, 1), (1, 1, 0), (-200, 0, 1)])
def test_both_days_count_and_they_are_the_plans_days(
    fay: Actor, ada: Actor, first: int, last: int, found: int
) -> None:
    look(fay, "NLH00000041", at=making.NOW.replace(hour=23, minute=59) + timedelta(hours=6))
    assert len(seen(ada, Sought(making.day(first), making.day(last)))) == found


def test_no_more_than_a_quarter_is_looked_at(fay: Actor, ada: Actor) -> None:
    look(fay, "NLH00000041", at=making.NOW - timedelta(days=mirror.MOST_DAYS + 1))
    assert seen(ada, Sought(making.day(-365), making.TODAY)) == []


@pytest.mark.parametrize(
    "sought",
    [
        Sought(making.TODAY, making.TODAY, person="fay"),
        Sought(making.TODAY, making.TODAY, member="NLH00000041"),
        Sought(making.TODAY, making.TODAY, door="web"),
    ],
    ids=["person", "member", "door"],
)
def test_look_ups_are_found_by_person_member_and_door(fay: Actor, ada: Actor, sought: Sought) -> None:
    look(fay, "NLH00000041")
    assert seen(ada, sought) == ["NLH00000041"]


def test_the_plan_sees_the_same_for_a_tax_id(fay: Actor) -> None:
    look(fay, "NLH00000041")
    look(fay, "NLH00000042", tax_id=making.SECOND)
    sought = Sought(making.TODAY, making.TODAY, tax_id=making.OWN)
    assert seen(people.plan_staff(), sought, PLAN) == ["NLH00000041"]
    shown = [("tax_id", making.OWN), ("member", "NLH00000041")]
    assert latest_use() == ("audit_reading", "lookups_shown", shown)


def test_an_export_holds_the_same_and_says_so_in_the_audit(fay: Actor, ada: Actor) -> None:
    look(fay, "NLH00000041")
    (row,) = mirror.export(actor=proven(ada), function=OFFICE, sought=TODAY)
    assert row.member == "NLH00000041"
    assert latest_use() == ("manage_users", "lookups_exported", [("member", "NLH00000041")])


def test_an_export_asks_whether_it_is_still_the_same_person(ada: Actor) -> None:
    with pytest.raises(NotPermitted) as refused:
        mirror.export(actor=ada, function=OFFICE, sought=TODAY)
    assert refused.value.decision.reasons == (Reason.CONFIRMATION_REQUIRED,)


def proven(actor: Actor, *, second_factor: bool = True) -> Actor:
    """The same administrator, who has just shown that it is they."""
    return replace(actor, account=replace(actor.account, proven_lately=True, second_factor=second_factor))


@pytest.mark.parametrize("ask", [mirror.page, mirror.export, mirror.unusual], ids=lambda ask: ask.__name__)
def test_an_end_user_sees_nobodys_look_ups(ask: object, fay: Actor) -> None:
    assert callable(ask)
    with pytest.raises(NotPermitted) as refused:
        ask(actor=fay, function=OFFICE, sought=TODAY)
    assert Reason.FUNCTION_NOT_GRANTED in refused.value.decision.reasons


@pytest.mark.parametrize("desk", [Desk.SUPPORT, Desk.MEMBER_SERVICES], ids=str)
def test_a_desk_that_reads_no_audit_sees_no_look_ups(desk: Desk) -> None:
    with pytest.raises(NotPermitted):
        mirror.page(actor=people.plan_staff(desk), function=PLAN, sought=TODAY)


def test_somebody_without_a_second_factor_sees_no_look_ups(ada: Actor) -> None:
    with pytest.raises(NotPermitted) as refused:
        mirror.page(actor=proven(ada, second_factor=False), function=OFFICE, sought=TODAY)
    assert refused.value.decision.reasons == (Reason.STEP_UP_REQUIRED,)


def test_what_is_unusual_is_told_with_the_name_of_who_did_it(fay: Actor, ada: Actor) -> None:
    for _ in range(10):
        look(fay, None, end="member_id_not_found")
    found = mirror.unusual(actor=ada, function=OFFICE, sought=TODAY)
    (flag,) = found.flags
    assert (flag.pattern, flag.user_id, flag.count) == (Pattern.NOTHING_FOUND, fay.user_id, 10)
    assert found.names[flag.user_id or 0] == "Fay Desk"
    assert latest_use() == ("manage_users", "unusual_lookups_shown", [])


def test_what_is_usual_for_a_person_is_read_of_the_weeks_before(fay: Actor, ada: Actor) -> None:
    late = making.NOW.replace(hour=6)  # eleven at night the evening before, by the plan's clocks
    for number in range(3):
        look(fay, f"NLH0000009{number}", at=late)
    yesterday = Sought(making.day(-1), making.day(-1))
    (flag,) = mirror.unusual(actor=ada, function=OFFICE, sought=yesterday).flags
    assert (flag.pattern, flag.count) == (Pattern.AT_NIGHT, 3)
    look(fay, "NLH00000099", at=late - timedelta(days=7))
    assert mirror.unusual(actor=ada, function=OFFICE, sought=yesterday).flags == ()


def test_a_member_that_several_looked_up_is_noted_as_shown(ada: Actor) -> None:
    for number in range(5):
        user_id = making.a_person(making.an_end_user(making.a_grant()), username=f"desk.no{number}")
        look(making.actor(user_id), "NLH00000041")
    (flag,) = mirror.unusual(actor=ada, function=OFFICE, sought=TODAY).flags
    assert (flag.pattern, flag.member, flag.count) == (Pattern.BY_SEVERAL, "NLH00000041", 5)
    assert latest_use() == ("manage_users", "unusual_lookups_shown", [("member", "NLH00000041")])
