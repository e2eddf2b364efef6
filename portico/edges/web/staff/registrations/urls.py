"""Routes of registrations at the plan's desk."""

from django.urls import path

from portico.edges.web.staff.registrations import acts, case, queue

urlpatterns = [
    path("", queue.registrations, name="registrations"),
    path("<int:number>/", case.one, name="registration"),
    path("<int:number>/files/<int:document_id>/", case.document, name="registration_document"),
    path("<int:number>/assign/", case.assign, name="registration_assign"),
    path("<int:number>/note/", case.note, name="registration_note"),
    path("<int:number>/check/<slug:field>/", acts.check, name="registration_check"),
    path("<int:number>/return/", acts.send_back, name="registration_return"),
    path("<int:number>/approve/", acts.approve, name="registration_approve"),
    path("<int:number>/deny/", acts.deny, name="registration_deny"),
    path("<int:number>/withdraw/", acts.withdraw, name="registration_withdraw"),
    path("<int:number>/recognise/", acts.recognise, name="registration_recognise"),
    path("<int:number>/link/", acts.renew_link, name="registration_link"),
    path("<int:number>/new-id/", acts.reissue, name="registration_reissue"),
]
