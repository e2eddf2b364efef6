"""Reading 270, 834, 835 and 837 with everything checked: ours, pyx12, linuxforhealth-x12 and the bare split.

    python -m benchmarks.validated_reading [--records N] [--peer-records N]

All read the same kind of file from disk, ours a larger one. The 270 and the 835 go through their guides
(every loop, element, code and condition), the 834 through the loader: its survey, then a finished record of
each member. "835 to rows" and "837 to rows" end with finished claims, as loads take them: of the 835 every
amount is summed up, the 837 is read under its guide. pyx12 checks its maps and writes nothing; it has none of
a 270; loading them is left out by the difference of two sizes. linuxforhealth-x12 makes its models in a
process and an environment of its own, and its start is left out. The floor splits the file at its terminators
and each segment at its separators.

A record is a patient, a member, a claim. Seconds are the processor's, the least of several turns.
"""

import argparse
import logging
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from benchmarks import ratios, x12_files
from benchmarks.peers import linuxforhealth
from portico.edges.loaders import reader_834
from portico.edges.x12.guides.guide_270 import GUIDE_270
from portico.shared.x12 import envelopes, grammar
from portico.shared.x12.grammar_faults import Fault
from portico.shared.x12.grammar_parts import Guide
from portico.shared.x12.limits import FEED_LIMITS
from portico.transactions.claims import reader as claims
from portico.transactions.guides.guide_835 import GUIDE_835
from portico.transactions.remittances import reader as remittances

ZONE = ZoneInfo("America/Los_Angeles")
AIM_PYX12, AIM_LINUXFORHEALTH = 50, 20
TURNS = 5
_FEW = 60
Read = Callable[[Path], object]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file: how it is written and read, and who else reads it.

    `for_linuxforhealth` makes the copy that linuxforhealth-x12 takes.
    """

    write: Callable[[Path, int], int]
    read: Read
    record: str
    pyx12_has_a_map: bool = True
    for_linuxforhealth: Callable[[Path], Path] = lambda path: path


def read_labelled(guide: Guide, path: Path) -> int:
    """Reads every set under its guide; answers the number of segments. Fails at a fault."""
    faults: list[Fault] = []
    count = 0
    with path.open("rb") as source:
        for interchange in envelopes.read(source, limits=FEED_LIMITS):
            for transaction in interchange.transactions():
                for _loop, _number, _segment in grammar.labelled(transaction, guide, faults.append):
                    count += 1
    assert not faults, faults[0]
    return count


def read_members(path: Path) -> int:
    """Reads an 834 as the loader does; answers the number of members."""
    with path.open("rb") as source:
        reader_834.survey(source, zone=ZONE)
        source.seek(0)
        read = (loops.read(allow_demo=True) for loops in reader_834.members(source))
        return sum(1 for _ in read)


def read_paid(path: Path) -> int:
    """Reads an 835 as the loader does; answers the number of claims, of which every one adds up."""
    with path.open("rb") as source:
        remittances.survey(source, zone=ZONE)
        source.seek(0)
        count = 0
        for found in remittances.payments(source):
            assert found.misread is None, found.misread
            if found.claims is None:
                with path.open("rb") as again:
                    count += sum(1 for _ in remittances.claims(again, begin=found.bookmark))
            else:
                count += len(found.claims)
    return count


def read_sent(path: Path) -> int:
    """Reads an 837 as the loader does; answers the number of claims, none with a fault."""
    with path.open("rb") as source:
        count = 0
        for read in claims.read(source):
            assert read.sent
            assert not read.faults
            count += 1
    return count


KINDS: Mapping[str, Kind] = {
    "270": Kind(x12_files.write_270, partial(read_labelled, GUIDE_270), "patient", pyx12_has_a_map=False),
    "834": Kind(x12_files.write_834, read_members, "member"),
    "835": Kind(
        x12_files.write_835,
        partial(read_labelled, GUIDE_835),
        "claim",
        for_linuxforhealth=x12_files.without_contact,
    ),
    "835 to rows": Kind(
        x12_files.write_835, read_paid, "claim", for_linuxforhealth=x12_files.without_contact
    ),
    "837 to rows": Kind(x12_files.write_837, read_sent, "claim"),
}


def split_twice(path: Path) -> None:
    """Does the least there is to do."""
    for segment in path.read_bytes().split(b"~"):
        segment.split(b"*")


def read_with_pyx12(path: Path) -> None:
    """Has pyx12 check the file; fails where it finds it invalid."""
    from pyx12.params import ParamsBase
    from pyx12.x12n_document import x12n_document

    with path.open(encoding="ascii") as source:
        assert x12n_document(ParamsBase(), source, None, None), f"pyx12 refuses {path.name}"


def main() -> None:
    """Prints, for each kind, microseconds a record, how many times as fast ours is, and its memory."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--records", type=int, default=5_000)
    parser.add_argument("--peer-records", type=int, default=600)
    asked = parser.parse_args()
    logging.getLogger("pyx12").setLevel(logging.CRITICAL)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        timer = stack.enter_context(linuxforhealth.timer())
        for name, kind in KINDS.items():
            _measure(name, kind, folder, timer, many=asked.records, some=asked.peer_records)


def _measure(
    name: str, kind: Kind, folder: Path, timer: linuxforhealth.Timer, *, many: int, some: int
) -> None:
    paths = {size: folder / f"{name}-{size}.x12" for size in (_FEW, some, many)}
    counts = {paths[size]: kind.write(paths[size], size) for size in paths}
    few, middle, large = paths.values()
    theirs = kind.for_linuxforhealth(middle)
    works: dict[str, ratios.Work] = {
        "Portico": partial(kind.read, large),
        "floor": partial(split_twice, large),
    }
    if kind.pyx12_has_a_map:
        works |= {"few": partial(read_with_pyx12, few), "some": partial(read_with_pyx12, middle)}
    for work in works.values():
        work()
    timer.seconds(theirs)
    times, least = dict.fromkeys(works, float("inf")), float("inf")
    for _ in range(TURNS):
        turn = ratios.interleaved(works, repeats=1, clock=time.process_time)
        times = {work: min(times[work], seconds) for work, seconds in turn.items()}
        least = min(least, timer.seconds(theirs))
    each = {work: times[work] / counts[large] for work in ("Portico", "floor")}
    if kind.pyx12_has_a_map:
        each["pyx12"] = (times["some"] - times["few"]) / (counts[middle] - counts[few])
    each["linuxforhealth-x12"] = least / counts[middle]
    _print(f"{name}, {counts[large]:,} {kind.record}s", kind.record, each)
    _print_memory(kind.read, {path: counts[path] for path in (middle, large)}, kind.record)


def _print(title: str, record: str, each: Mapping[str, float]) -> None:
    aims = {"pyx12": AIM_PYX12, "linuxforhealth-x12": AIM_LINUXFORHEALTH}
    print(f"\n{title}")
    for name, seconds in each.items():
        ratio = seconds / each["Portico"]
        line = (
            f"  {name:<20} {seconds * 1e6:10.1f} µs a {record} {1 / seconds:10,.0f} a second {ratio:8.2f} x"
        )
        if name in aims:
            line += f"   aim {aims[name]} x: {'met' if ratio >= aims[name] else 'not met'}"
        print(line)


def _print_memory(read: Read, counts: Mapping[Path, int], record: str) -> None:
    for path, count in counts.items():
        tracemalloc.start()
        read(path)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        print(f"  most memory held for {count:,} {record}s: {peak / 1024:,.0f} KB")


if __name__ == "__main__":
    main()
