"""What people are told about videos: kinds, registered when the app is ready, and what verbs say.

`kinds` names them, `standing` asks whether what they say is still so, `places` knows where their
lines lead, `telling` is what verbs call inside their transactions.
"""

from videos.notifications.kinds import KINDS

__all__ = ["KINDS"]
