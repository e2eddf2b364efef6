"""`portico identity-provider`: what an operator types, what is said, and what it leaves behind."""

from pathlib import Path

import pytest
from pytest_django import Settings

from portico.domains.access.tests import making
from portico.domains.accounts.elsewhere import providers
from portico.edges.cli.main import main
from tests.support import saml_provider

pytestmark = pytest.mark.django_db
ADD = ["identity-provider", "add"]
OPENID = [*ADD, "plan-staff", "--name", "Staff account", "--issuer", "https://login.example.org/plan"]
SAML = [*ADD, "an-office", "--name", "Office", "--entity-id", "https://id.example.org/saml"]

Printed = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _house(settings: Settings) -> None:
    settings.IDENTITY_HOSTS = ["login.example.org"]
    making.a_plan()
    making.an_office()


def test_a_provider_of_openid_connect_is_added_with_the_secret_of_a_file(
    tmp_path: Path, capsys: Printed
) -> None:
    file = tmp_path / "secret"
    file.write_text("a secret of the provider\n")
    more = [
        "--client-id",
        "portico",
        "--secret-file",
        str(file),
        "--vouches-for-factor",
        "--factor-word",
        "loa3",
    ]
    assert main([*OPENID, *more]) == 0
    made = providers.opened("plan-staff")
    assert made is not None
    assert (made.vouches_for_factor, made.details.factor_words, made.office_id) == (True, ("loa3",), None)
    assert providers.secret(made.id) == "a secret of the provider"
    assert "a secret of the provider" not in "".join(capsys.readouterr())


def test_a_saml_provider_of_an_office_is_added_with_its_certificate(tmp_path: Path) -> None:
    file = tmp_path / "id.pem"
    file.write_text(saml_provider.certificate())
    more = [
        "--sign-in-url",
        "https://login.example.org/sso",
        "--certificate",
        str(file),
        "--office",
        "lakeside",
    ]
    assert main([*SAML, *more]) == 0
    made = providers.opened("an-office")
    assert made is not None
    assert made.office_id is not None
    assert len(made.details.certificates) == 1


def test_one_that_only_proves_is_added_so() -> None:
    assert main([*OPENID, "--client-id", "portico", "--proves-identity", "--not-for-sign-in"]) == 0
    assert ([each.slug for each in providers.proving()], providers.offered()) == (["plan-staff"], ())


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        pytest.param(OPENID, "client ID", id="no client ID"),
        pytest.param(
            [*OPENID, "--client-id", "x", "--office", "nowhere"], "no office nowhere", id="no office"
        ),
        pytest.param(
            [*OPENID, "--client-id", "x", "--secret-file", "/nowhere"], "cannot be read", id="no file"
        ),
        pytest.param(
            [*SAML, "--sign-in-url", "https://login.example.org/"], "certificates", id="no certificate"
        ),
    ],
)
def test_what_is_wrong_is_said_in_words(typed: list[str], says: str, capsys: Printed) -> None:
    assert main(typed) == 1
    assert says in capsys.readouterr().err
    assert providers.offered() == ()


def test_the_list_shows_each_and_closing_closes(capsys: Printed) -> None:
    main([*OPENID, "--client-id", "portico"])
    assert main(["identity-provider", "close", "plan-staff"]) == 0
    capsys.readouterr()
    assert main(["identity-provider", "list"]) == 0
    [line] = capsys.readouterr().out.splitlines()
    assert line.startswith("plan-staff  openid_connect  the plan's staff  closed ")
    assert line.endswith("  waiting 0  linked 0  Staff account")
    assert main(["identity-provider", "close", "plan-staff"]) == 1
    assert "no open provider plan-staff" in capsys.readouterr().err
