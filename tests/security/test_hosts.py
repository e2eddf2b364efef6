"""The names the portal is reached by are named one by one: a token's audience hangs on them."""

import re

import pytest

from portico.config import env


@pytest.mark.parametrize("wide", ["*", ".example.org", "*.example.org"])
def test_a_name_for_many_hosts_is_refused(monkeypatch: pytest.MonkeyPatch, wide: str) -> None:
    monkeypatch.setenv("PORTICO_HOSTS", f"portal.example.org, {wide}")
    with pytest.raises(env.BadSetting, match=f"PORTICO_HOSTS holds {re.escape(wide)};"):
        env.hosts("PORTICO_HOSTS")


def test_hosts_are_taken_as_they_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTICO_HOSTS", "portal.example.org, providers.example.org")
    assert env.hosts("PORTICO_HOSTS") == ["portal.example.org", "providers.example.org"]
