"""What pages of families draw: a bar for each day, the longest of them as high as there is room."""

from collections.abc import Sequence

from django import template

from accounts.families.seeing import Day

register = template.Library()

HIGH = 100  # of the drawing
AT_LEAST = 60  # minutes: a day of five does not fill the height


@register.filter
def bar_top(day: Day, days: Sequence[Day]) -> int:
    """Where the day's bar begins, from the top."""
    most = max([AT_LEAST, *(each.minutes for each in days)])
    return HIGH - round(HIGH * day.minutes / most)
