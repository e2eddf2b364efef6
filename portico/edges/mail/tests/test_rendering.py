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


NEVER = (
    "We never send a link that signs you in, and we never ask you to answer a mail with a password, a\n"
    "code or health information."
)


@pytest.mark.parametrize("template", rules.TEMPLATES)
def test_every_mail_says_what_we_never_do(template: str) -> None:
    assert letter(template).body.count(NEVER) == 1


@pytest.mark.parametrize(
    ("template", "says"),
    [
        ("address_confirm", "sign in to the portal first, then open this page and confirm:\n\n<link>\n"),
        ("address_confirm", "The link works once, until <expires_at>."),
        ("address_change_asked", "Nothing has changed yet."),
        ("address_change_asked", "you need not sign in:\n\n<link>\n"),
        ("address_changed", "turn it back now."),
        ("address_changed", "The link works until <expires_at>; after that, call the plan."),
        ("address_restored", "every session was ended."),
    ],
)
def test_the_mails_about_another_address_say_what_to_do(template: str, says: str) -> None:
    assert says in letter(template).body


def test_one_notice_and_many_read_well() -> None:
    one = rendering.render(template="new_notices", context={"count": 1}, plan=PLAN)
    assert one.subject == "Northlake: a new notice for your office"
    assert letter("new_notices").subject == "Northlake: 3 new notices for your office"
