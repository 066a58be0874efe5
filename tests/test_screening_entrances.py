"""Every place that stores a file either compares it with the lists of known pictures or says here
why it need not (R44): read from the code itself."""

import ast
from collections.abc import Iterator

from django.conf import settings

from tests.test_architecture import modules

# What puts a file where people may be served from.
STORES = {"save", "store_all", "keep"}
UNSEEN = {
    "accounts.rights.exporting": "a copy of somebody's data, for themselves",
    "accounts.rights.tombstones": "a mark that somebody left",
    "accounts.uploads.spool": "what is received in pieces; its receiver makes something of it",
    "commerce.copies": "smaller copies of photos that were looked at",
    "commerce.documents": "a seller's identity document, for reviewers alone",
    "videos.actions.clips": "a small copy for its owner's editor; what is posted is looked at",
    "videos.actions.keeping": "stores what its callers looked at",
    "videos.actions.replacing": "what came in; what is made of it is looked at",
    "videos.actions.uploading": "what came in; what is made of it is looked at",
    "videos.actions.downloading": "a copy of a film that plays, with its mark",
    "videos.actions.sounds": "sound",
    "videos.sounds.library": "sound, and covers that Medley draws",
    "videos.sources": "stores what its callers looked at",
}


def called(tree: ast.Module) -> Iterator[str]:
    """Names of functions, and of `default_storage`'s methods."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        function = node.func
        if isinstance(function, ast.Name):
            yield function.id
        elif ast.unparse(function).startswith("default_storage."):
            yield ast.unparse(function).partition(".")[2]


def storing() -> dict[str, set[str]]:
    """What each module that stores files calls, by its name."""
    found = {}
    for app in ("accounts", "chat", "commerce", "videos"):
        for name, tree in modules(app):
            names = set(called(tree))
            # Knows folders of jobs, and no storage.
            if names & STORES and not name.startswith("videos.transcoding"):
                found[name] = names
    return found


def test_whatever_stores_a_file_looks_at_it_or_says_why_not():
    unlooked = {name for name, names in storing().items() if "screen" not in names}

    assert unlooked == set(UNSEEN)


def test_every_entrance_is_looked_through_when_a_list_comes():
    entrances = {
        node.args[0].value
        for app in ("accounts", "chat", "commerce", "videos")
        for _name, tree in modules(app)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "Brought"
        and isinstance(node.args[0], ast.Constant)
    }

    assert entrances == set(settings.SCREENED)
