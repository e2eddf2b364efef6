"""Which segments of a claim being read are carried beside its facts, and where they are kept meanwhile."""

from portico.domains.claims.facts.submitted import Form
from portico.shared.x12.delimiters import Delimiters
from portico.transactions.claims import carrying, values
from portico.transactions.claims.drafts import Draft, Levels, Other, Service
from portico.transactions.claims.parties import day

Segment = list[str]
MOST_CARRIED = 100  # of a level's loop, which each claim below it carries; no guide has as many

_ROLES = frozenset({"DN", "82", "71", "77"})
_TAXONOMY_OF = {Form.PROFESSIONAL: "2310B 2420A", Form.INSTITUTIONAL: "2310A"}


def of_levels(levels: Levels, loop: str, segment: Segment, delimiters: Delimiters) -> None:
    """Keeps a segment of the levels above a claim, where facts do not say it; of very many the first."""
    held = levels.carried.get(loop[:5], [])
    if len(held) < MOST_CARRIED and not carrying.is_told(levels.form, loop, segment, delimiters):
        levels.carried[loop[:5]] = [*held, carrying.text(loop, segment, delimiters)]


def of_claim(draft: Draft, loop: str, segment: Segment, delimiters: Delimiters) -> None:
    """Keeps a segment of a claim, where facts do not say it."""
    if not _is_told(draft, loop, segment, delimiters):
        is_whole = loop in carrying.PROVIDERS and draft.latest is None
        _into(draft, loop).append(carrying.text(loop, segment, delimiters, is_whole=is_whole))


def _into(draft: Draft, loop: str) -> list[str]:
    if loop in ("2320", *(f"2330{letter}" for letter in "ABCDEFGHI")):
        return draft.other().carried
    if loop >= "2400":
        line = draft.line()
        return line.decided if loop == "2430" else line.carried
    return draft.carried


def _is_told(draft: Draft, loop: str, segment: Segment, delimiters: Delimiters) -> bool:
    form, name = draft.levels.form, segment[0]
    if loop[:4] in ("2310", "2420"):
        return _is_provider_told(draft, loop, segment, delimiters)
    if loop == "2330A" and name == "NM1":
        subscriber = draft.levels.subscriber.values
        names = [subscriber.get("last_name", ""), subscriber.get("first_name", ""), "", "", ""]
        return [values.text(segment, at) for at in range(2, 8)] == ["1", *names]
    if loop == "2410":
        return name in ("LIN", "CTP") and bool(draft.line().values.get("drug_code"))
    if (loop, name) == ("2300", "DTP") and values.text(segment, 1) == "435":
        return values.text(segment, 2) == "D8"
    return carrying.is_told(form, loop, segment, delimiters)


def _is_provider_told(draft: Draft, loop: str, segment: Segment, delimiters: Delimiters) -> bool:
    if draft.latest is None:
        return False
    name, form = segment[0], draft.levels.form
    if name == "NM1":
        return carrying.is_told(form, loop, segment, delimiters)
    if name == "PRV":
        return loop in _TAXONOMY_OF[form]
    return name in ("N3", "N4") and loop in ("2310C", "2310E")


def procedures(draft: Draft) -> tuple[str, ...]:
    """The HI of an institution's procedures, where the writer would date them otherwise."""
    starts_on = draft.starts_on()
    kept = [one for one in draft.carried if carrying.is_procedures(one)]
    codes = [code for one in kept for code in one.partition("HI*")[2].split("*")]
    plain = (
        [f"{'BBQ' if at else 'BBR'}:{code}:D8:{day(starts_on)}" for at, code in enumerate(draft.procedures)]
        if starts_on
        else []
    )
    return () if codes == plain else tuple(kept)


def decided(line: Service, others: list[Other]) -> tuple[str, ...]:
    """The 2430 of a line, where the writer would tell it otherwise."""
    payer = next((one.values for one in others if one.values.get("payer_number")), None)
    paid = [one for one in line.decided if one.startswith("2430 SVD*")]
    is_plain = all(one.startswith(("2430 SVD*", "2430 CAS*", "2430 DTP*573*D8*")) for one in line.decided)
    if len(paid) != 1 or payer is None or not is_plain or payer.get("paid_on") is None:
        return tuple(line.decided)
    elements = [*paid[0].split("*"), "", "", "", "", ""]
    same_payer = elements[1] == payer["payer_number"]
    same_code = elements[3] == _code_of(line) and elements[4] == (line.values.get("revenue_code") or "")
    same_units = values.number(elements[5]) == line.values.get("units") and not elements[6]
    same_day = f"2430 DTP*573*D8*{day(payer['paid_on'])}" in line.decided
    return () if same_payer and same_code and same_units and same_day else tuple(line.decided)


def _code_of(line: Service) -> str:
    found = line.values
    if not found.get("code"):
        return ""
    modifiers = (*found.get("modifiers", ()), "", "", "", "")[:4]
    parts = (found.get("code_kind", ""), found["code"], *modifiers, found.get("description", ""))
    return ":".join(parts).rstrip(":")
