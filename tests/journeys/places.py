"""Every kind of page there is, by who sees it, and how one gets there."""

from collections.abc import Callable

from django.apps import apps
from playwright.sync_api import Page, expect

from portico.domains.access import machines
from portico.domains.accounts.credentials import questions
from portico.domains.accounts.credentials.question_rules import Question
from portico.domains.accounts.own import drafts
from portico.domains.accounts.second_factors import factors, recovery_codes
from portico.domains.accounts.signing_in.session_store import SessionStore
from portico.domains.permits.functions import Function
from portico.edges.web import asking
from tests.journeys import (
    acting_places,
    authorization_desk_places,
    authorization_places,
    billing_places,
    claims_places,
    deciding_places,
    delegating_places,
    directory_places,
    encounter_places,
    finding_places,
    help_places,
    library_desk_places,
    library_search_places,
    network_places,
    officers_places,
    reading_places,
    registering_places,
    remittance_places,
    request_places,
    requirement_places,
    site_places,
    steps,
    talk_places,
    today_places,
    writing_places,
)
from tests.journeys.going import Going, Place, at
from tests.support import (
    cast,
    files_of_patients,
    inviting,
    looking,
    mailing,
    patients,
    proving,
    systems,
    trusting,
    with_passkeys,
)
from tests.support import world as worlds
from tests.support.world import Signer, World


def search(way: str, **typed: str) -> Going:
    """The way to what a search answers."""
    return lambda page, world: steps.when_searching(page, way, **typed)


def member(member_id: str) -> Going:
    """The way to a member's page."""
    return lambda page, world: steps.when_searching_by_member_id(page, member_id)


def sent(address: str, button: str, **typed: str) -> Going:
    """The way to what a form answers."""

    def go(page: Page, world: World) -> None:
        page.goto(address)
        for label, text in typed.items():
            page.get_by_label(label.replace("_", " ")).fill(text)
        steps.when_they_press(page, button)

    return go


def _code(page: Page, world: World) -> None:
    half_way(page, world["front_desk"])


def _wrong_code(page: Page, world: World) -> None:
    _code(page, world)
    page.get_by_label("Code from your authenticator").fill("000000")
    steps.when_they_press(page, "Continue")


def _out_of_range(page: Page, world: World) -> None:
    steps.given_the_page_of(page, patients.ZEPHYRINE)
    steps.when_asking_for_another_day(page, "01/02/2019")


def _receipt(page: Page, world: World) -> None:
    page.goto(f"/receipts/{world.receipts[cast.OWN]}/")


def _verified(page: Page, world: World) -> None:
    page.goto("/staff/receipts/")
    page.get_by_label("Reference number").fill(world.receipts[cast.OWN])
    steps.when_they_press(page, "Verify")


def _feed(page: Page, world: World) -> None:
    page.goto(f"/staff/feeds/{world.job}/")


def _uses(page: Page, world: World) -> None:
    page.goto("/staff/audit/")
    page.get_by_text("Member ID", exact=True).click()
    page.get_by_label("Reference or member ID").fill(patients.ZEPHYRINE)
    steps.when_they_press(page, "Search")


def when_sending(page: Page, *rows: str) -> None:
    """They send a file of these rows, to be looked at."""
    page.goto("/batches/new/")
    content = "\n".join((files_of_patients.HEAD, *rows)).encode()
    page.get_by_label("File of patients").set_input_files(
        {"name": "schedule.csv", "mimeType": "text/csv", "buffer": content}
    )
    steps.when_they_press(page, "Check the rows")


def file_of(*rows: str) -> Going:
    """The way to what a file of these rows says before it is asked."""
    return lambda page, world: when_sending(page, *rows)


def _asked(page: Page, world: World) -> None:
    when_sending(page, files_of_patients.ZEPHYRINE, files_of_patients.UNREADABLE, files_of_patients.NOBODY)
    page.get_by_role("main").get_by_role("button", name="Ask for 2 rows").click()
    expect(page.get_by_role("main")).to_contain_text("Being asked")


def _answered(page: Page, world: World) -> None:
    _asked(page, world)
    files_of_patients.work()
    page.reload()


def system(*below: str, of: Callable[[World], machines.Created] = systems.partner_of) -> Going:
    """The way to the page of a connected system, or to one below it."""

    def go(page: Page, world: World) -> None:
        page.goto("/".join(("/staff/machines", str(systems.public_id(of(world))), *below, "")))

    return go


def _connected(page: Page, world: World) -> None:
    page.goto("/staff/machines/new/trading-partner/hillcrest/")
    page.get_by_label("Name").fill("Hillcrest clearinghouse")
    page.get_by_label("Sender ID").fill("HILLCREST77")
    steps.when_they_press(page, "Connect it")


def _exchange(page: Page, world: World) -> None:
    page.goto(f"/staff/exchanges/{systems.exchange_of(world)}/")


def _office_systems(page: Page, world: World) -> None:
    systems.partner_of(world)
    systems.client_of(world)
    page.goto("/office/systems/")


def _confirm(page: Page, world: World) -> None:
    unproven(world["front_desk"])
    page.goto("/account/confirm/?next=/receipts/")


def unproven(signer: Signer) -> None:
    """It is a while since the person showed who they are."""
    rows = apps.get_model("accounts", "Session").objects.filter(user=signer.user_id)
    store = SessionStore()
    for row in rows:
        row.session_data = store.encode(store.decode(row.session_data) | {asking.PROVEN: None})
        row.save(update_fields=["session_data"])


def _new_partner_with_draft(page: Page, world: World) -> None:
    form = drafts.Form("partner_new", Function.CONNECTING, cast.LAKESIDE)
    drafts.save(actor=worlds.actor(world["operations"]), form=form, fields={"name": ["Half a name"]})
    page.goto("/staff/machines/new/trading-partner/lakeside/")


def reset_link_of(key: str) -> Going:
    """The way to the page behind a reset link that was mailed to somebody."""

    def go(page: Page, world: World) -> None:
        page.goto("/forgot-password/")
        page.get_by_label("Username").fill(world[key].person.username)
        steps.when_they_press(page, "Mail me a link")
        page.goto(mailing.link_in(mailing.deliver()[-1]))

    return go


def _question_behind_link(page: Page, world: World) -> None:
    actor = worlds.actor(world["colleague"])
    questions.set_own(actor=actor, question=Question.TOY, answer="rabbit")
    reset_link_of("colleague")(page, world)


def half_way(page: Page, signer: Signer) -> None:
    """The person has given the password; the second step is next."""
    page.goto("/sign-in/")
    page.get_by_label("Username").fill(signer.person.username)
    page.get_by_label("Password").fill(cast.PASSWORD)
    steps.when_they_press(page, "Sign in")


def _second_passkey(page: Page, world: World) -> None:
    with_passkeys.lying_there(world["colleague"].user_id)
    half_way(page, world["colleague"])


def _second_recovery_code(page: Page, world: World) -> None:
    recovery_codes.renew(actor=worlds.actor(world["colleague"]))
    half_way(page, world["colleague"])
    page.get_by_role("link", name="Enter a recovery code").click()


def _factors(page: Page, world: World) -> None:
    with_passkeys.lying_there(world["front_desk"].user_id)
    page.goto("/account/factors/")


def _passkey(page: Page, world: World) -> None:
    page.goto(f"/account/factors/passkeys/{with_passkeys.lying_there(world['front_desk'].user_id)}/")


def _invited(page: Page, world: World) -> None:
    """With the temporary password of an invitation, on the page of the terms."""
    del world
    inviting.publish_terms()
    page.goto("/sign-in/")
    page.get_by_label("Username").fill(inviting.USERNAME)
    page.get_by_label("Password").fill(inviting.invite().secret)
    steps.when_they_press(page, "Sign in")


def agreed(page: Page, world: World) -> None:
    """On from the terms."""
    del world
    page.get_by_text("I Agree to these terms").click()
    steps.when_they_press(page, "Continue")


def password_set(page: Page, world: World) -> None:
    """On from the password."""
    del world
    page.get_by_label("New password").fill(inviting.OWN_PASSWORD)
    steps.when_they_press(page, "Set this password")


def authenticator_set(page: Page, world: World) -> None:
    """On from the second step, with an authenticator."""
    del world
    secret = page.get_by_role("region", name="An authenticator").locator("code").inner_text()
    page.get_by_label("Code from your authenticator").fill(code_of(secret.replace(" ", "")))
    steps.when_they_press(page, "Keep this authenticator")


def code_of(secret: str) -> str:
    """What an authenticator with that secret shows now."""
    return factors.code_at(secret, asking.now())


VISITORS = (
    Place("welcome", at("/"), "The provider portal of"),
    Place("sign_in", at("/sign-in/"), "Sign in"),
    Place(
        "sign_in_refused", sent("/sign-in/", "Sign in", Username="x", Password="x"), "Please check this form"
    ),
    Place("code", _code, "Enter your code"),
    Place("code_refused", _wrong_code, "Please check this form"),
    Place("second_passkey", _second_passkey, "Your browser asks for your finger"),
    Place("second_recovery_code", _second_recovery_code, "It takes the place of your passkey"),
    Place("forgot_password", at("/forgot-password/"), "Enter your username"),
    Place("forgot_password_empty", sent("/forgot-password/", "Mail me a link"), "Please check this form"),
    Place(
        "forgot_password_sent", sent("/forgot-password/", "Mail me a link", Username="x"), "Look at your mail"
    ),
    Place("forgot_username", at("/forgot-username/"), "Enter the mail address"),
    Place(
        "forgot_username_sent",
        sent("/forgot-username/", "Mail me my username", Mail_address="x@example.org"),
        "Look at your mail",
    ),
    Place("reset", reset_link_of("front_desk"), "At least 15 characters"),
    Place("reset_question", _question_behind_link, "Answer your question"),
    Place("reset_over", at("/reset/?t=x"), "does not work any more"),
    Place("support", at("/support/"), "Support"),
    Place("nothing_here", at("/nowhere/"), "Nothing is here"),
)
SEARCHING = (
    Place("home", at("/"), "Hello"),
    Place("search", at("/patients/"), "Patient Info"),
    Place("search_by_ssn", at("/patients/?by=ssn"), "Patient Info"),
    Place("search_incomplete", search("Name"), "Please check this form"),
    Place("nobody_found", search("Member ID", Member_ID_or_subscriber_ID="NOSUCH"), "No member was found"),
    Place("choose", member(patients.SUBSCRIBER), "Choose a member"),
    Place("day_out_of_range", _out_of_range, "Please check this form"),
)
MEMBERS = (
    Place("active", member(patients.ZEPHYRINE), "Active on"),
    Place("ended", member(patients.ENDED), "coverage ended"),
    Place("not_yet", member(patients.LATER), "coverage begins"),
    Place("never_covered", member(patients.NEVER), "Not covered"),
    Place("no_schedule", member(patients.UNSCHEDULED), "Active on"),
)
KEPT = (
    Place("receipts", at("/receipts/"), "Eligibility receipts"),
    Place("receipt", _receipt, "Eligibility receipt"),
    Place("schedules", at("/schedules/"), "Schedules of Benefits"),
    Place("schedules_wrong", at("/schedules/?code=1&on=x"), "Please check this form"),
    Place("schedule", at(f"/schedules/{patients.HMO_CODE}/2026-03-12/"), "HMO Gold"),
    Place("schedule_missing", at(f"/schedules/{patients.WITHOUT_SCHEDULE}/2026-03-12/"), "No schedule for"),
    Place("notices", at("/notices/"), "Notices"),
    Place("personas", at("/account/personas/"), "Your personas"),
    Place("factors", _factors, "Second steps"),
    Place("passkey", _passkey, "This passkey"),
    Place("passkey_new", at("/account/factors/passkeys/new/"), "Your browser asks where to keep it"),
    Place("authenticator_new", at("/account/factors/authenticator/"), "Set up your authenticator"),
    Place("recovery_codes", at("/account/factors/recovery-codes/"), "Make ten codes"),
    Place(
        "recovery_codes_made",
        sent("/account/factors/recovery-codes/", "Make ten codes"),
        "They are shown this once",
    ),
    Place("own_password", at("/account/password/"), "Password you use now"),
    Place("own_question", at("/account/question/"), "Your answer"),
    Place("own_question_wrong", sent("/account/question/", "Keep this question"), "Please check this form"),
    Place("sessions", at("/account/sessions/"), "Open sessions"),
    Place("confirm", _confirm, "Confirm that it is you"),
    Place("authenticator_kept", at("/account/authenticator/"), "Your authenticator"),
)
BATCHES = (
    Place("no_batches", at("/batches/"), "No files yet"),
    Place("no_lists", at("/batches/?show=saved"), "No saved lists yet"),
    Place("send", at("/batches/new/"), "What the file holds"),
    Place("send_nothing", sent("/batches/new/", "Check the rows"), "Please check this form"),
    Place("checked", file_of(files_of_patients.ZEPHYRINE, files_of_patients.UNREADABLE), "1 of 2 rows"),
    Place("nothing_to_ask", file_of(files_of_patients.UNREADABLE), "No row can be asked"),
    Place("being_asked", _asked, "Being asked"),
    Place("answered", _answered, "Take home"),
    Place("batches", at("/batches/"), "CSV file"),
)
ADMINISTRATORS = (
    Place("home", at("/"), "Hello"),
    Place("refused", at("/patients/"), "This is not open to you"),
    Place("why", at(f"/why/{Function.ELIGIBILITY}/"), "Why Eligibility is closed to you"),
    Place("systems", _office_systems, "What it may ask for"),
    Place("lookups", at("/office/lookups/"), "Look-ups, the latest first"),
    Place("notices", at("/notices/"), "A system was connected for your office"),
)
WITHOUT_FACTOR = (Place("authenticator", at("/account/authenticator/"), "Set up your authenticator"),)
STAFF = (
    Place("home", at("/"), "Hello"),
    Place("verify", at("/staff/receipts/"), "Verify a receipt"),
    Place("verified", _verified, "This receipt is ours"),
    Place("work_items", at("/staff/work/"), "Work items"),
    Place("feeds", at("/staff/feeds/"), "Feeds"),
    Place("feed", _feed, "Enrolment (834)"),
    Place("audit", at("/staff/audit/"), "Audit"),
    Place("uses", _uses, "Uses found"),
    Place("lookups", at("/staff/lookups/"), "Who looked up whom"),
    Place("lookups_wrong", sent("/staff/lookups/", "Show"), "Enter the tax ID"),
    Place("access_rules", at("/staff/access-rules/"), "Who confirms what an administrator hands out?"),
    Place("access_rules_history", at("/staff/access-rules/history/"), "Never changed"),
)
CONNECTING = (
    Place("no_systems", at("/staff/machines/"), "No system is connected yet"),
    Place("office_of_a_system", at("/staff/machines/new/?office=e"), "Offices found"),
    Place("new_partner", at("/staff/machines/new/trading-partner/lakeside/"), "New trading partner"),
    Place("new_partner_draft", _new_partner_with_draft, "We kept what you typed"),
    Place("new_client", at("/staff/machines/new/fhir-client/lakeside/"), "New FHIR client"),
    Place(
        "new_client_wrong",
        sent("/staff/machines/new/fhir-client/lakeside/", "Connect it"),
        "Please check this form",
    ),
    Place("connected", _connected, "The password is shown this once"),
    Place("partner", system(), "What it may ask for"),
    Place("client", system(of=systems.client_of), "What it may ask for"),
    Place("systems", at("/staff/machines/"), "In use"),
    Place("password", system("password"), "A new password for"),
    Place("keys", system("keys", of=systems.client_of), "The keys of"),
    Place("more_grants", system("grants"), "may ask for besides"),
    Place("revoke", system("revoke"), "cannot be taken back"),
    Place("no_exchanges", at("/staff/exchanges/"), "Nothing was exchanged yet"),
    Place("exchange", _exchange, "Control numbers"),
    Place("exchanges", at("/staff/exchanges/"), "As promised"),
)


def person(act: str = "", *, key: str = "", of: str = looking.PEOPLE) -> Going:
    """The way to somebody's page or an act below it: of the cast, or (no key) of somebody invited."""

    def go(page: Page, world: World) -> None:
        number = world[key].user_id if key else looking.invited_of(world)
        page.goto(looking.page(number, act, of=of))

    return go


def _reset_waits(page: Page, world: World) -> None:
    person("reset", key="colleague")(page, world)
    page.get_by_label("Why?").fill("Lost the telephone")
    steps.when_they_press(page, "Ask for it")


def _suspended(page: Page, world: World) -> None:
    looking.suspend(world["eligibility_only"].user_id)
    person(key="eligibility_only")(page, world)


LOOKING_AFTER = (
    Place("people", at("/staff/people/"), "Invite somebody"),
    Place("nobody", sent("/staff/people/", "Search", Name="nobody at all"), "Nobody is like that"),
    Place("invited", person(), "Stuck at: Invited"),
    Place("not_stuck", person(key="front_desk"), "Step by step"),
    Place("suspended", _suspended, "Reactivate the account"),
    Place("own", person(key="operations"), "looked after by somebody else"),
    Place("unlock", person("unlock", key="front_desk"), "Unlock Front Tester?"),
    Place("disable", person("disable", key="front_desk"), "Nothing is deleted"),
    Place("invite", person("invite"), "Send Ivy Invited a new invitation?"),
    Place("reset", _reset_waits, "waits for a second person"),
    Place("resets", at("/staff/people/"), "Resets that wait for a second person"),
    Place("out_of_reach", person("unlock", key="operations"), "Somebody else looks after this account"),
    Place("new", at("/staff/people/new/?office=e"), "Offices found"),
    Place("new_of_plan", at("/staff/people/new/plan/"), "Invite somebody of the plan"),
    Place(
        "new_of_office_wrong",
        sent("/staff/people/new/office/lakeside/", "Send the invitation"),
        "Please check this form",
    ),
)
OWN_PEOPLE = (
    Place("people", at("/office/people/"), "People"),
    Place("person", person(key="front_desk", of=looking.OFFICE), "Step by step"),
    Place("own", person(key="administrator", of=looking.OFFICE), "looked after by another administrator"),
)
FIRST_SIGN_IN = (
    Place("activate", at("/activate/?t=x"), "Enter the username you were given"),
    Place(
        "activate_refused",
        sent("/activate/?t=x", "Continue", Username="x"),
        "This link and this username open no account",
    ),
    Place("activate_disowned", sent("/activate/?t=x", "This mail was not meant for me"), "works no more"),
    Place("first_terms", _invited, "Your agreement"),
    Place("first_password", agreed, "At least 12 characters"),
    Place("first_password_weak", sent("/welcome/password/", "Set this password"), "Enter a new password"),
    Place("first_factor", password_set, "An authenticator"),
    Place(
        "first_factor_wrong",
        sent("/welcome/second-step/", "Keep this authenticator", Code_from_your_authenticator="000000"),
        "Please check this form",
    ),
    Place("first_codes", authenticator_set, "Recovery codes"),
    Place("first_codes_made", sent("/welcome/recovery-codes/", "Show my recovery codes"), "Ten codes"),
    Place("first_question", at("/welcome/"), "Your answer"),
    Place("activate_signed_in", at("/activate/?t=x"), "You are signed in already"),
)


def _looked_at(page: Page, world: World) -> None:
    del world
    page.goto("/staff/terms/new/")
    page.get_by_label("Version").fill("2026-04")
    page.get_by_role("textbox", name="Text").fill("# Terms\n\nBe careful.\n\n- Every day.\n\n1. Always.")
    steps.when_they_press(page, "Look at it")


def _published(page: Page, world: World) -> None:
    _looked_at(page, world)
    steps.when_they_press(page, "Publish version 2026-04")


def _not_ticked(page: Page, world: World) -> None:
    del world
    page.goto("/terms/accept/")
    steps.when_they_press(page, "Continue")


def _agreed_anew(page: Page, world: World) -> None:
    page.goto("/terms/accept/")
    agreed(page, world)


OWN_ACCOUNT = (
    Place("account", at("/account/"), "How you sign in"),
    Place("account_details", at("/account/details/"), "Change your details"),
    Place(
        "account_details_wrong",
        sent("/account/details/", "Keep these", First_name="R2D2", Telephone="call me"),
        "Please check this form",
    ),
    Place("account_mails", at("/account/mails/"), "Mails that always come"),
    Place("mail_address", at("/account/mail-address/"), "Change your mail address"),
    Place(
        "mail_address_waits",
        sent("/account/mail-address/", "Write to this address", New_mail_address="fay@new.example.org"),
        "A new mail address waits to be confirmed",
    ),
    Place("address_confirm", at("/account/mail-address/confirm/?t=x"), "Use this address"),
    Place("address_undo", at("/account/mail-address/undo/?t=x"), "Undo the change"),
    Place(
        "address_over", sent("/account/mail-address/undo/?t=x", "Undo the change"), "This link does not work"
    ),
    Place("own_data", at("/account/data/"), "Download my data"),
)
TERMS_OF_USE = (
    Place("no_terms", at("/terms/"), "No terms of use have been published"),
    Place("no_terms_at_the_plan", at("/staff/terms/"), "No terms of use have been published"),
    Place("terms_wrong", sent("/staff/terms/new/", "Look at it"), "Please check this form"),
    Place("terms_looked_at", _looked_at, "As people will read it"),
    Place("terms_asked", _published, "Please agree to the terms of use"),
    Place("terms_not_ticked", _not_ticked, "Please check this form"),
    Place("terms_agreed", _agreed_anew, "You agreed to the terms of use"),
    Place("terms", at("/terms/"), "Every version"),
    Place("terms_at_the_plan", at("/staff/terms/"), "In force"),
)


def _code_sent(page: Page, world: World) -> None:
    page.goto("/account/identity/contact/?for=eligibility")
    page.get_by_role("main").get_by_text("Mail to").first.click()
    steps.when_they_press(page, "Send the code")


def _code_wrong(page: Page, world: World) -> None:
    page.get_by_role("textbox", name="Code").fill("0000-0000")
    steps.when_they_press(page, "Verify")


def _blocked(page: Page, world: World) -> None:
    for _ in range(4):
        _code_wrong(page, world)


def case(of: Callable[[World], int] = proving.documents_of, act: str = "") -> Going:
    """The way to a case of somebody's identity, or to an act below it."""
    return lambda page, world: page.goto(f"/staff/identity/{of(world)}/{act}")


def _code_made(page: Page, world: World) -> None:
    case(proving.call_of, "call/")(page, world)
    steps.when_they_press(page, "Make the code")


def _two_rules(page: Page, world: World) -> None:
    page.goto("/staff/sign-in-rules/")
    steps.when_they_press(page, "Add a row")


def _rules_warned(page: Page, world: World) -> None:
    page.get_by_role("combobox", name="Type of account").first.select_option("hospital")
    steps.when_they_press(page, "Save the table")


PROVING = (
    Place("refused", at("/patients/"), "This is not open to you"),
    Place("tasks", at("/account/identity/?for=eligibility"), "Your identity"),
    Place("contact", at("/account/identity/contact/"), "Where to"),
    Place("code", _code_sent, "The code is on its way"),
    Place("code_wrong", _code_wrong, "Please check this form"),
    Place("blocked", _blocked, "Blocked until"),
    Place("payment", remittance_places.at("/account/identity/payment/"), "Which payment"),
    Place("files", at("/account/identity/documents/"), "Add a file"),
    Place("files_wrong", sent("/account/identity/documents/", "Add the file"), "Please check this form"),
    Place("tasks_begun", at("/account/identity/"), "Blocked for a while"),
    Place("help", at("/support/identity/"), "When we ask you to verify your identity"),
)
REVIEWING = (
    Place("nobody_waits", at("/staff/identity/"), "Nobody waits"),
    Place("case", case(), "What was handed in"),
    Place("call", case(proving.call_of), "Call the number on file"),
    Place("code_to_make", case(proving.call_of, "call/"), "A code to read out"),
    Place("queue", at("/staff/identity/"), "Unverified Tester"),
    Place("code_made", _code_made, "It is shown this once"),
    Place("rules", at("/staff/sign-in-rules/"), "Sign-in rules"),
    Place("rules_two", _two_rules, "What it would ask"),
    Place("rules_warned", _rules_warned, "Did you mean this?"),
    Place("rules_history", at("/staff/sign-in-rules/history/"), "Never changed"),
)


def provider(act: str = "", *, kind: Callable[[World], str] = trusting.saml_of) -> Going:
    """The way to a provider of identity, or to an act below it."""
    return lambda page, world: page.goto(f"/staff/identity-providers/of/{kind(world)}/{act}")


def _link(page: Page, world: World) -> None:
    provider(f"link/{trusting.waiting_of(world)}/")(page, world)


def _linked_and_waiting(page: Page, world: World) -> None:
    trusting.linked_of(world)
    provider()(page, world)


def _signed_in_nowhere(page: Page, world: World) -> None:
    page.goto(f"/sign-in/with/{trusting.openid_of(world)}/back/?code=x&state=y")
    expect(page.get_by_role("heading", level=1)).to_have_text("That sign-in did not work")


SINGLE_SIGN_ON = (
    Place("no_providers", at("/staff/identity-providers/"), "No provider is trusted yet"),
    Place("new_openid", at("/staff/identity-providers/new/openid-connect/"), "Client secret"),
    Place("new_saml", at("/staff/identity-providers/new/saml/"), "Certificates it signs with"),
    Place("new_saml_empty", sent("/staff/identity-providers/new/saml/", "Save"), "Please check this form"),
    Place("nobody_linked", provider(kind=trusting.openid_of), "Nobody is linked yet"),
    Place("providers", at("/staff/identity-providers/"), "Staff account by staff-saml"),
    Place("link", _link, "As the provider knows them"),
    Place("linked", _linked_and_waiting, "Waiting to be linked"),
    Place("provider_change", provider("change/"), "Its key, its issuer"),
    Place("provider_close", provider("close/"), "cannot be taken back"),
)
ELSEWHERE = (
    Place("signed_in_nowhere", _signed_in_nowhere, "could not be reached"),
    Place("sign_in_elsewhere", at("/sign-in/"), "Or sign in elsewhere"),
)
GROUPS: dict[str, tuple[str | None, tuple[Place, ...]]] = {
    "visitors": (None, VISITORS),
    "searching": ("front_desk", SEARCHING),
    "remittances": ("front_desk", remittance_places.REMITTANCES),
    "encounters": ("front_desk", encounter_places.ENCOUNTERS),
    "part_of_a_remittance": ("medi_cal_only", remittance_places.OF_A_PART),
    "members": ("front_desk", MEMBERS),
    "kept": ("front_desk", KEPT),
    "batches": ("front_desk", BATCHES),
    "administrators": ("administrator", ADMINISTRATORS),
    "without_a_second_factor": ("no_factor", WITHOUT_FACTOR),
    "plan_staff": ("operations", STAFF),
    "connecting": ("operations", CONNECTING),
    "first_sign_in": (None, FIRST_SIGN_IN),
    "looking_after": ("operations", LOOKING_AFTER),
    "proving": ("unverified", PROVING),
    "reviewing": ("operations", REVIEWING),
    "own_people": ("administrator", OWN_PEOPLE),
    "handing_out": ("administrator", delegating_places.PLACES),
    "own_account": ("front_desk", OWN_ACCOUNT),
    "terms_of_use": ("operations", TERMS_OF_USE),
    "single_sign_on": ("operations", SINGLE_SIGN_ON),
    "elsewhere": (None, ELSEWHERE),
    "registering": (None, registering_places.REGISTERING),
    "deciding": ("operations", deciding_places.DECIDING),
    "site": (None, site_places.SITE),
    "enquiries": ("operations", site_places.ENQUIRIES),
    "keeping_entries": ("without_function", directory_places.KEEPING),
    "directory_changes": ("operations", directory_places.REVIEWING),
    "joining_the_network": (None, network_places.JOINING),
    "network_requests": ("operations", network_places.REQUESTS),
    "officers": ("administrator", officers_places.OFFICERS),
    "billing": ("administrator", billing_places.GIVING),
    "sides": ("front_desk", billing_places.SIDES),
    "taking_over": ("front_desk", officers_places.TAKING_OVER),
    "objecting": (None, officers_places.OBJECTING),
    "recoveries": ("operations", officers_places.RECOVERIES),
    "asking_for_access": ("eligibility_only", request_places.ASKING),
    "deciding_on_access": ("administrator", request_places.DECIDING),
    "access_at_the_plan": ("operations", request_places.OF_THE_PLAN),
    "library_writing": ("communications", library_desk_places.WRITING),
    "library_looking": ("operations", library_desk_places.LOOKING),
    "deciding_on_requests": ("medical_director", authorization_desk_places.DECIDING),
    "rules_of_authorizations": ("operations", authorization_desk_places.RULES),
    "requirements": ("front_desk", requirement_places.ASKING),
    "requirements_in_public": (None, requirement_places.PUBLIC),
    "requirement_lists": ("operations", requirement_places.DESK),
    "authorizations": ("front_desk", authorization_places.AUTHORIZATIONS),
    "talks": ("front_desk", talk_places.TALKS),
    "clocks": ("operations", talk_places.CLOCKS),
    "talks_at_the_desk": ("reviewer", talk_places.DESK),
    "requests_written": ("front_desk", writing_places.WRITING),
    "requests_acted_on": ("front_desk", acting_places.ACTING),
    "claims": ("front_desk", claims_places.CLAIMS),
    "today_of_an_office": ("front_desk", today_places.OFFICE),
    "today_of_an_administrator": ("administrator", today_places.ADMINISTRATOR),
    "today_of_the_plan": ("operations", today_places.PLAN),
    "rules_of_claims": ("operations", claims_places.RULES),
    "finding_a_provider": ("front_desk", finding_places.FINDING),
    "library_searching": ("front_desk", library_search_places.SEARCHING),
    "library_synonyms": ("communications", library_search_places.SYNONYMS),
    "help_visitors": (None, help_places.HELP_VISITORS),
    "help_office": ("eligibility_only", help_places.HELP_OFFICE),
    "help_administrators": ("administrator", help_places.HELP_ADMINISTRATORS),
    "help_desk": ("support", help_places.HELP_DESK),
    "reading_visitors": (None, reading_places.READING_VISITORS),
    "reading_office": ("front_desk", reading_places.READING_OFFICE),
    "reading_administrators": ("administrator", reading_places.READING_ADMINISTRATORS),
    "reading_desk": ("operations", reading_places.READING_DESK),
}
