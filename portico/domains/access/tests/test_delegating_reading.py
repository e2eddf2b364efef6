"""What those who look after people's access are shown: what is held, what may be chosen, what changed."""

from typing import Any

import pytest
from django.apps import apps
from pytest_django import DjangoAssertNumQueries

from portico.domains.access import granting, models
from portico.domains.access.delegating import changing, choices, held, history, matrix, suspending
from portico.domains.access.delegating.choices import Choice, Wanted
from portico.domains.access.delegating.history import Entry
from portico.domains.access.delegating.matrix import Cell, State
from portico.domains.access.delegating.reaching import Hindrance
from portico.domains.access.delegating.sets import AccessSet, Where
from portico.domains.access.looking_after import UnknownPerson
from portico.domains.access.tests import handing, looking, making
from portico.domains.access.tests.handing import HMO, OWN, House, access, managing
from portico.domains.offices.offices import UnknownOffice
from portico.domains.permits.actors import PersonaKind
from portico.domains.permits.functions import GRANTABLE, TRAITS, Function
from portico.domains.permits.permit import NotPermitted
from tests.support import actors as people

pytestmark = pytest.mark.django_db

END_USER, ADMINISTRATOR = PersonaKind.END_USER, PersonaKind.ADMINISTRATOR


@pytest.fixture
def house() -> House:
    return handing.a_house()


# ---------------------------------------------------------------- what is held


def test_one_persona_is_shown_with_what_it_holds(house: House) -> None:
    fay = house.persona("fay")
    shown = held.one(actor=house.as_("ann"), persona_id=fay)
    assert (shown.user_id, shown.name, shown.username, shown.kind) == (
        house["fay"],
        "Fay Desk",
        "fay.desk",
        END_USER,
    )
    assert (shown.office_key, shown.suspended_at, shown.hindrance) == (making.LAKESIDE, None, None)
    assert shown.held.main == AccessSet(Where(OWN), {Function.ELIGIBILITY: None})
    assert looking.last_use() == (
        "manage_users",
        "allowed",
        "access_shown",
        [("user", str(house["fay"])), ("persona", str(fay))],
    )


@pytest.mark.parametrize(
    ("who", "name", "why"),
    [
        ("ann", "ann", Hindrance.OWN_ACCOUNT),
        ("bea", "ann", Hindrance.BEYOND_CEILING),
        ("cal", "ann", None),
        ("bea", "fay", None),
        ("joe", "ann", None),
    ],
    ids=["the_own", "of_more_reach", "of_the_same", "an_end_user", "by_the_plan"],
)
def test_why_something_cannot_be_changed_is_told(
    house: House, who: str, name: str, why: Hindrance | None
) -> None:
    shown = held.one(actor=house.as_(who), persona_id=house.persona(name))
    assert shown.hindrance is why


@pytest.mark.parametrize("name", ["hil", "joe"])
def test_nobody_of_another_office_is_shown(house: House, name: str) -> None:
    asks: Any = (
        lambda: held.one(actor=house.as_("ann"), persona_id=house.persona(name)),
        lambda: held.of_user(actor=house.as_("ann"), user_id=house[name]),
        lambda: history.of(actor=house.as_("ann"), persona_id=house.persona(name)),
    )
    for ask in asks:
        with pytest.raises(UnknownPerson):
            ask()
        assert looking.last_use() == ("manage_users", "allowed", "not_found", [])


def test_of_somebody_who_works_elsewhere_too_the_own_office_is_shown(house: House) -> None:
    elsewhere = making.an_end_user(making.a_grant(tax_ids=(making.FOREIGN,)), office=making.HILLCREST)
    both = looking.a_user("both.desks", making.an_end_user(making.a_grant()), elsewhere)
    shown = held.of_user(actor=house.as_("ann"), user_id=both)
    assert [each.office_key for each in shown] == [making.LAKESIDE]
    assert len(held.of_user(actor=house.as_("sue"), user_id=both)) == 2


def test_a_persona_that_was_taken_away_is_shown_still(house: House) -> None:
    suspending.suspend(actor=house.as_("ann"), persona_id=house.persona("fay"))
    [shown] = held.of_user(actor=house.as_("ann"), user_id=house["fay"])
    assert shown.suspended_at == people.NOW


def test_looking_needs_the_function_but_no_fresh_proof(house: House) -> None:
    fay = house.persona("fay")
    assert held.one(actor=house.as_("ann", proven_at=None), persona_id=fay).user_id == house["fay"]
    with pytest.raises(NotPermitted):
        held.one(actor=house.as_("ann", proven_at=None), persona_id=fay, lately=True)
    with pytest.raises(NotPermitted):
        held.one(actor=house.as_("fay"), persona_id=fay)


# ---------------------------------------------------------------- what changed


def test_the_history_tells_who_when_before_and_after(house: House) -> None:
    fay, where = house.persona("fay"), Where(OWN)
    changing.change(actor=house.as_("ann"), persona_id=fay, access=access(Function.BENEFITS, where=where))
    changing.change(actor=house.as_("joe"), persona_id=fay, access=access(where=where, lines=HMO))
    page = history.of(actor=house.as_("cal"), persona_id=fay, size=1)
    [last] = page.rows
    assert (last.kind, last.by, last.by_plan, last.at) == ("changed", "", True, people.NOW)
    assert last.before == (Entry("eligibility", where), Entry("benefits", where))
    assert last.after == (Entry("eligibility", where, HMO),)
    assert (last.given, last.taken) == (last.after, last.before)
    rest = history.of(actor=house.as_("cal"), persona_id=fay, size=1, key=page.next_key or "")
    [first] = rest.rows
    assert (first.by, first.by_plan, rest.next_key) == ("Ann Admin", False, None)
    assert (first.given, first.taken) == ((Entry("benefits", where),), ())
    entry = apps.get_model("audit", "Entry").objects.get(reference=first.reference)
    assert (entry.conclusion, entry.user_id) == ("access_changed", house["ann"])


def test_the_history_keeps_days_providers_and_what_is_handed_out(house: House) -> None:
    cal = house.persona("cal")
    where = Where(OWN, frozenset({making.NPI}), frozenset({making.NORTH}), last_on=handing.YEAR_END)
    wanted = managing(Function.REPORTS, where=where, lines=HMO)
    changing.change(actor=house.as_("ann"), persona_id=cal, access=wanted)
    [change] = history.of(actor=house.as_("ann"), persona_id=cal).rows
    assert change.given == (
        Entry("manage_users", where, HMO, "active", frozenset({"eligibility", "reports"})),
    )


def test_who_is_not_of_the_office_any_more_is_named_and_a_stranger_is_not(house: House) -> None:
    fay = house.persona("fay")
    changing.change(actor=house.as_("cal"), persona_id=fay, access=access())
    granting.suspend_persona(actor=people.system(), persona_id=house.persona("cal"))
    models.AccessChange.objects.create(
        persona_id=fay,
        office_id=house.as_("ann").office_id or 0,
        kind="changed",
        at=people.NOW,
        by=house["hil"],
    )
    named = [change.by for change in history.of(actor=house.as_("ann"), persona_id=fay).rows]
    assert named == ["", "Cal Admin"]


# ---------------------------------------------------------------- what may be chosen


def boxes(offered: tuple[Choice, ...]) -> dict[str, str]:
    return {each.code: each.why for each in offered}


def test_whoever_may_hand_out_all_is_offered_all(house: House) -> None:
    form = choices.form(actor=house.as_("ann"), kind=END_USER)
    assert boxes(form.tax_ids) == {making.OWN: "", making.SECOND: ""}
    assert boxes(form.lines) == {making.HMO: "", making.MEDI_CAL: ""}
    assert boxes(form.regions) == {making.NORTH: "", making.SOUTH: ""}
    grantable = [each for each in GRANTABLE if each is not Function.MANAGE_USERS]
    assert boxes(form.functions) == {
        each: "always_on" if each is Function.ELIGIBILITY else "" for each in grantable
    }
    assert next(iter(form.functions)).code == Function.ELIGIBILITY
    assert {form.every_line, form.every_region, form.every_provider, form.every_function} == {""}
    assert (form.latest_on, form.hands_out, form.clients) == (None, (), frozenset())
    assert [each.name for each in form.lines] == ["Employer HMO", "Medi-Cal"]
    assert looking.last_use()[:3] == ("manage_users", "allowed", "access_choices_shown")


def test_a_box_beyond_ones_own_reach_says_so(house: House) -> None:
    form = choices.form(actor=house.as_("bea"), kind=END_USER)
    assert boxes(form.tax_ids) == {making.OWN: "", making.SECOND: "tax_id_beyond_yours"}
    assert boxes(form.lines) == {making.HMO: "", making.MEDI_CAL: "line_beyond_yours"}
    found = boxes(form.functions)
    assert (found[Function.ELIGIBILITY], found[Function.CLAIMS_INQUIRY]) == ("always_on", "")
    assert {found[each] for each in set(found) - set(handing.LIMITED)} == {"function_beyond_yours"}
    assert (form.every_line, form.every_provider) == ("line_beyond_yours", "")
    assert (form.every_function, form.latest_on) == ("function_beyond_yours", handing.YEAR_END)


def test_no_function_that_shows_patients_is_offered_for_an_administrator(house: House) -> None:
    form = choices.form(actor=house.as_("ann"), kind=ADMINISTRATOR)
    found = boxes(form.functions)
    assert found[Function.MANAGE_USERS] == "always_on"
    assert {code for code, why in found.items() if why == ""} == {
        Function.DIRECTORY_MAINTENANCE,
        Function.PAYMENT_ENROLMENT,
    }
    phi = {each for each in GRANTABLE if TRAITS[each].phi}
    assert {code for code, why in found.items() if why == "administrator_has_no_patients"} == phi
    assert boxes(form.hands_out) == {
        each: "always_on" if each is Function.ELIGIBILITY else "" for each in GRANTABLE
    }
    little = boxes(choices.form(actor=house.as_("bea"), kind=ADMINISTRATOR).functions)
    assert little[Function.MANAGE_USERS] == "function_beyond_yours"


def test_a_clients_tax_id_is_offered_and_marked(house: House) -> None:
    handing.a_client(Function.ELIGIBILITY)
    form = choices.form(actor=house.as_("ann"), kind=END_USER)
    assert form.clients == {handing.CLIENT_TAX_ID}
    assert boxes(form.tax_ids)[handing.CLIENT_TAX_ID] == ""


def test_the_plan_chooses_for_an_office_it_names(house: House) -> None:
    form = choices.form(actor=house.as_("sue"), kind=END_USER, office=making.HILLCREST)
    assert boxes(form.tax_ids) == {making.FOREIGN: ""}
    with pytest.raises(UnknownOffice):
        choices.form(actor=house.as_("sue"), kind=END_USER)
    own = choices.form(actor=house.as_("ann"), kind=END_USER, office=making.HILLCREST)
    assert own.office_key == making.LAKESIDE


def describe(npi: str, tax_id: str, **changes: Any) -> None:
    """What the provider file says of a provider and of its affiliation."""
    of_provider = {key: value for key, value in changes.items() if key not in ("address", "city")}
    provider = apps.get_model("offices", "Provider").objects.filter(npi=npi)
    provider.update(**of_provider)
    apps.get_model("offices", "Affiliation").objects.filter(provider__npi=npi, tax_id__number=tax_id).update(
        **{key: changes[key] for key in ("address", "city") if key in changes}
    )


@pytest.fixture
def providers(house: House) -> House:
    describe(
        making.NPI,
        making.OWN,
        last_name="Lin",
        first_name="Mei",
        name_key="LIN",
        specialty="Family medicine",
        address="1 Lake Street",
        city="Fresno",
    )
    describe(making.OTHER_NPI, making.SECOND, last_name="Abel", first_name="Tom", name_key="ABEL")
    making.affiliated("2000000032", making.FOREIGN)
    return house


def test_providers_are_listed_by_name_and_page_by_page(providers: House) -> None:
    ask: Any = {"actor": providers.as_("ann"), "tax_ids": (making.OWN, making.SECOND), "size": 1}
    page = choices.providers(**ask)
    assert [each.name for each in page.rows] == ["Tom Abel"]
    rest = choices.providers(**ask, key=page.next_key or "")
    [row] = rest.rows
    assert (row.name, row.npi, row.tax_ids, row.places, row.why) == (
        "Mei Lin",
        making.NPI,
        (making.OWN,),
        ("1 Lake Street, Fresno",),
        "",
    )
    assert rest.next_key is None
    assert looking.last_use()[:3] == ("manage_users", "allowed", "providers_listed")


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted("lin"), ["Mei Lin"]),
        (Wanted("mei LIN"), ["Mei Lin"]),
        (Wanted("mei abel"), []),
        (Wanted(making.OTHER_NPI), ["Tom Abel"]),
        (Wanted(making.OTHER_NPI[:5]), []),
        (Wanted(place="1 Lake Street, Fresno"), ["Mei Lin"]),
        (Wanted(npis=(making.NPI, "2000000032")), ["Mei Lin"]),
        (Wanted("'"), []),
    ],
    ids=["a_name", "both_names", "of_two_people", "an_npi", "half_an_npi", "a_place", "some", "a_sign"],
)
def test_providers_are_searched(providers: House, wanted: Wanted, found: list[str]) -> None:
    asked = choices.providers(actor=providers.as_("ann"), tax_ids=(making.OWN, making.SECOND), wanted=wanted)
    assert [each.name for each in asked.rows] == found


def test_no_provider_of_another_office_is_found(providers: House) -> None:
    asked = choices.providers(actor=providers.as_("ann"), tax_ids=(making.FOREIGN,))
    assert asked.rows == ()
    assert choices.places(actor=providers.as_("hil"), tax_ids=(making.OWN,)) == ()
    assert choices.places(actor=providers.as_("ann"), tax_ids=(making.OWN,)) == ("1 Lake Street, Fresno",)


def test_who_bills_there_no_more_is_offered_no_more(providers: House) -> None:
    rows = apps.get_model("offices", "Affiliation").objects.filter(provider__npi=making.NPI)
    rows.update(last_on=people.TODAY)
    ask: Any = {"actor": providers.as_("ann"), "tax_ids": (making.OWN,)}
    assert len(choices.providers(**ask).rows) == 1
    rows.update(last_on=making.day(-1))
    assert choices.providers(**ask).rows == ()
    rows.update(first_on=making.day(5), last_on=None)
    assert len(choices.providers(**ask).rows) == 1


def test_a_provider_beyond_ones_own_reach_says_so(providers: House) -> None:
    where = Where(handing.BOTH, providers=frozenset({making.NPI}))
    changing.change(
        actor=providers.as_("ann"), persona_id=providers.persona("cal"), access=managing(where=where)
    )
    cal: Any = providers.as_("cal")
    asked = choices.providers(actor=cal, tax_ids=(making.OWN, making.SECOND))
    assert [each.why for each in asked.rows] == ["provider_beyond_yours", ""]
    assert choices.form(actor=cal, kind=END_USER).every_provider == "provider_beyond_yours"


# ---------------------------------------------------------------- people and functions


def test_the_matrix_shows_who_may_do_what(house: House) -> None:
    fay = house.persona("fay")
    changing.change(
        actor=house.as_("ann"),
        persona_id=fay,
        access=AccessSet(Where(OWN), {Function.ELIGIBILITY: None, Function.BENEFITS: HMO}),
    )
    ahead = making.a_grant(Function.REPORTS, first_on=making.day(3))
    granting.add_grant(actor=people.system(), persona_id=fay, new=ahead)
    waits = making.a_grant(Function.REMITTANCE, state="proposed")
    granting.add_grant(actor=people.system(), persona_id=fay, new=waits)
    ended = granting.add_grant(actor=people.system(), persona_id=fay, new=making.a_grant(Function.REFERRALS))
    granting.end_grant(actor=people.system(), grant_id=ended)
    page = matrix.page(actor=house.as_("bea"))
    assert [row.name for row in page.rows] == ["Ann Admin", "Bea Admin", "Cal Admin", "Fay Desk"]
    assert page.rows[3].cells == {
        Function.ELIGIBILITY: Cell(State.ACTIVE, is_limited=False),
        Function.BENEFITS: Cell(State.ACTIVE, is_limited=True),
        Function.REPORTS: Cell(State.AHEAD, is_limited=False),
        Function.REMITTANCE: Cell(State.PROPOSED, is_limited=False),
    }
    assert page.rows[1].cells == {Function.MANAGE_USERS: Cell(State.ACTIVE, is_limited=True)}
    assert looking.last_use() == ("manage_users", "allowed", "access_matrix_shown", [])


def test_of_two_grants_the_matrix_shows_what_opens_more(house: House) -> None:
    fay = house.persona("fay")
    for changes in ({"lines": (making.HMO,)}, {"state": "proposed"}):
        granting.add_grant(actor=people.system(), persona_id=fay, new=making.a_grant(**changes))
    row = next(row for row in matrix.page(actor=house.as_("ann")).rows if row.persona_id == fay)
    assert row.cells == {Function.ELIGIBILITY: Cell(State.ACTIVE, is_limited=False)}


def test_the_matrix_is_paged_by_name_and_cut_to_a_function(house: House) -> None:
    looking.a_user("abe.admin", making.an_end_user())
    names, key = [], ""
    while True:
        page = matrix.page(actor=house.as_("ann"), size=2, key=key)
        names += [row.name for row in page.rows]
        if page.next_key is None:
            break
        key = page.next_key
    assert names == ["Abe Admin", "Ann Admin", "Bea Admin", "Cal Admin", "Fay Desk"]
    only = matrix.page(actor=house.as_("ann"), function=Function.ELIGIBILITY)
    assert [row.name for row in only.rows] == ["Fay Desk"]
    assert matrix.page(actor=house.as_("ann"), key="nonsense").rows[0].name == "Abe Admin"


@pytest.mark.parametrize("stranger", ["hil", "sue"], ids=["of another office", "of the plan"])
def test_no_strangers_name_says_where_a_page_of_the_matrix_begins(house: House, stranger: str) -> None:
    page = matrix.page(actor=house.as_("ann"), key=str(house.persona(stranger)))
    assert page.rows == matrix.page(actor=house.as_("ann")).rows


def test_a_page_of_the_matrix_goes_on_after_somebody_who_was_taken_away_meanwhile(house: House) -> None:
    first = matrix.page(actor=house.as_("ann"), size=2)
    granting.suspend_persona(actor=people.system(), persona_id=first.rows[-1].persona_id)
    rest = matrix.page(actor=house.as_("ann"), key=first.next_key or "")
    assert [row.name for row in rest.rows] == ["Cal Admin", "Fay Desk"]


def test_the_matrix_shows_the_own_office_alone_and_nobody_taken_away(house: House) -> None:
    fay = house.as_("fay")
    suspending.suspend(actor=house.as_("ann"), persona_id=house.persona("fay"))
    assert [row.name for row in matrix.page(actor=house.as_("hil")).rows] == ["Hil Admin"]
    of_plan = matrix.page(actor=house.as_("sue"), office=making.LAKESIDE)
    assert [row.name for row in of_plan.rows] == ["Ann Admin", "Bea Admin", "Cal Admin"]
    with pytest.raises(NotPermitted):
        matrix.page(actor=fay)


def test_the_matrix_takes_as_many_queries_for_many_as_for_few(
    house: House, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    ann = house.as_("ann")
    for number in range(12):
        looking.a_user(f"end.user{number}", making.an_end_user(making.a_grant()))
    with django_assert_max_num_queries(9):
        assert len(matrix.page(actor=ann).rows) == 16


def test_what_is_open_today_is_told_at_a_glance(house: House) -> None:
    fay, ann = house.persona("fay"), house.persona("ann")
    changing.change(actor=house.as_("ann"), persona_id=fay, access=access(Function.BENEFITS))
    ahead = making.a_grant(Function.REPORTS, first_on=making.day(3))
    granting.add_grant(actor=people.system(), persona_id=fay, new=ahead)
    assert matrix.opened([fay, ann], on=people.TODAY) == {
        fay: (Function.ELIGIBILITY, Function.BENEFITS),
        ann: (Function.MANAGE_USERS,),
    }
