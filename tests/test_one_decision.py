"""Nothing but decide() decides: who somebody is, is asked in `permits` and `access`, and nowhere else.

Whoever compares a persona's kind, a desk, or what is held elsewhere may be deciding who may do what. Each
place that has another reason is named here, with the reason; a place that is gone has to leave the list.
"""

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import pytest

ROOT = Path(__file__).resolve().parent.parent
PORTICO = ROOT / "portico"
AT_HOME = ("domains/permits/", "domains/access/")

ROLES: Final = frozenset({"PersonaKind", "Desk", "DESK_FUNCTIONS"})
FACTS: Final = frozenset({"persona_kind", "desk", "held"})
NAMES: Final = frozenset({"administrator", "end_user", "plan_staff", "operations", "member_services"})
STRANGERS: Final = frozenset(
    {
        "has_perm",
        "has_perms",
        "has_module_perms",
        "is_staff",
        "is_superuser",
        "user_permissions",
        "permission_required",
        "user_passes_test",
        "login_required",
        "PermissionRequiredMixin",
        "UserPassesTestMixin",
        "LoginRequiredMixin",
    }
)
"""Another way of deciding, which the framework brings and nobody here uses."""

EXPLAINED: Mapping[str, str] = {
    "demo/arrivals.py": "writes down which personas its people have",
    "demo/personas.py": "describes its people: which functions each has to show",
    "domains/jobs/steering.py": "stands below access: a scope of everything is the plan's only with a desk",
    "domains/plan/verification_rules.py": "tells which rows of the plan's table could ever be asked",
    "domains/support/diagnosing.py": "chooses which functions a diagnosis asks decide() about",
    "domains/support/facts.py": "writes down as whom somebody acted",
    "edges/cli/person_care.py": "says where somebody works",
    "edges/cli/person_command.py": "reads what an operator typed",
    "edges/web/accounts/account.py": "says whether anything held waits for a proof; every use asks decide()",
    "edges/web/context.py": "says as whom somebody is signed in",
    "edges/web/identity_words.py": "words of whom a row of the plan's table speaks",
    "edges/web/navigation.py": "chooses the menu of an office or of the plan; decide() opens each item",
    "edges/web/people/access/": "draws and reads the form of the persona that is made; access checks it",
    "edges/web/people/words.py": "says at which desk somebody works",
    "edges/web/register/after.py": "chooses which function a new account is told about",
    "edges/web/staff/help_desk/diagnosis.py": "says as whom somebody acts",
    "edges/web/staff/person_forms.py": "reads the form of the persona that is made",
}


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Every module of the product that may not decide, by its place."""
    for file in sorted(PORTICO.rglob("*.py")):
        place = file.relative_to(PORTICO).as_posix()
        if not place.startswith(AT_HOME) and "/tests/" not in place and "/migrations/" not in place:
            yield place, ast.parse(file.read_text(encoding="utf-8"))


def told(node: ast.AST) -> bool:
    """Does the expression speak of who somebody is?"""
    for part in ast.walk(node):
        if isinstance(part, ast.Attribute) and part.attr in FACTS:
            return True
        if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name) and part.value.id in ROLES:
            return True
        if isinstance(part, ast.Constant) and part.value in NAMES:
            return True
    return False


def decisions(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The lines that compare, branch on or look up who somebody is, or ask the framework."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and told(node):
            yield node.lineno, ast.unparse(node)
        elif isinstance(node, ast.match_case) and told(node.pattern):
            yield node.pattern.lineno, ast.unparse(node.pattern)
        elif isinstance(node, ast.Name | ast.Attribute | ast.alias):
            name = getattr(node, "id", None) or getattr(node, "attr", None) or getattr(node, "name", None)
            if name in STRANGERS or name == "DESK_FUNCTIONS":
                yield node.lineno, str(name)
        elif isinstance(node, ast.If | ast.IfExp | ast.BoolOp) and told(getattr(node, "test", node)):
            yield node.lineno, ast.unparse(getattr(node, "test", node))


@pytest.fixture(scope="module")
def found() -> dict[str, list[str]]:
    """The lines that speak of who somebody is, by module."""
    return {
        place: [f"{line}: {text}" for line, text in sorted(set(decisions(tree)))] for place, tree in modules()
    }


def test_nothing_but_decide_decides(found: dict[str, list[str]]) -> None:
    explained = tuple(EXPLAINED)
    assert {place: lines for place, lines in found.items() if lines and not place.startswith(explained)} == {}


def test_every_place_that_is_explained_is_still_there(found: dict[str, list[str]]) -> None:
    speaking = [place for place, lines in found.items() if lines]
    assert [each for each in EXPLAINED if not any(place.startswith(each) for place in speaking)] == []


def test_the_framework_decides_nothing(found: dict[str, list[str]]) -> None:
    said = [(place, line.split(": ")[1]) for place, lines in found.items() for line in lines]
    assert [(place, name) for place, name in said if name in STRANGERS] == []


def test_no_template_asks_who_somebody_is() -> None:
    asks = re.compile(
        r"\{%\s*(?:if|elif|with)\b[^%]*\b(?:persona_kind|is_staff|is_superuser|perms)\b[^%]*%\}"
    )
    templates = list(PORTICO.rglob("templates/**/*.html"))
    assert templates
    assert [file.name for file in templates if asks.search(file.read_text(encoding="utf-8"))] == []


INTRUDERS: Mapping[str, str] = {
    "compares_a_kind": "if actor.persona_kind == 'administrator':\n    pass",
    "compares_with_the_enum": "ok = kind is PersonaKind.END_USER",
    "looks_a_kind_up_in_a_list": "ok = persona.kind in ('administrator', 'plan_staff')",
    "asks_for_a_desk": "ok = bool(x) and actor.desk",
    "matches_a_desk": "match desk:\n    case Desk.SUPPORT:\n        pass",
    "matches_a_name": "match kind:\n    case 'end_user':\n        pass",
    "looks_into_what_is_held": "if actor.held.of(function):\n    pass",
    "chooses_by_kind": "shown = everything if actor.persona_kind is None else nothing",
    "reads_the_desks_functions": "functions = DESK_FUNCTIONS[desk]",
    "asks_the_framework": "from django.contrib.auth.decorators import login_required",
    "asks_the_frameworks_user": "ok = request.user.has_perm('x')",
}


@pytest.mark.parametrize("source", INTRUDERS.values(), ids=INTRUDERS)
def test_a_decision_made_elsewhere_is_noticed(source: str) -> None:
    assert list(decisions(ast.parse(source)))


@pytest.mark.parametrize(
    "source",
    [
        "ok = decide(actor, Question(function)).allowed",
        "kind = PersonaKind(row.kind)",
        "name = held.office_name",
    ],
    ids=["asks_decide", "reads_a_kind", "says_a_name"],
)
def test_what_decides_nothing_is_let_be(source: str) -> None:
    assert not list(decisions(ast.parse(source)))
