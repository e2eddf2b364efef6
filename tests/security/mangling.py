"""Messages mangled at random, the same for the same seed: X12 files, and the envelopes they travel in."""

import random
from collections.abc import Callable, Sequence

Segments = list[list[str]]

USUAL = ("*", "^", ":", "~")
OTHERS = (
    USUAL,
    ("|", "\\", ">", "\n"),
    ("\x1d", "\x1f", "\x1c", "\x1e"),
    ("+", "!", "'", "?"),
    ("*", "U", "<", "~"),
)
STRANGE = (
    *(
        "",
        " ",
        "0",
        "-1",
        "1",
        "U",
        "A" * 61,
        "9" * 40,
        "000000000",
        "1.0E9",
        "\u00a0",
        "\u00b2\u0663",
        "\ufdfa" * 30,
    ),
    *("00000000", "00010101", "99991231", "20260230", "20260312-20260311", "00010101-99991231", "2460"),
    *("\u2028", "\u202e", "\ufeff", "\ufffd", "\U0001f600", "\x00", "\x1b", "\x85", "\x7f", "\r\n", "\t"),
    *(
        "30^30^30",
        "HC:99213:::::",
        "~INJ*1~",
        "'INJ+1'",
        "\nINJ|1\n",
        "\x1eINJ\x1d1\x1e",
        "*INJ*",
        "^INJ^",
        ":INJ:",
    ),
    *(
        "ISA",
        "IEA",
        "SE",
        "HL",
        "SY",
        "EJ",
        "MI",
        "XX",
        "FI",
        "24",
        "22",
        "23",
        "03",
        "IL",
        "D8",
        "RD8",
        "XX*1",
    ),
    *("900000000", "219099999", "078-05-1120", "1234567893", "<!--", "]]>", "&#0;", "\\u0000", "%00", "{}"),
)
BYTES = (
    b"",
    b"\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xed\xa0\x80",
    b"~",
    b"*",
    b"~~",
    b"\r\n",
    b"--",
    b'"',
    b"<",
    b">",
)


def file(segments: Segments, chance: random.Random) -> bytes:
    """An X12 file after some changes; most often its counts are made right again, so that it is read on."""
    changed = [list(segment) for segment in segments]
    for _ in range(chance.choice((0, 1, 1, 1, 2, 3, 6))):
        chance.choice(_CHANGES)(changed, chance)
    if chance.random() < 0.85:
        _count_anew(changed)
    content = _joined(changed, chance.choice(OTHERS) if chance.random() < 0.4 else USUAL)
    return content if chance.random() < 0.8 else bytes_of(content, chance)


def bytes_of(content: bytes, chance: random.Random, pieces: Sequence[bytes] = BYTES) -> bytes:
    """Bytes of which some were taken out, doubled, moved or put in between."""
    for _ in range(chance.choice((1, 1, 2, 4))):
        at, other = chance.randint(0, len(content)), chance.randint(0, len(content))
        length = chance.choice((0, 1, 1, 2, 8, 64))
        put = chance.choice(
            (chance.choice(pieces), content[other : other + length], chance.randbytes(length))
        )
        content = content[:at] + put * chance.choice((1, 1, 1, 40)) + content[at + length :]
    return content


def _replace(segments: Segments, chance: random.Random) -> None:
    segment = chance.choice(segments)
    place = chance.randrange(len(segment) + 1)
    segment[place : place + 1] = [chance.choice(STRANGE)]


def _double(segments: Segments, chance: random.Random) -> None:
    at = chance.randrange(len(segments))
    piece = segments[at : at + chance.choice((1, 1, 4, 9))]
    segments[at:at] = [list(segment) for segment in piece] * chance.choice((1, 1, 2, 30))


def _drop(segments: Segments, chance: random.Random) -> None:
    if len(segments) > 2:
        at = chance.randrange(1, len(segments))
        del segments[at : at + chance.choice((1, 1, 3))]


def _move(segments: Segments, chance: random.Random) -> None:
    at = chance.randrange(len(segments))
    segments.insert(chance.randrange(len(segments)), segments.pop(at))


def _take_from_another(segments: Segments, chance: random.Random) -> None:
    chance.choice(segments)[1:] = chance.choice(segments)[1:]


_CHANGES: tuple[Callable[[Segments, random.Random], None], ...] = (
    *(_replace,) * 6,
    *(_double, _drop, _move, _take_from_another),
)


def _count_anew(segments: Segments) -> None:
    """SE01 and the HLs, as far as they stand where they are expected."""
    begun, level = 0, 0
    for at, segment in enumerate(segments):
        if segment[0] == "ST":
            begun, level = at, 0
        elif segment[0] == "SE" and len(segment) > 1:
            segment[1] = str(at - begun + 1)
        elif segment[0] == "HL" and len(segment) > 1:
            level += 1
            segment[1] = str(level)


def _joined(segments: Segments, delimiters: tuple[str, str, str, str]) -> bytes:
    element, repetition, component, terminator = delimiters
    texts = []
    for segment in segments:
        text = element.join(segment)
        if segment[0] == "ISA" and len(segment) == 17:
            text = element.join([*segment[:11], repetition, *segment[12:16], component])
        elif delimiters != USUAL and len(text) % 3:  # else the usual ones stay, as part of values
            text = text.replace("^", repetition).replace(":", component)
        texts.append(text)
    return (terminator.join(texts) + terminator).encode()
