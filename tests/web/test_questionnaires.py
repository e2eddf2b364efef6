"""The plan's questionnaires on their pages: handed in, looked through, published, refused with the place."""

import json
import pathlib
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portico.domains.authorizations import questionnaire_files
from portico.domains.authorizations.models import Questionnaire
from tests.support import visiting

pytestmark = pytest.mark.django_db
LIST = "/staff/authorizations/rules/questionnaires/"
GUIDE = pathlib.Path(__file__).parents[2] / "docs/guides/decide-requests.md"
TOLD: dict[str, Any] = {
    "key": "knee",
    "title": "The <b>knee</b>",
    "questions": [
        {"id": "first", "kind": "yes_no", "text": "Is it the first?"},
        {
            "id": "weeks",
            "kind": "number",
            "text": "For how many weeks?",
            "least": 1,
            "most": 520,
            "when": [{"question": "first", "is": "no"}],
        },
    ],
}


def _sent(browser: Client, told: object) -> Any:
    content = told if isinstance(told, bytes) else json.dumps(told).encode()
    return browser.post(LIST, {"file": SimpleUploadedFile("q.json", content)}, follow=True)


def test_a_version_is_handed_in_looked_through_and_published(operations: Client) -> None:
    page = _sent(operations, TOLD)
    said = visiting.seen(page)
    assert "Version 1 is kept." in said
    assert "The <b>knee</b>" not in page.content.decode()
    assert "A number from 1 to 520" in said
    assert "If \N{LEFT DOUBLE QUOTATION MARK}Is it the first?\N{RIGHT DOUBLE QUOTATION MARK} is No" in said
    assert "Draft" in visiting.seen(operations.get(LIST))
    address = reverse("questionnaire", args=["knee", 1])
    done = visiting.seen(operations.post(address, follow=True))
    assert "It is published and asked from now on." in done
    assert "Publish this version" not in done
    assert "It was published before." in visiting.seen(operations.post(address, follow=True))
    assert "Asked now" in visiting.seen(operations.get(LIST))


def test_a_published_one_never_changes(operations: Client) -> None:
    _sent(operations, TOLD)
    operations.post(reverse("questionnaire", args=["knee", 1]))
    before = Questionnaire.objects.values().get()
    assert "Version 2 is kept." in visiting.seen(_sent(operations, TOLD | {"title": "Another"}))
    operations.post(reverse("questionnaire", args=["knee", 2]))
    operations.post(reverse("questionnaire", args=["knee", 1]))
    assert Questionnaire.objects.filter(version=1).values().get() == before
    assert "Replaced" in visiting.seen(operations.get(LIST))


def test_one_that_was_passed_over_is_not_published(operations: Client) -> None:
    _sent(operations, TOLD)
    _sent(operations, TOLD)
    operations.post(reverse("questionnaire", args=["knee", 2]))
    page = operations.post(reverse("questionnaire", args=["knee", 1]))
    assert page.status_code == 422
    assert "A later version is asked already." in visiting.seen(page)
    assert "Passed over" in visiting.seen(operations.get(LIST))


@pytest.mark.parametrize(
    ("told", "says"),
    [
        (b"{", "Line 1, column 2: this is no JSON"),
        (TOLD | {"key": "a key"}, "key: letters, digits and dashes"),
        (TOLD | {"questions": [{"id": "a", "kind": "song"}]}, "Question 1 (a): its kind is none of yes_no"),
        (b" " * (questionnaire_files.MOST_BYTES + 1), "larger than 256 KB"),
        (b"", "The file is empty."),
    ],
    ids=["no JSON", "key", "kind", "large", "empty"],
)
def test_what_is_wrong_is_said_with_its_place(operations: Client, told: object, says: str) -> None:
    page = _sent(operations, told)
    assert page.status_code == 422
    assert says in visiting.seen(page)
    assert not Questionnaire.objects.exists()


def test_faults_are_told_up_to_a_number(operations: Client) -> None:
    questions = [{"id": f"a{number}", "kind": "song"} for number in range(30)]
    assert "And 5 more." in visiting.seen(_sent(operations, TOLD | {"questions": questions}))


def test_the_list_asks_as_often_for_many_as_for_one(operations: Client) -> None:
    asked = []
    for _ in range(2):
        _sent(operations, TOLD)
        with CaptureQueriesContext(connection) as queries:
            operations.get(LIST)
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_the_page_of_rules_leads_there(operations: Client) -> None:
    assert f'href="{LIST}"' in operations.get(reverse("authorization_rules")).content.decode()


def test_the_example_of_the_guide_can_be_handed_in(operations: Client) -> None:
    found = re.search(r"```json\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    assert "Version 1 is kept." in visiting.seen(_sent(operations, found[1].encode()))
