"""Reviews and questions by REST."""

from typing import Any
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, status
from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.permissions import IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.requests import SignedInApiRequest
from commerce.actions import questions, reviews
from commerce.models import Answer, Product, Question, Review
from commerce.serializers.reviews import (
    AnswerSerializer,
    NewReviewSerializer,
    QuestionSerializer,
    ReviewChangeSerializer,
    ReviewSerializer,
    WordsSerializer,
)
from config.api import CursorPagination

NO_CONTENT = {204: None}
NARROWING = [
    OpenApiParameter("stars", int, description="Only those with so many."),
    OpenApiParameter("photos", bool, description="Only those with photos."),
]


def _product(request: Request, product_id: UUID) -> Product:
    products = Product.objects.visible_to(request.user).select_related("shop")
    return get_object_or_404(products, pk=product_id)


class Reviews(generics.ListAPIView):
    """What buyers say about a product."""

    serializer_class = ReviewSerializer
    permission_classes = [IsAuthenticatedOrReadOnly]
    pagination_class = CursorPagination
    parser_classes = [JSONParser, MultiPartParser]
    queryset = Review.objects.none()

    def get_queryset(self) -> Any:
        product = _product(self.request, self.kwargs["product_id"])
        stars = self.request.query_params.get("stars", "")
        shown = Review.objects.visible_to(self.request.user).filter(product=product)
        return shown.narrowed(
            int(stars) if stars in {"1", "2", "3", "4", "5"} else None,
            with_photos=self.request.query_params.get("photos") in {"1", "true"},
        )

    @extend_schema(parameters=NARROWING)
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """A page of them, the newest first."""
        return super().get(request, *args, **kwargs)

    @extend_schema(request=NewReviewSerializer, responses={201: ReviewSerializer})
    def post(self, request: SignedInApiRequest, product_id: UUID) -> Response:
        """Review what one bought and received: once for each time one bought it."""
        product = _product(request, product_id)
        parsed = NewReviewSerializer(data=request.data)
        parsed.is_valid(raise_exception=True)
        line = reviews.reviewable(request.user, product)
        if line is None:
            raise reviews.not_bought(request.user, product)
        made = reviews.write(request.user, line, **parsed.validated_data)
        return Response(ReviewSerializer(made).data, status.HTTP_201_CREATED)


class OneReview(APIView):
    """A review of one's own."""

    parser_classes = [JSONParser, MultiPartParser]

    @extend_schema(request=ReviewChangeSerializer, responses=ReviewSerializer)
    def patch(self, request: SignedInApiRequest, review_id: UUID) -> Response:
        """Change it within 30 days."""
        review = _review(request, review_id)
        parsed = ReviewChangeSerializer(data=request.data)
        parsed.is_valid(raise_exception=True)
        reviews.edit(request.user, review, **parsed.validated_data)
        return Response(ReviewSerializer(_review(request, review_id)).data)


class ReviewAnswer(APIView):
    """The shop's answer to a review."""

    @extend_schema(request=WordsSerializer, responses=ReviewSerializer)
    def put(self, request: SignedInApiRequest, review_id: UUID) -> Response:
        """Answer it, or take the answer back with empty words."""
        parsed = WordsSerializer(data=request.data)
        parsed.is_valid(raise_exception=True)
        review = _review(request, review_id)
        reviews.answer(request.user, review, parsed.validated_data["words"])
        return Response(ReviewSerializer(_review(request, review_id)).data)


def _review(request: Request, review_id: UUID) -> Review:
    """One that the person reads, of a product that they see."""
    found = Review.objects.visible_to(request.user).select_related("product__shop")
    review: Review = get_object_or_404(found, pk=review_id)
    if review.author_id != request.user.pk:
        _product(request, review.product_id)
    return review


class Questions(generics.ListAPIView):
    """What people ask about a product."""

    serializer_class = QuestionSerializer
    permission_classes = [IsAuthenticatedOrReadOnly]
    pagination_class = CursorPagination
    queryset = Question.objects.none()

    def get_queryset(self) -> Any:
        product = _product(self.request, self.kwargs["product_id"])
        return Question.objects.visible_to(self.request.user).filter(product=product)

    @extend_schema(request=WordsSerializer, responses={201: QuestionSerializer})
    def post(self, request: SignedInApiRequest, product_id: UUID) -> Response:
        """Ask something that everybody may read: 1 to 500 characters."""
        parsed = WordsSerializer(data=request.data)
        parsed.is_valid(raise_exception=True)
        product = _product(request, product_id)
        made = questions.ask(request.user, product, parsed.validated_data["words"])
        return Response(
            QuestionSerializer(_question(request, made.pk)).data, status.HTTP_201_CREATED
        )


class OneQuestion(APIView):
    """A question of one's own."""

    @extend_schema(responses=NO_CONTENT)
    def delete(self, request: SignedInApiRequest, question_id: UUID) -> Response:
        """Take it back, with its answers."""
        questions.delete_question(request.user, _question(request, question_id))
        return Response(status=status.HTTP_204_NO_CONTENT)


class Answers(APIView):
    """Answers to a question; they are read with it."""

    @extend_schema(request=WordsSerializer, responses={201: AnswerSerializer})
    def post(self, request: SignedInApiRequest, question_id: UUID) -> Response:
        """Answer as the shop one works for, or as somebody who has the product."""
        parsed = WordsSerializer(data=request.data)
        parsed.is_valid(raise_exception=True)
        question = _question(request, question_id)
        made = questions.answer(request.user, question, parsed.validated_data["words"])
        return Response(AnswerSerializer(made).data, status.HTTP_201_CREATED)


class OneAnswer(APIView):
    """An answer of one's own."""

    @extend_schema(responses=NO_CONTENT)
    def delete(self, request: SignedInApiRequest, answer_id: UUID) -> Response:
        """Take it back."""
        answer = get_object_or_404(Answer.objects.visible_to(request.user), pk=answer_id)
        questions.delete_answer(request.user, answer)
        return Response(status=status.HTTP_204_NO_CONTENT)


def _question(request: Request, question_id: UUID) -> Question:
    """One that the person reads, of a product that they see."""
    found = Question.objects.visible_to(request.user).select_related("product__shop")
    question: Question | None = found.filter(pk=question_id).first()
    if question is None:
        raise Http404
    _product(request, question.product_id)
    return question
