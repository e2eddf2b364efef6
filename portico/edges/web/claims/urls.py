"""Routes of claims; neither a person nor a number of a claim stands in them, only opaque ids do."""

from django.urls import path

from portico.edges.web.claims import page, results, search, taking

urlpatterns = [
    path("claims/", search.search, name="claims"),
    path("claims/found/<uuid:inquiry>/", results.results, name="claims_found"),
    path("claims/found/<uuid:inquiry>/save/", taking.save, name="claims_save"),
    path("claims/found/<uuid:inquiry>/export/", taking.export, name="claims_export"),
    path("claims/filters/", taking.saved, name="claims_filters"),
    path("claims/filters/<uuid:number>/", taking.run, name="claims_filter"),
    path("claims/filters/<uuid:number>/remove/", taking.drop, name="claims_filter_remove"),
    path("claims/exports/", taking.exported, name="claims_exports"),
    path("claims/exports/<uuid:number>/file/", taking.file, name="claims_export_file"),
    path("claims/exports/<uuid:number>/remove/", taking.discard, name="claims_export_remove"),
    path("claims/<uuid:claim>/", page.page, name="claim"),
]
