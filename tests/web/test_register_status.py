"""Where is my registration: what its transaction ID tells, what can be mended, and what stops guessing."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.domains.registration import correcting, deciding_rules, links, models, transaction_ids
from portico.domains.registration.claims import Field, Finding, Reason
from portico.domains.registration.deciding_rules import Back, Denial
from portico.domains.registration.following import Stage
from portico.domains.registration.links import Renewed
from portico.domains.registration.tests import registering as rows
from portico.domains.registration.tests import waiting
from portico.edges.web.register import decision_words, mending_forms, reason_words, status, words
from tests.support import proving, registering, visiting
from tests.support.actors import NOW
from tests.support.registering import FACTS, HOSPITAL, LICENCE, OF_OFFICE, id_on, look, registered
from tests.support.world import World
from tests.web.test_register_steps import leads

WRONG_LICENCE = {**FACTS, "licence_number": "A998877"}


@pytest.fixture
def digest(world: World) -> str:
    """The terms in force."""
    del world
    return registering.prepare()


@pytest.fixture
def differing(digest: str) -> str:
    """The transaction ID of a registration whose licence differs."""
    return id_on(registered(Client(), digest, facts=WRONG_LICENCE))


@pytest.fixture
def recognised(digest: str) -> str:
    """The transaction ID of a registration of an office that is here already."""
    return id_on(registered(Client(), digest, facts=OF_OFFICE))


def mend(name: str, transaction_id: str, **sent: Any) -> Any:
    """The answer to one of the forms of the page, from a browser of its own."""
    return Client().post(reverse(f"register_{name}"), {"transaction_id": transaction_id, **sent})


def put(transaction_id: str, **values: Any) -> None:
    """Put these into the row, as the plan's desk would."""
    index = transaction_ids.index(transaction_id)
    apps.get_model("registration", "Application").objects.filter(transaction_index=index).update(**values)


def test_any_browser_is_told_by_the_transaction_id(differing: str) -> None:
    answer = look(Client(), transaction_ids.shown(differing).lower())
    told = visiting.seen(answer)
    assert answer.status_code == 200
    assert "Step 2 of 4: With the plan" in told
    assert "2 business days left" in told
    assert answer.headers["Cache-Control"] == "no-store"


def test_nothing_that_was_claimed_stands_on_the_page(differing: str) -> None:
    told = visiting.seen(look(Client(), differing))
    for said in (LICENCE, "A998877", registering.NPI, registering.TAX_ID, registering.EMAIL, "Okada"):
        assert said not in told


def test_a_slip_is_told_as_one_and_costs_nothing(digest: str) -> None:
    for _ in range(7):
        answer = look(Client(), "0000-0000-0000-0000-1")
        assert answer.status_code == 422
        assert "This transaction ID was mistyped" in visiting.seen(answer)


def test_a_wrong_id_is_told_what_every_wrong_one_is(digest: str) -> None:
    first, second = (look(Client(), transaction_ids.new()) for _ in range(2))
    assert (first.status_code, second.status_code) == (422, 422)
    assert status.UNKNOWN in visiting.seen(first)
    assert status.UNKNOWN in visiting.seen(second)


def test_after_five_wrong_ids_the_right_one_is_not_looked_at_for_an_hour(
    differing: str, clock: time_machine.Traveller
) -> None:
    for _ in range(5):
        look(Client(), transaction_ids.new())
    answer = look(Client(), differing)
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 3000
    assert "Too many wrong transaction IDs" in visiting.seen(answer)
    clock.shift(timedelta(minutes=61))
    assert look(Client(), differing).status_code == 200


@pytest.mark.parametrize("act", ["correct", "document", "finish", "renew", "office"])
def test_every_form_of_the_page_counts_wrong_ids_too(act: str, differing: str) -> None:
    for _ in range(5):
        answer = mend(
            act, transaction_ids.new(), npi=registering.NPI, kind="licence", file=proving.attached()
        )
        assert answer.status_code == 422
    assert look(Client(), differing).status_code == 429


ENDED = {Stage.LET_IN: "accepted", Stage.NOT_LET_IN: "refused"}


@pytest.mark.parametrize("stage", list(Stage))
def test_every_stage_is_told_in_its_own_words(stage: Stage, digest: str) -> None:
    transaction_id = id_on(registered(Client(), digest, **HOSPITAL))
    if stage in (Stage.RECOGNISED, *ENDED):
        transaction_id = id_on(registered(Client(), digest, facts=OF_OFFICE))
        if stage in ENDED:
            apps.get_model("registration", "JoinRequest").objects.update(ended_at=NOW, ending=ENDED[stage])
    elif stage in (Stage.MATCHED, Stage.COMPLETED):
        browser = Client()
        transaction_id = id_on(registered(browser, digest))
        if stage is Stage.COMPLETED:
            registering.open_account(browser)
    elif stage is Stage.RETURNED:
        put(transaction_id, state="returned")
    elif stage is not Stage.IN_REVIEW:
        put(transaction_id, state=stage.value, decided_at=NOW, decided_by=1, decision="twice")
    told = visiting.seen(look(Client(), transaction_id))
    assert reason_words.STAGES[stage].headline in told


def test_words_are_there_for_every_field_finding_and_stage() -> None:
    assert set(reason_words.FIELDS) == set(Field)
    assert set(reason_words.FINDINGS) == set(Finding)
    assert set(reason_words.STAGES) == set(reason_words.TONES) == set(Stage)
    assert set(status.RENEWED) == set(Renewed)
    assert set(mending_forms.KINDS) == set(correcting.KINDS)


def test_words_are_there_for_all_that_the_desk_may_ask_and_for_every_denial() -> None:
    assert set(decision_words.MISSING) == set(deciding_rules.MISSING)
    assert set(decision_words.DENIALS) == set(Denial)
    assert set(decision_words.BACKS) == set(Back)
    assert all("appeal" in said.todo for said in decision_words.DENIALS.values())


@pytest.mark.parametrize("denial", list(Denial))
def test_a_denial_is_told_in_words_with_the_way_to_appeal(denial: Denial, digest: str) -> None:
    transaction_id = id_on(registered(Client(), digest, **HOSPITAL))
    put(transaction_id, state="denied", decided_at=NOW, decided_by=1, decision=denial.value)
    told = visiting.seen(look(Client(), transaction_id))
    assert decision_words.DENIALS[denial].headline in told
    assert decision_words.DENIALS[denial].todo in told


def test_what_the_desk_asks_for_is_told_in_words_and_the_clock_stands_still(digest: str) -> None:
    transaction_id = id_on(registered(Client(), digest, **HOSPITAL))
    put(transaction_id, state="returned", returned_at=NOW)
    row = apps.get_model("registration", "Application").objects.get()
    models.Event.objects.create(application=row, kind="returned", code="unreadable", at=NOW)
    for code in ("letter", "npi"):
        models.Event.objects.create(application=row, kind="missing", code=code, at=NOW)
    told = visiting.seen(look(Client(), transaction_id))
    assert f"What the plan needs {decision_words.BACKS[Back.UNREADABLE]} Hand in a letter" in told
    assert (
        reason_words.REASONS[Reason.ALWAYS_REVIEWED].headline not in told
    )  # what it was sent back for counts
    assert decision_words.MISSING["letter"] in told
    assert decision_words.MISSING["npi"] in told
    assert "Its clock stands still while it is your turn" in told


@pytest.mark.parametrize("by", ["a match", "a link"])
def test_what_changed_since_opens_nothing_and_is_told_without_saying_what(by: str, digest: str) -> None:
    browser = Client()
    transaction_id = id_on(registered(browser, digest))
    if by == "a link":
        put(transaction_id, state="approved", decided_by=1, matched_at=None)
        with permit(rows.visitor(), Function.REGISTRATION) as given:
            links.send(given, models.Application.objects.get())
    rows.excluded(npi=registering.NPI)
    sent = {"transaction_id": transaction_id, "username": "sol.okada", "password": registering.PASSWORD}
    sent |= {"t": waiting.secret()} if by == "a link" else {}
    answer = Client().post(reverse("register_complete" if by == "a link" else "register_opening"), sent)
    assert answer.status_code == 409
    for told in (visiting.seen(answer), visiting.seen(look(Client(), transaction_id))):
        assert reason_words.REASONS[Reason.LOOKED_AT_AGAIN].headline in told
        assert "Something changed since the plan said yes to your registration" in told
        assert not any(word in told.lower() for word in ("exclu", "federal", "list of", "not active"))
    told = visiting.seen(look(Client(), transaction_id))
    assert "follow it by your transaction ID" in visiting.seen(answer)
    assert ("2 business days left" in told, "The link we mailed" in told) == (True, False)
    assert not apps.get_model("accounts", "User").objects.filter(username="sol.okada").exists()


def test_a_correction_that_agrees_opens_the_account(differing: str) -> None:
    kept = mend("correct", differing, licence_number=LICENCE, licence_state="CA")
    assert "What you entered is kept" in visiting.seen(kept)
    answer = mend("finish", differing)
    assert "Everything agrees with what the plan has on file" in visiting.seen(answer)
    browser = Client()
    assert leads(registering.open_account(browser, transaction_id=differing)) == "next"


def test_what_differs_is_asked_for_first(differing: str) -> None:
    page = look(Client(), differing).content.decode()
    assert page.index('name="licence_number"') < page.index("Something else") < page.index('name="npi"')


def test_a_correction_is_made_once(differing: str) -> None:
    mend("correct", differing, licence_number="A000001")
    assert "Your corrections were received" in visiting.seen(mend("finish", differing))
    answer = mend("correct", differing, licence_number=LICENCE)
    assert "This registration cannot be corrected now" in visiting.seen(answer)
    assert "Correct what you entered" not in visiting.seen(look(Client(), differing))


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Enter what is to be corrected"),
        ({"npi": "1234567890"}, "One of the digits is not right"),
        ({"tax_ids": "12"}, "A tax ID has nine digits"),
    ],
    ids=["nothing", "npi", "tax_ids"],
)
def test_a_correction_that_cannot_be_is_said_beside_its_field(
    sent: dict[str, str], said: str, differing: str
) -> None:
    answer = mend("correct", differing, **sent)
    assert answer.status_code == 422
    assert said in visiting.seen(answer)


def test_nothing_is_finished_before_something_was_changed(differing: str) -> None:
    assert "Nothing was corrected or handed in yet" in visiting.seen(mend("finish", differing))


def test_a_file_is_handed_in_and_counts_as_a_change(differing: str) -> None:
    answer = mend("document", differing, kind="licence", file=proving.attached())
    assert "The file is kept" in visiting.seen(answer)
    assert "That is all: send it" in visiting.seen(answer)


def test_a_file_that_is_no_picture_is_refused_beside_the_field(differing: str) -> None:
    answer = mend("document", differing, kind="licence", file=SimpleUploadedFile("x.pdf", b"hello"))
    assert answer.status_code == 422
    assert "This is no PDF, PNG or JPEG" in visiting.seen(answer)


FULL: dict[str, tuple[dict[str, int], str]] = {
    "network": ({"REGISTRATION_FILES_A_DAY": 1}, "Too many files came from your network today"),
    "everybody": ({"REGISTRATION_MEGABYTES_A_DAY": 0}, "The plan takes no more files today"),
}


@pytest.mark.parametrize(("limits", "said"), FULL.values(), ids=FULL)
def test_what_is_too_much_is_said_beside_the_file(
    limits: dict[str, int], said: str, differing: str, settings: Any
) -> None:
    for name, value in limits.items():
        setattr(settings, name, value)
    for _ in range(2):
        answer = mend("document", differing, kind="licence", file=proving.attached())
    assert answer.status_code == 422
    assert f"{said}, and this one was not kept." in visiting.seen(answer)
    assert "At most 5 files, with 10 MB together." in visiting.seen(answer)


def test_a_code_to_a_contact_of_the_office_names_its_administrators(recognised: str, world: World) -> None:
    page = mend("office", recognised)
    [key] = [each.key for each in page.context["found"].choices if "hillcrest" in each.shown]
    sent = mend("office", recognised, act="send", key=key)
    assert "Enter the code" in visiting.seen(sent)
    wrong = mend("office", recognised, act="prove", code="000000")
    assert (wrong.status_code, wrong.context["found"].administrators) == (422, None)
    assert "4 tries are left" in visiting.seen(wrong)
    [*_, (to, facts)] = waiting.mails("join_code")
    assert to == "office@hillcrest.example.org"
    done = mend("office", recognised, act="prove", code=facts["secret"])
    assert done.context["found"].administrators is not None


@pytest.mark.parametrize(
    ("ending", "said"),
    [("accepted", "Your office lets you in"), ("refused", "Your office did not let you in")],
    ids=["let in", "not let in"],
)
def test_who_was_answered_by_the_office_is_not_sent_to_ask_it(
    recognised: str, ending: str, said: str
) -> None:
    ask = "See who can let you in"
    assert ask in visiting.seen(look(Client(), recognised))
    apps.get_model("registration", "JoinRequest").objects.update(ended_at=NOW, ending=ending)
    told = visiting.seen(look(Client(), recognised))
    assert said in told
    assert ask not in told


def test_five_wrong_codes_end_it(recognised: str) -> None:
    found = mend("office", recognised).context["found"]
    mend("office", recognised, act="send", key=found.choices[0].key)
    for _ in range(5):
        answer = mend("office", recognised, act="prove", code="000000")
    told = visiting.seen(mend("office", recognised))
    assert answer.status_code == 422
    assert "It cannot be shown here any more" in told


def test_a_registration_that_is_no_wish_to_join_has_no_office_to_show(differing: str) -> None:
    answer = mend("office", differing, act="prove", code="000000")
    assert "The plan is looking at it" in visiting.seen(answer)


def test_a_new_link_is_mailed_by_the_transaction_id(world: World) -> None:
    del world
    _, transaction_id, old = waiting.approved()
    assert "It is on its way, or there already" in visiting.seen(look(Client(), transaction_id))
    assert status.RENEWED[Renewed.SENT][1] in visiting.seen(mend("renew", transaction_id))
    assert waiting.secret() != old


def test_the_plans_real_turnaround_stands_on_the_page_and_on_the_start(digest: str) -> None:
    said = "The plan's goal is two business days."
    assert said in visiting.seen(Client().get(reverse("register")))
    assert said in visiting.seen(Client().get(reverse("register_status")))


@pytest.mark.parametrize(
    ("length", "said"),
    [
        ("0.0400", "less than a tenth of a business day"),
        ("0.0600", "0.1 business days"),
        ("1.0000", "1 business day"),
        ("1.5000", "1.5 business days"),
        ("2.0000", "2 business days"),
    ],
)
def test_business_time_reads_as_people_say_it(length: str, said: str) -> None:
    assert words.business_days(Decimal(length)) == said
