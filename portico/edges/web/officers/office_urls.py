"""Routes of an office's officers and its access review, within the office's own."""

from django.urls import path

from portico.edges.web.officers import officers, review

urlpatterns = [
    path("officers/", officers.shown, name="office_officers"),
    path("officers/successor/", officers.name, name="office_successor"),
    path("officers/leave/", officers.leave, name="office_leave"),
    path("review/", review.shown, name="office_review"),
    path("review/say/", review.say, name="office_review_say"),
    path("review/finish/", review.finish, name="office_review_finish"),
]
