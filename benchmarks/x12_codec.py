"""How the X12 codec compares with splitting the same bytes twice, the least any reader could do.

    python -m benchmarks.x12_codec [--megabytes N]

The floor splits the whole file at its terminators and each segment at its separators and keeps nothing. The
codec reads the same file in chunks, decodes it, refuses what no value may hold, and numbers each segment;
the envelopes check counts and control numbers as well. Memory is the most that reading or writing the file
has held at once.
"""

import argparse
import io
import tracemalloc
from functools import partial

from benchmarks import ratios
from portico.shared.x12 import envelopes, tokens
from portico.shared.x12.build import InterchangeWriter, Writable
from portico.shared.x12.headers import GroupHeader, InterchangeHeader
from portico.shared.x12.limits import FEED_LIMITS

MEBIBYTE = 1 << 20
AIM = 1.5
ISA = InterchangeHeader(
    sender="CORE", receiver="NORTHLAKE", date="260301", time="1200", control_number="000000001"
)
GS = GroupHeader(
    functional_id="BE",
    sender="CORE",
    receiver="NORTHLAKE",
    date="20260301",
    time="1200",
    control_number="1",
    version="005010X220A1",
)


class Nowhere:
    """A file that keeps nothing."""

    def write(self, data: bytes, /) -> int:
        """Answers how many bytes it was given."""
        return len(data)


def write_members(file: Writable, members: int, *, line_end: str = "", last_name: str = "RIVERA") -> None:
    """Writes an 834 with as many members, eleven segments each."""
    with (
        InterchangeWriter(file, ISA, line_end=line_end) as interchange,
        interchange.group(GS) as group,
        group.transaction("834", guide="005010X220A1") as transaction,
    ):
        transaction.write("BGN", "00", "1", "20260301", "1200", "", "", "", "4")
        for number in range(members):
            member_id = f"N{number:08d}"
            transaction.write("INS", "Y", "18", "030", "XN", "A", "", "", "FT")
            transaction.write("REF", "0F", member_id)
            transaction.write("REF", "1L", "GROUP0001")
            transaction.write("DTP", "336", "D8", "20200101")
            transaction.write("NM1", "IL", "1", last_name, "ANA", "M", "", "", "34", "900000001")
            transaction.write("PER", "IP", "", "HP", "2135550101", "EM", "ana@example.org")
            transaction.write("N3", "100 MARKET ST", "APT 3G")
            transaction.write("N4", "LOS ANGELES", "CA", "90001")
            transaction.write("DMG", "D8", "19800229", "F")
            transaction.write("HD", "030", "", "HMO", "NH1", "FAM")
            transaction.write("DTP", "348", "D8", "20260101")


def read_tokens(file: bytes) -> None:
    """Reads every segment."""
    for _number, _segment in tokens.segments(file, limits=FEED_LIMITS):
        pass


def read_envelopes(file: bytes) -> None:
    """Reads every segment inside its transaction set, with counts and control numbers checked."""
    for interchange in envelopes.read(file, limits=FEED_LIMITS):
        for transaction in interchange.transactions():
            for _number, _segment in transaction.segments():
                pass


def split_twice(file: bytes) -> None:
    """Does the least there is to do."""
    for segment in file.split(b"~"):
        segment.split(b"*")


def measure_reading(members: int, repeats: int) -> None:
    """Prints how long reading takes beside the floor, for files that take little and much looking at."""
    plain, lines, utf8 = io.BytesIO(), io.BytesIO(), io.BytesIO()
    write_members(plain, members)
    write_members(lines, members, line_end="\r\n")
    write_members(utf8, members, last_name="NUÑEZ")
    latin1 = utf8.getvalue().replace("Ñ".encode(), "Ñ".encode("latin-1"))
    works: dict[str, ratios.Work] = {
        "floor: bytes.split twice": lambda: split_twice(plain.getvalue()),
        "tokens": lambda: read_tokens(plain.getvalue()),
        "tokens, a line end after each segment": lambda: read_tokens(lines.getvalue()),
        "tokens, names in UTF-8": lambda: read_tokens(utf8.getvalue()),
        "tokens, names in Latin-1": lambda: read_tokens(latin1),
        "envelopes": lambda: read_envelopes(plain.getvalue()),
    }
    size, segments = len(plain.getvalue()), plain.getvalue().count(b"~")
    title = f"Reading an 834 of {size / MEBIBYTE:.0f} MiB, {members:,} members, {segments:,} segments"
    times = ratios.interleaved(works, repeats)
    ratios.print_ratios(title, times, base="floor: bytes.split twice", aims={"tokens": AIM})
    print(f"  tokens: {size / MEBIBYTE / times['tokens']:.0f} MiB a second")


def measure_writing(members: int, repeats: int) -> None:
    """Prints how long writing takes beside reading the same."""
    file = io.BytesIO()
    write_members(file, members)
    works: dict[str, ratios.Work] = {
        "envelopes read": lambda: read_envelopes(file.getvalue()),
        "written": lambda: write_members(Nowhere(), members),
    }
    times = ratios.interleaved(works, repeats)
    ratios.print_ratios(f"Writing {members:,} members", times, base="envelopes read")


def measure_memory(members: int) -> None:
    """Prints the most memory reading and writing have held, for a file and for one ten times as long."""
    print("\nMost memory held, beside the file itself")
    for count in (members // 10, members):
        file = io.BytesIO()
        write_members(file, count)
        works: dict[str, ratios.Work] = {
            "read": partial(read_envelopes, file.getvalue()),
            "written": partial(write_members, Nowhere(), count),
        }
        for name, work in works.items():
            print(f"  {name:<8} {count:>9,} members {_most_held(work) / MEBIBYTE:10.2f} MiB")


def _most_held(work: ratios.Work) -> int:
    tracemalloc.start()
    work()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def main() -> None:
    """Measures and prints."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--megabytes", type=int, default=50, help="size of the file to read")
    options.add_argument("--repeats", type=int, default=5)
    chosen = options.parse_args()
    one = io.BytesIO()
    write_members(one, 1000)
    members = chosen.megabytes * MEBIBYTE * 1000 // len(one.getvalue())
    measure_reading(members, chosen.repeats)
    measure_writing(members // 5, chosen.repeats)
    measure_memory(members // 5)


if __name__ == "__main__":
    main()
