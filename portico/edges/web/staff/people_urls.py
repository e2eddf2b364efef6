"""Routes of looking after people, for the plan's desk."""

from django.urls import path

from portico.edges.web.people import acts
from portico.edges.web.people import urls as people
from portico.edges.web.people.sides import PLAN
from portico.edges.web.staff import people as plan
from portico.edges.web.staff import person_new

urlpatterns = [
    path("new/", person_new.choose, name="person_new"),
    path("new/plan/", person_new.for_plan, name="person_new_plan"),
    path("new/office/<slug:office>/", person_new.for_office, name="person_new_office"),
    *people.of(
        PLAN,
        ("disable", acts.disable),
        ("enable", acts.enable),
        ("vouch", plan.vouch),
        ("caller", plan.check_caller),
    ),
]
