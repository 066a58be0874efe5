"""What the demo people send each other beside words: drawn views, a wren's song, a sticker."""

import io
import tempfile
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from accounts.ffmpeg import run_ffmpeg
from config.demo.people import RESIDENTS
from config.demo.portraits import SIZE, draw
from config.demo.scenery import HEIGHT, WIDTH, disc, hills, pines, roofs, sky

# A wren trills high and fast, and takes a breath after each phrase.
WREN = "0.5*sin(2*PI*(3400+700*sin(2*PI*11*t))*t)*lt(mod(t,1.4),0.9)*(0.4+0.6*abs(sin(2*PI*1.1*t)))"
WREN_SECONDS = 7


def album() -> list[SimpleUploadedFile]:
    """Three views from one roof: morning, noon, night."""
    morning = _view(
        sky("#f7c8a0", "#f2a285", "#e8788a"),
        (520, 430, 90, "#fff2c9"),
        hills("#b5657a", 4, base=760, speed=0, seconds=0),
        pines("#6d3d5c", 9, base=930, tall=150, speed=0, seconds=0),
    )
    noon = _view(
        sky("#8ecae6", "#d7eef7"),
        (210, 260, 70, "#fffbe6"),
        hills("#84b59f", 7, base=700, speed=0, seconds=0),
        hills("#50808e", 3, base=880, speed=0, seconds=0),
    )
    night = _view(
        sky("#1b1b3a", "#3c2a5c", "#693668"),
        (560, 250, 60, "#f4f1de"),
        roofs("#241a3b", "#ffd27d", 5, base=820, speed=0, seconds=0),
    )
    return [_file(view, f"roof-{n}.png") for n, view in enumerate((morning, noon, night), start=1)]


def _view(ground, light: tuple[int, int, int, str], *layers) -> Image.Image:
    """Layers that stand still, the sun or moon (x, y, radius, colour) behind them."""
    canvas = ground.picture.convert("RGBA")
    x, y, radius, colour = light
    glow = disc(radius, colour, "0", "0", glow=60).picture
    canvas.alpha_composite(glow, (max(0, x - glow.width // 2), max(0, y - glow.height // 2)))
    for layer in layers:
        canvas.alpha_composite(layer.picture.crop((0, 0, WIDTH, HEIGHT)), (0, int(layer.y)))
    return canvas.convert("RGB").crop((0, 100, WIDTH, 1060))


def voice() -> SimpleUploadedFile:
    """A wren, seven seconds."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "wren.m4a"
        source = f"aevalsrc='{WREN}':s=44100:d={WREN_SECONDS}"
        run_ffmpeg(["-f", "lavfi", "-i", source, "-c:a", "aac", path], timeout=60)
        return SimpleUploadedFile("wren.m4a", path.read_bytes(), "audio/mp4")


def sticker(username: str) -> SimpleUploadedFile:
    """Somebody's drawn face, cut out round."""
    resident = next(each for each in RESIDENTS if each.username == username)
    face = Image.open(io.BytesIO(draw(resident.portrait))).convert("RGB")
    mask = Image.new("L", (SIZE, SIZE))
    ImageDraw.Draw(mask).ellipse((0, 0, SIZE, SIZE), fill=255)
    face.putalpha(mask)
    return _file(face, "face.png")


def _file(picture: Image.Image, name: str) -> SimpleUploadedFile:
    content = io.BytesIO()
    picture.save(content, "PNG")
    return SimpleUploadedFile(name, content.getvalue(), "image/png")
