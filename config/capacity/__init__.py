"""How many machines a number of people takes: docs/capacity.md, from measured figures.

`measured` reads them out of docs/performance.md, `plan` multiplies, `page` writes it down.
"""
