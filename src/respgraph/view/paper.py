"""A page to read and print: one HTML file without scripts, autoescaped, under a policy that lets nothing load."""

from __future__ import annotations

from typing import Any, Final

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from respgraph.view.network import digest, part

POLICY: Final = "default-src 'none'; style-src {style}; base-uri 'none'; form-action 'none'"


def paper_html(package: str, template: str, **values: Any) -> str:
    """Return a page.

    Args:
        package: The package whose ``templates`` folder holds the template.
        template: Its name; it extends ``paper.html.j2``.
        values: What it shows; every string is escaped, only ``Markup`` is not.
    """
    environment = Environment(
        loader=ChoiceLoader([PackageLoader(package), PackageLoader("respgraph.view")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style = part("paper.css")
    return environment.get_template(template).render(
        style=Markup(style),  # noqa: S704 - our own file
        policy=POLICY.format(style=digest(style)),
        **values,
    )
