"""The categories that there are from the start: slug, name, name in Spanish, what is special about
them, and the shelves below."""

from typing import Any

Shelf = tuple[str, str, str, dict[str, Any], list[tuple[str, str, str]]]

REDUCED = {"tax_class": "reduced"}
PROHIBITED = {"is_prohibited": True}

SHELVES: list[Shelf] = [
    ("clothes", "Clothes", "Ropa", {}, [
        ("tops", "Tops and shirts", "Camisas y tops"),
        ("dresses", "Dresses and skirts", "Vestidos y faldas"),
        ("trousers", "Trousers", "Pantalones"),
        ("jackets", "Jackets and coats", "Chaquetas y abrigos"),
    ]),
    ("accessories", "Accessories", "Complementos", {}, [
        ("bags", "Bags", "Bolsos"),
        ("jewellery", "Jewellery", "Joyas"),
        ("shoes", "Shoes", "Zapatos"),
        ("hats", "Hats and scarves", "Gorros y bufandas"),
    ]),
    ("beauty", "Beauty", "Belleza", {}, [
        ("skin", "Skin care", "Cuidado de la piel"),
        ("hair", "Hair", "Cabello"),
        ("make-up", "Make-up", "Maquillaje"),
        ("scents", "Scents", "Perfumes"),
    ]),
    ("home", "Home", "Hogar", {}, [
        ("kitchen", "Kitchen", "Cocina"),
        ("ceramics", "Ceramics", "Cerámica"),
        ("textiles", "Textiles", "Textiles"),
        ("lighting", "Lighting", "Iluminación"),
    ]),
    ("art", "Art and crafts", "Arte y manualidades", {}, [
        ("prints", "Prints", "Láminas"),
        ("stationery", "Stationery", "Papelería"),
        ("yarn", "Yarn and fabric", "Lanas y telas"),
        ("supplies", "Supplies", "Materiales"),
    ]),
    ("books", "Books and zines", "Libros y fanzines", REDUCED, [
        ("fiction", "Fiction", "Ficción"),
        ("comics", "Comics", "Cómics"),
        ("cookbooks", "Cookbooks", "Libros de cocina"),
        ("zines", "Zines", "Fanzines"),
    ]),
    ("music", "Music", "Música", {}, [
        ("records", "Records", "Discos"),
        ("instruments", "Instruments", "Instrumentos"),
        ("audio", "Audio", "Audio"),
        ("sheet-music", "Sheet music", "Partituras"),
    ]),
    ("electronics", "Electronics", "Electrónica", {}, [
        ("phones", "Phones and cases", "Móviles y fundas"),
        ("cameras", "Cameras and light", "Cámaras y luz"),
        ("computers", "Computers", "Ordenadores"),
        ("gadgets", "Gadgets", "Accesorios"),
    ]),
    ("food", "Food", "Alimentación", REDUCED, [
        ("sweets", "Sweets", "Dulces"),
        ("coffee-tea", "Coffee and tea", "Café y té"),
        ("pantry", "Pantry", "Despensa"),
        ("spices", "Spices", "Especias"),
    ]),
    ("sport", "Sport and outdoors", "Deporte y aire libre", {}, [
        ("fitness", "Fitness", "Fitness"),
        ("cycling", "Cycling", "Ciclismo"),
        ("camping", "Camping", "Camping"),
        ("boards", "Boards and skates", "Tablas y patines"),
    ]),
    ("play", "Toys and games", "Juegos y juguetes", {}, [
        ("toys", "Toys", "Juguetes"),
        ("board-games", "Board games", "Juegos de mesa"),
        ("puzzles", "Puzzles", "Puzles"),
        ("plush", "Soft toys", "Peluches"),
    ]),
    ("plants", "Plants and garden", "Plantas y jardín", {}, [
        ("house-plants", "House plants", "Plantas de interior"),
        ("seeds", "Seeds", "Semillas"),
        ("pots", "Pots", "Macetas"),
        ("tools", "Garden tools", "Herramientas de jardín"),
    ]),
    ("prohibited", "Not sold here", "No se vende aquí", PROHIBITED, [
        ("weapons", "Weapons and ammunition", "Armas y munición"),
        ("tobacco", "Tobacco, vapes and alcohol", "Tabaco, vapeadores y alcohol"),
        ("medicines", "Medicines and drugs", "Medicamentos y drogas"),
        ("animals", "Living animals", "Animales vivos"),
    ]),
]  # fmt: skip
