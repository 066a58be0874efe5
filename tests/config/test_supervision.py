"""The supervisor's list of programs."""

import configparser
import shlex
from pathlib import Path

from config.supervision import EARLIER, LATER, Program, configuration


def parsed(first, others, data="/srv/medley"):
    parser = configparser.RawConfigParser()
    parser.read_string(configuration(first, others, data=Path(data), directory=Path("/srv/code")))
    return parser


def test_redis_starts_first_and_stops_last():
    parser = parsed([Program("redis", ["redis"])], [Program("web", ["web"]), Program("beat", [])])

    assert parser["program:redis"]["priority"] == str(EARLIER)
    assert dict(parser["group:medley"]) == {"programs": "web,beat", "priority": str(LATER)}


def test_programs_are_restarted_for_ever():
    program = parsed([], [Program("web", ["web"])])["program:web"]

    assert program["autorestart"] == "true"
    assert int(program["startretries"]) >= 1_000_000
    assert program["killasgroup"] == "true"


def test_commands_survive_spaces_and_percent_signs():
    command = ["/my code/python", "100%", "it's"]

    program = parsed([], [Program("web", command)])["program:web"]

    assert shlex.split(program["command"].replace("%%", "%")) == command


def test_a_program_without_a_log_writes_to_the_terminal():
    programs = [Program("web", ["web"]), Program("beat", ["beat"], log=Path("/srv/beat.log"))]

    parser = parsed([], programs)

    assert parser["program:web"]["stdout_logfile"] == "/dev/fd/1"
    assert parser["program:web"]["stdout_logfile_maxbytes"] == "0"
    assert parser["program:beat"]["stdout_logfile"] == "/srv/beat.log"


def test_a_program_that_waits_is_not_started_at_once():
    programs = [Program("web", ["web"]), Program("worker", ["worker"], waits=True)]

    parser = parsed([], programs)

    assert parser["program:web"]["autostart"] == "true"
    assert parser["program:worker"]["autostart"] == "false"
