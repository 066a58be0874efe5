"""nginx as deploy/ configures it, in a folder of its own."""

import subprocess
from collections.abc import Sequence
from pathlib import Path

from tests import services

TEMPLATE = services.ROOT / "deploy" / "nginx" / "medley.conf.template"
NGINX_CONF = """
daemon off;
{user}
pid {run}/nginx.pid;
error_log {run}/error.log warn;
events {{ worker_connections 1024; }}
http {{
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    sendfile on;
    client_body_temp_path {run}/body;
    proxy_temp_path {run}/proxy;
    fastcgi_temp_path {run}/fastcgi;
    uwsgi_temp_path {run}/uwsgi;
    scgi_temp_path {run}/scgi;
    include {run}/medley.conf;
}}
"""


def configured(run: Path, webs: Sequence[int], *, https: int, plain: int, data: Path) -> list[str]:
    """The command that runs nginx in the foreground for localhost, in front of these ports.

    Its configuration and a new certificate (`fullchain.pem`) are written into `run`, which exists;
    `data` is Medley's own folder, `https` and `plain` where it listens.
    """
    certify(run)
    known = {
        "MEDLEY_HOST": "localhost",
        "MEDLEY_SERVERS": " ".join(f"server 127.0.0.1:{port};" for port in webs),
        "MEDLEY_STATIC": str(data / "static"),
        "MEDLEY_MEDIA": str(data / "media"),
        "MEDLEY_TLS": str(run),
        "HTTP_PORT": str(plain),
        "HTTPS_PORT": str(https),
    }
    # As envsubst does it: nginx's own variables have no braces.
    text = TEMPLATE.read_text()
    for name, value in known.items():
        text = text.replace(f"${{{name}}}", value)
    (run / "medley.conf").write_text(text)
    user = "user root;" if services.is_root() else ""
    (run / "nginx.conf").write_text(NGINX_CONF.format(user=user, run=run))
    return [services.nginx() or "nginx", "-p", str(run), "-c", str(run / "nginx.conf")]


def certify(folder: Path) -> None:
    """A certificate for localhost, signed by nobody."""
    words = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
    words += " -subj /CN=localhost -addext subjectAltName=DNS:localhost"
    files = ["-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")]
    subprocess.run([*words.split(), *files], check=True, capture_output=True)
