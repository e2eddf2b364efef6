"""What the guide tells an operator to type does what it says, and its table names every code there is."""

import re
import shlex
from pathlib import Path

import pytest
from pytest_django import Settings

from portico.domains.accounts.elsewhere import providers
from portico.domains.accounts.elsewhere.outside import Why
from portico.edges.cli.main import main
from portico.edges.web.accounts.elsewhere.failing import Code
from tests.support import saml_provider
from tools import reference_of_settings

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "guides" / "single-sign-on.md"
TEXT = GUIDE.read_text(encoding="utf-8")


@pytest.mark.usefixtures("world")
def test_the_commands_of_the_guide_work(tmp_path: Path, settings: Settings) -> None:
    settings.IDENTITY_HOSTS = ["login.example.org", "id.lakeside.example.org"]
    (tmp_path / "secret").write_text("a secret of the provider")
    (tmp_path / "lakeside.pem").write_text(saml_provider.certificate())
    text = TEXT.replace("/etc/portico/sso-secret", str(tmp_path / "secret"))
    text = text.replace("lakeside.pem", str(tmp_path / "lakeside.pem")).replace("\\\n", " ")
    typed = re.findall(r"^portico (.*)$", text, re.MULTILINE)
    assert len(typed) == 4
    for line in typed:
        assert main(shlex.split(line)) == 0, line
    assert [each.slug for each in providers.offered()] == ["northlake-staff"]


def test_the_table_names_every_code() -> None:
    firsts = re.findall(r"^\|([^|]*)\|", TEXT[TEXT.index("| code |") :], re.MULTILINE)
    named = set(re.findall(r"`(\w+)`", " ".join(firsts)))
    at_sign_in = set(Why) - {Why.NOTHING, Why.NOT_OWN, Why.PROVES_NOTHING}
    assert named == {str(code) for code in (*Code, *at_sign_in)}


def test_the_guide_names_only_settings_there_are() -> None:
    assert set(re.findall(r"PORTICO_[A-Z0-9_]+", TEXT)) <= set(reference_of_settings.MEANS)
