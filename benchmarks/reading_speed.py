"""Reading: CPU time per file, all of it (guarded child, OCR, sharpness, bar codes), memory, and Tesseract on the same pictures.

CPU times of the whole process tree, so that a busy machine says the same as an idle one. ``--workers`` also measures how two
workers on two cores compare with one; that needs a quiet machine.
"""

import io
import multiprocessing
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402  # the checkout comes first on the path
import pikepdf  # noqa: E402
from PIL import Image, ImageDraw, ImageFont  # noqa: E402

from casefile.upload import Upload  # noqa: E402
from reading.guarded.guard import Guard  # noqa: E402
from reading.limits import ReadingLimits  # noqa: E402
from reading.read import ReadingRoom  # noqa: E402

ORDER = "112-4829307-7716253"
FONT = ROOT / "fonts" / "EvidenceSans-Regular.ttf"
WORDS = (
    "Delivered",
    "to",
    "the",
    "front",
    "door",
    "at",
    "the",
    "address",
    "of",
    "the",
    "order;",
    "signed",
    "by",
    "hand",
)
ROUNDS = 5
_TICK = os.sysconf("SC_CLK_TCK")


def page(width: int, height: int, size: int, seed: int = 0) -> Image.Image:
    """A page of type, an order number on it; ``seed`` makes its bytes its own."""
    image = Image.new("RGB", (width, height), "white")
    pen, font = ImageDraw.Draw(image), ImageFont.truetype(str(FONT), size)
    for row in range(int(height / size / 3.2)):
        words = [WORDS[(row * 7 + place + seed) % len(WORDS)] for place in range(6)]
        text = f"Order {ORDER}" if row == 2 else f"Nov {row % 28 + 1}, 2026, 2:{row:02} PM  {' '.join(words)}"
        pen.text((size * 3, size * (2 + row * 3)), text, font=font, fill="#1a1a1a")
    return image


def packed(image: Image.Image, kind: str, **options: object) -> bytes:
    sink = io.BytesIO()
    image.save(sink, kind, **options)
    return sink.getvalue()


def screenshot(seed: int = 0) -> bytes:
    return packed(page(1920, 1080, 15, seed), "PNG")


def photo(seed: int = 0) -> bytes:
    paper = np.asarray(page(3000, 4000, 48, seed), np.float32) * 0.85
    noise = np.random.default_rng(seed).normal(0, 4, paper.shape)
    return packed(Image.fromarray((paper + noise).clip(0, 255).astype(np.uint8)), "JPEG", quality=88)


def document(pages: int) -> bytes:
    """A PDF of dense text with embedded fonts, set by WeasyPrint: eight pages, over and over."""
    from api.settings import prepare_fonts

    with tempfile.TemporaryDirectory() as folder:
        prepare_fonts(Path(folder))
        from weasyprint import HTML

        rows = "".join(f"<p>Line {row}: {' '.join(WORDS)} {' '.join(WORDS[::-1])}</p>" for row in range(46))
        sheets = "".join(f"<section><h1>Page {number}</h1>{rows}</section>" for number in range(8))
        style = "<style>section{break-after:page}p{margin:0 0 4pt;font:9pt 'Evidence Sans'}</style>"
        few = HTML(string=style + sheets).write_pdf()
    with pikepdf.open(io.BytesIO(few)) as source, pikepdf.new() as whole:
        for number in range(pages):
            whole.pages.append(source.pages[number % 8])
        sink = io.BytesIO()
        whole.save(sink)
    return sink.getvalue()


def tree_cpu() -> float:
    """CPU seconds of this process, of the zygote, its only child, and of every child that one reaped."""
    own = os.getpid()
    (zygote,) = Path(f"/proc/{own}/task/{own}/children").read_text(encoding="ascii").split()
    fields = Path(f"/proc/{zygote}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return time.process_time() + sum(map(int, fields[11:15])) / _TICK


def cost(room: ReadingRoom, data: list[bytes]) -> float:
    """Mean CPU seconds of reading each of ``data`` once."""
    before = tree_cpu()
    for number, one in enumerate(data):
        room.read(Upload(name=f"{number}", data=one), wanted=(ORDER,), languages=("en",))
    return (tree_cpu() - before) / len(data)


def guard_overhead(guard: Guard, data: bytes) -> float:
    """CPU milliseconds that decoding in a guarded child costs beyond decoding here."""
    from reading import decode
    from reading.intake import DecodeJob

    job, sink = DecodeJob().to_json(), os.open(os.devnull, os.O_WRONLY)
    decode.decode(job, data, sink)
    before = time.process_time()
    for _ in range(20):
        decode.decode(job, data, sink)
    here = time.process_time() - before
    before = tree_cpu()
    for _ in range(20):
        guard.run(job, data)
    return 1000 * (tree_cpu() - before - here) / 20


def tesseract(data: bytes) -> float | None:
    """CPU seconds of Tesseract, English, one thread, on the same picture."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        try:
            environment = {"OMP_THREAD_LIMIT": "1", "PATH": "/usr/bin:/bin"}
            subprocess.run(["tesseract", file.name, "-"], capture_output=True, check=True, env=environment)
        except (OSError, subprocess.CalledProcessError):
            return None
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def told(what: str, seconds: float, wanted: float, peer: float | None = None) -> None:
    beside = f"   Tesseract {peer:.2f} s, ratio {seconds / peer:.2f}" if peer else ""
    print(f"  {what:34} {seconds:6.3f} s   (wanted <= {wanted:g} s){beside}")


def _worker(seeds: range) -> None:
    with ReadingRoom() as room:
        room.level()
        cost(room, [screenshot(seed) for seed in seeds])


def workers() -> None:
    """Screens a second of two workers against one."""
    seconds = []
    for count in (1, 2):
        parts = [range(number * 100, number * 100 + 12) for number in range(count)]
        processes = [multiprocessing.get_context("spawn").Process(target=_worker, args=(part,)) for part in parts]
        started = time.perf_counter()
        for process in processes:
            process.start()
        for process in processes:
            process.join()
        seconds.append(time.perf_counter() - started)
    print(f"  two workers against one            {2 * seconds[0] / seconds[1]:6.2f} x   (wanted >= 1.8 x)")


def main() -> None:
    print("reading: CPU of the whole process tree, one thread, warm")
    guard = Guard(ReadingLimits())
    with ReadingRoom(guard=guard) as room:
        room.level()
        cost(room, [screenshot(99), photo(99)])
        screens, photos = [screenshot(n) for n in range(ROUNDS)], [photo(n) for n in range(ROUNDS - 2)]
        told("1080p screenshot (PNG)", cost(room, screens), 0.5, tesseract(screens[0]))
        told("12 MP photograph (JPEG)", cost(room, photos), 1.2, tesseract(photos[0]))
        told("the same bytes again", cost(room, screens), 0.02)
        told("200-page PDF with text", cost(room, [document(200)]), 5)
        print(f"  guard beyond decoding here         {guard_overhead(guard, screens[0]):6.1f} ms   (wanted <= 15 ms)")
        status = Path("/proc/self/status").read_text(encoding="ascii")
        resident = next(int(line.split()[1]) // 1024 for line in status.splitlines() if line.startswith("VmRSS"))
        print(f"  resident memory after all that     {resident:6} MB   (wanted <= 700 MB)")
    if "--workers" in sys.argv:
        workers()


if __name__ == "__main__":
    main()
