"""A URL that the user named -> its bytes. Nothing else is ever fetched: no link, picture, script or frame of it.

One request with our name in it, after the site's robots.txt (RFC 9309) allows it. Bytes and seconds are limited. A
redirect is followed a few times, only over http and https, and never from the world into this machine or its network:
the address is looked up once, judged, and connected to as judged. Only who names a local address may read one.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message
from typing import Final
from urllib.parse import SplitResult, quote, urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from respgraph import __version__
from respgraph.errors import ReadError
from respgraph.read.limits import LARGEST, SECONDS
from respgraph.wire import Connection, Deadline

AGENT: Final = f"respgraph/{__version__}"
MOST_REDIRECTS: Final = 5
MOST_ROBOTS: Final = 500_000  # bytes of a robots.txt, as RFC 9309 asks for
PATIENCE: Final = 20.0  # seconds without a byte
LONGEST_WAIT: Final = 30.0  # seconds between two requests to a site that asks for time between them
PORTS: Final = {"http": 80, "https": 443}
SAFE: Final = "/%:@!$&'()*+,;=~-._?"

_robots: dict[str, RobotFileParser] = {}
_last: dict[str, float] = {}


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server sent: ``url`` is where it was found in the end, ``charset`` what the server says of it."""

    data: bytes
    url: str
    media_type: str
    charset: str | None


def fetch(url: str, clock: Callable[[], float] = time.monotonic) -> Fetched:
    """Return what stands at a URL.

    Raises:
        ReadError: No such host, robots.txt says no, a status other than 200, too large, too slow, or a redirect to
            where we do not follow.
    """
    until = clock() + SECONDS
    named = _split(url, url)
    home = (named.hostname, _port(named)) if _is_local(named, url) else None
    at = url
    for _ in range(MOST_REDIRECTS + 1):
        parts = _split(at, url)
        _ask_robots(parts, url, home, until, clock)
        status, headers, data = _get(parts, url, home, LARGEST, until, clock)
        if status in (301, 302, 303, 307, 308) and headers.get("Location"):
            at = _join(at, headers["Location"], url)
            continue
        if status != http.client.OK:
            reason = http.client.responses.get(status, "")
            raise ReadError(url, f"the server answers {status} {reason}".rstrip())
        if not data:
            raise ReadError(url, "empty: the server sent nothing")
        charset = headers.get_content_charset()
        if charset and not charset.isprintable():
            raise ReadError(url, f"the server names an encoding that is none: {charset[:40]!r}")
        return Fetched(data, at, headers.get_content_type(), charset)
    raise ReadError(url, f"more than {MOST_REDIRECTS} redirects")


def _join(at: str, location: str, url: str) -> str:
    try:
        joined = urljoin(at, location)
        _ = urlsplit(joined).port
    except ValueError as error:
        raise ReadError(url, f"redirects to {location[:100]!r}, which is no address") from error
    return joined


def _split(at: str, url: str) -> SplitResult:
    try:
        parts = urlsplit(at)
        port = parts.port
    except ValueError as error:
        raise ReadError(url, f"not a URL: {error}") from error
    if parts.scheme not in PORTS:
        raise ReadError(url, f"redirects to a {parts.scheme or 'strange'} address, which is not followed")
    if not parts.hostname or port == 0:
        raise ReadError(url, "not a URL: no host")
    if parts.username is not None or parts.password is not None:
        raise ReadError(url, "a URL with a user name or password in it is not fetched")
    return parts


def _port(parts: SplitResult) -> int:
    return parts.port or PORTS[parts.scheme]


def _addresses(parts: SplitResult, url: str) -> list[str]:
    try:
        found = socket.getaddrinfo(parts.hostname, _port(parts), type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise ReadError(url, f"no such host: {parts.hostname}") from error
    return list(dict.fromkeys(str(address[4][0]) for address in found))


def _is_global(address: str) -> bool:
    known = ipaddress.ip_address(address.partition("%")[0])
    inner = getattr(known, "ipv4_mapped", None) or getattr(known, "sixtofour", None)
    return known.is_global and not known.is_multicast and (inner is None or inner.is_global)


def _is_local(parts: SplitResult, url: str) -> bool:
    return not all(map(_is_global, _addresses(parts, url)))


def _ask_robots(
    parts: SplitResult, url: str, home: tuple[str | None, int] | None, until: float, clock: Callable[[], float]
) -> None:
    """Raise ReadError if the site does not want this page read; wait as long as it asks for between two pages."""
    site = f"{parts.scheme}://{parts.netloc}"
    if site not in _robots:
        rules = RobotFileParser()
        where = urlsplit(site + "/robots.txt")
        for _ in range(MOST_REDIRECTS + 1):
            status, headers, data = _get(where, url, home, MOST_ROBOTS, until, clock, cut=True)
            if status not in (301, 302, 303, 307, 308) or not headers.get("Location"):
                break
            where = _split(_join(where.geturl(), headers["Location"], url), url)
        if status >= http.client.INTERNAL_SERVER_ERROR:  # RFC 9309, 2.3.1.4: assume that nothing may be read
            raise ReadError(url, f"the site's robots.txt cannot be had (status {status}), so nothing of it is read")
        lines = data.decode("utf-8", "replace").splitlines() if status == http.client.OK else []
        rules.parse(lines)
        rules.modified()
        _robots[site] = rules
    rules = _robots[site]
    if not rules.can_fetch(AGENT, parts.geturl()):
        raise ReadError(url, f"the site's robots.txt does not allow {AGENT} to read this page")
    delay = min(float(rules.crawl_delay(AGENT) or 0), LONGEST_WAIT)
    if site in _last and (left := _last[site] + delay - clock()) > 0:
        time.sleep(min(left, max(until - clock(), 0.0)))
    _last[site] = clock()


def _get(
    parts: SplitResult,
    url: str,
    home: tuple[str | None, int] | None,
    most: int,
    until: float,
    clock: Callable[[], float],
    cut: bool = False,
) -> tuple[int, Message, bytes]:
    """Return status, headers and body of one request."""
    addresses = _addresses(parts, url)
    if (parts.hostname, _port(parts)) != home and not all(map(_is_global, addresses)):
        raise ReadError(
            url, f"leads to {parts.hostname}, an address of this machine or its network; it is not followed"
        )
    connection = Connection(str(parts.hostname), _port(parts), parts.scheme == "https", PATIENCE, addresses[0])
    with Deadline(connection, until - clock()) as deadline:
        try:
            got = _talk(connection, parts, url, most, cut)
        except (OSError, http.client.HTTPException, UnicodeError, ValueError) as error:
            if not deadline.over:
                why = "no answer in time" if isinstance(error, TimeoutError) else str(error) or type(error).__name__
                raise ReadError(url, f"cannot be fetched: {why}") from error
            raise ReadError(url, f"takes longer than {SECONDS:g} seconds") from error
        except ReadError as error:
            if not deadline.over:
                raise
            raise ReadError(url, f"takes longer than {SECONDS:g} seconds") from error
        finally:
            connection.close()
        if deadline.over or clock() > until:
            raise ReadError(url, f"takes longer than {SECONDS:g} seconds")
    return got


def _talk(connection: Connection, parts: SplitResult, url: str, most: int, cut: bool) -> tuple[int, Message, bytes]:
    """Ask for a page and return status, headers and body; it ends when it ends, or the connection does."""
    target = quote(parts.path or "/", SAFE) + (f"?{quote(parts.query, SAFE)}" if parts.query else "")
    connection.request("GET", target, headers={"User-Agent": AGENT, "Accept-Encoding": "identity", "Accept": "*/*"})
    with connection.getresponse() as answer:
        data = bytearray()
        while chunk := answer.read1(1 << 16):
            data += chunk
            if len(data) > most:
                if cut:
                    break
                raise ReadError(url, f"more than {most:,} bytes are too many for one text")
        short = answer.length
    if short and not cut:
        raise ReadError(url, f"cut short: {short:,} bytes are missing")
    return answer.status, answer.headers, bytes(data)
