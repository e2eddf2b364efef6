"""Which it is, as pages: without an account the same for everybody, with one what decide() says of it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from portico.domains.permits import decisions
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.domains.permits.reasons import ROADS, Reason, Remedy
from portico.domains.plan.entrances import Audience
from portico.domains.support.facts import Fact
from portico.domains.support.told import Told
from portico.domains.support.verdicts import Verdict
from portico.edges.web.help import desk_words, words
from tests.support import cast, patients, visiting
from tests.support import world as worlds
from tests.support.world import World

PAGE = "/diagnose/"


def told(browser: Client, told: str, audience: str = "provider") -> Any:
    return browser.post(PAGE, {"audience": audience, "told": told})


def asked(browser: Client, function: str = "claims_inquiry", **more: str) -> Any:
    return browser.post(PAGE, {"function": function, "line": "", "region": "", "tax_id": "", **more})


@pytest.mark.parametrize("code", Told, ids=str)
def test_a_visitor_is_told_which_it_is_and_where_to_go_on(world: World, code: Told) -> None:
    said = visiting.seen(told(Client(), code))
    assert "Go on here" in said
    assert "Who can change this" in said or code is Told.ERROR


@pytest.mark.parametrize("audience", [Audience.MEMBER, Audience.EMPLOYER, Audience.BROKER], ids=str)
def test_whoever_is_no_provider_is_led_to_the_entrances(world: World, audience: Audience) -> None:
    answer = told(Client(), "locked", audience)
    assert "You are at the wrong page" in visiting.seen(answer)
    assert reverse("entrances") in answer.content.decode()


def test_a_form_without_a_choice_is_refused_beside_the_fields(world: World) -> None:
    answer = Client().post(PAGE, {"audience": "provider"})
    assert answer.status_code == 422
    assert "Choose one of these." in visiting.seen(answer)


def test_a_visitor_is_never_asked_for_a_name(world: World) -> None:
    assert {field.name for field in Client().get(PAGE).context["form"]} == {"audience", "told"}


def test_a_missing_role_names_who_gives_it_and_offers_the_request(world: World) -> None:
    browser = visiting.sign_in(world["eligibility_only"])
    answer = asked(browser, tax_id=cast.OWN, line=cast.HMO)
    said = visiting.seen(answer)
    assert "Missing role" in said
    assert f"Your account has not been given {words.function(Function.CLAIMS_INQUIRY)}" in said
    assert "Administrator Tester" in said
    assert f'action="{reverse("access_request_new")}"' in answer.content.decode()
    assert f'name="line" value="{cast.HMO}"' in answer.content.decode()


def test_the_wrong_line_offers_the_right_one(world: World) -> None:
    browser = visiting.sign_in(world["medi_cal_only"])
    answer = asked(browser, tax_id=cast.OWN, line=cast.HMO)
    assert "Wrong line" in visiting.seen(answer)
    assert "Go on in Medi-Cal" in visiting.seen(answer)
    assert f'name="line" value="{cast.MEDI_CAL}"' in answer.content.decode()


def test_what_is_open_is_said_to_be(front_desk: Client) -> None:
    assert "Nothing is in your way here" in visiting.seen(asked(front_desk, tax_id=cast.OWN))


def test_a_crashed_reference_is_trouble_of_ours(front_desk: Client, world: World) -> None:
    actor = worlds.actor(world["front_desk"])
    with pytest.raises(ZeroDivisionError) as caught, permit(actor, Function.REMITTANCE):
        raise ZeroDivisionError
    reference = caught.value.reference  # type: ignore[attr-defined]
    said = visiting.seen(asked(front_desk, reference=reference.lower()))
    assert "The trouble is ours" in said
    assert "at Remittance" in said


def test_a_reference_that_is_nobodys_is_said_so(front_desk: Client) -> None:
    assert "not one of yours" in visiting.seen(asked(front_desk, reference="0123456789AB"))


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("reference", patients.ZEPHYRINE, "A reference of a page has 12 letters and digits."),
        ("reference", "NLQX7731 05/06/1984", "A reference of a page has 12 letters and digits."),
        ("provider", "1234567890", "This NPI fails its check digit."),
        ("tax_id", cast.FOREIGN, "Choose one of these."),
        ("function", "levitation", "Choose one of these."),
        ("line", "nowhere", "Choose one of these."),
    ],
    ids=["member_id", "birth_date", "npi", "foreign_tax_id", "no_function", "no_line"],
)
def test_what_is_none_is_refused_beside_its_field(
    front_desk: Client, field: str, typed: str, says: str
) -> None:
    answer = asked(front_desk, **{field: typed})
    assert answer.status_code == 422
    assert says in visiting.seen(answer)


def test_the_part_one_is_in_is_what_is_asked_about(front_desk: Client) -> None:
    page = front_desk.get(f"/in/{cast.MEDI_CAL}{PAGE}")
    assert page.context["form"]["line"].value() == cast.MEDI_CAL


def test_a_link_may_name_the_function(front_desk: Client) -> None:
    assert front_desk.get(f"{PAGE}?function=referrals").context["form"]["function"].value() == "referrals"
    assert front_desk.get(f"{PAGE}?function=x").context["form"]["function"].value() == "eligibility"


def test_the_plan_asks_about_what_desks_hold(world: World) -> None:
    browser = visiting.sign_in(world["support"])
    assert "Missing role" in visiting.seen(asked(browser, "feed_review"))
    assert "Nothing is in your way" in visiting.seen(asked(browser, "case_review"))


def test_somebody_whose_account_is_not_open_finds_the_page(world: World) -> None:
    said = visiting.seen(asked(visiting.sign_in(world["pending"]), tax_id=cast.OWN))
    assert "Waits for approval" in said


def test_every_verdict_and_every_told_has_words() -> None:
    assert set(words.TOLD) == set(Told)
    assert set(words.VERDICTS) == set(Verdict)


def test_the_desk_has_words_for_every_reason_remedy_and_test() -> None:
    assert set(desk_words.WHY) == set(Reason)
    assert set(desk_words.HOW) == set(Remedy)
    assert set(desk_words.TESTS) == set(decisions.Test)
    assert set(desk_words.ROADS) == {road.code for road in ROADS.values()}
    assert set(words.FACTS) == set(Fact)
