"""Of a picture that somebody sends only the points are kept; what is no picture gets a sentence."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image, ImageOps

from klapkarre.foundation.kit import pictures

SECRETS = (b"Kanarievogel", b"GPS-plaats", b"51.0361")


def photo(size=(64, 48), kind="JPEG", mode="RGB", **options):
    out = io.BytesIO()
    Image.new(mode, size, "teal" if mode != "RGBA" else (0, 0, 0, 0)).save(out, kind, **options)
    return out.getvalue()


def telling_exif(orientation=1):
    """What a phone writes into a photo: whose it is, where, and how it was held."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Kanarievogel"
    exif[0x8298] = "Kanarievogel"
    exif.get_ifd(0x8825)[0x001B] = b"GPS-plaats 51.0361"
    return exif.tobytes()


def draw(raw):
    return pictures.draw(ContentFile(raw))


def refusal(raw):
    with pytest.raises(ValidationError) as refused:
        draw(raw)
    return refused.value.message


def opened(drawn):
    return Image.open(io.BytesIO(drawn.content))


@pytest.mark.parametrize(("kind", "mode"), [
    ("JPEG", "RGB"), ("JPEG", "L"), ("JPEG", "CMYK"), ("PNG", "RGBA"), ("PNG", "P"), ("PNG", "1"), ("WEBP", "RGB")
])  # fmt: skip
def test_each_kind_becomes_webp(kind, mode):
    raw = photo(kind=kind, mode=mode) if mode in ("RGB", "RGBA") else converted(kind, mode)
    for drawn in draw(raw):
        with opened(drawn) as image:
            assert (image.format, image.mode, image.size) == ("WEBP", "RGB", (64, 48))


@pytest.mark.slow
def test_a_large_picture_is_made_small_before_it_is_copied(monkeypatch):
    """A quarter of a megabyte of PNG can be 240 MB of points: no second time in memory."""
    seen, turn = [], ImageOps.exif_transpose
    monkeypatch.setattr(ImageOps, "exif_transpose", lambda image: seen.append(image.size) or turn(image))
    draw(photo((2000, 1000), "PNG"))
    assert seen == [(1600, 800)]


def converted(kind, mode):
    out = io.BytesIO()
    Image.new("RGB", (64, 48), "teal").convert(mode).save(out, kind)
    return out.getvalue()


def test_nothing_of_what_the_phone_wrote_is_left():
    raw = photo(
        exif=telling_exif(), icc_profile=b"Kanarievogel" * 20, comment=b"Kanarievogel", xmp=b"GPS-plaats"
    )
    assert all(secret in raw for secret in SECRETS)
    for drawn in draw(raw):
        assert [secret for secret in SECRETS if secret in drawn.content] == []
        with opened(drawn) as image:
            assert (dict(image.getexif()), image.info.get("icc_profile"), image.info.get("xmp")) == (
                {},
                None,
                None,
            )
        assert [chunk for chunk in (b"EXIF", b"ICCP", b"XMP ") if chunk in drawn.content] == []


def test_texts_of_a_png_go_too():
    from PIL.PngImagePlugin import PngInfo

    told = PngInfo()
    told.add_text("Author", "Kanarievogel")
    raw = photo(kind="PNG", pnginfo=told)
    assert b"Kanarievogel" in raw
    assert all(b"Kanarievogel" not in drawn.content for drawn in draw(raw))


@pytest.mark.parametrize(("held", "size"), [(1, (64, 48)), (3, (64, 48)), (6, (48, 64)), (8, (48, 64))])
def test_a_photo_stands_upright(held, size):
    large, _small = draw(photo(exif=telling_exif(held)))
    assert (large.width, large.height) == size


@pytest.mark.slow
def test_the_sizes():
    large, small = draw(photo((3200, 1000)))
    assert ((large.width, large.height), (small.width, small.height)) == ((1600, 500), (480, 150))


def test_what_is_see_through_becomes_white():
    large, _small = draw(photo(kind="PNG", mode="RGBA"))
    with opened(large) as image:
        assert image.getpixel((1, 1)) == (255, 255, 255)


def moving(kind):
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    out = io.BytesIO()
    frames[0].save(out, kind, save_all=True, append_images=frames[1:])
    return out.getvalue()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"", pictures.UNREADABLE),
        (b"\0" * 5000, pictures.UNREADABLE),
        (SVG, pictures.UNREADABLE),
        (b"MZ" + b"\x90" * 200, pictures.UNREADABLE),
        (b"GIF89a" + b"\0" * 200, pictures.UNREADABLE),
        (photo(kind="GIF"), pictures.UNREADABLE),
        (photo(kind="TIFF"), pictures.UNREADABLE),
        (photo(kind="BMP"), pictures.UNREADABLE),
        (moving("PNG"), pictures.MOVES),
        (moving("WEBP"), pictures.MOVES),
        (photo() + b"<script>alert(1)</script>", pictures.NOT_ONLY),
        (photo(kind="PNG") + b"PK\x05\x06" + b"\0" * 18, pictures.NOT_ONLY),
        (photo() + b"%PDF-1.7", pictures.NOT_ONLY),
        (photo(comment=b"<?php echo 1; ?>"), pictures.NOT_ONLY),
    ],
    ids=lambda value: None,
)
def test_what_is_no_photo_gets_a_sentence(raw, sentence):
    assert refusal(raw) == sentence


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_half_a_photo_is_none(kind):
    raw = noise(kind)
    for part in (0.3, 0.6, 0.95):
        assert refusal(raw[: int(len(raw) * part)]) in (pictures.CUT_OFF, pictures.UNREADABLE)


def noise(kind):
    out = io.BytesIO()
    Image.effect_noise((300, 300), 80).convert("RGB").save(out, kind)
    return out.getvalue()


def test_bombs_are_refused_before_they_are_unpacked():
    assert refusal(bomb(9000, 7000)) == pictures.TOO_LARGE
    assert refusal(bomb(20000, 20000)) == pictures.TOO_LARGE


def bomb(width, height):
    """A PNG of a few bytes that says how much it would become."""
    import struct
    import zlib

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def test_too_heavy_is_not_even_read(settings):
    settings.LONGEST_PICTURE = 100
    assert refusal(photo()) == pictures.TOO_HEAVY


def test_files_are_named_after_what_is_in_them(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    large, _small = draw(photo())
    name = pictures.keep(large, 1)
    assert pictures.keep(large, 1) == name
    assert pictures.keep(large, 2) != name
    assert pictures.read(name) == large.content
    file = tmp_path / "pictures" / name[:2] / f"{name}.webp"
    assert (file.stat().st_mode & 0o777) == 0o600
    file.write_bytes(b"half")
    pictures.keep(large, 1)
    assert pictures.read(name) == large.content
    pictures.forget(name, name)
    assert pictures.read(name) is None
