"""What the bundle is measured on: a hundred pictures of two kinds, all different, and exhibits of them."""

import io

COUNT = 100


def pictures(form: str):
    """A hundred pictures: photographs of 3 to 12 megapixels, or screenshots."""
    import numpy as np
    from PIL import Image, ImageDraw

    noise = np.random.default_rng(1)
    sizes = [(2048, 1536), (2592, 1944), (3264, 2448), (4000, 3000)] if form == "JPEG" else [(1920, 1080), (1080, 2340)]
    sources = []
    for width, height in sizes:
        small = noise.integers(0, 255, (height // 40, width // 40, 3), dtype=np.uint8)
        image = Image.fromarray(small).resize((width, height), Image.Resampling.BICUBIC)
        if form == "PNG":
            image = Image.blend(Image.new("RGB", image.size, "white"), image, 0.04).quantize(200).convert("RGB")
            pen = ImageDraw.Draw(image)
            for row in range(0, height, 40):
                pen.text(
                    (40, row), f"Row {row}: order 112-4829307-7716253 was handed over " * 3, fill="black", font_size=22
                )
        else:
            grain = noise.normal(0, 5, (height, width, 1))
            image = Image.fromarray(np.clip(np.asarray(image, dtype=np.int16) + grain, 0, 255).astype(np.uint8))
        sink = io.BytesIO()
        image.save(sink, form, **({"quality": 88} if form == "JPEG" else {"compress_level": 4}))
        sources.append((sink.getvalue(), width, height))
    return [_unique(form, number, *sources[number % len(sources)]) for number in range(COUNT)]


def _unique(form: str, number: int, data: bytes, width: int, height: int):
    """A copy that differs from the others: a comment in a JPEG, another first row of a PNG."""
    if form == "JPEG":
        return data[:2] + b"\xff\xfe\x00\x06%04d" % number + data[2:], width, height
    from PIL import Image

    image = Image.open(io.BytesIO(data))
    image.putpixel((0, 0), (number, 0, 0))
    sink = io.BytesIO()
    image.save(sink, "PNG", compress_level=1)
    return sink.getvalue(), width, height


def exhibits(form: str, given):
    from casefile.citation import PlannedExhibit
    from casefile.reading import PreparedImage
    from evidence_packer.bind.bundle.stamp import ExhibitPages

    return tuple(
        ExhibitPages(
            planned=PlannedExhibit(number=n, file=str(n), kind="other", source_pages=(1,), first_page=n + 1),
            caption=f"Picture {n}", kind_label="Other", proves=None,
            prepared=PreparedImage(data=data, format=form.lower(), width=width, height=height),
            text_height=None if form == "JPEG" else 22.0,
        )
        for n, (data, width, height) in enumerate(given, start=1)
    )  # fmt: skip
