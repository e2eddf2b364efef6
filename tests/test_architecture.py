"""The rules of the house are not only written down: each is broken here on purpose, and has to be caught."""

import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import DateField, Model
from django.utils import timezone

ROOT = Path(__file__).resolve().parent.parent
PROGRAMS = Path(sys.executable).parent

HOUSE = "Config stands over demo, edges, transactions, domains, shared"
TRANSACTIONS = "Transactions stand on their guides, and on nothing of each other"
EDGES = "Edges never import each other"
DOMAINS = "Domains import only downward"
MODELS = "A domain's models are private to it"
RULES = "Rules are pure"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the product's code and of what checks it."""
    left_out = shutil.ignore_patterns("tests", "node_modules", "static", "templates", "__pycache__")
    shutil.copytree(ROOT / "portico", tmp_path / "portico", ignore=left_out)
    shutil.copytree(ROOT / "tools", tmp_path / "tools", ignore=left_out)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def write(tree: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        file = tree / "portico" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)


def broken_contracts(tree: Path) -> set[str]:
    command = [str(PROGRAMS / "lint-imports"), "--no-cache"]
    done = subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)
    assert "contracts" in done.stdout.lower(), done.stdout + done.stderr
    return {line.removesuffix(" BROKEN") for line in done.stdout.splitlines() if line.endswith(" BROKEN")}


def flagged_lines(tree: Path, name: str) -> set[int]:
    options = ["--no-cache", "--select=TID,INP", "--output-format=concise"]
    command = [str(PROGRAMS / "ruff"), "check", *options, f"portico/{name}"]
    done = subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)
    return {int(line.split(":")[1]) for line in done.stdout.splitlines() if line.startswith("portico")}


def test_the_tree_keeps_every_contract(tree: Path) -> None:
    assert broken_contracts(tree) == set()


@pytest.mark.parametrize(
    ("contract", "files"),
    [
        (HOUSE, {"shared/intruder.py": "import portico.domains.audit\n"}),
        (HOUSE, {"domains/audit/intruder.py": "import portico.edges.web\n"}),
        (HOUSE, {"edges/web/intruder.py": "import portico.demo\n", "demo/__init__.py": ""}),
        (HOUSE, {"edges/web/intruder.py": "import portico.config\n"}),
        (HOUSE, {"nowhere/__init__.py": ""}),
        (HOUSE, {"helpers.py": ""}),
        (HOUSE, {"transactions/intruder.py": "import portico.edges.x12\n"}),
        (HOUSE, {"domains/claims/intruder.py": "import portico.transactions.claims\n"}),
        (TRANSACTIONS, {"transactions/claims/intruder.py": "import portico.transactions.remittances\n"}),
        (TRANSACTIONS, {"transactions/nowhere/__init__.py": ""}),
        (EDGES, {"edges/x12/__init__.py": "", "edges/fhir/__init__.py": "import portico.edges.x12\n"}),
        (EDGES, {"edges/x12/__init__.py": "", "edges/x12/intruder.py": "from portico.edges import web\n"}),
        (EDGES, {"edges/nowhere/__init__.py": ""}),
        (DOMAINS, {"domains/audit/intruder.py": "from portico.domains import permits\n"}),
        (
            DOMAINS,
            {"domains/work/__init__.py": "", "domains/permits/intruder.py": "import portico.domains.work\n"},
        ),
        (DOMAINS, {"domains/nowhere/__init__.py": ""}),
        (MODELS, {"domains/permits/intruder.py": "from portico.domains.audit import models\n"}),
        (MODELS, {"domains/permits/intruder.py": "def late():\n    import portico.domains.audit.models\n"}),
        (MODELS, {"edges/web/intruder.py": "from portico.domains.audit.models import Use\n"}),
        (MODELS, {"config/intruder.py": "from portico.domains.audit.models import Use\n"}),
        (RULES, {"domains/audit/rules.py": "from django.db import connection\n"}),
        (RULES, {"domains/audit/rules.py": "from portico.domains.audit import models\n"}),
        (RULES, {"domains/audit/rules.py": "import time\n"}),
        (
            RULES,
            {
                "domains/audit/rules.py": "import portico.domains.audit.detour\n",
                "domains/audit/detour.py": "from django.conf import settings\n",
            },
        ),
    ],
)
def test_a_broken_import_rule_is_caught(tree: Path, contract: str, files: dict[str, str]) -> None:
    write(tree, files)

    assert contract in broken_contracts(tree)


SPEECH_AND_CLOCK = """\
import datetime as days
import time
from datetime import UTC, date, datetime

from django import forms, http, template, urls
from django.apps import apps
from django.contrib import messages
from django.db.models.functions import Now
from django.http import HttpRequest
from django.shortcuts import render
from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import now
from django.views import View

ASKED = [
    datetime.now(UTC),
    datetime.today(),
    date.today(),
    days.date.today(),
    timezone.now(),
    timezone.localdate(),
    timezone.localtime(),
    time.time(),
    apps.get_model("offices", "Office"),
]
"""
INNOCENT = {1, 2, 3, 4, 6, 13, 16, 17, 27}


def test_a_domain_that_speaks_or_looks_at_the_clock_is_caught(tree: Path) -> None:
    write(tree, {"domains/audit/intruder.py": SPEECH_AND_CLOCK})

    every_line = set(range(1, SPEECH_AND_CLOCK.count("\n") + 1))
    assert flagged_lines(tree, "domains/audit/intruder.py") == every_line - INNOCENT


def test_an_edge_may_speak_and_look_at_the_clock(tree: Path) -> None:
    write(tree, {"edges/web/intruder.py": SPEECH_AND_CLOCK})

    assert flagged_lines(tree, "edges/web/intruder.py") == set()


def test_a_relative_import_is_caught(tree: Path) -> None:
    write(tree, {"edges/web/intruder.py": "from . import urls\nfrom .. import web\n"})

    assert flagged_lines(tree, "edges/web/intruder.py") == {1, 2}


def test_a_folder_that_python_would_not_see_as_a_package_is_caught(tree: Path) -> None:
    write(tree, {"edges/unseen/views.py": ""})

    assert flagged_lines(tree, "edges/unseen/views.py") == {1}


def our_models() -> list[type[Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("portico.")]


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_no_row_takes_its_instant_from_the_machines_clock(model: type[Model]) -> None:
    clocks = (timezone.now, timezone.localdate, datetime.now, datetime.today)
    for field in model._meta.get_fields():
        assert not (isinstance(field, DateField) and (field.auto_now or field.auto_now_add)), field
        assert getattr(field, "default", None) not in clocks, field
