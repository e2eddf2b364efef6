"""Routes of batch eligibility; no person stands in any of them."""

from django.urls import path

from portico.edges.web.batches import acting, downloads, pages, sending

urlpatterns = [
    path("batches/", pages.batches, name="batches"),
    path("batches/new/", sending.send, name="batch_new"),
    path("batches/template.csv", sending.template, name="batch_template"),
    path("batches/<uuid:batch>/", pages.batch, name="batch"),
    path("batches/<uuid:batch>/progress/", pages.progress, name="batch_progress"),
    path("batches/<uuid:batch>/start/", acting.start, name="batch_start"),
    path("batches/<uuid:batch>/rerun/", acting.rerun, name="batch_rerun"),
    path("batches/<uuid:batch>/cancel/", acting.cancel, name="batch_cancel"),
    path("batches/<uuid:batch>/save/", acting.save, name="batch_save"),
    path("batches/<uuid:batch>/again/", acting.again, name="batch_again"),
    path("batches/<uuid:batch>/discard/", acting.discard, name="batch_discard"),
    path("batches/<uuid:batch>/results.csv", downloads.as_csv, name="batch_csv"),
    path("batches/<uuid:batch>/results.xlsx", downloads.as_xlsx, name="batch_xlsx"),
    path("batches/<uuid:batch>/results.271", downloads.as_271, name="batch_271"),
]
