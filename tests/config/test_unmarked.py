"""Everything that people see or hear is given to translation; and right to left is a page's own."""

from collections.abc import Iterable

import pytest
from django.conf import settings
from django.urls import reverse

from tests.config import unmarked
from tests.config.catalogue import PYTHON, ROOT

TEMPLATES = [path for path in (ROOT / "templates").rglob("*.*") if path.suffix != ".css"]
SCRIPTS = [*(ROOT / "static" / "js").rglob("*.js")]
MODULES = [
    module
    for app in PYTHON
    for module in (ROOT / app).rglob("*.py")
    if "migrations" not in module.parts
]
# Not translated, and why.
LEFT = {
    "templates/500.html": "Says it in both languages: nothing works that could choose.",
    "config/asyncapi/document.py": "The socket's document is for developers.",
    "config/embedded.py": "Whoever starts it reads it in the terminal.",
}


def found(sources: Iterable, look) -> dict[str, list[str]]:
    """What is unmarked, by file; files without such words are left out."""
    by_file = {str(path.relative_to(ROOT)): look(path.read_text()) for path in sources}
    return {name: words for name, words in by_file.items() if words}


def test_nothing_is_said_without_a_translation():
    said = found(TEMPLATES, unmarked.in_template)
    said |= found(SCRIPTS, unmarked.in_script)
    said |= found(MODULES, unmarked.in_python)

    assert set(said) - set(LEFT) == set(), said
    assert set(LEFT) - set(said) == set(), "left out without a need"


def test_what_a_page_says_is_told_from_what_it_is_made_of():
    page = """{% load i18n %}{# A note #}<!-- another --><p class="big {% if on %}is-on{% endif %}"
        title="{% translate 'A hint' %}" aria-label="Close it">Hello {{ name }}
        <b>{% translate "Welcome" %}</b>{% blocktranslate %}Come in{% endblocktranslate %}
        {% include "one.html" with label="Send now" word=_("Go") %} Medley 5 MB</p>
        <script>say("Never shown")</script><input placeholder="Name">
        {{ face("Who is it", size="l") }}{{ _("Known words") }}"""

    assert unmarked.in_template(page) == [
        *("Close it", "Hello", "Name"),
        *("Send now", "Who is it"),
    ]


def test_what_a_script_says_is_told_from_keys_and_complaints():
    script = """// Say "Hello there" kindly
        say(gettext("Good morning.")); say(`Good night, ${name}`); key === "Enter";
        ngettext("One more", "%s more", 2); throw new Error("No socket here"); title = "Oh dear!";
        fetch("https://medley.example/"); name = "Ben"; """

    assert unmarked.in_script(script) == ["Good night, ${name}", "Oh dear!"]


def test_what_python_says_is_told_from_codes():
    module = """raise Refused("policy.R2", "No way in")
raise ValidationError(_("Marked"), code="not_here")
raise ValidationError(f"{name} is gone")
messages.success(request, "Well done you")
logger.error("Nobody sees this")
field = CharField(label="Name", widget=TextInput({"placeholder": "Your town", "class": "a b"}))
class State(TextChoices):
    NEW = "new", "Fresh"
    OLD = "old", _("Stale")
"""

    assert unmarked.in_python(module) == [
        *("No way in", " is gone", "Well done you"),
        *("Fresh", "Name", "Your town"),
    ]


@pytest.mark.parametrize("name", ["account_login", "videos:feed"])
def test_a_language_from_right_to_left_turns_the_page(client, db, settings, name):
    settings.LANGUAGES = [*settings.LANGUAGES, ("ar", "Arabic")]

    page = client.get(reverse(name), headers={"Accept-Language": "ar"}).content.decode()

    assert '<html lang="ar" dir="rtl"' in page


def test_both_languages_and_no_third_are_offered():
    assert [code for code, name in settings.LANGUAGES] == ["en", "es"]
