"""MP3: a row of frames. What stands before, between and after them (tags, pictures, remarks) goes."""

from klapkarre.foundation.kit.sounds.broken import Broken, TooLong

# kbit/s of layer III: MPEG 1, and MPEG 2 and 2.5.
SPEEDS = (
    (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
)
RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
LAYER_3 = 1
COUNTS = (b"Xing", b"Info", b"VBRI")  # a first frame that only counts the others, and names its program
SAME = 0xFFFE0C00  # sync, version, layer and rate: the same in every frame of a recording
# Bytes that are no frame, all together: looking for frames costs far more than reading them.
MOST_ELSE = 1 << 18
MOST_TAGS = 20
MOST_FRAMES = 50_000  # the shortest that plays lasts 24 ms


def is_it(raw):
    at = _after_tags(raw)
    return raw[:3] == b"ID3" or _frame(raw, at) is not None


def only_sound(raw):
    """(bytes, seconds) of the frames alone."""
    at, frames, seconds, kind = _after_tags(raw), [], 0.0, None
    left, frames_left = MOST_ELSE, MOST_FRAMES
    while at + 4 <= len(raw):
        found = _frame(raw, at)
        if found is None or (kind is not None and found[2] != kind) or at + found[0] > len(raw):
            began, at = at, _next(raw, at + 1, min(len(raw), at + left), kind)
            left -= at - began
            if left <= 0:
                raise Broken("more of something else than of frames")
            continue
        length, lasts, kind = found
        frame = raw[at : at + length]
        at += length
        frames_left -= 1
        if not frames_left:
            raise TooLong("more frames than five minutes have")
        if frames or not any(sign in frame[:64] for sign in COUNTS):
            frames.append(frame)
            seconds += lasts
    if len(frames) < 2:
        raise Broken("no frames")
    return b"".join(frames), seconds


def _after_tags(raw):
    """Where the first frame may stand: behind tags, each of which says its own length."""
    at = 0
    for _tag in range(MOST_TAGS):
        if raw[at : at + 3] != b"ID3" or at + 10 > len(raw):
            break
        size = 0
        for part in raw[at + 6 : at + 10]:
            size = size << 7 | part & 0x7F
        at += 10 + size + (10 if raw[at + 5] & 0x10 else 0)
    return at


def _frame(raw, at):
    """(length in bytes, seconds, what all frames share) of the frame that starts here, or None."""
    head = int.from_bytes(raw[at : at + 4])
    version, layer, speed, rate = head >> 19 & 3, head >> 17 & 3, head >> 12 & 15, head >> 10 & 3
    if head >> 21 != 0x7FF or version == 1 or layer != LAYER_3 or speed in (0, 15) or rate == 3:
        return None
    per_second = RATES[version][rate]
    first = version == 3
    samples = 1152 if first else 576
    kilobits = SPEEDS[0 if first else 1][speed]
    length = samples // 8 * kilobits * 1000 // per_second + (head >> 9 & 1)
    return length, samples / per_second, head & SAME


def _next(raw, at, end, kind):
    """The next place before `end` where a frame of this recording starts, with another one behind it; else `end`."""
    while 0 <= (at := raw.find(b"\xff", at, end)) <= len(raw) - 4:
        found = _frame(raw, at)
        if found and kind in (None, found[2]):
            behind = _frame(raw, at + found[0])
            if behind and behind[2] == found[2]:
                return at
        at += 1
    return end
