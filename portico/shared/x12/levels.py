"""The three levels of envelopes, each giving out those inside it and checking its own trailer."""

from collections.abc import Iterator

from portico.shared.x12.bookmarks import Bookmark, Opened
from portico.shared.x12.delimiters import Delimiters
from portico.shared.x12.faults import FaultCode
from portico.shared.x12.headers import GroupHeader, InterchangeHeader, TransactionHeader
from portico.shared.x12.walking import ENVELOPE_IDS, Level, Numbered, Walk


class Interchange(Level):
    """An ISA and what stands before its IEA.

    `place` counts the file's interchanges from 1; `acknowledgments` are the TA1 segments met so far;
    `group_count` counts the groups met so far; `closed` says whether its IEA was reached.
    """

    header_invalid = FaultCode.INTERCHANGE_HEADER_INVALID
    control_repeated = FaultCode.INTERCHANGE_CONTROL_REPEATED
    control_element = 13
    count_wrong = FaultCode.INTERCHANGE_COUNT_WRONG
    control_mismatch = FaultCode.INTERCHANGE_CONTROL_MISMATCH

    def __init__(self, walk: Walk, segment: list[str], delimiters: Delimiters, offset: int) -> None:
        super().__init__(walk)
        self.place = walk.interchange
        self.header = InterchangeHeader.read(segment)
        self.delimiters = delimiters
        self.offset = offset
        self.acknowledgments: list[list[str]] = []
        self.group_count = 0
        self._control_numbers: set[str] = set()
        self._groups = self._read()

    def groups(self) -> Iterator["Group"]:
        """Answers the functional groups, one after the other; asked again, it goes on where it was."""
        return self._groups

    def transactions(self) -> Iterator["TransactionSet"]:
        """Answers the transaction sets of all groups, one after the other."""
        for group in self._groups:
            # Not `yield from`: a caller who breaks off would close the group's own iterator with this one.
            for transaction in group.transactions():  # noqa: UP028
                yield transaction

    def skip(self) -> None:
        """Reads to the interchange's end, checking what passes."""
        for _ in self._groups:
            pass

    def reopen(self, bookmark: Bookmark, opened: Opened) -> None:
        """Puts the interchange in the state it had at a bookmark."""
        self.group_count = bookmark.groups
        group = Group(self, opened.gs, bookmark.gs_offset)
        group.reopen(bookmark, opened)
        self._control_numbers.add(group.header.control_number)
        self._groups = self._read(group)

    def _read(self, reopened: "Group | None" = None) -> Iterator["Group"]:
        if reopened:
            yield reopened
            reopened.skip()
        while not self.closed:
            name = self.walk.step_inside("the interchange, before its IEA")[1][0]
            if name == "GS":
                group = self._open()
                yield group
                group.skip()
            elif name == "TA1":
                self.walk.count_envelope()
                self.acknowledgments.append(self.walk.at[1])
            elif name == "IEA":
                self.closed = True
                self.check_trailer(self.group_count, self.header.control_number, "groups (GS)")
            elif name == "ISA":
                raise self.walk.nested_interchange()
            elif self.walk.admit(self.faults):
                message = "a GS, TA1 or IEA is expected here; is a GS missing?"
                raise self.walk.error(FaultCode.OUTSIDE_GROUP, message)

    def _open(self) -> "Group":
        self.group_count += 1
        group = Group(self, self.walk.at[1], self.walk.offset())
        group.check_header(group.header.control_number, self._control_numbers)
        return group


class Group(Level):
    """A GS and what stands before its GE.

    `transaction_count` counts the sets met so far; `closed` says whether the GE was reached.
    """

    header_invalid = FaultCode.GROUP_HEADER_INVALID
    control_repeated = FaultCode.GROUP_CONTROL_REPEATED
    control_element = 6
    count_wrong = FaultCode.GROUP_COUNT_WRONG
    control_mismatch = FaultCode.GROUP_CONTROL_MISMATCH

    def __init__(self, interchange: Interchange, segment: list[str], offset: int) -> None:
        super().__init__(interchange.walk)
        self.interchange = interchange
        self.header = GroupHeader.read(segment)
        self.offset = offset
        self.transaction_count = 0
        self._control_numbers: set[str] = set()
        self._transactions = self._read()

    def transactions(self) -> Iterator["TransactionSet"]:
        """Answers the transaction sets, one after the other; asked again, it goes on where it was."""
        return self._transactions

    def skip(self) -> None:
        """Reads to the group's end, checking what passes."""
        for _ in self._transactions:
            pass

    def reopen(self, bookmark: Bookmark, opened: Opened) -> None:
        """Puts the group in the state it had at a bookmark."""
        if bookmark.number == bookmark.st_number:
            self.transaction_count = bookmark.transactions - 1
            return
        self.transaction_count = bookmark.transactions
        transaction = TransactionSet(self, opened.st, bookmark.st_number, bookmark.st_offset)
        self._control_numbers.add(transaction.header.control_number)
        self._transactions = self._read(transaction)

    def _read(self, reopened: "TransactionSet | None" = None) -> Iterator["TransactionSet"]:
        if reopened:
            yield reopened
            reopened.skip()
        while not self.closed:
            name = self.walk.step_inside("a group, before its GE")[1][0]
            if name == "ST":
                transaction = self._open()
                yield transaction
                transaction.skip()
            elif name == "GE":
                self.closed = True
                self.check_trailer(self.transaction_count, self.header.control_number, "sets (ST)")
            elif name in ("GS", "IEA"):
                message = f"a {name} stands here before the group's GE. Close each group"
                self.walk.report(FaultCode.GROUP_NOT_CLOSED, message, self.faults)
                return self.walk.put_back()
            elif name == "ISA":
                raise self.walk.nested_interchange()
            elif self.walk.admit(self.faults):
                message = "an ST or GE is expected here; is an ST missing?"
                raise self.walk.error(FaultCode.OUTSIDE_TRANSACTION, message)

    def _open(self) -> "TransactionSet":
        self.transaction_count += 1
        transaction = TransactionSet(self, self.walk.at[1], self.walk.at[0], self.walk.offset())
        transaction.check_header(transaction.header.control_number, self._control_numbers)
        return transaction


class TransactionSet(Level):
    """An ST and what stands before its SE.

    `number` and `offset` are the ST's; `closed` says whether the SE was reached.
    """

    header_invalid = FaultCode.TRANSACTION_HEADER_INVALID
    control_repeated = FaultCode.TRANSACTION_CONTROL_REPEATED
    control_element = 2
    count_wrong = FaultCode.TRANSACTION_COUNT_WRONG
    control_mismatch = FaultCode.TRANSACTION_CONTROL_MISMATCH

    def __init__(self, group: Group, segment: list[str], number: int, offset: int) -> None:
        super().__init__(group.walk)
        self.group = group
        self.header = TransactionHeader.read(segment)
        self.number = number
        self.offset = offset
        self._segments = self._read()

    @property
    def guide(self) -> str:
        """Answers the implementation guide it follows: ST03, or GS08 where the set has none."""
        return self.header.guide or self.group.header.version

    def segments(self) -> Iterator[Numbered]:
        """Answers the segments between ST and SE with their numbers; asked again, it goes on where it was.

        Only when `closed` is true afterwards is the transaction set whole.
        """
        return self._segments

    def position(self, number: int) -> int:
        """Answers a segment's place in the transaction set, where the ST is 1."""
        return number - self.number + 1

    def skip(self) -> None:
        """Reads to the transaction set's end, checking what passes."""
        self.walk.is_skipping = True
        for _ in self._segments:
            pass
        self.walk.is_skipping = False

    def bookmark(self) -> Bookmark:
        """Answers the place of the segment handed out last, or of the ST before the first.

        Ask while this transaction set is being read, not when another has begun.
        """
        interchange = self.group.interchange
        return Bookmark(
            interchange=interchange.place,
            groups=interchange.group_count,
            transactions=self.group.transaction_count,
            isa_offset=interchange.offset,
            gs_offset=self.group.offset,
            st_offset=self.offset,
            st_number=self.number,
            offset=self.walk.offset(),
            number=self.walk.at[0],
        )

    def _read(self) -> Iterator[Numbered]:
        walk, known = self.walk, self.walk.known
        while not self.closed:
            for numbered in walk.rest:
                walk.at = numbered
                if numbered[1][0] in known:
                    yield numbered
                elif numbered[1][0] in ENVELOPE_IDS:
                    return self._end()
                elif walk.admit(self.faults):
                    yield numbered
            if not walk.advance():
                raise walk.truncated("a transaction set, before its SE")

    def _end(self) -> None:
        number, (name, *_) = self.walk.at
        if name == "SE":
            self.closed = True
            count = number - self.number + 1
            self.check_trailer(count, self.header.control_number, "segments (ST and SE counted)")
        elif name == "ISA":
            raise self.walk.nested_interchange()
        else:
            message = f"a {name} stands here before the transaction set's SE. Close each transaction set"
            self.walk.report(FaultCode.TRANSACTION_NOT_CLOSED, message, self.faults)
            self.walk.put_back()
