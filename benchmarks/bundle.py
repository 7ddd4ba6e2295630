"""Assembly of forty pictures into a bundle, beside img2pdf placing the same files, in one run: CPU time and size."""

import io
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from api.settings import prepare_fonts  # noqa: E402  # fonts before the layout engine

COUNT = 40


def pictures(form: str) -> list[bytes]:
    import numpy as np
    from PIL import Image

    noise = np.random.default_rng(1)
    made = []
    for number in range(COUNT):
        small = noise.integers(0, 255, (36, 64, 3), dtype=np.uint8)
        image = Image.fromarray(small).resize((1920, 1080), Image.Resampling.BICUBIC)
        image.putpixel((0, 0), (number, 0, 0))
        sink = io.BytesIO()
        image.save(sink, form, **({"quality": 88} if form == "JPEG" else {}))
        made.append(sink.getvalue())
    return made


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        prepare_fonts(Path(folder))
        import img2pdf

        from casefile.citation import PlannedExhibit
        from casefile.discovery import load_house
        from casefile.reading import PreparedImage
        from evidence_packer.bundle.assemble import assemble
        from evidence_packer.bundle.stamp import BundleLook, ExhibitPages
        from press.html import Typesetter

        house = load_house(ROOT)
        look = BundleLook(catalog=house.catalogs.of("en"), title="Benchmark", typesetter=Typesetter(house.templates))
        front = look.typesetter.pdf("<html lang=en><body><h1>Front</h1></body></html>", styles=())
        print(
            f"{'input':6} {'ours s':>8} {'img2pdf s':>10} {'ratio':>7} {'ours/inputs bytes':>18}   {COUNT} pictures, CPU"
        )
        for form in ("JPEG", "PNG"):
            data = pictures(form)
            exhibits = tuple(
                ExhibitPages(
                    planned=PlannedExhibit(number=n, file=str(n), kind="other", source_pages=(1,), first_page=n),
                    caption=f"Picture {n}", kind_label="Other", proves=None,
                    prepared=PreparedImage(data=d, format=form.lower(), width=1920, height=1080),
                )
                for n, d in enumerate(data, start=1)
            )  # fmt: skip
            assemble(front, exhibits[:2], look)
            start = time.process_time()
            bundle = assemble(front, exhibits, look)
            ours = time.process_time() - start
            start = time.process_time()
            img2pdf.convert(data)
            theirs = time.process_time() - start
            share = len(bundle) / sum(map(len, data))
            print(f"{form:6} {ours:8.2f} {theirs:10.2f} {ours / theirs:7.2f} {share:18.3f}")


if __name__ == "__main__":
    main()
