"""Which fonts a page may use: Public Sans from its package, typst's own, and folders an installation adds.

The system's fonts are never looked at, so the same data prints the same bytes on every machine.
"""

from collections.abc import Sequence
from importlib import resources
from pathlib import Path

import typst

FAMILY = "Public Sans"


def folder_of_public_sans() -> Path:
    """Answers where the package `fontpkg-public-sans` keeps its files (SIL Open Font License 1.1)."""
    return Path(str(resources.files("fontpkg_public_sans"))) / "files"


def require(folders: Sequence[Path]) -> None:
    """Raises `FileNotFoundError` for a folder that is not there: a misspelt setting must not go unseen."""
    for folder in folders:
        if not folder.is_dir():
            raise FileNotFoundError(f"no such font folder: {folder}")


def load(extra_folders: Sequence[Path] = ()) -> typst.Fonts:
    """Answers the fonts, ours first; `extra_folders` hold what a plan adds, such as Noto for Chinese."""
    folders = [folder_of_public_sans(), *extra_folders]
    return typst.Fonts(include_system_fonts=False, font_paths=[str(folder) for folder in folders])
