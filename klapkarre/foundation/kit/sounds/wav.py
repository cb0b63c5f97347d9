"""WAV: chunks. Two of them play: what kind of numbers, and the numbers. The rest (names, remarks, place) goes."""

import struct

from klapkarre.foundation.kit.sounds.broken import Broken, Parts

PLAIN, FLOATS, EXTENDED = 1, 3, 0xFFFE
STREAMED = 0xFFFFFFFF  # a program that did not know the length yet
SLOWEST, FASTEST = 4_000, 192_000  # samples a second of what records a voice


def is_it(raw):
    return raw[:4] == b"RIFF" and raw[8:12] == b"WAVE"


def only_sound(raw):
    """(bytes, seconds) with nothing but format and samples."""
    form, samples = _chunks(raw)
    if len(form) < 16:
        raise Broken("no format")
    code, channels, rate, speed, block, bits = struct.unpack_from("<HHIIHH", form)
    if code not in (PLAIN, FLOATS, EXTENDED) or not 1 <= channels <= 2 or not SLOWEST <= rate <= FASTEST:
        raise Broken("not a plain recording")
    # What plays it reckons with rate and block, and so do we: a head that says two things is no head.
    if not bits or block != channels * -(-bits // 8) or speed != rate * block:
        raise Broken("a head that does not agree with itself")
    samples = samples[: len(samples) // block * block]
    form += b"\0" * (len(form) % 2)
    body = b"WAVEfmt " + struct.pack("<I", len(form)) + form + b"data" + struct.pack("<I", len(samples))
    odd = b"\0" * (len(samples) % 2)
    content = b"RIFF" + struct.pack("<I", len(body) + len(samples) + len(odd)) + body + samples + odd
    return content, len(samples) / speed


def _chunks(raw):
    """The format and the samples."""
    at, form, samples, parts = 12, b"", b"", Parts()
    while at + 8 <= len(raw):
        parts.take()
        name, size = struct.unpack_from("<4sI", raw, at)
        if name == b"fmt " and size <= 40:
            form = raw[at + 8 : at + 8 + size]
        elif name == b"data":
            samples = raw[at + 8 :] if size == STREAMED else raw[at + 8 : at + 8 + size]
            break
        at += 8 + size + size % 2
    return form, samples
