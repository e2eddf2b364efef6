"""What a reason (CARC) or a remark (RARC) of a claim means for an office."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from portico.domains.claims.facts.adjusted import Group

_FOLDER: Final = Path(__file__).parent
_UNKNOWN: Final = "This portal has no words for this {kind} yet."
_LOOK_UP: Final = "Look it up in the published list of {kind}s, or ask Provider Services."


@dataclass(frozen=True, slots=True)
class Words:
    """A code, what it means, and what an office can do; `is_known` False: it is in no list of ours."""

    code: str
    means: str
    advice: str
    is_known: bool = True


@dataclass(frozen=True, slots=True)
class GroupWords:
    """Who bears an adjustment: the code, in two words, and in a sentence."""

    code: str
    name: str
    means: str


GROUPS: Final[Mapping[str, GroupWords]] = {
    Group.CONTRACT: GroupWords(
        "CO",
        "Written off",
        "By contract or rule nobody pays this part; the patient may not be billed for it.",
    ),
    Group.PATIENT: GroupWords("PR", "Patient's share", "The patient owes this part."),
    Group.OTHER: GroupWords("OA", "Other", "Neither the contract nor the patient explains this part."),
    Group.PAYER: GroupWords(
        "PI", "Plan's reduction", "The plan takes this part off without a contract that says so."
    ),
}


def carc(code: str) -> Words:
    """Why an amount was adjusted: the words of a claim adjustment reason code, or that there are none."""
    return _carcs().get(code) or _unknown(code, "adjustment reason code")


def rarc(code: str) -> Words:
    """What a remark says: the words of a remittance advice remark code, or that there are none."""
    return _rarcs().get(code) or _unknown(code, "remark code")


def group(code: str) -> GroupWords:
    """Who bears an adjustment (CAS01); a code that is none stands for itself."""
    return GROUPS.get(code) or GroupWords(code, code, "")


def known_carcs() -> tuple[str, ...]:
    """The reasons there are words for, as listed."""
    return tuple(_carcs())


def known_rarcs() -> tuple[str, ...]:
    """The remarks there are words for, as listed."""
    return tuple(_rarcs())


@cache
def _carcs() -> Mapping[str, Words]:
    return _read("carc.txt")


@cache
def _rarcs() -> Mapping[str, Words]:
    return _read("rarc.txt")


def _read(name: str) -> Mapping[str, Words]:
    advice = {row[0]: row[1] for row in _rows("advice.txt", 2)}
    found = (Words(code, means, advice.get(said, said)) for code, means, said in _rows(name, 3))
    return {words.code: words for words in found}


def _rows(name: str, columns: int) -> list[tuple[str, ...]]:
    lines = (_FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [tuple(line.split("|", columns - 1)) for line in lines if line]


def _unknown(code: str, kind: str) -> Words:
    return Words(code, _UNKNOWN.format(kind=kind), _LOOK_UP.format(kind=kind), is_known=False)
