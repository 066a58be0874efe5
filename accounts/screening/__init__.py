"""What people upload is compared with lists of known pictures before anybody sees it (R44).

Each entrance (`SCREENED` in the settings) calls `screen` once, between "we can show this" and
"people can see it". Without a list that costs one query.
"""

from accounts.screening.brought import Brought
from accounts.screening.looking import Held, screen

__all__ = ["Brought", "Held", "screen"]
