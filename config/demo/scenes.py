"""Ten small scenes for a demo without the sample film, each fitting its caption."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from config.demo.creatures import bird, butterfly
from config.demo.scenery import (
    HEIGHT,
    WIDTH,
    Layer,
    clouds,
    disc,
    dots,
    flapping,
    hills,
    line,
    ovals,
    pines,
    roofs,
    shape,
    sky,
)

SECONDS = 8.0


@dataclass(frozen=True, slots=True)
class Scene:
    """Layers from back to front, what is seen in words, and a tune (Hz, semitones, seconds)."""

    layers: Callable[[], list[Layer]]
    alt: str
    root: float
    steps: tuple[int, ...]
    pace: float
    look: str = ""


# Semitones above the root.
MAJOR = (0, 4, 7, 12, 16, 12, 7, 4)
MINOR = (0, 3, 7, 10, 12, 15, 12, 7)
OPEN = (0, 7, 12, 14, 19, 14, 12, 7)
WALK = (0, 4, 7, 9, 10, 9, 7, 4)


def _meadow() -> list[Layer]:
    return [
        sky("#a9dce8", "#dff0e0", "#fff0c9"),
        disc(70, "#fff6dc", "500", "470-9*t", glow=60),
        clouds("#ffffffcc", 4, speed=9, top=120, seconds=SECONDS),
        hills("#a8cfa0", 11, base=720, speed=6, seconds=SECONDS),
        hills("#6fb07c", 5, base=830, speed=16, seconds=SECONDS),
        *bird("#3c5a52", "-60+95*t", "330+30*sin(t*1.3)", 2.5),
        *bird("#3c5a52", "-150+92*t", "390+26*sin(t*1.5+1)", 2.9),
        hills("#3f8f5f", 8, base=980, speed=38, seconds=SECONDS),
        dots("#ffd9a0", 3, count=80, sizes=(3, 7), x="-38*t", y="1020", area=(1030, 240)),
        dots("#ff9d8a", 9, count=50, sizes=(3, 6), x="-38*t", y="1040", area=(1030, 220)),
    ]


def _monday() -> list[Layer]:
    return [
        sky("#8e7cc3", "#f3a6a0", "#ffd9a8"),
        disc(110, "#fff0cf", "360", "860-34*t", glow=80),
        clouds("#ffe3d8aa", 7, speed=14, top=180, seconds=SECONDS),
        roofs("#7c5f93", "#ffd98a", 3, base=800, speed=5, seconds=SECONDS),
        roofs("#533e70", "#ffcf73", 12, base=940, speed=12, seconds=SECONDS),
        roofs("#2f2348", "#ffc35c", 6, base=1090, speed=24, seconds=SECONDS),
    ]


def _clearing() -> list[Layer]:
    return [
        sky("#cfe8b4", "#8cc486", "#3e8b63"),
        dots("#f4ffd966", 2, count=20, sizes=(26, 60), blur=9, y="-16*t", area=(WIDTH, 1420)),
        dots("#fffbe0aa", 5, count=26, sizes=(5, 13), blur=2, y="-34*t", area=(WIDTH, 1600)),
        hills("#2f7a55", 21, base=1080, speed=4, seconds=SECONDS, rough=30),
        *butterfly("#f2893c", "#ffe2b8", "-110+112*t", "520+150*sin(t*1.1)+14*sin(t*7)", 3.2),
        *butterfly("#6a5ad0", "#d9d4ff", "760-105*t", "760+110*sin(t*0.9+2)+12*sin(t*8)", 3.7),
        hills("#1e5a41", 4, base=1200, speed=14, seconds=SECONDS, rough=26),
    ]


def _arch() -> list[Layer]:
    """Looking out through an arch; rings of sound come back from far away."""
    rings = [
        Layer(_ring(90 * n).picture, f"360-{90 * n}", f"620-{90 * n}+14*sin(t*3-{n})")
        for n in (1, 2, 3)
    ]
    return [
        sky("#f6b48f", "#f9d9ae", "#fdf1d6"),
        disc(60, "#fff8e6", "360", "620", glow=60),
        *rings,
        hills("#c98d72", 17, base=860, speed=10, seconds=SECONDS),
        hills("#8f5f58", 9, base=960, speed=22, seconds=SECONDS),
        *bird("#5b3a40", "-60+88*t", "420+24*sin(t*1.7)", 2.6),
        _wall("#3d2a3a"),
    ]


def _ring(radius: int) -> Layer:
    turn = [i * math.tau / 90 for i in range(91)]
    points = [
        (radius + (radius - 4) * math.cos(a), radius + (radius - 4) * math.sin(a)) for a in turn
    ]
    return line(points, "#ffffff90", 4, "0", "0", size=(2 * radius, 2 * radius))


def _wall(colour: str) -> Layer:
    arch = [
        (360 - 290 * math.cos(i * math.pi / 60), 560 - 330 * math.sin(i * math.pi / 60))
        for i in range(61)
    ]
    outside = [
        (0.0, 0.0),
        (720.0, 0.0),
        (720.0, 1280.0),
        (650.0, 1280.0),
        *reversed(arch),
        (70.0, 1280.0),
    ]
    return shape([*outside, (0.0, 1280.0)], colour, "0", "0", size=(WIDTH, HEIGHT))


def _chase() -> list[Layer]:
    return [
        sky("#2b2350", "#c2476a", "#ff9a62"),
        disc(120, "#ffdf9e", "360", "640", glow=70),
        hills("#8e3560", 3, base=760, speed=40, seconds=SECONDS),
        pines("#5b2450", 5, base=900, tall=170, speed=150, seconds=SECONDS),
        pines("#381a40", 8, base=1030, tall=250, speed=330, seconds=SECONDS, gap=80),
        *bird("#1c0f26", "300+90*sin(t*2.1)", "520+60*sin(t*3.3)", 6),
        pines("#1c0f26", 2, base=1220, tall=390, speed=620, seconds=SECONDS, gap=190),
    ]


def _print() -> list[Layer]:
    waves = [
        line(
            [(x, 40 + 26 * math.sin(x / 60)) for x in range(0, 1140, 4)],
            "#2f4fa8", 18, f"-380+190*mod(t*{0.5 + n % 2 * 0.25:.2f},1.984)", str(720 + n * 78),
            size=(1140, 80),
        )
        for n in range(6)
    ]  # fmt: skip
    return [
        sky("#f7efdd", "#f5ead3"),
        disc(230, "#f0583f", "360+26*sin(t*0.8)", "460+18*cos(t*0.8)"),
        ovals([(150, 60, 150, 60, "#2f4fa8cc")], "100", "560+20*sin(t)", size=(300, 120)),
        *waves,
        dots("#f0583f99", 8, count=420, sizes=(2, 5), x="-10+8*sin(t*2)", y="-8", area=(740, 1300)),
        disc(90, "#2f4fa8dd", "520-20*sin(t*0.8)", "300+16*sin(t*0.9)"),
    ]


def _projector() -> list[Layer]:
    return [
        sky("#222222", "#6d6d6d", "#bdbdbd"),
        disc(130, "#f4f4f4", "430", "380", glow=50),
        clouds("#9a9a9acc", 13, speed=26, top=330, seconds=SECONDS),
        hills("#5a5a5a", 31, base=800, speed=12, seconds=SECONDS),
        pines("#333333", 14, base=960, tall=190, speed=34, seconds=SECONDS),
        hills("#141414", 6, base=1130, speed=70, seconds=SECONDS),
        line([(3, 0), (5, 700), (2, 1280)], "#ffffff88", 2,
             "200+160*floor(mod(t*1.7,3))+4*sin(t*40)", "0", size=(8, HEIGHT)),
    ]  # fmt: skip


def _coffee() -> list[Layer]:
    cup = [(180, 60, 150, 34, "#fff7ec"), (180, 64, 132, 24, "#5a3524")]
    body = [(30, 62), (330, 62), (300, 220), (240, 262), (120, 262), (60, 220)]
    return [
        sky("#bfe0e6", "#fbe7c8", "#f8cfa2"),
        disc(90, "#fff4d8", "520", "330-6*t", glow=90),
        hills("#a9c7a4", 25, base=700, speed=8, seconds=SECONDS),
        hills("#7fae8e", 2, base=790, speed=16, seconds=SECONDS),
        line([(360, 0), (360, 860)], "#7a4a38", 22, "0", "0", size=(WIDTH, 880)),
        line([(0, 430), (720, 430)], "#7a4a38", 22, "0", "0", size=(WIDTH, 880)),
        shape([(0, 0), (720, 0), (720, 440), (0, 440)], "#8d5640", "0", "850", size=(720, 440)),
        *(_steam(n) for n in range(3)),
        ovals([(300, 30, 300, 30, "#6e4030")], "60", "1150", size=(600, 60)),
        shape(body, "#f3e4d2", "180", "910", size=(360, 270)),
        ovals(cup, "180", "910", size=(360, 120)),
    ]


def _steam(n: int) -> Layer:
    points = [(30 + 18 * math.sin(y / 34 + n), y) for y in range(0, 230, 4)]
    rise = f"900-230*mod(t*0.3+{n / 3:.2f},1)"
    sway = f"{270 + 60 * n}+14*sin(t*1.4+{n})"
    return line(points, "#ffffff5c", 16, sway, rise, size=(60, 230))


def _strings() -> list[Layer]:
    """Four bass strings; the finger goes where the tune goes."""
    pace, at = 0.4, [150 + 34 * step for step in WALK]
    turn = "+".join(f"{y}*eq(mod(floor(t/{pace}),8),{n})" for n, y in enumerate(at))
    frets = [
        line([(0, 6), (560, 6)], "#c9a66b", 6, "80", str(180 + 150 * n), size=(560, 12))
        for n in range(7)
    ]
    still = [
        line([(6, 0), (6, HEIGHT)], "#e9e2d4", 6, str(170 + 120 * n), "0", size=(12, HEIGHT))
        for n in (0, 1, 3)
    ]
    wave = [(20 + 9 * math.sin(y / 46), y) for y in range(0, HEIGHT, 6)]
    other = [(20 - 9 * math.sin(y / 46), y) for y in range(0, HEIGHT, 6)]
    size = (40, HEIGHT)
    up, down = (line(points, "#fff6dc", 6, "0", "0", size=size) for points in (wave, other))
    return [
        sky("#3a1f1a", "#6e3b26", "#4a261c"),
        *frets,
        *still,
        *flapping(up, down, "396", "0", beats=11),
        disc(44, "#ee7b5b", "416", f"({turn})", glow=24),
    ]


def _dusk() -> list[Layer]:
    return [
        sky("#171433", "#3d2f6b", "#b0668f"),
        dots("#ffffffcc", 6, count=110, sizes=(1, 3), area=(WIDTH, 620)),
        disc(64, "#fdf3dc", "210", "300+4*t", glow=60),
        hills("#4b3a78", 12, base=820, speed=5, seconds=SECONDS),
        pines("#2c2456", 4, base=960, tall=200, speed=12, seconds=SECONDS),
        dots("#ffe58a", 7, count=26, sizes=(4, 8), blur=1.5, x="-20+30*sin(t*0.7)",
             y="640+40*sin(t*0.9)", area=(760, 520)),
        pines("#150f30", 9, base=1180, tall=330, speed=26, seconds=SECONDS, gap=110),
        dots("#fff3b0", 15, count=14, sizes=(5, 9), blur=1.5, x="-10+40*sin(t*0.9+2)",
             y="760+60*sin(t*0.7+1)", area=(760, 480)),
    ]  # fmt: skip


OLD = "hue=s=0,noise=alls=14:allf=t,vignette"

SCENES = {
    "meadow": Scene(_meadow, "Birds cross a green meadow at sunrise", 220.0, MAJOR, 0.4),
    "rabbit": Scene(_monday, "The sun climbs slowly over sleepy roofs", 98.0, WALK, 0.5),
    "butterfly": Scene(_clearing, "Two butterflies cross a sunny clearing", 293.66, OPEN, 0.33),
    "balloon": Scene(_arch, "Evening hills seen through an old arch", 146.83, OPEN, 0.8),
    "chase": Scene(_chase, "A bird races past a wood at sunset", 110.0, MINOR, 0.17),
    "print": Scene(_print, "A red sun over blue waves, printed in two inks", 196.0, MAJOR, 0.3),
    "projector": Scene(_projector, "A scratched old film of the moon", 130.81, MINOR, 0.66, OLD),
    "coffee": Scene(_coffee, "A steaming cup at an open window", 174.61, MAJOR, 0.5),
    "firstline": Scene(_strings, "A finger walks along a string of a bass", 82.41, WALK, 0.4),
    "dusk": Scene(_dusk, "Fireflies over a dark wood under the moon", 164.81, MINOR, 0.57),
}
