"""Papers as offices scan them: one page of PDF with a few lines on it."""

from collections.abc import Iterator

_LEFT, _TOP, _APART = 72, 700, 28


def page(*lines: str) -> bytes:
    """A PDF of one page that says these lines; letters of ASCII without brackets and backslashes."""
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /Font << /F 5 0 R >> >> >>",
        _stream(_said(lines)),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    return b"".join(_written(parts))


def _said(lines: tuple[str, ...]) -> bytes:
    text = [f"BT /F 16 Tf {_LEFT} {_TOP} Td {_APART} TL", *(f"({line}) Tj T*" for line in lines), "ET"]
    return "\n".join(text).encode("ascii")


def _stream(content: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)


def _written(parts: list[bytes]) -> Iterator[bytes]:
    """The file: its objects, and the table of where each of them begins."""
    begun = b"%PDF-1.4\n"
    yield begun
    place, places = len(begun), []
    for number, part in enumerate(parts, 1):
        written = b"%d 0 obj\n%s\nendobj\n" % (number, part)
        places.append(place)
        place += len(written)
        yield written
    rows = b"".join(b"%010d 00000 n \n" % each for each in places)
    yield b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(parts) + 1, rows)
    yield b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, place)
