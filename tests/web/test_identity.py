"""Verifying one's identity in the browser: what is asked, each way to do it, and where it leads."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.test import Client
from django.urls import reverse

from portico.domains.access import looking_after
from portico.domains.accounts.proving import proof_reviews
from portico.domains.accounts.proving.provers import CONTACT, DOCUMENTS
from portico.domains.notifications import outbox
from portico.domains.permits.verification import PATIENT_DATA, Rule
from portico.domains.plan import policy
from tests.support import proving, remittances, visiting
from tests.support import world as worlds
from tests.support.actors import NOW
from tests.support.proving import FILE
from tests.support.visiting import seen
from tests.support.world import World

TASKS = "/account/identity/"
WANTED = "?for=eligibility"
BY_PAYMENT = f"{TASKS}payment/"
BY_CONTACT, BY_DOCUMENTS = f"{TASKS}contact/", f"{TASKS}documents/"


@pytest.fixture
def unverified(world: World) -> Client:
    """The browser of somebody who has proven nothing."""
    return visiting.sign_in(world["unverified"])


def write(*rules: Rule) -> None:
    """The plan's table."""
    rows = apps.get_model("plan", "VerificationRule").objects
    rows.all().delete()
    for position, rule in enumerate(rules, 1):
        rows.create(
            position=position,
            account_type=rule.account_type,
            persona=rule.persona,
            functions=rule.functions,
            state=rule.state,
            provers=list(rule.provers),
            days=rule.days,
        )
    policy.forget()


def add(browser: Client, content: bytes = FILE, name: str = "licence.pdf") -> Any:
    """The answer to one file."""
    sent = {"kind": "licence", "file": proving.attached(content, name), "for": "eligibility"}
    return browser.post(BY_DOCUMENTS, sent)


def choices(browser: Client) -> dict[str, str]:
    """What may be chosen, by what is shown of it."""
    page = browser.get(BY_CONTACT).content.decode()
    keys = re.findall(r'name="choice" value="(\w+)"', page)
    shown = re.findall(r'usa-radio__label"[^>]*>([^<]+)<', page)
    return dict(zip((each.strip() for each in shown), keys, strict=True))


def ask_for_code(browser: Client, starts: str = "Mail to") -> Any:
    """The answer to choosing the first contact of that kind."""
    key = next(key for shown, key in choices(browser).items() if shown.startswith(starts))
    return browser.post(BY_CONTACT, {"choice": key, "for": "eligibility"})


def code() -> str:
    """The code that was mailed last."""
    waiting = apps.get_model("notifications", "Message").objects.filter(template="identity_code")
    last = waiting.order_by("-pk")[0]
    told = outbox.opened(outbox.Outgoing(last.message_id, last.to, last.template, last.context, 0))
    return str(told["secret"])


def enter(browser: Client, typed: str) -> Any:
    """The answer to a code."""
    return browser.post(f"{BY_CONTACT}code/", {"code": typed, "for": "eligibility"})


def case(world: World, prover: str) -> int:
    """The number of the task."""
    rows = apps.get_model("accounts", "Proof").objects
    return int(rows.get(user_id=world["unverified"].user_id, prover=prover).pk)


def test_the_refusal_says_how_to_verify_it_and_leads_there(unverified: Client) -> None:
    page = unverified.get("/patients/")
    assert page.status_code == 403
    assert "Your identity has not been verified yet." in seen(page)
    assert "One of these will do: The plan's desk makes sure who you are; Documents that you send" in seen(
        page
    )
    assert f'href="{TASKS}{WANTED}"' in page.content.decode()


def test_the_tasks_say_what_waits_and_what_will_do(unverified: Client) -> None:
    said = seen(unverified.get(f"{TASKS}{WANTED}"))
    assert "Eligibility opens once we know who you are. One of these will do." in said
    assert said.count("Not begun") == 5
    assert "This is not open to you: there is nothing on file to do it with." in said
    assert "these stay closed: Eligibility, Benefits," in seen(unverified.get(TASKS))


def test_somebody_who_has_proven_enough_is_told_so(front_desk: Client) -> None:
    said = seen(front_desk.get(TASKS))
    assert "Nothing of what you may do waits for a proof of who you are." in said
    assert "Passed Mar 12, 2026, 10:00 AM PDT Holds For good" in said


@pytest.mark.parametrize("wanted", ["levitation", "own_account", "<script>", "loading"])
def test_what_no_proof_is_asked_for_is_no_matter(unverified: Client, wanted: str) -> None:
    page = unverified.get(TASKS, {"for": wanted})
    assert page.status_code == 200
    assert wanted not in page.content.decode().split("<main")[1].split("</main")[0]


def test_a_code_by_mail_opens_what_was_closed(unverified: Client) -> None:
    answer = ask_for_code(unverified)
    assert answer.headers["Location"] == f"{BY_CONTACT}{WANTED}"
    page = unverified.get(answer.headers["Location"])
    assert "The code is on its way." in seen(page)
    assert "Mail to o•••@lakeside.example.org. It works until Mar 12, 2026, 10:15 AM PDT ." in seen(page)
    assert code() not in page.content.decode()
    done = enter(unverified, code().lower())
    assert done.headers["Location"] == f"{TASKS}{WANTED}"
    said = seen(unverified.get(done.headers["Location"]))
    assert "Your identity is verified for Eligibility" in said
    assert "Now go on to Patient Info ." in said
    assert unverified.get("/patients/").status_code == 200


def test_the_address_on_file_is_never_shown_whole(unverified: Client) -> None:
    ask_for_code(unverified)
    for page in (TASKS, BY_CONTACT):
        assert "office@lakeside" not in unverified.get(page).content.decode()


def test_wrong_codes_are_counted_in_sight_and_block(
    unverified: Client, clock: time_machine.Traveller
) -> None:
    ask_for_code(unverified)
    for number in range(1, 5):
        answer = enter(unverified, "0000-0000")
        assert answer.status_code == 422
        assert f"You have used {number} of 5 tries." in seen(answer)
    blocked = "Blocked until Mar 12, 2026, 11:00 AM PDT"
    assert blocked in seen(enter(unverified, "0000-0000"))
    clock.shift(timedelta(minutes=14))
    again = enter(unverified, code())
    assert again.status_code == 422
    assert blocked in seen(again)
    assert "Blocked for a while" in seen(unverified.get(TASKS))
    assert "Tries 5 of 5 Blocked until Mar 12, 2026, 11:00 AM PDT" in seen(unverified.get(TASKS))


def test_a_try_while_it_is_blocked_is_answered_and_prolongs_nothing(
    unverified: Client, world: World, clock: time_machine.Traveller
) -> None:
    ask_for_code(unverified)
    for _ in range(5):
        enter(unverified, "0000-0000")
    for _ in range(3):
        clock.shift(timedelta(minutes=4))
        assert "Blocked until Mar 12, 2026, 11:00 AM PDT" in seen(enter(unverified, "x"))
    clock.shift(timedelta(minutes=48))
    visiting.sign_in(world["unverified"], unverified)
    assert ask_for_code(unverified).status_code == 302


def test_the_task_goes_on_after_signing_out(
    unverified: Client, world: World, clock: time_machine.Traveller
) -> None:
    ask_for_code(unverified)
    unverified.post(reverse("sign_out"))
    clock.shift(timedelta(minutes=2))
    again = visiting.sign_in(world["unverified"])
    said = seen(again.get(TASKS))
    assert "Yours to finish" in said
    assert "Asked for Eligibility Begun Mar 12, 2026, 10:00 AM PDT" in said
    assert enter(again, code()).status_code == 302


def test_a_code_too_late_says_so_on_a_page_one_can_go_on_from(
    unverified: Client, clock: time_machine.Traveller
) -> None:
    ask_for_code(unverified)
    clock.shift(timedelta(minutes=14))
    unverified.get(TASKS)
    clock.shift(timedelta(minutes=1))
    answer = enter(unverified, code())
    assert answer.status_code == 422
    assert "There is no code to enter: it worked for 15 minutes." in seen(answer)
    assert "Where to" in seen(answer)


def test_a_fourth_code_within_the_hour_is_not_sent(unverified: Client) -> None:
    assert [ask_for_code(unverified).status_code for _ in range(4)] == [302, 302, 302, 422]


@pytest.mark.parametrize("chosen", ["", "0" * 32, "office@elsewhere.example"])
def test_a_contact_that_is_not_offered_is_sent_nothing(unverified: Client, chosen: str) -> None:
    assert unverified.post(BY_CONTACT, {"choice": chosen}).status_code == 422
    assert not apps.get_model("notifications", "Message").objects.filter(template="identity_code").exists()


def test_the_desk_calls_and_the_person_enters_what_was_read_out(
    unverified: Client, operations: Client, world: World
) -> None:
    apps.get_model("offices", "Office").objects.update(telephone="(530) 555-0166")
    answer = ask_for_code(unverified, "A call")
    assert "The plan's desk will call" in seen(unverified.get(answer.headers["Location"]))
    number = case(world, CONTACT)
    assert "A call, ending 0166" in seen(operations.get("/staff/identity/"))
    assert "(530) 555-0166" in seen(operations.get(f"/staff/identity/{number}/"))
    shown = seen(operations.post(f"/staff/identity/{number}/call/"))
    [told] = re.findall(r"\b[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\b", shown)
    assert "It is shown this once" in shown
    assert told not in unverified.get(BY_CONTACT).content.decode()
    assert enter(unverified, told).status_code == 302
    assert unverified.get("/patients/").status_code == 200


def test_documents_are_looked_at_and_open_what_was_closed(
    unverified: Client, operations: Client, world: World
) -> None:
    assert add(unverified).status_code == 302
    page = seen(unverified.get(BY_DOCUMENTS))
    assert "Professional licence licence.pdf" in page
    handed_in = unverified.post(f"{BY_DOCUMENTS}hand-in/", {"for": "eligibility"})
    assert "Handed in." in seen(unverified.get(handed_in.headers["Location"]))
    number = case(world, DOCUMENTS)
    listed = seen(operations.get("/staff/identity/"))
    assert "Unverified Tester unverified Lakeside Family Practice 1 file Eligibility Just now" in listed
    operations.post(f"/staff/identity/{number}/accept/")
    assert "Nobody waits" in seen(operations.get("/staff/identity/"))
    assert unverified.get("/patients/").status_code == 200


def test_a_file_is_handed_out_as_an_attachment_that_can_do_nothing(
    unverified: Client, operations: Client, world: World
) -> None:
    add(unverified, name='x"; filename=evil.html')
    unverified.post(f"{BY_DOCUMENTS}hand-in/")
    number = case(world, DOCUMENTS)
    page = operations.get(f"/staff/identity/{number}/").content.decode()
    [address] = re.findall(rf'href="(/staff/identity/{number}/files/\d+/)"', page)
    answer = operations.get(address)
    assert answer.content == FILE
    disposition = answer.headers["Content-Disposition"]
    assert re.fullmatch(r'attachment; filename="proof-\d+-\d+\.pdf"', disposition)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"


def test_what_the_desk_refuses_says_why_and_what_to_do(
    unverified: Client, operations: Client, world: World
) -> None:
    add(unverified)
    unverified.post(f"{BY_DOCUMENTS}hand-in/")
    address = f"/staff/identity/{case(world, DOCUMENTS)}/"
    wrong = operations.post(f"{address}refuse/", {"reason": "not_reached"})
    assert wrong.status_code == 422
    operations.post(f"{address}refuse/", {"reason": "unreadable"})
    said = seen(unverified.get(TASKS))
    assert "Not accepted" in said
    assert "Why What you sent could not be read. What to do Send it again, sharper and whole" in said
    assert "Tries 1 of 5" in said
    assert "What you sent could not be read." in seen(unverified.get(BY_DOCUMENTS))
    assert add(unverified).status_code == 302


HOSTILE: dict[str, tuple[bytes, str, str]] = {
    "html": (b"<html><script>alert(1)</script>", "licence.pdf", "whatever its name says"),
    "svg": (b"<svg onload='alert(1)'/>", "x.png", "whatever its name says"),
    "script": (FILE.replace(b"/Catalog", b"/Catalog /AA << /S /JavaScript >>"), "x.pdf", "scripts"),
    "locked": (FILE.replace(b"/Root", b"/Encrypt 9 0 R /Root"), "x.pdf", "locked with a password"),
    "nothing": (b"", "x.pdf", "The file is empty."),
    "cut": (b"\x89PNG\r\n\x1a\n", "x.png", "damaged or cut off"),
    "large": (FILE + bytes(5 * 1_048_576), "x.pdf", "larger than 5 MB"),
    "larger": (FILE + bytes(6 * 1_048_576), "x.pdf", "larger than 5 MB"),
}


@pytest.mark.parametrize(("content", "name", "says"), HOSTILE.values(), ids=list(HOSTILE))
def test_a_file_that_is_not_taken_says_why(unverified: Client, content: bytes, name: str, says: str) -> None:
    answer = add(unverified, content, name)
    assert answer.status_code == 422
    assert says in seen(answer)
    assert not apps.get_model("accounts", "ProofDocument").objects.exists()


def test_what_a_file_was_called_is_text(unverified: Client) -> None:
    add(unverified, name="<img src=x onerror=alert(1)>.pdf")
    page = unverified.get(BY_DOCUMENTS).content.decode()
    assert "<img src=x" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;.pdf" in page


def test_a_sixth_file_is_not_taken_and_one_can_be_taken_back(unverified: Client) -> None:
    for _ in range(5):
        add(unverified)
    assert "Five files are the most." in seen(add(unverified))
    page = unverified.get(BY_DOCUMENTS).content.decode()
    removing = re.findall(r'action="([^"]*/remove/)"', page)
    assert len(removing) == 5
    assert unverified.post(removing[0]).status_code == 302
    assert add(unverified).status_code == 302


def test_somebody_elses_file_cannot_be_taken_back(unverified: Client, world: World) -> None:
    add(unverified)
    [address] = re.findall(r'action="([^"]*/remove/)"', unverified.get(BY_DOCUMENTS).content.decode())
    other = visiting.sign_in(world["front_desk"])
    assert other.post(address).status_code == 404
    assert apps.get_model("accounts", "ProofDocument").objects.count() == 1


def test_nothing_is_handed_in_without_a_file(unverified: Client) -> None:
    answer = unverified.post(f"{BY_DOCUMENTS}hand-in/", follow=True)
    assert "Nothing is asked of you here. Begin again." in seen(answer)


@pytest.mark.parametrize("way", ["desk", "openid_connect", "telepathy"])
def test_a_way_that_is_not_offered_is_not_there(unverified: Client, way: str) -> None:
    assert unverified.get(f"{TASKS}{way}/").status_code == 404
    assert unverified.post(f"{TASKS}{way}/", {"choice": "x"}).status_code == 404


def test_a_proof_that_holds_for_some_days_says_until_when(
    world: World, front_desk: Client, clock: time_machine.Traveller
) -> None:
    write(Rule(functions=PATIENT_DATA, provers=("desk", "documents"), days=30))
    assert "Holds Until Apr 11, 2026, 10:00 AM PDT" in seen(front_desk.get(TASKS))
    clock.shift(timedelta(days=30))
    visiting.sign_in(world["front_desk"], front_desk)
    said = seen(front_desk.get(f"{TASKS}{WANTED}"))
    assert "No longer counts" in said
    assert "Until Apr 11, 2026, 10:00 AM PDT : over" in said
    assert front_desk.get("/patients/").status_code == 403


def test_a_recent_payment_opens_what_was_closed(unverified: Client, world: World) -> None:
    assert unverified.get(BY_PAYMENT).status_code == 404
    remittances.of_world(world)
    assert "A recent payment to your practice" in seen(unverified.get(f"{TASKS}{WANTED}"))
    assert "Payment number" in seen(unverified.get(f"{BY_PAYMENT}{WANTED}"))
    sent = {"number": remittances.NUMBER, "amount": "$17.50", "for": "eligibility"}
    missed = unverified.post(f"{BY_PAYMENT}payment/", sent)
    assert missed.status_code == 422
    assert "No payment of the last four months has this number" in seen(missed)
    assert "You have used 1 of 5 tries." in seen(missed)
    unverified.post(f"{BY_PAYMENT}payment/", {**sent, "amount": "much"})
    passed = unverified.post(f"{BY_PAYMENT}payment/", {**sent, "amount": "$175.00"})
    assert passed.headers["Location"] == f"{TASKS}{WANTED}"
    assert unverified.get("/patients/").status_code == 200


def test_the_desks_word_opens_it_at_the_next_request(unverified: Client, world: World) -> None:
    assert unverified.get("/patients/").status_code == 403
    number = world["unverified"].user_id
    looking_after.vouch(actor=worlds.actor(world["operations"]), user_id=number, why="Called back.")
    assert unverified.get("/patients/").status_code == 200
    said = seen(unverified.get(TASKS))
    assert "The plan's desk makes sure who you are Passed" in said
    assert "Called back" not in said


def test_nobody_decides_on_himself(world: World) -> None:
    support = visiting.sign_in(world["support"])
    add(support)
    support.post(f"{BY_DOCUMENTS}hand-in/")
    [found] = proof_reviews.queue(actor=worlds.actor(world["support"])).cases
    page = support.get(f"/staff/identity/{found.id}/")
    assert "Nobody decides on himself." in seen(page)
    assert "/accept/" not in page.content.decode()
    done = support.post(f"/staff/identity/{found.id}/accept/", follow=True)
    assert "Nothing was decided: somebody was quicker, or it is for a colleague to decide." in seen(done)
    operations = visiting.sign_in(world["operations"])
    operations.post(f"/staff/identity/{found.id}/accept/")
    assert proof_reviews.queue(actor=worlds.actor(world["operations"])).count == 0


def test_whoever_invited_somebody_leaves_the_decision_to_a_colleague(
    unverified: Client, world: World
) -> None:
    add(unverified)
    unverified.post(f"{BY_DOCUMENTS}hand-in/")
    apps.get_model("accounts", "Invitation").objects.create(
        user_id=world["unverified"].user_id,
        kind="link",
        secret_index=b"invitation",
        invited_by=world["support"].user_id,
        made_at=NOW,
        expires_at=NOW,
        ended_at=NOW,
        ending="finished",
    )
    address = f"/staff/identity/{case(world, DOCUMENTS)}/"
    support, operations = (visiting.sign_in(world[key]) for key in ("support", "operations"))
    shown = support.get(address)
    assert "You invited this person Whoever invited somebody does not say who it is." in seen(shown)
    for act in ("accept/", "refuse/"):
        assert f"{address}{act}" not in shown.content.decode()
    assert "for a colleague to decide" in seen(support.post(f"{address}accept/", follow=True))
    operations.post(f"{address}accept/")
    assert set(apps.get_model("accounts", "User").objects.get(username="unverified").proofs) == {DOCUMENTS}


def test_support_decides_on_nobody_of_operations(world: World) -> None:
    operations, support = (visiting.sign_in(world[key]) for key in ("operations", "support"))
    add(operations)
    operations.post(f"{BY_DOCUMENTS}hand-in/")
    [found] = proof_reviews.queue(actor=worlds.actor(world["support"])).cases
    address = f"/staff/identity/{found.id}/"
    assert "Somebody else looks after this account" in seen(support.get(address))
    support.post(f"{address}accept/")
    assert proof_reviews.queue(actor=worlds.actor(world["support"])).count == 1


def test_a_decision_asks_to_confirm_after_a_while(
    unverified: Client, world: World, clock: time_machine.Traveller
) -> None:
    add(unverified)
    unverified.post(f"{BY_DOCUMENTS}hand-in/")
    operations = visiting.sign_in(world["operations"])
    address = f"/staff/identity/{case(world, DOCUMENTS)}/"
    clock.shift(timedelta(minutes=11))
    assert operations.get(address).status_code == 200
    asked = operations.post(f"{address}accept/")
    assert asked.status_code == 302
    assert asked.headers["Location"].startswith(reverse("confirm"))
    assert proof_reviews.queue(actor=worlds.actor(world["support"])).count == 1


def test_how_long_it_waits_is_told_in_its_largest_unit(
    unverified: Client, world: World, clock: time_machine.Traveller
) -> None:
    add(unverified)
    unverified.post(f"{BY_DOCUMENTS}hand-in/")
    for wait, said in ((59, "Just now"), (60, "1 minute"), (7_200, "2 hours"), (172_800, "2 days")):
        with time_machine.travel(NOW + timedelta(seconds=wait), tick=False):
            operations = visiting.sign_in(world["operations"])
            assert f"Eligibility {said} " in seen(operations.get("/staff/identity/"))


def with_match(world: World) -> Client:
    """The browser of somebody whose registration matched, and who has proven nothing else."""
    proofs = {"provider_file": NOW.isoformat()}
    apps.get_model("accounts", "User").objects.filter(pk=world["unverified"].user_id).update(proofs=proofs)
    return visiting.sign_in(world["unverified"])


def test_that_a_registration_matched_is_no_proof_where_the_plan_does_not_say_so(world: World) -> None:
    browser = with_match(world)
    told = seen(browser.get(TASKS))
    assert "We still have to make sure who you are" in told
    assert "provider file" not in told
    assert "Your identity A proof is asked for See what" in seen(browser.get(reverse("account")))


def test_a_match_is_told_as_a_proof_where_the_plan_takes_it_for_enough(world: World) -> None:
    write(Rule(functions=PATIENT_DATA, provers=(CONTACT, "provider_file")))
    browser = with_match(world)
    told = seen(browser.get(f"{TASKS}{WANTED}"))
    assert "Your identity is verified for" in told
    assert "A registration that agreed with the provider file" in told
    said = seen(browser.get(reverse("account")))
    assert "Verified By a registration that agreed with the provider file, Mar 12, 2026" in said


def test_who_never_registered_is_offered_no_match_to_begin(unverified: Client) -> None:
    write(Rule(functions=PATIENT_DATA, provers=(CONTACT, "provider_file")))
    assert "A registration that agreed" not in seen(unverified.get(TASKS))
