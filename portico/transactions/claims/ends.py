"""Who sends an 837 and who receives it, and the headers they make."""

from dataclasses import dataclass
from datetime import datetime

from portico.domains.claims.facts.submitted import Form
from portico.shared.x12.headers import GroupHeader, InterchangeHeader
from portico.transactions.guides import guide_837i, guide_837p

VERSIONS = {Form.PROFESSIONAL: guide_837p.VERSION, Form.INSTITUTIONAL: guide_837i.VERSION}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ends:
    """Sender and receiver of a file: their interchange IDs (15 characters at most) and names.

    `contact` and `telephone` are those of the sender, for who reads the file; `usage` is P, or T for a test.
    """

    sender: str
    sender_name: str
    receiver: str
    receiver_name: str
    contact: str
    telephone: str
    usage: str = "P"

    def interchange(self, *, at: datetime, control_number: int) -> InterchangeHeader:
        """Answers the ISA; `at` is in the plan's time zone."""
        return InterchangeHeader(
            sender=self.sender,
            receiver=self.receiver,
            date=f"{at:%y%m%d}",
            time=f"{at:%H%M}",
            control_number=f"{control_number:09d}",
            usage=self.usage,
        )

    def group(self, form: Form, *, at: datetime, control_number: int) -> GroupHeader:
        """Answers the GS."""
        return GroupHeader(
            functional_id="HC",
            sender=self.sender,
            receiver=self.receiver,
            date=f"{at:%Y%m%d}",
            time=f"{at:%H%M}",
            control_number=str(control_number),
            version=VERSIONS[form],
        )
