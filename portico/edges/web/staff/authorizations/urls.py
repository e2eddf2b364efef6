"""Routes of the plan's desk for authorizations."""

from django.urls import path

from portico.edges.web.staff.authorizations import (
    approval,
    case,
    clocks,
    deciding,
    lists,
    questionnaires,
    queue,
    rules,
    talks,
)

ONE = "requests/<uuid:authorization>/"

urlpatterns = [
    path("", queue.listed, name="authorization_queue"),
    path(ONE, case.one, name="authorization_case"),
    path(f"{ONE}hand/", case.hand, name="authorization_hand"),
    path(f"{ONE}notes/", case.note, name="authorization_case_note"),
    path(f"{ONE}longer/", case.extend, name="authorization_longer"),
    path(f"{ONE}decide/", deciding.decide, name="authorization_decide"),
    path(f"{ONE}ask/", deciding.ask, name="authorization_ask_more"),
    path(f"{ONE}questions/<uuid:question>/take-back/", case.withdraw, name="authorization_take_back"),
    path(f"{ONE}traces/<int:trace>/again/", case.replay, name="authorization_replay"),
    path(f"{ONE}letters/<uuid:letter>/", case.letter, name="authorization_desk_letter"),
    path(f"{ONE}documents/<uuid:document>/", case.document, name="authorization_desk_document"),
    path("rules/", rules.index, name="authorization_rules"),
    path("rules/approval/", approval.edit, name="approval_rules"),
    path("rules/clocks/", clocks.edit, name="authorization_clocks"),
    path("rules/questionnaires/", questionnaires.listed, name="questionnaires"),
    path("rules/questionnaires/<slug:key>/<int:version>/", questionnaires.one, name="questionnaire"),
    path("talks/", talks.listed, name="authorization_talks"),
    path("talks/<uuid:talk>/", talks.one, name="authorization_talk_settle"),
    path("talks/<uuid:talk>/cancel/", talks.cancel, name="authorization_talk_desk_cancel"),
    path("talks/<uuid:talk>/calendar.ics", talks.calendar, name="authorization_talk_desk_calendar"),
    path("lists/", lists.listed, name="requirement_lists"),
    path("lists/<str:version>/", lists.draft, name="requirement_draft"),
    path("lists/<str:version>/drop/", lists.drop, name="requirement_draft_drop"),
]
