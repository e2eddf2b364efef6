"""A key that was changed still opens and verifies what it sealed, and a wrong one is named at the start."""

from pathlib import Path

import pytest

from portico.config import env, keys
from portico.config.keys import Keys

OLD, NEW = "ab" * 32, "cd" * 32
PLACE = "members.member.ssn:4711"


@pytest.fixture
def before() -> Keys:
    """The keys before they were changed."""
    return keys.load(own=None, testing=True)


def test_what_an_old_vault_key_sealed_still_opens(before: Keys, monkeypatch: pytest.MonkeyPatch) -> None:
    sealed = before.vault.seal("900456789", place=PLACE)
    monkeypatch.setenv("PORTICO_VAULT_OLD_KEYS", f"{'01' * 32}, {OLD}")
    monkeypatch.setenv("PORTICO_VAULT_KEY", NEW)
    after = keys.load(own=None, testing=True)
    assert after.vault.open(sealed, place=PLACE) == "900456789"
    assert after.vault.seal("900456789", place=PLACE)[0] == 3


def test_old_audit_keys_are_known_and_may_stand_in_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "old").write_text(f"{OLD},{NEW}\n")
    monkeypatch.setenv("PORTICO_AUDIT_OLD_KEYS_FILE", str(tmp_path / "old"))
    known = keys.load(own=None, testing=True)
    assert known.audit_old_keys == (bytes.fromhex(OLD), bytes.fromhex(NEW))
    assert known.audit_key == b"\x01" * 32
    assert OLD not in repr(known)


@pytest.mark.parametrize("name", ["PORTICO_VAULT_OLD_KEYS", "PORTICO_AUDIT_OLD_KEYS"])
@pytest.mark.parametrize("value", ["secret", "ab", f"{OLD},{OLD[:-1]}"])
def test_an_old_key_that_is_none_is_named_and_not_shown(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(env.BadSetting, match=f"^{name} must be 64") as error:
        keys.load(own=None, testing=True)
    assert value not in str(error.value)


def test_the_settings_hand_the_old_audit_keys_to_the_audit() -> None:
    from django.conf import settings

    assert settings.PORTICO_AUDIT_OLD_KEYS == ()
