"""Medley as deploy/ runs it: nginx with TLS in front of two web processes, a worker for each kind
of job, PostgreSQL and Redis; settings of a server, none embedded."""

import sys
from pathlib import Path

from config import embedded
from config.processes import PROCESSES, web
from config.supervision import Program, configuration
from tests import nginx, services
from tests.e2e.stack import Stack
from tests.e2e.world import manage


class FrontedStack(Stack):
    """Like `Stack`, at https; `environment` has to name a PostgreSQL by DATABASE_URL."""

    def __init__(self, data: Path, **environment: str) -> None:
        super().__init__(data, **environment)
        self.url = f"https://localhost:{self.port}"
        self.plain_port = services.free_port()
        self.web_ports = [services.free_port(), services.free_port()]
        self.environment |= {
            "MEDLEY_EMBEDDED": "0",
            "SECRET_KEY": embedded.secret_key(data),
            "REDIS_URL": f"unix://{embedded.redis_socket(data)}",
            "ALLOWED_HOSTS": "localhost",
            "SITE_ORIGINS": self.url,
            "ACCEL_REDIRECT_PREFIX": "/internal-media/",
            "BEHIND_TLS_PROXY": "true",
            "TRUSTED_PROXIES": "1",
            "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
            "EMAIL_VERIFICATION": "optional",
        }

    def command(self) -> list[str]:
        """Prepare a release as the operations page says, and keep its processes alive."""
        for folder in ("log", "nginx"):
            (self.data / folder).mkdir(exist_ok=True)
        for words in ("migrate --noinput --verbosity=0", "collectstatic --noinput --verbosity=0"):
            manage(words.split(), self.environment)
        config = self.data / "supervisord.conf"
        redis = Program("redis", embedded.redis_command(self.data), log=self._log("redis"))
        programs = [*self._webs(), *self._workers(), self._nginx()]
        told = configuration([redis], programs, data=self.data, directory=services.ROOT)
        config.write_text(told)
        address = ["127.0.0.1", str(self.web_ports[0]), "Medley runs"]
        return [sys.executable, "-m", "config.supervision", str(config), *address]

    def _webs(self) -> list[Program]:
        return [
            Program(
                f"web{number}",
                [sys.executable, *web("127.0.0.1", port)],
                log=self._log(f"web{number}"),
                stop_seconds=10,
            )
            for number, port in enumerate(self.web_ports)
        ]

    def _workers(self) -> list[Program]:
        return [
            Program(
                process.name,
                [sys.executable, *process.arguments],
                log=self._log(process.name),
                stop_seconds=3,
                waits=True,
            )
            for process in PROCESSES
            if process.name != "web"
        ]

    def _nginx(self) -> Program:
        command = nginx.configured(
            self.data / "nginx",
            self.web_ports,
            https=self.port,
            plain=self.plain_port,
            data=self.data,
        )
        return Program("nginx", command, log=self._log("nginx"), stop_seconds=5)

    def _log(self, name: str) -> Path:
        return self.data / "log" / f"{name}.log"
