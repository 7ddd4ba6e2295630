"""GIF: the first frame, packed as a PNG; of an animation, that is said."""

import io

from PIL import GifImagePlugin, Image

from reading.intake import DecodeJob, Intake, Opened
from reading.pictures import sampling
from reading.pictures.camera import read_exif
from reading.pictures.converted import converted


def score(head: bytes) -> float:
    """The signature of GIF87a or GIF89a."""
    return 1.0 if head[:6] in {b"GIF87a", b"GIF89a"} else 0.0


def open(data: bytes, job: DecodeJob) -> Opened:  # noqa: A001  # the contract's verb
    """The first frame and its one page.

    Raises:
        Refusal: ``file-truncated``, ``file-unreadable``, ``image-too-large``.
    """
    image = GifImagePlugin.GifImageFile(io.BytesIO(data))
    told = (("first-frame-only", image.is_animated), ("metadata-removed", "comment" in image.info))
    return converted(image, read_exif(None, None), job, told, lossless=True)


def samples() -> tuple[bytes, ...]:
    """A palette, a transparent one and an animation."""
    frames = [Image.new("P", (16, 8), shade) for shade in (1, 2)]
    moving = io.BytesIO()
    frames[0].save(moving, "GIF", save_all=True, append_images=frames[1:])
    return (sampling.sample("P", "GIF"), sampling.sample("P", "GIF", transparency=0), moving.getvalue())


INTAKE = Intake(name="gif", media_type="image/gif", extensions=("gif",), score=score, open=open, samples=samples)
