"""A client's use of the socket as time with Medley (R9), for those whose day has an end."""

from accounts import families, policy
from accounts.families.day import minute_now
from accounts.families.gate import refusal_for
from accounts.models import User
from accounts.pool import in_thread


class ScreenClock:
    """Of one client: asks the database once a minute, and each time while the day is over."""

    def __init__(self, user: User) -> None:
        self._user_id = user.pk
        self._minute = 0  # the last that was counted with time left

    @property
    def is_running(self) -> bool:
        """Whether this minute was counted."""
        return self._minute == minute_now()

    async def count(self) -> None:
        """Count it. Raises `Refused` (policy.R9) where the day is over."""
        self._minute = await in_thread(self._counted)

    def _counted(self) -> int:
        minute = minute_now()
        person = User.objects.get(pk=self._user_id)
        policy.permit(refusal_for(person))
        families.beat(person)
        return minute
