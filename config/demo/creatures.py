"""What flies through the scenes."""

from config.demo.scenery import Layer, flapping, ovals, shape


def bird(colour: str, x: str, y: str, beats: float) -> list[Layer]:
    """One that crosses the sky along (x, y), `beats` strokes a second."""
    up = shape([(0, 0), (26, 22), (52, 0), (30, 30), (22, 30)], colour, x, y, size=(54, 40))
    down = shape([(0, 34), (22, 16), (30, 16), (52, 34), (26, 26)], colour, x, y, size=(54, 40))
    return flapping(up, down, x, y, beats=beats)


def butterfly(colour: str, spot: str, x: str, y: str, beats: float) -> list[Layer]:
    """One with spotted wings, which look narrow when they are raised."""
    body = (75, 75, 6, 36, "#2a1a2e")
    wide = [(36, 51, 36, 39, colour), (114, 51, 36, 39, colour), (45, 108, 26, 27, colour)]
    wide += [(105, 108, 26, 27, colour), (36, 51, 14, 15, spot), (114, 51, 14, 15, spot), body]
    thin = [(58, 51, 17, 39, colour), (92, 51, 17, 39, colour), (62, 108, 13, 27, colour)]
    thin += [(88, 108, 13, 27, colour), (58, 51, 6, 15, spot), (92, 51, 6, 15, spot), body]
    up, down = (ovals(parts, x, y, size=(150, 150)) for parts in (wide, thin))
    return flapping(up, down, x, y, beats=beats)
