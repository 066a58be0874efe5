"""The pieces of the ranking: kernels, the choice among them, scores, slates, evaluation."""

import datetime
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from videos.feed import kernels, scoring
from videos.feed.choosing import DEFAULT, Choice, choose, fit
from videos.feed.evaluation import evaluate
from videos.feed.interactions import Interactions, Watched
from videos.feed.measures import quality
from videos.feed.mixing import mixed
from videos.feed.packing import packed, unpacked
from videos.feed.relevance import best, relevance

NOW = datetime.datetime(2026, 11, 22, tzinfo=datetime.UTC)


def liked(**by_user: str) -> Interactions:
    """`liked(ana="xyz")`: Ana liked x, then y, then z."""
    rows = (Watched(user, item, at) for user, all in by_user.items() for at, item in enumerate(all))
    return Interactions.of(rows)


def weights(name: str, interactions: Interactions) -> dict[tuple, float]:
    found = kernels.neighbours(kernels.BY_NAME[name], interactions)
    return {(item, other): weight for item, near in found.items() for other, weight in near}


# --- Kernels --------------------------------------------------------------------------------------


def test_co_watch_weighs_people_by_how_little_they_watch():
    """w(i->j) = sum over users of 1/deg(u), divided by pop(i)."""
    found = weights("co-watch", liked(ana="xy", ben="xyz"))

    assert found[("x", "y")] == pytest.approx((1 / 2 + 1 / 3) / 2)
    assert found[("z", "x")] == pytest.approx(1 / 3)


def test_cosine_is_between_popularities():
    found = weights("cosine", liked(ana="xy", ben="x"))

    assert found[("x", "y")] == found[("y", "x")] == pytest.approx(1 / 2**0.5)


def test_ease_solves_what_it_says():
    """With one pair: G = [[1+l, 1], [1, 1+l]], so -P[0,1]/P[1,1] = 1/(1+l)."""
    assert weights("ease-100", liked(ana="xy"))[("x", "y")] == pytest.approx(1 / 101)


@pytest.mark.parametrize("name", kernels.BY_NAME)
def test_nothing_is_its_own_neighbour_and_blocks_do_not_matter(name, monkeypatch):
    some = liked(ana="vwxyz", ben="vwx", zoe="xyz", teo="vz")
    whole = weights(name, some)
    monkeypatch.setattr(kernels, "AT_ONCE", 1)

    assert not [pair for pair in whole if pair[0] == pair[1]]
    assert weights(name, some) == pytest.approx(whole)


# --- Relevance ------------------------------------------------------------------------------------

NEAR = {"x": [("y", 0.5), ("z", 0.4)], "w": [("z", 0.3), ("v", -0.2)]}


def test_what_several_likes_bring_adds_up_and_names_the_most():
    found = relevance(["x", "w"], NEAR, None)

    assert best(found, 2) == ["z", "y"]
    assert (found["z"].score, found["z"].because) == (pytest.approx(0.7), "x")
    assert best(found, 9) == ["z", "y"]


def test_likes_fade_with_what_came_after_them():
    found = relevance(["other"] * 5 + ["w"], NEAR, 5.0)

    assert found["z"].score == pytest.approx(0.3 / 2)


def test_packing_keeps_ids_and_weights():
    video = uuid4()

    assert unpacked(packed([(video, 0.5)])) == [(video.bytes, 0.5)]


# --- Choosing and measuring -----------------------------------------------------------------------


def test_held_out_watching_chooses():
    """Two scenes that never mix: any kernel finds the other half of one's own."""
    people = {f"p{n}": "abcdefghij"[n % 5 :] + "abc" for n in range(20)}
    people |= {f"q{n}": "klmnopqrst"[n % 5 :] + "klm" for n in range(20)}
    interactions = liked(**people)

    choice = choose(interactions)

    assert choice.recall > 0.3
    assert set(fit(interactions, choice).offers(["a", "b"])) <= set("cdefghij")


def test_with_nothing_to_measure_by_the_default_holds():
    assert choose(liked(ana="x", ben="y")) == DEFAULT
    assert fit(liked(ana="x"), Choice("cosine", None)).offers(["x"]) == []


def test_the_newest_is_held_out_where_times_are_known():
    parted = liked(ana="vwxyz").parted()

    assert parted.hidden == {"ana": {"z"}}
    assert parted.known.of_user == {"ana": list("yxwv")}


def test_rare_items_are_left_out():
    left = liked(ana="xy", ben="x").without_rare(2)

    assert left.of_user == {"ana": ["x"], "ben": ["x"]}


def test_quality_is_what_it_says():
    found = quality({"ana": ["x", "a", "y"], "ben": ["b"]}, {"ana": {"x", "y"}, "ben": {"c"}}, 8)

    assert found.recall == 0.5
    assert found.ndcg == pytest.approx((1 + 0.5) / (1 + 0.63093) / 2, abs=1e-4)
    assert found.coverage == 0.5


def test_ours_and_every_baseline_are_measured():
    known = liked(**{f"p{n}": "abcde"[: 2 + n % 4] for n in range(12)})

    names = [result.name for result in evaluate(known, {"p0": {"c"}, "nobody": {"a"}})]

    assert names[0].startswith("medley (")
    assert names[1:] == ["popularity", "als", "plain co-watch", "plain cosine"]


# --- Files ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "train",
    [
        "user,item,timestamp\n1,a,1\n1,b,2\n2,a,1\n2,b,2\n",
        "1,a,1\n1,b,2\n2,a,1\n2,b,2\n",
        "1,a\n1,b\n2,a\n2,b\n\n",
        "1\ta\n1\tb\n2\ta\n2\tb",
        "item_id:token;user_id:token\na;1\nb;1\na;2\nb;2\n",
    ],
)
def test_files_are_read_with_or_without_header_and_times(tmp_path, train):
    (tmp_path / "train.csv").write_text(train)
    (tmp_path / "test.csv").write_text("3,a\n1,c\n")
    out = StringIO()

    call_command("evaluate_feed", tmp_path / "train.csv", tmp_path / "test.csv", stdout=out)

    lines = out.getvalue().splitlines()
    assert len(lines) == 5
    assert all("recall@20=0.5000 ndcg@20=" in line and "coverage=" in line for line in lines)


@pytest.mark.parametrize(
    ("train", "words"),
    [
        ("", "there is nothing in it"),
        ("1,a\n2\n", "Line 2: a user and an item are needed"),
        ("1,a,monday\n", "no timestamp"),
        (None, "No such file"),
    ],
)
def test_a_file_that_holds_no_interactions_is_refused_with_its_line(tmp_path, train, words):
    if train is not None:
        (tmp_path / "train.csv").write_text(train)

    with pytest.raises(CommandError, match=words):
        call_command("evaluate_feed", tmp_path / "train.csv", tmp_path / "train.csv")


# --- Scores and slates ----------------------------------------------------------------------------


def facts(**fields: Any) -> scoring.Facts:
    plain: dict[str, Any] = {
        "video": uuid4(),
        "author": uuid4(),
        "published_at": NOW,
        "duration_ms": 20_000,
    }
    return scoring.Facts(**plain | fields)


def score(some: scoring.Facts, **taste) -> float:
    return scoring.factors(some, scoring.Taste(**taste), 0.0, NOW).score


def test_a_few_views_do_not_outweigh_what_is_expected():
    lucky = facts(shown=1, watched_ms=20_000)
    proven = facts(shown=1000, watched_ms=1000 * 18_000)
    unknown = facts()

    assert score(proven) > score(lucky) > score(unknown)


@pytest.mark.parametrize("bad", ["skipped", "unwanted", "reports"])
def test_what_people_mind_counts_against(bad):
    assert score(facts(shown=50, **{bad: 10})) < score(facts(shown=50))


@pytest.mark.parametrize("good", ["rewatched", "likes", "comments", "shares"])
def test_what_people_answer_counts_for(good):
    assert score(facts(shown=50, **{good: 10})) > score(facts(shown=50))


def test_sliders_and_follows_count():
    author = uuid4()
    some = facts(topics=["cats"], author=author)

    assert score(some, sliders={"cats": 3}) > score(some) > score(some, sliders={"cats": 1})
    assert score(some, followed=frozenset({author})) > score(some)


def test_each_kind_has_its_share_and_nobody_fills_the_slate():
    one = uuid4()
    kinds = {"together": 50, "followed": 50, "trending": 50, "similar": 50, "fresh": 50}
    found = [
        scoring.Scored(facts(author=one if n % 2 else uuid4()), kind, scoring.Factors(1.0))
        for kind, count in kinds.items()
        for n in range(count)
    ]

    slate = mixed(found, 20)

    counted = {kind: sum(each.source == kind for each in slate) for kind in kinds}
    assert counted == {"together": 8, "followed": 4, "trending": 3, "similar": 2, "fresh": 3}
    assert sum(each.facts.author == one for each in slate) == 1


def test_what_one_kind_lacks_another_fills():
    found = [scoring.Scored(facts(), "new", scoring.Factors(1.0)) for _number in range(5)]

    assert len(mixed(found, 20)) == 5
    assert mixed([], 20) == []


def test_diversity_never_falls_to_nothing():
    assert [scoring.diversity(n) for n in (0, 1, 2)] == [1.0, 0.625, 0.4375]
    assert scoring.diversity(50) == pytest.approx(0.25)
