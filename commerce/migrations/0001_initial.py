import django.db.models.deletion
import django.utils.timezone
import django_fsm
import djmoney.models.fields
from django.conf import settings
from django.db import migrations, models

import accounts.ids


class Migration(migrations.Migration):
    """The shop's tables."""

    initial = True

    dependencies = [
        ("videos", "0013_screening"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Coupon",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=accounts.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        help_text="In capitals.", max_length=24, unique=True, verbose_name="code"
                    ),
                ),
                (
                    "percent",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=5,
                        null=True,
                        verbose_name="percent",
                    ),
                ),
                (
                    "off",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True),
                ),
                (
                    "currency",
                    models.CharField(blank=True, help_text="Of `off` and `least`.", max_length=3),
                ),
                (
                    "least",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        help_text="The goods must cost this much at least.",
                        max_digits=14,
                    ),
                ),
                ("starts_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ends_at", models.DateTimeField(blank=True, null=True)),
                (
                    "most_uses",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="uses in all"),
                ),
                (
                    "most_each",
                    models.PositiveSmallIntegerField(default=1, verbose_name="uses per person"),
                ),
                ("used", models.PositiveIntegerField(default=0)),
                (
                    "stacks",
                    models.BooleanField(default=False, verbose_name="together with another"),
                ),
                ("is_active", models.BooleanField(default=True)),
            ],
        ),
        migrations.CreateModel(
            name="FlashSale",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=accounts.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "price",
                    models.DecimalField(
                        decimal_places=2, help_text="In the variant's currency.", max_digits=14
                    ),
                ),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("most", models.PositiveIntegerField(verbose_name="pieces in all")),
                (
                    "most_each",
                    models.PositiveSmallIntegerField(default=1, verbose_name="pieces per person"),
                ),
                ("sold", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="ShippingZone",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                (
                    "countries",
                    models.JSONField(default=list, help_text="ISO 3166-1 codes; none: all others."),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Cart",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=accounts.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "secret_hash",
                    models.CharField(blank=True, max_length=64, null=True, unique=True),
                ),
                (
                    "touched_at",
                    models.DateTimeField(db_index=True, default=django.utils.timezone.now),
                ),
                (
                    "person",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cart",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Category",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=40, unique=True)),
                ("name", models.CharField(max_length=60)),
                (
                    "name_es",
                    models.CharField(blank=True, max_length=60, verbose_name="name in Spanish"),
                ),
                ("is_prohibited", models.BooleanField(default=False, verbose_name="prohibited")),
                (
                    "tax_class",
                    models.CharField(
                        choices=[
                            ("standard", "Standard"),
                            ("reduced", "Reduced"),
                            ("zero", "None"),
                        ],
                        default="standard",
                        max_length=8,
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="commerce.category",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "categories",
                "ordering": ["position", "name"],
            },
        ),
        migrations.CreateModel(
            name="Order",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=accounts.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("number", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[
                            ("pending", "Waits for the payment"),
                            ("paid", "Paid"),
                            ("packed", "Packed"),
                            ("shipped", "On its way"),
                            ("delivered", "Delivered"),
                            ("returned", "Returned"),
                            ("refunded", "Refunded"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="pending",
                        max_length=50,
                        protected=True,
                    ),
                ),
                ("currency", models.CharField(max_length=3)),
                ("goods", models.DecimalField(decimal_places=2, max_digits=14)),
                ("shipping", models.DecimalField(decimal_places=2, default=0, max_digits=14)),
                (
                    "discount",
                    models.DecimalField(
                        decimal_places=2, default=0, help_text="Given by the shop.", max_digits=14
                    ),
                ),
                (
                    "platform_discount",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        help_text="Given by Medley: the shop gets it back.",
                        max_digits=14,
                    ),
                ),
                ("tax", models.DecimalField(decimal_places=2, default=0, max_digits=14)),
                (
                    "total",
                    models.DecimalField(
                        decimal_places=2, help_text="What the buyer pays of it.", max_digits=14
                    ),
                ),
                ("refunded", models.DecimalField(decimal_places=2, default=0, max_digits=14)),
                ("shipping_name", models.CharField(blank=True, max_length=60)),
                ("carrier", models.CharField(blank=True, max_length=40)),
                ("tracking", models.CharField(blank=True, max_length=60)),
                (
                    "note",
                    models.CharField(
                        blank=True, help_text="The buyer's words to the shop.", max_length=300
                    ),
                ),
                ("placed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("paid_at", models.DateTimeField(blank=True, null=True)),
                ("shipped_at", models.DateTimeField(blank=True, null=True)),
                ("delivered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "buyer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="orders",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LedgerTransaction",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=accounts.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        help_text="Such as sale:<order>.", max_length=100, unique=True
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("sale", "Sale"),
                            ("refund", "Refund"),
                            ("payout", "Payout"),
                            ("correction", "Correction"),
                        ],
                        max_length=10,
                    ),
                ),
                ("currency", models.CharField(max_length=3)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "order",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="transactions",
                        to="commerce.order",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OrderLine",
            fields=[
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("direct", "The shop"),
                            ("search", "Search"),
                            ("video", "A video"),
                            ("profile", "A profile"),
                            ("channel", "A channel"),
                            ("talk", "A conversation"),
                        ],
                        default="direct",
                        max_length=7,
                    ),
                ),
                ("conversation", models.UUIDField(blank=True, null=True)),
                (
                    "id",
                    models.UUIDField(
                        default=accounts.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("product_title", models.CharField(max_length=120)),
                ("variant_title", models.CharField(blank=True, max_length=120)),
                ("sku", models.CharField(blank=True, max_length=40)),
                (
                    "picture",
                    models.CharField(blank=True, help_text="Name in the storage.", max_length=200),
                ),
                ("quantity", models.PositiveSmallIntegerField()),
                (
                    "price",
                    models.DecimalField(
                        decimal_places=2, help_text="Of one piece, before discounts.", max_digits=14
                    ),
                ),
                (
                    "discount",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        help_text="Of all pieces, whoever gave it.",
                        max_digits=14,
                    ),
                ),
                ("tax", models.DecimalField(decimal_places=2, default=0, max_digits=14)),
                ("tax_percent", models.DecimalField(decimal_places=3, default=0, max_digits=6)),
                (
                    "total",
                    models.DecimalField(
                        decimal_places=2,
                        help_text="What the buyer pays for it, shipping aside.",
                        max_digits=14,
                    ),
                ),
                (
                    "commission_percent",
                    models.DecimalField(decimal_places=2, default=0, max_digits=5),
                ),
                (
                    "returned",
                    models.PositiveSmallIntegerField(default=0, help_text="Pieces that came back."),
                ),
                ("refunded", models.DecimalField(decimal_places=2, default=0, max_digits=14)),
                (
                    "creator",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="commerce.order",
                    ),
                ),
                (
                    "video",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="videos.video",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OrderStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "verb",
                    models.CharField(help_text="A state, or what was done in it.", max_length=20),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("facts", models.JSONField(default=dict)),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="commerce.order",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Product",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=accounts.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                (
                    "description",
                    models.TextField(blank=True, max_length=5000, verbose_name="description"),
                ),
                (
                    "options",
                    models.JSONField(default=list, help_text='Names, such as ["Size", "Colour"].'),
                ),
                (
                    "attributes",
                    models.JSONField(default=dict, help_text='Such as {"Material": "linen"}.'),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("published", "For sale"),
                            ("archived", "Archived"),
                        ],
                        default="draft",
                        max_length=9,
                    ),
                ),
                ("taken_down_at", models.DateTimeField(blank=True, null=True)),
                ("price_from", models.DecimalField(decimal_places=2, default=0, max_digits=14)),
                ("in_stock", models.BooleanField(default=False)),
                ("rating_sum", models.PositiveIntegerField(default=0)),
                ("rating_count", models.PositiveIntegerField(default=0)),
                ("sold_count", models.PositiveIntegerField(default=0)),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="products",
                        to="commerce.category",
                    ),
                ),
                (
                    "film",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="videos.video",
                        verbose_name="video",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="GroupBuyOffer",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=accounts.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("people", models.PositiveSmallIntegerField(default=3, verbose_name="people")),
                (
                    "percent",
                    models.DecimalField(decimal_places=2, max_digits=5, verbose_name="percent off"),
                ),
                ("hours", models.PositiveSmallIntegerField(default=24, verbose_name="hours")),
                ("is_active", models.BooleanField(default=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="group_offers",
                        to="commerce.product",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="GroupBuy",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=accounts.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("conversation", models.UUIDField(blank=True, null=True)),
                ("people", models.PositiveSmallIntegerField()),
                ("percent", models.DecimalField(decimal_places=2, max_digits=5)),
                ("filled", models.PositiveSmallIntegerField(default=0)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("complete", "Complete"),
                            ("expired", "Not enough people"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="open",
                        max_length=9,
                    ),
                ),
                ("started_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ends_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "starter",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "offer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="groups",
                        to="commerce.groupbuyoffer",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="group_buys",
                        to="commerce.product",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ProductTag",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("from_ms", models.PositiveIntegerField(default=0)),
                ("until_ms", models.PositiveIntegerField(blank=True, null=True)),
                ("x", models.FloatField(default=0.5)),
                ("y", models.FloatField(default=0.5)),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tags",
                        to="commerce.product",
                    ),
                ),
                (
                    "video",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="product_tags",
                        to="videos.video",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Programme",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=accounts.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "percent",
                    models.DecimalField(
                        decimal_places=2, max_digits=5, verbose_name="percent of the goods"
                    ),
                ),
                (
                    "is_open",
                    models.BooleanField(default=True, verbose_name="open to every creator"),
                ),
                ("is_active", models.BooleanField(default=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "product",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="programmes",
                        to="commerce.product",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ProgrammeMember",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "percent",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("invited", "Invited"),
                            ("in", "Takes part"),
                            ("left", "Left"),
                            ("removed", "Removed"),
                        ],
                        max_length=7,
                    ),
                ),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "creator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="programme_parts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="members",
                        to="commerce.programme",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ProviderEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("provider", models.CharField(max_length=12)),
                ("event", models.CharField(max_length=100)),
                ("kind", models.CharField(max_length=60)),
                ("body", models.JSONField()),
                ("received_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("handled_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("provider"), models.F("event"), name="provider_event_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Purchase",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=accounts.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("key", models.CharField(max_length=64)),
                (
                    "digest",
                    models.CharField(
                        help_text="Of what was ordered: same key, other body.", max_length=64
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "Waits for the payment"),
                            ("authorised", "Payment is held"),
                            ("paid", "Paid"),
                            ("failed", "Not paid"),
                        ],
                        default="pending",
                        max_length=10,
                    ),
                ),
                ("currency", models.CharField(max_length=3)),
                ("goods", models.DecimalField(decimal_places=2, max_digits=14)),
                ("shipping", models.DecimalField(decimal_places=2, default=0, max_digits=14)),
                ("discount", models.DecimalField(decimal_places=2, default=0, max_digits=14)),
                (
                    "tax",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        help_text="Of which tax, or on top of it where prices lack it.",
                        max_digits=14,
                    ),
                ),
                ("total", models.DecimalField(decimal_places=2, max_digits=14)),
                ("address", models.JSONField()),
                ("placed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("held_until", models.DateTimeField(blank=True, null=True)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "buyer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="purchases",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "group_buy",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="purchases",
                        to="commerce.groupbuy",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Payment",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=accounts.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "provider",
                    models.CharField(help_text="One of PAYMENT_PROVIDERS.", max_length=12),
                ),
                ("reference", models.CharField(blank=True, max_length=100)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("started", "Started"),
                            ("action", "Asks the buyer"),
                            ("processing", "The bank is asked"),
                            ("authorised", "Held"),
                            ("captured", "Paid"),
                            ("failed", "Refused"),
                            ("released", "Let go"),
                        ],
                        default="started",
                        max_length=10,
                    ),
                ),
                ("currency", models.CharField(max_length=3)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=14)),
                ("captured", models.DecimalField(decimal_places=2, default=0, max_digits=14)),
                ("refunded", models.DecimalField(decimal_places=2, default=0, max_digits=14)),
                (
                    "failure",
                    models.CharField(blank=True, help_text="A code of refusals.py.", max_length=40),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "purchase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payments",
                        to="commerce.purchase",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="order",
            name="purchase",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="orders",
                to="commerce.purchase",
            ),
        ),
        migrations.CreateModel(
            name="GroupBuyPlace",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("taken_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "group_buy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="places",
                        to="commerce.groupbuy",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "purchase",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="group_place",
                        to="commerce.purchase",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CouponUse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("amount", models.DecimalField(decimal_places=2, max_digits=14)),
                (
                    "coupon",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="uses",
                        to="commerce.coupon",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "purchase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="coupon_uses",
                        to="commerce.purchase",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=accounts.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("words", models.CharField(max_length=500, verbose_name="question")),
                ("taken_down_at", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="questions",
                        to="commerce.product",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=accounts.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("is_by_shop", models.BooleanField(default=False)),
                ("words", models.CharField(max_length=1000, verbose_name="answer")),
                ("taken_down_at", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="commerce.question",
                    ),
                ),
            ],
            options={
                "ordering": ["created_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Refund",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=accounts.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("amount", models.DecimalField(decimal_places=2, max_digits=14)),
                ("reason", models.CharField(max_length=40)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Under way"),
                            ("done", "Paid back"),
                            ("failed", "The provider refused"),
                        ],
                        default="asked",
                        max_length=6,
                    ),
                ),
                ("reference", models.CharField(blank=True, max_length=100)),
                (
                    "lines",
                    models.JSONField(
                        default=list, help_text="[{line, quantity, amount}]; rest is shipping."
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="refunds",
                        to="commerce.order",
                    ),
                ),
                (
                    "payment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="refunds",
                        to="commerce.payment",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReturnRequest",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=accounts.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("damaged", "It came damaged"),
                            ("wrong", "It is not what I ordered"),
                            ("not_as_shown", "It is not as shown"),
                            ("no_fit", "It does not fit"),
                            ("no_wish", "I do not want it any more"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "words",
                    models.CharField(blank=True, max_length=1000, verbose_name="what happened"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Waits for the shop"),
                            ("approved", "Approved: send it back"),
                            ("refused", "Refused"),
                            ("sent", "On its way back"),
                            ("received", "Came back"),
                            ("disputed", "With the moderators"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="asked",
                        max_length=9,
                    ),
                ),
                (
                    "answer",
                    models.CharField(blank=True, max_length=1000, verbose_name="the shop's answer"),
                ),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("answer_by", models.DateTimeField()),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("tracking", models.CharField(blank=True, max_length=60)),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="returns",
                        to="commerce.order",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReturnLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("quantity", models.PositiveSmallIntegerField()),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="returns",
                        to="commerce.orderline",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="commerce.returnrequest",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReturnWindow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "country",
                    models.CharField(
                        blank=True, help_text="Or all.", max_length=2, verbose_name="country"
                    ),
                ),
                ("days", models.PositiveSmallIntegerField()),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="commerce.category",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=accounts.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("stars", models.PositiveSmallIntegerField(verbose_name="stars")),
                (
                    "words",
                    models.TextField(blank=True, max_length=2000, verbose_name="what you think"),
                ),
                (
                    "answer",
                    models.TextField(blank=True, max_length=2000, verbose_name="the shop's answer"),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("taken_down_at", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("edited_at", models.DateTimeField(blank=True, null=True)),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="product_reviews",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "line",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="review",
                        to="commerce.orderline",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reviews",
                        to="commerce.product",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReviewPhoto",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=accounts.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "image",
                    models.ImageField(
                        height_field="height", upload_to="reviews/", width_field="width"
                    ),
                ),
                ("width", models.PositiveSmallIntegerField()),
                ("height", models.PositiveSmallIntegerField()),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="photos",
                        to="commerce.review",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ShippingRate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("price", models.DecimalField(decimal_places=2, max_digits=14)),
                (
                    "each_more",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        help_text="For every further piece.",
                        max_digits=14,
                    ),
                ),
                (
                    "free_from",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True),
                ),
                (
                    "days_least",
                    models.PositiveSmallIntegerField(default=2, verbose_name="days at least"),
                ),
                (
                    "days_most",
                    models.PositiveSmallIntegerField(default=5, verbose_name="days at most"),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "zone",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rates",
                        to="commerce.shippingzone",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Shop",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=accounts.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("slug", models.SlugField(max_length=40, unique=True, verbose_name="address")),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                (
                    "about",
                    models.TextField(blank=True, max_length=1000, verbose_name="about the shop"),
                ),
                (
                    "picture",
                    models.ImageField(blank=True, upload_to="shops/", verbose_name="picture"),
                ),
                (
                    "currency",
                    models.CharField(
                        default="EUR", help_text="What all its prices are in.", max_length=3
                    ),
                ),
                (
                    "country",
                    models.CharField(
                        help_text="ISO 3166-1 alpha-2.", max_length=2, verbose_name="ships from"
                    ),
                ),
                (
                    "prices_include_tax",
                    models.BooleanField(default=True, verbose_name="prices include tax"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Not applied yet"),
                            ("applied", "Being reviewed"),
                            ("refused", "Not accepted"),
                            ("open", "Open"),
                            ("suspended", "Suspended"),
                            ("closed", "Closed"),
                        ],
                        default="draft",
                        max_length=9,
                    ),
                ),
                (
                    "return_days",
                    models.PositiveSmallIntegerField(default=14, verbose_name="days to return"),
                ),
                (
                    "returns_policy",
                    models.TextField(blank=True, max_length=4000, verbose_name="returns"),
                ),
                (
                    "shipping_policy",
                    models.TextField(blank=True, max_length=4000, verbose_name="shipping"),
                ),
                ("holiday_from", models.DateField(blank=True, null=True, verbose_name="away from")),
                ("holiday_until", models.DateField(blank=True, null=True, verbose_name="back on")),
                (
                    "holiday_words",
                    models.CharField(blank=True, max_length=200, verbose_name="what buyers read"),
                ),
                ("rating_sum", models.PositiveIntegerField(default=0)),
                ("rating_count", models.PositiveIntegerField(default=0)),
                ("sold_count", models.PositiveIntegerField(default=0)),
                ("opened_at", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "owner",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shop",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="shippingzone",
            name="shop",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="zones",
                to="commerce.shop",
            ),
        ),
        migrations.CreateModel(
            name="SellerApplication",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("legal_name", models.CharField(max_length=120, verbose_name="legal name")),
                ("street", models.CharField(max_length=120, verbose_name="street and number")),
                ("city", models.CharField(max_length=80, verbose_name="town")),
                ("postcode", models.CharField(blank=True, max_length=16, verbose_name="postcode")),
                ("country", models.CharField(max_length=2, verbose_name="country")),
                ("email", models.EmailField(max_length=254, verbose_name="mail for buyers")),
                ("phone", models.CharField(max_length=24, verbose_name="phone")),
                (
                    "register",
                    models.CharField(
                        blank=True, max_length=120, verbose_name="trade register and number"
                    ),
                ),
                (
                    "tax_number",
                    models.CharField(blank=True, max_length=32, verbose_name="tax number"),
                ),
                ("iban", models.CharField(max_length=34, verbose_name="bank account (IBAN)")),
                (
                    "document",
                    models.FileField(
                        upload_to="shops/documents/", verbose_name="identity document"
                    ),
                ),
                (
                    "declares_law",
                    models.BooleanField(
                        verbose_name="I only sell what the law of the buyers' country allows"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waits for review"),
                            ("accepted", "Accepted"),
                            ("refused", "Not accepted"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("sent_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("reason", models.TextField(blank=True, max_length=1000, verbose_name="why not")),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "shop",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="applications",
                        to="commerce.shop",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="programme",
            name="shop",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="programmes",
                to="commerce.shop",
            ),
        ),
        migrations.AddField(
            model_name="product",
            name="shop",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="products",
                to="commerce.shop",
            ),
        ),
        migrations.CreateModel(
            name="Payout",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=accounts.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("currency", models.CharField(max_length=3)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=14)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("prepared", "Prepared"),
                            ("sent", "Sent"),
                            ("paid", "Paid out"),
                            ("failed", "Failed"),
                        ],
                        default="prepared",
                        max_length=8,
                    ),
                ),
                ("reference", models.CharField(blank=True, max_length=100)),
                ("failure", models.CharField(blank=True, max_length=200)),
                ("period_end", models.DateTimeField()),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "creator",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="payouts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "shop",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payouts",
                        to="commerce.shop",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="order",
            name="shop",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="orders",
                to="commerce.shop",
            ),
        ),
        migrations.CreateModel(
            name="LedgerEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "account",
                    models.CharField(
                        choices=[
                            ("buyer", "Buyer"),
                            ("seller", "Seller"),
                            ("platform", "Medley"),
                            ("creator", "Creator"),
                            ("tax", "Tax"),
                            ("bank", "Paid out"),
                        ],
                        max_length=8,
                    ),
                ),
                ("currency", models.CharField(max_length=3)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=14)),
                (
                    "available_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now,
                        help_text="From when it may be paid out: returns are over.",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "transaction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="commerce.ledgertransaction",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="commerce.orderline",
                    ),
                ),
                (
                    "payout",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="commerce.payout",
                    ),
                ),
                (
                    "shop",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="commerce.shop",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="coupon",
            name="shop",
            field=models.ForeignKey(
                blank=True,
                help_text="Or ours.",
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="coupons",
                to="commerce.shop",
            ),
        ),
        migrations.CreateModel(
            name="ShopStaff",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("manager", "Manager"),
                            ("packer", "Packs and ships"),
                            ("support", "Answers buyers"),
                        ],
                        max_length=7,
                    ),
                ),
                ("invited_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("accepted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shop_jobs",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "shop",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="staff",
                        to="commerce.shop",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ShowcaseItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "creator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="showcase",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="commerce.product",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TaxRate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("country", models.CharField(max_length=2, verbose_name="country")),
                ("state", models.CharField(blank=True, max_length=10, verbose_name="state")),
                (
                    "tax_class",
                    models.CharField(
                        choices=[
                            ("standard", "Standard"),
                            ("reduced", "Reduced"),
                            ("zero", "None"),
                        ],
                        max_length=8,
                    ),
                ),
                ("percent", models.DecimalField(decimal_places=3, max_digits=6)),
                ("since", models.DateField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("country", "state", "tax_class", "since"), name="tax_rate_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("percent__gte", 0), ("percent__lte", 100)),
                        name="tax_percent",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Touch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("direct", "The shop"),
                            ("search", "Search"),
                            ("video", "A video"),
                            ("profile", "A profile"),
                            ("channel", "A channel"),
                            ("talk", "A conversation"),
                        ],
                        default="direct",
                        max_length=7,
                    ),
                ),
                ("conversation", models.UUIDField(blank=True, null=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "creator",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="touches",
                        to="commerce.product",
                    ),
                ),
                (
                    "video",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="videos.video",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Variant",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=accounts.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("sku", models.CharField(blank=True, max_length=40, verbose_name="SKU")),
                (
                    "values",
                    models.JSONField(
                        default=list, help_text='One per option, such as ["M", "red"].'
                    ),
                ),
                (
                    "price_currency",
                    djmoney.models.fields.CurrencyField(
                        choices=[
                            ("GBP", "British Pound"),
                            ("EUR", "Euro"),
                            ("JPY", "Japanese Yen"),
                            ("MXN", "Mexican Peso"),
                            ("CHF", "Swiss Franc"),
                            ("USD", "US Dollar"),
                        ],
                        default=None,
                        editable=False,
                        max_length=3,
                    ),
                ),
                ("price", djmoney.models.fields.MoneyField(decimal_places=2, max_digits=14)),
                (
                    "compare_price_currency",
                    djmoney.models.fields.CurrencyField(
                        choices=[
                            ("GBP", "British Pound"),
                            ("EUR", "Euro"),
                            ("JPY", "Japanese Yen"),
                            ("MXN", "Mexican Peso"),
                            ("CHF", "Swiss Franc"),
                            ("USD", "US Dollar"),
                        ],
                        default=None,
                        editable=False,
                        max_length=3,
                        null=True,
                    ),
                ),
                (
                    "compare_price",
                    djmoney.models.fields.MoneyField(
                        blank=True, decimal_places=2, max_digits=14, null=True
                    ),
                ),
                ("stock", models.PositiveIntegerField(default=0, verbose_name="stock")),
                ("weight", models.PositiveIntegerField(default=0, verbose_name="weight in grams")),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("is_offered", models.BooleanField(default=True, verbose_name="offered")),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="variants",
                        to="commerce.product",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="StockAlert",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "variant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="alerts",
                        to="commerce.variant",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Reservation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("quantity", models.PositiveSmallIntegerField()),
                (
                    "flash_sale",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="commerce.flashsale",
                    ),
                ),
                (
                    "purchase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reservations",
                        to="commerce.purchase",
                    ),
                ),
                (
                    "variant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="commerce.variant",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ProductPhoto",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=accounts.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "image",
                    models.ImageField(
                        height_field="height", upload_to="products/", width_field="width"
                    ),
                ),
                ("width", models.PositiveSmallIntegerField()),
                ("height", models.PositiveSmallIntegerField()),
                ("alt", models.CharField(blank=True, max_length=200, verbose_name="what it shows")),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="photos",
                        to="commerce.product",
                    ),
                ),
                (
                    "variant",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="commerce.variant",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "pk"],
            },
        ),
        migrations.AddField(
            model_name="orderline",
            name="variant",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="commerce.variant",
            ),
        ),
        migrations.AddField(
            model_name="flashsale",
            name="variant",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="flash_sales",
                to="commerce.variant",
            ),
        ),
        migrations.CreateModel(
            name="CartLine",
            fields=[
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("direct", "The shop"),
                            ("search", "Search"),
                            ("video", "A video"),
                            ("profile", "A profile"),
                            ("channel", "A channel"),
                            ("talk", "A conversation"),
                        ],
                        default="direct",
                        max_length=7,
                    ),
                ),
                ("conversation", models.UUIDField(blank=True, null=True)),
                (
                    "id",
                    models.UUIDField(
                        default=accounts.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("quantity", models.PositiveSmallIntegerField()),
                ("price_seen", models.DecimalField(decimal_places=2, max_digits=14)),
                ("is_for_later", models.BooleanField(default=False)),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "cart",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="commerce.cart",
                    ),
                ),
                (
                    "creator",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "video",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="videos.video",
                    ),
                ),
                (
                    "variant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="commerce.variant",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Wish",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="wishes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="wishes",
                        to="commerce.product",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Address",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=accounts.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("street", models.CharField(max_length=120, verbose_name="street and number")),
                (
                    "more",
                    models.CharField(
                        blank=True, max_length=120, verbose_name="flat, floor, company"
                    ),
                ),
                ("city", models.CharField(max_length=80, verbose_name="town")),
                ("state", models.CharField(blank=True, max_length=40, verbose_name="state")),
                ("postcode", models.CharField(blank=True, max_length=16, verbose_name="postcode")),
                ("country", models.CharField(max_length=2, verbose_name="country")),
                ("phone", models.CharField(blank=True, max_length=24, verbose_name="phone")),
                ("is_default", models.BooleanField(default=False, verbose_name="the usual one")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="addresses",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_default", True)),
                        fields=("person",),
                        name="address_default_once",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="cart",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("person__isnull", False), ("secret_hash__isnull", False), _connector="XOR"
                ),
                name="cart_of_person_or_guest",
            ),
        ),
        migrations.AddIndex(
            model_name="orderstep",
            index=models.Index(fields=["order", "at"], name="order_timeline"),
        ),
        migrations.AddConstraint(
            model_name="groupbuyoffer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_active", True)),
                fields=("product",),
                name="group_offer_one_active",
            ),
        ),
        migrations.AddConstraint(
            model_name="groupbuyoffer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("people__gte", 2),
                    ("people__lte", 50),
                    ("percent__gt", 0),
                    ("percent__lt", 100),
                    ("hours__gte", 1),
                    ("hours__lte", 168),
                ),
                name="group_offer_bounds",
            ),
        ),
        migrations.AddIndex(
            model_name="groupbuy",
            index=models.Index(
                condition=models.Q(("state", "open")), fields=["ends_at"], name="group_to_expire"
            ),
        ),
        migrations.AddConstraint(
            model_name="groupbuy",
            constraint=models.CheckConstraint(
                condition=models.Q(("filled__lte", models.F("people"))), name="group_not_overfull"
            ),
        ),
        migrations.AddConstraint(
            model_name="producttag",
            constraint=models.UniqueConstraint(
                models.F("video"), models.F("product"), name="product_tag_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="producttag",
            constraint=models.CheckConstraint(
                condition=models.Q(("x__gte", 0), ("x__lte", 1), ("y__gte", 0), ("y__lte", 1)),
                name="product_tag_in_picture",
            ),
        ),
        migrations.AddConstraint(
            model_name="producttag",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until_ms__isnull", True),
                    ("until_ms__gt", models.F("from_ms")),
                    _connector="OR",
                ),
                name="product_tag_ends_later",
            ),
        ),
        migrations.AddConstraint(
            model_name="programmemember",
            constraint=models.UniqueConstraint(
                models.F("programme"), models.F("creator"), name="affiliate_once"
            ),
        ),
        migrations.AddIndex(
            model_name="purchase",
            index=models.Index(
                condition=models.Q(("state", "pending")),
                fields=["held_until"],
                name="purchase_to_expire",
            ),
        ),
        migrations.AddConstraint(
            model_name="purchase",
            constraint=models.UniqueConstraint(
                models.F("buyer"), models.F("key"), name="purchase_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="purchase",
            constraint=models.CheckConstraint(
                condition=models.Q(("total__gte", 0)), name="purchase_total"
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["failed", "released"]), _negated=True),
                fields=("purchase",),
                name="payment_one_lives",
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("reference", ""), _negated=True),
                fields=("provider", "reference"),
                name="payment_reference_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("captured__lte", models.F("amount")), ("refunded__lte", models.F("captured"))
                ),
                name="payment_amounts_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="groupbuyplace",
            constraint=models.UniqueConstraint(
                models.F("group_buy"), models.F("person"), name="group_place_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="couponuse",
            constraint=models.UniqueConstraint(
                models.F("coupon"),
                models.F("person"),
                models.F("number"),
                name="coupon_use_numbered",
            ),
        ),
        migrations.AddConstraint(
            model_name="couponuse",
            constraint=models.UniqueConstraint(
                models.F("purchase"), models.F("coupon"), name="coupon_once_a_purchase"
            ),
        ),
        migrations.AddIndex(
            model_name="question",
            index=models.Index(fields=["product", "-created_at"], name="question_of_product"),
        ),
        migrations.AddConstraint(
            model_name="refund",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)), name="refund_positive"
            ),
        ),
        migrations.AddIndex(
            model_name="returnrequest",
            index=models.Index(
                condition=models.Q(("state", "asked")),
                fields=["answer_by"],
                name="return_unanswered",
            ),
        ),
        migrations.AddConstraint(
            model_name="returnline",
            constraint=models.UniqueConstraint(
                models.F("request"), models.F("line"), name="return_line_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="returnwindow",
            constraint=models.UniqueConstraint(
                fields=("country", "category"), name="return_window_once", nulls_distinct=False
            ),
        ),
        migrations.AddIndex(
            model_name="review",
            index=models.Index(fields=["product", "-created_at"], name="review_of_product"),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(("stars__gte", 1), ("stars__lte", 5)), name="review_stars"
            ),
        ),
        migrations.AddConstraint(
            model_name="shippingrate",
            constraint=models.CheckConstraint(
                condition=models.Q(("each_more__gte", 0), ("price__gte", 0)),
                name="shipping_rate_not_negative",
            ),
        ),
        migrations.AddConstraint(
            model_name="shippingrate",
            constraint=models.CheckConstraint(
                condition=models.Q(("days_most__gte", models.F("days_least"))),
                name="shipping_days_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="shop",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("holiday_until__isnull", True),
                    models.Q(
                        ("holiday_from__isnull", False),
                        ("holiday_until__gt", models.F("holiday_from")),
                    ),
                    _connector="OR",
                ),
                name="shop_holiday_ends_after_it_began",
            ),
        ),
        migrations.AddConstraint(
            model_name="sellerapplication",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "waiting")),
                fields=("shop",),
                name="application_waits_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="programme",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_active", True)),
                fields=("shop", "product"),
                name="programme_one_active",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="programme",
            constraint=models.CheckConstraint(
                condition=models.Q(("percent__gt", 0), ("percent__lte", 80)),
                name="programme_percent",
            ),
        ),
        migrations.AddIndex(
            model_name="product",
            index=models.Index(fields=["shop", "-published_at"], name="product_of_shop"),
        ),
        migrations.AddIndex(
            model_name="product",
            index=models.Index(
                models.OrderBy(models.F("published_at"), descending=True),
                condition=models.Q(("state", "published"), ("taken_down_at__isnull", True)),
                name="product_newest",
            ),
        ),
        migrations.AddConstraint(
            model_name="payout",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)), name="payout_positive"
            ),
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(fields=["shop", "state", "-placed_at"], name="order_of_shop"),
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(fields=["buyer", "-placed_at"], name="order_of_buyer"),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.UniqueConstraint(
                condition=models.Q(("number__isnull", False)),
                fields=("shop", "number"),
                name="order_number_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(("refunded__gte", 0), ("refunded__lte", models.F("total"))),
                name="order_refunded_within_total",
            ),
        ),
        migrations.AddIndex(
            model_name="ledgerentry",
            index=models.Index(
                condition=models.Q(("shop__isnull", False)),
                fields=["shop", "available_at"],
                name="ledger_of_shop",
            ),
        ),
        migrations.AddIndex(
            model_name="ledgerentry",
            index=models.Index(
                condition=models.Q(("person__isnull", False)),
                fields=["person", "available_at"],
                name="ledger_of_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="ledgerentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount", 0), _negated=True), name="ledger_entry_not_zero"
            ),
        ),
        migrations.AddConstraint(
            model_name="coupon",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("off__isnull", True), ("percent__gt", 0), ("percent__lte", 100)),
                    models.Q(
                        ("off__gt", 0),
                        ("percent__isnull", True),
                        models.Q(("currency", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="coupon_percent_or_amount",
            ),
        ),
        migrations.AddConstraint(
            model_name="coupon",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("most_uses__isnull", True),
                    ("used__lte", models.F("most_uses")),
                    _connector="OR",
                ),
                name="coupon_not_used_up",
            ),
        ),
        migrations.AddConstraint(
            model_name="shopstaff",
            constraint=models.UniqueConstraint(
                models.F("shop"), models.F("person"), name="shop_staff_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="showcaseitem",
            constraint=models.UniqueConstraint(
                models.F("creator"), models.F("product"), name="showcase_once"
            ),
        ),
        migrations.AddIndex(
            model_name="touch",
            index=models.Index(fields=["at"], name="touch_age"),
        ),
        migrations.AddConstraint(
            model_name="touch",
            constraint=models.UniqueConstraint(
                models.F("person"), models.F("product"), name="touch_last"
            ),
        ),
        migrations.AddConstraint(
            model_name="variant",
            constraint=models.CheckConstraint(
                condition=models.Q(("price__gt", 0)), name="variant_price_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="variant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("compare_price__isnull", True),
                    models.Q(
                        ("compare_price__gt", models.F("price")),
                        ("compare_price_currency", models.F("price_currency")),
                    ),
                    _connector="OR",
                ),
                name="variant_compare_price_above",
            ),
        ),
        migrations.AddConstraint(
            model_name="stockalert",
            constraint=models.UniqueConstraint(
                models.F("variant"), models.F("person"), name="stock_alert_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="reservation",
            constraint=models.UniqueConstraint(
                models.F("purchase"), models.F("variant"), name="reserved_once_a_purchase"
            ),
        ),
        migrations.AddIndex(
            model_name="orderline",
            index=models.Index(
                condition=models.Q(("creator__isnull", False)),
                fields=["creator", "order"],
                name="order_line_of_creator",
            ),
        ),
        migrations.AddIndex(
            model_name="orderline",
            index=models.Index(
                condition=models.Q(("video__isnull", False)),
                fields=["video"],
                name="order_line_of_video",
            ),
        ),
        migrations.AddConstraint(
            model_name="orderline",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__gte", 1)), name="order_line_quantity"
            ),
        ),
        migrations.AddConstraint(
            model_name="orderline",
            constraint=models.CheckConstraint(
                condition=models.Q(("returned__lte", models.F("quantity"))),
                name="order_line_returned",
            ),
        ),
        migrations.AddConstraint(
            model_name="orderline",
            constraint=models.CheckConstraint(
                condition=models.Q(("refunded__gte", 0), ("refunded__lte", models.F("total"))),
                name="order_line_refunded_within_total",
            ),
        ),
        migrations.AddIndex(
            model_name="flashsale",
            index=models.Index(fields=["variant", "ends_at"], name="flash_of_variant"),
        ),
        migrations.AddConstraint(
            model_name="flashsale",
            constraint=models.CheckConstraint(
                condition=models.Q(("sold__lte", models.F("most"))), name="flash_not_oversold"
            ),
        ),
        migrations.AddConstraint(
            model_name="flashsale",
            constraint=models.CheckConstraint(
                condition=models.Q(("price__gt", 0)), name="flash_price_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="flashsale",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="flash_ends_later"
            ),
        ),
        migrations.AddConstraint(
            model_name="cartline",
            constraint=models.UniqueConstraint(
                models.F("cart"), models.F("variant"), name="cart_line_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="cartline",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__gte", 1), ("quantity__lte", 99)),
                name="cart_quantity",
            ),
        ),
        migrations.AddConstraint(
            model_name="wish",
            constraint=models.UniqueConstraint(
                models.F("person"), models.F("product"), name="wish_once"
            ),
        ),
    ]
