"""The doors of the catalogue (shop_routes.py says who knocks)."""

ROUTES = """
"""
