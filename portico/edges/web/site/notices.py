"""What this office and this person were told."""

from collections.abc import Mapping
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portico.domains.notifications import notices
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.domains.permits.questions import Question
from portico.domains.permits.rules import decide
from portico.edges.web import asking
from portico.shared import pages

OF_ONES_ACCOUNT: Final[Mapping[str, str]] = {
    "password_changed": "Your password was changed",
    "passkey_added": "A passkey was added to your account",
    "passkey_removed": "A passkey of your account was removed",
    "passkey_copied": "One of your passkeys may have been copied",
    "authenticator_added": "An authenticator was added to your account",
    "authenticator_replaced": "The authenticator of your account was replaced",
    "authenticator_removed": "The authenticator of your account was removed",
    "recovery_codes_renewed": "New recovery codes were made for your account",
    "recovery_code_used": "One of your recovery codes was used",
    "identity_passed": "Your identity is verified",
    "identity_refused": "Your identity could not be verified",
    "upload_infected": "A virus was found in a file you sent",
}
"""What happened to the account of who reads it."""

OF_THE_OFFICE: Final[Mapping[str, str]] = {
    "one_administrator_left": "You are the only administrator of your office",
    "successor_promoted": "Your office has a new administrator",
    "office_unadministered": "Your office has no administrator",
    "office_administered": "Your office has an administrator again",
    "recovery_asked": "Somebody asks to administer your office",
    "recovery_waits": "The plan has asked your office, and waits for objections",
    "recovery_objected": "Somebody objected to what you asked for",
    "recovery_refused": "You did not become administrator",
    "recovery_lapsed": "What you asked for has lapsed",
    "recovery_gone": "What you asked for has ended",
    "recovery_approved": "Your office has a new administrator",
    "review_opened": "Please look through who may do what in your office",
    "review_due": "Your access review ends soon",
    "review_lapsed": "Patients' data is closed until the access review is finished",
    "review_finished": "The access review is finished, and patients' data is open again",
    "billing_company_changed": "What a billing company may do for your office has changed",
    "client_changed": "What a client lets your office do has changed",
    "provider_dropped": "A provider left, and dropped out of what your people may see",
}
"""What happened to who administers the office, and to its reviews."""

OF_THE_DIRECTORY: Final[Mapping[str, str]] = {
    "directory_change_accepted": "Your change of a directory entry is accepted",
    "directory_change_refused": "Your change of a directory entry was refused",
    "directory_change_contradicted": "The plan's records contradict a change of yours",
    "directory_attestation_due": "Please confirm your directory entries",
    "directory_attestation_lapsed": "Your directory entries are marked as not confirmed",
}
"""What became of what the office said of itself in the directory."""

OF_AUTHORIZATIONS: Final[Mapping[str, str]] = {
    "authorization_decided": "An authorization request has an answer",
    "authorization_asked": "The plan asks for more before it decides on a request",
    "authorization_question_withdrawn": "The plan took back what it asked about a request",
    "authorization_question_lapsed": "The time to answer the plan about a request is over",
    "authorization_clock_extended": "The plan needs longer to decide on a request",
    "authorization_due_soon": "A decision on a request of yours is due soon",
    "authorization_overdue": "The plan is late with a decision on a request of yours",
    "authorization_due_soon_desk": "A decision is due soon",
    "authorization_overdue_desk": "A decision is late",
    "authorization_talk_booked": "A peer-to-peer talk is booked",
    "authorization_talk_moved": "A peer-to-peer talk was moved",
    "authorization_talk_cancelled": "A peer-to-peer talk was cancelled",
    "authorization_handed_over": "A colleague handed a request to you",
    "authorization_assigned": "A colleague gave you a request to follow",
    "authorization_sent_to_you": "Another office sent a request that names yours",
    "authorization_changed": "An office changed a request that names yours",
    "authorization_cancelled": "An office gave up a request that names yours",
}
"""What happened to requests of the office; each names its request by the plan's number."""

TITLES: Final[Mapping[str, str]] = {
    "authorization_draft_handed": "A colleague handed you a request to go on with",
    "authorization_answered": "An office answered what you asked for",
    "requirement_changed": "A new list answers otherwise what your office asked",
    "receipt_changed": "A later change touched one of your receipts",
    "machine_created": "A system was connected for your office",
    "machine_rotated": "A system of your office got a new password",
    "machine_revoked": "A system of your office was revoked",
    "accounts_suspended": "Accounts of your office were suspended",
    "invitation_not_mine": "An invitation reached somebody else",
    "join_request": "Somebody would like to join your office",
    "case_answered": "Your support case was answered",
    "case_closed": "Your support case was closed",
    "access_request": "Somebody of your office asks for access",
    "access_request_answered": "Your access request was answered",
    "registration_used": "Somebody registered with a tax ID of your office",
    "access_changed": "What you may do has changed",
    "required_reading": "The plan asks everybody in your office to read something",
    **OF_AUTHORIZATIONS,
    **OF_THE_DIRECTORY,
    **OF_THE_OFFICE,
    **OF_ONES_ACCOUNT,
}


@require_safe
def of_office(request: HttpRequest) -> HttpResponse:
    """The notices, newest first; those shown count as read."""
    key = request.GET.get("after", "")
    with permit(asking.actor_of(request), Function.OWN_NOTICES) as given:
        page = notices.of_both(given=given, key=key if pages.is_row(key) else "")
        notices.mark_read(given=given, notices=[row.id for row in page.rows if row.read_at is None])
        given.conclude("notices_shown")
    rows = [(row, TITLES.get(row.kind, "A word from the plan")) for row in page.rows]
    context: dict[str, Any] = {"rows": rows, "next_key": page.next_key, "of_ones_account": OF_ONES_ACCOUNT}
    context |= {"of_the_directory": OF_THE_DIRECTORY, "of_authorizations": OF_AUTHORIZATIONS}
    reviews = decide(given.actor, Question(Function.AUTHORIZATION_REVIEW)).allowed
    context["request_page"] = "authorization_case" if reviews else "authorization"
    return render(request, "site/notices.html", context)
