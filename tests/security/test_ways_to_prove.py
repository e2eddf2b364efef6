"""The setting that names the ways to prove who one is: what it takes, and what stops the start."""

import pytest
from django.conf import settings
from django.utils.module_loading import import_string

from portico.config import env
from portico.domains.accounts.proving.provers import Hands

NAME = "PORTICO_IDENTITY_PROVERS"
KNOWN = {"documents": "house.Documents", "contact": "house.Contact"}


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (None, KNOWN),
        ("", {}),
        ("contact", {"contact": "house.Contact"}),
        ("contact, documents", {"contact": "house.Contact", "documents": "house.Documents"}),
        ("contact,payment=own.Payment", {"contact": "house.Contact", "payment": "own.Payment"}),
        ("contact=own.Contact", {"contact": "own.Contact"}),
    ],
    ids=["not set", "none", "one", "another order", "one of the plan's own", "instead of ours"],
)
def test_it_names_what_is_on(
    monkeypatch: pytest.MonkeyPatch, said: str | None, found: dict[str, str]
) -> None:
    monkeypatch.delenv(NAME, raising=False)
    if said is not None:
        monkeypatch.setenv(NAME, said)
    assert env.classes(NAME, KNOWN) == found
    assert list(env.classes(NAME, KNOWN)) == list(found)


@pytest.mark.parametrize(
    "said", ["fax", "payment=", "=own.Payment", "Pay Ment=own.Payment", "x" * 31 + "=a.B"]
)
def test_what_it_cannot_take_stops_the_start(monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    monkeypatch.setenv(NAME, said)
    with pytest.raises(env.BadSetting, match=NAME):
        env.classes(NAME, KNOWN)


@pytest.mark.parametrize("code", ["documents", "contact", "openid_connect"])
def test_each_of_the_houses_own_is_there(code: str) -> None:
    assert import_string(settings.IDENTITY_PROVERS[code])().hands in Hands
