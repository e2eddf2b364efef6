"""Furnishes the demo's house: tables, the plan, its feeds, its offices and people; then writes var/demo.json.

Django is set up here, after the environment was; so its parts are imported inside the functions that need
them.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portico.demo import say


@dataclass(frozen=True, slots=True)
class Opened:
    """Where the demo is and who can sign in."""

    base_url: str
    sign_ins: list[dict[str, Any]]


def prepare(*, members: int, seed: int, var: Path, port: int) -> Opened:
    """Build what is not there yet, and answer the doors. A build that was cut short is begun anew."""
    (var / "static").mkdir(parents=True, exist_ok=True)
    _set_up_django()
    built = var / "demo-built.json"
    if not built.exists():
        built_now = _build(members, seed, var)
        built.write_text(json.dumps(built_now, ensure_ascii=False), encoding="utf-8")
    else:
        _migrate()
    return _write_contract(var, json.loads(built.read_text(encoding="utf-8")), port)


def _set_up_django() -> None:
    import django

    django.setup()


def _migrate() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def _build(members: int, seed: int, var: Path) -> dict[str, Any]:
    from portico.demo import furnish

    for file in var.glob("portico.sqlite3*"):
        file.unlink()
    with say.step("Making the tables"):
        _migrate()
    return furnish.everything(members=members, seed=seed, folder=var / "feeds")


def _write_contract(var: Path, built: dict[str, Any], port: int) -> Opened:
    base_url = f"http://127.0.0.1:{port}"
    contract = {
        "base_url": base_url,
        "endpoints": {"web": f"{base_url}/", "mailbox": f"{base_url}/demo/mailbox/"},
        "sign_ins": built["sign_ins"],
        "members": built["members"],
    }
    (var / "demo.json").write_text(
        json.dumps(contract, indent=2, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    return Opened(base_url, built["sign_ins"])
