"""Every mail there is renders, in the plan's name, and says nothing it was not given."""

import re
from pathlib import Path

import pytest

from portico.domains.notifications import rules
from portico.domains.plan import catalogue
from portico.edges.mail import rendering

FOLDER = Path(rendering.__file__).parent / "templates" / "mail"
PLAN = catalogue.Identity("Northlake & Sons Health Plan", "Northlake", "555-0100", "help@example.org")
NAMED_FACTS = {"count": 3}


def letter(template: str) -> rendering.Letter:
    context = {fact: NAMED_FACTS.get(fact, f"<{fact}>") for fact in rules.TEMPLATES[template]}
    return rendering.render(template=template, context=context, plan=PLAN)


def test_every_listed_mail_has_a_template_and_every_template_is_listed() -> None:
    files = {file.stem for file in FOLDER.glob("*.txt")} - {"layout"}
    assert files == set(rules.TEMPLATES)


@pytest.mark.parametrize("template", rules.TEMPLATES)
def test_a_mail_speaks_in_the_plans_name_as_plain_text(template: str) -> None:
    made = letter(template)
    assert "Northlake" in made.subject
    assert "\n" not in made.subject
    assert "Northlake & Sons Health Plan, provider portal" in made.body
    assert "help@example.org" in made.body


@pytest.mark.parametrize("template", rules.TEMPLATES)
def test_a_template_uses_only_the_facts_it_is_given(template: str) -> None:
    text = (FOLDER / f"{template}.txt").read_text()
    used = set(re.findall(r"{{ *(\w+)", text)) | set(re.findall(r"{% (?:el)?if (\w+)", text))
    assert used - {"plan"} == rules.TEMPLATES[template]


@pytest.mark.parametrize("template", rules.TEMPLATES)
def test_no_mail_holds_a_link_or_the_words_of_phi(template: str) -> None:
    made = letter(template)
    assert "http" not in made.body
    assert not re.search(
        r"\b(member|subscriber|patient|birth|diagnosis|claim|SSN)\b", made.subject + made.body
    )


def test_one_notice_and_many_read_well() -> None:
    one = rendering.render(template="new_notices", context={"count": 1}, plan=PLAN)
    assert one.subject == "Northlake: a new notice for your office"
    assert letter("new_notices").subject == "Northlake: 3 new notices for your office"
