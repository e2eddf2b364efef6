"""The guide for those who connect software: what it says is typed, from the desk's page to the first answers.

Commands of a shell other than `curl` are not run; what they would print is made here.
"""

import re
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from joserfc import jwt
from joserfc.jwk import RSAKey

from portico.edges.x12.connectivity import fields
from portico.edges.x12.tests import enveloping
from tests.support import systems, visiting, working
from tests.support.actors import NOW
from tests.support.curl import Shell
from tests.support.world import World
from tests.web import desk
from tools import reference_of_settings

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs" / "guides" / "connect-software.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SHELL = [text for kind, text in BLOCK.findall(GUIDE) if kind == "sh"]
[QUESTION] = [text for kind, text in BLOCK.findall(GUIDE) if not kind]
CURL = re.compile(r"^curl (?:.*\\\n)*.*$", re.MULTILINE)
WRITTEN = "question.x12"


def commands(heading: str) -> list[str]:
    """The `curl` commands under a heading of the guide, as they are typed."""
    section = GUIDE.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return [found for kind, block in BLOCK.findall(section) if kind == "sh" for found in CURL.findall(block)]


def handed_over(answer: Any) -> dict[str, str]:
    """What the technician types off the desk's page, under the guide's names."""
    said = visiting.seen(answer)
    shown = {
        "DOOR": r"Address (\S+)",
        "USERNAME": r"Username (\S+)",
        "PASSWORD": r"Password (\S+)",
        "SENDER": r"Sender ID (\S+)",
        "RECEIVER": r"Receiver ID (\S+)",
    }
    return {name: str(re.search(pattern, said)[1]) for name, pattern in shown.items()}  # type: ignore[index]


def read(answer: Any) -> dict[str, str]:
    """The fields of an answer."""
    assert answer.status_code == 200, answer.content
    told = enveloping.read(answer.content, answer["Content-Type"])
    return {name: value.decode() if isinstance(value, bytes) else value for name, value in told.items()}


def printed(batch: str = "") -> dict[str, str]:
    """What the other commands of the guide print."""
    return {
        "new_id": batch or str(uuid4()),
        "date -u +%Y-%m-%dT%H:%M:%SZ": f"{NOW:%Y-%m-%dT%H:%M:%SZ}",
        f"wc -c < {WRITTEN}": str(len(QUESTION)),
        f"openssl dgst -sha1 -r {WRITTEN} | cut -c1-40": fields.digest(QUESTION.encode()),
    }


@pytest.fixture
def variables(operations: Client) -> dict[str, str]:
    """A trading partner as the desk's page connects it, in the shell of its technician."""
    return handed_over(operations.post(desk.PARTNER_NEW, desk.PARTNER))


def test_the_first_271_comes_by_the_words_of_the_guide(variables: dict[str, str]) -> None:
    [asked] = commands("2. The first 271")
    told = read(Shell(variables, printed(), {WRITTEN: QUESTION}).curl(asked))
    assert (told["ErrorCode"], told["PayloadType"]) == ("Success", "X12_271_Response_005010X279A1")
    assert "EB*1**30*HM*HMO Gold~" in told["Payload"]
    assert "AAA" not in told["Payload"]


def test_the_wsdl_stands_where_the_guide_says(variables: dict[str, str]) -> None:
    answer = Shell(variables).curl('curl "$DOOR?wsdl"')
    assert (answer.status_code, b"RealTimeTransaction" in answer.content) == (200, True)


def test_a_batch_is_handed_in_and_fetched_by_the_words_of_the_guide(variables: dict[str, str]) -> None:
    batch = str(uuid4())
    hand_in, acknowledgement, results = commands("3. A batch")
    shell = Shell({**variables, "BATCH": batch}, printed(batch), {WRITTEN: QUESTION})
    assert read(shell.curl(hand_in))["PayloadType"] == "X12_BatchReceiptConfirmation"
    assert read(shell.curl(results))["PayloadType"] == "X12_005010_Response_NoBatchResultsFile"
    working.work()
    assert "IK5*A~" in read(shell.curl(acknowledgement))["Payload"]
    assert "EB*1**30*HM*HMO Gold~" in read(shell.curl(results))["Payload"]


def test_the_first_coverage_comes_by_the_words_of_the_guide(world: World) -> None:
    del world
    key = RSAKey.generate_key(2048, {"kid": "first", "alg": "RS384", "use": "sig"})
    made = systems.a_client(key_set={"keys": [key.as_dict(private=False)]}).machine
    at = int(NOW.timestamp())
    doors = {"TOKEN_DOOR": "http://testserver/fhir/token", "FHIR": "http://testserver/fhir/"}
    name = made.row.sign_in_name
    claims = {"iss": name, "sub": name, "aud": doors["TOKEN_DOOR"], "jti": "a", "iat": at, "exp": at + 240}
    header = {"alg": "RS384", "typ": "JWT", "kid": "first"}
    assertion = jwt.encode(header, claims, key, algorithms=["RS384"])
    token, search, coverage = commands("4. The first Coverage")
    given = Shell({**doors, "ASSERTION": assertion}).curl(token).json()
    assert given["scope"].split() == ["system/Patient.rs", "system/Coverage.rs"]
    known = {**doors, "TOKEN": given["access_token"]}
    [found] = Shell(known).curl(search).json()["entry"]
    covered = Shell({**known, "PATIENT": found["resource"]["id"]}).curl(coverage).json()
    [entry] = [each for each in covered["entry"] if each["resource"]["resourceType"] == "Coverage"]
    assert (entry["resource"]["status"], entry["resource"]["subscriberId"]) == ("active", "SNLQX7731")


def test_what_a_shell_signs_is_what_the_guide_says_it_is() -> None:
    signing = next(block for block in SHELL if "ASSERTION=" in block)
    assert '{"alg":"RS384","typ":"JWT","kid":"first"}' in signing
    assert '{"iss":"%s","sub":"%s","aud":"%s","jti":"%s","iat":%s,"exp":%s}' in signing
    assert "openssl dgst -sha384 -sign private.pem" in signing


def test_the_guide_names_only_settings_and_files_there_are() -> None:
    assert set(re.findall(r"PORTICO_[A-Z0-9_]+", GUIDE)) <= set(reference_of_settings.MEANS)
    linked = re.findall(r"\]\(([^)#]+)[^)]*\)", GUIDE)
    assert linked
    assert [each for each in linked if not (ROOT / "docs" / "guides" / each).exists()] == []
