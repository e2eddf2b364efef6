"""The people who sign in: the ones promised, strong ways in, and scopes their office has."""

import base64

import pytest

from portico.demo import billing, cases, lines, people, practices
from portico.demo.offices import OFFICES
from portico.demo.personas import User
from portico.demo.tests.conftest import TODAY
from portico.domains.permits.actors import PersonaKind
from portico.domains.permits.functions import TRAITS, Function

PROMISED = {"front_desk", "biller", "administrator", "other_office", "plan_staff"}


def test_the_people_the_demo_promises_are_all_there() -> None:
    assert set(people.BY_KEY) >= PROMISED
    assert len(people.BY_KEY) == len(people.PEOPLE) == len({user.username for user in people.PEOPLE})


@pytest.mark.parametrize("user", people.PEOPLE, ids=lambda user: user.key)
def test_everybody_has_a_strong_password_and_a_second_factor_save_those_who_set_up_none(user: User) -> None:
    if user.key in ("invited_user", "expired_invitation"):
        assert (user.password, user.totp_secret) == (None, None)
        return
    assert user.password
    assert len(user.password) >= 15
    assert user.username.split(".")[0] not in user.password
    if user.key == "no_second_factor":
        assert user.totp_secret is None
    else:
        assert user.totp_secret
        assert len(base64.b32decode(user.totp_secret)) == 20


@pytest.mark.parametrize("user", people.PEOPLE, ids=lambda user: user.key)
def test_grants_stay_within_the_office_and_the_plan(user: User) -> None:
    for persona in user.personas:
        for grant in persona.grants:
            assert persona.office
            assert set(grant.tax_ids) <= set(persona.office.tax_ids)
            assert set(grant.lines or ()) <= set(lines.CODES)
            assert grant.period(TODAY).first != TODAY


def test_administrators_hold_nothing_that_opens_member_data() -> None:
    for user in people.PEOPLE:
        for persona in user.personas:
            if persona.kind is PersonaKind.ADMINISTRATOR:
                assert not any(TRAITS[function].phi for function in persona.functions)


def test_the_front_desk_sees_several_lines_but_not_all() -> None:
    front_desk = next(entry for entry in people.sign_ins() if entry["key"] == "front_desk")
    granted = front_desk["lines"]
    assert isinstance(granted, list)
    assert 3 <= len(granted) < len(lines.CODES)
    hidden = next(case for case in cases.cases(TODAY) if case.key == "line_not_granted")
    assert hidden.line not in granted
    assert front_desk["functions"] == ["eligibility", "benefits"]


def test_the_biller_has_one_tax_id_of_two() -> None:
    biller = people.BY_KEY["biller"].personas[0]
    assert biller.grants[0].tax_ids == (practices.LAKESIDE_PEDIATRICS.tax_id,)
    assert Function.CLAIMS_INQUIRY in biller.functions


def test_a_solo_physician_signs_in_once_and_acts_as_two() -> None:
    entries = [entry for entry in people.sign_ins() if entry["username"] == "ilse.vandermeer"]
    assert [(entry["key"], entry["persona"]) for entry in entries] == [
        ("solo_physician", "end_user"),
        ("solo_physician_administrator", "administrator"),
    ]


def test_a_grant_counts_its_days_from_today() -> None:
    expired, future = (people.BY_KEY[key].personas[0].grants[0] for key in ("expired_grant", "future_grant"))
    assert expired.period(TODAY).is_over(TODAY)
    assert future.period(TODAY).first > TODAY


def test_every_office_can_be_reached_and_has_its_own_tax_ids() -> None:
    tax_ids = [tax_id for office in OFFICES for tax_id in office.tax_ids]
    assert len(set(tax_ids)) == len(tax_ids)
    assert {office.telephone[3:8] for office in OFFICES} == {"55501"}
    assert all(office.contact_email.endswith("example.org") for office in OFFICES)


def test_the_billing_company_can_be_reached_and_stands_in_no_roster() -> None:
    company = billing.QUILLMARK
    assert (company.telephone[3:8], company.contact_email.rpartition("@")[2]) == (
        "55501",
        "quillmark-billing.example.org",
    )
    in_the_roster = {each.practice.tax_id for each in practices.affiliations(TODAY)}
    assert not in_the_roster & set(company.tax_ids)
    assert {client.tax_id for client in billing.CLIENTS} <= in_the_roster
