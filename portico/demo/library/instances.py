"""What each block is made into: one document, or one for each line, region, plan or quarter.

Keys: parts of a line's manual begin with its code (`medi-cal-telehealth`), others end with what they are for
(`plan-4ha`, `contact-region-north-lakes`, `update-drug-list-2026-q1`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from portico.demo import lines, plans, regions
from portico.demo.library import blocks, moments, rules, tables
from portico.demo.library.blocks import Block
from portico.demo.lines import Line
from portico.demo.plans import Plan
from portico.demo.regions import Region


@dataclass(frozen=True, slots=True)
class Instance:
    """A block for one line, region, plan or quarter (`of`), with what its text says of that.

    `tags` are what its lines are marked by.
    """

    block: Block
    key: str
    of: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    tags: frozenset[str] = frozenset()
    lines: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    quarter: date | None = None
    plan: Plan | None = None


def of_block(block: Block, today: date) -> Iterator[Instance]:
    """The documents a block is made into."""
    if block.each == "line":
        yield from (_of_line(block, line) for line in lines.LINES if line.code in _named_lines(block))
    elif block.each == "region":
        yield from (_of_region(block, region) for region in regions.REGIONS)
    elif block.each == "plan":
        yield from (_of_plan(block, plan) for plan in plans.PLANS)
    elif block.each == "quarter":
        yield from (_of_quarter(block, *each) for each in enumerate(moments.quarters(today)))
    else:
        named = _named_lines(block)
        yield Instance(block, block.key, lines=named if len(named) < len(lines.CODES) else ())


def key(block: Block, of: str) -> str:
    """The key of the document that a block is made into for a line, region, plan or quarter."""
    if not of:
        return block.key
    return f"{of}-{block.key}" if block.kind == "manual" else f"{block.key}-{of}"


def _named_lines(block: Block) -> tuple[str, ...]:
    """The lines a block is for: named by code or tag; those with a `!` are not."""
    marks = block.values.get("lines", "").replace(",", " ").split()
    return tuple(code for code in lines.CODES if blocks.is_for(marks, rules.tags(code)))


def _of_line(block: Block, line: Line) -> Instance:
    words = {**_words_of(line), "next_year_rows": tables.next_year(line.code)}
    return Instance(block, key(block, line.code), line.code, words, rules.tags(line.code), lines=(line.code,))


def _of_region(block: Block, region: Region) -> Instance:
    towns = [town.name for town in region.towns]
    area = region.towns[0].area_code
    words = {
        "region": region.name,
        "towns": f"{', '.join(towns[:-1])} and {towns[-1]}",
        "region_phone": f"({area}) 555-0170",
        "region_news": rules.REGION_NEWS[region.code],
    }
    return Instance(block, key(block, region.code), region.code, words, regions=(region.code,))


def _of_plan(block: Block, plan: Plan) -> Instance:
    words = {
        **_words_of(lines.BY_CODE[plan.line]),
        "plan_name": plan.name,
        "plan_code": plan.code,
        "plan_says": tables.says_of_plan(plan),
        "outside_head": " outside it |" if plan.outside else "",
        "outside_rule": " --- |" if plan.outside else "",
    }
    code = plan.code.lower()
    return Instance(block, key(block, code), plan.line, words, lines=(plan.line,), plan=plan)


def _of_quarter(block: Block, before: int, first: date) -> Instance:
    of = f"{first.year}-q{(first.month + 2) // 3}"
    words = {"quarter": moments.quarter_in_words(first)}
    named = _named_lines(block)
    return Instance(
        block,
        key(block, of),
        of,
        words,
        frozenset({f"p{before}"}),
        lines=named if len(named) < len(lines.CODES) else (),
        quarter=first,
    )


def _words_of(line: Line) -> dict[str, str]:
    of = rules.OF[line.code]
    return {
        "line": line.name,
        "filing_days": str(of.filing_days),
        "dispute_days": str(of.dispute_days),
        "appeal_days": str(of.appeal_days),
        "pay_days": of.pay_days,
        "routine": of.routine,
        "urgent": of.urgent,
        "other_products": of.others,
        "auth_fax": rules.auth_fax(line.code),
        "claims_box": rules.claims_box(line.code),
    }
