"""The house's own recurring jobs: sealing the audit, and forgetting what old jobs kept for the way back."""

from datetime import timedelta

from portico.domains.access import access_tokens, unused
from portico.domains.access.asking import clock
from portico.domains.accounts.own import drafts
from portico.domains.accounts.proving import document_scans, proof_reviews
from portico.domains.accounts.signing_in import session_tidying
from portico.domains.audit import sealing
from portico.domains.authorizations import documents as request_documents
from portico.domains.authorizations import draft_handing
from portico.domains.authorizations import inquiries as request_inquiries
from portico.domains.claims import exports, inquiries
from portico.domains.directory import change_files
from portico.domains.jobs import undo
from portico.domains.jobs.leases import Leased
from portico.domains.library.search import forgetting as library_movements
from portico.domains.members import housekeeping
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.domains.registration import documents, forgetting, lapsing
from portico.domains.registration import drafts as registrations
from portico.domains.support import answering, case_review
from portico.domains.work import unadministered

TIDIER = "job-tidier"
KEEPER_OF_ACCOUNTS = "account-keeper"
KEEP_IMAGES_FOR = timedelta(days=90)


class SealAudit:
    """The handler of the recurring job `seal_audit`."""

    def run(self, leased: Leased) -> None:
        """Seals all that was recorded, batch by batch, a permit each; an idle portal writes nothing."""
        after: int | None = None
        while sealing.is_due() and not leased.worker.is_stopping():
            actor = leased.actor(sealing.SEALER)
            with permit(actor, Function.SEALING) as given:
                sealed = sealing.seal(sealed_at=actor.asked_at, after=after)
                given.conclude("contended" if sealed.contended else "sealed")
            after = sealed.after
            if after is None:
                return


class TidyJobs:
    """The handler of the recurring job `tidy_jobs`."""

    def run(self, leased: Leased) -> None:
        """Drops the images of jobs that finished 90 days ago; they can no longer be reversed."""
        with permit(leased.actor(TIDIER), Function.LOADING) as given:
            forgotten = undo.forget(finished_before=leased.now() - KEEP_IMAGES_FOR)
            given.conclude("forgotten" if forgotten else "nothing_old")


class ForgetSearches:
    """The handler of the recurring job `forget_searches`."""

    def run(self, leased: Leased) -> None:
        """Drops searches of more than two days ago, those for claims, payments and requests after twelve
        hours, and exports after a week.
        """
        housekeeping.forget(actor=leased.actor("search-tidier"))
        inquiries.forget(actor=leased.actor("search-tidier"))
        request_inquiries.forget(actor=leased.actor("search-tidier"))
        exports.forget(actor=leased.actor("search-tidier"))


class ForgetSessions:
    """The handler of the recurring job `forget_sessions`."""

    def run(self, leased: Leased) -> None:
        """Drops sessions that have expired, and tokens of the sign-in that could not count again."""
        actor = leased.actor("session-tidier")
        while session_tidying.forget(actor=actor) and not leased.worker.is_stopping():
            pass


class ForgetMovements:
    """The handler of the recurring job `forget_movements`."""

    def run(self, leased: Leased) -> None:
        """Drops what moved in the library more than seven days ago."""
        library_movements.forget(actor=leased.actor("library-tidier"))


class ForgetDocuments:
    """The handler of the recurring job `forget_documents`."""

    def run(self, leased: Leased) -> None:
        """Erases documents: of an identity thirty days after the decision, of the directory after a year, and
        drafts of requests that nobody touched for thirty days.
        """
        proof_reviews.forget(actor=leased.actor("document-tidier"))
        change_files.forget(actor=leased.actor("document-tidier"))
        draft_handing.forget(actor=leased.actor("document-tidier"))


class ScanUploads:
    """The handler of the recurring job `scan_uploads`."""

    def run(self, leased: Leased) -> None:
        """Looks for viruses in files that arrived while the scanner was down."""
        document_scans.scan_waiting(actor=leased.actor("upload-scanner"))
        documents.scan_waiting(actor=leased.actor("upload-scanner"))
        change_files.scan_waiting(actor=leased.actor("upload-scanner"))
        request_documents.scan_waiting(actor=leased.actor("upload-scanner"))


class ForgetEnquiries:
    """The handler of the recurring job `forget_enquiries`."""

    def run(self, leased: Leased) -> None:
        """Erases what people asked: without an account ninety days after it ended, in cases after a year."""
        answering.forget(actor=leased.actor("enquiry-tidier"))
        case_review.forget(actor=leased.actor("enquiry-tidier"))


class ForgetTokens:
    """The handler of the recurring job `forget_tokens`."""

    def run(self, leased: Leased) -> None:
        """Drops access tokens, and assertions they were given for, an hour after their end."""
        access_tokens.forget(actor=leased.actor("token-tidier"))


class ForgetDrafts:
    """The handler of the recurring job `forget_drafts`."""

    def run(self, leased: Leased) -> None:
        """Drops what was typed into forms and not sent for seven days."""
        drafts.forget(actor=leased.actor("draft-tidier"))


class ForgetTransactionIds:
    """The handler of the recurring job `forget_transaction_ids`."""

    def run(self, leased: Leased) -> None:
        """Drops the transaction IDs that were kept for an hour; writes nothing where there is none."""
        if registrations.is_due(now=leased.now()):
            registrations.forget(actor=leased.actor("registration-tidier"))


class ForgetRegistrations:
    """The handler of the recurring job `forget_registrations`."""

    def run(self, leased: Leased) -> None:
        """Drops what was handed in with registrations, thirty days after the decision."""
        forgetting.forget(actor=leased.actor("registration-tidier"))


class LapseRegistrations:
    """The handler of the recurring job `lapse_registrations`."""

    def run(self, leased: Leased) -> None:
        """Lapses matched and approved registrations that nobody completed in time."""
        actor = leased.actor("registration-tidier")
        while lapsing.lapse(actor=actor) and not leased.worker.is_stopping():
            pass


class TurnAccessRequests:
    """The handler of the recurring job `turn_access_requests`."""

    def run(self, leased: Leased) -> None:
        """Reminds of access requests, passes on those nobody answers, and ends those that are over."""
        if not clock.is_due(now=leased.now()):
            return
        while clock.turn(actor=leased.actor("request-clock")) and not leased.worker.is_stopping():
            pass


class SuspendUnused:
    """The handler of the recurring job `suspend_unused`."""

    def run(self, leased: Leased) -> None:
        """Tells owners of unused accounts, suspends those told in time, and notes offices left to nobody."""
        for step in (unused.tell, unused.suspend):
            after: int | None = 0
            while after is not None and not leased.worker.is_stopping():
                after = step(actor=leased.actor(KEEPER_OF_ACCOUNTS), after=after)
        unadministered.keep(actor=leased.actor(KEEPER_OF_ACCOUNTS))
