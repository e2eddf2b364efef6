"""Ending, suspending, restoring and confirming access, and its history: who, when, before and after."""

from datetime import timedelta

import pytest
from django.test import Client

from portico.domains.access import granting, models
from portico.domains.access.granting import NewGrant
from portico.domains.permits.functions import Function
from tests.support import cast, delegating, looking, visiting
from tests.support import world as worlds
from tests.support.actors import NOW, TODAY
from tests.support.delegating import END_USER, PEOPLE, WHO, form
from tests.support.world import World

CLAIMS, BENEFITS = Function.CLAIMS_INQUIRY, Function.BENEFITS
WAITING, SUSPENDED = f"{PEOPLE}waiting/", f"{PEOPLE}suspended/"


@pytest.fixture
def administrator(world: World) -> Client:
    """The browser of Lakeside's administrator."""
    return visiting.sign_in(world["administrator"])


@pytest.fixture
def second(world: World) -> Client:
    """The browser of another one of the same reach."""
    assert world.offices
    delegating.administrator("sam.second")
    return delegating.browser("sam.second")


def given_besides(world: World) -> int:
    """Something the front desk was given besides, until a day; the grant's number."""
    new = NewGrant(Function.BENEFITS, (cast.OWN,), first_on=TODAY, last_on=TODAY + timedelta(days=9))
    return int(granting.add_grant(actor=worlds.system(), persona_id=world["front_desk"].persona_id, new=new))


def test_a_suspended_persona_closes_at_once_and_is_restored(administrator: Client, world: World) -> None:
    theirs = visiting.sign_in(world["front_desk"])
    assert theirs.get("/patients/").status_code == 200
    address = delegating.persona(world["front_desk"], "suspend/")
    assert "Suspend Front Tester as an end user?" in visiting.seen(administrator.get(address))
    said = visiting.seen(administrator.post(address, follow=True))
    assert "Front Tester is suspended." in said
    assert "Front Tester front.desk End user" in said
    assert theirs.get("/patients/").status_code in (302, 403)
    assert "Front Tester" not in visiting.seen(administrator.get(PEOPLE))
    again = visiting.seen(administrator.post(address, follow=True))
    assert "It was suspended before." in again
    back = delegating.persona(world["front_desk"], "restore/")
    assert "Restore Front Tester as an end user?" in visiting.seen(administrator.get(back))
    assert "works again with what they held" in visiting.seen(administrator.post(back, follow=True))
    assert "Nobody is suspended" in visiting.seen(administrator.get(SUSPENDED))
    assert {"access_suspended", "access_restored"} <= set(looking.conclusions("manage_users"))


def test_what_a_suspended_persona_may_do_is_not_changed(administrator: Client, world: World) -> None:
    administrator.post(delegating.persona(world["front_desk"], "suspend/"))
    answer = administrator.post(delegating.persona(world["front_desk"]), form(CLAIMS))
    assert answer.status_code == 403
    assert "Restore it first" in visiting.seen(answer)
    history = visiting.seen(administrator.get(delegating.persona(world["front_desk"], "history/")))
    assert "Suspended Mar 12, 2026" in history
    assert "The functions stayed as they were." in history


def test_one_thing_given_besides_is_ended_by_itself(administrator: Client, world: World) -> None:
    grant = given_besides(world)
    number = world["front_desk"].user_id
    page = administrator.get(delegating.person(number))
    assert "Given besides, each with an end of its own Benefits , Every line of business" in visiting.seen(
        page
    )
    address = delegating.persona(world["front_desk"], f"end/{grant}/")
    assert address in page.content.decode()
    assert "End Benefits for Front Tester?" in visiting.seen(administrator.get(address))
    assert "Benefits has ended." in visiting.seen(administrator.post(address, follow=True))
    assert models.Grant.objects.get(pk=grant).state == "ended"
    assert administrator.post(address).status_code == 404
    assert delegating.held(world["front_desk"].persona_id)["benefits"] == "active"


def test_a_grant_of_somebody_else_is_not_found_here(administrator: Client, world: World) -> None:
    foreign = models.Grant.objects.filter(persona=world["outsider"].persona_id).values_list("pk", flat=True)[
        0
    ]
    assert administrator.post(delegating.persona(world["front_desk"], f"end/{foreign}/")).status_code == 404
    assert models.Grant.objects.get(pk=foreign).state == "active"


def test_eligibility_is_not_ended_while_the_rest_stays(administrator: Client, world: World) -> None:
    held = models.Grant.objects.get(persona=world["front_desk"].persona_id, function="eligibility")
    answer = administrator.post(delegating.persona(world["front_desk"], f"end/{held.pk}/"), follow=True)
    assert "Eligibility stays as long as anything else does." in visiting.seen(answer)


def test_the_history_says_who_when_before_and_after(administrator: Client, world: World) -> None:
    sent = form(CLAIMS, BENEFITS, lines_of_claims_inquiry="named", lines_of_claims_inquiry_codes=[cast.HMO])
    administrator.post(END_USER, form(CLAIMS, Function.REPORTS, **WHO))
    number, user = delegating.persona_of("ann.lee"), delegating.user_of("ann.lee")
    administrator.post(f"{PEOPLE}{user}/access/{number}/", sent)
    page = administrator.get(f"{PEOPLE}{user}/access/{number}/history/")
    said = visiting.seen(page)
    changed, made = said.index("Access changed"), said.index("User made")
    assert changed < made
    latest, first = said[changed:made], said[made:]
    assert "Administrator Tester" in latest
    given, taken = latest.index("Given"), latest.index("Taken away")
    assert "Benefits , Every line of business" in latest[given:taken]
    assert "Claims Inquiry , " in latest[given:taken]
    assert "Reports , Every line of business" in latest[taken:]
    assert "Tax ID 17-1234567. Every provider, also those to come." in latest
    assert "Before Nothing. After" in first
    assert page.content.decode().count("Reference in the audit") == 2


def test_a_persona_without_a_change_says_so(administrator: Client, world: World) -> None:
    said = visiting.seen(administrator.get(delegating.persona(world["front_desk"], "history/")))
    assert "No change is kept" in said


def test_a_second_administrator_confirms_what_the_first_proposed(
    administrator: Client, second: Client, world: World
) -> None:
    delegating.ask(confirmed_by="administrator")
    made = visiting.seen(administrator.post(END_USER, form(CLAIMS, **WHO), follow=True))
    assert "What they may do waits." in made
    assert "Claims Inquiry Waits to be confirmed" in made
    number, user = delegating.persona_of("ann.lee"), delegating.user_of("ann.lee")
    assert set(delegating.held(number).values()) == {"proposed"}
    own = visiting.seen(administrator.get(WAITING))
    assert "You proposed it: another administrator confirms it, or the plan. Take it back" in own
    page = second.get(WAITING)
    assert "Proposed by Administrator Tester" in visiting.seen(page)
    grants = page.context["rows"][0]["grants"]
    address = f"{PEOPLE}{user}/access/{number}/"
    refused = visiting.seen(administrator.post(f"{address}confirm/", {"grants": grants}, follow=True))
    assert "You proposed it" in refused
    assert set(delegating.held(number).values()) == {"proposed"}
    done = visiting.seen(second.post(f"{address}confirm/", {"grants": grants}, follow=True))
    assert "Confirmed, and in force." in done
    assert set(delegating.held(number).values()) == {"active"}
    late = visiting.seen(second.post(f"{address}decline/", {"grants": grants}, follow=True))
    assert "It was decided meanwhile" in late


def test_what_is_declined_does_not_come_about(administrator: Client, second: Client, world: World) -> None:
    delegating.ask(confirmed_by="administrator")
    address = delegating.persona(world["front_desk"])
    worlds.end_grants(world["front_desk"], CLAIMS)
    proposed = administrator.post(address, form(*cast.EVERYTHING), follow=True)
    assert "It is proposed." in visiting.seen(proposed)
    grants = second.get(WAITING).context["rows"][0]["grants"]
    said = visiting.seen(second.post(f"{address}decline/", {"grants": grants}, follow=True))
    assert "Declined. What was open before stays open." in said
    assert "Nothing waits" in said
    assert "claims_inquiry" not in delegating.held(world["front_desk"].persona_id)


def test_the_plan_confirms_where_it_keeps_that_to_itself(
    administrator: Client, second: Client, operations: Client
) -> None:
    delegating.ask(confirmed_by="plan")
    administrator.post(END_USER, form(CLAIMS, **WHO))
    assert "The plan confirms what offices hand out." in visiting.seen(second.get(WAITING))
    page = operations.get("/staff/people/waiting/")
    assert "Lakeside Family Practice. Proposed by Administrator Tester" in visiting.seen(page)
    [row] = page.context["rows"]
    assert operations.post(row["confirm_url"], {"grants": row["grants"]}).status_code == 302
    assert set(delegating.held(delegating.persona_of("ann.lee")).values()) == {"active"}


@pytest.mark.parametrize(
    "grants", ["", "x", "-1", "9" * 40], ids=["none", "no_number", "negative", "too_long"]
)
def test_numbers_that_name_nothing_confirm_nothing(administrator: Client, world: World, grants: str) -> None:
    address = delegating.persona(world["front_desk"], "confirm/")
    assert "It was decided meanwhile" in visiting.seen(
        administrator.post(address, {"grants": grants}, follow=True)
    )


def test_another_offices_access_is_confirmed_by_nobody_here(administrator: Client, world: World) -> None:
    models.Grant.objects.filter(persona=world["outsider"].persona_id).update(state="proposed", granted_at=NOW)
    held = models.Grant.objects.filter(persona=world["outsider"].persona_id)
    grants = " ".join(str(each.pk) for each in held)
    for act in ("confirm/", "decline/"):
        address = delegating.persona(world["outsider"], act)
        assert administrator.post(address, {"grants": grants}).status_code == 404
    assert set(held.values_list("state", flat=True)) == {"proposed"}
    assert "Outsider" not in visiting.seen(administrator.get(WAITING))
