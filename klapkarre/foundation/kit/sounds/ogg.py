"""Ogg with Opus: pages of one stream. The remarks (its second packet) are overwritten with nothing. [RFC 7845]"""

import struct
import zlib

from klapkarre.foundation.kit.sounds.broken import Broken, CutOff, NotOnlySound, Parts

HEAD = struct.Struct("<4sBBqIIIB")
FIRST = 2  # flag of the first page of a stream
PER_SECOND = 48_000  # positions, whatever the recording was made with
EMPTY = b"OpusTags" + bytes(8)  # no maker and no remarks; zeros behind it are padding


# Each byte with its bits the other way round.
TURNED = bytes(int(f"{number:08b}"[::-1], 2) for number in range(256))


def is_it(raw):
    return raw[:4] == b"OggS"


def only_sound(raw):
    """(bytes, seconds) without remarks, and without what stands behind the stream."""
    content = bytearray(raw)
    pages = list(_pages(content))
    first = bytes(content[pages[0].body : pages[0].end])
    if first[:8] != b"OpusHead" or len(first) < 19:
        raise Broken("not Opus")
    if first[9] > 2 or any(one.serial != pages[0].serial or one.flags & FIRST for one in pages[1:]):
        raise NotOnlySound("more than one stream")
    _empty_remarks(content, pages[1:])
    del content[pages[-1].end :]
    before = int.from_bytes(first[10:12], "little")
    last = max(one.position for one in pages)
    return bytes(content), (last - before) / PER_SECOND


class _Page:
    def __init__(self, content, at):
        if at + HEAD.size > len(content):
            raise CutOff("half a page")
        _sign, version, self.flags, self.position, self.serial, _number, _sum, segments = HEAD.unpack_from(
            content, at
        )
        if version:
            raise Broken("another Ogg")
        self.at, self.body = at, at + HEAD.size + segments
        self.table = bytes(content[at + HEAD.size : self.body])
        self.end = self.body + sum(self.table)
        if self.end > len(content):
            raise CutOff("half a page")

    def first_packet(self):
        """Where the packet ends that this page begins or goes on with, and whether it ends here."""
        length = 0
        for part in self.table:
            length += part
            if part < 255:
                return self.body + length, True
        return self.body + length, False


def _pages(content):
    at, parts = 0, Parts()
    while content[at : at + 4] == b"OggS":
        parts.take()
        page = _Page(content, at)
        yield page
        at = page.end


def _empty_remarks(content, pages):
    left, ends = EMPTY, False
    if not pages or content[pages[0].body : pages[0].body + 8] != EMPTY[:8]:
        raise Broken("no remarks where they stand")
    for page in pages:
        end, ends = page.first_packet()
        size = end - page.body
        content[page.body : end] = left[:size].ljust(size, b"\0")
        left = left[size:]
        _sum_again(content, page)
        if ends:
            break
    if left or not ends:
        raise Broken("no room for what must stand there")


def _sum_again(content, page):
    """The sum of Ogg (RFC 3533, 6) is that of zlib with all bits the other way round, and it begins and ends with 0."""
    struct.pack_into("<I", content, page.at + 22, 0)
    turned = zlib.crc32(content[page.at : page.end].translate(TURNED), 0xFFFFFFFF) ^ 0xFFFFFFFF
    struct.pack_into("<I", content, page.at + 22, int(f"{turned:032b}"[::-1], 2))
