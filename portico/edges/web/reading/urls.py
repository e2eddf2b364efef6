"""Routes of reading the library. A key and a number stay; so does every address made of them."""

from django.urls import path, register_converter

from portico.edges.web.members import converters
from portico.edges.web.reading import compared, document, following, helping, required, topics

register_converter(converters.Day, "read_day")

urlpatterns = [
    path("library/<slug:key>/", document.current, name="library_document"),
    path("library/<slug:key>/print/", document.printed, name="library_print"),
    path("library/<slug:key>/on/<read_day:day>/", document.on, name="library_on"),
    path("library/<slug:key>/versions/<int:number>/", document.version, name="library_version"),
    path("library/<slug:key>/versions/<int:number>/files/<str:name>", document.file, name="library_file"),
    path("library/<slug:key>/versions/<int:number>/read/", required.read, name="library_read"),
    path(
        "library/<slug:key>/differences/<int:before>/<int:after>/", compared.shown, name="library_differences"
    ),
    path("topics/", topics.every, name="library_topics"),
    path("topics/<slug:code>/", topics.one, name="library_topic"),
    path("following/", following.shown, name="library_following"),
    path("following/<int:number>/stop/", following.stop, name="library_following_stop"),
    path("required-reading/", required.mine, name="required_reading"),
    path("office/required-reading/", required.of_office, name="office_required_reading"),
    path("staff/required-reading/", required.of_plan, name="staff_required_reading"),
    path(
        "staff/required-reading/<slug:key>/<int:number>/",
        required.by_office,
        name="staff_required_reading_one",
    ),
    path(
        "staff/required-reading/<slug:key>/<int:number>/csv/",
        required.as_csv,
        name="staff_required_reading_csv",
    ),
    path("help/", helping.every, name="help"),
    path("help/manual/", helping.manual, name="portal_manual"),
    path("help/<slug:key>/", helping.one, name="help_answer"),
]
