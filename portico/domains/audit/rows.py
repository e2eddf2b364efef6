"""Stored entries with their subjects, and the exact bytes that marks and links are computed over."""

from collections.abc import Iterable, Sequence

from portico.domains.audit import rules
from portico.domains.audit.models import Entry, Subject


def exact_bytes(entry: Entry, subjects: Sequence[tuple[str, str]]) -> bytes:
    """The exact bytes of an entry and its (kind, identifier) subjects, in the order they were written."""
    values = (
        *(entry.reference, entry.door, entry.actor_kind, entry.actor_name),
        *(entry.user_id, entry.persona_id, entry.machine_id, entry.office_id),
        *(entry.function, entry.tax_id, entry.line, entry.region, entry.provider),
        *(entry.outcome, entry.conclusion, entry.detail, entry.key_id),
    )
    return rules.row_bytes(at=entry.at, values=values, reasons=entry.reasons, subjects=subjects)


def subjects_of(entry_ids: Iterable[int]) -> dict[int, list[tuple[str, str]]]:
    """The (kind, identifier) subjects of each entry, in the order they were written; one query."""
    found: dict[int, list[tuple[str, str]]] = {}
    wanted = Subject.objects.filter(entry_id__in=list(entry_ids)).order_by("id")
    for entry_id, kind, identifier in wanted.values_list("entry_id", "kind", "identifier"):
        found.setdefault(entry_id, []).append((kind, identifier))
    return found


def stored(entry_ids: Sequence[int]) -> dict[int, tuple[Entry, bytes]]:
    """The entries that exist among `entry_ids`, each with its exact bytes; two queries."""
    entries = Entry.objects.in_bulk(entry_ids)
    about = subjects_of(entries)
    return {number: (entry, exact_bytes(entry, about.get(number, ()))) for number, entry in entries.items()}
