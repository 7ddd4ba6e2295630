"""Pictures that lie about their size, are cut, bent, endless, thin as a hair, or carry what nobody should see."""

import functools
import struct
import zlib

from PIL import Image, PngImagePlugin

from tests.reading.made_files import camera_data, encoded, text_picture
from tests.security.hostile import HIDDEN, PAGE, Group, cut, flipped, noise

BROKEN = ("file-unreadable", "file-truncated", "decode-crashed")
EITHER = (PAGE, *BROKEN)
SIGNATURE = b"\x89PNG\r\n\x1a\n"


@functools.cache
def shown() -> Image.Image:
    return text_picture("Order 112-4829307-7716253", "Delivered Nov 2, 2026", size=(700, 260), height=28)


@functools.cache
def usual(kind: str) -> bytes:
    import pillow_heif

    pillow_heif.register_heif_opener()
    pillow_heif.register_avif_opener() if hasattr(pillow_heif, "register_avif_opener") else None
    return encoded(shown(), kind)


def chunk(name: bytes, body: bytes = b"") -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(size=(64, 64), depth=8, colour=2, rows=None, before=(), after=(), interlaced=0, end=True):
    """A PNG by hand; ``rows`` are unpacked bytes (enough zeros where not given)."""
    channels = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colour]
    width, height = size
    whole = rows if rows is not None else bytes((1 + (width * channels * depth + 7) // 8) * height)
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlaced)
    parts = [chunk(b"IHDR", header), *before, chunk(b"IDAT", zlib.compress(whole)), *after]
    return SIGNATURE + b"".join(parts) + (chunk(b"IEND") if end else b"")


def drawn(mode: str, size, colour) -> bytes:
    return encoded(Image.new(mode, size, colour), "PNG")


def scattered(size, mode="L") -> bytes:
    count = size[0] * size[1] * (3 if mode == "RGB" else 1)
    return encoded(Image.frombytes(mode, size, noise(count)), "PNG", compress_level=1)


def type_everywhere() -> bytes:
    """Thousands of words, each far enough from the next to be a line of its own."""
    from PIL import ImageDraw

    from tests.reading.made_files import font

    image = Image.new("L", (1800, 1800), 255)
    pen = ImageDraw.Draw(image)
    for y in range(0, 1800, 17):
        for x in range(0, 1800, 45):
            pen.text((x, y), "a1B", font=font(12), fill=0)
    return encoded(image, "PNG")


bombs = Group("bomb by header")
for name, size in {
    "30000x30000": (30_000, 30_000),
    "65535x65535": (65_535, 65_535),
    "2g": (2**31 - 1, 2**31 - 1),
}.items():
    bombs.add(f"png-{name}.png", functools.partial(png, size, rows=bytes(64)), "image-too-large")
bombs.add("png-wide-100000.png", lambda: png((100_000, 2)), "image-too-large")
bombs.add(
    "gif-65535.gif",
    lambda: b"GIF89a" + struct.pack("<HH", 65_535, 65_535) + usual("GIF")[10:],
    "image-too-large",
    *BROKEN,
)
bombs.add(
    "webp-16383.webp",
    lambda: encoded(Image.new("RGB", (16_383, 8_000)), "WEBP", quality=1, method=0),
    "image-too-large",
    heavy=True,
)
bombs.add("bmp-in-png-name.png", lambda: b"BM" + noise(500), "file-type-unknown", "file-type-later")


def tiff(entries, data=b"", next_ifd=0) -> bytes:
    """A TIFF by hand: (tag, type, count, value) with the strip behind the directory."""
    body = struct.pack("<H", len(entries))
    for tag, kind, count, value in entries:
        body += struct.pack("<HHII", tag, kind, count, value)
    return b"II*\x00" + struct.pack("<I", 8) + body + struct.pack("<I", next_ifd) + data


def plain_tiff(width, height, next_ifd=0, **changed):
    where = 8 + 2 + 12 * 9 + 4
    tags = {
        256: width,
        257: height,
        258: 8,
        259: 1,
        262: 1,
        273: where,
        277: 1,
        278: height,
        279: min(width * height, 2**32 - 1),
    }
    tags |= {int(tag): value for tag, value in changed.items()}
    return tiff([(tag, 4, 1, value) for tag, value in sorted(tags.items())], bytes(64 * 64), next_ifd)


bombs.add("tiff-100000.tif", lambda: plain_tiff(100_000, 100_000), "image-too-large", *BROKEN)


def jpeg_of_size(width, height) -> bytes:
    data = bytearray(usual("JPEG"))
    at = data.index(b"\xff\xc0")
    data[at + 5 : at + 9] = struct.pack(">HH", height, width)
    return bytes(data)


bombs.add("jpeg-65500.jpg", lambda: jpeg_of_size(65_500, 65_500), "image-too-large")
bombs.add("jpeg-0x0.jpg", lambda: jpeg_of_size(0, 0), *BROKEN)
bombs.add("jpeg-taller-than-data.jpg", lambda: jpeg_of_size(700, 5_000), *EITHER)
bombs.add(
    "png-ztxt-bomb.png", lambda: png(before=(chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(80_000_000))),)), PAGE
)
bombs.add(
    "png-iccp-bomb.png", lambda: png(before=(chunk(b"iCCP", b"icc\0\0" + zlib.compress(bytes(80_000_000))),)), PAGE
)
bombs.add("png-exif-2mb.png", lambda: png(before=(chunk(b"eXIf", b"MM\0*" + noise(2_000_000)),)), PAGE)
bombs.add("png-rows-bomb.png", lambda: png(rows=bytes(90_000_000)), PAGE)

slow = Group("slow")


def progressive(scans: int) -> bytes:
    data = encoded(shown(), "JPEG", progressive=True)
    last = data.rindex(b"\xff\xda")
    return data[:-2] + data[last:-2] * scans + data[-2:]


slow.add("jpeg-1200-scans.jpg", lambda: progressive(1_200), "image-too-many-scans")
slow.add("jpeg-90-scans.jpg", lambda: progressive(80), *EITHER)
slow.add("gif-3000-frames.gif", lambda: encoded(Image.new("P", (8, 8)), "GIF", save_all=True,
         append_images=[Image.new("P", (8, 8), n % 250) for n in range(3_000)]), PAGE)  # fmt: skip
slow.add("tiff-2000-pages.tif", lambda: encoded(Image.new("1", (8, 8)), "TIFF", save_all=True,
         append_images=[Image.new("1", (8, 8))] * 2_000), "pdf-too-many-pages", "decode-timeout", heavy=True)  # fmt: skip
slow.add("tiff-ifd-loop.tif", lambda: plain_tiff(64, 64, next_ifd=8), PAGE, *BROKEN, "pdf-too-many-pages")
slow.add("apng-endless.png", lambda: png(before=(chunk(b"acTL", struct.pack(">II", 4_000_000_000, 0)),)), PAGE)
slow.add("webp-200-frames.webp", lambda: encoded(Image.new("RGB", (16, 16)), "WEBP", save_all=True,
         append_images=[Image.new("RGB", (16, 16), (n, 0, 0)) for n in range(200)]), PAGE)  # fmt: skip
slow.add("noise-2000.png", lambda: scattered((2_000, 2_000)), PAGE, heavy=True)
slow.add("noise-rgb.png", lambda: scattered((900, 900), "RGB"), PAGE)
slow.add("type-everywhere.png", type_everywhere, PAGE, heavy=True)
slow.add("legal-50mp-white.png", lambda: drawn("1", (7_000, 7_100), 1), PAGE, heavy=True)
slow.add("legal-50mp-noise.jpg", lambda: encoded(Image.frombytes("L", (7_000, 7_100), noise(49_700_000)), "JPEG", quality=30),
         PAGE, "file-too-large", heavy=True)  # fmt: skip

shape = Group("shape")
for width, height in (
    (1, 1),
    (2, 2),
    (3, 3),
    (17, 1),
    (1, 60),
    (1, 5_000),
    (2, 5_000),
    (5_000, 1),
    (5_000, 2),
    (10, 10_000),
    (19_999, 30),
):
    shape.add(f"{width}x{height}.png", functools.partial(drawn, "RGB", (width, height), "gray"), PAGE)
shape.add("hair-of-noise.png", lambda: scattered((9, 9_000)), PAGE)
shape.add("chequers-40x2200.png", lambda: scattered((40, 2_200)), PAGE)
shape.add("0x0.png", lambda: png((0, 0), rows=b""), *BROKEN)
shape.add("all-black.png", lambda: drawn("L", (1_000, 800), 0), PAGE)
shape.add("all-white.png", lambda: drawn("RGB", (1_000, 800), "white"), PAGE)
shape.add("all-clear.png", lambda: drawn("RGBA", (300, 200), (0, 0, 0, 0)), PAGE)

modes = Group("modes")
for mode, kinds in {"1": ("PNG", "TIFF"), "L": ("PNG", "JPEG"), "LA": ("PNG", "TIFF"), "P": ("PNG", "GIF"), "I;16": ("PNG", "TIFF"),
                    "RGBA": ("PNG", "WEBP"), "CMYK": ("JPEG", "TIFF"), "F": ("TIFF",), "YCbCr": ("JPEG", "TIFF"), "LAB": ("TIFF",)}.items():  # fmt: skip
    for kind in kinds:
        made = functools.partial(lambda m, k: encoded(shown().convert("L").convert(m) if m == "I;16" else shown().convert("RGB").convert(m)
                                 if m != "F" else shown().convert("F"), k), mode, kind)  # fmt: skip
        modes.add(f"{mode.replace(';', '')}-{kind.lower()}.{kind.lower()}", made, PAGE)
modes.add("rgb16.png", lambda: png((40, 40), depth=16), PAGE)
modes.add("la16.png", lambda: png((40, 40), depth=16, colour=4), PAGE)
modes.add("grey2.png", lambda: png((40, 40), depth=2, colour=0), PAGE)
modes.add("interlaced.png", lambda: encoded(shown(), "PNG"), PAGE)
modes.add("cmyk-adobe.jpg", lambda: encoded(Image.new("CMYK", (300, 200), (10, 20, 30, 40)), "JPEG", quality=90), PAGE)

chunks = Group("broken parts")
PALETTE = functools.partial(png, (40, 40), colour=3)
chunks.add("png-palette-missing.png", PALETTE, *BROKEN)
chunks.add("png-palette-odd.png", lambda: PALETTE(before=(chunk(b"PLTE", bytes(100)),)), *BROKEN)
chunks.add("png-palette-empty.png", lambda: PALETTE(before=(chunk(b"PLTE"),)), *BROKEN)
chunks.add("png-palette-long.png", lambda: PALETTE(depth=1, before=(chunk(b"PLTE", bytes(600)),)), *EITHER)
chunks.add(
    "png-palette-short.png",
    lambda: PALETTE(before=(chunk(b"PLTE", bytes(6)),), rows=noise(41 * 40).replace(b"\5", b"\0")),
    *EITHER,
)
chunks.add(
    "png-index-beyond.png",
    lambda: PALETTE(before=(chunk(b"PLTE", bytes(6)),), rows=(b"\0" + b"\xff" * 40) * 40),
    *EITHER,
)
chunks.add("png-trns-long.png", lambda: PALETTE(before=(chunk(b"PLTE", bytes(6)), chunk(b"tRNS", bytes(900)))), *EITHER)
chunks.add("png-trns-on-rgb.png", lambda: png(before=(chunk(b"tRNS", b"\0"),)), *EITHER)
chunks.add("png-no-end.png", lambda: png(end=False), *EITHER)
chunks.add(
    "png-no-rows.png",
    lambda: SIGNATURE + chunk(b"IHDR", struct.pack(">IIBBBBB", 9, 9, 8, 2, 0, 0, 0)) + chunk(b"IEND"),
    *BROKEN,
)
chunks.add(
    "png-two-headers.png", lambda: png(before=(chunk(b"IHDR", struct.pack(">IIBBBBB", 9, 9, 8, 2, 0, 0, 0)),)), *BROKEN
)
chunks.add("png-length-4g.png", lambda: SIGNATURE + b"\xff\xff\xff\xffIHDR" + bytes(40), *BROKEN)
chunks.add(
    "png-depth-3.png",
    lambda: png().replace(struct.pack(">IIBB", 64, 64, 8, 2), struct.pack(">IIBB", 64, 64, 3, 2)),
    *EITHER,
)
chunks.add("png-bad-crc.png", lambda: png()[:-20] + b"\0\0\0\0" + png()[-16:], *EITHER)
chunks.add("png-bad-filter.png", lambda: png(rows=(b"\x09" + bytes(64 * 3)) * 64), *EITHER)
chunks.add("png-100k-chunks.png", lambda: png(before=tuple([chunk(b"tEXt", b"a\0b")] * 99_000)), *EITHER)
chunks.add("png-rows-short.png", lambda: png(rows=bytes(400)), *BROKEN)
chunks.add("png-bad-icc.png", lambda: png(before=(chunk(b"iCCP", b"x\0\0" + zlib.compress(noise(300))),)), *EITHER)
chunks.add("jpeg-two-ends.jpg", lambda: usual("JPEG") + b"\xff\xd9" * 500, PAGE)
chunks.add("jpeg-no-tables.jpg", lambda: usual("JPEG").replace(b"\xff\xc4", b"\xff\xfe"), *EITHER)
chunks.add("jpeg-12-components.jpg", lambda: usual("JPEG").replace(b"\x00\x03\x01", b"\x00\x0c\x01"), *EITHER)
chunks.add("jpeg-icc-junk.jpg", lambda: encoded(shown(), "JPEG", icc_profile=noise(5_000)), PAGE)
chunks.add("jpeg-restart-storm.jpg", lambda: usual("JPEG")[:-2] + b"\xff\xd0" * 20_000 + b"\xff\xd9", *EITHER)
chunks.add("tiff-strip-outside.tif", lambda: plain_tiff(64, 64, **{"273": 4_000_000_000}), *BROKEN)
chunks.add("tiff-strip-size-lies.tif", lambda: plain_tiff(64, 64, **{"279": 4_000_000_000}), *EITHER)
chunks.add("tiff-no-size.tif", lambda: tiff([(258, 4, 1, 8), (259, 4, 1, 1)]), *BROKEN)
chunks.add("tiff-samples-60000.tif", lambda: plain_tiff(64, 64, **{"277": 60_000}), *BROKEN)
chunks.add("tiff-unknown-packing.tif", lambda: plain_tiff(64, 64, **{"259": 34_999}), *BROKEN)
chunks.add("tiff-tag-count-4g.tif", lambda: tiff([(256, 4, 4_000_000_000, 8), (257, 4, 1, 64)]), *BROKEN)
chunks.add("tiff-only-head.tif", lambda: b"II*\x00\x08\x00\x00\x00", *BROKEN)
chunks.add("tiff-big-endian-odd.tif", lambda: b"MM\x00*" + noise(400), *BROKEN)
chunks.add("gif-no-frame.gif", lambda: b"GIF89a" + struct.pack("<HHBBB", 9, 9, 0, 0, 0) + b";", *BROKEN)
chunks.add("gif-0x0.gif", lambda: b"GIF89a" + struct.pack("<HHBBB", 0, 0, 0, 0, 0) + usual("GIF")[13:], *EITHER)
chunks.add("webp-lying-size.webp", lambda: b"RIFF\xff\xff\xff\x7fWEBP" + usual("WEBP")[12:], *EITHER)
chunks.add("webp-junk.webp", lambda: b"RIFF\x20\0\0\0WEBPVP8 " + noise(40), *BROKEN)
chunks.add("heic-no-picture.heic", lambda: struct.pack(">I", 24) + b"ftypheic\0\0\0\0heicmif1" + bytes(40), *BROKEN)
chunks.add(
    "heic-box-loop.heic",
    lambda: struct.pack(">I", 24) + b"ftypheic\0\0\0\0heicmif1" + struct.pack(">I", 8) * 2_000,
    *BROKEN,
)
chunks.add("avif-junk.avif", lambda: struct.pack(">I", 24) + b"ftypavif\0\0\0\0avifmif1" + noise(900), *BROKEN)
chunks.add(
    "heic-meta-4g.heic",
    lambda: struct.pack(">I", 24) + b"ftypheic\0\0\0\0heicmif1\xff\xff\xff\xf0meta" + noise(90),
    *BROKEN,
)

fuzzed = Group("cut and bent")
for kind in ("JPEG", "PNG", "WEBP", "GIF", "TIFF", "HEIF", "AVIF"):
    ending = {"JPEG": "jpg", "TIFF": "tif", "HEIF": "heic"}.get(kind, kind.lower())
    for share in (0.3, 0.9):
        fuzzed.add(
            f"cut-{int(share * 100)}.{ending}", functools.partial(lambda k, s: cut(usual(k), s), kind, share), *EITHER
        )
    for seed in range(3):
        fuzzed.add(f"bent-{seed}.{ending}", functools.partial(lambda k, s: flipped(usual(k), s), kind, seed), *EITHER, "image-too-large", "decode-memory", "decode-timeout")  # fmt: skip

told = Group("metadata")


def with_everything(kind: str) -> bytes:
    exif = camera_data(software=HIDDEN)
    exif[0x010E] = HIDDEN
    if kind == "PNG":
        info = PngImagePlugin.PngInfo()
        info.add_text("Author", HIDDEN, zip=True)
        info.add_itxt("XML:com.adobe.xmp", f"<x:xmpmeta>{HIDDEN}</x:xmpmeta>")
        return encoded(shown(), kind, pnginfo=info, exif=exif) + HIDDEN.encode()
    if kind == "TIFF":
        return encoded(shown(), kind, description=HIDDEN, software=HIDDEN)
    if kind == "GIF":
        return encoded(shown(), kind, comment=HIDDEN.encode())
    usual(kind)
    return encoded(shown(), kind, exif=exif.tobytes(), xmp=HIDDEN.encode()) + (
        HIDDEN.encode() if kind == "JPEG" else b""
    )


for kind in ("JPEG", "PNG", "WEBP", "TIFF", "GIF", "HEIF"):
    told.add(f"secrets.{kind.lower()}", functools.partial(with_everything, kind), PAGE)
for value in (0, 9, 65_535):
    told.add(
        f"orientation-{value}.jpg",
        functools.partial(lambda v: encoded(shown(), "JPEG", exif=camera_data(v)), value),
        PAGE,
    )
for taken in ("0000:00:00 00:00:00", "2026:02:30 25:61:61", "9999:12:31 23:59:60", "yesterday", ""):
    told.add(
        f"taken-{taken[:4].strip() or 'never'}.jpg",
        functools.partial(lambda t: encoded(shown(), "JPEG", exif=camera_data(taken=t)), taken),
        PAGE,
    )
told.add(
    "exif-loop.jpg",
    lambda: encoded(shown(), "JPEG", exif=b"Exif\0\0II*\0\x08\0\0\0\x01\0\x69\x87\x04\0\x01\0\0\0\x08\0\0\0\x08\0\0\0"),
    PAGE,
)
told.add("exif-junk.jpg", lambda: encoded(shown(), "JPEG", exif=b"Exif\0\0" + noise(60_000)), PAGE)
told.add(
    "xmp-entities.jpg",
    lambda: encoded(
        shown(), "JPEG", xmp=b'<!DOCTYPE x [<!ENTITY a "' + b"z" * 900 + b'"><!ENTITY b "&a;&a;&a;">]><x>&b;&b;</x>'
    ),
    PAGE,
)

GROUPS = (bombs, slow, shape, modes, chunks, fuzzed, told)
