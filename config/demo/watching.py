"""What residents watched: enough that feeds can say “because you watched ... to the end”."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from videos.actions import Watch, note_watches
from videos.feed import counting
from videos.feed.learning import learn
from videos.models import Video

# Who saw what to the end, by the keys of films. Ana and Zoe have most of it still before them.
TO_THE_END = {
    "ana": "meadow projector",
    "zoe": "meadow butterfly",
    "ben": "meadow balloon chase duet",
    "mei": "butterfly coffee dusk projector",
    "lucia": "meadow dusk coffee projector tune",
    "noor": "projector coffee dusk print",
    "ivo": "projector coffee balloon dusk",
    "priya": "meadow butterfly dusk coffee",
    "kofi": "chase rabbit firstline",
    "teo": "chase rabbit firstline meadow",
    "sam": "meadow butterfly dusk",
    "mod": "balloon projector duet",
}
# And whom something did not hold.
LEFT = {"kofi": "coffee print", "teo": "projector", "ana": "chase", "priya": "chase"}


def watch_all(people: dict[str, User], films: dict[str, Video]) -> None:
    """Told as players tell it, then counted and learned from as by the clock."""
    for name, person in people.items():
        ended = [films[key] for key in TO_THE_END.get(name, "").split()]
        left = [films[key] for key in LEFT.get(name, "").split()]
        told = [_watch(film, place, 1.0) for place, film in enumerate(ended)]
        note_watches(person, told + [_watch(film, place, 0.1) for place, film in enumerate(left)])
    counting.count()
    learn()


def _watch(film: Video, place: int, share: float) -> Watch:
    then = timezone.now() - timedelta(hours=2 + 5 * place)
    watched = round(share * film.duration_ms)
    return Watch(film.pk, "for_you", watched, film.duration_ms, 0, then)
