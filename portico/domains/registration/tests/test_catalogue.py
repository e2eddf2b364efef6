"""The catalogue: what is in force, what a plan may write, who may, and what the audit keeps."""

from dataclasses import replace
from typing import Any

import pytest
from django.apps import apps

from portico.domains.permits.functions import Desk
from portico.domains.permits.permit import NotPermitted
from portico.domains.registration import catalogue, catalogue_rules
from portico.domains.registration.catalogue import Catalogue, Changed
from portico.domains.registration.catalogue_rows import DEFAULT, AccountType, Holds, Need, Offer, Path
from portico.domains.registration.catalogue_rules import CannotSet
from portico.domains.registration.tests.registering import desk
from tests.support import actors
from tests.support.racing import together

SOLO, RUNS_OFFICE = DEFAULT[:2]
COMPANY = next(each for each in DEFAULT if each.account_type is AccountType.BILLING_COMPANY)
ALWAYS_REVIEWED = replace(SOLO, path=Path.QUEUE)


def put(*offers: Offer, was: int = 0) -> Catalogue:
    return catalogue.replace(actor=desk(), offers=offers, was=was)


def test_what_is_offered_without_a_catalogue_may_be_set() -> None:
    catalogue_rules.check(DEFAULT)


@pytest.mark.parametrize(
    "offers",
    [
        (),
        (SOLO,) * 61,
        (SOLO, SOLO),
        (replace(SOLO, code="Solo"),),
        (replace(SOLO, code="solo-practitioner"),),
        (replace(SOLO, code=""),),
        (replace(SOLO, code="a" * 41),),
        (replace(SOLO, name=" "),),
        (replace(SOLO, name="x" * 81),),
        (replace(SOLO, says="x" * 201),),
        (replace(SOLO, name="solo\u202eoloS"),),
        (replace(SOLO, account_type=AccountType.HOSPITAL),),
        (replace(SOLO, holds=Holds.ADMINISTRATOR),),
        (replace(SOLO, holds=Holds.NOBODY),),
        (replace(SOLO, needs=(Need.NPI, Need.TAX_ID)),),
        (replace(SOLO, needs=(Need.LICENCE, Need.TAX_ID)),),
        (replace(SOLO, needs=(*SOLO.needs, Need.NPI)),),
        (replace(RUNS_OFFICE, needs=(Need.NPI,)),),
        (replace(RUNS_OFFICE, holds=Holds.NOBODY),),
        (SOLO, replace(RUNS_OFFICE, account_type=AccountType.HOSPITAL, holds=Holds.NOBODY)),
        (replace(COMPANY, needs=(*COMPANY.needs, Need.NPI)),),
        (replace(COMPANY, needs=(*COMPANY.needs, Need.LICENCE)),),
        (replace(COMPANY, needs=(Need.ADDRESS,)),),
        (replace(COMPANY, holds=Holds.BOTH),),
        (replace(COMPANY, path=Path.INSTANT),),
        (replace(COMPANY, path=Path.INSTANT, holds=Holds.BOTH, needs=SOLO.needs),),
    ],
    ids=[
        *("nothing", "too many", "twice", "capital", "dash", "no code", "long code", "no name", "long name"),
        *("long line", "turned around", "instant hospital", "instant administrator", "instant nobody"),
        *("instant without licence", "instant without npi", "asked twice", "no tax id", "leads nowhere"),
        *("one type leads nowhere", "company with npi", "company with licence", "company without tax id"),
        *("company that sees patients", "company at once", "company as a physician"),
    ],
)
def test_what_cannot_be_set(offers: tuple[Offer, ...]) -> None:
    with pytest.raises(CannotSet):
        catalogue_rules.check(offers)


@pytest.mark.django_db
def test_without_a_catalogue_the_default_is_in_force_as_number_0() -> None:
    assert catalogue.current() == Catalogue(0, DEFAULT)
    assert catalogue.offer("physician", "solo_practitioner") == SOLO
    assert catalogue.offer("hospital", "solo_practitioner") is None
    assert catalogue.offer("physician", "solo_practitioner", number=7) is None


@pytest.mark.django_db
def test_a_new_version_is_in_force_at_once_and_those_before_stay() -> None:
    assert put(ALWAYS_REVIEWED) == Catalogue(1, (ALWAYS_REVIEWED,)) == catalogue.current()
    put(RUNS_OFFICE, was=1)
    assert catalogue.current() == Catalogue(2, (RUNS_OFFICE,))
    assert catalogue.offer("physician", "solo_practitioner") is None
    assert catalogue.offer("physician", "solo_practitioner", number=1) == ALWAYS_REVIEWED
    assert catalogue.offer("physician", "solo_practitioner", number=0) == SOLO
    versions = catalogue.versions(actor=desk())
    assert [(each.number, each.offers, each.made_by) for each in versions] == [
        (2, (RUNS_OFFICE,), 999_012),
        (1, (ALWAYS_REVIEWED,), 999_012),
    ]
    assert last_use()[:2] == ("allowed", "registration_rules_read")


@pytest.mark.django_db
def test_the_audit_keeps_the_rows_before_and_after() -> None:
    put(ALWAYS_REVIEWED)
    put(replace(ALWAYS_REVIEWED, four_eyes=True), was=1)
    outcome, conclusion, subjects = last_use()
    assert (outcome, conclusion) == ("allowed", "registration_rules_replaced")
    assert subjects == [
        ("registration_rules", "catalogue"),
        ("offer_was", "1. physician solo_practitioner"),
        ("offer_was", "1= queue both licence npi tax_id"),
        ("offer_is", "1. physician solo_practitioner"),
        ("offer_is", "1= queue both licence npi tax_id four_eyes"),
    ]


@pytest.mark.django_db
def test_nothing_changes_from_another_version_or_to_what_cannot_be() -> None:
    put(SOLO)
    with pytest.raises(Changed):
        put(RUNS_OFFICE, was=0)
    assert last_use()[:2] == ("crashed", "Changed")
    with pytest.raises(CannotSet):
        put(was=1)
    assert last_use()[:2] == ("crashed", "CannotSet")
    assert catalogue.current() == Catalogue(1, (SOLO,))


@pytest.mark.django_db
@pytest.mark.parametrize("act", ["replace", "versions"])
def test_support_and_office_administrators_may_not(act: str) -> None:
    acts: dict[str, dict[str, Any]] = {"replace": {"offers": (SOLO,), "was": 0}, "versions": {}}
    for actor in (actors.plan_staff(Desk.SUPPORT, persona_id=92), actors.administrator()):
        with pytest.raises(NotPermitted):
            getattr(catalogue, act)(actor=actor, **acts[act])
        assert last_use()[0] == "denied"
    assert catalogue.current().number == 0


@pytest.mark.django_db(transaction=True)
def test_of_two_who_change_it_at_once_one_does() -> None:
    def change() -> bool:
        try:
            put(SOLO)
        except Changed:
            return False
        return True

    assert sorted(together([change, change])) == [False, True]
    assert [each.number for each in catalogue.versions(actor=desk())] == [1]


def last_use() -> tuple[str, str, list[tuple[str, str]]]:
    """The outcome, conclusion and subjects of the latest audit row."""
    use = apps.get_model("audit", "Entry").objects.order_by("-pk")[0]
    return (
        use.outcome,
        use.conclusion,
        list(use.subjects.order_by("pk").values_list("kind", "identifier")),
    )
