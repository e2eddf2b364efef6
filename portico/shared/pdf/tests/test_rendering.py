"""A template and its data become the same bytes each time, and no data can become markup."""

import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
import typst
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portico.shared.pdf import fonts, press, rendering
from portico.shared.pdf.tests import reading

MADE_AT = datetime(2027, 3, 12, 21, 5, tzinfo=UTC)
SOURCE = """
#let input = json(bytes(sys.inputs.document))
#set document(title: input.title)
#set text(font: "Public Sans", lang: input.language, hyphenate: false)
#for name in input.data.names { par(name) }
"""
# An accent where typst 0.15 loses track of which letter it sits on.
ARABIC_THAT_CANNOT_BE_TAGGED = "\u0627\u066a\u065f\u0628"
PEOPLE = {
    "Spanish": "Núñez Ibáñez",
    "Polish": "Łukasz Wąsowski-Żółć",
    "Vietnamese": "Nguyễn Thị Phượng",
    "Turkish": "Işık Güneş",
    "Icelandic": "Þórður Æsir",
    "Hawaiian": "Kahanuʻi ʻŌpūnui",
    "Armenian": "Արամ Սարգսյան",
    "Russian": "Наталья Щукина",
    "Greek": "Γιώργος",
}


class PanicException(BaseException):
    """Named as the one the compiler raises, which no package exports."""


class Panicking:
    """A compiler that gives up."""

    def compile(self, **_: object) -> bytes:
        """Panics."""
        raise PanicException


@pytest.fixture
def template(tmp_path: Path) -> rendering.Template:
    """A page of names."""
    path = tmp_path / "names.typ"
    path.write_text(SOURCE)
    return rendering.Template(path)


def render(template: rendering.Template, *names: str, language: str = "en") -> bytes:
    """Answers the page of these names."""
    data = {"names": names}
    return rendering.render_pdf(template, data, title="Names", made_at=MADE_AT, language=language)


def picture(template: rendering.Template, *, page: int = 1, ppi: int = 100) -> bytes:
    """Answers one page of one name as a picture."""
    data = {"names": ["Adaeze Okafor"]}
    return rendering.render_png(template, data, title="Names", made_at=MADE_AT, page=page, ppi=ppi)


def test_a_document_promises_and_holds_pdf_ua(template: rendering.Template) -> None:
    pdf = render(template, "Adaeze Okafor", language="es")
    told = reading.promises(pdf)
    assert (told.marked, told.shows_title, told.part) == (True, True, "1")
    assert (told.title, told.language) == ("Names", "es")
    assert reading.failures(pdf) == []


def test_the_same_data_gives_the_same_bytes(template: rendering.Template) -> None:
    first = render(template, "Adaeze Okafor")
    render(template, "Somebody Else")
    assert render(template, "Adaeze Okafor") == first


def test_a_new_compiler_gives_the_same_bytes(template: rendering.Template) -> None:
    inputs = {"document": '{"title": "Names", "language": "en", "data": {"names": ["Adaeze"]}}'}
    made = [press.Press().pdf(template.path, inputs, standard="ua-1", timestamp=0) for _ in range(2)]
    assert made[0] == made[1]


def test_the_only_date_is_the_one_given(template: rendering.Template) -> None:
    assert b"D:20270312210500Z" in render(template, "Adaeze Okafor")


@pytest.mark.parametrize(
    "name",
    [
        "#panic()",
        "*bold* _slanted_ `raw`",
        "$x^2$ = 4",
        "back\\slash \\u{41} \\#",
        "\"quoted\" and 'single'",
        "<label> @reference // comment",
        "[a] {b} (c) = head - item + item / term",
        "https://example.org/#x",
        "-- --- ... ~",
        '#import "names.typ": *',
    ],
)
def test_markup_in_data_prints_as_it_stands(template: rendering.Template, name: str) -> None:
    assert reading.text(render(template, name)) == name


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60))
def test_any_text_renders_as_pdf_ua(template: rendering.Template, name: str) -> None:
    assert reading.failures(render(template, name)) == []


@pytest.mark.parametrize("name", PEOPLE.values(), ids=PEOPLE.keys())
def test_names_of_many_tongues_keep_every_letter(template: rendering.Template, name: str) -> None:
    assert reading.text(render(template, name)) == name


def test_a_letter_no_font_has_becomes_a_replacement_character(template: rendering.Template) -> None:
    assert reading.text(render(template, "Li 王小明")) == "Li ���"


def test_more_new_letters_than_may_be_asked_about_are_replaced(
    template: rendering.Template, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(press, "MOST_QUESTIONS", 2)
    fresh = press.Press()
    assert fresh.undrawable("áéí") == {"í"}
    assert fresh.undrawable("áéí") == frozenset()


def test_letters_whose_joining_defeats_the_compiler_are_replaced(template: rendering.Template) -> None:
    pdf = render(template, f"Adaeze {ARABIC_THAT_CANNOT_BE_TAGGED}")
    assert reading.failures(pdf) == []
    assert reading.text(pdf) == "Adaeze ���"


def test_a_panic_in_the_compiler_is_a_failure_and_the_next_page_prints(
    template: rendering.Template, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = press.Press()
    inputs = {"document": '{"title": "Names", "language": "en", "data": {"names": ["Adaeze"]}}'}
    monkeypatch.setattr(fresh, "_compiler", Panicking())
    with pytest.raises(press.Failed, match="gave up"):
        fresh.pdf(template.path, inputs, standard="ua-1", timestamp=0)
    assert reading.text(fresh.pdf(template.path, inputs, standard="ua-1", timestamp=0)) == "Adaeze"


def test_threads_take_turns_and_get_their_own_document(template: rendering.Template) -> None:
    alone = [render(template, f"Member {number}") for number in range(8)]
    together: dict[int, bytes] = {}

    def work(number: int) -> None:
        together[number] = render(template, f"Member {number}")

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [together[number] for number in range(8)] == alone


def test_a_failure_names_the_template_and_never_the_data(template: rendering.Template) -> None:
    template.path.write_text(SOURCE + "#panic(input.data.names.first())")
    with pytest.raises(rendering.RenderFailed) as caught:
        render(template, "Canary Person")
    assert "names.typ:6" in str(caught.value)
    assert "Canary" not in f"{caught.value!r} {caught.value.__cause__!r}"
    assert caught.value.__suppress_context__


def test_a_missing_template_is_a_clear_failure(tmp_path: Path) -> None:
    with pytest.raises(rendering.RenderFailed, match=r"absent\.typ: it did not compile"):
        render(rendering.Template(tmp_path / "absent.typ"), "Adaeze")


def test_a_template_reads_nothing_outside_its_folder(template: rendering.Template) -> None:
    (template.path.parent.parent / "secret.txt").write_text("secret")
    template.path.write_text(SOURCE + '#read("../secret.txt")')
    with pytest.raises(rendering.RenderFailed):
        render(template, "Adaeze")


def test_data_beyond_the_limit_is_refused(template: rendering.Template) -> None:
    with pytest.raises(rendering.RenderFailed, match="larger than"):
        render(template, "x" * rendering.MOST_BYTES)


def test_a_process_forked_after_rendering_fails_instead_of_hanging(
    template: rendering.Template, monkeypatch: pytest.MonkeyPatch
) -> None:
    render(template, "Adaeze")
    monkeypatch.setattr("portico.shared.pdf.press.os.getpid", lambda: -1)
    with pytest.raises(rendering.RenderFailed, match="forked"):
        render(template, "Adaeze")


def test_a_date_without_a_time_zone_is_refused(template: rendering.Template) -> None:
    with pytest.raises(ValueError, match="time zone"):
        rendering.render_pdf(template, {"names": []}, title="Names", made_at=MADE_AT.replace(tzinfo=None))


@pytest.mark.parametrize("language", ["", "EN", "en-US", "english"])
def test_a_language_is_two_or_three_letters(template: rendering.Template, language: str) -> None:
    with pytest.raises(ValueError, match="language"):
        render(template, "Adaeze", language=language)


def test_a_picture_is_one_page_at_the_size_asked_for(template: rendering.Template) -> None:
    template.path.write_text("#set page(width: 2in, height: 1in)\n" + SOURCE + "#pagebreak()\nsecond")
    pictures = [picture(template, page=page) for page in (1, 2)]
    assert [_size(png) for png in pictures] == [(200, 100), (200, 100)]
    assert pictures[0] != pictures[1]
    assert picture(template, page=1) == pictures[0]


def test_a_page_that_is_not_there_is_a_clear_failure(template: rendering.Template) -> None:
    with pytest.raises(rendering.RenderFailed, match="has 1 pages; page 2"):
        picture(template, page=2)


@pytest.mark.parametrize("ppi", [71, 601])
def test_a_picture_is_neither_coarse_nor_huge(template: rendering.Template, ppi: int) -> None:
    with pytest.raises(ValueError, match="ppi"):
        picture(template, ppi=ppi)


def test_an_installations_fonts_come_beside_ours(tmp_path: Path) -> None:
    families = set(fonts.load([tmp_path]).families())
    assert families >= {"Public Sans", "Libertinus Serif", "DejaVu Sans Mono"}


def test_font_folders_are_read_at_the_next_page(
    template: rendering.Template, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path] = []
    load = fonts.load

    def listen(folders: tuple[Path, ...]) -> typst.Fonts:
        asked.extend(folders)
        return load(folders)

    monkeypatch.setattr(fonts, "load", listen)
    monkeypatch.setattr(rendering, "_font_folders", [])
    rendering.use_font_folders([tmp_path])
    assert asked == []
    render(template, "Adaeze")
    assert asked == [tmp_path]


def test_a_font_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no such font folder"):
        rendering.use_font_folders([tmp_path / "absent"])


def _size(png: bytes) -> tuple[int, int]:
    return int.from_bytes(png[16:20]), int.from_bytes(png[20:24])
