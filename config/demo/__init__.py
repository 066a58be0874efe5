"""The demo world: people, films and conversations that make an empty Medley look used."""
