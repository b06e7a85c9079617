"""Workers that are this process, for tests of what tasks do and not of who does them."""

from __future__ import annotations

from concurrent.futures import Future
from typing import Any

from respgraph.pipeline import run_settings
from respgraph.rdf.iri import check_base
from respgraph.scale import Config
from respgraph.vocab import DEFAULT_BASE


class Here:
    """An executor that does a task when it is given."""

    crash: tuple[type[BaseException], ...] = ()

    def width(self) -> int:
        return 1

    def submit(self, call: Any, *arguments: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_result(call(*arguments))
        return future

    def renew(self) -> None:
        raise AssertionError("nothing can crash here")

    def check(self) -> None:
        pass

    def close(self) -> None:
        pass


def config() -> Config:
    return Config(check_base(DEFAULT_BASE), None, 0.0, run_settings())
