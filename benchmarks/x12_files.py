"""The 270s, 834s, 835s and 837s that readers are measured on: synthetic, valid, read alike by all.

A 270 asks for one patient, a set each, as real time sends it: linuxforhealth-x12 reads no second patient of
a set. The 834 is the synthetic plan's, without what a peer stumbles over: accents (pyx12), the sex U and the
loop of a primary care provider (linuxforhealth-x12). The 835 pays claims of two service lines, and balances,
which linuxforhealth-x12 asks for. The 837 holds professional claims of two lines from one office.
"""

import io
import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from portico.demo import build
from portico.domains.claims.facts.submitted import (
    Address,
    Diagnosis,
    DiagnosisKind,
    Form,
    Party,
    Patient,
    SentClaim,
    SentService,
)
from portico.edges.x12.guides import guide_270
from portico.shared.identifiers import npi_with_check_digit
from portico.shared.x12.build import GroupWriter, InterchangeWriter, TransactionWriter
from portico.shared.x12.headers import GroupHeader, InterchangeHeader
from portico.transactions.claims import writer as claims_writer
from portico.transactions.claims.ends import Ends
from portico.transactions.guides import guide_835

DAY, TIME = "20260312", "0900"
CLAIMS_A_PAYMENT = 200
CLINIC = npi_with_check_digit("200000001")
_ISA = InterchangeHeader(
    sender="CLEARINGHOUSE", receiver="99999", date=DAY[2:], time=TIME, control_number="000000001"
)
_CLAIM_ENDS = Ends(
    sender="CLEARINGHOUSE",
    sender_name="CLEARINGHOUSE",
    receiver="99999",
    receiver_name="NORTHLAKE HEALTH PLAN",
    contact="SUPPORT",
    telephone="7605550101",
)
_OFFICE = Party(
    name="LAKESIDE FAMILY PRACTICE",
    npi=CLINIC,
    tax_id="170000001",
    address=Address("1 LAKE ROAD", "", "NORTHLAKE", "CA", "920080001"),
)
_PROVIDER_LOOP = re.compile(rb"LX\*1~\s*NM1\*P3[^~]*~\s*")
_TRAILER = re.compile(rb"^SE\*\d+\*", re.MULTILINE)
_CONTACT = re.compile(rb"PER\*[^~]*~")
_UNKNOWN_SEX = re.compile(rb"(DMG\*D8\*\d{8}\*)U")


def write_270(path: Path, patients: int) -> int:
    """Writes as many sets; answers the number of patients."""
    with (
        path.open("wb") as file,
        InterchangeWriter(file, _ISA) as interchange,
        interchange.group(_gs("HS", guide_270.VERSION)) as group,
    ):
        for number in range(1, patients + 1):
            _write_inquiry(group, number)
    return patients


def question(partner: Mapping[str, Any], member: Mapping[str, Any]) -> bytes:
    """A 270 of one of the demo's partners about one of its members, both as `var/demo.json` tells of them."""
    file = io.BytesIO()
    isa = InterchangeHeader(
        sender=partner["sender_id"],
        receiver=partner["receiver_id"],
        date=DAY[2:],
        time=TIME,
        control_number="000000001",
    )
    with (
        InterchangeWriter(file, isa) as interchange,
        interchange.group(_gs("HS", guide_270.VERSION)) as group,
        group.transaction("270", guide=guide_270.VERSION) as transaction,
    ):
        _write_who_asks(transaction, "QUESTION", partner["npi"])
        name = member["last_name"].upper(), member["first_name"].upper()
        transaction.write("NM1", "IL", "1", *name, "", "", "", "MI", member["member_id"])
        transaction.write("DMG", "D8", member["birth_date"].replace("-", ""))
        transaction.write("EQ", "30")
    return file.getvalue()


def write_834(path: Path, members: int) -> int:
    """Writes a full 834 of the synthetic plan; answers the number of members."""
    built = build.build(members, 7, path.with_suffix(""), date(2026, 3, 12)).enrolment[0]
    plain = unicodedata.normalize("NFKD", built.read_text(encoding="utf-8")).encode("ascii", "ignore")
    plain = _UNKNOWN_SEX.sub(rb"\1F", _PROVIDER_LOOP.sub(b"", plain))
    path.write_bytes(_counted_anew(plain))
    return plain.count(b"INS*")


def write_835(path: Path, claims: int) -> int:
    """Writes payments of some hundred claims each; answers the number of claims."""
    with (
        path.open("wb") as file,
        InterchangeWriter(file, _ISA) as interchange,
        interchange.group(_gs("HP", guide_835.VERSION)) as group,
    ):
        for first in range(1, claims + 1, CLAIMS_A_PAYMENT):
            numbers = range(first, min(first + CLAIMS_A_PAYMENT, claims + 1))
            with group.transaction("835") as transaction:
                _write_payment(transaction, len(numbers), first)
                for number in numbers:
                    _write_claim(transaction, number)
    return claims


def write_837(path: Path, claims: int) -> int:
    """Writes as many professional claims; answers their number."""
    with path.open("wb") as file:
        each = (_sent_claim(number) for number in range(1, claims + 1))
        at = datetime.strptime(f"{DAY}{TIME}", "%Y%m%d%H%M")  # noqa: DTZ007
        return claims_writer.write(
            file, each, form=Form.PROFESSIONAL, ends=_CLAIM_ENDS, at=at, control_number=1
        )


def without_contact(path: Path) -> Path:
    """A copy of an 835 without its PER, which the guide asks for and linuxforhealth-x12 cannot take there."""
    copy = path.with_stem(f"{path.stem}-without-contact")
    copy.write_bytes(_counted_anew(_CONTACT.sub(b"", path.read_bytes())))
    return copy


def _gs(functional_id: str, version: str) -> GroupHeader:
    return GroupHeader(
        functional_id=functional_id,
        sender="CLEARINGHOUSE",
        receiver="99999",
        date=DAY,
        time=TIME,
        control_number="1",
        version=version,
    )


def _write_inquiry(group: GroupWriter, number: int) -> None:
    with group.transaction("270", guide=guide_270.VERSION) as transaction:
        _write_who_asks(transaction, f"{number:09}", CLINIC)
        transaction.write("NM1", "IL", "1", "RIVERA", "ANA", "M", "", "", "MI", f"N{number:08}")
        transaction.write("REF", "6P", "GROUP0001")
        transaction.write("N3", "100 MARKET ST", "APT 3G")
        transaction.write("N4", "LOS ANGELES", "CA", "90001")
        transaction.write("DMG", "D8", "19800228", "F")
        transaction.write("DTP", "291", "D8", DAY)
        transaction.write("EQ", "30")


def _write_who_asks(transaction: TransactionWriter, trace: str, npi: str) -> None:
    """The set up to its first patient."""
    transaction.write("BHT", "0022", "13", trace, DAY, TIME)
    transaction.write("HL", "1", "", "20", "1")
    transaction.write("NM1", "PR", "2", "NORTHLAKE HEALTH PLAN", "", "", "", "", "PI", "99999")
    transaction.write("HL", "2", "1", "21", "1")
    transaction.write("NM1", "1P", "2", "LAKESIDE FAMILY PRACTICE", "", "", "", "", "XX", npi)
    transaction.write("HL", "3", "2", "22", "0")
    transaction.write("TRN", "1", trace, "9CLEARING1")


def _counted_anew(file: bytes) -> bytes:
    """The file with each SE counting the segments there now are."""
    told: list[bytes] = []
    began = 0
    for place, segment in enumerate(file.split(b"~")):
        if segment.strip().startswith(b"ST*"):
            began = place
        told.append(_TRAILER.sub(b"SE*%d*" % (place - began + 1), segment))
    return b"~".join(told)


def _write_payment(transaction: TransactionWriter, claims: int, first: int) -> None:
    paid = f"{claims * 187.5:.2f}".rstrip("0").rstrip(".")
    account = "01", "999999992", "DA", "123456", "1512345678", "", "01", "999988880", "DA", "98765"
    transaction.write("BPR", "I", paid, "C", "ACH", "CCP", *account, DAY)
    transaction.write("TRN", "1", f"0012{first:06}", "1512345678")
    transaction.write("DTM", "405", DAY)
    transaction.write("N1", "PR", "NORTHLAKE HEALTH PLAN")
    transaction.write("N3", "1 LAKE ROAD")
    transaction.write("N4", "NORTHLAKE", "CA", "92008")
    transaction.write("PER", "BL", "SUPPORT", "TE", "7605550101")
    transaction.write("N1", "PE", "LAKESIDE FAMILY PRACTICE", "XX", CLINIC)
    transaction.write("LX", "1")


def _write_claim(transaction: TransactionWriter, number: int) -> None:
    transaction.write("CLP", f"A{number:07}", "1", "300", "187.5", "50", "12", f"{number:011}", "11", "1")
    transaction.write("NM1", "QC", "1", "RIVERA", "LEO", "E", "", "", "MI", f"N{number:08}")
    transaction.write("NM1", "82", "2", "LAKESIDE FAMILY PRACTICE", "", "", "", "", "XX", CLINIC)
    transaction.write("REF", "1L", "GROUP0001")
    transaction.write("DTM", "050", "20260201")
    transaction.write("AMT", "AU", "250")
    for code, charged, paid in (("99213", "200", "127.5"), ("81002", "100", "60")):
        transaction.write("SVC", ("HC", code), charged, paid, "", "1")
        transaction.write("DTM", "472", "20260120")
        transaction.write("CAS", "CO", "45", "47.5" if code == "99213" else "15")
        transaction.write("CAS", "PR", "3", "25")
        transaction.write("REF", "6R", "1")
        transaction.write("AMT", "B6", "152.5" if code == "99213" else "85")


def _sent_claim(number: int) -> SentClaim:
    day = date(2026, 1, 20)
    return SentClaim(
        form=Form.PROFESSIONAL,
        patient_control_number=f"A{number:07}",
        billed=Decimal("300.00"),
        subscriber=Patient(
            last_name="RIVERA",
            first_name="LEO",
            birth_date=date(1980, 2, 28),
            sex="M",
            member_id=f"N{number:08}",
            address=Address("100 MARKET ST", "", "LOS ANGELES", "CA", "90001"),
        ),
        billing=_OFFICE,
        services=(_sent_line(1, "T1015", "200.00", day), _sent_line(2, "G0306", "100.00", day)),
        facility="11",
        filing="12",
        group_number="GROUP0001",
        written_on=date(2026, 3, 12),
        payer=Party(name="NORTHLAKE HEALTH PLAN", payer_number="99999"),
        diagnoses=(Diagnosis("E119", DiagnosisKind.PRINCIPAL),),
        tracking_number=f"{number:011}",
    )


def _sent_line(number: int, code: str, billed: str, day: date) -> SentService:
    return SentService(
        number, Decimal(billed), day, day, code_kind="HC", code=code, place_of_service="11", pointers=(1,)
    )
