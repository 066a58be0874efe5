"""Tags with written-out arguments are drawn once, and draw what Django's do."""

import pytest
from django.template import Context, Template
from django.test.utils import override_settings
from django.utils import translation

from config.folding import Folded


def nodes(words: str) -> list[bool]:
    """Of each tag of a template, but for the one that loads, whether it is folded."""
    template = Template("{% load i18n static %}" + words)
    return [isinstance(node, Folded) for node in template.nodelist][1:]


def drawn(words: str, **context: object) -> str:
    """The template's text."""
    return Template("{% load i18n static %}" + words).render(Context(context))


@pytest.mark.parametrize(
    ("tag", "is_folded"),
    [
        ("{% url 'chat:inbox' %}", True),
        ('{% url "accounts:profile" username="ana" %}', False),
        ("{% url name %}", False),
        ("{% static 'js/app.js' %}", True),
        ("{% static name|lower %}", False),
        ('{% translate "Settings" %}', True),
        ('{% translate "Settings" as settings %}', False),
        ('{% translate "May" context "month" %}', False),
        ('{% translate "Settings"|upper %}', False),
    ],
)
def test_what_is_written_out_is_folded(tag, is_folded):
    assert nodes(tag) == [is_folded]


def test_words_are_kept_for_each_language():
    template = Template('{% load i18n %}{% translate "Settings" %}')

    said = []
    for language in ("en", "es", "en"):
        with translation.override(language):
            said.append(template.render(Context()))

    assert said == ["Settings", "Ajustes", "Settings"]


def test_a_folded_address_is_the_address():
    template = Template("{% url 'chat:inbox' %}")

    assert [template.render(Context()) for _time in range(2)] == ["/inbox/", "/inbox/"]


def test_quotes_of_both_kinds_and_signs_are_drawn_as_django_does():
    assert drawn('{% translate "It\'s 100%" %}') == "It's 100%"


@override_settings(STATIC_URL="/static/")
def test_a_name_that_a_variable_holds_is_drawn_anew():
    assert drawn("{% static name %}", name="a.js") == "/static/a.js"
