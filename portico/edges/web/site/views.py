"""Home, why something is closed, support, and the health check."""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_safe

from portico.domains.permits.actors import AccountState, Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.questions import Question
from portico.domains.permits.rules import decide
from portico.domains.plan import catalogue, freshness
from portico.edges.web import agreeing, asking, navigation, parts, refusals
from portico.edges.web.members import search
from portico.edges.web.members.forms import MEMBER_ID, SearchForm
from portico.edges.web.parts import Part
from portico.edges.web.site import welcome
from portico.edges.web.today import views as today

SAYS = {
    "patient_search": "Find a member by ID, SSN or name; see coverage, PCP, costs and limits.",
    "batches": "Many patients at once: a file goes in, an answer for each row comes back.",
    "claims": "Where a claim stands, why, who is next, and until when it can be disputed.",
    "remittances": "What was paid, for which claims: the explanation, the 835, and what is missing.",
    "encounters": "Send encounters, read what is wrong with a record, mend it and send it again.",
    "authorizations": "Where a request stands, what is used and left; ask anew, and answer the plan.",
    "requirement": "Whether a service needs an authorization, by whom, with a receipt that holds.",
    "receipts": "The answers your office kept, and which of them a later change touched.",
    "library": "Manuals, updates, letters, forms and guidelines: by words, topic or material number.",
    "library_synonyms": "Words that mean the same to the search of the library, such as prior auth.",
    "providers": "Who is in which network, how far from a ZIP code, with what languages; with a receipt.",
    "schedules": "Open the Schedule of Benefits of any plan code, as it was in force on a day.",
    "notices": "What the plan has told your office.",
    "access_requests": "What you miss and asked for: with whom it is, and until when.",
    "office_people": "Manage users: make them, say what each may do, see how far each is, open them again.",
    "office_officers": "Who administers your office, who takes over, and leaving in good order.",
    "office_billing_companies": "Whom you let bill for your office, how far, and taking it back at once.",
    "office_review": "Look through who may do what, each quarter: keep it, or take away what nobody uses.",
    "office_directory": "What everybody reads of your providers: confirm it every 90 days, or change it.",
    "office_systems": "What software asks the plan in your office's name, and what each may ask for.",
    "office_onboarding": "Who is new and how far: where each is stuck, since when, and the same-day goal.",
    "office_lookups": "Who looked up which member, through which door, and what is worth a question.",
    "required_reading": "What the plan asks everybody in your office to read, and saying that you have.",
    "office_required_reading": "Who of your people has read what the plan asks your office to read.",
    "staff_required_reading": "What offices have to read now, and how many of their people have.",
    "help": "Answers to what people ask; which it is when something is closed or fails; support cases.",
    "staff_cases": "What people cannot do, with the facts of a diagnosis, in the order it is due.",
    "staff_onboarding": "Who is new in every office and how far, and how many are ready the same day.",
    "access_report": "Failed sign-ins and access cases on 100 sign-ins, by cause and month.",
    "authorization_queue": "Requests of offices in the order they are due: read, ask, decide.",
    "authorization_talks": "Your times for talks between clinicians, who booked them, and what came of them.",
    "authorization_rules": "What needs an authorization, what rules approve, and how long it may take.",
    "claim_rules": "How long filing, paying and disputing may take, and the policies behind codes.",
    "verify_receipt": "Check a receipt an office shows: is it ours, unaltered, and still true?",
    "work_items": "What is owed to offices, such as a document somebody asked for in vain.",
    "registrations": "Offices that ask to be let in: what they claim, what is on file, and the decision.",
    "enquiries": "What people without an account ask, and whom to call back, in the order it is due.",
    "recoveries": "Offices that have lost every administrator, and who asks to take over.",
    "staff_directory": "What offices change in the directory, as it is due, and what nobody confirmed.",
    "network_requests": "Offices outside the network that would like to join it, and the plan's answer.",
    "staff_requests": "What people of offices miss, where no administrator answered or could.",
    "people": "Whose account is how far, and where it is stuck; invite, unlock, open again.",
    "feeds": "What the core system sent, what was held back, and why.",
    "staff_library": "What the plan publishes: write it, look at it, publish it, each version kept.",
    "machines": "Software that asks for an office: what it may, what it signs in with, and its end.",
    "exchanges": "Every X12 message by either side's numbers, and how fast it was answered.",
    "identity_queue": "Documents and calls by which people verify who they are: look, accept or refuse.",
    "sign_in_rules": "When somebody has to verify who they are, and by what; edited as a whole.",
    "staff_terms": "What everybody agrees to: each version, who agreed to it, and the next one.",
    "access_rules": "Who confirms what offices hand out, and the days of reviews, requests and recoveries.",
    "staff_lookups": "Who looked up whom, of one office or of all, and what is worth a question.",
    "audit": "Who asked for what, through which door, and how it was decided.",
}


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The home page: what there is to do, what this persona works with, and how fresh the plan's data is."""
    actor = asking.actor_of(request)
    if not asking.is_signed_in(request):
        return welcome.page(request)
    if actor.account.state is AccountState.INVITED:
        return redirect("welcome")
    standing = decide(actor, Question(Function.OWN_NOTICES))
    if actor.account.state is AccountState.SUSPENDED:
        return refusals.page(request, standing)
    if agreeing.can_mend(request, standing):
        return agreeing.ask(request)
    part = parts.of(request)
    if part == parts.WHOLE and parts.remembered(actor) != parts.WHOLE:
        return redirect(parts.address(request, parts.remembered(actor), request.path_info))
    items = navigation.items(actor, request.path, part)
    areas = navigation.areas_of(actor)
    tiles = [
        {"item": item, "says": SAYS[area.route]}
        for area, item in zip(areas, items, strict=True)
        if area.route in SAYS
    ]
    context = {
        "tiles": tiles,
        "first_name": actor.name.split(" ")[0],
        "feeds": freshness.of(),
        "search": _quick_search(actor, part),
        **today.on_home(actor),
    }
    return render(request, "site/home.html", context)


def _quick_search(actor: Actor, part: Part) -> SearchForm | None:
    if not decide(actor, part.question(Function.ELIGIBILITY)).allowed:
        return None
    return search.form_for(actor, MEMBER_ID, part=part)


@require_safe
def support(request: HttpRequest) -> HttpResponse:
    """How to reach the plan's Provider Services, and what to have at hand."""
    return render(request, "site/support.html", {"plan": catalogue.identity()})


@require_GET
def health(request: HttpRequest) -> HttpResponse:
    """Say `ok` when the database answers."""
    del request
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")
