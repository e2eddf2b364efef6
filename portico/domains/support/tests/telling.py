"""Cases as tests open and follow them."""

from dataclasses import replace
from typing import Any

from django.apps import apps

from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.support import cases
from portico.domains.support.case_rules import CaseTopic
from portico.domains.support.cases import New
from portico.domains.support.diagnosing import Asked
from tests.support import actors, cast

ASKED = Asked(Function.CLAIMS_INQUIRY, actors.OWN_TAX_ID, cast.HMO)
NEW = New(CaseTopic.CLOSED, ASKED, words="The claims are closed since Monday.", browser="Firefox on Linux")
EVERY = frozenset({"function", "line", "tax_id", "missing", "browser", "verification", "account"})


def open_case(actor: Actor | None = None, **changes: Any) -> str:
    """The front desk tells the plan that something is closed; answers the reference."""
    return cases.open_case(actor=actor or actors.front_desk(), new=replace(NEW, **changes))


def row(reference: str) -> Any:
    """The case's row."""
    return apps.get_model("support", "Case").objects.get(reference=reference)


def entries(reference: str) -> list[Any]:
    """The rows of what was written in it."""
    return list(apps.get_model("support", "CaseEntry").objects.filter(case=row(reference)).order_by("pk"))


def last_use() -> tuple[str, str, str, set[tuple[str, str]]]:
    """Function, outcome, conclusion and subjects of the audit row written last."""
    entry = apps.get_model("audit", "Entry").objects.order_by("-pk").first()
    assert entry is not None
    subjects = apps.get_model("audit", "Subject").objects.filter(entry=entry)
    return (
        entry.function,
        entry.outcome,
        entry.conclusion,
        set(subjects.values_list("kind", "identifier")),
    )
