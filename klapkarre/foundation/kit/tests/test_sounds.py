"""A recording is kept with only what plays: nothing that a phone wrote beside it, and nothing that is no voice.

The files in `sounds/` were made with ffmpeg's libraries: a tone of one second, with names, a remark and a place in it.
"""

import io
import struct
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from klapkarre.foundation.kit import sounds, uploads
from klapkarre.foundation.kit.sounds import ogg

FOLDER = Path(__file__).parent / "sounds"
# Written into every file, and what no kept file may hold.
BESIDE = (b"Kanarie", b"Kerkstraat", b"+51.0283", b"Lavf")
FILES = (
    "kanarie.m4a",
    "kanarie.mp3",
    "kanarie.ogg",
    "kanarie.wav",
    "kanarie.webm",
    "live.webm",
    "pieces.m4a",
)


def raw(name):
    return (FOLDER / name).read_bytes()


def clean(content, name="opname.bin"):
    return sounds.clean(SimpleUploadedFile(name, content))


def wave(seconds, per_second=8000):
    """A silent recording in one byte a sample."""
    samples = bytes(seconds * per_second)
    form = struct.pack("<HHIIHH", 1, 1, per_second, per_second, 1, 8)
    body = b"WAVEfmt " + struct.pack("<I", 16) + form + b"data" + struct.pack("<I", len(samples)) + samples
    return b"RIFF" + struct.pack("<I", len(body)) + body


@pytest.mark.parametrize("name", FILES)
def test_only_what_plays_is_kept(name):
    content = raw(name)
    assert [mark for mark in BESIDE if mark in content] != []
    # Whatever it is called.
    found = clean(content, "brief.pdf")
    assert (found.ending, found.seconds) == (name.rpartition(".")[2], 1)
    assert [mark for mark in BESIDE if mark in found.content] == []
    # What was cleaned is clean: a second time nothing more goes.
    assert clean(found.content).content == found.content


def refusal(content):
    with pytest.raises(ValidationError) as found:
        clean(content)
    return found.value.messages


def test_a_film_or_what_is_no_sound_is_refused():
    assert refusal(raw("film.m4a")) == [sounds.NOT_ONLY]
    assert refusal(b"ID3" + b"x" * 200) == [sounds.UNREADABLE]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", sounds.UNREADABLE),
        (b"<html><script>alert(1)</script>", sounds.UNREADABLE),
        (b"RIFF\0\0\0\0WAVE", sounds.UNREADABLE),
        (wave(0), sounds.SILENT),
        (wave(301), sounds.TOO_LONG),
        (bytes(10 * 1024 * 1024 + 1), sounds.TOO_HEAVY),
    ],
    ids=["empty", "page", "no format", "silent", "long", "heavy"],
)
def test_what_is_wrong_is_said(content, words):
    assert refusal(content) == [words]


def heard(content):
    """The seconds of what is kept; 0 when it is refused with a sentence."""
    try:
        return clean(content).seconds
    except ValidationError:
        return 0


@pytest.mark.slow
@pytest.mark.parametrize("name", [*FILES, "film.m4a"])
def test_no_piece_of_a_file_breaks_anything(name):
    """Cut off anywhere, or one byte another: a recording or a sentence."""
    whole = raw(name)
    broken = [whole[:length] for length in range(0, len(whole), 41)]
    broken += [
        whole[:at] + bytes([whole[at] ^ flip]) + whole[at + 1 :]
        for at in range(0, 900, 3)
        for flip in (0xFF, 1)
    ]
    found = [heard(content) for content in broken]
    assert [one for one in found if not 0 <= one <= sounds.LONGEST] == []


@pytest.mark.slow
def test_pictures_and_remarks_between_and_behind_the_frames_of_an_mp3_go():
    frames = clean(raw("kanarie.mp3")).content
    tag = b"ID3\x04\0\0\0\0\x02\0" + b"Kanarie".ljust(256)
    found = clean(tag + tag + frames[:360] + b"Kanarie" + frames[360:] + b"TAG" + b"Kanarie".ljust(125))
    assert b"Kanarie" not in found.content
    assert found.seconds == 1


@pytest.mark.slow
def test_nobody_lets_the_server_look_for_frames_for_long():
    frames = clean(raw("kanarie.mp3")).content
    assert heard(frames + b"\xff" * 100_000 + frames) == 2
    assert refusal(frames + b"\xff" * 300_000 + frames) == [sounds.UNREADABLE]
    often = (frames + b"\xff" * 100_000) * 4 + frames
    assert refusal(often) == [sounds.UNREADABLE]


def page(body, flags=0):
    """A page of an Ogg with one short packet."""
    return b"OggS\0" + struct.pack("<BqIII", flags, 0, 1, 0, 0) + bytes([1, len(body)]) + body


def in_webm(*elements):
    """These elements in a segment whose length nobody wrote."""
    return raw("kanarie.webm")[:4] + b"\x80\x18\x53\x80\x67\x01" + b"\xff" * 7 + b"".join(elements)


MANY = 200_000
SWARMS = {
    "m4a": raw("kanarie.m4a") + b"\0\0\0\x08free" * MANY,
    "ogg": raw("kanarie.ogg") + page(b"") * MANY,
    "wav": wave(1)[:12] + b"note\0\0\0\0" * MANY + wave(1)[12:],
    "webm": raw("kanarie.webm") + b"\xec\x80" * MANY,
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", SWARMS)
def test_nobody_lets_the_server_count_for_long(kind):
    assert refusal(SWARMS[kind]) == [sounds.UNREADABLE]


@pytest.mark.slow
def test_an_mp3_without_end_is_too_long_before_it_is_read():
    # Frames that only count others, of which none plays.
    frame = bytes.fromhex("fff31400")
    assert refusal((frame + b"Xing").ljust(24, b"\0") * MANY) == [sounds.TOO_LONG]
    # Tags of nothing but their head: each was looked at, twice.
    assert refusal(b"ID3\4\0\0\0\0\0\0" * MANY + raw("kanarie.mp3")) == [sounds.UNREADABLE]


@pytest.mark.slow
@pytest.mark.parametrize(
    "element",
    [b"\x18\x53\x80\x67\x01" + b"\xff" * 7, b"\x1f\x43\xb6\x75\x84\xe7\x82\1\1" + b"\xe7\x89" + b"\xff" * 9],
    ids=["a segment in a segment", "a moment of nine bytes"],
)
def test_a_webm_that_no_program_wrote_is_refused(element):
    assert refusal(in_webm(element)) == [sounds.UNREADABLE]


def test_who_waits_too_long_for_another_recording_hears_so(monkeypatch):
    monkeypatch.setattr(uploads, "LONGEST_WAIT", 0.01)
    with sounds._one_at_a_time:
        assert refusal(raw("kanarie.mp3")) == [sounds.BUSY]
    assert heard(raw("kanarie.mp3")) == 1


@pytest.mark.slow
def test_the_pages_of_an_ogg_keep_a_right_sum():
    """The last page is as its program wrote it; that of the remarks was written anew by us."""
    kept, first = clean(raw("kanarie.ogg")).content, ogg.only_sound(raw("kanarie.ogg"))[0]
    pages = list(ogg._pages(bytearray(kept)))
    sums = [kept[one.at + 22 : one.at + 26] for one in pages]
    anew = bytearray(kept)
    for one in pages:
        ogg._sum_again(anew, one)
    assert ([bytes(anew[one.at + 22 : one.at + 26]) for one in pages], len(pages) > 2) == (sums, True)
    assert (first, sums[0]) == (kept, raw("kanarie.ogg")[22:26])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("at", "value"),
    [(28, 0xFFFFFFFF), (28, 0), (24, 0xFFFFFFFF), (24, 1), (24, 16000)],
    ids=["speed", "no speed", "rate", "slow", "another rate"],
)
def test_the_head_of_a_wav_is_not_believed(at, value):
    whole = bytearray(wave(400))
    struct.pack_into("<I", whole, at, value)
    assert refusal(bytes(whole)) == [sounds.UNREADABLE]


@pytest.mark.slow
def test_no_piece_of_an_mp4_counts_what_stands_behind_it():
    whole = bytearray(raw("pieces.m4a"))
    at = whole.index(b"trun")
    whole[at + 4 : at + 12] = struct.pack(">II", 0x101, 48)  # each sample says how long it lasts; there are 8
    assert refusal(bytes(whole)) == [sounds.CUT_OFF]


@pytest.mark.slow
def test_two_owners_never_share_a_file(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    sound = clean(raw("kanarie.mp3"))
    one, other = sounds.keep(sound, 1), sounds.keep(sound, 2)
    assert (one != other, sounds.keep(sound, 1)) == (True, one)
    sounds.forget(one, one)
    assert (sounds.read(one), sounds.read(other)) == (None, sound.content)


@pytest.mark.slow
def test_a_half_written_file_is_written_again(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    sound = clean(raw("kanarie.mp3"))
    name = sounds.keep(sound, 1)
    path = next(tmp_path.rglob(name))
    path.write_bytes(b"half")
    assert sounds.read(sounds.keep(sound, 1)) == sound.content
    assert io.BytesIO(sound.content).getbuffer().nbytes == path.stat().st_size
