"""Routes of an office's own directory entries."""

from django.urls import path

from portico.edges.web.upkeep import confirming, entries

urlpatterns = [
    path("", entries.listed, name="office_directory"),
    path("confirm/", confirming.shown, name="office_directory_confirm"),
    path("confirm/say/", confirming.confirm, name="office_directory_confirmed"),
    path("changes/", entries.all_changes, name="office_directory_changes"),
    path("changes/<slug:reference>/", entries.one_change, name="office_directory_change"),
    path("changes/<slug:reference>/document/", entries.add_document, name="office_directory_document"),
    path("changes/<slug:reference>/take-back/", entries.take_back, name="office_directory_take_back"),
    path("<int:number>/", entries.one, name="office_directory_entry"),
    path("<int:number>/change/<slug:field>/", entries.change, name="office_directory_new"),
]
