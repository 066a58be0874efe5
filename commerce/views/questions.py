"""Questions about a product, and their answers."""

from typing import cast
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.requests import PageRequest, SignedInRequest
from commerce import people
from commerce.actions import questions as actions
from commerce.models import Answer, Product, Question
from commerce.views.reviews import find_product
from commerce.views.signing_in import to_log_in

PAGE = 10


def questions(request: PageRequest, product_id: UUID) -> HttpResponse:
    """A page of them, the newest first; POST asks one."""
    product = find_product(request, product_id)
    if request.method != "POST":
        return _shown(request, product)
    if not request.user.is_authenticated:
        return to_log_in(product.get_absolute_url())
    return _ask(cast(SignedInRequest, request), product)


def _ask(request: SignedInRequest, product: Product) -> HttpResponse:
    try:
        actions.ask(request.user, product, request.POST.get("words", ""))
    except ValidationError as error:
        return _shown(request, product, problem=error.messages[0])
    return redirect("commerce:questions", product.pk)


def _shown(request: PageRequest, product: Product, problem: str = "") -> HttpResponse:
    asked = Question.objects.visible_to(request.user).filter(product=product)
    person = request.user
    context = {
        "product": product,
        "page": Paginator(asked.order_by("-created_at", "-pk"), PAGE).get_page(
            request.GET.get("page")
        ),
        "answers": person.is_authenticated
        and (
            people.may(person, product.shop, people.SUPPORT)
            or actions.has_received(person, product)
        ),
        "problem": problem,
    }
    part = "commerce/questions/_list.html" if request.htmx else "commerce/questions/page.html"
    return render(request, part, context, status=422 if problem else 200)


@login_required
@require_POST
def answer_question(request: SignedInRequest, question_id: UUID) -> HttpResponse:
    """Answer as the shop, or as somebody who has the product."""
    question = _question(request, question_id)
    try:
        actions.answer(request.user, question, request.POST.get("words", ""))
    except ValidationError as error:
        return _shown(request, question.product, problem=error.messages[0])
    return redirect("commerce:questions", question.product_id)


@login_required
@require_POST
def delete_question(request: SignedInRequest, question_id: UUID) -> HttpResponse:
    """Take one's own back."""
    question = _question(request, question_id)
    actions.delete_question(request.user, question)
    return redirect("commerce:questions", question.product_id)


@login_required
@require_POST
def delete_answer(request: SignedInRequest, answer_id: UUID) -> HttpResponse:
    """Take one's own back."""
    found = Answer.objects.visible_to(request.user).select_related("question")
    answer = get_object_or_404(found, pk=answer_id)
    actions.delete_answer(request.user, answer)
    return redirect("commerce:questions", answer.question.product_id)


def _question(request: SignedInRequest, question_id: UUID) -> Question:
    found = Question.objects.visible_to(request.user).select_related("product__shop")
    question: Question = get_object_or_404(found, pk=question_id)
    find_product(request, question.product_id)
    return question
