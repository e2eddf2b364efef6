"""Accessibility findings of a page, by axe."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def findings(page: Page, within: str | None = None) -> list[str]:
    """Answers what axe holds against the page as it stands, a line each; empty when nothing.

    `within`: a CSS selector of the part to look at.
    A line: the rule's name, its help text, and the first elements concerned as CSS selectors.
    """
    options = {"runOnly": STANDARDS, "resultTypes": ["violations"]}
    violations = Axe().run(page, context=within, options=options).response["violations"]
    return [f"{found['id']}: {found['help']} {_places(found['nodes'])}" for found in violations]


def _places(nodes: list[dict[str, list[str]]]) -> str:
    return ", ".join(" ".join(node["target"]) for node in nodes[:3])
