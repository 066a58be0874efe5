"""The shapes of reviews, questions and answers in REST."""

from typing import Any, ClassVar

from rest_framework import serializers

from accounts.serializers import CardSerializer
from commerce.models import Answer, Question, Review, ReviewPhoto


class ReviewPhotoSerializer(serializers.ModelSerializer):
    """A square picture; `thumb_url` is a small one."""

    url = serializers.CharField(source="image.url", read_only=True)
    thumb_url = serializers.CharField(read_only=True)

    class Meta:
        model = ReviewPhoto
        fields: ClassVar = ["id", "url", "thumb_url", "width", "height"]
        read_only_fields: ClassVar = fields


class ReviewSerializer(serializers.ModelSerializer):
    """`author` is null where they left; `answer` is the shop's, empty without one."""

    author = CardSerializer(read_only=True, allow_null=True)
    variant = serializers.CharField(source="line.variant_title", read_only=True)
    photos = ReviewPhotoSerializer(many=True, read_only=True)

    class Meta:
        model = Review
        fields: ClassVar = [
            *("id", "product", "author", "variant", "stars", "words", "photos", "answer"),
            *("answered_at", "created_at", "edited_at"),
        ]
        read_only_fields: ClassVar = fields


class NewReviewSerializer(serializers.Serializer):
    """Limits are those of the verb."""

    stars = serializers.IntegerField(help_text="1 to 5.")
    words = serializers.CharField(required=False, allow_blank=True, default="")
    photos = serializers.ListField(
        child=serializers.FileField(), required=False, default=list, help_text="Up to 5."
    )


class ReviewChangeSerializer(serializers.Serializer):
    """What is left out stays as it is; `photos` are added."""

    stars = serializers.IntegerField(required=False)
    words = serializers.CharField(required=False, allow_blank=True)
    photos = serializers.ListField(child=serializers.FileField(), required=False)
    dropped = serializers.ListField(
        child=serializers.UUIDField(), required=False, help_text="Photos that go."
    )


class WordsSerializer(serializers.Serializer):
    """What somebody says."""

    words = serializers.CharField(allow_blank=True)


class AnswerSerializer(serializers.ModelSerializer):
    """`is_by_shop`: for the shop; else by somebody who has the product."""

    author = CardSerializer(read_only=True, allow_null=True)

    class Meta:
        model = Answer
        fields: ClassVar = ["id", "author", "is_by_shop", "words", "created_at"]
        read_only_fields: ClassVar = fields


class QuestionSerializer(serializers.ModelSerializer):
    """With its answers, the shop's first."""

    author = CardSerializer(read_only=True, allow_null=True)
    answers: Any = AnswerSerializer(source="shown_answers", many=True, read_only=True)

    class Meta:
        model = Question
        fields: ClassVar = ["id", "product", "author", "words", "answers", "created_at"]
        read_only_fields: ClassVar = fields
