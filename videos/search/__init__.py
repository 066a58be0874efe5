"""Finding videos by what their captions say, and people, sounds and topics by their names."""

from videos.search.finding import LONGEST, TABS, Results, find
from videos.search.moment import GoingOn, going_on
from videos.search.topics import topics, trending

__all__ = ["LONGEST", "TABS", "GoingOn", "Results", "find", "going_on", "topics", "trending"]
