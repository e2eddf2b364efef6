"""Requests of 278s as hypothesis draws them: any that a set without a fault can hold."""

from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from portico.edges.x12.authorizations.requests import (
    NO_PERIOD,
    Event,
    Line,
    Name,
    Paper,
    Party,
    Period,
    Person,
    Request,
    Review,
    Service,
)

WORDS = "ABCXYZ019"


def words(most: int, least: int = 1) -> st.SearchStrategy[str]:
    """Letters and digits."""
    return st.text(WORDS, min_size=least, max_size=most)


def some(strategy: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """One of these, or nothing."""
    return st.one_of(st.just(""), strategy)


DAY = st.dates(min_value=date(2000, 1, 1)).map(lambda day: f"{day:%Y%m%d}")
PERIOD = st.one_of(
    DAY.map(lambda day: Period("D8", day)),
    st.tuples(DAY, DAY).map(lambda days: Period("RD8", "-".join(sorted(days)))),
)
TRACES = st.lists(st.tuples(words(50), words(10, 10), some(words(50))), max_size=2).map(tuple)


def _name(role: str, kind: str, id_kind: str) -> st.SearchStrategy[Name]:
    return st.builds(
        Name,
        role=st.just(role),
        kind=st.just(kind),
        last=words(60),
        first=some(words(35)),
        middle=some(words(25)),
        suffix=some(words(10)),
        id_kind=st.just(id_kind),
        id=words(80, 2) if id_kind else st.just(""),
    )


def _party(*roles: str) -> st.SearchStrategy[Party]:
    name = st.sampled_from(roles).flatmap(lambda role: _name(role, "1", "XX"))
    references = st.lists(st.tuples(st.sampled_from(["EI", "ZH"]), words(50)), max_size=2).map(tuple)
    return st.builds(
        Party, name=name, references=references, contact=some(words(60)), telephone=some(words(20))
    )


def _person(role: str, id_kind: str) -> st.SearchStrategy[Person]:
    return st.builds(
        Person,
        name=_name(role, "1", id_kind),
        references=st.lists(st.tuples(st.just("EJ"), words(50)), max_size=2).map(tuple),
        birth=DAY,
        sex=st.sampled_from(["", "F", "M", "U"]),
    )


REVIEW = st.builds(
    Review,
    category=st.sampled_from(["AR", "HS", "SC"]),
    certification=st.just("I"),
    service_type=some(words(2)),
    facility=st.just("11"),
    facility_kind=st.just("B"),
    level=st.sampled_from(["", "U", "E", "03"]),
)
LINE = st.one_of(
    st.just(Line()),
    st.builds(
        Line,
        kind=st.sampled_from(["SV1", "SV2"]),
        qualifier=st.just("HC"),
        code=words(48),
        modifiers=st.lists(words(2, 2), max_size=4).map(tuple),
        amount=st.just("125.5"),
        unit=st.just("UN"),
        quantity=st.just("3"),
    ),
)
DELIVERY = st.sampled_from(
    [(), ("VS", "6", "", "", "", "", "", ""), ("DY", "3", "WK", "", "34", "2", "", "")]
)
PAPERS = st.lists(st.builds(Paper, kind=words(2, 2), way=st.just("EL"), number=words(80, 2)), max_size=2).map(
    tuple
)
SERVICE = st.builds(
    Service,
    traces=TRACES,
    served=st.one_of(st.just(NO_PERIOD), PERIOD),
    delivery=DELIVERY,
    line=LINE,
    papers=PAPERS,
    providers=st.lists(_party("SJ", "1T"), max_size=2).map(tuple),
)
EVENT = st.builds(
    Event,
    traces=TRACES,
    review=REVIEW,
    references=st.lists(st.tuples(st.just("BB"), words(50)), max_size=1).map(tuple),
    dates=st.lists(st.tuples(st.sampled_from(["AAH", "435"]), PERIOD), max_size=2).map(tuple),
    diagnoses=st.lists(st.tuples(st.sampled_from(["ABK", "ABF"]), words(30)), max_size=4).map(tuple),
    delivery=DELIVERY,
    papers=PAPERS,
    providers=st.lists(_party("SJ", "FA", "71"), max_size=2).map(tuple),
    services=st.lists(SERVICE, max_size=3).map(tuple),
)
REQUEST = st.builds(
    Request,
    source=st.just(Party()),
    requester=_party("1P", "FA"),
    subscriber=_person("IL", "MI"),
    dependent=st.one_of(st.none(), _person("QC", "")),
    event=EVENT,
)


def bare(request: Request) -> Request:
    """A request without what its place in a set gives it, and without the plan."""
    event = replace(
        request.event,
        level="",
        services=tuple(replace(each, level="") for each in request.event.services),
    )
    return Request(
        Party(),
        replace(request.requester, level=""),
        replace(request.subscriber, level=""),
        replace(request.dependent, level="") if request.dependent else None,
        event,
    )
