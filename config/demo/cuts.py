"""Which parts of the sample film become the ten demo clips, and in what dress."""

from dataclasses import dataclass

WARM = "eq=saturation=1.12:gamma_r=1.06:gamma_b=0.94"
DUSK = "eq=brightness=-0.06:saturation=0.75:gamma_r=0.85:gamma_g=0.88:gamma_b=1.3"
OLD = "eq=contrast=1.1,noise=alls=14:allf=t,vignette"
# Dark blue to paper through red: a print in two inks.
TWO_INKS = (
    "format=gray,eq=contrast=1.25,format=rgb24,"
    "curves=r='0/0.13 0.45/0.93 1/1':g='0/0.17 0.45/0.36 1/0.95':b='0/0.42 0.45/0.33 1/0.86'"
)
# Around a picture that keeps its titles whole: itself, large and blurred, or black as in a cinema.
BLURRED = (
    "split[front][b];[b]scale=54:96:force_original_aspect_ratio=increase,crop=54:96,gblur=3,"
    "scale=720:1280,eq=brightness=-0.12[back];[back][front]overlay=0:(H-h)/2"
)
BLACK = "pad=720:1280:0:(oh-ih)/2:black"


@dataclass(frozen=True, slots=True)
class Cut:
    """A vertical cut: `start` and `seconds` in the film, `pan` 0 (left) to 1, moving to `pan_to`.

    `alt` says what is seen. `zoom` is 1 for the whole height; `slow` stretches time; `boomerang`
    plays there and back; `look` is a filter; `around` fills up what a part of `aspect` (width by
    height) leaves of the screen; `track` is (mood, number, start in seconds).
    """

    film: str
    start: float
    seconds: float
    pan: float
    track: tuple[str, int, float]
    alt: str
    pan_to: float | None = None
    zoom: float = 1.0
    aspect: float = 9 / 16
    slow: float = 1.0
    boomerang: bool = False
    mirror: bool = False
    look: str = ""
    around: str = ""

    @property
    def length(self) -> float:
        return self.seconds * self.slow * (2 if self.boomerang else 1)


CUTS = {
    "meadow": Cut(
        "short",
        0,
        5.2,
        0.33,
        ("calm", 0, 8),
        "A big rabbit comes out of his burrow into a green meadow",
        slow=1.4,
        mirror=True,
    ),
    "rabbit": Cut(
        "trailer",
        22.8,
        7.4,
        0.4,
        ("happy", 3, 12),
        "A sleepy rabbit wakes, stretches and yawns",
        pan_to=0.3,
        look=WARM,
    ),
    "butterfly": Cut(
        "trailer",
        41.25,
        2.4,
        0.68,
        ("tender", 0, 5),
        "A butterfly flutters up before a squirrel in the sun",
        zoom=1.5,
        slow=2.6,
    ),
    "balloon": Cut(
        "trailer",
        39.3,
        1.2,
        0.82,
        ("nostalgic", 3, 10),
        "A rabbit leans against a tree and listens",
        slow=2.6,
        boomerang=True,
        look=WARM,
    ),
    "chase": Cut(
        "trailer",
        36.35,
        1.1,
        0.05,
        ("energetic", 3, 20),
        "A rabbit runs for cover across a meadow, there and back",
        pan_to=0.95,
        slow=3,
        boomerang=True,
    ),
    "print": Cut(
        "trailer",
        44.3,
        1.6,
        0.42,
        ("happy", 0, 6),
        "A startled rabbit as a print in two inks, red and blue",
        slow=2,
        boomerang=True,
        look=TWO_INKS,
    ),
    "projector": Cut(
        "trailer",
        47.3,
        3.3,
        0.5,
        ("nostalgic", 0, 14),
        "A scratched old film: a furry face, and the words Revenge is coming",
        aspect=0.8,
        slow=2,
        look=OLD,
        around=BLACK,
    ),
    "coffee": Cut(
        "trailer",
        0.9,
        1.6,
        0.5,
        ("tender", 3, 9),
        "Soft morning light on clouds and trees",
        pan_to=0.9,
        slow=2.4,
        boomerang=True,
        look=WARM,
    ),
    "firstline": Cut(
        *(
            "trailer",
            10.2,
            2.7,
            0.42,
            ("calm", 3, 16),
            "A bird tries to keep its balance on a branch",
        ),
        aspect=0.8,
        around=BLURRED,
        slow=1.2,
        boomerang=True,
    ),
    "dusk": Cut(
        "trailer",
        41.2,
        2.5,
        0.42,
        ("tender", 1, 20),
        "Squirrels meet under a tree in blue evening light",
        slow=3,
        mirror=True,
        look=DUSK,
    ),
}
