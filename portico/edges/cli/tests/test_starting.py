"""From nothing to somebody who signs in: `portico plan`, `office` and `person`."""

import getpass
import json
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

from portico.domains.access import actors as access
from portico.domains.accounts.second_factors import factors
from portico.domains.accounts.signing_in import sign_in
from portico.domains.accounts.signing_in.sign_in import Outcome
from portico.domains.permits.actors import Actor, PersonaKind, visitor
from portico.domains.permits.functions import Desk, Function
from portico.domains.plan import catalogue
from portico.edges.cli import asking
from portico.edges.cli.main import main
from portico.shared import identifiers

pytestmark = pytest.mark.django_db
Said = pytest.CaptureFixture[str]
TAX_ID, SECOND = "171234567", "171234568"
NPI = identifiers.npi_with_check_digit("200000001")
PLAN: dict[str, Any] = {
    "name": "Northlake Health Plan",
    "short_name": "Northlake",
    "telephone": "1-800-555-0142",
    "support_email": "help@example.org",
    "payer_id": "99999",
    "card_details": {"rx_bin": "999999"},
    "lines": {"employer-hmo": "Employer HMO", "medi-cal": "Medi-Cal “managed”"},
    "regions": {"north": "North Lakes"},
}
FAY = ["person", "add", "fay.desk", "--first-name", "Fay", "--last-name", "Desk"]
OF_LAKESIDE = [*FAY, "--office", "lakeside"]


@pytest.fixture
def _office(tmp_path: Path, capsys: Said) -> None:
    set_plan(tmp_path, PLAN)
    tax_ids = ["--tax-id", "17-1234567", "--tax-id", SECOND]
    assert main(["office", "add", "lakeside", "--name", "Lakeside", "--kind", "physician", *tax_ids]) == 0
    assert f"tax IDs {TAX_ID}, {SECOND}" in capsys.readouterr().out


def set_plan(folder: Path, said: object) -> int:
    file = folder / "plan.json"
    file.write_text(json.dumps(said), encoding="utf-8")
    return main(["plan", "set", str(file)])


def printed(capsys: Said) -> dict[str, str]:
    """What was printed once: the password and the authenticator's key, by their names."""
    lines = [line.split(": ", 1) for line in capsys.readouterr().out.splitlines() if ": " in line]
    return {name: value.strip() for name, value in lines}


def signed_in(username: str, password: str, secret: str | None) -> Actor:
    """The actor of somebody who signs in with what was printed."""
    now = asking.now()
    who = visitor(asked_at=now, today=now.date())
    attempt = sign_in.with_password(actor=who, username=username, password=password)
    if secret is not None:
        assert attempt.outcome is Outcome.FACTOR_NEEDED
        code = factors.code_at(secret, now)
        attempt = sign_in.with_code(actor=who, user_id=attempt.user_id or 0, epoch=attempt.epoch, code=code)
    assert attempt.outcome is Outcome.SIGNED_IN
    session = access.Session(attempt.user_id or 0, None, secret is not None, attempt.epoch)
    actor = access.for_session(session, asked_at=now, today=asking.actor().today)
    assert actor is not None
    return actor


def conclusions(function: Function) -> list[str]:
    rows = apps.get_model("audit", "Entry").objects.filter(function=function, actor_name="operator")
    return list(rows.order_by("pk").values_list("conclusion", flat=True))


def test_a_plan_is_set_and_printed_as_a_file_that_sets_the_same(tmp_path: Path, capsys: Said) -> None:
    assert set_plan(tmp_path, PLAN) == 0
    assert "Northlake Health Plan: 2 lines of business, 1 regions." in capsys.readouterr().out
    before = (catalogue.identity(), catalogue.lines(), catalogue.regions())
    assert main(["plan", "show"]) == 0
    toml = tmp_path / "plan.toml"
    toml.write_text(capsys.readouterr().out, encoding="utf-8")
    assert main(["plan", "set", str(toml)]) == 0
    assert before == (catalogue.identity(), catalogue.lines(), catalogue.regions())
    assert conclusions(Function.CONFIGURATION) == ["configured", "configured"]


def test_payer_id_and_card_details_may_be_left_out(tmp_path: Path) -> None:
    said = {what: value for what, value in PLAN.items() if what not in ("payer_id", "card_details")}
    assert set_plan(tmp_path, said) == 0


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"colour": "blue"}, "colour is not known"),
        ({"telephone": 18005550142}, "telephone must be text in quotes"),
        ({"lines": ["employer-hmo"]}, "lines must be a table"),
        ({"regions": {"north": 1}}, "regions must be a table"),
        ({"lines": {"Employer HMO": "Employer HMO"}}, "line 'Employer HMO'"),
        ({"name": ""}, "name is missing"),
    ],
)
def test_a_plan_that_is_wrong_somewhere_changes_nothing(
    changes: dict[str, Any], says: str, tmp_path: Path, capsys: Said
) -> None:
    assert set_plan(tmp_path, PLAN | changes) == 1
    assert says in capsys.readouterr().err
    assert catalogue.identity() == catalogue.NOBODY


@pytest.mark.parametrize("missing", ["name", "telephone", "lines", "regions"])
def test_what_a_plan_must_say_is_named_when_it_is_missing(missing: str, tmp_path: Path, capsys: Said) -> None:
    assert set_plan(tmp_path, {what: value for what, value in PLAN.items() if what != missing}) == 1
    assert f"{missing} is missing" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["plan.toml", "plan.json"])
@pytest.mark.parametrize("content", [b"{", b"\xff\xfe", b"[]", b"name = "])
def test_a_file_that_is_no_plan_is_refused(name: str, content: bytes, tmp_path: Path, capsys: Said) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    assert main(["plan", "set", str(file)]) == 1
    assert str(file) in capsys.readouterr().err


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path, capsys: Said) -> None:
    assert main(["plan", "set", str(tmp_path / "none.toml")]) == 1
    assert "cannot be read" in capsys.readouterr().err


@pytest.mark.usefixtures("_office")
@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (["lakeside", "--tax-id", "171234599"], "there is an office lakeside already"),
        (["hillcrest", "--tax-id", TAX_ID], "belongs to another office"),
        (["hillcrest", "--tax-id", "12"], "A tax ID has 9 digits"),
        (["Hill Crest", "--tax-id", "171234599"], "can be no key"),
    ],
)
def test_an_office_that_cannot_be_opened_is_refused(typed: list[str], says: str, capsys: Said) -> None:
    assert main(["office", "add", *typed, "--name", "Hillcrest", "--kind", "physician"]) == 1
    assert says in capsys.readouterr().err


@pytest.mark.usefixtures("_office")
def test_an_end_user_signs_in_with_what_was_printed_and_holds_eligibility(capsys: Said) -> None:
    assert main([*OF_LAKESIDE, "--function", "benefits"]) == 0
    said = printed(capsys)
    actor = signed_in("fay.desk", said["Password"], said["Authenticator"])
    assert (actor.name, actor.persona_kind) == ("Fay Desk", PersonaKind.END_USER)
    assert actor.held.functions() == {Function.ELIGIBILITY, Function.BENEFITS}
    assert {grant.tax_ids for grant in actor.held.all} == {frozenset({TAX_ID, SECOND})}
    assert {grant.period.first for grant in actor.held.all} == {actor.today}
    assert not actor.account.verification.asked(Function.ELIGIBILITY, actor.asked_at)
    assert conclusions(Function.PROVISIONING) == ["office_opened", "person_added"]


@pytest.mark.usefixtures("_office")
def test_a_reach_may_be_narrowed(capsys: Said) -> None:
    limits = ["--tax-id", "17-1234568", "--line", "medi-cal", "--region", "north", "--provider", NPI]
    days = ["--from", "2026-01-01", "--until", "2099-12-31"]
    assert main([*OF_LAKESIDE, *limits, *days]) == 0
    said = printed(capsys)
    (grant,) = signed_in("fay.desk", said["Password"], said["Authenticator"]).held.all
    assert grant.tax_ids == {SECOND}
    assert grant.lines == frozenset({"medi-cal"})
    assert grant.regions == frozenset({"north"})
    assert grant.providers == frozenset({NPI})
    assert (str(grant.period.first), str(grant.period.last)) == ("2026-01-01", "2099-12-31")


@pytest.mark.usefixtures("_office")
def test_an_administrator_manages_users_and_holds_nothing_else(capsys: Said) -> None:
    assert main([*OF_LAKESIDE, "--administrator", "--line", "medi-cal"]) == 0
    said = printed(capsys)
    actor = signed_in("fay.desk", said["Password"], said["Authenticator"])
    assert actor.persona_kind is PersonaKind.ADMINISTRATOR
    (grant,) = actor.held.all
    assert (grant.function, grant.lines) == (Function.MANAGE_USERS, None)


@pytest.mark.usefixtures("_office")
def test_a_solo_physician_has_both_personas_under_one_sign_in(capsys: Said) -> None:
    assert main([*OF_LAKESIDE, "--administrator", "--function", "claims_inquiry"]) == 0
    said = printed(capsys)
    actor = signed_in("fay.desk", said["Password"], said["Authenticator"])
    assert actor.persona_kind is PersonaKind.END_USER
    assert actor.held.functions() == {Function.ELIGIBILITY, Function.CLAIMS_INQUIRY}
    assert actor.context["persona_count"] == "2"


def test_plan_staff_have_a_desk(capsys: Said) -> None:
    assert main([*FAY, "--desk", "operations"]) == 0
    said = printed(capsys)
    assert signed_in("fay.desk", said["Password"], said["Authenticator"]).desk is Desk.OPERATIONS


@pytest.mark.usefixtures("_office")
def test_a_typed_password_is_not_shown(monkeypatch: pytest.MonkeyPatch, capsys: Said) -> None:
    monkeypatch.setattr(getpass, "getpass", lambda _: "a phrase of my own choice")
    assert main([*OF_LAKESIDE, "--ask-password", "--without-authenticator"]) == 0
    said = capsys.readouterr()
    assert said.out == "Added fay.desk.\n"
    assert "cannot be shown again" not in said.err
    assert signed_in("fay.desk", "a phrase of my own choice", None).account.second_factor is False


@pytest.mark.usefixtures("_office")
@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (["short", "short"], "15 characters"),
        (["one phrase or another", "two"], "differ"),
        ([], "nobody to type one"),
    ],
)
def test_a_typed_password_that_will_not_do_adds_nobody(
    typed: list[str], says: str, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    answers = iter(typed)

    def answer(_: str) -> str:
        try:
            return next(answers)
        except StopIteration:
            raise EOFError from None

    monkeypatch.setattr(getpass, "getpass", answer)
    assert main([*OF_LAKESIDE, "--ask-password"]) == 1
    assert says in capsys.readouterr().err
    assert not apps.get_model("accounts", "User").objects.exists()


@pytest.mark.usefixtures("_office")
@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (["--office", "nowhere"], "there is no office nowhere"),
        (["--office", "lakeside", "--tax-id", "189999999"], "does not bill under 189999999"),
        (["--office", "lakeside", "--tax-id", "1"], "A tax ID has 9 digits"),
        (["--office", "lakeside", "--provider", "1234567890"], "check digit"),
        (["--office", "lakeside", "--line", "dental"], "no line of business dental"),
        (["--office", "lakeside", "--region", "moon"], "no region moon"),
        (["--desk", "support", "--function", "benefits"], "what their desk holds"),
        (["--desk", "support", "--administrator"], "what their desk holds"),
        (["--office", "lakeside", "--from", "2026-02-01", "--until", "2026-01-31"], "before it begins"),
    ],
)
def test_what_cannot_be_given_adds_nobody(typed: list[str], says: str, capsys: Said) -> None:
    assert main([*FAY, *typed]) == 1
    said = capsys.readouterr()
    assert says in said.err
    assert said.out == ""
    assert not apps.get_model("accounts", "User").objects.exists()


@pytest.mark.parametrize("name", ["fay desk", "f", "fäy"])
def test_what_can_be_no_username_is_refused(name: str, capsys: Said) -> None:
    assert main(["person", "add", name, "--first-name", "F", "--last-name", "D", "--desk", "support"]) == 1
    assert "can be no username" in capsys.readouterr().err


def test_a_name_is_given_once(capsys: Said) -> None:
    assert main([*FAY, "--desk", "support"]) == 0
    assert main([*FAY, "--desk", "support"]) == 1
    assert "is taken" in capsys.readouterr().err


def test_somebody_is_disabled_enabled_and_unlocked(capsys: Said) -> None:
    main([*FAY, "--desk", "support", "--without-authenticator"])
    password = printed(capsys)["Password"]
    assert main(["person", "disable", "FAY.desk"]) == 0
    now = asking.now()
    who = visitor(asked_at=now, today=now.date())
    tries = [sign_in.with_password(actor=who, username="fay.desk", password=password) for _ in range(5)]
    assert tries[-1].outcome is Outcome.LOCKED
    assert main(["person", "enable", "fay.desk"]) == 0
    assert main(["person", "unlock", "fay.desk"]) == 0
    assert signed_in("fay.desk", password, None).desk is Desk.SUPPORT
    assert main(["person", "unlock", "fay.desk"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "FAY.desk is disabled; open sessions ended.",
        "fay.desk is active.",
        "Unlocked.",
        "There were no failed sign-ins to forget.",
    ]


@pytest.mark.parametrize("what", ["show", "disable", "enable", "reactivate", "unlock"])
def test_nobody_of_that_name_is_said_so(what: str, capsys: Said) -> None:
    assert main(["person", what, "nobody"]) == 1
    assert "there is no user nobody" in capsys.readouterr().err


@pytest.mark.django_db(transaction=True)
def test_migrate_on_a_database_that_is_up_to_date_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["migrate"]) == 0
    assert "No migrations to apply" in capsys.readouterr().out
