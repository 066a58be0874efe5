"""Guardians and their young people (R30), and how long a day is (R9): the verbs."""

from accounts.families.asking import answer_request, ask_for_more, waiting_request
from accounts.families.codes import MadeCode, enter_code, make_code
from accounts.families.day import beat, grant_quarter, keep_day, set_own_limit
from accounts.families.ending import end_grown_up_links, end_link, forget_old
from accounts.families.guarding import set_guardian_passcode, tighten
from accounts.families.linking import consent, find_link
from accounts.families.passcodes import set_passcode, unlock
from accounts.families.seeing import Sight, see

__all__ = [
    "MadeCode",
    "Sight",
    "answer_request",
    "ask_for_more",
    "beat",
    "consent",
    "end_grown_up_links",
    "end_link",
    "enter_code",
    "find_link",
    "forget_old",
    "grant_quarter",
    "keep_day",
    "make_code",
    "see",
    "set_guardian_passcode",
    "set_own_limit",
    "set_passcode",
    "tighten",
    "unlock",
    "waiting_request",
]
