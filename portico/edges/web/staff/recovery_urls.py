"""Routes of offices without an administrator."""

from django.urls import path

from portico.edges.web.staff import recoveries

urlpatterns = [
    path("", recoveries.queue, name="recoveries"),
    path("<int:number>/", recoveries.one, name="recovery_case"),
    path("<int:number>/confirm/", recoveries.confirm, name="recovery_confirm"),
    path("<int:number>/approve/", recoveries.approve, name="recovery_approve"),
    path("<int:number>/refuse/", recoveries.refuse, name="recovery_refuse"),
]
