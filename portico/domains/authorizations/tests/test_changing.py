"""Changing, prolonging and giving up requests: what is done, what is refused, and what the ledger says."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps

from portico.domains.authorizations import changing, models, sealing
from portico.domains.authorizations.changing import BadDay, Changed, Changes, More, NotNow, UnitsUsed, Why
from portico.domains.authorizations.facts.requested import (
    Fault,
    Kind,
    Level,
    NotSent,
    PartySent,
    Sent,
    ServiceSent,
    Unit,
    Warning,
)
from portico.domains.authorizations.models import Authorization
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import NotPermitted
from tests.support import authorizations, cast, patients, requirements, world
from tests.support.actors import NOW, TODAY
from tests.support.authorizations import FIRST_ON, LAST_ON
from tests.support.cast import FOREIGN, OWN
from tests.support.world import World

pytestmark = pytest.mark.django_db
AUTHORIZATION = Kind.AUTHORIZATION
THERAPY = ServiceSent(Decimal(12), Unit.VISITS, FIRST_ON, LAST_ON, "PT", code="97110")
LATER = replace(THERAPY, first_on=LAST_ON + timedelta(days=1), last_on=LAST_ON + timedelta(days=30))
THEIRS = {"requesting": (FOREIGN, patients.NPI_ELSEWHERE)}
OURS_DONE_THERE = {"requesting": (OWN, patients.NPI), "servicing": (FOREIGN, patients.NPI_ELSEWHERE)}


@pytest.fixture
def made() -> World:
    built = world.build()
    for code in ("97110", "73721"):
        requirements.say(code, system="procedure")
    return built


@pytest.fixture
def front_desk(made: World) -> Actor:
    return world.actor(made["front_desk"])


def changed(actor: Actor, row: Authorization, **changes: Any) -> Sent | NotSent:
    answer = changing.change(
        actor=actor,
        authorization=row.public_id,
        of=Kind(row.kind),
        changes=Changes(**changes),
        version=row.version,
    )
    row.refresh_from_db()
    return answer


def last_event(row: Authorization) -> models.Event:
    event = row.events.order_by("sequence").last()
    assert event is not None
    return event


def kinds(row: Authorization) -> list[str]:
    return [event.kind for event in row.events.order_by("sequence")]


def test_what_is_not_decided_can_be_changed(front_desk: Actor) -> None:
    row = authorizations.in_review()
    answer = changed(
        front_desk,
        row,
        diagnoses=["m23.92"],
        place="22",
        services=[replace(THERAPY, quantity=Decimal(6))],
    )

    assert isinstance(answer, Sent)
    assert (row.diagnoses, row.place, row.state) == (["M2392"], "22", "in_review")
    assert [(each.code, each.quantity) for each in row.services.all()] == [("97110", Decimal(6))]
    event = row.events.get(kind="changed")
    assert event.details == {"fields": "diagnoses,place,services"}
    assert row.version > 1


def test_what_is_late_may_become_urgent_and_no_longer_wait(front_desk: Actor) -> None:
    late = NOW - timedelta(hours=3)
    row = authorizations.in_review(received_at=NOW - timedelta(days=8), due_at=late)
    changed(front_desk, row, level=Level.EXPEDITED, urgency="The knee is locked and swells every day.")
    assert (row.level, row.due_at is not None and row.due_at < NOW) == ("expedited", True)
    with pytest.raises(NotNow):
        changed(front_desk, row, level=Level.STANDARD)


def test_a_rule_looks_at_what_was_changed(front_desk: Actor) -> None:
    authorizations.approval_rule()
    row = authorizations.in_review(parties=dict.fromkeys(("requesting", "servicing"), (OWN, patients.NPI)))
    changed(front_desk, row, services=[replace(THERAPY, quantity=Decimal(6))])

    assert row.state == "approved"
    assert kinds(row)[1:4] == ["changed", "determined", "decided"]


def test_what_the_plan_asked_stays_asked(front_desk: Actor) -> None:
    row = authorizations.pended()
    changed(front_desk, row, place="22")

    assert (row.state, row.asked_for.get().state) == ("pended", "open")
    assert row.asked_for.get().service == row.services.get(position=1)
    assert "determined" not in kinds(row)


def test_what_was_asked_about_a_service_left_out_is_asked_about_the_whole(front_desk: Actor) -> None:
    row = authorizations.pended()
    question = row.asked_for.get()
    question.service = row.services.get(position=2)
    question.save()
    changed(front_desk, row, services=[THERAPY])

    assert row.asked_for.get().service is None
    assert (row.state, row.services.get().state) == ("pended", "pended")


def test_an_urgent_one_is_due_sooner_and_says_why(front_desk: Actor) -> None:
    row = authorizations.in_review()
    changed(front_desk, row, level=Level.EXPEDITED, urgency=authorizations.URGENCY)

    assert (row.level, row.due_at) == ("expedited", NOW + timedelta(hours=72))
    assert sealing.opened(row.urgency_sealed, place=sealing.place(row, "urgency")) == authorizations.URGENCY
    assert "levelled" in kinds(row)


def test_another_servicing_office_sees_it_from_then_on(made: World, front_desk: Actor) -> None:
    row = authorizations.in_review()
    changed(front_desk, row, servicing=PartySent(patients.NPI_ELSEWHERE))

    assert row.parties.get(role="servicing").tax_id == FOREIGN


@pytest.mark.parametrize("make", [authorizations.approved, authorizations.partly])
def test_who_is_to_be_called_can_always_be_said(front_desk: Actor, make: Callable[[], Authorization]) -> None:
    row = make()
    state = row.state
    changed(front_desk, row, contact_name="Mei Tran", contact_telephone="5550123")

    assert (row.contact_name, row.contact_telephone, row.state) == ("Mei Tran", "5550123", state)
    assert last_event(row).details == {"fields": "contact_name,contact_telephone"}


@pytest.mark.parametrize("make", [authorizations.approved, authorizations.partly, authorizations.denied])
def test_what_was_decided_is_not_asked_otherwise(
    front_desk: Actor, make: Callable[[], Authorization]
) -> None:
    row = make()
    with pytest.raises(NotNow):
        changed(front_desk, row, services=[replace(THERAPY, quantity=Decimal(6))])

    assert row.events.filter(kind="changed").count() == 0


def test_a_denied_one_looked_at_again_keeps_what_was_asked(front_desk: Actor) -> None:
    row = authorizations.denied()
    Authorization.objects.filter(pk=row.pk).update(state="in_review")
    row.refresh_from_db()

    with pytest.raises(NotNow):
        changed(front_desk, row, place="22")


def test_nothing_different_changes_nothing(front_desk: Actor) -> None:
    row = authorizations.in_review()
    assert isinstance(changed(front_desk, row, place="11"), Sent)

    assert (row.version, kinds(row)) == (1, ["received"])


def test_faults_and_warnings_are_told_as_before_sending(front_desk: Actor) -> None:
    row = authorizations.in_review()
    wrong = changed(front_desk, row, diagnoses=["?"])
    outside = changed(front_desk, row, servicing=PartySent("1234567893", name="Far Away Clinic"))

    assert isinstance(wrong, NotSent)
    assert isinstance(outside, NotSent)
    assert [each.code for each in wrong.faults] == [Fault.DIAGNOSIS_MALFORMED]
    assert [each.code for each in outside.warnings] == [Warning.OUT_OF_NETWORK]
    assert row.version == 1


def test_whoever_was_slower_changes_nothing(front_desk: Actor) -> None:
    row = authorizations.in_review()
    first = replace(Changes(), place="22")
    told = {"actor": front_desk, "authorization": row.public_id, "of": AUTHORIZATION, "changes": first}
    changing.change(**told, version=1)  # type: ignore[arg-type]

    with pytest.raises(Changed) as refused:
        changing.change(**told, version=1)  # type: ignore[arg-type]
    row.refresh_from_db()
    assert refused.value.version == row.version


def test_more_is_a_request_of_its_own(front_desk: Actor) -> None:
    row = authorizations.approved()
    answer = changing.extend(
        actor=front_desk, authorization=row.public_id, of=AUTHORIZATION, more=More([LATER])
    )

    assert isinstance(answer, Sent)
    new = Authorization.objects.get(public_id=answer.authorization)
    assert (new.extends_id, new.member_id, new.diagnoses) == (row.pk, row.member_id, row.diagnoses)
    assert (new.state, new.due_at, new.first_on) == ("in_review", NOW + timedelta(days=7), LATER.first_on)
    row.refresh_from_db()
    assert (row.state, last_event(row).kind, last_event(row).details) == (
        "approved",
        "continued",
        {"by": new.number},
    )


def test_the_same_days_again_are_no_double_of_what_is_prolonged(front_desk: Actor) -> None:
    row = authorizations.approved()
    answer = changing.extend(
        actor=front_desk, authorization=row.public_id, of=AUTHORIZATION, more=More([THERAPY])
    )

    assert isinstance(answer, Sent)


def test_an_urgent_extension_says_why(front_desk: Actor) -> None:
    row = authorizations.approved()
    more = More([LATER], level=Level.EXPEDITED)
    answer = changing.extend(actor=front_desk, authorization=row.public_id, of=AUTHORIZATION, more=more)

    assert isinstance(answer, NotSent)
    assert [each.code for each in answer.faults] == [Fault.URGENCY_MISSING]


def test_an_extension_is_taken_once_under_the_offices_number(front_desk: Actor) -> None:
    row, more = authorizations.approved(), More([LATER], partner_reference="X-1")
    told = {"actor": front_desk, "authorization": row.public_id, "of": AUTHORIZATION, "more": more}
    first, again = changing.extend(**told), changing.extend(**told)  # type: ignore[arg-type]

    assert isinstance(first, Sent)
    assert isinstance(again, Sent)
    assert (again.number, again.was_sent_before) == (first.number, True)


@pytest.mark.parametrize("make", [authorizations.in_review, authorizations.denied, authorizations.cancelled])
def test_only_what_was_approved_is_prolonged(front_desk: Actor, make: Callable[[], Authorization]) -> None:
    with pytest.raises(NotNow):
        changing.extend(
            actor=front_desk, authorization=make().public_id, of=AUTHORIZATION, more=More([LATER])
        )


def _stay(**facts: Any) -> Authorization:
    parties = {"requesting": (OWN, patients.NPI), "facility": (OWN, patients.NPI)}
    received_at = facts.pop("received_at", NOW - timedelta(days=45))
    row = authorizations.admission(parties=parties, received_at=received_at, **facts)
    row.services.update(
        state="approved", approved_quantity=3, approved_first_on=row.first_on, approved_last_on=row.last_on
    )
    Authorization.objects.filter(pk=row.pk).update(state="approved", decided_at=NOW)
    row.refresh_from_db()
    return row


def test_a_stay_goes_on_however_long_ago_it_began(front_desk: Actor) -> None:
    row = _stay()
    further = ServiceSent(Decimal(2), Unit.DAYS, TODAY, TODAY + timedelta(days=1), "48")
    requirements.say("48")
    answer = changing.continue_stay(actor=front_desk, authorization=row.public_id, more=More([further]))

    assert isinstance(answer, Sent)
    new = Authorization.objects.get(public_id=answer.authorization)
    assert (new.extends_id, new.admitted_at, new.state) == (row.pk, row.admitted_at, "in_review")
    assert "notice" not in kinds(new)


def test_a_patient_who_left_needs_no_further_days(front_desk: Actor) -> None:
    row = _stay()
    on = changing.discharge(actor=front_desk, authorization=row.public_id, on=TODAY)
    row.refresh_from_db()

    assert (on, row.discharged_on, last_event(row).details) == (TODAY, TODAY, {"on": "2026-03-12"})
    with pytest.raises(NotNow):
        changing.continue_stay(actor=front_desk, authorization=row.public_id, more=More([LATER]))


@pytest.mark.parametrize("on", [date(2025, 12, 31), TODAY + timedelta(days=1)])
def test_a_patient_left_after_the_admission_and_not_tomorrow(front_desk: Actor, on: date) -> None:
    with pytest.raises(BadDay):
        changing.discharge(actor=front_desk, authorization=_stay().public_id, on=on)


@pytest.mark.parametrize(
    "make", [authorizations.in_review, authorizations.pended, authorizations.approved, authorizations.partly]
)
def test_a_request_is_given_up(made: World, front_desk: Actor, make: Callable[..., Authorization]) -> None:
    row = make(parties=OURS_DONE_THERE)
    state = changing.cancel(
        actor=front_desk, authorization=row.public_id, of=AUTHORIZATION, why=Why.PATIENT_DECLINED
    )
    row.refresh_from_db()

    assert (state, row.state, row.due_at) == ("cancelled", "cancelled", None)
    assert {each.state for each in row.services.all()} == {"cancelled"}
    assert not row.asked_for.filter(state="open").exists()
    assert (last_event(row).kind, last_event(row).code) == ("cancelled", "patient_declined")
    notices = apps.get_model("notifications", "Notice").objects.values_list("office_id", "kind")
    assert list(notices) == [(made.offices[cast.HILLCREST], "authorization_cancelled")]


def test_a_booked_talk_is_given_up_with_it(made: World, front_desk: Actor) -> None:
    row = authorizations.in_review()
    reviewer = world.actor(made["reviewer"])
    slot = models.Slot.objects.create(
        persona_id=reviewer.persona_id or 0, reviewer="R", starts_at=NOW, ends_at=NOW + timedelta(minutes=20)
    )
    models.Conversation.objects.create(
        authorization=row, slot=slot, clinician="C", telephone="1", zone="UTC", booked_at=NOW
    )
    changing.cancel(actor=front_desk, authorization=row.public_id, of=AUTHORIZATION, why=Why.OTHER)

    assert row.conversations.get().state == "cancelled"
    assert kinds(row)[-2:] == ["talk_cancelled", "cancelled"]
    told = apps.get_model("notifications", "Notice").objects.get(kind="authorization_talk_cancelled")
    assert told.user_id == reviewer.user_id


def test_what_was_paid_on_is_not_given_up(front_desk: Actor) -> None:
    row = authorizations.approved()
    models.Usage.objects.create(service=row.services.all()[0], claim_number="C1", quantity=1, on=TODAY)

    with pytest.raises(UnitsUsed):
        changing.cancel(actor=front_desk, authorization=row.public_id, of=AUTHORIZATION, why=Why.OTHER)


@pytest.mark.parametrize("make", [authorizations.denied, authorizations.cancelled, authorizations.not_needed])
def test_what_is_over_is_not_given_up(front_desk: Actor, make: Callable[[], Authorization]) -> None:
    with pytest.raises(NotNow):
        changing.cancel(actor=front_desk, authorization=make().public_id, of=AUTHORIZATION, why=Why.OTHER)


def _acts(actor: Actor, row_id: Any) -> list[Callable[[], object]]:
    told = {"actor": actor, "authorization": row_id}
    return [
        lambda: changing.change(**told, of=AUTHORIZATION, changes=Changes(place="22"), version=1),
        lambda: changing.extend(**told, of=AUTHORIZATION, more=More([LATER])),
        lambda: changing.continue_stay(**told, more=More([LATER])),
        lambda: changing.cancel(**told, of=AUTHORIZATION, why=Why.OTHER),
        lambda: changing.discharge(**told, on=TODAY),
    ]


@pytest.mark.parametrize("place", range(5))
def test_somebody_elses_request_is_as_unknown_as_nobodys(front_desk: Actor, place: int) -> None:
    for row_id in (authorizations.approved(parties=THEIRS).public_id, uuid4()):
        with pytest.raises(changing.UnknownRequest):
            _acts(front_desk, row_id)[place]()
    assert world.uses(function=Function.AUTHORIZATION_SUBMISSION)[-1].conclusion == "not_found"


@pytest.mark.parametrize("place", [0, 1, 3])
def test_who_only_does_the_services_changes_nothing(made: World, place: int) -> None:
    row = authorizations.approved(parties=OURS_DONE_THERE)
    with pytest.raises(NotNow):
        _acts(world.actor(made["outsider"]), row.public_id)[place]()


def test_a_referral_is_changed_by_the_function_for_referrals(front_desk: Actor) -> None:
    row = authorizations.referral(parties=dict.fromkeys(("requesting", "servicing"), (OWN, patients.NPI)))
    with pytest.raises(changing.UnknownRequest):
        _acts(front_desk, row.public_id)[0]()

    changing.cancel(actor=front_desk, authorization=row.public_id, of=Kind.REFERRAL, why=Why.OTHER)
    assert world.uses(function=Function.REFERRALS)[-1].conclusion == "cancelled"


@pytest.mark.parametrize("place", range(5))
@pytest.mark.parametrize("key", ["without_function", "administrator", "reviewer"])
def test_whoever_may_not_is_refused(made: World, key: str, place: int) -> None:
    with pytest.raises(NotPermitted):
        _acts(world.actor(made[key]), authorizations.approved().public_id)[place]()
