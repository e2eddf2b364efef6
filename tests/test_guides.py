"""What the guides tell an operator to type does what they say."""

import re
import shlex
from pathlib import Path

import pytest

from portico.domains.access import models as access
from portico.domains.plan import catalogue
from portico.edges.cli.main import main

GUIDE = Path(__file__).resolve().parent.parent / "docs" / "guides" / "start-a-plan.md"
COMMAND = re.compile(r"^portico ((?:office|person) .*?)(?:\s+#.*)?$", re.MULTILINE)


@pytest.mark.django_db
def test_a_plan_starts_by_the_words_of_the_guide(tmp_path: Path) -> None:
    text = GUIDE.read_text(encoding="utf-8")
    (plan,) = re.findall(r"^```toml\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    file = tmp_path / "plan.toml"
    file.write_text(plan, encoding="utf-8")
    assert main(["plan", "set", str(file)]) == 0
    assert catalogue.identity().name == "Northlake Health Plan"
    typed = COMMAND.findall(text)
    assert len(typed) == 9
    for line in typed:
        assert main(shlex.split(line)) == 0, line
    kinds = access.Persona.objects.order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["plan_staff", "administrator", "end_user"]


def test_the_guide_names_only_settings_there_are() -> None:
    from tools import reference_of_settings

    named = set(re.findall(r"PORTICO_[A-Z0-9_]+", GUIDE.read_text(encoding="utf-8")))
    assert named <= set(reference_of_settings.MEANS)
