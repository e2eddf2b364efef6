"""Routes of the plan's support desk."""

from django.urls import path

from portico.edges.web.help import onboarding
from portico.edges.web.people.sides import PLAN
from portico.edges.web.staff.help_desk import cases, diagnosis, report

urlpatterns = [
    path("cases/", cases.queue, name="staff_cases"),
    path("cases/<slug:reference>/", cases.one, name="staff_case"),
    path("cases/<slug:reference>/answer/", cases.answer, name="staff_case_answer"),
    path("cases/<slug:reference>/note/", cases.note, name="staff_case_note"),
    path("cases/<slug:reference>/take/", cases.take, name="staff_case_take"),
    path("cases/<slug:reference>/end/", cases.end, name="staff_case_end"),
    path("people/<int:number>/diagnosis/", diagnosis.shown, name="person_diagnosis"),
    path("onboarding/", onboarding.shown, {"side": PLAN}, name="staff_onboarding"),
    path("access-report/", report.shown, name="access_report"),
]
