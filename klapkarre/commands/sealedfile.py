"""One encrypted file, written and read as a stream: AES-256-GCM in chunks.

First a line that says what it is, then a line of JSON (which key of the key file, the wrapped key of this file, when),
then the chunks. Each is sealed with its number, whether it is the last, and the first two lines: none can be left out,
moved, altered or cut off unseen.
"""

import base64
import json
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MAGIC = b"KLAPKARRE BACKUP 1\n"
CHUNK = 1 << 20
LONGEST_HEADER = 4096


class Damaged(Exception):
    """The file is none of ours, or was cut off or altered."""


def _nonce(number, last):
    return number.to_bytes(11) + bytes([last])


class Writer:
    """Write bytes; `close` seals the last chunk. What is not closed does not open."""

    def __init__(self, file, name, key, about):
        self.file, self.buffer, self.number = file, bytearray(), 0
        own, nonce = AESGCM.generate_key(256), os.urandom(12)
        wrapped = nonce + AESGCM(key).encrypt(nonce, own, f"backup|{name}".encode())
        header = about | {"key": name, "wrapped": base64.b64encode(wrapped).decode()}
        self.head = MAGIC + json.dumps(header).encode() + b"\n"
        self.cipher = AESGCM(own)
        file.write(self.head)

    def write(self, data):
        self.buffer += data
        while len(self.buffer) > CHUNK:
            self._seal(self.buffer[:CHUNK], last=False)
            del self.buffer[:CHUNK]
        return len(data)

    def _seal(self, data, last):
        self.file.write(self.cipher.encrypt(_nonce(self.number, last), bytes(data), self.head))
        self.number += 1

    def close(self):
        self._seal(self.buffer, last=True)
        self.buffer.clear()


def header(file):
    """The first two lines, and what the second says. Raises `Damaged`."""
    magic = file.readline(len(MAGIC) + 1)
    line = file.readline(LONGEST_HEADER)
    try:
        if magic != MAGIC:
            raise ValueError
        found = json.loads(line)
        return magic + line, found | {"wrapped": base64.b64decode(found["wrapped"]), "key": str(found["key"])}
    except (ValueError, KeyError, TypeError) as error:
        raise Damaged from error


class Reader:
    """Read the bytes again. Raises `Damaged` at the first altered one, or at a missing end."""

    def __init__(self, file, key):
        self.file, self.buffer, self.number, self.done = file, bytearray(), 0, False
        self.head, about = header(file)
        wrapped = about["wrapped"]
        try:
            own = AESGCM(key).decrypt(wrapped[:12], wrapped[12:], f"backup|{about['key']}".encode())
        except (InvalidTag, ValueError) as error:
            raise Damaged from error
        self.cipher = AESGCM(own)
        self.next = file.read(CHUNK + 16)

    def read(self, size=-1):
        while not self.done and (size < 0 or len(self.buffer) < size):
            self._open()
        size = len(self.buffer) if size < 0 else size
        data = bytes(self.buffer[:size])
        del self.buffer[:size]
        return data

    def _open(self):
        chunk, self.next = self.next, self.file.read(CHUNK + 16)
        self.done = not self.next
        try:
            self.buffer += self.cipher.decrypt(_nonce(self.number, self.done), chunk, self.head)
        except (InvalidTag, ValueError) as error:
            raise Damaged from error
        self.number += 1
