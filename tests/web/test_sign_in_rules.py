"""The sign-in rules in the browser: edited without scripts, looked at, warned of, kept, told in the help."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client, override_settings
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from portico.domains.access import actors as access_actors
from portico.domains.permits.functions import TRAITS, Function
from portico.domains.permits.questions import Question
from portico.domains.permits.reasons import Reason
from portico.domains.permits.rules import decide
from portico.domains.permits.verification import PATIENT_DATA, PLAN, REACTIVATED, Rule
from portico.domains.plan import policy, verification_table
from portico.domains.plan.verification_answers import answers
from portico.domains.plan.verification_rules import EVERYBODY
from portico.edges.web import identity_words as words
from portico.edges.web.refusals import FUNCTION_NAMES
from tests.support import visiting
from tests.support import world as worlds
from tests.support.actors import NOW, TODAY
from tests.support.visiting import seen
from tests.support.world import World

RULES, HELP = "/staff/sign-in-rules/", "/support/identity/"
HISTORY = f"{RULES}history/"
ROW = {"account_type": "", "persona": "", "functions": PATIENT_DATA, "state": "", "provers": [], "days": "0"}
ALL = {**ROW, "provers": ["desk", "documents"]}
HOSPITALS = {**ROW, "account_type": "hospital", "persona": "end_user", "provers": ["contact"], "days": "30"}


def table(*rows: dict[str, Any], act: str, was: str = "", **more: str) -> dict[str, Any]:
    """The form as a browser sends it."""
    sent: dict[str, Any] = {"act": act, "was": was, "rows": str(len(rows)), **more}
    for number, row in enumerate(rows, 1):
        sent |= {f"row{number}-{name}": value for name, value in row.items()}
    return sent


def send(browser: Client, *rows: dict[str, Any], act: str = "save", **more: str) -> Any:
    """The answer to the form, made from the table as it is."""
    was = verification_table.read().version
    return browser.post(RULES, table(*rows, act=act, was=was, **more))


def shown(answer: Any) -> list[dict[str, Any]]:
    """The rows of the form, as they would be sent on."""
    page = answer.content.decode()
    rows = []
    for number in range(1, len(re.findall(r'id="row-\d+"', page)) + 1):
        row: dict[str, Any] = {}
        for name in ("account_type", "persona", "functions", "state"):
            select = re.search(rf'(?s)<select name="row{number}-{name}".*?</select>', page)
            assert select
            chosen = re.search(r'value="([^"]*)"\s+selected', select[0])
            row[name] = chosen[1] if chosen else ""
        boxes = re.findall(rf'<input[^>]*name="row{number}-provers"[^>]*>', page)
        row["provers"] = [re.findall(r'value="(\w+)"', box)[0] for box in boxes if "checked" in box]
        days = re.search(rf'<input[^>]*name="row{number}-days"[^>]*>', page)
        assert days
        row["days"] = re.findall(r'value="([^"]*)"', days[0])[0]
        rows.append(row)
    return rows


def test_without_a_table_the_default_is_shown_and_is_what_counts(operations: Client) -> None:
    page = operations.get(RULES)
    assert "The plan has written no table yet" in seen(page)
    assert shown(page) == [{**ROW, "provers": ["desk", "documents", "contact", "payment", "openid_connect"]}]
    assert "End users of every office; the plan's staff Patient data" in seen(page)


@pytest.mark.parametrize(
    ("act", "rows"),
    [
        ("add", [ALL, HOSPITALS, ROW]),
        ("remove-1", [HOSPITALS]),
        ("remove-2", [ALL]),
        ("up-2", [HOSPITALS, ALL]),
        ("up-1", [ALL, HOSPITALS]),
        ("down-1", [HOSPITALS, ALL]),
        ("down-2", [ALL, HOSPITALS]),
        ("remove-9", [ALL, HOSPITALS]),
        ("remove-0", [ALL, HOSPITALS]),
        ("levitate", [ALL, HOSPITALS]),
    ],
)
def test_a_button_changes_what_is_shown_and_nothing_that_is_kept(
    operations: Client, act: str, rows: list[dict[str, Any]]
) -> None:
    answer = send(operations, ALL, HOSPITALS, act=act)
    assert answer.status_code == 200
    assert shown(answer) == rows
    assert verification_table.read().is_default


def test_what_a_table_would_ask_is_shown_before_it_is_kept(operations: Client) -> None:
    said = seen(send(operations, HOSPITALS, ALL, act="preview"))
    assert "What it would ask" in said
    assert "End users of hospitals Patient data A code to a contact we have on file 30 days" in said
    assert verification_table.read().is_default


def test_a_table_is_kept_and_counts_from_the_next_request_on(world: World, operations: Client) -> None:
    front_desk = visiting.sign_in(world["unverified"])
    assert front_desk.get("/patients/").status_code == 403
    done = send(operations, {**ROW, "persona": "plan_staff", "provers": ["desk"]}, meant="yes")
    assert done.headers["Location"] == RULES
    assert front_desk.get("/patients/").status_code == 200
    assert verification_table.read().rules == (Rule("", "plan_staff", PATIENT_DATA, "", ("desk",), 0),)


def test_a_table_that_opens_patient_data_to_all_is_warned_of_first(operations: Client) -> None:
    answer = send(operations, ROW)
    assert answer.status_code == 422
    said = seen(answer)
    assert "Patient data opens without any proof to: end users of every office; the plan's staff." in said
    assert "Read the warnings, and say that you mean it." in said
    assert verification_table.read().is_default
    assert send(operations, ROW, meant="yes").status_code == 302


def test_a_table_that_opens_to_nobody_is_warned_of(operations: Client) -> None:
    with override_settings(IDENTITY_PROVERS={}):
        said = seen(operations.get(RULES))
        assert "Row 1 asks for a way that is switched off." in said
        only = send(operations, {**ROW, "provers": ["documents"]})
        assert only.status_code == 422
        assert "documents is not one of the available choices" in seen(only)


def test_staff_cannot_shut_themselves_out(operations: Client) -> None:
    shut = {**ROW, "functions": "sign_in_rules", "provers": ["documents"]}
    answer = send(operations, shut, ALL, meant="yes")
    assert answer.status_code == 422
    assert "This table would close the sign-in rules to you" in seen(answer)
    assert verification_table.read().is_default


def test_a_table_changed_by_somebody_else_meanwhile_is_not_overwritten(operations: Client) -> None:
    was = verification_table.read().version
    send(operations, ALL)
    answer = operations.post(RULES, table(HOSPITALS, ALL, act="save", was=was))
    assert answer.status_code == 422
    assert "Somebody else has changed the table" in seen(answer)
    assert len(verification_table.read().rules) == 1


def test_back_to_the_default(operations: Client) -> None:
    send(operations, ALL)
    assert send(operations, ALL, act="default").status_code == 302
    assert verification_table.read().is_default


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({**ALL, "days": "x"}, "Row 1, Holds for days: Enter a whole number of days."),
        ({**ALL, "days": ""}, "Row 1, Holds for days: Enter for how many days it holds"),
        ({**ALL, "days": "-1"}, "Row 1, Holds for days: Enter 0 or more days."),
        ({**ALL, "days": "99999"}, "Row 1, Holds for days: Enter at most 3650 days."),
        ({**ALL, "functions": "loading"}, "Row 1, To open: Select a valid choice."),
        ({**ALL, "persona": "owner"}, "Row 1, Acting as: Select a valid choice."),
    ],
    ids=["no number", "no days", "negative", "too many", "of the system", "no persona"],
)
@pytest.mark.parametrize("act", ["save", "preview"])
def test_a_row_that_says_nothing_whole_is_named(
    operations: Client, row: dict[str, Any], says: str, act: str
) -> None:
    answer = send(operations, row, act=act)
    assert answer.status_code == 422
    assert says in seen(answer)
    assert verification_table.read().is_default


@pytest.mark.parametrize("rows", ["", "x", "-1", "9999", "1" * 40])
def test_a_mangled_count_of_rows_breaks_nothing(operations: Client, rows: str) -> None:
    answer = operations.post(RULES, {"act": "preview", "rows": rows})
    assert answer.status_code in (200, 422)
    assert verification_table.read().is_default


def test_saving_asks_to_confirm_after_a_while_and_goes_on(
    world: World, operations: Client, clock: time_machine.Traveller
) -> None:
    clock.shift(timedelta(minutes=11))
    asked = send(operations, ALL)
    assert asked.headers["Location"].startswith(reverse("confirm"))
    assert verification_table.read().is_default


def test_who_changed_what_is_told_by_the_audit(operations: Client, front_desk: Client) -> None:
    assert "Never changed" in seen(operations.get(HISTORY))
    send(operations, ALL)
    send(operations, HOSPITALS, ALL)
    said = seen(operations.get(HISTORY))
    assert (
        "By Operations Tester Before 1. * * patient_data * 1= desk documents 0 "
        "After 1. hospital end_user patient_data * 1= contact 30 2. * * patient_data * 2= desk documents 0"
    ) in said
    assert "Before default After 1. * * patient_data *" in said
    assert front_desk.get(HISTORY).status_code == 403


@pytest.mark.parametrize("after", ["x", "~", "2026", "2026~x", "x~1"])
def test_a_mangled_page_of_the_history_is_the_first(operations: Client, after: str) -> None:
    assert operations.get(HISTORY, {"after": after}).status_code == 200


def test_the_help_says_to_everybody_what_is_asked(operations: Client) -> None:
    send(operations, {**HOSPITALS, "state": REACTIVATED}, ALL)
    said = seen(Client().get(HELP))
    assert (
        "End users of hospitals once the account was suspended and reactivated Patient data "
        "A code to a contact we have on file 30 days, if passed since the reactivation"
    ) in said
    assert (
        "End users of physician practices, medical groups, ancillary providers and billing companies; "
        "the plan's staff" in said
    )
    assert "The plan's desk makes sure who you are Documents that you send us" in said


def test_the_help_says_when_nothing_is_asked(operations: Client) -> None:
    send(operations, ROW, meant="yes")
    assert "Nobody is asked for anything." in seen(Client().get(HELP))


rules = st.builds(
    Rule,
    account_type=st.sampled_from(["", "physician", "hospital", PLAN]),
    persona=st.sampled_from(["", "administrator", "end_user", "plan_staff"]),
    functions=st.sampled_from(["", PATIENT_DATA, "manage_users", "own_notices", "work_queue", "eligibility"]),
    state=st.sampled_from(["", "active", REACTIVATED]),
    provers=st.sampled_from([(), ("documents",), ("contact", "openid_connect")]),
    days=st.sampled_from([0, 30]),
)
tables = st.lists(rules, min_size=1, max_size=4, unique=True)


WHO = {
    "front_desk": r"Everybody|[Ee]verybody at {0}|[Ee]nd users of {0}",
    "administrator": r"Everybody|[Ee]verybody at {0}|[Aa]dministrators of {0}",
    "operations": r"Everybody|[Tt]he plan's staff",
}
PHYSICIANS = "(every office|.*physician practices.*)"
NEVER_SUSPENDED = {("active",), ("active", "pending"), ("active", REACTIVATED)}


def told(lines: tuple[words.Line, ...], key: str, function: Function) -> set[tuple[str, ...]]:
    """What the help says of this person and this function, read as a person reads it."""
    when = {"", *(words.WHEN[states] for states in NEVER_SUSPENDED)}
    return {
        line.by
        for line in lines
        if any(re.fullmatch(WHO[key].format(PHYSICIANS), part) for part in line.who.split("; "))
        and line.when in when
        and _opens(line.opens, function)
    }


def _opens(said: str, function: Function) -> bool:
    names = ["anything but the own account", FUNCTION_NAMES[function]]
    names += ["patient data"] if TRAITS[function].phi else []
    return any(name.lower() in said.lower() for name in names)


MAY = {
    "front_desk": (Function.ELIGIBILITY, Function.OWN_NOTICES),
    "administrator": (Function.MANAGE_USERS, Function.OWN_NOTICES),
    "operations": (Function.AUDIT_READING, Function.WORK_QUEUE, Function.OWN_NOTICES),
}


@pytest.mark.django_db
def test_what_the_help_says_is_what_decide_asks() -> None:
    """Of a person of each kind, for drawn tables: the words of the page, and the verdict on a request."""
    world = worlds.build()

    @given(tables, st.sampled_from(sorted(MAY)), st.data())
    def agree(table_: list[Rule], key: str, data: st.DataObject) -> None:
        function = data.draw(st.sampled_from(MAY[key]))
        verification_table.replace(
            actor=worlds.system(), rules=table_, provers=("desk", "documents", "contact", "openid_connect")
        )
        signer = world[key]
        session = access_actors.Session(
            signer.user_id, signer.persona_id, second_factor=True, epoch=1, proven_at=NOW
        )
        actor = access_actors.for_session(session, asked_at=NOW, today=TODAY)
        assert actor is not None
        is_asked = Reason.VERIFICATION_REQUIRED in decide(actor, Question(function)).reasons
        lines = words.lines(policy.current().rules)
        assert bool(told(lines, key, function)) is is_asked

    agree()


def test_two_different_lines_never_read_the_same() -> None:
    @given(tables)
    def differ(table_: list[Rule]) -> None:
        found = answers(table_)
        assert len(set(words.lines(table_))) == len(found)

    differ()


@pytest.mark.parametrize("who", EVERYBODY, ids="-".join)
def test_every_kind_of_person_has_words(who: Any) -> None:
    assert words.who([who])[0].isupper()
