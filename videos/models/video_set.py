"""Videos, as sets: who may watch which, and what each page needs of them."""

from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q

from accounts.models import Follow, Report, unblocked
from accounts.policy import is_restricted, sees_sensitive
from videos.models.answers import Like, Repost, Saved, View
from videos.models.audience import Audience, open_to_all
from videos.models.credit import Credit

if TYPE_CHECKING:
    from videos.models.video import Video  # noqa: F401  (named by the class below)

MOST_NAMED = 500  # videos of others that show on one's profile


def _follows(follower: Any, followed: str) -> Exists:
    return Exists(Follow.objects.accepted().filter(follower=follower, followed=OuterRef(followed)))


def _followed_by(follower: str, followed: Any) -> Exists:
    return Exists(Follow.objects.accepted().filter(follower=OuterRef(follower), followed=followed))


def _for_everybody() -> Q:
    """R30, restricted mode: nothing that somebody reported and no moderator found to be in order,
    and no paid partnership."""
    reports = Report.objects.filter(kind="video", object_id=OuterRef("pk")).exclude(state="kept")
    return Q(is_paid_partnership=False) & ~Q(Exists(reports))


class VideoQuerySet(models.QuerySet["Video"]):
    """Videos, as sets."""

    def published(self) -> Self:
        """Those that play."""
        return self.filter(state=self.model.State.PUBLISHED)

    def posted(self) -> Self:
        """All but drafts: what shows among its author's videos, whatever became of it."""
        return self.exclude(state=self.model.State.DRAFT)

    def drafts_of(self, author: Any) -> Self:
        """What a person has not put out yet: drafts, and what waits for its time; clips at hand.

        Changed last comes first.
        """
        state = self.model.State
        waiting = Q(state__in=[state.PROCESSING, state.SCHEDULED], publish_at__isnull=False)
        unposted = self.filter(waiting | Q(state=state.DRAFT), author=author, published_at=None)
        shown = unposted.select_related("author").prefetch_related("clips", "chosen")
        return shown.credited_for(author).order_by("-edited_at", "-pk")

    def visible_to(self, viewer: Any) -> Self:
        """What the viewer (AnonymousUser too) may watch, authors and renditions at hand.

        Their own whatever its state; of others what is published, by the video's audience and the
        account's privacy (R4), never across a block (R15), never of somebody who is gone; what is
        marked as sensitive for adults; in restricted mode only what is for everybody (R30). A duet
        or a stitch shows two videos: only who may see both sees it.
        """
        return self.watchable_by(viewer).with_parts().credited_for(viewer)

    def watchable_by(self, viewer: Any) -> Self:
        """The same, bare."""
        others = self._shown_to(viewer) & self._with_parent(viewer)
        return self.filter(others | Q(author=viewer) if viewer.is_authenticated else others)

    # Everything is asked of one row at a time (`Exists`, by key): a list of all that somebody may
    # see would be as long as Medley is large.

    def _shown_to(self, viewer: Any) -> Q:
        shown = Q(state=self.model.State.PUBLISHED, author__is_active=True)
        if not viewer.is_authenticated:
            return shown & open_to_all()
        shown &= unblocked(viewer, "author")
        if not sees_sensitive(viewer.person):
            shown &= Q(sensitivity="")
        if is_restricted(viewer.person):
            shown &= _for_everybody()
        return shown & self._open_to(viewer)

    def _open_to(self, viewer: Any) -> Q:
        """The audience that the author chose, and the account's privacy."""
        follows = Q(_follows(viewer, "author"))
        friends = follows & Q(_followed_by("author", viewer))
        choices = self.model.chosen.through.objects
        chosen = Q(Exists(choices.filter(video=OuterRef("pk"), user=viewer)))
        return (
            Q(audience=Audience.PUBLIC, author__is_private=False)
            | Q(audience__in=[Audience.PUBLIC, Audience.FOLLOWERS]) & follows
            | Q(audience=Audience.FRIENDS) & friends
            | Q(audience=Audience.CHOSEN) & chosen & friends
        )

    def _with_parent(self, viewer: Any) -> Q:
        videos = self.model._default_manager
        parents = videos.filter(self._shown_to(viewer), pk=OuterRef("parent"))
        return ~Q(parent_kind__in=self.model.MADE_OF_PARENT) | Q(Exists(parents))

    def credited_for(self, viewer: Any) -> Self:
        """With sound, parent, comment and co-creators as far as the viewer may know of them, else
        none; a query for each that any of the videos has."""
        return self.prefetch_related(*self.credits_for(viewer))

    def credits_for(self, viewer: Any) -> list[Any]:
        """What `credited_for` fetches besides, for videos that are at hand already."""
        models_of: Any = apps.get_app_config("videos").get_model
        parents = type(self)(self.model).watchable_by(viewer).select_related("author")
        return [
            Prefetch("sound", models_of("Sound").objects.visible_to(viewer)),
            Prefetch("parent", parents),
            Prefetch("reply_to_comment", models_of("Comment").objects.visible_to(viewer)),
            Prefetch("few_credits", Credit.objects.visible_to(viewer), to_attr="shown_credits"),
        ]

    def with_parts(self) -> Self:
        """With author and renditions: one query more, however many videos."""
        return self.select_related("author").prefetch_related("renditions")

    def sounding(self, sound: Any) -> Self:
        """Those with this sound: under them, or heard in their own."""
        return self.filter(Q(sound=sound) | Q(own_sound=sound) | Q(own_sound__contains=sound))

    def liked_by(self, viewer: Any) -> Self:
        """With `is_liked`, `is_saved`, `is_reposted` and `is_followed` as the viewer stands to
        each."""
        if not viewer.is_authenticated:
            no = models.Value(False, output_field=models.BooleanField())
            return self.annotate(is_liked=no, is_saved=no, is_reposted=no, is_followed=no)
        liked = Exists(Like.objects.filter(video=OuterRef("pk"), user=viewer))
        follow = Exists(Follow.objects.filter(follower=viewer, followed=OuterRef("author")))
        saved = Exists(Saved.objects.filter(video=OuterRef("pk"), user=viewer))
        reposted = Exists(Repost.objects.filter(video=OuterRef("pk"), user=viewer))
        return self.annotate(
            is_liked=liked, is_saved=saved, is_reposted=reposted, is_followed=follow
        )

    def watched_by(self, user: Any) -> Self:
        """What a person has watched and did not take out of their history, the latest first; each
        with `watched_at`."""
        seen = View.objects.filter(user=user, video=OuterRef("pk"), is_in_history=True)
        watched = self.visible_to(user).published().filter(Exists(seen))
        latest = models.Subquery(seen.values("seen_at")[:1])
        return watched.annotate(watched_at=latest).order_by("-watched_at", "-pk")

    def kept_by(self, user: Any, kind: type[Like] | type[Saved] | type[Repost]) -> Self:
        """What a person likes, saved or reposted, the latest first; chain it on what the viewer
        may see."""
        rows = kind.objects.filter(user=user, video=OuterRef("pk"))
        kept = self.published().filter(Exists(rows))
        return kept.annotate(kept_at=models.Subquery(rows.values("created_at")[:1])).order_by(
            "-kept_at", "-pk"
        )

    def of(self, author: Any) -> Self:
        """What one person has posted or made with others, newest first."""
        made = self.posted().made_by(author)
        return made.order_by(F("published_at").desc(nulls_first=True), "-pk")

    def made_by(self, person: Any) -> Self:
        """A person's, and the published ones of others that name them.

        Which those are is asked first: an OR over a subquery would read every video there is.
        """
        parts = Credit.objects.accepted().filter(user=person).order_by("-pk")
        named = list(parts.values_list("video", flat=True)[:MOST_NAMED])
        if not named:
            return self.filter(author=person)
        return self.filter(Q(author=person) | Q(pk__in=named, state=self.model.State.PUBLISHED))
