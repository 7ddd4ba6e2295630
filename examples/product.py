"""Renders the product of the not-as-described case: a stoneware mug, by ray marching a distance field with numpy.

A rendered product needs nobody's licence. Writes ``sources/mug_studio.png`` (listing picture, white ground) and
``sources/mug_bench.png`` (the same mug on the packing bench).
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

SOURCES = Path(__file__).parent / "sources"
Array = np.ndarray


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """Camera, light and ground of one picture; lengths in mug heights."""

    eye: tuple[float, float, float]
    target: tuple[float, float, float]
    light: tuple[float, float, float]
    zoom: float
    bench: bool
    warmth: tuple[float, float, float]
    turn: float
    """Rotation of the mug around its axis, in radians."""


STUDIO = Scene(
    eye=(1.9, 1.75, 3.3),
    target=(0.12, 0.44, 0),
    light=(-2.6, 4.2, 2.4),
    zoom=2.35,
    bench=False,
    warmth=(1, 1, 1),
    turn=0.3,
)
BENCH = Scene(
    eye=(-1.5, 2.3, 2.9),
    target=(0.05, 0.36, 0.05),
    light=(2.8, 3.6, 1.2),
    zoom=2.1,
    bench=True,
    warmth=(1.05, 1.0, 0.9),
    turn=-0.75,
)


def length(*parts: Array) -> Array:
    return np.sqrt(sum(part * part for part in parts))


def cylinder(x: Array, y: Array, z: Array, radius: float, low: float, high: float, edge: float) -> Array:
    """Distance to a standing cylinder whose edges are rounded by ``edge``."""
    middle, half = (low + high) / 2, (high - low) / 2
    side, top = length(x, z) - radius + edge, np.abs(y - middle) - half + edge
    return np.minimum(np.maximum(side, top), 0) + length(np.maximum(side, 0), np.maximum(top, 0)) - edge


def smooth_min(a: Array, b: Array, k: float) -> Array:
    h = np.clip(0.5 + 0.5 * (b - a) / k, 0, 1)
    return b * (1 - h) + a * h - k * h * (1 - h)


def mug(point: Array, turn: float) -> Array:
    """Distance to the mug: body, handle, hollow."""
    x, y, z = point
    x, z = np.cos(turn) * x + np.sin(turn) * z, -np.sin(turn) * x + np.cos(turn) * z
    bulge = 0.035 * np.sin(np.pi * np.clip(y, 0, 1))
    body = cylinder(x, y, z, 0.45, 0.0, 1.0, 0.05) - bulge
    ring_x, ring_y = x - 0.47, (y - 0.52) * 0.82
    handle = length(length(ring_x, ring_y) - 0.26, z * 0.8) - 0.052
    solid = smooth_min(body, handle, 0.07)
    hollow = cylinder(x, y, z, 0.405, 0.07, 1.4, 0.09) - bulge * 0.8
    return np.maximum(solid, -hollow)


def scene_distance(point: Array, scene: Scene) -> Array:
    return np.minimum(mug(point, scene.turn), point[1])


def normal(point: Array, scene: Scene) -> Array:
    step = 0.0012
    axes = np.eye(3, dtype=np.float32)[:, :, None] * step
    slopes = [scene_distance(point + axis, scene) - scene_distance(point - axis, scene) for axis in axes]
    return np.stack(slopes) / np.maximum(length(*slopes), 1e-9)


def march(origin: Array, direction: Array, scene: Scene, steps: int = 110) -> tuple[Array, Array]:
    """Distance along each ray, and whether it hit something."""
    travelled = np.zeros(direction.shape[1], np.float32)
    for _ in range(steps):
        travelled += 0.85 * scene_distance(origin + direction * travelled, scene)
    return travelled, travelled < 14


def soft_shadow(point: Array, light: Array, scene: Scene) -> Array:
    towards = light[:, None] - point
    distance = length(*towards)
    towards = towards / distance
    travelled = np.full(point.shape[1], 0.02, np.float32)
    shade = np.ones(point.shape[1], np.float32)
    for _ in range(44):
        gap = scene_distance(point + towards * travelled, scene)
        shade = np.minimum(shade, np.clip(0.5 + 0.5 * gap * 6.5 / travelled, 0, 1))
        travelled += np.clip(gap, 0.012, 0.2)
    return shade * shade * (3 - 2 * shade)


def occlusion(point: Array, facing: Array, scene: Scene) -> Array:
    total = np.zeros(point.shape[1], np.float32)
    for i, reach in enumerate((0.03, 0.08, 0.16, 0.3)):
        total += (reach - scene_distance(point + facing * reach, scene)) * 0.72**i
    return np.clip(1 - 1.9 * total, 0, 1)


def lattice(x: Array, y: Array, z: Array, seed: int) -> Array:
    """A random number from 0 to 1 per cell of a lattice."""
    cells = [np.floor(part).astype(np.int64) for part in (x, y, z)]
    mixed = cells[0] * 73856093 ^ cells[1] * 19349663 ^ cells[2] * 83492791 ^ seed * 2654435761
    mixed = (mixed ^ (mixed >> 13)) * 1274126177
    return ((mixed ^ (mixed >> 16)) & 0xFFFFFF) / float(0xFFFFFF)


def glaze(point: Array, turn: float) -> Array:
    """Colour of the mug: sand with speckles, raw clay at the foot, a pale inside."""
    x, y, z = point
    colour = np.array([0.76, 0.67, 0.53], np.float32)[:, None] * np.ones_like(x)
    inside = (length(x, z) < 0.43 + 0.035 * np.sin(np.pi * np.clip(y, 0, 1))) & (y > 0.06)
    colour = np.where(inside, np.array([0.87, 0.83, 0.75], np.float32)[:, None], colour)
    for size, share, dark in ((95, 0.018, 0.45), (60, 0.02, 0.6), (150, 0.03, 0.7)):
        speck = lattice(x * size + turn, y * size, z * size, size) < share
        colour = np.where(speck, colour * dark, colour)
    line = 0.13 + 0.006 * np.sin(9 * np.arctan2(z, x)) + 0.004 * np.sin(23 * np.arctan2(z, x))
    clay = np.array([0.62, 0.47, 0.36], np.float32)[:, None] * (0.95 + 0.1 * lattice(x * 210, y * 210, z * 210, 3))
    return np.where((y < line) & ~inside, clay, colour)


def boards(point: Array) -> Array:
    """A bench of light wooden boards with grain."""
    x, _, z = point
    board = np.floor(z / 0.62)
    shift = board * 3.7
    warp = 0.05 * np.sin(2.1 * x + shift) + 0.02 * np.sin(7.3 * x + shift)
    grain = 0.5 + 0.5 * np.sin((z + warp) * 95 + 6 * np.sin(x * 1.3 + shift))
    fine = 0.5 + 0.5 * np.sin((z + warp) * 410 + 3 * np.sin(x * 5 + shift))
    tone = 0.84 + 0.1 * grain + 0.05 * fine + 0.06 * np.sin(board * 12.9)
    gap = np.abs(z / 0.62 - np.round(z / 0.62)) < 0.008
    return np.array([0.66, 0.5, 0.34], np.float32)[:, None] * np.where(gap, 0.35, tone)


def shade(origin: Array, direction: Array, scene: Scene) -> Array:
    travelled, hit = march(origin, direction, scene)
    point = origin + direction * travelled
    facing = normal(point, scene)
    on_mug = mug(point, scene.turn) < point[1]
    ground = boards(point) if scene.bench else np.full((3, point.shape[1]), 0.93, np.float32)
    colour = np.where(on_mug, glaze(point, scene.turn), ground)
    light = np.array(scene.light, np.float32)
    towards = light[:, None] - point
    towards /= length(*towards)
    lift = point + facing * 0.006
    diffuse = np.clip((facing * towards).sum(0), 0, 1) * soft_shadow(lift, light, scene)
    sky = (0.6 + 0.4 * facing[1]) * occlusion(lift, facing, scene)
    half = towards - direction
    half /= length(*half)
    gloss = np.clip((facing * half).sum(0), 0, 1)
    shine = on_mug * (0.16 * gloss**24 + 0.3 * gloss**220) * np.clip(diffuse * 3, 0, 1)
    lit = colour * (0.86 * diffuse + 0.46 * sky) * np.array(scene.warmth, np.float32)[:, None] + shine
    back = (
        np.array([0.95, 0.95, 0.95], np.float32)[:, None] if not scene.bench else np.array([0.3, 0.31, 0.32])[:, None]
    )
    haze = np.clip((travelled - 6) / 6, 0, 1) * (0 if scene.bench else 1)
    return np.where(hit, lit * (1 - haze) + back * haze, back)


def picture(scene: Scene, size: tuple[int, int], samples: int = 2) -> Image.Image:
    """The scene at ``size`` with ``samples`` x ``samples`` rays a pixel."""
    width, height = size[0] * samples, size[1] * samples
    eye, target = np.array(scene.eye, np.float32), np.array(scene.target, np.float32)
    ahead = (target - eye) / np.linalg.norm(target - eye)
    right = np.cross(ahead, [0, 1, 0])
    right /= np.linalg.norm(right)
    up = np.cross(right, ahead)
    rows = []
    for start in range(0, height, 200):
        j, i = np.mgrid[start : min(start + 200, height), 0:width].astype(np.float32)
        u, v = (i - width / 2) / height, (height / 2 - j) / height
        ray = ahead[:, None] * scene.zoom + right[:, None] * u.ravel() + up[:, None] * v.ravel()
        ray = (ray / length(*ray)).astype(np.float32)
        rows.append(shade(eye[:, None], ray, scene).T.reshape(*j.shape, 3))
    light = np.clip(np.concatenate(rows), 0, None)
    light = light * (1 + light / 6.5) / (1 + light * 0.18)
    pixels = np.clip(light, 0, 1) ** (1 / 2.2 * 1.55)
    image = Image.fromarray((np.clip(pixels, 0, 1) * 255).astype(np.uint8))
    return image.resize(size, Image.Resampling.LANCZOS)


if __name__ == "__main__":
    picture(STUDIO, (760, 760)).save(SOURCES / "mug_studio.png", optimize=True)
    picture(BENCH, (1600, 1200), samples=2).save(SOURCES / "mug_bench.png", optimize=True)
