"""WebM with Opus: elements in elements. What is not needed to play is made void; nothing moves. [RFC 8794, RFC 9559]"""

from klapkarre.foundation.kit.sounds.broken import Broken, CutOff, NotOnlySound, Parts

HEAD, SEGMENT, CLUSTER, VOID = 0x1A45DFA3, 0x18538067, 0x1F43B675, 0xEC
KIND, TRACK_TYPE, CODEC, MOMENT, SIMPLE, BLOCK, SCALE = 0x4282, 0x83, 0x86, 0xE7, 0xA3, 0xA1, 0x2AD7B1
MAKERS = (0x4D80, 0x5741)  # must be there; what they say goes
SOUND = 2
LONGEST_NUMBER = 8  # bytes
AUDIO = dict.fromkeys((0xB5, 0x78B5, 0x9F, 0x6264))
TRACK = dict.fromkeys(
    (0xD7, 0x73C5, TRACK_TYPE, 0xB9, 0x88, 0x55AA, 0x9C, CODEC, 0x63A2, 0x56AA, 0x56BB, 0x23E383, 0x22B59C)
)
GROUP = dict.fromkeys((BLOCK, 0x9B, 0x75A2, 0xFB))
INFO = dict.fromkeys((SCALE, 0x4489, *MAKERS))
IN_SEGMENT = {
    0x114D9B74: {0x4DBB: dict.fromkeys((0x53AB, 0x53AC))},  # where what stands
    0x1549A966: INFO,
    0x1654AE6B: {0xAE: TRACK | {0xE1: AUDIO}},
    CLUSTER: {MOMENT: None, SIMPLE: None, 0xA0: GROUP, 0xA7: None, 0xAB: None},
    0x1C53BB6B: {0xBB: {0xB3: None, 0xB7: dict.fromkeys((0xF7, 0xF1, 0xF0, 0xB2))}},
}
# Not ours, but known to stand beside a cluster: they end one whose length nobody wrote.
BESIDE = {*IN_SEGMENT, 0x1254C367, 0x1941A469, 0x1043A770}
HEADER = dict.fromkeys((0x4286, 0x42F7, 0x42F2, 0x42F3, KIND, 0x4287, 0x4285))
KEPT = {HEAD: HEADER, SEGMENT: IN_SEGMENT}


def is_it(raw):
    return raw[:4] == HEAD.to_bytes(4)


def only_sound(raw):
    """(bytes, seconds) of the same length, without anything that does not play."""
    content = bytearray(raw)
    heard = _Heard()
    _walk(content, 0, len(content), KEPT, heard)
    if heard.kind != b"webm" or not heard.codecs or heard.last < 0:
        raise Broken("nothing to play")
    return bytes(content), heard.last * heard.scale / 1e9


class _Heard:
    """What is learned on the way: the kinds, and the moment of the last sound."""

    def __init__(self):
        self.kind, self.codecs, self.scale, self.cluster, self.last = b"", [], 1_000_000, 0, -1
        self.parts = Parts()

    def note(self, name, value):
        if name in (TRACK_TYPE, SCALE, MOMENT) and len(value) > LONGEST_NUMBER:
            raise Broken("no number")
        if name == KIND:
            self.kind = value.rstrip(b"\0")
        elif name == TRACK_TYPE and int.from_bytes(value) != SOUND:
            raise NotOnlySound("another track")
        elif name == CODEC:
            if value.rstrip(b"\0") != b"A_OPUS":
                raise Broken("a codec that not every browser has")
            self.codecs.append(value)
        elif name == SCALE:
            self.scale = int.from_bytes(value)
        elif name == MOMENT:
            self.cluster = int.from_bytes(value)
        elif name in (SIMPLE, BLOCK):
            self._block(value)

    def _block(self, value):
        _track, at = _number(value, 0)
        if at + 3 > len(value):
            raise CutOff("half a block")
        self.last = max(self.last, self.cluster + int.from_bytes(value[at : at + 2], signed=True))


def _walk(content, at, end, kept, heard):
    """From here to the end, or to what belongs beside and not in an element without a length; gives that place."""
    while at < end:
        heard.parts.take()
        name, start, body, after = _element(content, at, end)
        if name in BESIDE and kept is IN_SEGMENT[CLUSTER]:
            return at
        if after is None and (name not in kept or name not in (SEGMENT, CLUSTER)):
            raise Broken("no length")
        if name not in kept:
            _make_void(content, start, after)
        elif kept[name] is not None:
            after = _walk(content, body, end if after is None else after, kept[name], heard)
        else:
            heard.note(
                name, bytes(content[body:after]) if name != SIMPLE else bytes(content[body : body + 16])
            )
            if name in MAKERS:
                content[body:after] = b"-" * (after - body)
        at = after
    return end


def _element(content, at, end):
    """(name, its place, where its content begins, where it ends or None when nobody wrote that)."""
    if not content[at] or content[at] < 0x10:
        raise Broken("no name")
    width = 9 - content[at].bit_length()
    name = int.from_bytes(content[at : at + width])
    if at + width >= end:
        raise CutOff("half an element")
    size, body = _number(content, at + width)
    if size is None:
        return name, at, body, None
    if body + size > end:
        raise CutOff("an element that goes on")
    return name, at, body, body + size


def _number(content, at):
    """A number of one to eight bytes and the place behind it; None when it says that nobody knows."""
    if at >= len(content) or not content[at]:
        raise Broken("no number")
    width = 9 - content[at].bit_length()
    whole = int.from_bytes(content[at : at + width])
    value = whole & (1 << 7 * width) - 1
    return (None if value == (1 << 7 * width) - 1 else value), at + width


def _make_void(content, start, after):
    length = after - start
    small = length - 2 < 127
    head = bytes((VOID, 0x80 | length - 2)) if small else bytes((VOID, 1)) + (length - 9).to_bytes(7)
    content[start:after] = head.ljust(length, b"\0")
