"""What a caller says its body is: one that cannot be read counts as none, in the server itself too."""

import io

import pytest

from portico.config import wsgi


@pytest.mark.parametrize(
    "content_type",
    [
        "multipart/form-data; boundary*=idna''%ff",
        "multipart/form-data; boundary*=undefined''x",
        "text/plain; a*=idna''x",
    ],
)
def test_a_content_type_that_cannot_be_read_is_none(content_type: str) -> None:
    environ = {"REQUEST_METHOD": "POST", "wsgi.input": io.BytesIO(), "CONTENT_TYPE": content_type}
    request = wsgi.application.request_class(environ)
    assert (request.content_type, request.content_params) == ("", {})
    assert request.META["CONTENT_TYPE"] == content_type


def test_one_that_can_be_read_is_what_it_says() -> None:
    environ = {"REQUEST_METHOD": "POST", "wsgi.input": io.BytesIO(), "CONTENT_TYPE": "text/plain; a=b"}
    request = wsgi.application.request_class(environ)
    assert (request.content_type, request.content_params) == ("text/plain", {"a": "b"})
