"""The cells: for each route how it is called, at which places, and what every actor gets there.

A method that stands in none of a route's calls must be refused as such to everybody; that is not written
down here. A new route has to be given its calls before the matrix passes again.
"""

import json
from collections.abc import Mapping

from portico.domains.permits.functions import Function
from portico.domains.permits.reasons import Reason
from tests.matrix import (
    acting_cells,
    authorization_cells,
    authorization_desk_cells,
    billing_cells,
    claims_cells,
    directory_cells,
    elsewhere_cells,
    encounter_cells,
    fhir_cells,
    finding_cells,
    help_cells,
    identity_cells,
    library_desk_cells,
    library_search_cells,
    lookup_cells,
    metrics_cells,
    network_cells,
    officers_cells,
    people_cells,
    places,
    profile_cells,
    reading_cells,
    register_cells,
    registration_cells,
    remittance_cells,
    request_cells,
    requirement_cells,
    site_cells,
    talk_cells,
    writing_request_cells,
)
from tests.matrix.outcomes import (
    FIRST_SIGN_IN,
    INVALID,
    NOT_FOUND,
    PAGE,
    SIGNED_OUT,
    Outcome,
    Outcomes,
    by_desk,
    by_grant,
    everybody,
    goes,
    own_account,
    refused,
    signed_in,
)
from tests.matrix.places import Call
from tests.support import cast, patients, systems

OWN, COLLEAGUE, OTHER_OFFICE, NOBODYS = "own", "a colleague's", "another office's", "nobody's"
ANYWHERE = "anywhere"
NOT_GRANTED = refused(Reason.TAX_ID_NOT_GRANTED)
OUT_OF_NETWORK = {"out_of_network": refused(Reason.NOT_PARTICIPATING)}
NOTHING_NEW = Outcome(204)
_NOTHING = places.sends()
UNSEEN = {"medi_cal_only": NOT_FOUND}


def _own_member(outcome: Outcome) -> Outcomes:
    """A search of one's own, asked for one's own tax ID; its member is in a line some do not hold."""
    return by_grant(outcome) | OUT_OF_NETWORK | UNSEEN


# A search that is not one's own is as unknown as one that never was, before anything is decided.
_UNKNOWN = signed_in(NOT_FOUND)


def _of_lookup(outcomes: Outcomes, method: str = "GET", form: places.Form = _NOTHING) -> tuple[Call, ...]:
    unknown = _UNKNOWN
    return (
        Call(OWN, outcomes, method, places.own_lookup, form),
        Call(COLLEAGUE, unknown, method, places.colleagues_lookup, form),
        Call(OTHER_OFFICE, unknown, method, places.foreign_lookup, form),
        Call(NOBODYS, unknown, method, places.fixed(places.NOBODYS), form),
    )


def _of_choice(outcomes: Outcomes, method: str = "GET", form: places.Form = _NOTHING) -> tuple[Call, ...]:
    unknown = _UNKNOWN
    return (
        Call(OWN, outcomes, method, places.own_undecided, form),
        Call(COLLEAGUE, unknown, method, places.colleagues_undecided, form),
        Call(OTHER_OFFICE, unknown, method, places.foreign_undecided, form),
        Call(NOBODYS, unknown, method, places.fixed(places.NOBODYS), form),
    )


def _of_batch(
    outcome: Outcome, method: str = "GET", form: places.Form = _NOTHING, *, is_asked: bool = True
) -> tuple[Call, ...]:
    own = by_grant(outcome) | OUT_OF_NETWORK
    return (
        Call(OWN, own, method, places.own_batch(is_asked=is_asked), form),
        Call(COLLEAGUE, _UNKNOWN, method, places.colleagues_batch(is_asked=is_asked), form),
        Call(OTHER_OFFICE, _UNKNOWN, method, places.foreign_batch(is_asked=is_asked), form),
        Call(NOBODYS, _UNKNOWN, method, places.fixed(places.NOBODYS), form),
    )


def _file(place: str, outcomes: Outcomes, tax_id: str) -> Call:
    return Call(place, outcomes, "POST", form=places.patients_file(tax_id))


def _of_receipt() -> tuple[Call, ...]:
    held, unknown = by_grant(NOT_FOUND), by_grant(NOT_FOUND)
    ours = held | dict.fromkeys(("front_desk", "eligibility_only"), PAGE)
    return (
        Call("own tax ID", ours, arguments=places.receipt(cast.OWN)),
        Call("another of the same office", held | {"colleague": PAGE}, arguments=places.receipt(cast.SECOND)),
        Call(OTHER_OFFICE, held | {"outsider": PAGE}, arguments=places.receipt(cast.FOREIGN)),
        Call(NOBODYS, unknown, arguments=places.fixed(places.NO_REFERENCE)),
    )


def _of_schedule() -> tuple[Call, ...]:
    return (
        Call("a plan code", own_account(PAGE), arguments=places.schedule(patients.HMO_CODE)),
        Call("one without schedule", own_account(PAGE), arguments=places.schedule(patients.WITHOUT_SCHEDULE)),
        Call("no plan code", own_account(NOT_FOUND), arguments=places.schedule(patients.UNKNOWN_CODE)),
    )


def _search(place: str, outcomes: Outcomes, tax_id: str, line: str = "") -> Call:
    return Call(place, outcomes, "POST", form=places.search(tax_id, line=line), asks=line)


_FOUND, _ELSEWHERE = by_grant(goes("patient")), by_grant(NOT_GRANTED)
_BESIDE = dict.fromkeys(("colleague", "outsider", "out_of_network"), NOT_GRANTED)
_SEARCHES = (
    Call(ANYWHERE, by_grant(PAGE)),
    _search("own tax ID", _FOUND | _BESIDE | {"medi_cal_only": PAGE}, cast.OWN),
    _search("another of the same office", _ELSEWHERE | {"colleague": goes("patient")}, cast.SECOND),
    _search("one nobody there was given", _ELSEWHERE, cast.UNGRANTED),
    _search("another office's tax ID", _ELSEWHERE | {"outsider": goes("patient")}, cast.FOREIGN),
    _search("nobody's tax ID", _ELSEWHERE, cast.UNKNOWN_TAX_ID),
    _search(
        "own tax ID outside the network",
        by_grant(refused(Reason.TAX_ID_NOT_GRANTED, Reason.NOT_PARTICIPATING))
        | OUT_OF_NETWORK
        | {"outsider": NOT_GRANTED},
        cast.NOT_IN_NETWORK,
    ),
    _search(
        "own tax ID, one line",
        _FOUND | _BESIDE | {"medi_cal_only": refused(Reason.LINE_NOT_GRANTED)},
        cast.OWN,
        cast.HMO,
    ),
)

_PROVISIONED, _NO_MACHINE = by_desk(Function.CONNECTING, PAGE), by_desk(Function.CONNECTING, NOT_FOUND)
_CHANGED = by_desk(Function.CONNECTING, goes("machine"))
_KEYS = places.sends(key_set=json.dumps(systems.KEY_SET))
_NOBODYS = places.fixed(places.NOBODYS)
_NEW_CLIENT = places.described(key_set=json.dumps(systems.KEY_SET), scopes=systems.SCOPES[0])


def _of_machine(
    machine: places.Arguments, done: Outcomes, form: places.Form = _NOTHING, none: Outcomes = _NO_MACHINE
) -> tuple[Call, ...]:
    """A page with a form about a system: shown, sent, and both for one there is not."""
    return (
        Call("a system", _PROVISIONED, "GET", machine),
        Call("a system", done, "POST", machine, form),
        Call(NOBODYS, none, "GET", _NOBODYS),
        Call(NOBODYS, none, "POST", _NOBODYS, form),
    )


def _of_new_machine(done: Outcomes, form: places.Form) -> tuple[Call, ...]:
    return (
        Call("an office", _PROVISIONED, arguments=places.fixed(cast.LAKESIDE)),
        Call("an office", done, "POST", places.fixed(cast.LAKESIDE), form),
        Call("no office", _NO_MACHINE, arguments=places.fixed("nowhere1")),
        Call("no office", _NO_MACHINE, "POST", places.fixed("nowhere1"), form),
    )


_TAKEN = by_grant(goes("batch"))
_FILES = (
    Call(ANYWHERE, by_grant(PAGE)),
    _file("own tax ID", _TAKEN | _BESIDE, cast.OWN),
    _file("another of the same office", _ELSEWHERE | {"colleague": goes("batch")}, cast.SECOND),
    _file("one nobody there was given", _ELSEWHERE, cast.UNGRANTED),
    _file("another office's tax ID", _ELSEWHERE | {"outsider": goes("batch")}, cast.FOREIGN),
    _file("nobody's tax ID", _ELSEWHERE, cast.UNKNOWN_TAX_ID),
)

_HOLDERS = ("front_desk", "colleague", "outsider", "medi_cal_only", "eligibility_only", "out_of_network")
_OPEN_TO = dict.fromkeys(_HOLDERS, goes("home"))
_CODE = places.sends(code="000000")
_SECOND_STEP = (
    Call("without a password before", everybody(goes("sign_in"))),
    Call("without a password before", everybody(goes("sign_in")), "POST", form=_CODE),
)
FRONT_DESKS = "the front desk's"
_TOLD = {"invited": PAGE}


def _of_step(due: Outcome, *methods: str) -> tuple[Call, ...]:
    """A step of the first sign-in; whoever has been through it goes home."""
    reached = signed_in(goes("home")) | {"invited": due}
    return tuple(Call(OWN, reached, method) for method in methods)


_ELSEWHERE_DUE = goes("welcome_codes")

CELLS: Mapping[str, tuple[Call, ...]] = {
    "home": (Call(ANYWHERE, everybody(PAGE) | FIRST_SIGN_IN),),
    "today": (Call(ANYWHERE, own_account(PAGE)),),
    "support": (Call(ANYWHERE, everybody(PAGE)),),
    "health": (Call(ANYWHERE, everybody(PAGE)),),
    "mailbox": (Call(ANYWHERE, everybody(PAGE)),),
    "demo_sign_ins": (Call(ANYWHERE, everybody(PAGE)),),
    "styleguide": (Call(ANYWHERE, everybody(PAGE)),),
    "part": (
        Call(
            ANYWHERE,
            own_account(goes("home")) | dict.fromkeys((cast.VISITOR, "suspended", "disabled"), goes("home")),
            "POST",
            form=places.sends(line="", region=""),
        ),
    ),
    "appearance": (Call(ANYWHERE, everybody(goes("home")), "POST", form=places.sends(theme="dark")),),
    "why": (
        Call("eligibility", signed_in(PAGE) | _OPEN_TO | _TOLD, arguments=places.fixed("eligibility")),
        Call("a function of the plan", signed_in(PAGE) | _TOLD, arguments=places.fixed("loading")),
        Call("no function", signed_in(NOT_FOUND), arguments=places.fixed("levitation")),
        Call(
            "somewhere",
            signed_in(PAGE) | _TOLD,
            "POST",
            places.fixed("eligibility"),
            places.sends(tax_id="", line=""),
        ),
    ),
    "notices": (Call(ANYWHERE, own_account(PAGE)),),
    "sign_in": (
        Call(ANYWHERE, everybody(PAGE)),
        Call(
            "a wrong password",
            everybody(INVALID),
            "POST",
            form=places.sends(username="nobody", password="wrong"),
        ),
    ),
    "sign_in_code": _SECOND_STEP,
    "sign_in_passkey": (Call("no answer", everybody(INVALID), "POST"),),
    "sign_in_passkey_question": (Call(ANYWHERE, everybody(PAGE), "POST"),),
    "sign_in_second_passkey": _SECOND_STEP,
    "sign_in_second_question": _SECOND_STEP[1:],
    "sign_in_recovery": _SECOND_STEP,
    "sign_out": (Call(ANYWHERE, everybody(PAGE), "POST"),),
    "authenticator": (
        Call(OWN, own_account(PAGE)),
        Call("a wrong code", own_account(PAGE) | {"no_factor": INVALID}, "POST", form=_CODE),
    ),
    "factors": (Call(OWN, own_account(PAGE)),),
    "passkey_new": (Call(OWN, own_account(PAGE)), Call("no answer", own_account(INVALID), "POST")),
    "passkey_question": (Call(OWN, own_account(PAGE), "POST"),),
    "passkey": (
        Call(FRONT_DESKS, own_account(NOT_FOUND) | {"front_desk": PAGE}, arguments=places.passkey),
        Call(NOBODYS, own_account(NOT_FOUND), arguments=places.no_passkey),
        Call(
            FRONT_DESKS,
            own_account(NOT_FOUND) | {"front_desk": goes("factors")},
            "POST",
            places.passkey,
            places.sends(name="Desk"),
        ),
        Call(NOBODYS, own_account(NOT_FOUND), "POST", places.no_passkey, places.sends(name="Desk")),
    ),
    "passkey_remove": (
        Call(
            FRONT_DESKS,
            own_account(NOT_FOUND) | {"front_desk": goes("factors")},
            "POST",
            places.passkey,
        ),
        Call(NOBODYS, own_account(NOT_FOUND), "POST", places.no_passkey),
    ),
    "authenticator_replace": (
        Call(OWN, own_account(PAGE)),
        Call("a wrong code", own_account(INVALID), "POST", form=_CODE),
    ),
    "authenticator_remove": (Call(OWN, own_account(goes("factors")) | {"no_factor": NOT_FOUND}, "POST"),),
    "recovery_codes": (Call(OWN, own_account(PAGE)), Call(OWN, own_account(PAGE), "POST")),
    "recovery_codes_file": (
        Call("no codes of one's own", own_account(NOT_FOUND), "POST", form=places.sends(code="x")),
    ),
    "personas": (
        Call(ANYWHERE, own_account(PAGE)),
        Call(OWN, own_account(goes("home")), "POST", form=places.own_persona),
        Call("somebody else's", own_account(NOT_FOUND), "POST", form=places.others_persona),
        Call(NOBODYS, own_account(NOT_FOUND), "POST", form=places.sends(persona=places.NO_PERSONA)),
    ),
    "forgot_password": (
        Call(ANYWHERE, everybody(PAGE)),
        Call("somebody", everybody(PAGE), "POST", form=places.sends(username="front.desk")),
        Call("nobody", everybody(PAGE), "POST", form=places.sends(username="nobody")),
    ),
    "forgot_username": (
        Call(ANYWHERE, everybody(PAGE)),
        Call("somebody", everybody(PAGE), "POST", form=places.sends(email="front.desk@example.org")),
        Call("nobody", everybody(PAGE), "POST", form=places.sends(email="nobody@example.org")),
    ),
    "reset": (
        Call("no link", everybody(NOT_FOUND)),
        Call("no link", everybody(NOT_FOUND), "POST", form=places.sends(t="x", password=cast.PASSWORD)),
        Call("a mailed link", everybody(goes("sign_in")), "POST", form=places.mailed_link),
    ),
    "own_password": (
        Call(OWN, own_account(PAGE)),
        Call("a wrong one", own_account(INVALID), "POST", form=places.sends(current="x", password="x")),
    ),
    "own_question": (
        Call(OWN, own_account(PAGE)),
        Call(OWN, own_account(goes("account")), "POST", form=places.sends(question="toy", answer="rabbit")),
    ),
    "confirm": (Call(OWN, own_account(PAGE)), Call("shown lately", own_account(goes("home")), "POST")),
    "confirm_question": (
        Call(
            "with a passkey, or without",
            own_account(NOT_FOUND) | {"front_desk": PAGE},
            "POST",
            places.beside_a_passkey,
        ),
    ),
    "sessions": (Call(OWN, own_account(PAGE)),),
    "session_end": (Call(NOBODYS, own_account(NOT_FOUND), "POST", form=places.sends(session="0" * 32)),),
    "sessions_end": (Call(OWN, own_account(goes("sessions")), "POST"),),
    "device_forget": (Call(NOBODYS, own_account(NOT_FOUND), "POST", form=places.sends(device="0")),),
    "session_left": (Call(ANYWHERE, everybody(PAGE)),),
    "session_keep": (Call(ANYWHERE, everybody(PAGE), "POST"),),
    "draft_save": (
        Call(
            "a form", by_desk(Function.CONNECTING, NOTHING_NEW), "POST", places.fixed("partner_new.lakeside")
        ),
        Call("no form", signed_in(NOT_FOUND), "POST", places.fixed("nothing")),
    ),
    "draft_discard": (
        Call(
            "a form", by_desk(Function.CONNECTING, goes("home")), "POST", places.fixed("partner_new.lakeside")
        ),
        Call("no form", signed_in(NOT_FOUND), "POST", places.fixed("nothing")),
    ),
    "activate": (
        Call(ANYWHERE, everybody(PAGE)),
        Call(
            "no link",
            everybody(PAGE) | dict.fromkeys(SIGNED_OUT, INVALID),
            "POST",
            form=places.sends(t="x", username="x"),
        ),
        Call("sent back", everybody(PAGE), "POST", form=places.sends(t="x", act="not_mine")),
        Call("signed out", everybody(PAGE), "POST", form=places.sends(t="x", act="sign_out")),
    ),
    "welcome": _of_step(_ELSEWHERE_DUE, "GET"),
    "welcome_terms": _of_step(_ELSEWHERE_DUE, "GET", "POST"),
    "welcome_password": _of_step(_ELSEWHERE_DUE, "GET", "POST"),
    "welcome_factor": _of_step(_ELSEWHERE_DUE, "GET", "POST"),
    "welcome_passkey": _of_step(_ELSEWHERE_DUE, "POST"),
    "welcome_passkey_question": _of_step(_ELSEWHERE_DUE, "POST"),
    "welcome_codes": _of_step(PAGE, "GET", "POST"),
    "welcome_question": _of_step(_ELSEWHERE_DUE, "GET", "POST"),
    "welcome_finish": _of_step(_ELSEWHERE_DUE, "GET", "POST"),
    "patient_search": _SEARCHES,
    "patient": _of_lookup(_own_member(PAGE)),
    "patient_choose": (
        *_of_choice(_own_member(PAGE)),
        *_of_choice(_own_member(goes("patient")), "POST", places.sends(member="1")),
    ),
    "patient_as_of": _of_lookup(
        by_grant(goes("patient")) | OUT_OF_NETWORK, "POST", places.sends(as_of="03/01/2026")
    ),
    "card_pdf": _of_lookup(_own_member(PAGE)),
    "card_png": _of_lookup(_own_member(PAGE)),
    "receipt_give": _of_lookup(_own_member(goes("receipt")), "POST"),
    "batches": (Call(ANYWHERE, by_grant(PAGE)),),
    "batch_new": _FILES,
    "batch_template": (Call(ANYWHERE, by_grant(PAGE)),),
    "batch": (*_of_batch(PAGE), *_of_batch(PAGE, is_asked=False)),
    "batch_progress": _of_batch(NOTHING_NEW),
    "batch_start": _of_batch(goes("batch"), "POST", is_asked=False),
    "batch_rerun": _of_batch(goes("batch"), "POST"),
    "batch_cancel": _of_batch(goes("batch"), "POST"),
    "batch_save": _of_batch(goes("batch"), "POST", places.sends(name="Tuesday")),
    "batch_again": _of_batch(goes("batch"), "POST", places.sends(as_of="03/01/2026")),
    "batch_discard": _of_batch(goes("batches"), "POST"),
    "batch_csv": _of_batch(PAGE),
    "batch_xlsx": _of_batch(PAGE),
    "batch_271": _of_batch(PAGE),
    "receipts": (Call(ANYWHERE, by_grant(PAGE)),),
    "receipt": _of_receipt(),
    "receipt_pdf": _of_receipt(),
    "schedules": (Call(ANYWHERE, own_account(PAGE)),),
    "schedule": _of_schedule(),
    "schedule_pdf": _of_schedule(),
    "verify_receipt": (
        Call(ANYWHERE, by_desk(Function.RECEIPT_VERIFICATION, PAGE)),
        Call(
            "an office's",
            by_desk(Function.RECEIPT_VERIFICATION, PAGE),
            "POST",
            form=places.receipt_typed(cast.OWN),
        ),
        Call(
            NOBODYS,
            by_desk(Function.RECEIPT_VERIFICATION, INVALID),
            "POST",
            form=places.sends(reference=places.NO_REFERENCE),
        ),
    ),
    "work_items": (Call(ANYWHERE, by_desk(Function.WORK_QUEUE, PAGE)),),
    "work_item_done": (
        Call("an item", by_desk(Function.WORK_QUEUE, goes("work_items")), "POST", places.work_item),
        Call("no item", by_desk(Function.WORK_QUEUE, NOT_FOUND), "POST", places.fixed("NOSUCHITEM00")),
    ),
    "feeds": (Call(ANYWHERE, by_desk(Function.FEED_REVIEW, PAGE)),),
    "feed": (
        Call("a load", by_desk(Function.FEED_REVIEW, PAGE), arguments=places.job),
        Call("no load", by_desk(Function.FEED_REVIEW, NOT_FOUND), arguments=places.fixed(places.NOBODYS)),
    ),
    "machines": (Call(ANYWHERE, _PROVISIONED),),
    "machine_new": (Call(ANYWHERE, _PROVISIONED),),
    "partner_new": _of_new_machine(_PROVISIONED, places.described(sender_id="NEWSENDER")),
    "client_new": _of_new_machine(_CHANGED, _NEW_CLIENT),
    "machine": (
        Call("a system", _PROVISIONED, arguments=places.partner),
        Call(NOBODYS, _NO_MACHINE, arguments=_NOBODYS),
    ),
    "machine_rotate": _of_machine(places.partner, _PROVISIONED, places.sends(overlap="7")),
    "machine_keys": _of_machine(places.client, _CHANGED, _KEYS),
    "machine_grant": _of_machine(places.partner, _CHANGED, places.described()),
    "machine_grant_end": (
        Call("its grant", _CHANGED, "POST", places.partners_grant),
        Call(NOBODYS, _NO_MACHINE, "POST", places.nobodys_grant),
    ),
    "machine_revoke": _of_machine(places.partner, _CHANGED),
    "exchanges": (Call(ANYWHERE, by_desk(Function.EXCHANGE_REVIEW, PAGE)),),
    "exchange": (
        Call("an exchange", by_desk(Function.EXCHANGE_REVIEW, PAGE), arguments=places.exchange),
        Call("none", by_desk(Function.EXCHANGE_REVIEW, NOT_FOUND), arguments=places.no_exchange),
    ),
    "office_systems": (Call(OWN, by_desk(Function.MANAGE_USERS, PAGE) | {"administrator": PAGE}),),
    "audit": (
        Call(ANYWHERE, by_desk(Function.AUDIT_READING, PAGE)),
        Call(
            "a member",
            by_desk(Function.AUDIT_READING, PAGE),
            "POST",
            form=places.sends(by="member", text=patients.ZEPHYRINE),
        ),
    ),
    # What partners get in their envelopes is in tests/x12/test_connectivity_matrix.py.
    "core_connectivity": (Call("an empty envelope", everybody(PAGE), "POST"),),
    **authorization_cells.CELLS,
    **authorization_desk_cells.CELLS,
    **acting_cells.CELLS,
    **writing_request_cells.CELLS,
    **metrics_cells.CELLS,
    **talk_cells.CELLS,
    **billing_cells.CELLS,
    **claims_cells.CELLS,
    **elsewhere_cells.CELLS,
    **identity_cells.CELLS,
    **library_search_cells.CELLS,
    **lookup_cells.CELLS,
    **network_cells.CELLS,
    **library_desk_cells.CELLS,
    **directory_cells.CELLS,
    **officers_cells.CELLS,
    **people_cells.CELLS,
    **profile_cells.CELLS,
    **register_cells.CELLS,
    **registration_cells.CELLS,
    **remittance_cells.CELLS,
    **encounter_cells.CELLS,
    **request_cells.CELLS,
    **requirement_cells.CELLS,
    **reading_cells.CELLS,
    **site_cells.CELLS,
    **help_cells.CELLS,
    **fhir_cells.CELLS,
    **finding_cells.CELLS,
}
