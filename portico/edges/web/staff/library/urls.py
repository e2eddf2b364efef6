"""Routes of the library's desk."""

from django.urls import path

from portico.edges.web.staff.library import listed, reviewing, writing

_OF = "documents/<slug:key>/"
_VERSION = "documents/<slug:key>/versions/<int:number>/"

urlpatterns = [
    path("", listed.listed, name="staff_library"),
    path("new/", writing.new, name="staff_library_new"),
    path("preview/", writing.preview, name="staff_library_preview"),
    path(_OF, listed.one, name="staff_library_document"),
    path(f"{_OF}about/", listed.about, name="staff_library_about"),
    path(f"{_OF}standing/", listed.standing, name="staff_library_standing"),
    path(f"{_OF}edit/", writing.edit, name="staff_library_edit"),
    path(f"{_OF}files/", writing.files, name="staff_library_files"),
    path(f"{_OF}writing/", writing.act, name="staff_library_writing"),
    path(_VERSION, reviewing.version, name="staff_library_version"),
    path(f"{_VERSION}approve/", reviewing.approve, name="staff_library_approve"),
    path(f"{_VERSION}refuse/", reviewing.refuse, name="staff_library_refuse"),
    path(f"{_VERSION}withdraw/", reviewing.withdraw, name="staff_library_withdraw"),
    path(f"{_VERSION}files/<str:name>/", reviewing.file, name="staff_library_file"),
]
