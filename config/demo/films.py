"""The ten films of the demo world: who posted them, what they wrote, who liked and what was answered."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Film:
    """One post. `key` names a recipe of config/demo/clips.py; `ago` in hours; comments are (who, words)."""

    key: str
    author: str
    ago: int
    caption: str
    alt: str
    likes: str
    comments: tuple[tuple[str, str], ...] = ()


FILMS = (
    Film(
        "meadow",
        "mei",
        26,
        "Morning shift at the meadow 🌿 sound on for the birds #slowmorning #meadow @ben",
        "A big rabbit comes out of his burrow into a green meadow",
        "ana ben lucia priya ivo noor teo sam",
        (
            ("priya", "Is that a wren at 0:04?? 🐦"),
            ("ben", "the bass is me yawning"),
            ("sam", "does he like frogs"),
            ("lucia", "Quiero este verde en papel grueso."),
        ),
    ),
    Film(
        "rabbit",
        "ben",
        5,
        "monday, 7:58. monday, 7:59. #bass #monday",
        "A sleepy rabbit stretches and yawns",
        "ana teo kofi mei priya",
        (
            ("kofi", "me at 10 in the MORNING"),
            ("ana", "the yawn lands exactly on the downbeat. respect"),
        ),
    ),
    Film(
        "butterfly",
        "priya",
        9,
        "Papilio something. I will know by tonight. #fieldnotes #butterflies",
        "A butterfly crosses a sunny clearing",
        "mei ana lucia sam ivo",
        (("mei", "look at that wing light"), ("sam", "needs more frogs 🐸")),
    ),
    Film(
        "balloon",
        "ana",
        51,
        "Recorded under the old railway arch: four seconds of echo, no plugin 🎧 #roomtone #echo",
        "Trees sway above a path in warm light",
        "ben mei ivo lucia noor mod",
        (("ivo", "You should hear the boiler room."), ("ana", "Ivo. Thursday. I bring the mic.")),
    ),
    Film(
        "chase",
        "kofi",
        30,
        "drum practice looks like this from inside #drums #toofast",
        "Small animals race through the grass",
        "teo ben",
        (("teo", "172 bpm 💀"), ("ben", "breathe, kofi")),
    ),
    Film(
        "print",
        "lucia",
        76,
        "Dos tintas, tres errores y una buena tarde. #risografía #taller",
        "A close view of fruit and leaves in bright colours",
        "ana mei noor priya",
        (("ana", "Quiero la de los errores."), ("noor", "الألوان 😍")),
    ),
    Film(
        "projector",
        "ivo",
        98,
        "35 mm, reel two. The scratch at the end is older than me. #cinema #analog",
        "Film credits drift over a landscape",
        "noor ana lucia ben mei",
        (("noor", "أجمل خدش رأيته"), ("lucia", "ese rayón es arte")),
    ),
    Film(
        "coffee",
        "noor",
        14,
        "قهوة الصباح ونافذة مفتوحة ☕ #صباح #coffee",
        "Soft morning light through leaves",
        "ana lucia mei ivo priya",
        (("ana", "which window is this"), ("ivo", "Save me a cup.")),
    ),
    Film(
        "firstline",
        "teo",
        20,
        "first walking line without looking 🎸 be kind #bass #beginner",
        "A rabbit hops along a path in step with the music",
        "ben kofi ana mei",
        (("ben", "proud of you. relax the thumb"), ("kofi", "now do it at 172")),
    ),
    Film(
        "dusk",
        "mei",
        120,
        "What they do when we leave. Part 3 of 3 #slowmorning #film",
        "Squirrels meet on a branch at dusk",
        "ana ben lucia noor ivo priya sam kofi",
        (
            ("lucia", "¿Y la parte 4?"),
            ("mei", "ask the squirrels"),
            ("ivo", "I would project this."),
        ),
    ),
)
