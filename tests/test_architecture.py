"""Who may depend on whom, read from the code itself (docs/ARCHITECTURE.md draws it)."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APPS = ("accounts", "videos", "chat", "commerce")

# Each app, and whom it may know besides itself.
MAY_KNOW = {
    "accounts": set(),
    "videos": {"accounts"},
    "chat": {"accounts"},
    "commerce": {"accounts", "videos"},
}
# What config offers to every app; the rest of config is nobody's business.
SHARED_CONFIG = {"config.api", "config.preconditions", "config.problems", "config.tasks"}

ACTIONS = {"actions"}
DOORS = {
    "admin",
    "api",
    "api_urls",
    "consumers",
    "forms",
    "routing",
    "serializers",
    "urls",
    "views",
}
DOOR_OF = {
    "forms": "html",
    "urls": "html",
    "views": "html",
    "api": "rest",
    "api_urls": "rest",
    "serializers": "rest",
    "consumers": "socket",
    "routing": "socket",
    "admin": "admin",
}


def modules(app: str) -> Iterator[tuple[str, ast.Module]]:
    """Every module of an app by dotted name, migrations left out."""
    for path in sorted((ROOT / app).rglob("*.py")):
        if "migrations" not in path.parts:
            parts = path.relative_to(ROOT).with_suffix("").parts
            yield ".".join(parts).removesuffix(".__init__"), ast.parse(path.read_text())


def at_run_time(tree: ast.Module) -> ast.Module:
    """The module without its `if TYPE_CHECKING:` blocks: a hint is no dependency inside an app."""
    body = [
        node
        for node in tree.body
        if not (isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING")
    ]
    return ast.Module(body=body, type_ignores=[])


def imports(module: str, tree: ast.Module) -> Iterator[str]:
    """Dotted names that the module imports anywhere, inside functions too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = module.split(".")[: -node.level] or [module.split(".")[0]]
                base = ".".join([*above, base]).strip(".")
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)


def models_by_name(tree: ast.Module) -> Iterator[str]:
    """Apps named in string foreign keys (`"videos.Video"`) and in `get_model("videos", ...)`."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = ast.unparse(node.func)
        strings = [
            argument.value
            for argument in [*node.args, *(keyword.value for keyword in node.keywords)]
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
        ]
        if called.endswith("get_model"):
            yield from (string.split(".")[0].lower() for string in strings[:1])
        elif re.search(r"(ForeignKey|OneToOneField|ManyToManyField)$", called):
            yield from (text.split(".")[0] for text in strings if re.match(r"\w+\.\w+$", text))


def layer_of(name: str) -> str:
    """The part of its app a module belongs to: `chat.actions.direct` is in `actions`."""
    parts = name.split(".")
    return parts[1] if len(parts) > 1 else ""


@pytest.mark.parametrize("app", APPS)
def test_apps_know_only_those_below_them(app):
    allowed = MAY_KNOW[app] | {app}

    wrong = {
        (module, imported)
        for module, tree in modules(app)
        for imported in [*imports(module, tree), *models_by_name(tree)]
        if imported.split(".")[0] in set(APPS) - allowed
    }

    assert wrong == set()


@pytest.mark.parametrize("app", APPS)
def test_apps_use_of_config_only_what_is_shared(app):
    wrong = {
        (module, imported)
        for module, tree in modules(app)
        for imported in imports(module, tree)
        if imported.split(".")[0] == "config"
        and ".".join(imported.split(".")[:2]) not in SHARED_CONFIG | {"config"}
    }

    assert wrong == set()


@pytest.mark.parametrize("app", APPS)
def test_models_know_neither_actions_nor_doors(app):
    wrong = {
        (module, imported)
        for module, tree in modules(app)
        if layer_of(module) == "models"
        for imported in imports(module, at_run_time(tree))
        if imported.split(".")[0] == app and layer_of(imported) in ACTIONS | DOORS
    }

    assert wrong == set()


@pytest.mark.parametrize("app", APPS)
def test_actions_know_no_door(app):
    wrong = {
        (module, imported)
        for module, tree in modules(app)
        if layer_of(module) in ACTIONS
        for imported in imports(module, tree)
        if imported.split(".")[0] in APPS and layer_of(imported) in DOORS
    }

    assert wrong == set()


@pytest.mark.parametrize("app", APPS)
def test_doors_do_not_know_each_other(app):
    wrong = {
        (module, imported)
        for module, tree in modules(app)
        if layer_of(module) in DOORS
        for imported in imports(module, tree)
        if imported.split(".")[0] in APPS
        and DOOR_OF.get(layer_of(imported)) not in {None, DOOR_OF[layer_of(module)]}
    }

    assert wrong == set()


@pytest.mark.parametrize("app", APPS)
def test_every_module_says_what_lives_there(app):
    silent = [
        module
        for module, tree in modules(app)
        if tree.body and not (ast.get_docstring(tree) or "").strip()
    ]

    assert silent == []


def test_the_rule_would_notice(tmp_path):
    """The readers see imports inside functions, relative ones, and models named by string."""
    tree = ast.parse(
        "def f():\n    from chat import views\n"
        "from . import actions\n"
        "models.ForeignKey('videos.Video', models.CASCADE)\n"
        "apps.get_model('commerce', 'Shop')\n"
    )

    assert {"chat.views", "accounts.actions"} <= set(imports("accounts.models", tree))
    assert set(models_by_name(tree)) == {"videos", "commerce"}
