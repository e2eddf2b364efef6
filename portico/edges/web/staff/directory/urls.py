"""Routes of the plan's desk for directory entries."""

from django.urls import path

from portico.edges.web.staff.directory import case, lists

urlpatterns = [
    path("", lists.queue, name="staff_directory"),
    path("published/", lists.published, name="staff_directory_published"),
    path("unconfirmed/", lists.unconfirmed, name="staff_directory_unconfirmed"),
    path("export/", lists.export, name="staff_directory_export"),
    path("changes/<slug:reference>/", case.one, name="staff_directory_change"),
    path("changes/<slug:reference>/accept/", case.accept, name="staff_directory_accept"),
    path("changes/<slug:reference>/refuse/", case.refuse, name="staff_directory_refuse"),
    path("changes/<slug:reference>/documents/<int:number>/", case.document, name="staff_directory_document"),
]
