"""Excel workbooks, read in a process of their own that may use so much memory and time, and no more.

A workbook is an archive: five megabytes may unfold to gigabytes, or claim a table with seventeen thousand
million cells. Whatever goes wrong with one goes wrong in `workbook_reader`, which is then ended.
"""

import json
import subprocess
import sys
from pathlib import Path

from portico.domains.members.batches import CannotRead
from portico.edges.web.batches.tables import Line, Lines

SECONDS = 10
_READER = Path(__file__).with_name("workbook_reader.py")


def lines(content: bytes, *, most: int) -> Lines:
    """The rows of the first sheet that has any, `most` of them at most; days are YYYY-MM-DD.

    Raises CannotRead.
    """
    for number, cells in json.loads(_read(content, most)):
        yield Line(number, tuple(cells))


def _read(content: bytes, most: int) -> bytes:
    command = [sys.executable, "-I", str(_READER), str(most)]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=SECONDS, check=True)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        words = "The workbook cannot be read. Open it in Excel, save it as .xlsx again, or save it as CSV."
        raise CannotRead("workbook", words) from None
    return done.stdout
