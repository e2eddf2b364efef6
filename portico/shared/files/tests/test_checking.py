"""Files people hand in: what is taken, what is left out of it, what is refused, and at what cost."""

import contextlib
import io
import time
import zlib
from collections.abc import Callable

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from portico.shared.files import checking
from portico.shared.files.faults import BadFile, Fault

PAGE = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30), **more: object) -> bytes:
    """A small picture as a program makes it."""
    held = io.BytesIO()
    Image.new("RGB", size, (20, 90, 140)).save(held, kind, **more)
    return held.getvalue()


def chunk(kind: bytes, body: bytes) -> bytes:
    """A PNG chunk with its checksum."""
    return len(body).to_bytes(4) + kind + body + zlib.crc32(kind + body).to_bytes(4)


def document(*, packed: bool = True, **root: pikepdf.Object) -> bytes:
    """A PDF as a program makes it, its objects packed or not; `root` goes into its catalogue."""
    held = io.BytesIO()
    made = pikepdf.new()
    made.add_blank_page(page_size=(300, 300))
    for name, value in root.items():
        made.Root[f"/{name}"] = made.make_indirect(value)
    mode = pikepdf.ObjectStreamMode.generate if packed else pikepdf.ObjectStreamMode.disable
    made.save(held, object_stream_mode=mode)
    return held.getvalue()


def script() -> pikepdf.Dictionary:
    """An action that runs a script."""
    return pikepdf.Dictionary(S=pikepdf.Name("/JavaScript"), JS="app.alert(1)")


def refused(content: bytes) -> Fault:
    """Why the file is not taken."""
    with pytest.raises(BadFile) as caught:
        checking.check(content)
    return caught.value.fault


@pytest.mark.parametrize(
    ("content", "content_type", "ending"),
    [
        (picture("PNG"), "image/png", "png"),
        (picture("JPEG"), "image/jpeg", "jpg"),
        (picture("JPEG", progressive=True), "image/jpeg", "jpg"),
        (document(packed=False), "application/pdf", "pdf"),
        (document(packed=True), "application/pdf", "pdf"),
        (PAGE, "application/pdf", "pdf"),
    ],
    ids=["png", "jpeg", "progressive jpeg", "pdf", "pdf with packed objects", "small pdf"],
)
def test_what_it_is_stands_in_its_content(content: bytes, content_type: str, ending: str) -> None:
    found = checking.check(content)
    assert (found.content_type, found.ending) == (content_type, ending)


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_the_picture_itself_stays_as_it_was(kind: str) -> None:
    content = picture(kind)
    kept = Image.open(io.BytesIO(checking.check(content).content))
    assert kept.tobytes() == Image.open(io.BytesIO(content)).tobytes()


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_second_file_behind_a_picture_is_left_out(kind: str) -> None:
    content = picture(kind)
    polyglot = content + b"PK\x03\x04<script>alert(1)</script>"
    assert checking.check(polyglot).content == checking.check(content).content


def test_what_a_camera_wrote_is_left_out() -> None:
    told = Image.Exif()
    told[0x010E] = "<script>at home</script>"
    kept = checking.check(picture("JPEG", exif=told, comment=b"<html>")).content
    assert b"at home" not in kept
    assert b"<html>" not in kept


def test_texts_and_profiles_of_a_png_are_left_out() -> None:
    whole = picture("PNG")
    at = whole.index(b"IDAT") - 4
    spoken = whole[:at] + chunk(b"zTXt", b"x" * 90) + chunk(b"iCCP", b"<html>") + whole[at:]
    assert checking.check(spoken).content == checking.check(whole).content


def test_what_follows_the_end_of_a_pdf_is_left_out() -> None:
    assert checking.check(PAGE + b"PK\x03\x04 and more").content == PAGE


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", Fault.EMPTY),
        (b"<!doctype html><script>alert(1)</script>", Fault.UNKNOWN),
        (b"<html>%PDF-1.4 %%EOF", Fault.UNKNOWN),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", Fault.UNKNOWN),
        (b"GIF89a" + PAGE, Fault.UNKNOWN),
        (b"PK\x03\x04", Fault.UNKNOWN),
        (b"\x7fELF", Fault.UNKNOWN),
        (b"\x89PNG\r\n\x1a\n", Fault.DAMAGED),
        (b"\xff\xd8\xff", Fault.DAMAGED),
        (b"\xff\xd8\xff\xe0", Fault.DAMAGED),
        (b"%PDF-1.4 and no end", Fault.DAMAGED),
        (picture("PNG")[:-20], Fault.DAMAGED),
        (picture("JPEG")[:-20], Fault.DAMAGED),
        (picture("PNG").replace(b"IDAT", b"IDAx"), Fault.DAMAGED),
        (document(OpenAction=script()), Fault.ACTIVE),
        (document(packed=False, OpenAction=script()), Fault.ACTIVE),
        (PAGE.replace(b"/Catalog", b"/Catalog /OpenAction << /S /J#61vaScript >>"), Fault.ACTIVE),
        (PAGE.replace(b"/Catalog", b"/Catalog /OpenAction << /S /Launch /F (x) >>"), Fault.ACTIVE),
        (PAGE.replace(b"/Catalog", b"/Catalog /Names << /EmbeddedFiles 9 0 R >>"), Fault.ACTIVE),
        (PAGE.replace(b"/Root", b"/Encrypt 8 0 R /Root"), Fault.LOCKED),
        (PAGE.replace(b"endobj", b"endobj 2 0 obj << /Type /ObjStm >> stream \n", 1), Fault.UNCHECKABLE),
    ],
    ids=[
        *("nothing", "html", "html with a pdf in it", "svg", "gif", "zip", "program"),
        *("png alone", "jpeg alone", "jpeg cut at once", "pdf without end", "png cut", "jpeg cut"),
        *("png altered", "script in packed objects", "script", "script in escapes", "program to start"),
        *("files within", "encrypted", "packed objects out of sight"),
    ],
)
def test_what_is_refused(content: bytes, fault: Fault) -> None:
    assert refused(content) is fault


def test_a_file_of_more_than_five_megabytes_is_refused_unread() -> None:
    assert refused(PAGE + b" " * checking.MOST_BYTES) is Fault.TOO_LARGE


def big_png(width: int, height: int) -> bytes:
    """The head of a picture of that size, whose few bytes would unpack to all of it."""
    head = width.to_bytes(4) + height.to_bytes(4) + b"\x08\x02\x00\x00\x00"
    data = zlib.compress(bytes(1_000_000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def big_jpeg(width: int, height: int) -> bytes:
    """A picture whose head says it is of that size."""
    whole = picture("JPEG")
    at = whole.index(b"\xff\xc0") + 5
    return whole[:at] + height.to_bytes(2) + width.to_bytes(2) + whole[at + 4 :]


@pytest.mark.parametrize("make", [big_png, big_jpeg], ids=["png", "jpeg"])
@pytest.mark.parametrize(
    ("width", "height", "fault"),
    [
        (16_000, 4_000, None),
        (16_001, 10, Fault.TOO_MANY_PIXELS),
        (8_001, 8_000, Fault.TOO_MANY_PIXELS),
        (0, 10, Fault.DAMAGED),
    ],
    ids=["the largest", "too wide", "too many pixels", "no width"],
)
def test_a_pictures_size_is_read_from_its_head(
    make: Callable[[int, int], bytes], width: int, height: int, fault: Fault | None
) -> None:
    content = make(width, height)
    if fault is None:
        assert checking.check(content).content
    else:
        assert refused(content) is fault


def object_stream(packed: bytes, said: bytes = b"/Filter /FlateDecode") -> bytes:
    """A PDF with one object stream, packed as said."""
    stream = b"2 0 obj\n<< /Type /ObjStm " + said + b" >>\nstream\n" + packed + b"\nendstream\nendobj\n"
    return PAGE.replace(b"trailer", stream + b"trailer")


def with_parts(kind: str, count: int) -> bytes:
    """A picture of so many segments or chunks."""
    whole = picture(kind)
    if kind == "PNG":
        at, has = whole.index(b"IDAT") - 4, 3
        return whole[:at] + chunk(b"tIME", b"") * (count - has) + whole[at:]
    has = 1
    for marker in (b"\xff\xe0", b"\xff\xdb", b"\xff\xc4"):
        has += whole[: whole.index(b"\xff\xda")].count(marker)
    return whole[:2] + b"\xff\xfe\x00\x02" * (count - has - 1) + whole[2:]


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_of_ten_thousand_parts_is_taken_and_of_one_more_is_not(kind: str) -> None:
    assert checking.check(with_parts(kind, 10_000)).content == checking.check(picture(kind)).content
    assert refused(with_parts(kind, 10_001)) is Fault.DAMAGED


@pytest.mark.parametrize(
    "content",
    [
        object_stream(zlib.compress(bytes(40_000_000))),
        object_stream(b"no zlib at all"),
        object_stream(zlib.compress(b"x" * 900)[:-9]),
        object_stream(zlib.compress(b"x"), b"/Filter [/ASCIIHexDecode /FlateDecode]"),
        object_stream(zlib.compress(b"x"), b"/Filter 9 0 R"),
        object_stream(zlib.compress(b"x"), b"/Filter /FlateDecode /DecodeParms << >>"),
        object_stream(zlib.compress(b"x"), b"(" + b"y" * 2000 + b") /Filter /FlateDecode"),
    ],
    ids=["a bomb", "not packed", "cut", "packed twice", "packed unsaid", "with parameters", "a long head"],
)
def test_objects_packed_in_another_way_than_the_usual_are_refused(content: bytes) -> None:
    assert refused(content) is Fault.UNCHECKABLE


@pytest.mark.parametrize("said", [b"/Filter/FlateDecode", b"/Filter [ /FlateDecode ]", b"/N 1"])
def test_a_script_among_packed_objects_is_found(said: bytes) -> None:
    hidden = b"<< /S /Java#53cript /JS (x) >>"
    packed = hidden if b"Filter" not in said else zlib.compress(hidden)
    assert refused(object_stream(packed, said)) is Fault.ACTIVE


@pytest.mark.parametrize(
    "content",
    [
        PAGE.replace(b"trailer", b"/ObjStm stream\n" * 200_000 + b"trailer"),
        PAGE.replace(
            b"trailer", b"obj /ObjStm /Filter /FlateDecode stream\n" * 100_000 + b"endstream trailer"
        ),
        PAGE.replace(b"trailer", b"obj" * 1_500_000 + b"trailer"),
        PAGE.replace(b"trailer", b"#" * 5_000_000 + b"trailer"),
        b"\xff\xd8\xff" + b"\xff" * 5_000_000,
        b"\x89PNG\r\n\x1a\n" + chunk(b"tEXt", b"") * 400_000,
    ],
    ids=["streams", "packed streams", "objects", "escapes", "fill bytes", "empty chunks"],
)
def test_no_file_keeps_us_busy(content: bytes) -> None:
    began = time.process_time()
    with contextlib.suppress(BadFile):
        checking.check(content)
    assert time.process_time() - began < 3


@given(st.sampled_from([picture("PNG"), picture("JPEG"), document()]), st.data())
def test_a_mangled_file_is_taken_or_refused_and_nothing_else(whole: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(whole) - 1))
    cut = data.draw(st.integers(0, 40))
    mangled = whole[:at] + data.draw(st.binary(max_size=40)) + whole[at + cut :]
    with contextlib.suppress(BadFile):
        found = checking.check(mangled)
        assert checking.check(found.content) == found
