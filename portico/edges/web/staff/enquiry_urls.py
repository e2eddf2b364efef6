"""Routes of what people without an account ask."""

from django.urls import path

from portico.edges.web.staff import enquiries

urlpatterns = [
    path("", enquiries.queue, name="enquiries"),
    path("<int:number>/", enquiries.one, name="enquiry"),
    path("<int:number>/end/", enquiries.end, name="enquiry_end"),
]
