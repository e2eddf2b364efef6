"""Routes of Patient Info, receipts and schedules; a person stands in none of them, only opaque ids do."""

from django.urls import path, register_converter

from portico.edges.web.members import card, converters, page, receipts, schedules, search

register_converter(converters.Day, "day")
register_converter(converters.PlanCode, "plan_code")

urlpatterns = [
    path("patients/", search.search, name="patient_search"),
    path("patients/<uuid:lookup>/", page.page, name="patient"),
    path("patients/<uuid:lookup>/choose/", search.choose, name="patient_choose"),
    path("patients/<uuid:lookup>/as-of/", search.move, name="patient_as_of"),
    path("patients/<uuid:lookup>/card.pdf", card.as_pdf, name="card_pdf"),
    path("patients/<uuid:lookup>/card.png", card.as_png, name="card_png"),
    path("patients/<uuid:lookup>/receipt/", receipts.give, name="receipt_give"),
    path("receipts/", receipts.recent, name="receipts"),
    path("receipts/<slug:reference>/", receipts.show, name="receipt"),
    path("receipts/<slug:reference>/receipt.pdf", receipts.as_pdf, name="receipt_pdf"),
    path("schedules/", schedules.find, name="schedules"),
    path("schedules/<plan_code:code>/<day:on>/", schedules.show, name="schedule"),
    path(
        "schedules/<plan_code:code>/<day:on>/schedule-of-benefits.pdf", schedules.as_pdf, name="schedule_pdf"
    ),
]
