"""The keys Portico keeps outside its database: for sessions, for sealing, for the audit chain."""

import secrets
from dataclasses import dataclass, field
from pathlib import Path

from portico.config import env
from portico.shared.vault import Vault

_NAMES = ("SECRET_KEY", "VAULT_KEY", "INDEX_KEY", "AUDIT_KEY")


@dataclass(frozen=True, slots=True)
class Keys:
    """Every key, read once at the start."""

    secret_key: str = field(repr=False)
    vault: Vault = field(repr=False)
    audit_key: bytes = field(repr=False)
    audit_old_keys: tuple[bytes, ...] = field(repr=False)


def load(*, own: Path | None, testing: bool) -> Keys:
    """The keys from PORTICO_SECRET_KEY, _VAULT_KEY, _INDEX_KEY and _AUDIT_KEY (or their _FILE).

    `own` names a folder to make and keep keys in where none is configured (the demo); `testing` uses
    fixed ones. Otherwise a missing key refuses to start, naming the variable.
    """
    defaults = dict.fromkeys(_NAMES, b"\x01" * 32) if testing else _own(own) if own else {}
    key = {name: env.key(f"PORTICO_{name}", defaults.get(name)) for name in _NAMES}
    old = [*env.keys("PORTICO_VAULT_OLD_KEYS"), key["VAULT_KEY"]]
    vault = Vault(dict(enumerate(old, start=1)), key["INDEX_KEY"])
    audit_old = tuple(env.keys("PORTICO_AUDIT_OLD_KEYS"))
    return Keys(key["SECRET_KEY"].hex(), vault, key["AUDIT_KEY"], audit_old)


def _own(folder: Path) -> dict[str, bytes]:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return {name: _kept(folder / name.lower()) for name in _NAMES}


def _kept(file: Path) -> bytes:
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_hex(32))
    return bytes.fromhex(file.read_text())
