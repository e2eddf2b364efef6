"""The page on feeds names what the claim feeds have."""

from pathlib import Path

from portico.domains.claims.rules import PEND_REASONS
from portico.edges.loaders import claim_extract

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "feeds.md"


def test_every_column_of_the_claim_extract_is_explained() -> None:
    page = PAGE.read_text()
    for column in (*claim_extract.Layout.columns, *claim_extract.OPTIONAL):
        assert f"`{column}`" in page, column


def test_every_pend_reason_is_listed_with_its_days() -> None:
    page = PAGE.read_text()
    for code, step in PEND_REASONS.items():
        assert f"| `{code}` | the {step.owner.replace('_', ' ')} | {step.days} days |" in page
