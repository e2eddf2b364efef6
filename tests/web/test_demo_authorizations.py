"""What the demo says of requests is so, to those it says it of; and Today shows what there is to do."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from portico.demo import (
    acting,
    arrivals,
    authorizers,
    build,
    furnish,
    people,
    practices,
    publishing,
    questions,
    requirements,
)
from portico.demo import terms as demo_terms
from portico.demo.authorizations import happening, rules
from portico.demo.scene import Scene
from portico.domains.authorizations import (
    draft_checking,
    drafts,
    finding,
    metrics,
    owed,
    reading,
    reviewing,
)
from portico.domains.authorizations import questions as asking
from portico.domains.authorizations.asked import Asked, Found, NothingFound
from portico.domains.authorizations.draft_content import ServiceTyped
from portico.domains.authorizations.drafts import Begun
from portico.domains.authorizations.facts.requested import Kind as Asking
from portico.domains.authorizations.facts.requested import Unit
from portico.domains.members.asked import ByMemberId
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.plan import terms as plan_terms
from portico.domains.work import today
from portico.domains.work.today_rules import Kind, Near, Side
from portico.edges.cli import main as command
from portico.edges.web.today import words
from tests.support import remembering
from tests.support.actors import NOW, TODAY

WHO = (
    *(authorizers.COORDINATOR, "other_office", "hospital_user", authorizers.DOCTOR),
    *(authorizers.REVIEWER, authorizers.DIRECTOR, authorizers.SECOND_DIRECTOR),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """What `var/demo.json` says, and who there is."""

    told: dict[str, dict[str, Any]]
    known: dict[str, int]

    def act(self, key: str = authorizers.COORDINATOR) -> Actor:
        """That person, at the instant the demo was built."""
        return acting.person(self.known[key], NOW)


@pytest.fixture(scope="session")
def feeds(tmp_path_factory: pytest.TempPathFactory) -> build.Built:
    """The feeds of the smallest plan there is."""
    return build.build(1, 5, tmp_path_factory.mktemp("authorizations"), TODAY)


@pytest.fixture
def shown(db: None, feeds: build.Built, capsys: pytest.CaptureFixture[str]) -> Iterator[Shown]:
    """The plan with its members, those who ask and decide, and two years of requests."""
    del db
    with time_machine.travel(NOW, tick=False):
        made = remembering.again("demo authorizations", lambda: lived(feeds))
        capsys.readouterr()
        yield made


def lived(feeds: build.Built) -> Shown:
    """Load what requests hang on, and live through two years of them."""
    furnish.set_up_plan(NOW)
    for kind, files in feeds.loads:
        if kind in ("providers", "benefits", "834", "requirements"):
            assert command.main(["load", kind, *map(str, files)]) == 0
    plan_terms.publish(
        actor=acting.system(NOW - timedelta(days=90)), version=demo_terms.VERSION, text=demo_terms.TEXT
    )
    furnish.open_offices(NOW)
    known: dict[str, int] = {}
    arrivals.add([people.BY_KEY[key] for key in WHO], known=known, now=NOW)
    publishing.everything(today=TODAY)
    told = happening.everything(Scene(NOW, known), feeds)
    return Shown({each["key"]: each for each in told}, known)


def found(actor: Actor, record: dict[str, Any], tax_id: str = "") -> Found | NothingFound:
    """What a search by tax ID and number finds."""
    asked = Asked(tax_id or record["tax_id"], number=record["number"])
    return finding.find(actor=actor, asked=asked)


def test_each_request_is_found_by_its_office_and_stands_as_is_told(shown: Shown) -> None:
    clerks = {
        practices.LAKESIDE.tax_id: authorizers.COORDINATOR,
        practices.CEDAR_RIDGE.tax_id: "other_office",
        practices.HARBOR_POINT.tax_id: "hospital_user",
    }
    for key, record in shown.told.items():
        seen = found(shown.act(clerks[record["tax_id"]]), record)
        assert isinstance(seen, Found), key
        [row] = seen.rows
        assert (row.state, row.kind, row.member_id) == (
            record["status"],
            record["kind"],
            record["member_id"],
        ), key


def test_they_stand_as_their_keys_promise(shown: Shown) -> None:
    told = {key: record["status"] for key, record in shown.told.items()}
    assert told == {
        "approved": "approved",
        "by_rule": "approved",
        "partly": "partly",
        "denied": "denied",
        "pended": "pended",
        "expedited": "in_review",
        "referral": "approved",
        "admission": "approved",
        "overturned": "approved",
        "talk": "denied",
        "out_of_scope": "approved",
        "in_review": "in_review",
        "cancelled": "cancelled",
    }


def test_paid_claims_used_what_the_plan_agreed_to(shown: Shown) -> None:
    used = {key: record["used"] for key, record in shown.told.items() if any(map(Decimal, record["used"]))}
    assert used == {"approved": ["5"], "partly": ["3"], "overturned": ["1"], "out_of_scope": ["1"]}
    for key, left in (("approved", 7), ("partly", 5), ("overturned", 0)):
        seen = found(shown.act(), shown.told[key])
        assert isinstance(seen, Found)
        [service] = reading.read(actor=shown.act(), authorization=seen.rows[0].id).services
        assert service.left == left, key


def test_one_was_approved_by_a_rule_whose_trace_runs_again_alike(shown: Shown) -> None:
    seen = found(shown.act(), shown.told["by_rule"])
    assert isinstance(seen, Found)
    number, desk = seen.rows[0].id, shown.act(authorizers.REVIEWER)
    case = reviewing.case(actor=desk, authorization=number)
    assert case is not None
    [trace] = case.traces
    tried = [(step["rule"], step["holds"]) for step in trace.steps]
    assert tried == [(rules.CHILDREN, False), (rules.NURSING, False), (rules.SUPPLIES, True)]
    assert reviewing.replay(actor=desk, authorization=number, trace=trace.number)


def test_a_new_request_for_a_knee_asks_what_was_tried_and_then_for_how_long(shown: Shown) -> None:
    petra, tax_id = shown.act(), practices.LAKESIDE.tax_id
    asked = ByMemberId(shown.told["talk"]["member_id"])
    begun = drafts.begin(actor=petra, kind=Asking.AUTHORIZATION, tax_id=tax_id, by=asked)
    assert isinstance(begun, Begun)
    held = drafts.read(actor=petra, draft=begun.id)
    on = (TODAY + timedelta(days=9)).isoformat()
    knee = ServiceTyped("2", code=requirements.NEEDS, quantity="1", unit=Unit.UNITS, first_on=on, last_on=on)
    content = replace(
        held.content, requesting=practices.GRACE_LIN.npi, diagnoses="M17.11", services=(knee,), place="21"
    )
    drafts.save(actor=petra, draft=begun.id, content=content, version=held.version)

    whole = draft_checking.look(actor=petra, draft=begun.id).questionnaire

    assert whole is not None
    assert whole.key == questions.KNEE
    asks = {
        tried: {each.id for each in asking.applying(whole.questions, {"tried": tried})}
        for tried in ("tablets", "none")
    }
    assert asks["tablets"] - asks["none"] == {"weeks"}
    assert asks["none"] - asks["tablets"] == {"why_none"}


def test_what_the_office_answered_stands_on_the_request_for_a_knee(shown: Shown) -> None:
    seen = found(shown.act(), shown.told["talk"])
    assert isinstance(seen, Found)
    page = reading.read(actor=shown.act(), authorization=seen.rows[0].id)
    assert ("For how many weeks altogether?", "26") in page.answers
    assert len(page.answers) == len(questions.KNEE_ANSWERS) + 1


def test_what_is_out_of_scope_does_not_exist_to_lakeside(shown: Shown) -> None:
    record = shown.told["out_of_scope"]
    assert isinstance(found(shown.act(), record, practices.LAKESIDE.tax_id), NothingFound)


def test_the_expedited_one_is_near_the_end_of_its_clock_and_not_over(shown: Shown) -> None:
    seen = found(shown.act(), shown.told["expedited"])
    assert isinstance(seen, Found)
    left = seen.rows[0].clock.left_seconds
    assert left is not None
    assert 0 < left < 6 * 3600


def test_a_denial_says_why_and_a_talk_about_it_is_booked(shown: Shown) -> None:
    seen = found(shown.act(), shown.told["talk"])
    assert isinstance(seen, Found)
    page = reading.read(actor=shown.act(), authorization=seen.rows[0].id)
    assert all(service.reason_code and service.reason_text and service.criteria for service in page.services)
    [talk] = page.talks
    assert (talk.state, talk.clinician) == ("booked", "Grace Lin")
    assert talk.starts_at > NOW


def test_the_stay_goes_on_under_a_request_of_its_own(shown: Shown) -> None:
    seen = found(shown.act("hospital_user"), shown.told["admission"])
    assert isinstance(seen, Found)
    page = reading.read(actor=shown.act("hospital_user"), authorization=seen.rows[0].id)
    assert len(page.followed_by) == 1
    assert page.admitted_at is not None


def test_today_of_the_coordinator_has_the_plans_question_and_what_the_plan_owes(shown: Shown) -> None:
    tasks = today.of(actor=shown.act()).tasks
    [question] = [task for task in tasks if task.kind is Kind.QUESTION]
    assert (question.number, question.side) == (shown.told["pended"]["number"], Side.OURS)
    urgent = next(task for task in tasks if task.number == shown.told["expedited"]["number"])
    assert (urgent.kind, urgent.side) == (Kind.DECISION, Side.THEIRS)
    assert urgent.near in (Near.TODAY, Near.SOON)


def test_the_doctor_finds_the_draft_that_was_handed_over(shown: Shown) -> None:
    [draft] = owed.handed(actor=shown.act(authorizers.DOCTOR), function=Function.AUTHORIZATION_SUBMISSION)
    assert draft.by == "Petra Solano"


def test_the_draft_leads_from_today_to_its_page(shown: Shown) -> None:
    tasks = today.of(actor=shown.act(authorizers.DOCTOR)).tasks
    [draft] = [task for task in tasks if task.kind is Kind.DRAFT]
    row = words.row(draft, is_plan=False)
    assert row.url == reverse("request_draft", args=[draft.target])
    assert row.step == "Finish it and send it: Petra Solano handed it to you."


def test_the_plans_desk_has_the_urgent_one_first(shown: Shown) -> None:
    tasks = today.of(actor=shown.act(authorizers.REVIEWER)).tasks
    assert tasks[0].number == shown.told["expedited"]["number"]
    assert {task.kind for task in tasks} == {Kind.DECISION}


def test_the_public_metrics_have_years_to_tell_of(shown: Shown) -> None:
    assert metrics.of(now=NOW, year=TODAY.year - 1) is not None
