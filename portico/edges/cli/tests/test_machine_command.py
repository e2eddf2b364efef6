"""`portico machine`: what an operator types, what is printed once, and what it leaves behind."""

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

from portico.domains.access import machine_sign_in
from portico.domains.access.machine_sign_in import NotSignedIn
from portico.domains.access.tests import making, signing
from portico.domains.permits.actors import Actor, Door, visitor
from portico.edges.cli.main import main

pytestmark = pytest.mark.django_db
PARTNER = ["machine", "add", "--office", "lakeside", "--name", "Clearinghouse", "--sender-id", "LAKECLEAR"]
CLIENT = ["machine", "add", "--office", "lakeside", "--name", "Records"]


@pytest.fixture(autouse=True)
def _house() -> None:
    making.a_plan()
    making.an_office()


@pytest.fixture
def key_file(tmp_path: Path) -> str:
    """A file with an application's public keys."""
    file = tmp_path / "keys.json"
    file.write_text(json.dumps(signing.KEY_SET))
    return str(file)


Printed = pytest.CaptureFixture[str]


def printed(capsys: Printed, label: str) -> str:
    """What stands behind that label in what was printed last."""
    found = re.search(rf"^{label}: +(\S+)$", capsys.readouterr().out, re.MULTILINE)
    assert found is not None
    return found.group(1)


def added(capsys: Printed, *more: str) -> tuple[str, str]:
    """A partner's username and secret, as printed."""
    assert main([*PARTNER, *more]) == 0
    out = capsys.readouterr().out
    username, secret = (re.search(rf"{label}: +(\S+)", out) for label in ("Username", "Secret"))
    assert username is not None
    assert secret is not None
    return username.group(1), secret.group(1)


def enter(username: str, secret: str, after: timedelta = timedelta(0)) -> Actor:
    at = datetime.now(UTC) + after
    return machine_sign_in.by_password(
        visitor=visitor(asked_at=at, today=at.date(), door=Door.X12), username=username, secret=secret
    )


def last_use() -> Any:
    return apps.get_model("audit", "Entry").objects.order_by("pk").last()


def test_a_partner_is_added_with_what_it_signs_in_with(capsys: Printed) -> None:
    actor = enter(*added(capsys, "--function", "benefits", "--line", making.HMO))
    grants = {str(grant.function): grant for grant in actor.held.all}
    assert set(grants) == {"eligibility", "benefits"}
    assert grants["benefits"].tax_ids == {making.OWN, making.SECOND}
    assert grants["benefits"].lines == frozenset({making.HMO})
    assert actor.context["tax_id"] == making.OWN


def test_what_cannot_be_read_again_is_said_to_be_so(capsys: Printed) -> None:
    main(PARTNER)
    assert "cannot be shown again" in capsys.readouterr().err
    use = last_use()
    assert (use.door, use.actor_name, use.conclusion) == ("cli", "operator", "machine_created")


def test_an_application_is_added_with_its_public_keys(capsys: Printed, key_file: str) -> None:
    assert main([*CLIENT, "--keys", key_file]) == 0
    out = capsys.readouterr().out
    assert "Client ID: lakeside-" in out
    assert "system/Coverage.rs system/Patient.rs" in out
    assert "Secret" not in out
    assert main([*CLIENT, "--keys", key_file, "--scope", "system/Coverage.r", "--tax-id", making.SECOND]) == 0
    assert "Scopes:    system/Coverage.r\n" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ([*PARTNER[:-1], "A*B"], "sender ID"),
        ([*PARTNER, "--tax-id", making.FOREIGN], "does not bill under"),
        ([*PARTNER, "--tax-id", "12"], "9 digits"),
        ([*PARTNER, "--scope", "system/Coverage.rs"], "no scopes"),
        ([*PARTNER, "--line", "no-such-line"], "no line of business"),
        ([*PARTNER, "--email", "nobody"], "no mail address"),
        (["machine", "add", "--office", "nowhere", "--name", "X", "--sender-id", "X1"], "no office nowhere"),
        ([*CLIENT, "--keys", "/nowhere/keys.json"], "cannot be read"),
        ([*CLIENT, "--keys-url", "https://keys.example.org/k"], "fetches nothing from"),
        (["machine", "rotate", "nobody"], "no such machine"),
        (["machine", "revoke", "nobody"], "no such machine"),
        (["machine", "keys", "nobody", "--keys-url", "https://keys.example.org/k"], "no such machine"),
    ],
    ids=lambda typed: " ".join(typed[-2:]) if isinstance(typed, list) else "",
)
def test_what_cannot_be_done_is_said_and_leaves_no_machine(
    typed: list[str], words: str, capsys: Printed
) -> None:
    assert main(typed) == 1
    assert words in capsys.readouterr().err
    assert not apps.get_model("access", "Machine").objects.exists()


@pytest.mark.parametrize("typed", [CLIENT, [*PARTNER, "--function", "manage_users"], ["machine"]])
def test_what_is_typed_wrong_is_explained(typed: list[str], capsys: Printed) -> None:
    with pytest.raises(SystemExit) as ended:
        main(typed)
    assert ended.value.code == 2
    assert "usage" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["nothing", "[]", '{"keys": [{"kty": "oct"}]}'])
def test_a_file_that_is_no_key_set_is_refused(text: str, tmp_path: Path, capsys: Printed) -> None:
    file = tmp_path / "keys.json"
    file.write_text(text)
    assert main([*CLIENT, "--keys", str(file)]) == 1
    assert "key" in capsys.readouterr().err


def test_a_new_secret_comes_in_beside_the_old_one(capsys: Printed) -> None:
    username, secret = added(capsys)
    assert main(["machine", "rotate", username, "--overlap-days", "3"]) == 0
    second = printed(capsys, "Secret")
    assert enter(username, secret).machine_id == enter(username, second).machine_id
    with pytest.raises(NotSignedIn):
        enter(username, secret, timedelta(days=4))
    assert main(["machine", "rotate", username, "--overlap-days", "31"]) == 1
    assert "0 to 30 days" in capsys.readouterr().err


def test_a_revoked_program_is_let_in_no_more(capsys: Printed) -> None:
    username, secret = added(capsys)
    assert main(["machine", "revoke", username]) == 0
    assert "is let in no more" in capsys.readouterr().out
    with pytest.raises(NotSignedIn):
        enter(username, secret)
    assert main(["machine", "revoke", username]) == 0
    assert "was revoked before" in capsys.readouterr().out


def test_keys_are_replaced(capsys: Printed, key_file: str, tmp_path: Path) -> None:
    main([*CLIENT, "--keys", key_file])
    name = printed(capsys, "Client ID")
    other = tmp_path / "other.json"
    other.write_text(json.dumps({"keys": [signing.public(signing.ec_key(number=2), "new")]}))
    assert main(["machine", "keys", name, "--keys", str(other)]) == 0
    machine = apps.get_model("access", "Machine").objects.get()
    assert [key["kid"] for key in machine.key_set["keys"]] == ["new"]


def test_every_program_has_a_line_and_no_secret(capsys: Printed, key_file: str) -> None:
    username, secret = added(capsys)
    enter(username, secret)
    main([*CLIENT, "--keys", key_file])
    client = printed(capsys, "Client ID")
    main(["machine", "revoke", client])
    capsys.readouterr()
    assert main(["machine", "list"]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first.split()[:3] == [client, "fhir_client", "lakeside"]
    assert "revoked 2" in first
    assert second.split()[:4] == [username, "trading_partner", "lakeside", "LAKECLEAR"]
    assert "last used 2" in second
    assert secret not in second
    assert main(["machine", "list", "--office", "nowhere"]) == 0
    assert capsys.readouterr().out == ""


def test_a_long_list_is_printed_to_its_end(capsys: Printed) -> None:
    for number in range(22):
        making.a_partner(sender_id=f"SENDER{number}")
    assert main(["machine", "list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(set(lines)) == 22
    assert all("last used never" in line for line in lines)


def test_the_recurring_job_forgets_tokens(settings: Any) -> None:
    settings.JOB_HANDLERS = {"forget_tokens": "portico.edges.cli.rounds.ForgetTokens"}
    settings.JOB_SCHEDULE = {"forget_tokens": 3_600}
    assert main(["worker", "--once"]) == 0
    use = last_use()
    assert (use.function, use.actor_name, use.conclusion) == ("housekeeping", "token-tidier", "nothing_old")
