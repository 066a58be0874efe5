"""The rules by number: what each says, and the surfaces on which a test must prove that it holds.

`page` and `api` are the browser's and the programs' doors, `socket` the live one, `job` what runs
in the background, `admin` the moderators' door, `query` what lists, pickers, feeds and search leave
out. docs/rules.md shows each rule beside its tests; `make matrix` fails where there is none.
"""

from dataclasses import dataclass

PAGE, API, SOCKET, JOB, ADMIN, QUERY = SURFACES = (
    "page",
    "api",
    "socket",
    "job",
    "admin",
    "query",
)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule, in a sentence, and where it must hold."""

    number: str
    sentence: str
    surfaces: tuple[str, ...]


RULES = (
    # Age and account
    Rule(
        "R1",
        "Whoever signs up gives a date of birth; under 13 nobody gets in, and their browser cannot"
        " try another date for a day.",
        (PAGE, API),
    ),
    Rule(
        "R2",
        "At 13 to 15 there are no messages: none made, sent, read or joined, and nobody can pick"
        " them.",
        (PAGE, API, SOCKET, JOB, QUERY),
    ),
    Rule(
        "R3",
        "At 16 and 17 messages start closed, and only the person opens them.",
        (PAGE, API),
    ),
    Rule(
        "R4",
        "At 13 to 15 accounts are private; at 16 and 17 too, unless they chose otherwise.",
        (PAGE, API),
    ),
    Rule(
        "R5",
        "What may be done with a young person's videos is narrow: friends comment, and under 16"
        " nobody takes a copy.",
        (PAGE, API),
    ),
    Rule(
        "R6",
        "Under 16 nobody is suggested unasked; under 18 no streaks unasked, no place, no profile"
        " for advertising.",
        (PAGE, API, QUERY),
    ),
    Rule(
        "R7",
        "Selling, being paid, running a channel and publishing stickers wait until 18.",
        (PAGE, API),
    ),
    Rule(
        "R8",
        "In the evening and at night young people's devices stay silent; what came waits in the"
        " inbox.",
        (JOB,),
    ),
    Rule(
        "R9",
        "Under 18 a day is an hour long unless they pass their own code; a limit is loosened for"
        " tomorrow, never for today.",
        (PAGE, API),
    ),
    Rule(
        "R10",
        "A birthday loosens no setting, and only a moderator corrects an age, on the record.",
        (JOB, ADMIN),
    ),
    # Messages
    Rule(
        "R11",
        "Each person says who may write to them; after “No one” nothing new comes and what there"
        " was stays readable.",
        (PAGE, API, SOCKET),
    ),
    Rule(
        "R12",
        "Somebody they do not follow waits among the requests, and until they say yes neither push,"
        " receipt nor sign of typing passes.",
        (PAGE, API, SOCKET, JOB, QUERY),
    ),
    Rule(
        "R13",
        "A first request is one message: plain words or a public video.",
        (PAGE, API, SOCKET),
    ),
    Rule(
        "R14",
        "An adult begins no conversation with somebody under 18 who is no friend.",
        (PAGE, API, SOCKET),
    ),
    Rule(
        "R15",
        "A block holds at once, both ways and everywhere.",
        (PAGE, API, SOCKET, JOB, QUERY),
    ),
    Rule(
        "R16",
        "Muting a conversation, or one person in a group, is silent.",
        (PAGE, API, JOB),
    ),
    Rule(
        "R17",
        "Words are forwarded to five places at a time, and to one once they have come far.",
        (PAGE, API, SOCKET),
    ),
    Rule(
        "R18",
        "A message is edited for a quarter of an hour and unsent at any time; a report made before"
        " keeps what it said.",
        (PAGE, API, SOCKET, ADMIN),
    ),
    # Groups and channels
    Rule(
        "R20",
        "Only friends add somebody to a group, and whoever wants to be asked first is.",
        (PAGE, API),
    ),
    Rule(
        "R21",
        "A group with somebody of 16 or 17 holds 32, any other 1,024, however many come at once.",
        (PAGE, API),
    ),
    Rule(
        "R22",
        "A link cannot be guessed and can be taken back; at 16 and 17 it opens a group where a"
        " friend is.",
        (PAGE, API),
    ),
    Rule(
        "R23",
        "Into a group that somebody of 16 or 17 made, people come with the maker's yes.",
        (PAGE, API),
    ),
    Rule(
        "R24",
        "Each role has its rights, an owner who leaves is followed by somebody, and leaving is"
        " quiet.",
        (PAGE, API, SOCKET),
    ),
    Rule(
        "R25",
        "Whoever comes later reads what was said before only where the group says so.",
        (PAGE, API, QUERY),
    ),
    Rule(
        "R26",
        "A group can slow down, pause, rest at night, ask before it lets in and silence somebody.",
        (PAGE, API, SOCKET),
    ),
    Rule(
        "R27",
        "In a channel hosts speak, followers react, and followers do not see each other.",
        (PAGE, API, SOCKET),
    ),
    Rule(
        "R28",
        "Whoever was removed hears and finds nothing more within two seconds, and a ban outlives"
        " new links.",
        (PAGE, API, SOCKET, JOB, QUERY),
    ),
    # Families
    Rule(
        "R30",
        "A guardian is linked with the teenager's consent, only tightens, never reads and is always"
        " shown.",
        (PAGE, API, SOCKET),
    ),
    # Reports, moderation, law
    Rule(
        "R40",
        "Anybody reports anything, stays unknown to whom they reported and learns what came of it.",
        (PAGE, API),
    ),
    Rule(
        "R41",
        "Reports, appeals and automatic finds wait in one queue, and each decision says what, why,"
        " by which rule and how to object.",
        (PAGE, API, ADMIN),
    ),
    Rule(
        "R42",
        "Staff read what was reported and what stood around it, and nothing else; every look is on"
        " a record that cannot be changed unseen.",
        (PAGE, ADMIN),
    ),
    Rule(
        "R43",
        "Strikes warn, limit, suspend and ban, and lapse after 90 days.",
        (PAGE, API, SOCKET, JOB, ADMIN),
    ),
    Rule(
        "R44",
        "Every picture and film is compared with the lists of known abuse before anybody sees it;"
        " where a detector is named, nakedness is sent neither to nor by anybody under 18.",
        (PAGE, API, SOCKET, JOB),
    ),
    Rule(
        "R45",
        "What is off in a region is off at every door at once; taking one's data and leaving stay"
        " open.",
        (PAGE, API, SOCKET, ADMIN),
    ),
    Rule(
        "R46",
        "Everybody can take all their data along, and leave: after 30 days nothing of theirs is"
        " left but what they said to others, without a name.",
        (PAGE, API, JOB),
    ),
    Rule(
        "R47",
        "Each video says why it is there, can be waved away, and a feed that knows nothing of the"
        " person is one setting away.",
        (PAGE, API, QUERY),
    ),
    Rule(
        "R48",
        "Medley says plainly that messages are private and not end-to-end encrypted.",
        (PAGE,),
    ),
)
