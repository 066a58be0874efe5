from django.db import migrations, models

from commerce.shelves import SHELVES

# Read by commerce/models/product_set.py; the words are folded already and parted by spaces alone.
MAKE_INDEX = (
    "create index commerce_product_words on commerce_product"
    " using gin (array_to_tsvector(string_to_array(words, ' ')))"
)


def make_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(MAKE_INDEX)


def drop_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("drop index commerce_product_words")


def put_up_shelves(apps, schema_editor):
    Category = apps.get_model("commerce", "Category")
    for place, (slug, name, name_es, options, children) in enumerate(SHELVES):
        row = {"name": name, "name_es": name_es, "position": place} | options
        parent, _is_new = Category.objects.get_or_create(slug=slug, defaults=row)
        for below, (slug_, name_, name_es_) in enumerate(children):
            row = {"name": name_, "name_es": name_es_, "position": below, "parent": parent}
            Category.objects.get_or_create(slug=slug_, defaults=row | options)


class Migration(migrations.Migration):
    """What changed for the catalogue: words to be found by, a count of edits, the shelves."""

    dependencies = [("commerce", "0002_sellers")]

    operations = [
        migrations.AddField(
            model_name="product",
            name="words",
            field=models.TextField(
                blank=True,
                default="",
                editable=False,
                help_text="What it is found by, folded (accounts/words.py).",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="product",
            name="revision",
            field=models.PositiveIntegerField(
                default=1, help_text="Counts edits: who changes it says which one they saw."
            ),
        ),
        migrations.RunPython(make_index, drop_index),
        migrations.RunPython(put_up_shelves, migrations.RunPython.noop),
    ]
