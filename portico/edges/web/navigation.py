"""The primary navigation: what exists is shown; what is not open to this persona is marked and explained."""

from dataclasses import dataclass

from django.urls import reverse

from portico.domains.permits.actors import AccountState, Actor, ActorKind, PersonaKind
from portico.domains.permits.functions import Function
from portico.domains.permits.rules import decide
from portico.edges.web import parts
from portico.edges.web.parts import Part
from portico.edges.web.shell import NavigationItem


@dataclass(frozen=True, slots=True)
class Area:
    """An area of the portal: its label, its first route, the function that opens it, and further routes.

    Areas of one `group` stand together below its name; those of none stand in the bar.
    """

    label: str
    route: str
    function: Function
    further: tuple[str, ...] = ()
    group: str = ""

    @property
    def place(self) -> str:
        """Where the menu has it, for somebody who is told the way."""
        return f"{self.group}, {self.label}" if self.group else self.label


YOUR_OFFICE = "Your office"
WHAT_WAITS = "What waits"
DATA = "Data"
RULES = "Rules"
RECORDS = "Records"
POLICIES = "Policies"
TRANSACTIONS = "Transactions"

OFFICE_AREAS = (
    Area("Home", "home", Function.OWN_ACCOUNT, ("today",)),
    Area("Patient Info", "patient_search", Function.ELIGIBILITY),
    Area("Batch", "batches", Function.ELIGIBILITY),
    Area("Claims", "claims", Function.CLAIMS_INQUIRY, group=TRANSACTIONS),
    Area(
        "Authorizations",
        "authorizations",
        Function.AUTHORIZATION_INQUIRY,
        ("authorizations_desk", "request_new", "request_drafts"),
        group=TRANSACTIONS,
    ),
    Area("Is authorization required?", "requirement", Function.AUTHORIZATION_INQUIRY, group=TRANSACTIONS),
    Area("Remittances", "remittances", Function.REMITTANCE, group=TRANSACTIONS),
    Area("Encounters", "encounters", Function.ENCOUNTERS, group=TRANSACTIONS),
    Area("Find a provider", "providers", Function.PROVIDER_SEARCH),
    Area("Receipts", "receipts", Function.ELIGIBILITY),
    Area("Library", "library", Function.LIBRARY, ("library_topics", "library_following"), POLICIES),
    Area("Schedules of Benefits", "schedules", Function.BENEFIT_DOCUMENTS, group=POLICIES),
    Area("Required reading", "required_reading", Function.LIBRARY, group=POLICIES),
    Area("Notices", "notices", Function.OWN_NOTICES),
    Area("Access requests", "access_requests", Function.ACCESS_REQUEST, ("office_requests",)),
    Area("People", "office_people", Function.MANAGE_USERS),
    Area("Onboarding", "office_onboarding", Function.MANAGE_USERS, group=YOUR_OFFICE),
    Area("Administrators", "office_officers", Function.MANAGE_USERS, group=YOUR_OFFICE),
    Area("Access review", "office_review", Function.MANAGE_USERS, group=YOUR_OFFICE),
    Area(
        "Billing companies",
        "office_billing_companies",
        Function.MANAGE_USERS,
        ("office_clients",),
        YOUR_OFFICE,
    ),
    Area("Directory entries", "office_directory", Function.DIRECTORY_MAINTENANCE, group=YOUR_OFFICE),
    Area("Connected systems", "office_systems", Function.MANAGE_USERS, group=YOUR_OFFICE),
    Area("Look-ups", "office_lookups", Function.MANAGE_USERS, group=YOUR_OFFICE),
    Area("Who has read what", "office_required_reading", Function.MANAGE_USERS, group=YOUR_OFFICE),
    Area("Help", "help", Function.DIAGNOSIS, ("diagnose", "cases")),
)
STAFF_AREAS = (
    Area("Home", "home", Function.OWN_ACCOUNT, ("today",)),
    Area("Verify a receipt", "verify_receipt", Function.RECEIPT_VERIFICATION),
    Area("Work items", "work_items", Function.WORK_QUEUE, group=WHAT_WAITS),
    Area("Authorization requests", "authorization_queue", Function.AUTHORIZATION_REVIEW, group=WHAT_WAITS),
    Area("Registrations", "registrations", Function.REGISTRATION_REVIEW, ("registration_rules",), WHAT_WAITS),
    Area("Enquiries", "enquiries", Function.ENQUIRY_REVIEW, group=WHAT_WAITS),
    Area("Support cases", "staff_cases", Function.CASE_REVIEW, group=WHAT_WAITS),
    Area("Network requests", "network_requests", Function.NETWORK_REVIEW, group=WHAT_WAITS),
    Area("Peer-to-peer talks", "authorization_talks", Function.AUTHORIZATION_REVIEW, group=WHAT_WAITS),
    Area("Directory changes", "staff_directory", Function.DIRECTORY_REVIEW, group=WHAT_WAITS),
    Area("Access requests", "staff_requests", Function.PROVISIONING, group=WHAT_WAITS),
    Area("Office recovery", "recoveries", Function.RECOVERY_REVIEW, group=WHAT_WAITS),
    Area("Identity review", "identity_queue", Function.IDENTITY_REVIEW, group=WHAT_WAITS),
    Area("People", "people", Function.PROVISIONING),
    Area("Onboarding", "staff_onboarding", Function.PROVISIONING),
    Area("Find a provider", "providers", Function.PROVIDER_SEARCH),
    Area("Feeds", "feeds", Function.FEED_REVIEW, group=DATA),
    Area("Library desk", "staff_library", Function.LIBRARY_PUBLISHING, group=DATA),
    Area("Connected systems", "machines", Function.CONNECTING, group=DATA),
    Area("Exchanges", "exchanges", Function.EXCHANGE_REVIEW, group=DATA),
    Area("Words that mean the same", "library_synonyms", Function.LIBRARY_EDITING, group=RULES),
    Area("Sign-in", "sign_in_rules", Function.SIGN_IN_RULES, ("identity_providers", "staff_terms"), RULES),
    Area("Access rules", "access_rules", Function.ACCESS_RULES, group=RULES),
    Area("Rules of claims", "claim_rules", Function.CLAIM_RULES, group=RULES),
    Area("Rules of authorizations", "authorization_rules", Function.AUTHORIZATION_RULES, group=RULES),
    Area("Access report", "access_report", Function.ACCESS_REPORT, group=RECORDS),
    Area("Audit", "audit", Function.AUDIT_READING, group=RECORDS),
    Area("Required reading", "staff_required_reading", Function.LIBRARY_PUBLISHING, group=RECORDS),
    Area("Look-ups", "staff_lookups", Function.AUDIT_READING, group=RECORDS),
    Area("Library", "library", Function.LIBRARY, ("library_topics", "library_following"), POLICIES),
    Area("Schedules of Benefits", "schedules", Function.BENEFIT_DOCUMENTS, group=POLICIES),
    Area("Notices", "notices", Function.OWN_NOTICES),
    Area("Help", "help", Function.DIAGNOSIS),
)


def areas_of(actor: Actor) -> tuple[Area, ...]:
    """The areas that exist for somebody like this actor; none before the first sign-in is done."""
    if actor.kind is ActorKind.VISITOR or actor.account.state is AccountState.INVITED:
        return ()
    return STAFF_AREAS if actor.persona_kind is PersonaKind.PLAN_STAFF else OFFICE_AREAS


def items(actor: Actor, path: str, part: Part = parts.WHOLE) -> tuple[NavigationItem, ...]:
    """The navigation as this actor finds it on the page at `path`, in that part of the plan.

    The same items in every part, under the same names: what is closed there is marked and explained. Where
    the address of one area lies below that of another, a page is in the inner one alone.
    """
    areas = areas_of(actor)
    reach = [_reach(area, path) for area in areas]
    most = max(reach, default=0)
    return tuple(
        _item(area, actor, part, current=0 < far == most) for area, far in zip(areas, reach, strict=True)
    )


def _reach(area: Area, path: str) -> int:
    """How much of the path is the area's own address, or one of its further ones; 0 where it is elsewhere."""
    url, further = reverse(area.route), tuple(map(reverse, area.further))
    begins = further if area.route == "home" else (url, *further)  # every address begins like that of home
    within = [len(each) for each in begins if path.startswith(each)]
    return max(within, default=len(url) if path == url else 0)


def _item(area: Area, actor: Actor, part: Part, *, current: bool) -> NavigationItem:
    why = reverse("why", args=[area.function.value])
    is_open = decide(actor, part.question(area.function)).allowed
    return NavigationItem(
        label=area.label,
        url=reverse(area.route),
        current=current,
        state="open" if is_open else "locked",
        why_url=why,
        group=area.group,
    )
