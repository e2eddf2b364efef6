"""What no committed file may hold: addresses of package registries, paths of one machine."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

REGISTRIES = re.compile(r"pypi\.(org|python)|pythonhosted\.|registry\.(npmjs|yarnpkg)\.|npmmirror\.")
OPTIONS = re.compile(r"^--(index-url|extra-index-url|find-links|trusted-host)", re.MULTILINE)
HOMES = re.compile(r"(?<![\w./-])/(home|Users)/\w+/|(?<![\w./-])/root/|file:/{2}/")
LOCKS_WITH_ADDRESSES = {"uv.lock", "pylock.toml", "poetry.lock", "Pipfile.lock", "yarn.lock"}


def committed() -> list[Path]:
    """The files that git holds, or would at the next commit, whoever owns the checkout."""
    listing = ["ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    command = ["git", "-c", "safe.directory=*", *listing]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()]


def texts() -> Iterator[tuple[str, str]]:
    for file in committed():
        if file != Path(__file__):
            yield str(file.relative_to(ROOT)), file.read_bytes().decode("utf-8", errors="replace")


def holding(pattern: re.Pattern[str]) -> list[str]:
    return [f"{name}: {found.group()}" for name, text in texts() if (found := pattern.search(text))]


def test_no_file_holds_the_address_of_a_registry() -> None:
    assert holding(REGISTRIES) == []


def test_no_lock_says_where_to_download_from() -> None:
    assert [line for line in holding(OPTIONS) if line.startswith("requirements/")] == []


def test_no_file_holds_a_path_of_one_machine() -> None:
    checkout = re.compile(rf"(?<![\w./-]){re.escape(str(ROOT))}(?![\w-])")

    assert holding(HOMES) == []
    assert holding(checkout) == []


def test_no_lock_full_of_addresses_is_committed() -> None:
    assert [file for file in committed() if file.name in LOCKS_WITH_ADDRESSES] == []


def test_every_locked_package_has_a_hash() -> None:
    for name in ("base.txt", "saml.txt", "dev.txt", "oracles.txt"):
        entries = re.split(r"\n(?=\w)", (ROOT / "requirements" / name).read_text())[1:]
        assert entries
        assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("name", ["base.in", "saml.in", "dev.in", "oracles.in"])
def test_every_dependency_says_why_it_is_there(name: str) -> None:
    lines = (ROOT / "requirements" / name).read_text().splitlines()
    wanted = [i for i, line in enumerate(lines) if line and not line.startswith(("#", "-r"))]

    assert [lines[i] for i in wanted if not lines[i - 1].startswith("# ")] == []


def imported_by_the_product() -> set[str]:
    """The outside packages that some module of the product imports, its tests aside."""
    found: set[str] = set()
    for file in committed():
        parts = file.relative_to(ROOT).parts
        if parts[0] == "portico" and file.suffix == ".py" and "tests" not in parts:
            for node in ast.walk(ast.parse(file.read_bytes())):
                names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
                found.update([node.module or ""] if isinstance(node, ast.ImportFrom) else names)
    return {name.partition(".")[0] for name in found} - {"portico", *sys.stdlib_module_names}


def test_what_the_product_imports_is_in_its_locks() -> None:
    lock = "\n".join((ROOT / "requirements" / name).read_text() for name in ("base.txt", "saml.txt"))
    locked = set(re.findall(r"^([\w.-]+)==", lock, re.MULTILINE))
    providers = packages_distributions()

    missing = {
        package
        for package in imported_by_the_product()
        if not {name.lower().replace("_", "-") for name in providers.get(package, [])} & locked
    }
    assert missing == set()
