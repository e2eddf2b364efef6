"""Of what is typed, passwords, codes and files are never kept for later."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import RequestFactory

from portico.edges.web import typed


def sent(**form: Any) -> HttpRequest:
    return RequestFactory().post("/", form)


def test_values_are_kept_by_name_and_the_token_is_no_value() -> None:
    found = typed.of(sent(name="Ada", lines=["hmo", "ppo"], csrfmiddlewaretoken="t"))
    assert found == typed.Typed({"name": ["Ada"], "lines": ["hmo", "ppo"]}, is_whole=True)


@pytest.mark.parametrize(
    "name",
    [
        *("password", "new_password", "Password2", "old_passwd", "client_secret", "answer", "code"),
        *("recovery_code", "pin", "reply", "token", "credential"),
    ],
)
def test_what_is_secret_by_its_name_is_left_out(name: str) -> None:
    found = typed.of(sent(**{"kept": "x", name: "y"}))
    assert found == typed.Typed({"kept": ["x"]}, is_whole=False)


@pytest.mark.parametrize("name", ["plan_code_name", "pinned", "replyto", "zip_codes", "decoder"])
def test_what_only_sounds_like_it_is_kept(name: str) -> None:
    assert typed.of(sent(**{name: "y"})).is_whole


def test_a_file_is_never_kept() -> None:
    found = typed.of(sent(name="x", file=SimpleUploadedFile("a.csv", b"patients")))
    assert found == typed.Typed({"name": ["x"]}, is_whole=False)


def test_nothing_is_kept_of_a_form_that_is_sensitive_as_a_whole() -> None:
    request = sent(name="x")
    request.sensitive_post_parameters = "__ALL__"  # type: ignore[attr-defined]
    assert typed.of(request) == typed.Typed({}, is_whole=False)


def test_fields_that_a_view_calls_sensitive_are_left_out() -> None:
    request = sent(name="x", ssn="900")
    request.sensitive_post_parameters = ("ssn",)  # type: ignore[attr-defined]
    assert typed.of(request) == typed.Typed({"name": ["x"]}, is_whole=False)


def test_a_form_without_fields_is_whole() -> None:
    assert typed.of(sent()) == typed.Typed({}, is_whole=True)
