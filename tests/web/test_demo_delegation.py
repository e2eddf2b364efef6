"""What the demo says of offices that hand out access themselves is so: who asks, who is stuck, who waits."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.apps import apps

from portico.demo import (
    acting,
    arrivals,
    billing,
    build,
    delegates,
    delegation,
    furnish,
    group,
    kept_entries,
    officers,
    people,
)
from portico.demo import terms as demo_terms
from portico.demo.offices import CEDAR_RIDGE, HARBOR_POINT
from portico.demo.scene import Scene
from portico.domains.access import mirror
from portico.domains.access.asking import views
from portico.domains.access.clients import received, working
from portico.domains.access.clients.rules import State
from portico.domains.access.delegating import history, proposals
from portico.domains.access.delegating.confirming_rules import Hindrance
from portico.domains.access.mirror import Pattern, Sought
from portico.domains.access.officers import recovering, recovery_review
from portico.domains.access.reviews import reading
from portico.domains.directory import attesting, changes, review_queue
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.questions import Question
from portico.domains.permits.reasons import Reason
from portico.domains.permits.rules import decide
from portico.domains.plan import terms as plan_terms
from portico.domains.support import case_review, onboarding
from portico.domains.support.case_review import Which
from portico.domains.support.onboarding_rules import Step
from portico.edges.cli import main as command
from tests.support import remembering
from tests.support.actors import NOW, TODAY

STAFF = ("plan_staff", "support_staff")


@dataclass(frozen=True, slots=True)
class Shown:
    """The scene, and the entries of the demo's file."""

    scene: Scene
    entries: list[dict[str, Any]]

    def act(self, key: str) -> Actor:
        """That person, at the instant the demo was built."""
        return self.scene.act(key, NOW)


@pytest.fixture(scope="session")
def feeds(tmp_path_factory: pytest.TempPathFactory) -> build.Built:
    """The feeds of the smallest plan there is."""
    return build.build(1, 5, tmp_path_factory.mktemp("delegation"), TODAY)


@pytest.fixture
def clock() -> Iterator[None]:
    """The instant the demo is built at."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def shown(db: None, clock: None, feeds: build.Built, capsys: pytest.CaptureFixture[str]) -> Shown:
    """The offices, and all that happened in them."""
    del db, clock
    made = remembering.again("demo delegation", lambda: lived(feeds))
    capsys.readouterr()
    return made


def lived(feeds: build.Built) -> Shown:
    """Load the providers and the members, and live through it."""
    furnish.set_up_plan(NOW)
    for kind, files in feeds.loads:
        if kind in ("providers", "benefits", "834"):
            assert command.main(["load", kind, *map(str, files)]) == 0
    early, late = NOW - furnish.FIRST_TERMS, NOW - furnish.NEW_TERMS
    plan_terms.publish(
        actor=acting.system(early), version=demo_terms.EARLIER_VERSION, text=demo_terms.EARLIER_TEXT
    )
    furnish.open_offices(NOW)
    known: dict[str, int] = {}
    arrivals.add([each for each in people.PEOPLE if each.key in STAFF], known=known, now=NOW)
    scene = Scene(NOW, known)
    delegation.before_new_terms(scene)
    plan_terms.publish(actor=acting.system(late), version=demo_terms.VERSION, text=demo_terms.TEXT)
    for user_id in known.values():
        arrivals.agree(user_id, at=NOW)
    delegation.since(scene, days_ago=furnish.NEW_TERMS.days)
    entries = delegation.lately(scene)
    officers.nobody_is_left(scene)
    return Shown(scene, entries)


def test_requests_stand_as_the_demo_says(shown: Shown) -> None:
    rows = apps.get_model("access", "AccessRequest").objects.select_related("persona__user")
    stand = {each.persona.user.username: (each.state, each.step) for each in rows}
    assert stand == {
        "agnes.lowell": ("open", "first"),
        "bruno.haas": ("open", "first"),
        "celia.marchetti": ("open", "plan"),
        "dmitri.olsen": ("approved", "first"),
        "edda.fairbanks": ("denied", "first"),
        "wren.halloran": ("approved", "first"),
    }
    assert [each.persona.user.username for each in rows if each.reminded_at] == ["bruno.haas"]
    assert views.inbox(actor=shown.act(group.WHOLE)).waiting == 3
    assert views.inbox(actor=shown.act("plan_staff")).waiting == 1


def test_the_new_biller_has_what_she_asked_for_and_whoever_asks_now_has_not(shown: Shown) -> None:
    asked = Question(Function.ELIGIBILITY, group.MAIN, "medi-cal")
    assert decide(shown.act("new_biller"), asked).allowed
    assert decide(shown.act("asks_now"), asked).reasons == (Reason.LINE_NOT_GRANTED,)


def test_what_is_proposed_may_be_confirmed_by_the_other_administrator_alone(shown: Shown) -> None:
    [waits] = proposals.waiting(actor=shown.act(group.NARROW)).rows
    assert (waits.username, waits.hindrance) == ("kirsten.dahl", None)
    [own] = proposals.waiting(actor=shown.act(group.WHOLE)).rows
    assert own.hindrance is Hindrance.PROPOSED_BY_YOU


def test_a_history_has_every_kind_of_change(shown: Shown) -> None:
    personas = apps.get_model("access", "Persona").objects
    number = personas.get(user__username="julian.cross").pk
    rows = history.of(actor=shown.act(group.WHOLE), persona_id=number).rows
    assert [row.kind for row in rows] == ["restored", "suspended", "changed", "changed", "created"]


def test_one_review_is_due_in_a_week_and_one_has_lapsed(shown: Shown) -> None:
    due = reading.sheet(actor=shown.act(group.WHOLE))
    assert isinstance(due, reading.Sheet)
    assert (due.due_on, due.has_lapsed) == (TODAY + timedelta(days=7), False)
    assert {row.is_flagged for row in due.page.rows} == {True, False}
    lapsed = reading.sheet(actor=shown.act("overdue_administrator"))
    assert isinstance(lapsed, reading.Sheet)
    assert lapsed.has_lapsed
    decision = decide(shown.act("review_overdue"), Question(Function.ELIGIBILITY))
    assert decision.reasons == (Reason.ACCESS_REVIEW_OVERDUE,)
    reviews = apps.get_model("access", "Review").objects
    assert reviews.filter(finished_at=None).count() == 2


def test_the_mirror_finds_what_was_done(shown: Shown) -> None:
    sought = Sought(first=TODAY - timedelta(days=30), last=TODAY)
    found = mirror.unusual(actor=shown.act(group.WHOLE), function=Function.MANAGE_USERS, sought=sought)
    assert {flag.pattern for flag in found.flags} == {
        Pattern.AT_NIGHT,
        Pattern.BY_SEVERAL,
        Pattern.NOTHING_FOUND,
        Pattern.REFUSED,
    }


def test_a_takeover_waits_and_a_colleague_may_object(shown: Shown) -> None:
    [row] = recovery_review.queue(actor=shown.act("plan_staff")).rows
    assert (row.office_key, row.state, row.may_approve) == ("sandstone-heart-care", "waiting", False)
    assert recovering.own(actor=shown.act("office_colleague")).may_object
    assert recovering.own(actor=shown.act("office_claimant")).by_me


def test_somebody_is_stuck_at_each_step_after_the_invitation(shown: Shown) -> None:
    tracked = onboarding.tracker(actor=shown.act(group.WHOLE), function=Function.MANAGE_USERS)
    stuck = {row.stuck.step for row in tracked.page.rows if row.stuck}
    assert stuck == {Step.CREDENTIALS, Step.VERIFIED, Step.ROLE, Step.TASK}


def test_the_desk_has_a_case_of_each_kind(shown: Shown) -> None:
    desk = shown.act("support_staff")
    queues = {which: case_review.queue(actor=desk, which=which) for which in Which}
    counts = {which: len(queue.page.rows) for which, queue in queues.items()}
    assert counts == {Which.WAITING: 2, Which.MINE: 1, Which.ANSWERED: 1, Which.CLOSED: 1}
    assert queues[Which.WAITING].late == 1


def test_the_billing_company_works_for_two_clients_and_no_more_for_the_third(shown: Shown) -> None:
    rows = received.listed(actor=shown.act(billing.ADMINISTRATOR.key)).rows
    stand = {row.tax_id: (row.state, row.last_on) for row in rows}
    kept, lasting, ended = (client.tax_id for client in billing.CLIENTS)
    last_on = TODAY + timedelta(days=billing.LASTS)
    assert stand == {
        kept: (State.RUNNING, None),
        lasting: (State.RUNNING, last_on),
        ended: (State.ENDED, None),
    }
    biller = shown.act(billing.BILLER.key)
    sides = {side.name: side.is_current for side in working.sides(actor=biller)}
    assert set(sides) == {billing.QUILLMARK.name, CEDAR_RIDGE.name, HARBOR_POINT.name}
    refused = decide(shown.act(billing.LEFT_BEHIND.key), Question(Function.ELIGIBILITY))
    assert refused.reasons == (Reason.CLIENT_ACCESS_ENDED,)


def test_the_file_says_who_can_sign_in_and_what_they_hold(shown: Shown) -> None:
    keys = [entry["key"] for entry in shown.entries]
    assert len(set(keys) | set(people.BY_KEY)) == len(keys) + len(people.BY_KEY)
    assert not {user.key for user in delegates.GONE} & set(people.BY_KEY)
    for entry in shown.entries:
        held = shown.act(entry["key"]).held.functions()
        assert set(entry["functions"]) <= set(map(str, held))
        assert entry["totp_secret"] == shown.scene.who[entry["key"]].totp_secret


def test_an_office_has_directory_entries_to_confirm_and_changes_in_every_state(shown: Shown) -> None:
    keeper = shown.act(kept_entries.KEEPER)
    sheet = attesting.sheet(actor=keeper)
    assert sheet.due_on == TODAY + timedelta(days=6)
    assert sheet.due > 1
    assert any(one.differs for one in sheet.page.rows)
    rows = changes.page(actor=keeper).rows
    assert [row.state for row in rows] == ["sent", "refused", "accepted"]
    assert not any(row.is_late for row in rows)
    (waiting,) = review_queue.queue(actor=shown.act(kept_entries.DESK)).page.rows
    assert waiting.reference == rows[0].reference
