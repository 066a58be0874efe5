"""Who knocks at which door, and what is answered: a table for each subject, knocked through whole.

`conversation_routes.py`, `people_routes.py`, `film_routes.py` and `site_routes.py` hold the tables,
the modules without `_routes` the people and things they are about, `knocks.py` how one knocks.
"""
