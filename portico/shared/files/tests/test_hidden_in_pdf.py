"""PDFs that hide what acts in them: each way we know of, against what a viewer would make of it."""

import io
import zlib

import pikepdf
import pytest

from portico.shared.files import checking, pdf_dictionaries
from portico.shared.files.faults import BadFile, Fault

PAGE = b"%PDF-1.5\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
SCRIPT = b"3 0 << /S /JavaScript /JS (x) >>"
PACKED = zlib.compress(SCRIPT)
HEAD = b"2 0 obj\n"


def holding(said: bytes, packed: bytes = PACKED, *, head: bytes = HEAD, word: bytes = b"stream\n") -> bytes:
    """A PDF with one stream more, whose dictionary says this."""
    stream = head + b"<< " + said + b" >>\n" + word + packed + b"\nendstream\nendobj\n"
    return PAGE.replace(b"trailer", stream + b"trailer")


def fault(content: bytes) -> Fault | None:
    """Why the file is not taken; None: it is."""
    try:
        checking.check(content)
    except BadFile as error:
        return error.fault
    return None


USUAL = b"/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode"
BARE = b"/N 1 /First 4 /Filter /FlateDecode"
ACTIVE, LOCKED, UNSURE = Fault.ACTIVE, Fault.LOCKED, Fault.UNCHECKABLE
HIDDEN: dict[str, tuple[bytes, Fault]] = {
    "packed as usual": (holding(USUAL), ACTIVE),
    "its type left out": (holding(BARE), UNSURE),
    "another type": (holding(BARE + b" /Type /XObject"), UNSURE),
    "its type somewhere else": (holding(BARE + b" /Type 9 0 R"), UNSURE),
    "its type in escapes": (holding(USUAL.replace(b"ObjStm", b"Obj#53t#6d")), ACTIVE),
    "the key in escapes": (holding(BARE.replace(b"First", b"#46irs#74")), UNSURE),
    "the first object's place somewhere else": (holding(BARE.replace(b"4", b"9 0 R")), UNSURE),
    "the word obj in a string": (holding(BARE + b" /A (obj)"), UNSURE),
    "an object in a string": (holding(BARE + b" /A (\n8 0 obj <<)"), UNSURE),
    "a whole object in a string": (holding(BARE + b" /A (\n8 0 obj << /N 1 >>\n)"), UNSURE),
    "a string closed in a comment": (holding(BARE + b" /A (\n8 0 obj << %)\n /N 1"), UNSURE),
    "a string closed by an escape": (holding(BARE + b" /A (\n8 0 obj << /B \\()"), UNSURE),
    "a string closed in a name": (holding(BARE + b" /A (\n8 0 obj << /B\\()"), UNSURE),
    "an object in a comment": (holding(BARE + b" % 8 0 obj <<\n"), UNSURE),
    "an object in a comment, after another": (holding(BARE + b" % endobj 8 0 obj <<\n"), UNSURE),
    "a comment in the dictionary": (holding(b"/Type %\n/ObjStm /First 4"), UNSURE),
    "a comment before the stream": (holding(BARE, word=b"% and\nstream\n"), UNSURE),
    "two comments before the stream": (holding(BARE, word=b"% a\n% b >\nstream\n"), UNSURE),
    "a name in hexadecimal": (holding(b"/A <2f4f626a53746d> " + BARE), UNSURE),
    "a key twice": (holding(USUAL + b" /Filter /ASCIIHexDecode"), UNSURE),
    "the filter's short name": (holding(b"/Type /ObjStm /First 4 /F /FlateDecode"), UNSURE),
    "a filter by its short name": (holding(b"/Type /ObjStm /First 4 /Filter /Fl"), UNSURE),
    "a filter somewhere else": (holding(b"/Type /ObjStm /First 4 /Filter 9 0 R"), UNSURE),
    "parameters of a filter": (holding(USUAL + b" /DecodeParms << /Predictor 12 >>"), UNSURE),
    "its bytes in another file": (holding(USUAL + b" /FFilter /FlateDecode"), UNSURE),
    "a dictionary too long to find": (holding(BARE + b" /A (" + b"y" * 17_000 + b")"), UNSURE),
    "a stream in the middle of a line": (holding(BARE, head=b"endobj x 2 0 obj "), UNSURE),
    "a stream without a number": (holding(BARE, head=b""), UNSURE),
    "the stream's line ended by a return alone": (holding(USUAL, word=b"stream\r"), UNSURE),
    "a blank behind the word": (holding(USUAL, word=b"stream \n"), UNSURE),
    "a comment behind the word": (holding(USUAL, word=b"stream%\n"), UNSURE),
    "behind a stream that does not end": (
        holding(BARE).replace(HEAD, b"7 0 obj\n<< /Length 0 >>\nstream\n\nendobj\n" + HEAD),
        UNSURE,
    ),
    "an end within": (holding(USUAL, PACKED[:9] + b"endstream" + PACKED[9:]), UNSURE),
    "in a later version": (PAGE + holding(BARE)[len(b"%PDF-1.5\n") :], UNSURE),
    "in an earlier version": (holding(BARE) + PAGE[len(b"%PDF-1.5\n") :], UNSURE),
    "a script of a later version": (PAGE + b"4 0 obj\n" + SCRIPT + b"\nendobj\n%%EOF\n", ACTIVE),
    "a script in escapes": (PAGE.replace(b"/Catalog", b"/Catalog /A << /S /#4a#61vaScript >>"), ACTIVE),
    "a file held by a note": (PAGE.replace(b"/Catalog", b"/Catalog /Subtype /FileAttachment"), ACTIVE),
    "a model": (PAGE.replace(b"/Catalog", b"/Catalog /3DD 4 0 R"), ACTIVE),
    "locked, in escapes": (PAGE.replace(b"/Root", b"/Encr#79pt 8 0 R /Root"), LOCKED),
    "locked, in a later version": (PAGE + b"trailer << /Encrypt 8 0 R >>\n%%EOF\n", LOCKED),
}


@pytest.mark.parametrize(("content", "found"), HIDDEN.values(), ids=list(HIDDEN))
def test_what_is_hidden_is_found_or_the_file_is_refused(content: bytes, found: Fault) -> None:
    assert fault(content) is found


TAKEN: dict[str, bytes] = {
    "a stream of a page": holding(b"/Length 9", b"BT ET"),
    "packed objects that do nothing": holding(USUAL, zlib.compress(b"3 0 << /A 1 >>")),
    "packed objects, plain": holding(b"/Type/ObjStm/N 1/First 4", b"3 0 << /A 1 >>"),
    "packed objects, after the end of another": holding(
        USUAL, zlib.compress(b"3 0 << /A 1 >>"), head=b"endobj 2 0 obj"
    ),
    "a table of contents": PAGE.replace(b"trailer", b"4 0 obj\n<< /First 5 0 R >>\nendobj\ntrailer"),
    "a table of contents before a stream": holding(
        b"/Length 9", b"BT ET", head=b"4 0 obj\n<< /First 5 0 R >>\nendobj\n2 0 obj\n"
    ),
    "a picture with its colours in a string": holding(
        rb"/Type /XObject /ColorSpace [/Indexed /DeviceRGB 1 (\)\\ob<<%%j)] /Width 1", b"x"
    ),
    "the word stream in a text": holding(b"/Length 9", b"(a stream of air) Tj\nstream\n"),
    "a nested dictionary": holding(b"/Resources << /Font << /First 1 0 R >> >> /Kids [1 0 R 2 0 R]", b"x"),
}


@pytest.mark.parametrize("content", TAKEN.values(), ids=list(TAKEN))
def test_what_programs_write_is_taken(content: bytes) -> None:
    assert fault(content) is None


@pytest.mark.parametrize("user", ["", "open"])
def test_a_locked_file_is_refused_even_where_it_opens_without_a_password(user: str) -> None:
    held = io.BytesIO()
    made = pikepdf.new()
    made.add_blank_page()
    made.save(held, encryption=pikepdf.Encryption(owner="owner", user=user))
    assert fault(held.getvalue()) is Fault.LOCKED


def test_files_of_a_viewer_are_refused_where_their_catalogue_is_packed() -> None:
    made, held = pikepdf.new(), io.BytesIO()
    made.add_blank_page()
    made.attachments["a.txt"] = b"within"
    made.save(held, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert fault(held.getvalue()) is Fault.ACTIVE


def test_a_dictionary_is_read_as_it_was_written() -> None:
    text = b"2 0 obj << /A 9 0 R /B#20C [1 (x(y)\\)) << /D /E >>] /F <0a> /G /H >>\nstream\n"
    assert pdf_dictionaries.before(text, text.index(b"stream")) == {
        b"/A": (b"9", b"0", b"R"),
        b"/B C": (b"[", b"1", b"(", b"<<", b"/D", b"/E", b">>", b"]"),
        b"/F": (b"<0a>",),
        b"/G": (b"/H",),
    }
