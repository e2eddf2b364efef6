"""The page of reasons: what each refusal says on a page, who can change it, and how."""

from collections.abc import Mapping

from portico.domains.permits.decisions import TEST_OF, Test
from portico.domains.permits.reasons import FINAL, FIXERS, ROADS, FixedBy, Reason
from portico.edges.web import refusals
from tools.reference import NOTE, table

WHO: Mapping[FixedBy, str] = {
    FixedBy.YOURSELF: "the person",
    FixedBy.ADMINISTRATOR: "the office's administrator",
    FixedBy.PLAN: "the plan",
}
HEAD = f"""{NOTE}

# Reasons

Every refusal names all the reasons that stand in the way, the first to be mended first, and for each who
can change it and how. Doing so, one after the other, opens the question. A **final** reason is one that
nobody changes in the portal; it names a road instead. The codes are stable: pages, audit rows and
programs hold them.

*The function* stands for what was asked for, by its name in [functions.md](functions.md).
"""
TESTS = """
## What is tested, in this order

"""


def page() -> str:
    """The whole page."""
    heads = ("code", "a page says", "who can change it", "how", "final")
    return HEAD + "\n" + table(heads, [_row(reason) for reason in Reason]) + "\n" + TESTS + _tests()


def _row(reason: Reason) -> tuple[str, ...]:
    says = _of_the_function(refusals.WHY[reason])
    if reason in FINAL:
        return f"`{reason}`", says, "nobody here", refusals.ROADS[ROADS[reason].code], "yes"
    fixer = FIXERS[reason]
    return f"`{reason}`", says, WHO[fixer.by], _of_the_function(refusals.HOW[fixer.remedy]), "no"


def _tests() -> str:
    reasons = {test: [reason for reason, tested in TEST_OF.items() if tested is test] for test in Test}
    rows = [
        (f"`{test}`", refusals.TESTS[test], ", ".join(f"`{reason}`" for reason in reasons[test]))
        for test in Test
    ]
    return table(("test", "passed when", "fails with"), rows) + "\n"


def _of_the_function(words: str) -> str:
    said = words.format(function="*the function*")
    return said.replace("*the", "*The", 1) if said.startswith("*the") else said
