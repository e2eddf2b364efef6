"""Routes of encounters; no person stands in any of them."""

from django.urls import path

from portico.edges.web.encounters import completeness, files, mending, pages, sending

urlpatterns = [
    path("", pages.listed, name="encounters"),
    path("send/", sending.send, name="encounter_send"),
    path("completeness/", completeness.show, name="encounter_completeness"),
    path("completeness/completeness.csv", completeness.as_csv, name="encounter_completeness_csv"),
    path("<uuid:submission>/", pages.file, name="encounter_file"),
    path("<uuid:submission>/progress/", pages.progress, name="encounter_progress"),
    path("<uuid:submission>/<slug:kind>.x12", files.answer, name="encounter_answer"),
    path("<uuid:submission>/control-summary.pdf", files.summary_pdf, name="encounter_summary_pdf"),
    path("<uuid:submission>/control-summary.csv", files.summary_csv, name="encounter_summary_csv"),
    path("<uuid:submission>/rejections.pdf", files.rejections_pdf, name="encounter_rejections_pdf"),
    path("<uuid:submission>/rejections.csv", files.rejections_csv, name="encounter_rejections_csv"),
    path("records/<uuid:encounter>/", mending.record, name="encounter"),
    path("records/<uuid:encounter>/void/", mending.void, name="encounter_void"),
]
