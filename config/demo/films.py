"""The ten films of the demo world: who posted them, with what words, who liked and answered."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Film:
    """One post. `key` names a clip of config/demo/clips.py; `ago` is in hours."""

    key: str
    author: str
    ago: int
    caption: str
    likes: str
    comments: tuple[tuple[str, str], ...] = ()  # (who, words)
    lends: bool = True  # its sound, to whoever wants to use it


FILMS = (
    Film(
        "meadow",
        "mei",
        26,
        "Morning shift at the meadow 🌿 sound on for the birds #slowmorning #meadow @ben",
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
        "mei ana lucia sam ivo",
        (("mei", "look at that wing light"), ("sam", "needs more frogs 🐸")),
    ),
    Film(
        "balloon",
        "ana",
        19 * 24,
        "Recorded under the old railway arch: four seconds of echo, no plugin 🎧 #roomtone #echo",
        "ben mei ivo lucia noor mod",
        (("ivo", "You should hear the boiler room."), ("ana", "Ivo. Thursday. I bring the mic.")),
    ),
    Film(
        "chase",
        "kofi",
        30,
        "drum practice looks like this from inside #drums #toofast",
        "teo ben",
        (("teo", "172 bpm 💀"), ("ben", "breathe, kofi")),
    ),
    Film(
        "print",
        "lucia",
        26 * 24,
        "Dos tintas, tres errores y una buena tarde. #risografía #taller",
        "ana mei noor priya",
        (("ana", "Quiero la de los errores."), ("noor", "الألوان 😍")),
    ),
    Film(
        "projector",
        "ivo",
        38 * 24,
        "35 mm, reel two. The scratch at the end is older than me. #cinema #analog",
        "noor ana lucia ben mei",
        (("noor", "أجمل خدش رأيته"), ("lucia", "ese rayón es arte")),
    ),
    Film(
        "coffee",
        "noor",
        14,
        "قهوة الصباح ونافذة مفتوحة ☕ #صباح #coffee",
        "ana lucia mei ivo priya",
        (("ana", "which window is this"), ("ivo", "Save me a cup.")),
    ),
    Film(
        "firstline",
        "teo",
        20,
        "first walking line without looking 🎸 be kind #bass #beginner",
        "ben kofi ana mei",
        (("ben", "proud of you. relax the thumb"), ("kofi", "now do it at 172")),
    ),
    Film(
        "dusk",
        "mei",
        47 * 24,
        "What they do when we leave. Part 3 of 3 #slowmorning #film",
        "ana ben lucia noor ivo priya sam kofi",
        (
            ("lucia", "¿Y la parte 4?"),
            ("mei", "ask the squirrels"),
            ("ivo", "I would project this."),
        ),
    ),
)
