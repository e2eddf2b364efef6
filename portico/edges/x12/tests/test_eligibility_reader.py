"""What of a 270 becomes requests, and what a batch keeps of them."""

import json

from portico.edges.x12 import judging
from portico.edges.x12.eligibility import requests
from portico.edges.x12.eligibility.reader import Sent
from portico.edges.x12.eligibility.requests import Header, Name, Party, Period, Request, Wanted
from portico.edges.x12.guides.guide_270 import GUIDE_270
from tests.x12 import partners

SUBSCRIBER = ["NM1*IL*1*OKAFOR*ADAEZE****MI*N1001"]


def read(content: bytes) -> list[tuple[Header, list[Request]]]:
    """Every set that is taken, with its requests."""
    review = judging.judge(content, guides=(GUIDE_270,))
    assert all(one.is_accepted for each in review.interchanges for group in each.groups for one in group.sets)
    found = []
    for taken in judging.accepted_sets(content, review):
        sent = Sent(taken.segments, taken.delimiters, number=taken.header.control_number)
        asked = list(sent.requests())
        found.append((sent.header, asked))
    return found


def requests_of(*subscribers: list[str] | tuple[list[str], ...]) -> list[Request]:
    """The requests of one set."""
    ((_, asked),) = read(partners.interchange(partners.a_270(*subscribers)))
    return asked


def test_the_header_is_kept_for_the_answer() -> None:
    ((header, _),) = read(partners.interchange(partners.a_270(number="0042", reference="LAKE-9")))

    assert header == Header("0042", "13", "LAKE-9", "20260312", "0900")


def test_everything_sent_of_a_subscriber_is_kept() -> None:
    more = (
        "REF*SY*900123456",
        "REF*EJ*ACCOUNT 7",
        "N3*12 LAKE ST*APT 3",
        "N4*NORTHLAKE*CA*90001",
        "DMG*D8*19840506*F",
        "DTP*102*D8*20250101",
        "DTP*291*RD8*20260301-20260331",
    )
    segments = partners.patient(*more, birth="")
    segments.insert(1, "TRN*1*T2*9LAKESIDE1*DESK 2")

    (asked,) = requests_of(segments)

    assert asked.dependent is None
    person = asked.subscriber
    assert person.traces == (("T1", "9LAKESIDE1", ""), ("T2", "9LAKESIDE1", "DESK 2"))
    assert person.name == Name("IL", "1", "OKAFOR", "ADAEZE", id_kind="MI", id="N1001")
    assert person.references == (("SY", "900123456"), ("EJ", "ACCOUNT 7"))
    assert person.street == ("12 LAKE ST", "APT 3")
    assert person.town == ("NORTHLAKE", "CA", "90001")
    assert (person.birth, person.sex) == ("19840506", "F")
    assert person.asked_for == Period("RD8", "20260301-20260331")


def test_the_parties_are_kept_with_their_levels() -> None:
    sent = partners.interchange(partners.a_270(references=("REF*TJ*001111111", "REF*EO*77")))
    ((_, (asked,)),) = read(sent)

    assert asked.source == Party("1", Name("PR", "2", "NORTHLAKE HEALTH PLAN", id_kind="PI", id="99999"))
    assert asked.receiver.level == "2"
    assert asked.receiver.name.id == partners.NPI
    assert asked.receiver.references == (("TJ", "001111111"), ("EO", "77"))


def test_service_types_are_read_from_repetitions_and_from_several_eqs() -> None:
    segments = [*partners.patient(wanted="30^98"), "EQ*AE^98", "DTP*291*D8*20260401"]

    (asked,) = requests_of(segments)

    assert asked.wanted == (Wanted(("30", "98")), Wanted(("AE", "98"), Period("D8", "20260401")))
    assert asked.service_types == ("30", "98", "AE")


def test_a_procedure_alone_asks_for_no_service_type() -> None:
    (asked,) = requests_of([*partners.patient()[:-1], "EQ**HC:99213"])

    assert asked.wanted == (Wanted(),)
    assert asked.service_types == ()


def test_a_subscriber_with_dependents_and_nothing_asked_is_no_patient() -> None:
    ada, obi = partners.dependent(), partners.dependent("OBI", trace="D2")

    asked = requests_of((SUBSCRIBER, ada, obi))

    assert [each.patient.name.first for each in asked] == ["ADA", "OBI"]
    assert [each.patient.level for each in asked] == ["4", "5"]
    assert {each.subscriber for each in asked} == {asked[0].subscriber}
    assert asked[0].subscriber.name.id == "N1001"


def test_a_subscriber_may_be_asked_about_beside_its_dependents() -> None:
    asked = requests_of((partners.patient(), partners.dependent()))

    assert [each.dependent is None for each in asked] == [True, False]


def test_nothing_of_one_family_is_carried_to_the_next() -> None:
    plain = ["NM1*IL*1*NGUYEN*LINH****MI*N2002", "EQ*98"]

    first, second = requests_of((SUBSCRIBER, partners.dependent()), plain)

    assert first.dependent
    assert second.dependent is None
    assert second.subscriber.traces == ()
    assert second.subscriber.birth == ""
    assert second.service_types == ("98",)


def test_several_parties_ask_in_one_set() -> None:
    segments = partners.a_270(partners.patient())
    more = [
        "HL*4*1*21*1",
        "NM1*1P*2*HILLCREST*****FI*003333333",
        "HL*5*4*22*0",
        *partners.patient(trace="T2"),
    ]
    joined = [*segments[:-1], *more]
    ((_, asked),) = read(partners.interchange([*joined, f"SE*{len(joined) + 1}*0001"]))

    assert [each.receiver.name.last for each in asked] == ["LAKESIDE FAMILY PRACTICE", "HILLCREST"]
    assert [each.source.level for each in asked] == ["1", "1"]


def test_every_set_of_every_group_is_read() -> None:
    sets = [partners.a_270(number=f"000{place}", reference=f"R{place}") for place in (1, 2, 3)]

    found = read(partners.interchange(*sets, groups=2))

    assert [header.reference for header, _ in found] == ["R1", "R2", "R3"]


def test_other_delimiters_make_the_same_requests() -> None:
    plain = partners.interchange(partners.a_270(partners.patient(wanted="30^98")))
    other = plain.translate(bytes.maketrans(b"*^:~", b"|!>\n"))

    assert read(other) == read(plain)


def test_a_request_survives_as_json() -> None:
    more = "REF*EJ*7", "N3*A", "N4*LA*CA*90001", "DMG*D8*19840506*F", "DTP*291*D8*20260301"
    family = partners.patient(*more, birth=""), partners.dependent()

    for asked in requests_of(family, partners.patient(birth="", number="")):
        image = json.loads(json.dumps(requests.as_json(asked)))

        assert requests.request_of(image) == asked
