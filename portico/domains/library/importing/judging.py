"""Whether a version that came by file is taken in: what is wrong with it, and whether it is there already."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from portico.domains.library import models, rows, rules, wording
from portico.domains.library.importing.sent import Sent
from portico.domains.library.rules import State
from portico.domains.library.wording import Fault, Known

_OTHER_WORDS: Final = "published_already"


@dataclass(frozen=True, slots=True)
class Judged:
    """A version that is to be taken in, or why not; `is_held`: it is there, word for word."""

    sent: Sent
    digest: str
    faults: tuple[Fault, ...] = ()
    is_held: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """What the library has of the documents of a chunk: rows by key, and (first day -> digests) by key."""

    documents: Mapping[str, models.Document]
    settled: Mapping[str, Mapping[date, Collection[str]]]
    latest: Mapping[str, int]
    numbers: Mapping[str, str]


def held(sent: Sequence[Sent]) -> Held:
    """What the library has of these documents, held for this transaction."""
    keys = {each.key for each in sent} | {each.about.part_of for each in sent}
    found = models.Document.objects.filter(key__in=keys).select_related("part_of")
    documents = {row.key: row for row in found.prefetch_related("topics").select_for_update(of=("self",))}
    settled: dict[str, dict[date, set[str]]] = {key: {} for key in documents}
    latest = dict.fromkeys(documents, 0)
    versions = models.Version.objects.filter(document__key__in=keys).order_by()
    for key, number, state, first_on, digest in versions.values_list(
        "document__key", "number", "state", "first_on", "digest"
    ):
        latest[key] = max(latest[key], number)
        if State(state) in rules.SETTLED:
            settled[key].setdefault(first_on, set()).add(digest)
    wanted = [rules.material_key(each.about.material_number) for each in sent]
    numbers = models.Document.objects.filter(material_key__in=wanted).values_list("material_key", "key")
    return Held(documents, settled, latest, {str(number): key for number, key in numbers})


def judge(
    sent: Sequence[Sent], coming: Mapping[str, str | None], held: Held, above: Mapping[str, object]
) -> list[Judged]:
    """Each version judged.

    `coming`: the keys that come and what each lies in, `above`: those it may lie in.
    """
    there = rows.known()
    known = replace(there, part_of={**there.part_of, **coming})
    return list(_without_twins([_judged(each, known, held, above) for each in sent]))


def _judged(each: Sent, known: Known, held: Held, above: Mapping[str, object]) -> Judged:
    """`above`: the keys it may lie in."""
    if each.faults:
        return Judged(each, "", each.faults)
    names = frozenset(file.name for file in each.files)
    digest = wording.digest(each.wording, [(file.name, file.says, file.digest) for file in each.files])
    faults = (
        *wording.key_fault(each.key),
        *wording.faults_about(each.key, each.about, known),
        *wording.faults_in(each.wording, replace(known, files=names)),
        *_faults_of_files(each, names),
    )
    if not faults:
        faults = tuple(_faults_beside(each, digest, held, above))
    is_held = not faults and digest in held.settled.get(each.key, {}).get(each.begins_on, ())
    return Judged(each, digest, faults, is_held)


def _faults_of_files(each: Sent, names: frozenset[str]) -> Iterator[Fault]:
    if len(names) < len(each.files):
        yield "files_of_one_name", ""
    if not each.wording.body.strip() and not each.files:
        yield "says_nothing", ""


def _faults_beside(each: Sent, digest: str, held: Held, above: Mapping[str, object]) -> Iterator[Fault]:
    """Why it does not go with what the library has."""
    if each.about.part_of and each.about.part_of not in above:
        yield "part_of_not_known", each.about.part_of
    number = rules.material_key(each.about.material_number)
    if held.numbers.get(number, each.key) != each.key:
        yield "material_number_taken", each.about.material_number
    if digest not in held.settled.get(each.key, {}).get(each.begins_on, (digest,)):
        yield _OTHER_WORDS, each.begins_on.isoformat()


def _without_twins(judged: Iterable[Judged]) -> Iterator[Judged]:
    """Two of one key and first day, or of one material number, in the same chunk: the second is refused."""
    begun: set[tuple[str, date | None]] = set()
    numbers: dict[str, str] = {}
    for each in judged:
        identity = each.sent.key, each.sent.wording.first_on
        number = rules.material_key(each.sent.about.material_number)
        if each.faults:
            yield each
        elif identity in begun:
            yield replace(each, faults=((_OTHER_WORDS, str(identity[1])),), is_held=False)
        elif number and numbers.setdefault(number, each.sent.key) != each.sent.key:
            yield replace(each, faults=(("material_number_taken", each.sent.about.material_number),))
        else:
            begun.add(identity)
            yield each
