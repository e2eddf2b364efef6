"""benefit_plans.csv: one record for each plan version, service and network (docs/reference/feeds.md)."""

from datetime import date
from decimal import Decimal

from portico.domains.members import benefit_catalogue
from portico.domains.members.benefit_catalogue import SentAmounts, SentBenefit, SentService
from portico.edges.loaders import handling
from portico.edges.loaders.cells import Cells
from portico.edges.loaders.extracts import Extract

_NETWORKS = frozenset({"in", "out"})
_YES_NO = frozenset({"yes", "no"})
_UNITS = frozenset({"visits", "days", "dollars", "items"})
_PERIODS = frozenset({"year", "lifetime", "admission"})
_AUTHORIZATIONS = frozenset({"no", "yes", "after_limit", "notify"})
_HUNDRED = Decimal(100)


class Layout:
    """The benefit catalogue; services keep the order in which the file first names them in a version."""

    columns = (
        "plan_code line plan_name product year_from year_to service_type service_name network covered copay "
        "coinsurance deductible_applies limit_quantity limit_unit limit_period authorization note "
        "individual_deductible family_deductible individual_oop family_oop"
    ).split()
    load = staticmethod(benefit_catalogue.load)

    def __init__(self) -> None:
        self._order: dict[tuple[str, date], dict[str, int]] = {}

    def read(self, cells: Cells) -> SentBenefit:
        """One record: plan-wide amounts where it names no service type. Raises BadRow."""
        code, in_force = cells.plan_code("plan_code"), cells.period("year_from", "year_to")
        cells.day("year_to")
        is_plan_wide = cells.is_empty("service_type")
        return SentBenefit(
            place=cells.line,
            plan_code=code,
            line=cells.required("line", 40),
            plan_name=cells.required("plan_name", 120),
            product=cells.required("product", 20),
            in_force=in_force,
            network=cells.choice("network", _NETWORKS),
            says=_amounts(cells) if is_plan_wide else self._service(cells, (code, in_force.first)),
        )

    def _service(self, cells: Cells, version: tuple[str, date]) -> SentService:
        service_type = cells.required("service_type", 3)
        quantity = cells.amount("limit_quantity")
        order = self._order.setdefault(version, {})
        return SentService(
            service_type=service_type,
            service_name=cells.required("service_name", 80),
            position=order.setdefault(service_type, len(order)),
            is_covered=cells.choice("covered", _YES_NO) == "yes",
            copay=cells.amount("copay"),
            coinsurance=cells.amount("coinsurance", _HUNDRED),
            deductible_applies=cells.yes("deductible_applies"),
            limit_quantity=quantity,
            limit_unit="" if quantity is None else cells.choice("limit_unit", _UNITS),
            limit_period="" if quantity is None else cells.choice("limit_period", _PERIODS),
            authorization="no"
            if cells.is_empty("authorization")
            else cells.choice("authorization", _AUTHORIZATIONS),
            note=cells.text("note", 200),
        )


class Handler(Extract[SentBenefit]):
    """Loads a benefit catalogue."""

    def __init__(self, watch: handling.Watch = handling.unwatched) -> None:
        super().__init__(Layout(), watch)


def _amounts(cells: Cells) -> SentAmounts:
    return SentAmounts(
        individual_deductible=cells.amount("individual_deductible"),
        family_deductible=cells.amount("family_deductible"),
        individual_oop=cells.amount("individual_oop"),
        family_oop=cells.amount("family_oop"),
    )
