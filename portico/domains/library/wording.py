"""What a document says of itself and in a version, and why that cannot be kept. No rows are read here.

A code names each fault, with the value it is about: pages and the report of an import say it in words.
"""

import hashlib
import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Final

from portico.domains.library import marking, rules
from portico.domains.library.marking import Lead, Link
from portico.domains.plan.verification_rules import OFFICE_TYPES

KINDS: Final = "manual update letter form contact guideline resource help".split()
HELP: Final = "help"
PAGES_OF_HELP: Final = frozenset({"access", "manual"})
"""Help has pages of its own at these addresses: an answer with such a key could not be reached."""
MOST_TITLE: Final = 200
MOST_SUMMARY: Final = 400
MOST_TOPICS: Final = 12
_KEY: Final = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
_MOST_KEY: Final = 100
_MOST_POSITION: Final = 32_767
LINE, REGION, OFFICE_TYPE = "line", "region", "office_type"

Fault = tuple[str, str]
"""A stable code, and the value it is about."""


class CannotKeep(ValueError):
    """What was written cannot be kept; `faults` say why."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(", ".join(code for code, _ in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class About:
    """What holds for every version of a document. `part_of`: the key of the manual or chapter it lies in."""

    kind: str
    material_number: str = ""
    part_of: str = ""
    position: int = 0
    topics: tuple[str, ...] = ()

    def tidied(self) -> "About":
        """The same with each topic once, by code: as it is kept, and compared with what is kept."""
        return replace(self, topics=tuple(sorted({*self.topics})))


@dataclass(frozen=True, slots=True)
class Wording:
    """What a version says, from when to when, and for whom.

    `limits`: dimension -> values; an empty set of lines, regions or office types: for every one. `lines`
    that were never said (None) are a fault: nothing is for everybody by mistake.
    """

    title: str
    first_on: date | None
    body: str = ""
    summary: str = ""
    lines: frozenset[str] | None = None
    regions: frozenset[str] = frozenset()
    office_types: frozenset[str] = frozenset()
    is_public: bool = False
    must_read_by: date | None = None
    last_on: date | None = None

    @property
    def limits(self) -> Mapping[str, frozenset[str]]:
        """For whom it is, by dimension."""
        return {LINE: self.lines or frozenset(), REGION: self.regions, OFFICE_TYPE: self.office_types}


@dataclass(frozen=True, slots=True)
class Known:
    """What the plan and the library have: codes of lines, regions and topics, keys of documents and above
    which each lies, and names of the version's files.
    """

    lines: Collection[str]
    regions: Collection[str]
    topics: Collection[str]
    part_of: Mapping[str, str | None]
    files: Collection[str] = field(default_factory=frozenset)


def key_fault(key: str) -> Iterator[Fault]:
    """Why this is no key; a key stands in addresses."""
    if len(key) > _MOST_KEY or not _KEY.fullmatch(key):
        yield "key_wrong", key[:_MOST_KEY]


def faults_about(key: str, about: About, known: Known) -> Iterator[Fault]:
    """Why a document cannot be so."""
    if about.kind not in KINDS:
        yield "kind_not_known", about.kind
    if about.kind == HELP and key in PAGES_OF_HELP:
        yield "key_is_a_page_of_help", key
    number = rules.material_key(about.material_number)
    longest = max(len(about.material_number), len(number))  # one sign may be read as several letters
    if about.material_number and not (number and longest <= rules.MOST_MATERIAL_NUMBER):
        yield "material_number_wrong", about.material_number
    if about.part_of and about.part_of not in known.part_of:
        yield "part_of_not_known", about.part_of
    elif about.part_of and rules.goes_round(key, {**known.part_of, key: about.part_of}):
        yield "part_of_goes_round", about.part_of
    if not 0 <= about.position <= _MOST_POSITION:
        yield "position_wrong", str(about.position)
    if len(about.topics) > MOST_TOPICS:
        yield "too_many_topics", str(MOST_TOPICS)
    yield from (("topic_not_known", topic) for topic in about.topics if topic not in known.topics)


def faults_in(wording: Wording, known: Known) -> Iterator[Fault]:
    """Why a version cannot be so."""
    yield from _faults_of_text(wording)
    yield from _faults_of_days(wording)
    if wording.lines is None:
        yield "no_line", ""
    named = (
        ("line_not_known", wording.lines or (), known.lines),
        ("region_not_known", wording.regions, known.regions),
        ("office_type_not_known", wording.office_types, OFFICE_TYPES),
    )
    for code, values, there in named:
        yield from ((code, value) for value in sorted(values) if value not in there)
    if len(wording.body) <= rules.MOST_BODY:
        yield from faults_of_links(wording.body, known)


def faults_of_links(body: str, known: Known) -> Iterator[Fault]:
    """Links and images that lead nowhere, and images that say nothing to whoever cannot see them."""
    ids = {heading.id for heading in marking.headings(body)}
    for link in marking.links(body):
        if not _is_there(link, known, ids):
            yield ("image_missing" if link.is_image else "link_broken"), link.target or link.fragment
        elif link.is_image and not link.says:
            yield "image_says_nothing", link.target


def digest(wording: Wording, files: Collection[tuple[str, str, str]]) -> str:
    """SHA-256 of all that a version says and of its files (name, what it says, digest)."""
    said = {"wording": asdict(wording), "files": sorted(files)}
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=_plain).encode()).hexdigest()


def _is_there(link: Link, known: Known, ids: Collection[str]) -> bool:
    if link.is_image or link.lead is Lead.ATTACHMENT:
        return link.lead is Lead.ATTACHMENT and link.target in known.files
    if link.lead is Lead.DOCUMENT:
        return link.target in known.part_of
    if link.lead is Lead.HEADING:
        return link.fragment in ids
    return link.lead is not Lead.NOWHERE


def _faults_of_text(wording: Wording) -> Iterator[Fault]:
    if not wording.title.strip():
        yield "no_title", ""
    if len(wording.title) > MOST_TITLE:
        yield "title_too_long", str(MOST_TITLE)
    if len(wording.summary) > MOST_SUMMARY:
        yield "summary_too_long", str(MOST_SUMMARY)
    if len(wording.body) > rules.MOST_BODY:
        yield "text_too_long", f"{rules.MOST_BODY:,}"
    if "\0" in wording.title + wording.summary + wording.body:
        yield "control_character", ""


def _faults_of_days(wording: Wording) -> Iterator[Fault]:
    if wording.first_on is None:
        yield "no_first_day", ""
        return
    if wording.last_on is not None and wording.last_on < wording.first_on:
        yield "ends_before_it_begins", wording.last_on.isoformat()


def _plain(value: object) -> object:
    return sorted(value) if isinstance(value, frozenset) else str(value)
