"""Sealing of small secrets: AES-256-GCM with a key id, and keyed blind indexes to find them by.

A sealed value is `key_id (1 byte) + nonce (12) + ciphertext and tag`; the additional data names the
table, column and row it belongs to, so that a value moved elsewhere does not open (SECURITY.md, Data).
"""

import hashlib
import hmac
import os
from collections.abc import Mapping
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE_BYTES = 12
_BLOCK_BYTES = 16


class CannotOpen(Exception):
    """The value was sealed with a key we do not have, for another row, or was altered."""


@dataclass(frozen=True, slots=True)
class Vault:
    """Keys outside the database: `keys` maps a key id (1..255) to 32 bytes; the highest id seals."""

    keys: Mapping[int, bytes] = field(repr=False)
    index_key: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if not self.keys or any(len(key) != 32 for key in self.keys.values()):
            raise ValueError("a vault needs at least one key, each of 32 bytes")

    def seal(self, plain: str, *, place: str) -> bytes:
        """`plain` sealed for `place`, such as "members.member.ssn:4711"."""
        key_id = max(self.keys)
        nonce = os.urandom(_NONCE_BYTES)
        sealed = AESGCM(self.keys[key_id]).encrypt(nonce, plain.encode(), place.encode())
        return bytes([key_id]) + nonce + sealed

    def open(self, sealed: bytes, *, place: str) -> str:
        """What was sealed for `place`. Raises CannotOpen."""
        key = self.keys.get(sealed[0]) if sealed else None
        if key is None:
            raise CannotOpen("the key this value was sealed with is not configured")
        nonce, body = sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
        try:
            return AESGCM(key).decrypt(nonce, body, place.encode()).decode()
        except InvalidTag as error:
            raise CannotOpen("the value was altered or belongs to another row") from error

    def index(self, plain: str, *, purpose: str) -> bytes:
        """The 16-byte blind index of `plain`; equal only for equal text and purpose."""
        return hmac.digest(self.index_key, f"{purpose}:{plain}".encode(), hashlib.sha256)[:16]

    def alias(self, number: int, *, purpose: str) -> str:
        """A name for the row `number` (0 to 2**64 - 1) that tells nothing: 32 hexadecimal digits.

        The same number and purpose always give the same name, so it can stand in addresses that outsiders
        keep. Nobody without the key makes one that `number_of` believes (decision 0025).
        """
        block = bytes(8) + number.to_bytes(8)
        # One block of random-looking text: for a single block, ECB is the cipher itself.
        return self._block(purpose).encryptor().update(block).hex()

    def number_of(self, alias: str, *, purpose: str) -> int | None:
        """The number `alias` stands for; None for anything `alias` never answered for this purpose."""
        try:
            block = bytes.fromhex(alias)
        except ValueError:
            return None
        if len(block) != _BLOCK_BYTES or block.hex() != alias:
            return None
        plain = self._block(purpose).decryptor().update(block)
        return int.from_bytes(plain[8:]) if plain[:8] == bytes(8) else None

    def _block(self, purpose: str) -> Cipher[modes.ECB]:
        key = hmac.digest(self.index_key, f"alias:{purpose}".encode(), hashlib.sha256)
        return Cipher(algorithms.AES(key), modes.ECB())  # noqa: S305 - a single block
