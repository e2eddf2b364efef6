"""What `var/demo.json` tells of requests: those that guides can name, and where they stand."""

from collections.abc import Sequence
from typing import Any

from portico.demo.authorizations import lived
from portico.demo.authorizations.lived import Lived
from portico.demo.scene import Scene


def records(scene: Scene, those: Sequence[Lived]) -> list[dict[str, Any]]:
    """A record for each request with a key."""
    return [_record(scene, each) for each in those if each.wanted.key]


def _record(scene: Scene, each: Lived) -> dict[str, Any]:
    wanted, services = each.wanted, lived.page(scene, each, scene.now).services
    return {
        "key": wanted.key,
        "number": each.number,
        "kind": wanted.what.kind.value,
        "member_id": wanted.member,
        "tax_id": wanted.office.tax_id,
        "status": lived.state(scene, each).value,
        "used": [f"{service.used.normalize():f}" for service in services],
        "says": wanted.says,
    }
