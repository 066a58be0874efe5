"""What waits for the demo's moderator: something of each kind, made by the actions that people use.

Morgan (`mod`) works through it; Nadia is the colleague whose decision is appealed against and whose
proposed ban waits for somebody else.
"""

from datetime import date

from django.utils import timezone

from accounts.actions import report
from accounts.actions.staff import give_role
from accounts.models import Case, Decision, Report, SavedReply, User
from accounts.moderation import appeals, cases, deciding
from accounts.transparency import count_current
from chat.models import Message
from videos.models import Comment, Video

People = dict[str, User]
Films = dict[str, Video]

REPLIES = {
    ("Kinder, please", "harassment"): "Words like these hurt people. Say what you think of a"
    " thing, not of a person.",
    ("Not the same again", "spam"): "You wrote the same to many people who did not ask for it."
    " That is spam here, whatever it offers.",
    ("Whose film is this?", "other"): "This was filmed by somebody else. Ask them first, or share"
    " theirs.",
}
NOTE = "The same words stood under two of Mei's films last week; the account was new then too."


def fill(people: People, films: Films) -> int:
    """Reports, hits, a proposal, an appeal; answers how many cases wait."""
    nadia = _colleague()
    for (title, reason), words in REPLIES.items():
        SavedReply.objects.create(title=title, reason=reason, words=words)
    _reports(people, films)
    _hits(people)
    _proposed_ban(nadia, people)
    _appeal(nadia, people, films)
    held = Case.objects.open().filter(kind="comment").first()
    if held is not None:
        cases.note(nadia, held, NOTE)
    count_current()
    return Case.objects.exclude(state=Case.State.DECIDED).count()


def _colleague() -> User:
    today = timezone.now().date()
    nadia = User.objects.create_user(
        username="nadia",
        email="nadia@medley.example",
        password=None,
        display_name="Nadia Haddad",
        birth_date=date(today.year - 41, 1, 1),
        region="FR",
    )
    give_role(None, nadia, "senior")
    return nadia


def _reports(people: People, films: Films) -> None:
    film = next(iter(films.values()))
    for name, reason in (("zoe", "spam"), ("priya", "other")):
        if people[name].pk != film.author_id:
            report(people[name], "video", film.pk, reason=reason, words="I saw this elsewhere.")
    comment = Comment.objects.exclude(author=people["zoe"]).order_by("created_at").first()
    if comment is not None:
        report(people["zoe"], "comment", comment.pk, reason="harassment")
    said = Message.objects.filter(
        author=people["ben"], notice__isnull=True, conversation__memberships__user=people["ana"]
    )
    message = said.order_by("-created_at").first()
    if message is not None:
        words = "Not what we agreed on in this group."
        report(people["ana"], "message", message.pk, reason="harassment", words=words)
    report(people["mei"], "user", people["ivo"].pk, reason="impersonation")


def _hits(people: People) -> None:
    """As if a check had found them."""
    sam = people["sam"]
    facts = {"score": 7, "features": "new account, the same words to 40 strangers, a link"}
    cases.flag("user", sam.pk, origin=Case.Origin.SPAM, reason="spam", severity=3, facts=facts)
    comment = Comment.objects.order_by("-created_at").first()
    if comment is not None:
        facts = {"list": "creator's own", "words": 1}
        origin = Case.Origin.WORDS
        cases.flag("comment", comment.pk, origin=origin, reason="hate", severity=5, facts=facts)


def _proposed_ban(nadia: User, people: People) -> None:
    made = report(people["lucia"], "user", people["kofi"].pk, reason="fraud")
    _decide(nadia, made, [("ban", {})], "honest", "Tickets were sold here that never existed.")


def _appeal(nadia: User, people: People, films: Films) -> None:
    film = next(film for film in films.values() if film.author.username in {"lucia", "ivo"})
    made = report(people["noor"], "video", film.pk, reason="other")
    words = "Somebody could be frightened by this."
    decision = _decide(nadia, made, [("warn", {})], "other", words)
    appeals.appeal(film.author, decision, "Nobody is frightened by this. Look again, please.")


def _decide(nadia: User, made: Report, acts: list, rule: str, words: str) -> Decision:
    case = Case.objects.get(reports=made)
    return deciding.decide(nadia, case, acts=acts, reason=made.reason, rule=rule, words=words)
