"""Routes of help."""

from django.urls import path

from portico.edges.web.help import cases, diagnose, goals

urlpatterns = [
    path("diagnose/", diagnose.diagnose, name="diagnose"),
    path("cases/", cases.listed, name="cases"),
    path("cases/new/", cases.new, name="case_new"),
    path("cases/<slug:reference>/", cases.one, name="case"),
    path("cases/<slug:reference>/withdraw/", cases.withdraw, name="case_withdraw"),
    path("help/access/", goals.shown, name="access_help"),
    path("help/access/checklist/", goals.checklist, name="access_checklist"),
]
