"""What another birth date brings about: settings tightened, never loosened, every rule asked anew
(R10)."""

from datetime import date

from accounts import policy, ports
from accounts.models import Decision, User
from accounts.moderation.acts import CORRECT_AGE


def apply(person: User) -> None:
    """Store the person, whose `birth_date` is another by now: settings that start narrower at their
    age are so from now on. Whoever is older keeps theirs, as after a birthday."""
    age = person.age
    person.messages_from = policy.narrower(person.messages_from, policy.default_messages_from(age))
    person.is_private = person.is_private or policy.starts_private(age)
    person.suggests_account = person.suggests_account and policy.suggests_by_default(age)
    person.save(update_fields=["birth_date", "messages_from", "is_private", "suggests_account"])
    person.forget_person()
    ports.relation_changed(person.pk)
    ports.card_changed("profile", person.pk)


def put_back(decision: Decision) -> None:
    """A correction was taken back, by an appeal say: the date is what it was before, unless it was
    corrected again since. What was tightened stays: the person may loosen it."""
    later = Decision.objects.in_force().filter(
        person=decision.person_id, made_at__gt=decision.made_at
    )
    if any(each.has(CORRECT_AGE) for each in later):
        return
    person = User.objects.select_for_update().get(pk=decision.person_id)
    person.birth_date = date.fromisoformat(decision.options_of(CORRECT_AGE)["before"])
    apply(person)
