"""Minting IRIs and spelling terms as N-Triples.

Every IRI is a base, a kind and a hash, slug or pair of offsets: text of a document never becomes part of
an IRI except through a hash, and ids are percent-encoded, so no source can break out of ``<...>``.
Terms are kept as their N-Triples spelling (``<iri>`` or ``"literal"^^<type>``): rows of such strings sort,
compare and write an order of magnitude faster than term objects (RDF 1.1 N-Triples, section 3).
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote, urlsplit

from respgraph.errors import GraphError
from respgraph.model import content_hash
from respgraph.vocab import NS, PREFIXES, RULE_NS, XSD

# Controls, bidirectional marks and the byte order mark are escaped: a reader of the file must see them.
_ESCAPED = re.compile('[\x00-\x1f\x7f-\x9f"\\\\\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]')
_SURROGATE = re.compile("[\ud800-\udfff]")
_SHORT = {"\t": "\\t", "\b": "\\b", "\n": "\\n", "\r": "\\r", "\f": "\\f", '"': '\\"', "\\": "\\\\"}
_UNESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)")
_LONG = {short[1]: char for char, short in _SHORT.items()} | {"'": "'"}
_UNSAFE_IRI = re.compile('[\x00-\x20<>"{}|^`\\\\\ud800-\udfff]')
_DATES = (
    (re.compile(r"\d{4}", re.ASCII), "gYear"),
    (re.compile(r"\d{4}-(0[1-9]|1[0-2])", re.ASCII), "gYearMonth"),
    (re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", re.ASCII), "date"),
    (re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?", re.ASCII), "dateTime"),
)


def check_base(base: str) -> str:
    """Return the base for data IRIs, ending in ``/``.

    Raises:
        GraphError: when it is not an absolute IRI or holds characters no IRI may hold.
    """
    try:
        parts = urlsplit(base)
    except ValueError:  # "[" that begins no IPv6 address
        parts = urlsplit("")
    if not parts.scheme or not (parts.netloc or parts.path) or _UNSAFE_IRI.search(base) or "#" in base:
        raise GraphError("--base", f"{base!r} is not an absolute IRI such as https://example.org/data/")
    return base if base.endswith("/") else base + "/"


def mint(*parts: str) -> str:
    """Return the parts joined to an IRI, each after the first percent-encoded.

    >>> mint("http://x/", "actor", "el-salvador"), mint("http://x/", "actor", "a b/<c>")
    ('http://x/actor/el-salvador', 'http://x/actor/a%20b%2F%3Cc%3E')
    """
    return parts[0] + "/".join(quote(part.encode("utf-8", "replace"), safe="") for part in parts[1:])


def rule_iri(found_by: str) -> str:
    """Return the IRI of the rule or model that read a claim."""
    return mint(RULE_NS, found_by)


def key_hash(text: str) -> str:
    """Return a hash of a matter's key or a quote, blind to case and white space."""
    return content_hash(" ".join(text.casefold().split()), length=12)


def iri(value: str) -> str:
    """Spell an IRI as N-Triples."""
    return f"<{value}>"


@lru_cache(maxsize=1024)
def term(curie: str) -> str:
    """Spell a prefixed name of ``vocab.PREFIXES`` as N-Triples.

    >>> term("oa:start")
    '<http://www.w3.org/ns/oa#start>'
    """
    prefix, _, local = curie.partition(":")
    return f"<{PREFIXES[prefix]}{local}>"


@lru_cache(maxsize=1024)
def resp(local: str) -> str:
    """Spell one of our own terms as N-Triples."""
    return f"<{NS}{local}>"


def literal(value: str, datatype: str | None = None, language: str | None = None) -> str:
    r"""Spell a literal as N-Triples; lone surrogates, which UTF-8 cannot hold, become U+FFFD.

    Args:
        value: The lexical form.
        datatype: A full IRI; none, or xsd:string, gives a plain literal.
        language: A language tag.

    >>> print(literal('He said "no"\n'))
    "He said \"no\"\n"
    """
    body = _ESCAPED.sub(_escape, value)
    if not body.isascii():
        body = _SURROGATE.sub("\ufffd", body)
    if language:
        return f'"{body}"@{language}'
    return f'"{body}"' if datatype in (None, XSD + "string") else f'"{body}"^^<{datatype}>'


def integer(value: int) -> str:
    """Spell an xsd:integer."""
    return f'"{value}"^^<{XSD}integer>'


def decimal(value: float) -> str:
    """Spell an xsd:decimal with at most four places, always with a point (the canonical form).

    >>> decimal(0.93), decimal(1)
    ('"0.93"^^<http://www.w3.org/2001/XMLSchema#decimal>', '"1.0"^^<http://www.w3.org/2001/XMLSchema#decimal>')
    """
    digits = f"{value:.4f}".rstrip("0")
    return f'"{digits + "0" if digits.endswith(".") else digits}"^^<{XSD}decimal>'


def date(value: str) -> str:
    """Spell an ISO 8601 date with the XML Schema type of its precision, or plainly if it is none.

    >>> date("2024-05"), date("last spring")
    ('"2024-05"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>', '"last spring"')
    """
    for pattern, datatype in _DATES:
        if pattern.fullmatch(value):
            return literal(value, XSD + datatype)
    return literal(value)


def split_literal(spelled: str) -> tuple[str, str, str]:
    r"""Return value, datatype IRI and language of a literal in N-Triples spelling.

    >>> split_literal('"a\\\\b"@en')
    ('a\\b', '', 'en')
    """
    close = spelled.rindex('"')
    value = spelled[1:close]
    if "\\" in value:
        value = _UNESCAPE.sub(_unescape, value)
    rest = spelled[close + 1 :]
    if rest.startswith("@"):
        return value, "", rest[1:]
    return value, rest[3:-1], ""


def _escape(match: re.Match[str]) -> str:
    char = match.group()
    return _SHORT.get(char) or f"\\u{ord(char):04X}"


def _unescape(match: re.Match[str]) -> str:
    code = match.group(1)
    return chr(int(code[1:], 16)) if code[0] in "uU" else _LONG[code]
