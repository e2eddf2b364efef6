"""How much one X12 file may hold before it is refused.

Every limit bounds memory or time. The standing ones suit a file that a trading partner sends; `FEED_LIMITS`
suits what the plan's own core system sends, such as a million-member 834.
"""

from dataclasses import dataclass

MEBIBYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Ceilings for reading one file; reaching one is allowed, passing it is a fault.

    `file_bytes` is checked before the first byte is read where the source tells its size. `segment_bytes`
    leaves out the terminator and line ends. `elements` leaves out the segment ID. `segments` and
    `envelopes` (ISA, GS and ST together) count over the whole file, `faults` those that a caller chose to
    read past.
    """

    file_bytes: int = 64 * MEBIBYTE
    segment_bytes: int = 16_384
    elements: int = 100
    segments: int = 4_000_000
    envelopes: int = 100_000
    faults: int = 1_000


STANDING_LIMITS = Limits()
FEED_LIMITS = Limits(file_bytes=8192 * MEBIBYTE, segments=400_000_000, envelopes=2_000_000, faults=100_000)
