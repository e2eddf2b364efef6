"""The access review: opened each quarter, told of, judged persona by persona, finished or lapsed."""

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps

from portico.domains.access import granting, models
from portico.domains.access.officers import watching
from portico.domains.access.reviews import judging, keeping, reading
from portico.domains.access.reviews.judging import NoReview, Said, Unfinished, UnknownPerson
from portico.domains.access.reviews.reading import Rhythm, Sheet
from portico.domains.access.tests import houses, looking, making
from portico.domains.access.tests.houses import Lakeside
from portico.domains.audit import recording
from portico.domains.offices import reviewing
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import NotPermitted
from portico.domains.permits.questions import Question
from portico.domains.permits.reasons import Reason
from portico.domains.permits.rules import decide
from portico.domains.plan import policy
from tests.support import actors as people

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
QUARTER = 92 * DAY  # March 12 to June 12
LENGTH = 30 * DAY


@pytest.fixture
def house() -> Lakeside:
    return houses.lakeside()


def keep(after: timedelta) -> str:
    """The clock runs once; answers how it ended."""
    keeping.keep(actor=houses.system(after=after))
    return looking.last_use()[2]


def opened(house: Lakeside) -> Any:
    """The office's review, opened a quarter after the office was."""
    keep(QUARTER)
    return models.Review.objects.get(office_id=house.office, finished_at=None)


def sheet(
    house: Lakeside, name: str = "ann", after: timedelta = QUARTER, *, key: str = "", size: int = 100
) -> Sheet:
    shown = reading.sheet(actor=house.as_(name, after=after), after=key, size=size)
    assert isinstance(shown, Sheet)
    return shown


def say(house: Lakeside, verdicts: dict[int, Said], *, name: str = "ann", after: timedelta = QUARTER) -> int:
    return judging.say(actor=house.as_(name, after=after), verdicts=verdicts)


def keep_all(house: Lakeside, name: str = "ann", after: timedelta = QUARTER) -> None:
    rows = sheet(house, name, after).page.rows
    say(house, {row.persona_id: Said.KEPT for row in rows if not row.is_own}, name=name, after=after)


def used(house: Lakeside, name: str, function: Function, *, at: timedelta) -> None:
    """Somebody used something so long after NOW."""
    actor = house.as_(name)
    recording.record(
        recording.Use(
            reference=f"use {name} {function} {at}"[:32],
            at=people.NOW + at,
            door="web",
            actor_kind="persona",
            user_id=actor.user_id,
            persona_id=actor.persona_id,
            office_id=actor.office_id,
            function=function,
            outcome=recording.Outcome.ALLOWED,
        )
    )


def test_a_review_is_opened_when_a_quarter_has_passed_and_not_a_day_earlier(house: Lakeside) -> None:
    assert keep(QUARTER - DAY) == "no_review_to_keep"
    assert keep(QUARTER) == "reviews_kept"
    review = models.Review.objects.get(office_id=house.office)
    day = people.TODAY + QUARTER
    assert (review.opened_on, review.due_on) == (day, day + LENGTH)
    assert houses.notices("review_opened") == [(None, house.ann), (None, house.bea)]
    assert houses.mailed("access_review") == [
        "ann.admin@example.org",
        "bea.admin@example.org",
        houses.CONTACT,
    ]
    assert keep(QUARTER + DAY) == "no_review_to_keep"


def test_the_next_one_is_opened_a_quarter_after_the_last_was(house: Lakeside) -> None:
    review = opened(house)
    keep_all(house)
    judging.finish(actor=house.as_("ann", after=QUARTER))
    assert keep(QUARTER + 91 * DAY) == "no_review_to_keep"
    assert keep(QUARTER + 92 * DAY) == "reviews_kept"
    assert models.Review.objects.exclude(pk=review.pk).count() == 1


def set_months(months: int) -> None:
    apps.get_model("plan", "AccessPolicy").objects.update_or_create(pk=1, defaults={"review_months": months})
    policy.forget()


def test_a_plan_that_asks_for_none_opens_none_and_ends_what_was_open(house: Lakeside) -> None:
    opened(house)
    lapse()
    assert reviewing.overdue() == {house.office}
    set_months(0)
    keep(QUARTER + LENGTH + 2 * DAY)
    assert reviewing.overdue() == frozenset()
    assert reading.sheet(actor=house.as_("ann", after=QUARTER + LENGTH)) == Rhythm(people.TODAY + QUARTER, 0)
    assert keep(9 * QUARTER) == "no_review_to_keep"


def lapse() -> None:
    """Every reminder was told, and the time is over."""
    for left in (14, 7, 1, -1):
        keep(QUARTER + LENGTH - left * DAY)


def test_administrators_are_told_fourteen_seven_and_one_day_before_the_end(house: Lakeside) -> None:
    opened(house)
    for left, count in ((15, 0), (14, 2), (13, 2), (7, 4), (6, 4), (1, 6), (0, 6)):
        keep(QUARTER + LENGTH - left * DAY)
        assert len(houses.notices("review_due")) == count
    assert models.Review.objects.get().noticed == [14, 7, 1]


def test_without_an_end_in_time_patients_are_closed_to_the_whole_office_until_it_comes(
    house: Lakeside,
) -> None:
    opened(house)
    lapse()
    after = QUARTER + LENGTH + DAY
    review = models.Review.objects.get()
    assert review.lapsed_at == people.NOW + after
    assert houses.notices("review_lapsed") == [(house.office, None)]
    assert reviewing.overdue_since(house.office) == people.NOW + after
    for name in ("fay", "gus"):
        decision = decide(house.as_(name, after=after), Question(Function.ELIGIBILITY, making.OWN))
        assert Reason.ACCESS_REVIEW_OVERDUE in decision.reasons
    assert decide(house.as_("ann", after=after), Question(Function.MANAGE_USERS)).allowed
    keep_all(house, after=after)
    judging.finish(actor=house.as_("ann", after=after))
    assert reviewing.overdue_since(house.office) is None
    decision = decide(house.as_("fay", after=after), Question(Function.ELIGIBILITY, making.OWN))
    assert Reason.ACCESS_REVIEW_OVERDUE not in decision.reasons
    assert houses.notices("review_finished") == [(house.office, None)]


def test_what_nobody_was_told_of_does_not_lapse_but_gets_two_weeks(house: Lakeside) -> None:
    opened(house)
    late = QUARTER + LENGTH + 5 * DAY
    keep(late)
    review = models.Review.objects.get()
    assert (review.lapsed_at, review.due_on) == (None, people.TODAY + late + 14 * DAY)
    assert len(houses.notices("review_due")) == 2


def test_an_office_without_an_administrator_does_not_lapse_and_its_next_one_has_two_weeks(
    house: Lakeside,
) -> None:
    opened(house)
    houses.suspend(house, "ann", "bea")
    lapse()
    after = QUARTER + LENGTH + DAY
    assert reviewing.overdue() == frozenset()
    models.Persona.objects.filter(user_id=house.bea).update(suspended_at=None)
    watching.keep(actor=houses.system(after=after))
    keep(after)
    review = models.Review.objects.get()
    assert (review.lapsed_at, review.due_on) == (None, people.TODAY + after + 14 * DAY)


def test_the_sheet_shows_what_everybody_holds_and_what_nobody_used(house: Lakeside) -> None:
    opened(house)
    used(house, "fay", Function.ELIGIBILITY, at=80 * DAY)
    used(house, "gus", Function.CLAIMS_INQUIRY, at=DAY)
    shown = sheet(house)
    assert looking.last_use()[:3] == ("manage_users", "allowed", "review_shown")
    assert (shown.count, shown.waiting, shown.has_lapsed) == (4, 3, False)
    by_name = {row.name: row for row in shown.page.rows}
    assert [name for name, row in by_name.items() if row.is_own] == ["Ann Admin"]
    uses = {
        (name, use.function): (use.last_on, use.is_flagged, use.is_droppable)
        for name, row in by_name.items()
        for use in row.uses
    }
    day = people.TODAY + 80 * DAY
    assert uses["Fay Desk", Function.ELIGIBILITY] == (day, False, False)
    assert uses["Fay Desk", Function.CLAIMS_INQUIRY] == (None, True, True)
    assert uses["Gus Desk", Function.ELIGIBILITY] == (None, True, False)
    assert uses["Gus Desk", Function.CLAIMS_INQUIRY] == (None, True, True)
    assert uses["Bea Admin", Function.MANAGE_USERS] == (None, True, False)
    assert (by_name["Fay Desk"].is_flagged, by_name["Fay Desk"].may_drop) == (True, True)


def test_what_was_refused_is_no_use(house: Lakeside) -> None:
    opened(house)
    used(house, "fay", Function.CLAIMS_INQUIRY, at=80 * DAY)
    entry = apps.get_model("audit", "Entry").objects.filter(function="claims_inquiry").get()
    other = recording.Use(
        reference="denied",
        at=entry.at,
        door="web",
        actor_kind="persona",
        user_id=house.gus,
        persona_id=house.persona("gus", "end_user"),
        function=Function.CLAIMS_INQUIRY,
        outcome=recording.Outcome.DENIED,
    )
    recording.record(other)
    flagged = {row.name: row.may_drop for row in sheet(house).page.rows}
    assert (flagged["Fay Desk"], flagged["Gus Desk"]) == (False, True)


def test_a_function_held_anew_by_another_grant_is_not_young(house: Lakeside) -> None:
    opened(house)
    persona = house.persona("fay", "end_user")
    old = models.Grant.objects.get(persona=persona, function="claims_inquiry")
    granting.end_grant(actor=houses.system(after=QUARTER), grant_id=old.pk)
    new = making.a_grant(Function.CLAIMS_INQUIRY, first_on=people.TODAY + QUARTER)
    granting.add_grant(actor=houses.system(after=QUARTER), persona_id=persona, new=new)
    [fay] = [row for row in sheet(house).page.rows if row.persona_id == persona]
    assert {use.function: use.is_flagged for use in fay.uses}[Function.CLAIMS_INQUIRY]


@pytest.mark.parametrize(
    ("apart", "is_flagged"), [(1, True), (2, False)], ids=["the day after", "two days after"]
)
def test_a_function_given_again_after_it_was_lost_is_young(
    house: Lakeside, apart: int, is_flagged: bool
) -> None:
    opened(house)
    persona = house.persona("fay", "end_user")
    old = models.Grant.objects.get(persona=persona, function="claims_inquiry")
    granting.end_grant(actor=houses.system(after=QUARTER - 2 * DAY), grant_id=old.pk)
    again = QUARTER - 2 * DAY + apart * DAY
    new = making.a_grant(Function.CLAIMS_INQUIRY, first_on=people.TODAY + again)
    granting.add_grant(actor=houses.system(after=again), persona_id=persona, new=new)
    [fay] = [row for row in sheet(house).page.rows if row.persona_id == persona]
    assert {use.function: use.is_flagged for use in fay.uses}[Function.CLAIMS_INQUIRY] is is_flagged


@pytest.mark.parametrize("is_confirmed", [True, False], ids=["confirmed lately", "not confirmed"])
def test_the_time_it_waited_to_be_confirmed_is_no_time_it_was_held(
    house: Lakeside, is_confirmed: bool
) -> None:
    opened(house)
    persona = house.persona("fay", "end_user")
    waited = models.Grant.objects.filter(persona=persona, function="claims_inquiry")
    at = people.NOW + QUARTER - DAY if is_confirmed else None
    state = "active" if is_confirmed else "proposed"
    waited.update(state=state, proposed_by=house.bea, confirmed_at=at)
    [fay] = [row for row in sheet(house).page.rows if row.persona_id == persona]
    assert not {use.function: use.is_flagged for use in fay.uses}[Function.CLAIMS_INQUIRY]


def test_keeping_changes_nothing_but_the_verdict(house: Lakeside) -> None:
    review, persona = opened(house), house.persona("fay", "end_user")
    assert say(house, {persona: Said.KEPT}) == 1
    assert looking.last_use()[:3] == ("manage_users", "allowed", "review_said")
    verdict = models.Verdict.objects.get(review=review)
    assert (verdict.persona_id, verdict.said, verdict.by) == (persona, "kept", house.ann)
    assert models.Grant.objects.filter(persona=persona, state="active").count() == 2
    say(house, {persona: Said.KEPT}, name="bea")
    assert models.Verdict.objects.get(review=review).by == house.bea


def test_taking_what_is_not_used_ends_that_alone(house: Lakeside) -> None:
    opened(house)
    persona = house.persona("fay", "end_user")
    used(house, "fay", Function.BENEFITS, at=80 * DAY)
    say(house, {persona: Said.CHANGED})
    running = models.Grant.objects.filter(persona=persona, state="active")
    assert list(running.values_list("function", flat=True)) == ["eligibility"]
    change = models.AccessChange.objects.get(persona=persona)
    assert (change.kind, change.by) == ("reviewed", house.ann)
    assert [[each["function"] for each in side] for side in (change.before, change.after)] == [
        ["eligibility", "claims_inquiry"],
        ["eligibility"],
    ]
    assert houses.notices("access_changed") == [(None, house.fay)]


def test_taking_the_persona_away_closes_everything(house: Lakeside) -> None:
    opened(house)
    persona = house.persona("fay", "end_user")
    say(house, {persona: Said.REMOVED})
    assert house.maybe("fay") is None
    assert models.AccessChange.objects.get(persona=persona).kind == "removed"
    assert persona not in {row.persona_id for row in sheet(house).page.rows}
    with pytest.raises(UnknownPerson):
        say(house, {persona: Said.KEPT})


def test_an_administrator_may_go_while_another_is_there(house: Lakeside) -> None:
    opened(house)
    say(house, {house.persona("bea"): Said.REMOVED})
    assert house.present(after=QUARTER) == [house.ann]
    assert houses.notices("one_administrator_left") == [(None, house.ann)]


def test_nobody_judges_what_they_hold_themselves_and_nothing_of_the_rest_is_done(house: Lakeside) -> None:
    opened(house)
    fay = house.persona("fay", "end_user")
    with pytest.raises(judging.OutOfReach):
        say(house, {fay: Said.REMOVED, house.persona("ann"): Said.KEPT})
    assert looking.last_use()[2] == "out_of_reach"
    assert house.maybe("fay") is not None
    assert not models.Verdict.objects.exists()


def test_who_could_not_give_it_does_not_take_it_away(house: Lakeside) -> None:
    opened(house)
    grant = models.Grant.objects.get(persona=house.persona("ann"))
    models.GrantLimit.objects.create(grant=grant, dimension="function", value="eligibility")
    with pytest.raises(judging.BeyondCeiling):
        say(house, {house.persona("fay", "end_user"): Said.CHANGED})
    with pytest.raises(judging.BeyondCeiling):
        say(house, {house.persona("bea"): Said.REMOVED})
    assert house.present(after=QUARTER) == [house.ann, house.bea]


def test_people_of_other_offices_and_new_ones_are_not_asked_about(house: Lakeside) -> None:
    opened(house)
    hill = making.an_office(making.HILLCREST, making.FOREIGN)
    stranger = looking.a_user("hil.desk", making.an_end_user(office=hill.key))
    new = looking.a_user("ned.new", making.an_end_user(making.a_grant()))
    late = people.NOW + QUARTER + DAY
    models.Persona.objects.filter(user_id=new).update(created_at=late)
    for user_id in (stranger, new):
        [persona] = making.personas_of(user_id)
        with pytest.raises(UnknownPerson):
            say(house, {persona: Said.KEPT})
        assert looking.last_use()[2] == "not_found"
    assert sheet(house).count == 4


def test_it_is_finished_when_everybody_else_was_judged(house: Lakeside) -> None:
    review = opened(house)
    with pytest.raises(Unfinished) as caught:
        judging.finish(actor=house.as_("ann", after=QUARTER))
    assert (caught.value.count, looking.last_use()[2]) == (3, "review_unfinished")
    keep_all(house)
    judging.finish(actor=house.as_("ann", after=QUARTER))
    assert looking.last_use()[2:] == ("review_finished", [("review", str(review.pk))])
    review.refresh_from_db()
    assert (review.finished_at, review.finished_by) == (people.NOW + QUARTER, house.ann)
    own = models.Verdict.objects.get(persona=house.persona("ann"))
    assert (own.said, own.by) == ("kept", house.ann)
    with pytest.raises(NoReview):
        judging.finish(actor=house.as_("ann", after=QUARTER))
    with pytest.raises(NoReview):
        say(house, {house.persona("bea"): Said.KEPT})


def test_between_reviews_the_last_and_the_rhythm_are_told(house: Lakeside) -> None:
    assert reading.sheet(actor=house.as_("ann")) == Rhythm(None, 3)
    assert looking.last_use()[2] == "no_review_open"


def test_it_is_the_administrators_alone_and_confirmed_before_it_changes_anything(house: Lakeside) -> None:
    opened(house)
    fay = house.persona("fay", "end_user")
    for actor in (house.as_("fay", after=QUARTER), house.as_("sue", after=QUARTER), people.visitor()):
        with pytest.raises(NotPermitted):
            reading.sheet(actor=actor)
        with pytest.raises(NotPermitted):
            judging.finish(actor=actor)
    for actor in (house.as_("fay", after=QUARTER), house.as_("ann", after=QUARTER, lately=False)):
        with pytest.raises(NotPermitted):
            judging.say(actor=actor, verdicts={fay: Said.REMOVED})
    with pytest.raises(NotPermitted):
        keeping.keep(actor=house.as_("sue"))
    assert house.maybe("fay") is not None


def test_a_long_sheet_goes_on_where_a_page_ends(house: Lakeside, django_assert_max_num_queries: Any) -> None:
    for number in range(30):
        looking.a_user(f"desk.n{number}", making.an_end_user(making.a_grant()))
    opened(house)
    with django_assert_max_num_queries(20):
        first = sheet(house, size=20)
    second = sheet(house, size=20, key=first.page.next_key or "")
    assert (len(first.page.rows), len(second.page.rows), first.count) == (20, 14, 34)
