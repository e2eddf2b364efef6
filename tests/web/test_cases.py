"""Support cases from both sides of the desk, through the pages: looked through, sent, answered, closed."""

from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from portico.domains.plan import catalogue
from portico.domains.support.tests import telling
from tests.support import cast, mailing, patients, visiting
from tests.support import world as worlds
from tests.support.actors import NOW
from tests.support.world import World

NEW = "/cases/new/"
ASKED = {"function": "claims_inquiry", "line": cast.HMO, "region": "", "tax_id": cast.OWN}
SENT = {
    **ASKED,
    "send": "yes",
    "topic": "closed",
    "words": "It was open on Monday.",
    "keep": ["line", "function"],
}


@pytest.fixture
def sender(world: World) -> Client:
    """Somebody to whom claims are closed."""
    return visiting.sign_in(world["eligibility_only"])


@pytest.fixture
def desk(world: World) -> Client:
    """The support desk's browser."""
    return visiting.sign_in(world["support"])


@pytest.fixture
def reference(world: World) -> str:
    """A case that waits."""
    return telling.open_case(worlds.actor(world["eligibility_only"]), keep=telling.EVERY)


def only_case() -> Any:
    return apps.get_model("support", "Case").objects.get()


def test_every_fact_is_seen_before_it_goes(sender: Client) -> None:
    answer = sender.post(NEW, ASKED, headers={"user-agent": "Mozilla Firefox/128.0 Windows"})
    said = visiting.seen(answer)
    assert answer.status_code == 200
    for fact in (
        "Which it is Missing role",
        "What is missed: Claims Inquiry",
        f"Line of business: {catalogue.line_names()[cast.HMO]}",
        "Tax ID: 17-1234567",
        "Identity: Verified",
        "Browser: Firefox on Windows",
        "Entrance used: Providers",
    ):
        assert fact.lower() in said.lower()
    assert not apps.get_model("support", "Case").objects.exists()


def test_what_is_unchecked_does_not_go(sender: Client) -> None:
    answer = sender.post(NEW, SENT)
    case = only_case()
    assert answer.headers["Location"] == reverse("case", args=[case.reference])
    assert set(case.facts) == {"verdict", "reasons", "line", "function"}
    said = visiting.seen(sender.get(answer.headers["Location"]))
    assert "Your case is with the plan." in said
    assert "It was open on Monday." in said
    assert "Tax ID" not in said


def test_a_page_sent_twice_makes_one_case(sender: Client) -> None:
    key = sender.post(NEW, ASKED).context["form"]["once"].value()
    first = sender.post(NEW, {**SENT, "once": key})
    assert sender.post(NEW, {**SENT, "once": key}).headers["Location"] == first.headers["Location"]
    assert only_case()


def test_words_about_a_patient_are_refused_and_stand_there_still(sender: Client) -> None:
    answer = sender.post(NEW, {**SENT, "words": "Her SSN is 123-45-6789"})
    assert answer.status_code == 422
    assert "looks like a Social Security number" in visiting.seen(answer)
    assert not apps.get_model("support", "Case").objects.exists()


def test_a_fact_cannot_be_slipped_in(sender: Client) -> None:
    answer = sender.post(NEW, {**SENT, "keep": ["line", patients.ZEPHYRINE]})
    assert answer.status_code == 422
    answer = sender.post(NEW, {**SENT, "browser": patients.ZEPHYRINE, "verdict": patients.ZEPHYRINE})
    assert answer.status_code == 302
    assert patients.shown_in(repr(only_case().facts)) == []


def test_asking_about_what_is_none_leads_back_to_the_diagnosis(sender: Client) -> None:
    answer = sender.post(NEW, {**SENT, "tax_id": cast.FOREIGN})
    assert answer.status_code == 422
    assert "Choose one of these." in visiting.seen(answer)


def test_a_case_may_be_begun_without_a_diagnosis(sender: Client) -> None:
    assert "Open a support case" in visiting.seen(sender.get(NEW))


def test_a_case_waits_is_answered_and_closed(sender: Client, desk: Client, reference: str) -> None:
    listed = visiting.seen(desk.get("/staff/cases/"))
    assert "1 waits, 0 late; you have taken 0." in listed
    assert "Eligibility Tester" in listed
    assert "Missing role" in listed

    desk.post(reverse("staff_case_take", args=[reference]))
    desk.post(reverse("staff_case_note", args=[reference]), {"note-words": "Ask Operations."})
    answer = desk.post(
        reverse("staff_case_answer", args=[reference]), {"answer-words": "<b>Try</b> again."}, follow=True
    )
    said = visiting.seen(answer)
    assert "They are told that an answer is here." in said
    assert "Support Tester" in said
    assert "For colleagues" in said
    assert "&lt;b&gt;Try&lt;/b&gt; again." in answer.content.decode()

    page = visiting.seen(sender.get(reverse("case", args=[reference])))
    assert "<b>Try</b> again." in page
    assert "Ask Operations." not in page
    assert "Support Tester" not in page
    notices = sender.get("/notices/")
    assert "Your support case was answered" in visiting.seen(notices)
    assert reverse("case", args=[reference]) in notices.content.decode()
    [letter] = [each for each in mailing.deliver() if "support case" in each.subject]
    assert "your support case was answered" in letter.subject
    assert "again" not in str(letter.body)

    sender.post(reverse("case", args=[reference]), {"words": "Still closed."})
    assert "1 waits, 0 late; you have taken 1." in visiting.seen(desk.get("/staff/cases/?show=mine"))
    closed = desk.post(reverse("staff_case_end", args=[reference]), {"ending": "mended"}, follow=True)
    assert "The case is closed." in visiting.seen(closed)
    assert "Nothing is here" in visiting.seen(desk.get("/staff/cases/"))
    assert "How it ended Mended" in visiting.seen(sender.get(reverse("case", args=[reference])))


def test_a_case_is_withdrawn_by_a_button(sender: Client, reference: str) -> None:
    answer = sender.post(reverse("case_withdraw", args=[reference]), follow=True)
    assert "Your case is withdrawn." in visiting.seen(answer)
    answer = sender.post(reverse("case_withdraw", args=[reference]), follow=True)
    assert "It is closed already." in visiting.seen(answer)
    assert sender.post(reverse("case", args=[reference]), {"words": "Wait."}).status_code == 404


def test_somebody_elses_case_is_not_there(front_desk: Client, reference: str) -> None:
    for number in (reference, "0" * 16):
        assert front_desk.get(reverse("case", args=[number])).status_code == 404
        assert front_desk.post(reverse("case_withdraw", args=[number])).status_code == 404
    assert "You have no cases" in visiting.seen(front_desk.get("/cases/"))


def test_the_desk_goes_on_to_the_diagnosis_of_what_was_missed(desk: Client, reference: str) -> None:
    page = desk.get(reverse("staff_case", args=[reference])).content.decode()
    user_id = only_case().user_id
    address = f"{reverse('person_diagnosis', args=[user_id])}?function=claims_inquiry"
    assert f'href="{address}"' in page
    said = visiting.seen(desk.get(address))
    assert "Missing role Claims Inquiry : The function was never given." in said.replace(
        "Inquiry:", "Inquiry :"
    )


@pytest.mark.parametrize(
    ("route", "sent", "says"),
    [
        ("staff_case_answer", {"answer-words": ""}, "Write something."),
        ("staff_case_answer", {"answer-words": "SSN 123-45-6789"}, "looks like a Social Security number"),
        ("staff_case_note", {"note-words": "born 05/06/1984"}, "looks like a birth date"),
        ("staff_case_end", {"ending": "withdrawn"}, "Choose one of these."),
    ],
    ids=["no_words", "a_number", "a_birth_date", "not_theirs_to_say"],
)
def test_what_the_desk_may_not_write_is_refused_beside_the_field(
    desk: Client, reference: str, route: str, sent: dict[str, str], says: str
) -> None:
    answer = desk.post(reverse(route, args=[reference]), sent)
    assert answer.status_code == 422
    assert says in visiting.seen(answer)


def test_the_desks_diagnosis_shows_no_patient_and_mends_from_there(desk: Client, world: World) -> None:
    apps.get_model("accounts", "User").objects.filter(pk=world["front_desk"].user_id).update(
        state="suspended", suspended_at=NOW
    )
    address = reverse("person_diagnosis", args=[world["front_desk"].user_id])
    answer = desk.post(address, {"function": "eligibility", "line": "", "region": "", "tax_id": cast.OWN})
    said = visiting.seen(answer)
    assert "Account closed Eligibility" in said
    assert "The account was suspended: it was not used for long." in said
    assert patients.shown_in(answer.content.decode()) == []
    assert reverse("person", args=[world["front_desk"].user_id]) in answer.content.decode()


def test_a_locked_account_is_unlocked_from_the_diagnosis(desk: Client, world: World) -> None:
    for _ in range(5):
        visiting.give_password(Client(), world["front_desk"], password="wrong")
    answer = desk.get(reverse("person_diagnosis", args=[world["front_desk"].user_id]))
    assert "Locked Eligibility" in visiting.seen(answer)
    assert reverse("person_unlock", args=[world["front_desk"].user_id]) in answer.content.decode()


def test_what_the_desk_asks_wrong_is_refused_beside_the_field(desk: Client, world: World) -> None:
    address = reverse("person_diagnosis", args=[world["front_desk"].user_id])
    assert desk.post(address, {"function": "x"}).status_code == 422
    assert desk.get(reverse("person_diagnosis", args=[999_999])).status_code == 404


def test_onboarding_is_seen_from_both_sides(desk: Client, world: World) -> None:
    ours = visiting.sign_in(world["administrator"])
    world["no_factor"], world["proposed"]
    said = visiting.seen(ours.get("/office/onboarding/"))
    assert "Stuck at: Role active" in said
    assert "Their access is proposed and waits to be confirmed." in said
    assert "Lakeside Family Practice Done" not in said
    said = visiting.seen(desk.get("/staff/onboarding/"))
    assert "Lakeside Family Practice" in said
    assert "Everything is ready; they have not begun." in said


def test_the_report_names_months_and_causes(desk: Client, reference: str) -> None:
    said = visiting.seen(desk.get("/staff/access-report/"))
    assert "March 2026" in said
    assert "Wrong username or password" in said
    assert "Missing role 1 0 0 0 0 0" in said


def test_the_goals_name_first_steps_blockers_and_fixes(world: World) -> None:
    said = visiting.seen(Client().get("/help/access/"))
    assert "Menu: Patient Info Opened by Eligibility" in said
    assert "Menu: Your office, Onboarding Opened by Manage Users" in said
    assert "Your account has not been given Eligibility." in said
    assert "An administrator of your office Adds Eligibility to your account." in said
    assert "This tax ID does not take part in the plan's network." in said


def test_the_checklist_is_a_document_with_the_plans_doors(world: World) -> None:
    answer = Client().get("/help/access/checklist/")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
