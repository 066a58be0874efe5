"""The writer: nothing is acked that is not stored, nothing stored twice, no number skipped."""

import pytest

from tests.chat.factories import say

pytestmark = pytest.mark.django_db(transaction=True)


def test_smoke(ana, ben, group):
    s = say(ana, group)
    assert s.seq == 2
    assert s.message.body == "hello"
