"""pyvis, made safe: our own template, escaped, offline, without physics, the same bytes each time.

pyvis 0.3.2 writes no doctype, loads Bootstrap from a CDN whatever one asks for, does not escape, and lays
out in the browser, differently each time. Its ``Network`` still is what its users know, so this is one:
nodes and edges are added with ``add_node`` and ``add_edge``, and only the writing is ours.
"""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from pyvis.network import Network

from respgraph.rdf.write import write_bytes
from respgraph.view.compact import MANY, compact
from respgraph.view.data import PageData
from respgraph.view.large import LARGE, large_json
from respgraph.view.lines import SIZES, Node, Picture, draw, trace
from respgraph.view.payload import brief, payload

VIS: Final = "lib/vis-9.1.2/vis-network.min.js"


class ClaimNetwork(Network):  # type: ignore[misc]
    """A pyvis network whose HTML is the page of respgraph."""

    def __init__(self, heading: str) -> None:
        super().__init__(directed=True, heading=heading, cdn_resources="in_line")
        self.toggle_physics(status=False)
        self.page: dict[str, Any] = {}
        self.empty = True
        self.templateEnv = Environment(
            loader=PackageLoader("respgraph.view"), autoescape=True, undefined=StrictUndefined
        )
        # Real characters instead of \\uXXXX: a third of the bytes for most of the world's scripts.
        self.templateEnv.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}

    def add_claims(self, data: PageData, most_lines: int) -> None:
        """Add all a page shows; above a thousand lines, what sigma draws from instead of nodes and edges."""
        traced, page = trace(data), payload(data)
        if len(traced.lines) > LARGE:
            page["large"] = large_json(traced, data)
        else:
            picture = draw(traced, data, most_lines)
            self.add_picture(picture)
            page["leftOut"] = picture.left_out
        # What unpacks columns is part of the script of large graphs.
        packed = "large" in page and len(data.rows) > MANY
        self.set_page(compact(page) if packed else brief(page), empty=not data.rows)

    def add_picture(self, picture: Picture) -> None:
        """Add the nodes and lines of a picture."""
        for i, node in enumerate(picture.nodes):
            look = node.looks[0]
            self.add_node(
                i, label=node.short, shape="custom", kind=node.kind, key=node.key, full=node.full,
                rows=list(look.lines), size=look.size, w=look.width, h=look.height, x=node.x, y=node.y,
                **looks_json(node),
            )  # fmt: skip
        for i, line in enumerate(picture.lines):
            self.add_edge(
                line.source,
                line.target,
                id=i,
                family=line.family,
                part=line.part,
                claims=line.claims,
                bend=line.bend,
            )

    def set_page(self, page: dict[str, Any], *, empty: bool) -> None:
        """Set what the page shows beside the picture."""
        self.page, self.empty = page, empty

    def generate_html(self, name: str = "index.html", local: bool = True, notebook: bool = False) -> str:
        """Return the page; the arguments are pyvis's and change nothing."""
        nodes = [{k: v for k, v in node.items() if k not in {"color", "shape"}} for node in self.nodes]
        edges = [{k: v for k, v in edge.items() if k != "arrows"} for edge in self.edges]
        large = "large" in self.page
        style = part("page.css") + (part("large.css") if large else "")
        drawing = [vendored("sigma.js"), part("large.js")] if large else [vis_script()]
        scripts = [] if self.empty else [*drawing, part("page.js")]
        policy = (
            f"default-src 'none'; script-src {' '.join(map(digest, scripts)) or repr('none')}; "
            f"style-src {digest(style)}; img-src data: blob:; base-uri 'none'; form-action 'none'"
        )
        html: str = self.templateEnv.get_template("page.html.j2").render(
            title=self.heading,
            page=self.page | {"nodes": nodes, "edges": edges},
            empty=self.empty,
            policy=policy,
            style=Markup(style),  # noqa: S704 - our own file
            scripts=[Markup(script) for script in scripts],  # noqa: S704 - our own file and pyvis's
        )
        self.html = html
        return html

    def write_html(self, name: str, local: bool = True, notebook: bool = False, open_browser: bool = False) -> None:
        """Write the page in UTF-8; nothing is opened, whatever the other arguments say."""
        write_bytes(Path(name), [self.generate_html().encode("utf-8", "replace")])


def looks_json(node: Node) -> dict[str, Any]:
    """Return how a box looks by each of ``SIZES`` but the first, if that makes any difference to it."""
    other = {
        name: {"rows": list(look.lines), "size": look.size, "w": look.width, "h": look.height}
        for name, look in zip(SIZES, node.looks, strict=False)
        if look != node.looks[0]
    }
    return {"looks": other} if other else {}


def part(name: str) -> str:
    """Return a file of the page, with line ends as a browser's parser sees them."""
    return as_parsed((files("respgraph.view") / "templates" / name).read_text(encoding="utf-8"))


def vendored(name: str) -> str:
    """Return a script of ``view/vendor``, licences included."""
    return as_parsed((files("respgraph.view") / "vendor" / name).read_text(encoding="utf-8"))


def vis_script() -> str:
    """Return the vis-network script that pyvis ships, licence header included, source map line left out."""
    script = (files("pyvis") / VIS).read_bytes().decode("utf-8")
    return as_parsed(script).partition("\n//# sourceMappingURL=")[0]


def as_parsed(text: str) -> str:
    """Return the text with bare line feeds: HTML parsers change line ends before a hash is taken."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def digest(text: str) -> str:
    """Return the CSP source expression of an inline script or style (CSP 3, section 2.3.1)."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"
