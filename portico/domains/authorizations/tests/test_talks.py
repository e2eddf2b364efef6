"""Talks between peers: offered, booked, moved, cancelled, settled; one in a slot; unknown to others."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from portico.domains.authorizations import models, slots, talks, talks_desk
from portico.domains.authorizations.at_hand import UnknownRequest
from portico.domains.authorizations.facts.requested import Kind
from portico.domains.authorizations.facts.talks import CannotTalk, Outcome, Refusal
from portico.domains.authorizations.opening import AuthorizationNotFound
from portico.domains.permits.actors import Actor
from portico.domains.permits.permit import NotPermitted
from tests.support import authorizations, cast, patients
from tests.support import world as worlds
from tests.support.actors import NOW, TODAY
from tests.support.world import World

pytestmark = pytest.mark.django_db
PACIFIC, EASTERN = "America/Los_Angeles", "America/New_York"
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def world() -> World:
    """The small world."""
    return worlds.build()


@pytest.fixture
def denied(world: World) -> models.Authorization:
    """A denied request of the front desk's, and two free times of a reviewer tomorrow at nine."""
    offered(world)
    return authorizations.denied("A1")


def offered(world: World, *, minutes: int = 30, ends: time = time(10)) -> int:
    wanted = {"on": TOMORROW, "begins": time(9), "ends": ends, "zone": ZoneInfo(PACIFIC)}
    return slots.offer(actor=reviewer(world), minutes=minutes, **wanted)  # type: ignore[arg-type]


def reviewer(world: World, hours: float = 0) -> Actor:
    return _later(worlds.actor(world["reviewer"]), hours)


def office(world: World, hours: float = 0, who: str = "front_desk") -> Actor:
    return _later(worlds.actor(world[who]), hours)


def book(world: World, row: models.Authorization, slot: UUID | None = None, **changes: object) -> None:
    told = {
        "clinician": "Dr. Amina Tran",
        "telephone": "(530) 555-0193",
        "zone": PACIFIC,
        "of": Kind(row.kind),
    }
    actor = changes.pop("actor", office(world))
    wanted = slot or first_free()
    talks.book(actor=actor, authorization=row.public_id, slot=wanted, **{**told, **changes})  # type: ignore[arg-type]


def first_free() -> UUID:
    return slots.free(NOW)[0].id


def kinds(row: models.Authorization) -> list[tuple[str, str]]:
    return list(row.events.filter(kind__startswith="talk").values_list("kind", "code"))


def notices() -> list[tuple[str, str]]:
    rows = apps.get_model("notifications", "Notice").objects.filter(kind__contains="talk").order_by("pk")
    return [("office" if row.office_id else "desk", row.kind) for row in rows]


def test_times_are_offered_one_after_the_other_and_once(world: World) -> None:
    assert offered(world) == 2
    assert offered(world, minutes=20) == 0
    assert offered(world, ends=time(11)) == 2
    begun = [each.starts_at for each in slots.own(actor=reviewer(world))]
    assert begun == [datetime(2026, 3, 13, 16, tzinfo=UTC) + timedelta(minutes=30 * n) for n in range(4)]


def test_a_night_with_a_changed_clock_has_real_minutes(world: World) -> None:
    actor = replace(reviewer(world), asked_at=datetime(2026, 10, 31, 12, tzinfo=UTC))
    wanted = {"begins": time(0, 30), "ends": time(2, 30), "zone": ZoneInfo(PACIFIC)}
    assert slots.offer(actor=actor, on=date(2026, 11, 1), minutes=60, **wanted) == 3  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"minutes": 5}, Refusal.LENGTH),
        ({"minutes": 121}, Refusal.LENGTH),
        ({"ends": time(9)}, Refusal.ORDER),
        ({"on": TODAY - timedelta(days=1)}, Refusal.PAST),
        ({"on": TODAY + timedelta(days=92)}, Refusal.TOO_FAR),
        ({"on": date.max, "begins": time(20), "ends": time(21)}, Refusal.TOO_FAR),
        ({"on": date.min, "zone": ZoneInfo("Asia/Tokyo"), "begins": time(1), "ends": time(2)}, Refusal.PAST),
    ],
)
def test_a_time_that_cannot_be_is_not_offered(world: World, changes: dict[str, object], why: Refusal) -> None:
    told = {"on": TOMORROW, "begins": time(9), "ends": time(10), "minutes": 30, "zone": ZoneInfo(PACIFIC)}
    with pytest.raises(CannotTalk) as refused:
        slots.offer(actor=reviewer(world), **{**told, **changes})  # type: ignore[arg-type]
    assert refused.value.refusal is why
    assert not models.Slot.objects.exists()


def test_a_free_time_is_withdrawn_and_a_booked_one_is_not(world: World, denied: models.Authorization) -> None:
    first, second = (each.id for each in slots.own(actor=reviewer(world)))
    book(world, denied, first)
    slots.withdraw(actor=reviewer(world), slot=second)
    with pytest.raises(CannotTalk):
        slots.withdraw(actor=reviewer(world), slot=first)
    with pytest.raises(slots.UnknownSlot):
        slots.withdraw(actor=worlds.actor(world["medical_director"]), slot=first)
    assert [(each.id, each.number) for each in slots.own(actor=reviewer(world))] == [(first, "A1")]


def test_a_denied_request_is_talked_about(world: World, denied: models.Authorization) -> None:
    book(world, denied, zone=EASTERN)
    assert kinds(denied) == [("talk_booked", "")]
    assert notices() == [("desk", "authorization_talk_booked")]
    page = talks.page(actor=office(world), authorization=denied.public_id)
    assert page.booked is not None
    assert (page.booked.clinician, page.booked.zone, len(page.slots)) == ("Dr. Amina Tran", EASTERN, 1)
    use = worlds.uses(function="authorization_submission")[-1]
    assert (use.outcome, use.conclusion) == ("allowed", "talk_booked")
    denied.refresh_from_db()
    assert denied.version == 1


def _refused(act: Callable[[], object], why: Refusal) -> None:
    with pytest.raises(CannotTalk) as refused:
        act()
    assert refused.value.refusal is why


def test_one_talk_in_a_slot_and_one_of_a_request(world: World, denied: models.Authorization) -> None:
    first, second = (each.id for each in slots.free(NOW))
    book(world, denied, first)
    _refused(lambda: book(world, denied, second), Refusal.BOOKED_BEFORE)
    other = authorizations.denied("A2")
    _refused(lambda: book(world, other, first), Refusal.SLOT_GONE)
    use = worlds.uses(function="authorization_submission")[-1]
    assert (use.outcome, use.conclusion) == ("allowed", "slot_gone")
    book(world, other, second)
    with pytest.raises(IntegrityError), transaction.atomic():
        models.Conversation.objects.update(slot=models.Slot.objects.get(public_id=first))


def test_a_time_that_is_near_or_withdrawn_is_not_booked(world: World, denied: models.Authorization) -> None:
    slot = first_free()
    _refused(lambda: book(world, denied, slot, actor=office(world, 22.5)), Refusal.SLOT_GONE)
    _refused(lambda: book(world, denied, uuid4()), Refusal.SLOT_GONE)
    models.Slot.objects.update(withdrawn_at=NOW)
    _refused(lambda: book(world, denied, slot), Refusal.SLOT_GONE)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"clinician": "  "}, Refusal.CLINICIAN_MISSING),
        ({"clinician": "x" * 161}, Refusal.CLINICIAN_MISSING),
        ({"telephone": "555-0193"}, Refusal.TELEPHONE_WRONG),
        ({"zone": "Middle/Earth"}, Refusal.ZONE_UNKNOWN),
        ({"zone": "../etc"}, Refusal.ZONE_UNKNOWN),
    ],
)
def test_what_is_needed_to_call_is_said(
    world: World, denied: models.Authorization, changes: dict[str, object], why: Refusal
) -> None:
    _refused(lambda: book(world, denied, **changes), why)  # type: ignore[arg-type]
    assert not models.Conversation.objects.exists()


def test_after_fourteen_days_there_is_no_talk(world: World, denied: models.Authorization) -> None:
    actor = office(world, 14 * 24 - 23)
    assert not talks.page(actor=actor, authorization=denied.public_id).may_book
    _refused(lambda: book(world, denied, actor=actor), Refusal.TOO_LATE)


def test_an_approved_request_is_not_talked_about(world: World, denied: models.Authorization) -> None:
    row = authorizations.approved("A2")
    assert not talks.page(actor=office(world), authorization=row.public_id).may_book
    _refused(lambda: book(world, row), Refusal.NOT_NOW)


def test_a_talk_moves_and_counts_its_changes(world: World, denied: models.Authorization) -> None:
    first, second = (each.id for each in slots.free(NOW))
    book(world, denied, first)
    talk = models.Conversation.objects.get().public_id
    move = {"authorization": denied.public_id, "of": Kind.AUTHORIZATION, "slot": second, "zone": PACIFIC}
    talks.move(actor=office(world), **move)  # type: ignore[arg-type]
    entry = talks.calendar(actor=office(world), authorization=denied.public_id, talk=talk)
    assert (entry.sequence, entry.starts_at) == (1, datetime(2026, 3, 13, 16, 30, tzinfo=UTC))
    assert [each.id for each in slots.free(NOW)] == [first]
    assert kinds(denied) == [("talk_booked", ""), ("talk_moved", "")]


def test_who_had_a_talk_that_is_moved_to_a_colleague_hears_of_it(
    world: World, denied: models.Authorization
) -> None:
    book(world, denied)
    director = worlds.actor(world["medical_director"])
    wanted = {"begins": time(13), "ends": time(13, 30), "zone": ZoneInfo(PACIFIC)}
    slots.offer(actor=director, on=TOMORROW, minutes=30, **wanted)  # type: ignore[arg-type]
    other = models.Slot.objects.get(persona_id=director.persona_id or 0).public_id
    told = {"authorization": denied.public_id, "of": Kind.AUTHORIZATION, "zone": PACIFIC}
    talks.move(actor=office(world), slot=other, **told)  # type: ignore[arg-type]
    moved = apps.get_model("notifications", "Notice").objects.filter(kind="authorization_talk_moved")
    assert {each.user_id for each in moved} == {director.user_id, reviewer(world).user_id}


def test_either_side_cancels_and_the_other_hears_of_it(world: World, denied: models.Authorization) -> None:
    book(world, denied)
    talks.cancel(actor=office(world), authorization=denied.public_id, of=Kind.AUTHORIZATION)
    book(world, denied)
    talk = models.Conversation.objects.get(state="booked").public_id
    talks_desk.cancel(actor=reviewer(world), talk=talk)
    told = [("desk", "booked"), ("desk", "cancelled"), ("desk", "booked"), ("office", "cancelled")]
    assert notices() == [(side, f"authorization_talk_{what}") for side, what in told]
    assert talks_desk.calendar(actor=reviewer(world), talk=talk).is_cancelled
    _refused(lambda: talks_desk.cancel(actor=reviewer(world), talk=talk), Refusal.NOT_BOOKED)


def test_a_talk_that_was_held_has_an_outcome_and_words(world: World, denied: models.Authorization) -> None:
    book(world, denied)
    talk = models.Conversation.objects.get().public_id
    settle = {"talk": talk, "outcome": Outcome.BETTER, "words": "New notes support eight more visits."}
    _refused(lambda: talks_desk.settle(actor=reviewer(world), **settle), Refusal.NOT_YET)  # type: ignore[arg-type]
    after = reviewer(world, 24)
    silent = {**settle, "words": " "}
    _refused(lambda: talks_desk.settle(actor=after, **silent), Refusal.WORDS_MISSING)  # type: ignore[arg-type]
    unknown = {**settle, "outcome": "denied"}
    _refused(lambda: talks_desk.settle(actor=after, **unknown), Refusal.OUTCOME_UNKNOWN)  # type: ignore[arg-type]
    talks_desk.settle(actor=after, **settle)  # type: ignore[arg-type]
    assert kinds(denied)[-1] == ("talk_held", "better")
    shown = talks_desk.one(actor=after, talk=talk)
    assert (shown.talk.state, shown.words) == ("held", settle["words"])
    denied.refresh_from_db()
    assert denied.state == "denied"


def test_a_missed_talk_can_be_booked_again(world: World, denied: models.Authorization) -> None:
    first, second = (each.id for each in slots.free(NOW))
    book(world, denied, first)
    models.Slot.objects.filter(public_id=second).update(
        starts_at=NOW + timedelta(days=3), ends_at=NOW + timedelta(days=3, hours=1)
    )
    talk = models.Conversation.objects.get().public_id
    talks_desk.settle(actor=reviewer(world, 24), talk=talk, outcome="")
    assert kinds(denied)[-1] == ("talk_cancelled", "missed")
    book(world, denied, second, actor=office(world, 25))


@pytest.mark.parametrize("who", ["outsider", "colleague"])
def test_another_office_knows_of_no_talk(world: World, denied: models.Authorization, who: str) -> None:
    actor = office(world, who=who)
    with pytest.raises(AuthorizationNotFound):
        talks.page(actor=actor, authorization=denied.public_id)
    with pytest.raises(UnknownRequest):
        book(world, denied, actor=actor)
    with pytest.raises(UnknownRequest):
        talks.cancel(actor=actor, authorization=denied.public_id, of=Kind.AUTHORIZATION)
    with pytest.raises(AuthorizationNotFound):
        talks.calendar(actor=actor, authorization=denied.public_id, talk=uuid4())


def test_the_function_is_that_of_the_kind(world: World, denied: models.Authorization) -> None:
    with pytest.raises(UnknownRequest):
        book(world, denied, of=Kind.REFERRAL)
    with pytest.raises(NotPermitted):
        book(world, denied, actor=office(world, who="eligibility_only"))


def test_a_servicing_office_reads_and_books_nothing(world: World) -> None:
    offered(world)
    parties = {
        "requesting": (cast.FOREIGN, patients.NPI_ELSEWHERE),
        "servicing": (cast.OWN, patients.NPI),
    }
    row = authorizations.denied("A3", parties=parties)
    assert not talks.page(actor=office(world), authorization=row.public_id).may_book
    _refused(lambda: book(world, row), Refusal.NOT_NOW)


def test_the_desk_is_the_plans(world: World, denied: models.Authorization) -> None:
    for act in (
        lambda: slots.own(actor=office(world)),
        lambda: talks_desk.upcoming(actor=office(world)),
        lambda: talks_desk.upcoming(actor=worlds.actor(world["operations"])),
    ):
        with pytest.raises(NotPermitted):
            act()


def test_the_lists_ask_as_often_for_many_as_for_few(world: World, denied: models.Authorization) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            talks_desk.upcoming(actor=reviewer_)
            slots.own(actor=reviewer_)
            talks.page(actor=office_, authorization=denied.public_id)
        return len(queries)

    reviewer_, office_ = reviewer(world), office(world)
    book(world, denied)
    few = asked()
    offered(world, ends=time(16))
    for place in range(3):
        book(world, authorizations.denied(f"B{place}"))
    assert asked() == few


def _later(actor: Actor, hours: float) -> Actor:
    return replace(actor, asked_at=actor.asked_at + timedelta(hours=hours))
