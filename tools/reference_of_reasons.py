"""The page of reasons: every refusal and every question without an answer, as each door tells it."""

from collections.abc import Mapping

from portico.domains.members.asked import NoAnswer
from portico.domains.permits.decisions import TEST_OF, Test
from portico.domains.permits.reasons import FINAL, FIXERS, ROADS, FixedBy, Reason
from portico.edges.fhir import refusals as fhir_refusals
from portico.edges.fhir import unanswered as fhir_unanswered
from portico.edges.web import refusals
from portico.edges.web.batches import words as batch_words
from portico.edges.x12.eligibility import refusals as x12_refusals
from tools.reference import NOTE, table

WHO: Mapping[FixedBy, str] = {
    FixedBy.YOURSELF: "the person",
    FixedBy.ADMINISTRATOR: "the office's administrator",
    FixedBy.CLIENT: "an administrator of the client's office",
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
DOORS = """
## What each is at each door

A page answers 403 and shows the words above, with what was tested and a reference; who is not signed in is
led to the sign-in. X12 answers with an AAA, here as AAA01, AAA03 and AAA04 in its loop; all reasons of one
loop are sent, those of the outermost loop only. FHIR answers with this status and an OperationOutcome, an
issue of this type for each reason, whose `details.coding` holds the code.

Before any of this, a machine signs in. At CORE connectivity one that cannot is `UnAuthorized`, be it
unknown, revoked, or its password wrong or ended; at the token endpoint it is `invalid_client`.

"""
NO_ANSWERS = """
## When a question has no answer

The question was allowed, and nobody or too many were found, or the day lies outside of what may be asked.
These codes stand in the audit too. A search by FHIR that finds nobody is an empty bundle with this issue
(200); a read of what is not there is 404.

"""
PROBLEMS = """
## When an X12 request cannot be asked as it is

The 270 is well formed, and something in it is no value that can be looked for. What a 999 or a TA1 refuses
before that stands in the [companion guide](companion-270-271.md).

"""
TESTS = """
## What is tested, in this order

"""


def page() -> str:
    """The whole page."""
    heads = ("code", "a page says", "who can change it", "how", "final")
    return "".join(
        (
            *(HEAD, "\n", table(heads, map(_row, Reason)), "\n"),
            *(DOORS, _doors(), "\n", NO_ANSWERS, _no_answers(), "\n", PROBLEMS, _problems(), "\n"),
            *(TESTS, _tests()),
        )
    )


def aaa(line: x12_refusals.Line) -> str:
    """An AAA as a cell says it: `AAA*N**72*C` and its loop; in 2100D perhaps by another code."""
    said = f"`AAA*{line.sound}**{line.code}*{line.follow_up}` in {line.loop}"
    if line.of_dependent and line.of_dependent != line.code:
        said += f", of a dependent {line.of_dependent}"
    return said


def _doors() -> str:
    x12, fhir = x12_refusals.REASONS, fhir_refusals.REFUSALS
    rows = [
        (
            f"`{reason}`",
            aaa(x12[reason]),
            x12[reason].words,
            f"{fhir[reason].status} `{fhir[reason].code}`",
            fhir[reason].why,
        )
        for reason in Reason
    ]
    return table(("code", "X12", "in words", "FHIR", "in words"), rows)


def _no_answers() -> str:
    page, x12, fhir = batch_words.NO_ANSWERS, x12_refusals.NO_ANSWERS, fhir_unanswered.UNANSWERED
    rows = [
        (
            f"`{why}`",
            f"{page[why].why} {page[why].todo}",
            aaa(x12[why]),
            f"{fhir[why].status} `{fhir[why].code}`",
            fhir[why].why,
        )
        for why in NoAnswer
    ]
    return table(("code", "a row of a batch says", "X12", "FHIR", "in words"), rows)


def _problems() -> str:
    rows = [(f"`{problem}`", aaa(line), line.words) for problem, line in x12_refusals.PROBLEMS.items()]
    rows.append(("`failed`", aaa(x12_refusals.FAILED), x12_refusals.FAILED.words))
    return table(("code", "X12", "in words"), rows)


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
