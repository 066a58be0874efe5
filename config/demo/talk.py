"""What the demo people have said to each other: direct conversations and groups with a history.

Lines are `(who, minutes before now, words)`; `Line` adds a shared film, a reply or reactions. A
word that starts with `film:` shares one of config/demo/films.py by its key.
"""

from dataclasses import dataclass, field

HOUR, DAY = 60, 24 * 60


@dataclass(frozen=True, slots=True)
class Asked:
    """A poll: each answer with the people who voted for it."""

    question: str
    answers: dict[str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """One message. `ago` in minutes; `answers` counts lines back to the one replied to."""

    who: str
    ago: int
    words: str = ""
    film: str = ""
    media: str = ""  # "album", "voice" or "sticker"
    poll: Asked | None = None
    answers: int = 0
    reactions: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Talk:
    """One conversation: a group where it has a title, else direct. The first member starts it."""

    members: str
    lines: tuple[Line, ...]
    title: str = ""
    read_by: str = ""
    collection: tuple[tuple[str, str], ...] = ()  # (who, film): what they saved for each other


TALKS = (
    Talk(
        "ana ben lucia mei priya ivo",
        title="Sunday crew",
        read_by="ben mei ivo",
        collection=(("mei", "meadow"), ("ivo", "projector"), ("priya", "butterfly")),
        lines=(
            Line("ben", 2 * DAY + 95, "who is bringing the projector 📽️"),
            Line(
                "ben",
                2 * DAY + 94,
                "and please not the one that smells of burning",
                reactions={"😂": "ana lucia mei priya ivo"},
            ),
            Line(
                "ivo",
                2 * DAY + 80,
                "That smell is history.",
                answers=1,
                reactions={"👏": "ana ben"},
            ),
            Line("ana", 2 * DAY + 78, "I fixed it. Mostly.", answers=2),
            Line("priya", DAY + 320, "can I bring two people from the bird group? they are quiet"),
            Line(
                "lucia", DAY + 300, "quiet people are always welcome", reactions={"🐦": "priya ana"}
            ),
            Line("mei", DAY + 122, "finished this one on the train ↓"),
            Line(
                "mei", DAY + 121, film="meadow", reactions={"❤️": "ana ben priya", "🌿": "ana lucia"}
            ),
            Line("priya", DAY + 110, "the way he smells the flower 😭"),
            Line("ana", DAY + 101, "that bassline under it… ben is this you?"),
            Line(
                "ben",
                DAY + 99,
                "guilty. recorded in the stairwell at 2 am",
                reactions={"🔥": "ana mei"},
            ),
            Line(
                "lucia",
                10 * HOUR,
                poll=Asked(
                    "What comes with the film?",
                    {"Empanadas 🥟": "ana lucia ivo", "Popcorn, a lot": "mei priya", "Soup": ""},
                ),
            ),
            Line("ivo", 9 * HOUR, "Doors at 19:30. Film at 20:00. Popcorn until it is gone."),
            Line("lucia", 8 * HOUR + 40, "I printed the programme on the thick paper 🖨️"),
            Line("ana", 8 * HOUR + 12, "frame one for me please"),
            Line("ben", 46, "leaving at seven, I have space for two and an amplifier"),
            Line("priya", 41, "me! and I fit behind the amplifier"),
            Line("lucia", 32, "the roof this week", media="album", reactions={"😍": "ana mei"}),
            Line("mei", 17, "saving everybody the back row"),
        ),
    ),
    Talk(
        "ivo ana noor lucia",
        title="Film & vinyl, every second Thursday at the old cinema",
        read_by="ivo lucia noor",
        lines=(
            Line("ivo", 6 * DAY, "Next time: your turn to choose, Noor."),
            Line(
                "noor",
                6 * DAY - 30,
                "أقترح فيلماً مصرياً من الخمسينات 🎬",
                reactions={"❤️": "ivo ana"},
            ),
            Line("lucia", 6 * DAY - 45, "¡Sí! Yo llevo los discos."),
            Line("noor", 5 * DAY, "It has subtitles, Ivo, I checked. Twice."),
            Line(
                "ivo",
                5 * DAY - 12,
                "I have read subtitles backwards through a beam for thirty years.",
            ),
            Line("ana", 3 * DAY + 200, film="balloon"),
            Line("ana", 3 * DAY + 199, "short before the long one? it is 9 seconds", answers=1),
            Line(
                "lucia",
                3 * DAY + 120,
                "perfect trailer",
                answers=2,
                reactions={"👍": "ivo noor ana"},
            ),
            Line("ivo", DAY + 600, "Thursday is confirmed. The heating is not. Bring a scarf."),
        ),
    ),
    Talk(
        "ben teo kofi",
        title="Band practice 🥁",
        read_by="ben teo",
        lines=(
            Line("ben", 3 * DAY, "room is ours Saturday 10 to 12"),
            Line("kofi", 3 * DAY - 4, "10 in the MORNING"),
            Line("teo", 3 * DAY - 9, "bring coffee for the drummer", reactions={"☕": "kofi ben"}),
            Line("kofi", DAY + 80, film="chase"),
            Line("kofi", DAY + 79, "this tempo. exactly this", answers=1),
            Line("ben", DAY + 60, "that is 172 bpm kofi"),
            Line("kofi", DAY + 58, "yes", reactions={"💀": "ben teo", "🥁": "teo"}),
            Line("teo", 3 * HOUR, "been practising the walking line all week"),
            Line("ben", 2 * HOUR + 50, "send me ten seconds of it", answers=1),
        ),
    ),
    Talk(
        "ana ben",
        read_by="ana",
        lines=(
            Line("ben", DAY + 45, "did you hear what mei did with the stairwell take"),
            Line("ana", DAY + 40, "three times. it should be illegal"),
            Line("ben", DAY + 39, "😇"),
            Line("ana", 5 * HOUR, "can I borrow the long cable on Sunday"),
            Line("ben", 5 * HOUR - 3, "it is already in my bag", reactions={"🙏": "ana"}),
            Line("ana", 4 * HOUR, film="rabbit"),
            Line("ana", 4 * HOUR - 1, "this is you before coffee"),
            Line("ben", 38, "I feel seen. Also attacked."),
            Line("ben", 37, media="sticker"),
        ),
    ),
    Talk(
        "mei ana",
        read_by="ana mei",
        lines=(
            Line(
                "mei",
                4 * DAY,
                "would you record the meadow at dawn for me? I can lend the fluffy mic",
            ),
            Line("ana", 4 * DAY - 20, "YES. which dawn"),
            Line("mei", 4 * DAY - 22, "any with birds"),
            Line("ana", 2 * DAY, "got 40 minutes and one very loud wren", reactions={"🐦": "mei"}),
            Line("ana", 2 * DAY - 1, media="voice"),
        ),
    ),
    Talk(
        "lucia ana",
        read_by="lucia",
        lines=(
            Line("lucia", DAY + 500, "Te guardé una prueba de color, la coral quedó preciosa"),
            Line("ana", DAY + 490, "¡Voy mañana! ¿Sigues en el taller de la calle Luna?"),
            Line("lucia", 6 * HOUR, "Sí, hasta las ocho. Trae hambre, hay empanadas 🥟"),
        ),
    ),
    Talk(
        "ben teo",
        read_by="ben",
        lines=(
            Line("teo", 2 * DAY, "is it normal that my fingers hurt"),
            Line("ben", 2 * DAY - 6, "first month yes. if it is the wrist, stop and tell me"),
            Line("teo", 2 * DAY - 8, "only fingers!"),
            Line(
                "ben",
                7 * HOUR,
                "good. long slow notes today, nothing fast",
                reactions={"👍": "teo"},
            ),
        ),
    ),
    # A request: Ivo does not follow Zoe, so it waits in his tray (R12).
    Talk(
        "zoe ivo",
        lines=(
            Line("zoe", 3 * HOUR, "Hello! Is the Thursday cinema open to people nobody knows yet?"),
        ),
    ),
)
