"""Asks hosts for what they show everybody, and tells those that want to be told: one request, at a
public address, before a deadline.

requests-hardened resolves a name once, refuses addresses that are nobody's business and connects to
the very address that it looked at; it does so for each request, so for each hop of a redirect too.
What it lets through is looked at again here, more strictly. No setting lets anything else through.
"""

from collections.abc import Mapping
from functools import partial
from ipaddress import ip_address, ip_network
from typing import Any

import requests
import urllib3
from django.conf import settings
from requests_hardened.ip_filter import InvalidIPAddress
from requests_hardened.ip_filter_adapter import IPFilterAdapter

from accounts.linking.deadline import Deadline
from accounts.linking.failures import Failure

NAME = "Medley-LinkBot"
PORTS = {"http": 80, "https": 443}
CHUNK = 16 * 2**10
# The only IPv6 addresses that lead anywhere (RFC 4291, section 2.4); not those in which an IPv4
# address of any kind can hide (RFC 3056, RFC 4380), nor those of examples (RFC 9637).
_UNICAST = ip_network("2000::/3")
_NOWHERE = (ip_network("2002::/16"), ip_network("2001::/32"), ip_network("3fff::/20"))


def user_agent(name: str = NAME) -> str:
    """Who we are, and where to ask about it."""
    return f"{name}/1.0 (+{settings.SITE_ORIGINS[0]})"


def is_public(address: str) -> bool:
    """Whether an IP address, as text, is one that anybody on the internet could ask."""
    ip = ip_address(address)
    if ip.version == 6 and (ip not in _UNICAST or any(ip in net for net in _NOWHERE)):
        return False
    return ip.is_global and not ip.is_multicast


class Client:
    """Cookies, passwords and proxies of ours go nowhere; a `with` block closes its connections."""

    def __init__(self, deadline: Deadline) -> None:
        self._deadline = deadline
        self._adapters = {scheme: _Adapter(scheme, deadline) for scheme in PORTS}

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_error: object) -> None:
        for adapter in self._adapters.values():
            adapter.close()

    def get(
        self, url: str, *, accept: str, headers: Mapping[str, str] | None = None
    ) -> requests.Response:
        """The answer of this one address, its body unread; a redirect is an answer too.

        Raises `Failure` (not_public, address, too_slow, unreachable).
        """
        return self._ask("GET", url, {"Accept": accept, **(headers or {})})

    def post(self, url: str, content: bytes, *, headers: Mapping[str, str]) -> requests.Response:
        """The same of what this address says to `content`."""
        return self._ask("POST", url, headers, content)

    def _ask(
        self, method: str, url: str, headers: Mapping[str, str], content: bytes | None = None
    ) -> requests.Response:
        said = {"User-Agent": user_agent(), "Accept-Encoding": "gzip", **headers}
        try:
            request = requests.Request(method, url, headers=said, data=content).prepare()
            # Not by a `Session`: even one that follows no redirect reads what comes with it, to its
            # end, which may be none.
            response = self._adapters[url.partition(":")[0]].send(
                request, stream=True, timeout=self._deadline.left
            )
        except InvalidIPAddress:
            raise Failure("not_public")
        except (requests.exceptions.InvalidURL, requests.exceptions.MissingSchema):
            raise Failure("address")
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError):
            raise self._lost()
        if self._deadline.is_over:  # cut among the headers, which looks like their end
            response.close()
            raise Failure("too_slow")
        return response

    def first_bytes(self, response: requests.Response, limit: int) -> bytes:
        """At most `limit` bytes of a body, unpacked: what a few kilobytes of it would grow to is
        never made. Raises `Failure` (too_slow, unreachable)."""
        content = bytearray()
        try:
            for chunk in response.iter_content(CHUNK):
                content += chunk
                if len(content) >= limit:
                    break
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError):
            raise self._lost()
        finally:
            response.close()
        if self._deadline.is_over:  # cut, which looks like the end
            raise Failure("too_slow")
        return bytes(content[:limit])

    def _lost(self) -> Failure:
        return Failure("too_slow" if self._deadline.is_over else "unreachable")


class _Adapter(IPFilterAdapter):
    """Connections to public addresses and the web's own ports, cut at the deadline."""

    def __init__(self, scheme: str, deadline: Deadline) -> None:
        super().__init__(is_https_proto=scheme == "https")
        self._deadline = deadline

    def build_connection_pool_key_attributes(self, *args: Any, **kwargs: Any) -> Any:
        resolve = partial(super().build_connection_pool_key_attributes, *args, **kwargs)
        host, pool = self._deadline.wait_for(resolve)
        if (host["port"] or PORTS[host["scheme"]]) != PORTS[host["scheme"]]:
            raise Failure("address")
        if not is_public(host["host"].strip("[]")):
            raise InvalidIPAddress(host["host"])
        return host, pool

    def get_connection_with_tls_context(self, *args: Any, **kwargs: Any) -> Any:
        pool = super().get_connection_with_tls_context(*args, **kwargs)
        pool.ConnectionCls = _watched(pool.ConnectionCls, self._deadline)
        return pool


def _watched(connection: Any, deadline: Deadline) -> Any:
    class Watched(connection):
        def _new_conn(self) -> Any:
            connected = super()._new_conn()
            deadline.watch(connected)
            return connected

    return Watched
