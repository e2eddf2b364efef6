"""Routes of registering an office."""

from django.urls import path

from portico.edges.web.register import (
    after,
    checking,
    choosing,
    facts,
    mending,
    office,
    opening,
    received,
    review,
    start,
    status,
)

urlpatterns = [
    path("", start.start, name="register"),
    path("over/", start.start_over, name="register_start_over"),
    path("staff/", start.staff, name="register_staff"),
    path("terms/", choosing.terms, name="register_terms"),
    path("region/", choosing.region, name="register_region"),
    path("account/", choosing.account, name="register_account"),
    path("person/", choosing.person, name="register_person"),
    path("at-hand/", choosing.at_hand, name="register_at_hand"),
    path("facts/", facts.facts, name="register_facts"),
    path("contact/", facts.contact, name="register_contact"),
    path("review/", review.review, name="register_review"),
    path("check/", checking.check, name="register_check"),
    path("submit/", review.submit, name="register_submit"),
    path("received/", received.received, name="register_received"),
    path("received/pdf/", received.as_pdf, name="register_received_pdf"),
    path("opening/", opening.opening, name="register_opening"),
    path("next/", after.after, name="register_next"),
    path("status/", status.status, name="register_status"),
    path("status/link/", status.renew, name="register_renew"),
    path("status/document/", mending.hand_in, name="register_document"),
    path("correct/", mending.correct, name="register_correct"),
    path("correct/finish/", mending.finish, name="register_finish"),
    path("office/", office.office, name="register_office"),
    path("complete/", opening.complete, name="register_complete"),
]
