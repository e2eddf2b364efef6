"""The shape of the demo's documents, as `folder` writes them."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Version:
    """One wording, from its first day on. Empty `lines`, `regions` or `office_types`: for every one.

    `publish_on`: the day it is published, in office hours; None: since it is in force.
    """

    title: str
    summary: str
    body: str
    first_on: date
    last_on: date | None = None
    lines: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    office_types: tuple[str, ...] = ()
    public: bool = False
    must_read_by: date | None = None
    publish_on: date | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A document through its versions, the earliest first; `material_number` is empty where it has none."""

    key: str
    kind: str
    topics: tuple[str, ...]
    versions: tuple[Version, ...]
    material_number: str = ""
    part_of: str = ""
    position: int = 0
