"""MP4 with sound only (.m4a): boxes in boxes. What is not needed to play becomes a free box with nothing in it.

Nothing moves, so that the places that the file names stay right. [ISO/IEC 14496-12]
"""

import struct
from bisect import bisect_left
from collections import defaultdict

from klapkarre.foundation.kit.sounds.broken import Broken, CutOff, NotOnlySound, Parts

TABLE = dict.fromkeys((b"stts", b"stsc", b"stsz", b"stco", b"co64", b"stss", b"sgpd", b"sbgp"))
MEDIA = {b"smhd": None, b"dinf": {b"dref": None}, b"stbl": {b"stsd": None} | TABLE}
TRACK = {
    b"tkhd": None,
    b"edts": {b"elst": None},
    b"mdia": {b"mdhd": None, b"hdlr": None, b"minf": MEDIA},
}
KEPT = {
    b"ftyp": None,
    b"styp": None,
    b"sidx": None,
    b"mdat": None,
    b"moov": {b"mvhd": None, b"trak": TRACK, b"mvex": {b"mehd": None, b"trex": None}},
    b"moof": {b"mfhd": None, b"traf": dict.fromkeys((b"tfhd", b"tfdt", b"trun", b"sbgp", b"sgpd"))},
}
PLAYS = (b"mp4a", b"Opus")
DEEPEST_REFERENCE = 20  # bytes of "it stands in this very file"


def is_it(raw):
    return raw[4:8] == b"ftyp"


def only_sound(raw):
    """(bytes, seconds) of the same length, without anything that does not play."""
    content = bytearray(raw)
    seen = defaultdict(list)
    parts = Parts()
    _walk(content, 0, len(content), KEPT, seen, parts)
    if not (seen[b"moov"] and seen[b"mdat"] and seen[b"hdlr"] and seen[b"stsd"]):
        raise Broken("nothing to play")
    return bytes(content), _seconds(content, seen, parts)


def _walk(content, at, end, kept, seen, parts):
    while at < end:
        parts.take()
        body, after = _box(content, at, end)
        name = bytes(content[at + 4 : at + 8])
        if name not in kept:
            content[at + 4 : at + 8] = b"free"
            content[body:after] = bytes(after - body)
        else:
            seen[name].append((body, after))
            if kept[name]:
                _walk(content, body, after, kept[name], seen, parts)
            elif name in CHECKS:
                CHECKS[name](content, body, after)
        at = after


def _box(content, at, end):
    """Where the content of the box at this place begins and ends."""
    if at + 8 > end:
        raise CutOff("half a box")
    size, body = int.from_bytes(content[at : at + 4]), at + 8
    if size == 1:
        size, body = int.from_bytes(content[body : body + 8]), body + 8
    after = at + size if size else end
    if after > end:
        raise CutOff("a box that goes on")
    if after < body:
        raise Broken("a box smaller than itself")
    return body, after


def _without_moments(content, body, _after):
    """When it was made, in seconds since 1904."""
    size = 16 if content[body] else 8
    content[body + 4 : body + 4 + size] = bytes(size)


def _only_a_voice(content, body, after):
    if content[body + 8 : body + 12] != b"soun":
        raise NotOnlySound("another track")
    content[body + 24 : after] = bytes(after - body - 24)


def _plays(content, body, _after):
    if content[body + 12 : body + 16] not in PLAYS:
        raise Broken("a codec that not every phone has")


def _in_this_file(_content, body, after):
    if after - body > DEEPEST_REFERENCE:
        raise Broken("the sound stands elsewhere")


CHECKS = {
    b"mvhd": _without_moments,
    b"tkhd": _without_moments,
    b"mdhd": _without_moments,
    b"hdlr": _only_a_voice,
    b"stsd": _plays,
    b"dref": _in_this_file,
}


def _seconds(content, seen, parts):
    """By the head of the longest track; of a recording in pieces the sum of what the pieces say."""
    longest, per_second = 0, 1
    for body, _after in seen[b"mdhd"]:
        shape = ">IQ" if content[body] else ">II"
        per_second, length = struct.unpack_from(shape, content, body + (20 if content[body] else 12))
        longest = max(longest, length / per_second)
    if seen[b"trun"]:
        return sum(_lasts(content, seen, parts, *box) for box in seen[b"trun"]) / per_second
    return longest


def _lasts(content, seen, parts, body, after):
    """How long the samples of one piece last together. They stand in its own box, so that none is counted twice."""
    flags, count = struct.unpack_from(">II", content, body)
    flags &= 0xFFFFFF
    if not flags & 0x100:
        return count * _usual(content, seen, body)
    at = body + 8 + (4 if flags & 0x1 else 0) + (4 if flags & 0x4 else 0)
    step = 4 * sum(bool(flags & one) for one in (0x100, 0x200, 0x400, 0x800))
    if at + step * count > after:
        raise CutOff("fewer samples than it says")
    parts.take(count)
    return sum(int.from_bytes(content[at + step * n : at + step * n + 4]) for n in range(count))


def _usual(content, seen, before):
    """How long a sample lasts when a piece does not say it of each: its own head says so, or that of the file."""
    heads = seen[b"tfhd"]
    if own := bisect_left(heads, (before, 0)):
        head = heads[own - 1][0]
        flags = int.from_bytes(content[head + 1 : head + 4])
        if flags & 0x8:
            at = head + 8 + (8 if flags & 0x1 else 0) + (4 if flags & 0x2 else 0)
            return int.from_bytes(content[at : at + 4])
    if not seen[b"trex"]:
        return 0
    at = seen[b"trex"][0][0] + 12
    return int.from_bytes(content[at : at + 4])
