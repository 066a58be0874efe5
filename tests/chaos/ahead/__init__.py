"""The release after this one, as far as a rehearsal needs it: Medley with a column, an index and an
address more.

    DJANGO_SETTINGS_MODULE=tests.chaos.ahead.settings python manage.py serve
"""

# What only this release answers.
PLACE = "next-release/"
