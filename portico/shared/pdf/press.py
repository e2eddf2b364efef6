"""The warm typst compiler of this process: one, behind one lock, its fonts and templates already read.

Typst refuses two compilations at once on one compiler, and a second compiler gains little, because typst
spreads one document over the cores by itself; so callers queue for the few milliseconds a page takes. Its
threads do not follow into a forked process, where it would hang: a press refuses to work there.
"""

import json
import os
import re
import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import typst

from portico.shared.pdf import fonts

Standard = Literal["ua-1", "1.7", "a-2a", "a-3a"]

# Clusters asked about in one document; past these, an unknown one counts as one no font can draw.
MOST_QUESTIONS = 500
_MOST_REMEMBERED = 20_000

_PROBE = Path(__file__).with_name("probe.typ")


class Failed(Exception):
    """The compiler gave no document; `place` is where in a template, as `name.typ:3:1`, or empty.

    Only the place is kept of what the compiler says: the rest quotes the data.
    """

    def __init__(self, reason: str, *, place: str = "") -> None:
        """Takes a reason in our own words."""
        super().__init__(reason)
        self.place = place


class Press:
    """A warm compiler, its lock, and what it has learnt of what the fonts can draw."""

    def __init__(self, font_folders: Sequence[Path] = ()) -> None:
        """Reads the fonts: Public Sans, typst's own, and those in the folders."""
        self._lock = threading.Lock()
        self._process = os.getpid()
        self._fonts = fonts.load(font_folders)
        self._compiler = self._fresh()
        self._drawable: dict[str, bool] = {}

    def pdf(self, template: Path, inputs: Mapping[str, str], *, standard: Standard, timestamp: int) -> bytes:
        """Answers the document; `timestamp` (Unix seconds) is the only date in it. Raises `Failed`."""
        pages = self._compile(template, inputs, form="pdf", standard=standard, timestamp=timestamp)
        return b"".join(pages)

    def pngs(self, template: Path, inputs: Mapping[str, str], *, ppi: int, timestamp: int) -> list[bytes]:
        """Answers one picture a page, at `ppi` dots an inch. Raises `Failed`."""
        return self._compile(template, inputs, form="png", ppi=ppi, timestamp=timestamp)

    def undrawable(self, clusters: Collection[str]) -> frozenset[str]:
        """Answers those clusters (a letter and its marks) that no font at hand can draw; asks once."""
        if len(self._drawable) > _MOST_REMEMBERED:
            self._drawable = {}
        known = self._drawable
        self._learn(known, sorted(set(clusters) - known.keys())[:MOST_QUESTIONS])
        return frozenset(each for each in clusters if not known.get(each, False))

    def _learn(self, known: dict[str, bool], unknown: list[str]) -> None:
        """Asks about all at once, and by halves where one of them fails."""
        if not unknown:
            return
        drawable = self._draws(unknown)
        if drawable or len(unknown) == 1:
            known.update(dict.fromkeys(unknown, drawable))
            return
        middle = len(unknown) // 2
        self._learn(known, unknown[:middle])
        self._learn(known, unknown[middle:])

    def _draws(self, clusters: list[str]) -> bool:
        """PDF/UA forbids the empty box, so typst refuses exactly where one would appear."""
        try:
            self.pdf(_PROBE, {"document": json.dumps(clusters)}, standard="ua-1", timestamp=0)
        except Failed:
            return False
        return True

    def _compile(
        self,
        template: Path,
        inputs: Mapping[str, str],
        *,
        form: Literal["pdf", "png"],
        timestamp: int,
        standard: Standard | None = None,
        ppi: int | None = None,
    ) -> list[bytes]:
        if os.getpid() != self._process:
            raise Failed("this process was forked after its parent had rendered")
        with self._lock, self._told_briefly(template):
            made = self._compiler.compile(
                input=template,
                format=form,
                ppi=ppi,
                sys_inputs=dict(inputs),
                pdf_standards=standard,
                root=template.parent,
                timestamp=timestamp,
            )
        return made if isinstance(made, list) else [made or b""]

    @contextmanager
    def _told_briefly(self, template: Path) -> Iterator[None]:
        """Makes `Failed` of all the compiler raises; after a panic, the next page gets a new compiler."""
        try:
            yield
        except RuntimeError as error:
            raise Failed("it did not compile", place=_place(error, template)) from None
        except BaseException as error:
            if type(error).__name__ != "PanicException":
                raise
            self._compiler = self._fresh()
            raise Failed("the compiler gave up on it") from None

    def _fresh(self) -> typst.Compiler:
        return typst.Compiler(font_paths=self._fonts, ignore_system_fonts=True)


def _place(error: RuntimeError, template: Path) -> str:
    """The first place named that is a file beside the template, so that no data is taken for one."""
    found = re.search(r"([\w-]+\.typ):(\d+):(\d+)", str(getattr(error, "diagnostic", "")))
    return found[0] if found and template.with_name(found[1]).is_file() else ""
