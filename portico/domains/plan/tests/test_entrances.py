"""Entrances: one for providers and one for each line until the plan writes its own; each address once."""

from dataclasses import replace
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, transaction

from portico.domains.permits.permit import NotPermitted
from portico.domains.plan import catalogue, entrances, models
from portico.domains.plan.catalogue import Identity, Named
from portico.domains.plan.entrance_rules import MOST_ENTRANCES
from portico.domains.plan.entrances import Audience, Entrance
from portico.domains.plan.rules import CannotConfigure
from tests.support import actors

pytestmark = pytest.mark.django_db
MEDI_CAL = Entrance("state-programme", Audience.PROVIDER, "Medi-Cal", line="medi-cal", says="For Medi-Cal.")
MEMBERS = Entrance("members", Audience.MEMBER, "Members", url="https://members.example.org/sign-in")


@pytest.fixture(autouse=True)
def _plan() -> None:
    lines = [Named("employer-hmo", "Employer HMO"), Named("medi-cal", "Medi-Cal")]
    identity = Identity("Northlake Health Plan", "Northlake", "1-800-555-0142", "help@example.org")
    catalogue.configure(actor=actors.system(), identity=identity, lines=lines, regions=[])


def last_use() -> Any:
    return apps.get_model("audit", "Entry").objects.order_by("-pk").first()


def test_without_a_word_there_is_one_for_providers_and_one_for_each_line() -> None:
    found = entrances.all()
    assert [(each.slug, each.line, each.name) for each in found] == [
        ("providers", "", "Providers"),
        ("employer-hmo", "employer-hmo", "Employer HMO"),
        ("medi-cal", "medi-cal", "Medi-Cal"),
    ]
    assert all(each.is_ours for each in found)
    assert entrances.written() == ()


def test_what_the_plan_has_written_takes_the_place_of_all_of_them() -> None:
    entrances.all()
    entrances.replace(actor=actors.system(), entrances=[MEDI_CAL, MEMBERS])
    assert entrances.all() == entrances.written() == (MEDI_CAL, MEMBERS)
    assert entrances.of("members") == MEMBERS
    assert not MEMBERS.is_ours
    assert entrances.of("providers") is None
    use = last_use()
    assert (use.function, use.outcome, use.conclusion) == ("configuration", "allowed", "entrances_set")


def test_none_at_all_brings_the_default_back() -> None:
    entrances.replace(actor=actors.system(), entrances=[MEMBERS])
    entrances.replace(actor=actors.system(), entrances=[])
    assert last_use().conclusion == "entrances_reset"
    assert entrances.of("providers") is not None


def test_nobody_but_the_operator_writes_them() -> None:
    for actor in (actors.visitor(), actors.plan_staff()):
        with pytest.raises(NotPermitted):
            entrances.replace(actor=actor, entrances=[MEMBERS])
        assert last_use().outcome == "denied"
    assert entrances.written() == ()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"slug": "Members"}, "a slug is small letters"),
        ({"slug": ""}, "a slug is small letters"),
        ({"slug": "m" * 41}, "a slug is small letters"),
        ({"name": " "}, "a name has 1 to 80"),
        ({"says": "x" * 201}, "more than 200 characters"),
        ({"line": "dental"}, "no line of business 'dental'"),
        ({"line": "medi-cal"}, "leave the line out"),
        ({"url": ""}, "its url is the whole address"),
        ({"url": "http://members.example.org/"}, "with https://"),
        ({"url": "javascript:alert(1)"}, "with https://"),
        ({"url": "https://members.example.org@evil.example/"}, "with https://"),
        ({"url": "https://members.example.org/ x"}, "with https://"),
        ({"url": "https:///members"}, "with https://"),
        ({"url": "https://members.example.org/" + "x" * 200}, "with https://"),
        ({"audience": Audience.PROVIDER}, "leave the url out"),
    ],
    ids=lambda value: None if isinstance(value, str) else "-".join(f"{k}={v[:30]}" for k, v in value.items()),
)
def test_an_entrance_that_leads_nowhere_safe_is_refused(changes: dict[str, Any], says: str) -> None:
    with pytest.raises(CannotConfigure, match=says):
        entrances.replace(actor=actors.system(), entrances=[replace(MEMBERS, **changes)])
    assert entrances.written() == ()


@pytest.mark.parametrize(
    ("others", "says"),
    [
        ([replace(MEMBERS, slug="state-programme")], "'state-programme' stands there twice"),
        ([replace(MEDI_CAL, slug="medi-cal")], "providers of 'medi-cal' have two entrances"),
        ([replace(MEDI_CAL, slug="one", line=""), replace(MEDI_CAL, slug="two", line="")], "'every line'"),
        ([replace(MEMBERS, slug=f"m{n}") for n in range(MOST_ENTRANCES)], f"{MOST_ENTRANCES} at most"),
    ],
    ids=["slug", "line", "every_line", "too_many"],
)
def test_no_two_entrances_are_the_same(others: list[Entrance], says: str) -> None:
    with pytest.raises(CannotConfigure, match=says):
        entrances.replace(actor=actors.system(), entrances=[MEDI_CAL, *others])


def test_a_line_called_like_the_whole_plans_entrance_takes_nothing_from_it() -> None:
    lines = [Named("providers", "A line of that name")]
    catalogue.configure(actor=actors.system(), identity=catalogue.identity(), lines=lines, regions=[])
    assert [each.slug for each in entrances.all()] == ["providers", "employer-hmo", "medi-cal"]
    found = entrances.of("providers")
    assert found is not None
    assert found.line == ""


def test_the_database_refuses_a_provider_elsewhere_and_a_member_here() -> None:
    for audience, url in (("provider", "https://x.example.org/"), ("member", "")):
        with pytest.raises(DatabaseError), transaction.atomic():
            models.Entrance.objects.create(slug=audience, audience=audience, name="x", url=url)
