"""Furnishes the demo's house: tables, the plan, its feeds, offices, people, systems; writes var/demo.json.

Django is set up here, after the environment was; so its parts are imported inside the functions that need
them.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portico.demo import say

LAYOUT = 14


@dataclass(frozen=True, slots=True)
class Opened:
    """Where the demo is and who can sign in."""

    base_url: str
    sign_ins: list[dict[str, Any]]


def prepare(*, members: int, seed: int, var: Path, port: int) -> Opened:
    """Build what is not there yet, and answer the doors.

    A build that was cut short, or made by an earlier version with less in it, is begun anew.
    """
    (var / "static").mkdir(parents=True, exist_ok=True)
    _set_up_django()
    kept = var / "demo-built.json"
    built = _kept(kept)
    if built is None:
        kept.unlink(missing_ok=True)
        built = _build(members, seed, var)
        kept.write_text(json.dumps({"layout": LAYOUT, **built}, ensure_ascii=False), encoding="utf-8")
    else:
        _migrate()
    return _write_contract(var, built, port)


def _kept(file: Path) -> dict[str, Any] | None:
    """What an earlier start built; None where there is nothing, or less than this version shows."""
    if not file.exists():
        return None
    built: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    if built.get("layout") == LAYOUT:
        return built
    say.note("This demo was built by an earlier version, with less in it; building it anew.")
    return None


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
    base_url = f"http://localhost:{port}"
    contract = {
        "base_url": base_url,
        "endpoints": {
            "web": f"{base_url}/",
            "mailbox": f"{base_url}/demo/mailbox/",
            "x12_core_2_2_0": f"{base_url}/x12/core/2.2.0/",
            "fhir": f"{base_url}/fhir",
            "smart_token": f"{base_url}/fhir/token",
        },
        "sign_ins": built["sign_ins"],
        "members": built["members"],
        "claims": built["claims"],
        "payments": built["payments"],
        "authorizations": built["authorizations"],
        "encounter_files": built["encounter_files"],
        "requirement_rules": built["requirement_rules"],
        "registrations": built["registrations"],
        "applications": built["applications"],
        "network_requests": built["network_requests"],
        "documents": [{**each, "url": f"{base_url}{each['url']}"} for each in built["documents"]],
        "providers": built["providers"],
        **built["systems"],
    }
    (var / "demo.json").write_text(
        json.dumps(contract, indent=2, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    return Opened(base_url, built["sign_ins"])
