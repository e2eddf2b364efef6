"""The plan's catalogue: set as often as wanted, renamed, never emptied; and remembered for a moment."""

from dataclasses import replace
from typing import Any

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from portico.domains.permits.actors import Actor
from portico.domains.permits.permit import NotPermitted
from portico.domains.plan import catalogue, models
from portico.domains.plan.catalogue import Identity, Named
from portico.domains.plan.rules import CannotConfigure
from tests.support import actors as people

pytestmark = pytest.mark.django_db
WHO = Identity(
    "Northlake Health Plan", "Northlake", "1-800-555-0142", "help@example.org", "99999", {"rx_bin": "999999"}
)
LINES = (Named("employer-hmo", "Employer HMO"), Named("medi-cal", "Medi-Cal"))
REGIONS = (Named("north", "North Lakes"),)


def configure(**changes: Any) -> None:
    said: dict[str, Any] = {"actor": people.system(), "identity": WHO, "lines": LINES, "regions": REGIONS}
    catalogue.configure(**(said | changes))


def test_before_it_was_set_the_plan_is_nobody() -> None:
    assert catalogue.identity() == catalogue.NOBODY
    assert (catalogue.lines(), catalogue.regions()) == ((), ())


def test_what_was_set_is_read_in_the_order_given() -> None:
    configure()
    assert catalogue.identity() == WHO
    assert catalogue.lines() == LINES
    assert catalogue.line_names() == {"employer-hmo": "Employer HMO", "medi-cal": "Medi-Cal"}
    assert catalogue.regions() == REGIONS


def test_setting_the_same_again_changes_nothing() -> None:
    configure()
    before = [
        list(model.objects.values()) for model in (models.LineOfBusiness, models.Region, models.Profile)
    ]
    configure()
    assert before == [
        list(model.objects.values()) for model in (models.LineOfBusiness, models.Region, models.Profile)
    ]


def test_a_code_is_renamed_and_moved_and_none_is_removed() -> None:
    configure()
    configure(
        lines=(Named("medi-cal", "Medi-Cal Managed Care"), Named("employer-ppo", "Employer PPO")), regions=()
    )
    assert catalogue.line_names() == {
        "medi-cal": "Medi-Cal Managed Care",
        "employer-hmo": "Employer HMO",
        "employer-ppo": "Employer PPO",
    }
    assert catalogue.regions() == REGIONS


def test_who_the_plan_is_changes_at_once_in_this_process() -> None:
    configure()
    assert catalogue.identity().name == "Northlake Health Plan"
    configure(identity=replace(WHO, name="Southlake Health Plan"))
    assert catalogue.identity().name == "Southlake Health Plan"


def test_who_the_plan_is_costs_one_query_for_many_pages(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    configure()
    with django_assert_num_queries(1):
        assert [catalogue.identity() for _ in range(10)] == [WHO] * 10


@pytest.mark.django_db(transaction=True)
def test_what_another_process_asked_meanwhile_is_forgotten_with_the_change(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    configure()
    forget = catalogue._forget

    def forget_and_ask() -> None:
        forget()
        if transaction.get_connection().in_atomic_block:
            cache.set(catalogue._IDENTITY, WHO)

    monkeypatch.setattr(catalogue, "_forget", forget_and_ask)
    configure(identity=replace(WHO, name="Southlake Health Plan"))
    assert catalogue.identity().name == "Southlake Health Plan"


@pytest.mark.parametrize(
    "actor",
    [people.visitor(), people.front_desk(), people.administrator(), people.plan_staff()],
    ids=["visitor", "front desk", "administrator", "operations"],
)
def test_only_the_operator_configures(actor: Actor) -> None:
    with pytest.raises(NotPermitted):
        configure(actor=actor)
    assert catalogue.lines() == ()


def test_a_configuration_leaves_its_row() -> None:
    configure()
    use = apps.get_model("audit", "Entry").objects.get()
    assert (use.function, use.conclusion) == ("configuration", "configured")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"identity": replace(WHO, name=" ")}, "name is missing"),
        ({"identity": replace(WHO, telephone="")}, "telephone is missing"),
        ({"identity": replace(WHO, short_name="x" * 41)}, "short_name has more than 40"),
        ({"identity": replace(WHO, support_email="nobody")}, "support_email is no mail address"),
        ({"lines": (Named("Medi Cal", "Medi-Cal"),)}, "line 'Medi Cal'"),
        ({"lines": (Named("", "Medi-Cal"),)}, "line ''"),
        ({"lines": (Named("x" * 41, "Long"),)}, "line 'xx"),
        ({"lines": (Named("medi-cal", " "),)}, "medi-cal: a name"),
        ({"lines": (*LINES, *LINES)}, "line employer-hmo stands there twice"),
        ({"regions": (Named("north/south", "North"),)}, "region 'north/south'"),
    ],
)
def test_what_no_plan_can_be_changes_nothing(changes: dict[str, Any], says: str) -> None:
    with pytest.raises(CannotConfigure, match=says):
        configure(**changes)
    assert catalogue.identity() == catalogue.NOBODY
    assert catalogue.lines() == ()


def test_the_database_refuses_a_second_plan() -> None:
    configure()
    with pytest.raises(IntegrityError), transaction.atomic():
        models.Profile.objects.create(
            id=2, name="x", short_name="x", telephone="1", support_email="x@example.org"
        )


@pytest.mark.parametrize("model", [models.LineOfBusiness, models.Region])
def test_the_database_refuses_a_code_twice(model: Any) -> None:
    model.objects.create(code="one", name="One")
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.create(code="one", name="Another")
