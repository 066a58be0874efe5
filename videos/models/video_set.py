"""Videos, as sets: who may watch which, and what each page needs of them."""

from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q

from accounts.models import Follow, unblocked
from videos.models.answers import Like, Repost, Saved, View

if TYPE_CHECKING:
    from videos.models.video import Video  # noqa: F401  (named by the class below)


def _follows(follower: Any, followed: str) -> Exists:
    return Exists(Follow.objects.accepted().filter(follower=follower, followed=OuterRef(followed)))


def _followed_by(follower: str, followed: Any) -> Exists:
    return Exists(Follow.objects.accepted().filter(follower=OuterRef(follower), followed=followed))


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
        shown = unposted.prefetch_related("clips").credited_for(author)
        return shown.order_by("-edited_at", "-pk")

    def visible_to(self, viewer: Any) -> Self:
        """What the viewer (AnonymousUser too) may watch, authors and renditions at hand.

        Their own whatever its state; of others what is published, by the video's audience and the
        account's privacy (R4), never across a block (R15), never of somebody who is gone. A duet
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
        audience = self.model.Audience
        shown = Q(state=self.model.State.PUBLISHED, author__is_active=True)
        shown &= unblocked(viewer, "author")
        open_to_all = Q(audience=audience.PUBLIC, author__is_private=False)
        if not viewer.is_authenticated:
            return shown & open_to_all
        follows = Q(_follows(viewer, "author"))
        to_followers = Q(audience__in=[audience.PUBLIC, audience.FOLLOWERS]) & follows
        to_friends = Q(audience=audience.FRIENDS) & follows & Q(_followed_by("author", viewer))
        return shown & (open_to_all | to_followers | to_friends)

    def _with_parent(self, viewer: Any) -> Q:
        videos = self.model._default_manager
        parents = videos.filter(self._shown_to(viewer), pk=OuterRef("parent"))
        return ~Q(parent_kind__in=self.model.MADE_OF_PARENT) | Q(Exists(parents))

    def credited_for(self, viewer: Any) -> Self:
        """With sound, parent and comment as far as the viewer may know of them, else None there;
        a query for each that any of the videos has."""
        return self.prefetch_related(*self.credits_for(viewer))

    def credits_for(self, viewer: Any) -> list[Any]:
        """What `credited_for` fetches besides, for videos that are at hand already."""
        models_of: Any = apps.get_app_config("videos").get_model
        parents = type(self)(self.model).watchable_by(viewer).select_related("author")
        return [
            Prefetch("sound", models_of("Sound").objects.visible_to(viewer)),
            Prefetch("parent", parents),
            Prefetch("reply_to_comment", models_of("Comment").objects.visible_to(viewer)),
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
        """What one person has posted, newest first."""
        return (
            self.posted()
            .filter(author=author)
            .order_by(F("published_at").desc(nulls_first=True), "-pk")
        )
