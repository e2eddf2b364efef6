"""A 277 put so that linuxforhealth-x12 can judge it, and judged as it is by our own guide, which knows more.

That reader loses every service line of a claim but the first, and then finds the count wrong. So a claim with
several is shown to it several times, each time with one of its lines.
"""

from collections.abc import Iterator

from portico.edges.x12.guides.guide_277 import GUIDE_277
from portico.shared.x12 import envelopes, grammar
from portico.shared.x12.grammar_faults import Fault
from tests.support import oracles


def faults(text: str) -> list[str]:
    """What is wrong with the 277s of an interchange."""
    shown = "".join(f"{line}~" for line in _counted(_put(text.split("~")[:-1])))
    return [*oracles.linuxforhealth(shown).faults, *_against_our_guide(text)]


def _put(lines: list[str]) -> Iterator[str]:
    """The segments, with a claim's own repeated before each service line after its first."""
    claim: list[str] = []
    is_claim = has_line = False
    for line in lines:
        name = line.partition("*")[0]
        if name == "TRN":
            claim, is_claim, has_line = [], True, False
        elif name in ("HL", "SE"):
            is_claim = False
        elif name == "SVC":
            if has_line:
                yield from claim
            has_line = True
        if is_claim and not has_line:
            claim.append(line)
        yield line


def _counted(lines: Iterator[str]) -> Iterator[str]:
    """The segments with SE01 counted anew."""
    count = 0
    for line in lines:
        name, _, rest = line.partition("*")
        count = 1 if name == "ST" else count + 1
        yield f"SE*{count}*{rest.partition('*')[2]}" if name == "SE" else line


def _against_our_guide(text: str) -> Iterator[str]:
    for interchange in envelopes.read(text.encode()):
        for group in interchange.groups():
            for transaction in group.transactions():
                found: list[Fault] = []
                for _ in grammar.labelled(transaction, GUIDE_277, found.append):
                    pass
                yield from (fault.where for fault in found)
