"""What `var/demo.json` says of the library: some documents of each sort, where they are, who reads them."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from portico.demo import lines
from portico.demo.library import documents

CURRENT: Final = ("update-sleep-studies", "letter-claims-box", "authorization-form", "update-medi-cal-filing")
SUPERSEDED: Final = ("dispute-form", "update-hospital-observation")
OVER: Final = ("update-naloxone",)
SCHEDULED: Final = ("update-next-year-employer-hmo", "update-next-year-medi-cal")
IN_ANOTHER_LINE: Final = ("update-epo-travel",)
"""In a line the front desk was not given."""


def records(today: date) -> list[dict[str, object]]:
    """Documents with their material number, title, lines (codes) and path; `state` says which sort it is.

    `current`; `superseded`: the path leads to the version that another took the place of; `over`: in force no
    more; `scheduled`: nobody reads it yet; `other_line`: of a line the front desk was not given.
    """
    return [
        *_records(CURRENT, "current", today),
        *_records(SUPERSEDED, "superseded", today),
        *_records(OVER, "over", today),
        *_records(SCHEDULED, "scheduled", today),
        *_records(IN_ANOTHER_LINE, "other_line", today),
    ]


def _records(keys: tuple[str, ...], state: str, today: date) -> Iterator[dict[str, object]]:
    made = {each.key: each for each in documents.everything(today)}
    for key in keys:
        document = made[key]
        version = document.versions[0]
        within = "versions/1/" if state == "superseded" else ""
        yield {
            "material_number": document.material_number,
            "title": version.title,
            "lines": list(version.lines or lines.CODES),
            "url": f"/library/{key}/{within}",
            "state": state,
        }
