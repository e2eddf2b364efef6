"""providers.csv: one record for each provider and tax ID (docs/reference/feeds.md)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from portico.domains.directory import refreshing, rules
from portico.domains.jobs.leases import Leased
from portico.domains.jobs.loading import Settle
from portico.domains.offices import provider_file
from portico.domains.offices.provider_file import SentAffiliation, SentPlace, SentProvider
from portico.domains.permits.actors import Actor
from portico.edges.loaders import handling
from portico.edges.loaders.bad_rows import BadRow, ReadReason
from portico.edges.loaders.cells import Cells
from portico.edges.loaders.extracts import Extract

_KINDS = {"1": False, "2": True}
OPTIONAL: Final = ("telehealth", "accessibility")


def load(
    *,
    actor: Actor,
    leased: Leased,
    rows: Sequence[Any],
    as_of: datetime,
    settle: Settle,
    is_last: bool = False,
) -> None:
    """A chunk of the provider file; with the last the directory is queued to be made anew from it."""
    then = refreshing.and_refresh(settle) if is_last else settle
    provider_file.load(actor=actor, leased=leased, rows=rows, as_of=as_of, settle=then, is_last=is_last)


class Layout:
    """The provider file."""

    columns = (
        "npi entity_type last_name first_name middle_name suffix credential organization_name taxonomy_code "
        "specialty licence_number licence_state tax_id tax_id_name group_code group_name affiliated_from "
        "affiliated_to lines participates_from participates_to address city state postal_code telephone fax "
        "email languages accepts_new_patients"
    ).split()
    load = staticmethod(load)

    def read(self, cells: Cells) -> SentAffiliation:
        """One affiliation. Raises BadRow."""
        affiliated = cells.period("affiliated_from", "affiliated_to")
        takes_part = not cells.is_empty("participates_from")
        return SentAffiliation(
            place=cells.line,
            provider=_provider(cells),
            tax_id=cells.tax_id("tax_id"),
            tax_id_name=cells.required("tax_id_name", 160),
            affiliated=affiliated,
            group_code=cells.text("group_code", 20),
            group_name=_group_name(cells),
            lines=cells.words("lines", 40),
            participates=cells.period("participates_from", "participates_to") if takes_part else None,
            at=_place(cells),
        )


class Handler(Extract[SentAffiliation]):
    """Loads a provider file."""

    def __init__(self, watch: handling.Watch = handling.unwatched) -> None:
        super().__init__(Layout(), watch, OPTIONAL)


def _provider(cells: Cells) -> SentProvider:
    is_organization = _KINDS[cells.choice("entity_type", _KINDS)]
    return SentProvider(
        npi=cells.npi("npi"),
        is_organization=is_organization,
        last_name=cells.required("organization_name" if is_organization else "last_name", 160),
        first_name=cells.text("first_name", 60),
        middle_name=cells.text("middle_name", 60),
        suffix=cells.text("suffix", 20),
        credential=cells.text("credential", 40),
        taxonomy_code=cells.text("taxonomy_code", 10),
        specialty=cells.text("specialty", 120),
        licence_number=cells.text("licence_number", 40),
        licence_state=cells.text("licence_state", 2),
        languages=cells.words("languages", 40),
    )


def _group_name(cells: Cells) -> str:
    if not cells.is_empty("group_code"):
        return cells.required("group_name", 160)
    if not cells.is_empty("group_name"):
        raise BadRow(ReadReason.VALUE_MISSING, cells.line, "group_code")
    return ""


def _place(cells: Cells) -> SentPlace:
    return SentPlace(
        address=cells.text("address", 160),
        city=cells.text("city", 80),
        state=cells.text("state", 2),
        postal_code=cells.text("postal_code", 10),
        telephone=cells.text("telephone", 20),
        fax=cells.text("fax", 20),
        email=cells.text("email", 254),
        accepts_new_patients=cells.yes("accepts_new_patients"),
        telehealth=cells.yes("telehealth"),
        accessibility=cells.codes("accessibility", rules.ACCESSIBILITY),
    )
