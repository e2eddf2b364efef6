"""Routes of remittances; a payment and a search stand in them by opaque ids."""

from django.urls import path

from portico.edges.web.remittances import deposit_views, files, views

urlpatterns = [
    path("", views.search, name="remittances"),
    path("found/<uuid:inquiry>/", views.found, name="remittances_found"),
    path("deposits/", deposit_views.listed, name="deposits"),
    path("deposits/file/", deposit_views.file, name="deposits_file"),
    path("deposits/<uuid:deposit>/remove/", deposit_views.remove, name="deposit_remove"),
    path("missing/", deposit_views.missing, name="missing_remittances"),
    path("trends/", deposit_views.trend, name="remittance_trends"),
    path("<uuid:payment>/", views.show, name="remittance"),
    path("<uuid:payment>/claims/<int:position>/", views.claim, name="remittance_claim"),
    path("<uuid:payment>/explanation-of-payment.pdf", files.as_pdf, name="remittance_pdf"),
    path("<uuid:payment>/835/", files.as_835, name="remittance_835"),
]
