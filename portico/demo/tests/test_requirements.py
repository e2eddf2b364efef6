"""The demo's lists of what needs an authorization, and the flags that come of them."""

from datetime import date, timedelta

import pytest
from django.apps import apps

from portico.demo import benefits, build, lines, plans, publishing, requirement_feed, requirements, services
from portico.demo.benefit_feed import NETWORKS
from portico.domains.authorizations import flags, requirement_drafts, requirement_rules
from portico.domains.authorizations import requirements as answering
from portico.domains.authorizations.facts.requested import System
from portico.domains.authorizations.requirement_rules import Question, Rule
from portico.domains.permits.actors import system_actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.domains.plan import catalogue
from portico.edges.loaders import requirements as layout
from tests.support.actors import NOW

TODAY = date(2026, 11, 21)
LOADER = system_actor("loader", asked_at=NOW, today=NOW.date())


def rules(small: build.Built) -> dict[str, list[Rule]]:
    found: dict[str, list[Rule]] = {}
    for path in small.requirements:
        rows, faults = layout.read(path.read_bytes())
        assert faults == []
        found[rows[0].version] = [row.rule for row in rows]
    return found


def questions(on: date) -> list[tuple[Question, str]]:
    """Every plan and service type, and the flag that its Schedule of Benefits had."""
    return [
        (Question(System.SERVICE_TYPE, service.code, plan.line, on, plan_code=plan.code), cell.authorization)
        for plan in plans.PLANS
        for service, cell in benefits.schedule(plan, NETWORKS[0], on.year - TODAY.year)
    ]


def test_every_list_is_read_whole_and_names_each_rule_once(small: build.Built) -> None:
    for held in rules(small).values():
        assert len({rule.key for rule in held}) == len(held)
    assert layout.Layout.columns == requirement_feed.COLUMNS


def test_the_flags_are_those_of_the_schedules(small: build.Built) -> None:
    for held in rules(small).values():
        for question, expected in questions(TODAY):
            assert flags.flag(requirement_rules.answer(held, question)) == expected


@pytest.mark.parametrize("told", requirements.records(), ids=lambda told: str(told["code"]))
def test_the_codes_the_demo_names_are_answered_as_it_says(small: build.Built, told: dict[str, str]) -> None:
    asked = Question(System.PROCEDURE, told["code"], "employer-ppo", TODAY)
    verdict = requirement_rules.answer(rules(small)["2026-1"], asked)

    assert ("depends" if verdict.depends_on else verdict.answer) == told["answer"]


@pytest.mark.django_db
def test_flag_and_answer_agree_for_every_plan_service_type_and_day(small: build.Built) -> None:
    load(small)
    publishing.everything(today=TODAY)
    assert set(
        apps.get_model("authorizations", "RequirementList").objects.values_list("version", "state")
    ) == {
        ("2024-1", "published"),
        ("2026-1", "published"),
        ("2027-1", "draft"),
    }
    days = [date(2023, 12, 31), date(2024, 1, 1), date(2025, 12, 31), TODAY, TODAY + timedelta(days=300)]
    with permit(LOADER, Function.LOADING) as given:
        for on in days:
            for question, expected in questions(on):
                flag = flags.of(line=question.line, plan_code=question.plan_code, on=on)(question.code)
                assert flag == flags.flag(answering.of(given, question))
                assert flag == ("unknown" if on == days[0] else expected)


def load(small: build.Built) -> None:
    """The lists as drafts, on the plan's lines and plans."""
    named = [catalogue.Named(line.code, line.name) for line in lines.LINES]
    identity = catalogue.Identity("Northlake Health Plan", "Northlake", "1-800-555-0142", "help@example.org")
    catalogue.configure(actor=LOADER, identity=identity, lines=named, regions=[])
    for plan in plans.PLANS:
        apps.get_model("members", "BenefitPlan").objects.create(code=plan.code, line_id=plan.line)
    with permit(LOADER, Function.LOADING) as given:
        for path in small.requirements:
            rows, _ = layout.read(path.read_bytes())
            assert requirement_drafts.faults(given, rows) == []
            requirement_drafts.replace(given, rows, source=path.name)


def test_every_kind_of_service_has_a_rule() -> None:
    for version in requirements.versions(TODAY):
        told = {rule.first_code for rule in version.rules if rule.system == "service_type"}
        assert told == set(services.BY_CODE)
