"""Who lives in the demo world, and who follows whom."""

from dataclasses import dataclass

from config.demo.portraits import Portrait


@dataclass(frozen=True, slots=True)
class Resident:
    """One demo account. `age` in years; `follows` names other residents."""

    username: str
    name: str
    age: int
    bio: str
    portrait: Portrait
    follows: str = ""
    region: str = "GB"
    language: str = "en"
    time_zone: str = "Europe/London"
    is_staff: bool = False
    messages_from: str = ""
    is_private: bool | None = None


RESIDENTS = (
    Resident(
        "ana",
        "Ana García",
        26,
        "Sound person. Collects rooms with good echo. Madrid ↔ London 🎧",
        Portrait("#f7c8b4", "#e9b48f", "#4a2b22", "#d9482b", "long", earrings="#ffd166"),
        "ben mei lucia noor priya ivo mod",
        "ES",
        time_zone="Europe/Madrid",
    ),
    Resident(
        "ben",
        "Ben Okafor",
        27,
        "Bass, bikes and late soup. Teaches bass to whoever asks.",
        Portrait("#cfe3ff", "#7a4b32", "#1d1512", "#3d5bd9", "buzz", beard=True),
        "ana mei teo lucia kofi ivo priya",
    ),
    Resident(
        "zoe",
        "Zoe Lindqvist",
        31,
        "New here. Mostly mountains.",
        Portrait("#dff2e6", "#f3cfb3", "#d9a441", "#2f8f6b", "bob"),
        "",
        "SE",
        time_zone="Europe/Stockholm",
    ),
    Resident(
        "teo",
        "Teo Marsh",
        16,
        "learning bass 🎸 year 11",
        Portrait("#ffe2a8", "#eab48c", "#6b3f1d", "#8a4fd1", "curly"),
        "ben kofi mei",
        messages_from="friends",
        is_private=False,
    ),
    Resident(
        "mod",
        "Morgan Reyes",
        38,
        "I keep the place kind. Reports reach me, your messages do not.",
        Portrait("#e3dcf7", "#c98d66", "#3b3540", "#4f4a63", "short", glasses=True),
        "ana mei",
        is_staff=True,
    ),
    Resident(
        "mei",
        "Mei Tanaka",
        29,
        "Small films about animals who think nobody is watching.",
        Portrait("#d7f0d2", "#f1cda6", "#1c1a22", "#ee7b5b", "bun"),
        "ana ben lucia priya",
        "JP",
        time_zone="Asia/Tokyo",
    ),
    Resident(
        "lucia",
        "Lucía Fernández",
        34,
        "Imprimo cosas bonitas en papel grueso. Risograph, mostly.",
        Portrait("#ffd6de", "#d99f77", "#7a2e2e", "#23395d", "curly", earrings="#35c2a1"),
        "ana ben mei noor ivo",
        "ES",
        "es",
        "Europe/Madrid",
    ),
    Resident(
        "noor",
        "نور الهدى",
        23,
        "أفلام قديمة وقهوة جديدة ☕",
        Portrait("#f4e3c1", "#d8a67c", "#2a7f9e", "#1f5f78", "scarf"),
        "ana lucia mei ivo",
        "MA",
        time_zone="Africa/Casablanca",
    ),
    Resident(
        "ivo",
        "Ivo Petrov",
        47,
        "Projectionist at the old cinema. Yes, the one that smells of popcorn.",
        Portrait("#d5d9e8", "#efc7a6", "#8d8d95", "#a83f3f", "bald", glasses=True, beard=True),
        "ana noor ben mei lucia",
        "BG",
        time_zone="Europe/Sofia",
    ),
    Resident(
        "priya",
        "Priya Raman",
        19,
        "Second-year biology. Birds by ear 🐦",
        Portrait("#fbe0ff", "#a86b45", "#171219", "#c23b7a", "long", earrings="#f2c14e"),
        "ana mei ben",
        "IN",
        time_zone="Asia/Kolkata",
    ),
    Resident(
        "kofi",
        "Kofi Mensah",
        17,
        "drums, mostly on tables",
        Portrait("#c9f2ee", "#5f3a27", "#120d0b", "#f08c2e", "quiff"),
        "ben teo",
        "GH",
        time_zone="Africa/Accra",
        messages_from="friends",
        is_private=False,
    ),
    Resident(
        "sam",
        "Sam Whitlock",
        14,
        "frogs 🐸",
        Portrait("#e6f7b5", "#f5d3b8", "#b5651d", "#5a9e3d", "short"),
        "mei",
    ),
)
