"""Reading an 834 to typed, validated members: the loader's reader beside pyx12, and the memory it takes.

    python -m benchmarks.read_834 [--members N] [--peer-members N]

Both read files of the synthetic plan from disk. Ours surveys the envelopes, then reads every member to a
finished record with dates, codes, lengths and identifiers checked. pyx12 checks the same segments against
its map and is told to write nothing; the time it takes to load its maps is measured apart and left out. The
aim is 50 times its speed.
"""

import argparse
import logging
import tempfile
import tracemalloc
import unicodedata
from datetime import date
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from benchmarks import ratios
from portico.demo import build
from portico.edges.loaders import reader_834

ZONE = ZoneInfo("America/Los_Angeles")
AIM = 50
_FEW = 60


def write(members: int, folder: Path) -> Path:
    """Writes a full 834 of the synthetic plan, accents folded: pyx12 finds them invalid."""
    path = build.build(members, 7, folder / str(members), date(2026, 3, 12)).enrolment[0]
    plain = unicodedata.normalize("NFKD", path.read_text(encoding="utf-8")).encode("ascii", "ignore")
    path.write_bytes(plain)
    return path


def read_ours(path: Path) -> int:
    """Reads the file; answers the number of members."""
    with path.open("rb") as source:
        reader_834.survey(source, zone=ZONE)
        source.seek(0)
        return sum(1 for loops in reader_834.members(source) if loops.read(allow_demo=True))


def read_theirs(path: Path) -> bool:
    """Has pyx12 validate the file; answers whether it found it valid."""
    from pyx12.params import ParamsBase
    from pyx12.x12n_document import x12n_document

    with path.open(encoding="ascii") as source:
        return bool(x12n_document(ParamsBase(), source, None, None))


def peak_kilobytes(path: Path) -> float:
    """The most that reading the file holds at once."""
    tracemalloc.start()
    read_ours(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1024


def main() -> None:
    """Prints both speeds in members a second, their ratio, and the memory of two sizes of file."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--members", type=int, default=20_000)
    parser.add_argument("--peer-members", type=int, default=600)
    asked, _ = parser.parse_known_args()
    logging.getLogger("pyx12").setLevel(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as name:
        few, some, many = (write(size, Path(name)) for size in (_FEW, asked.peer_members, asked.members))
        counts = {path: read_ours(path) for path in (few, some, many)}
        for path in (few, some):
            verdict = "valid" if read_theirs(path) else "invalid"
            print(f"pyx12 says that the file of {counts[path]:,} members is {verdict}")
        times = ratios.interleaved(
            {
                "ours": partial(read_ours, many),
                "theirs, few members": partial(read_theirs, few),
                "theirs, some members": partial(read_theirs, some),
            },
            repeats=2,
        )
        ours = times["ours"] / counts[many]
        theirs = (times["theirs, some members"] - times["theirs, few members"]) / (counts[some] - counts[few])
        print(f"  Portico  {1 / ours:10,.0f} members a second   {ours * 1e6:8.1f} µs each")
        print(f"  pyx12    {1 / theirs:10,.0f} members a second   {theirs * 1e6:8.1f} µs each")
        met = "met" if theirs / ours >= AIM else "not met"
        print(f"  {theirs / ours:.0f} times as fast   aim {AIM}: {met}")
        print(f"  memory: {peak_kilobytes(some):,.0f} KB for {counts[some]:,} members, ", end="")
        print(f"{peak_kilobytes(many):,.0f} KB for {counts[many]:,}")


if __name__ == "__main__":
    main()
