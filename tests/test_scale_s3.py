"""Object storage for real: a server that speaks S3, where one is installed (pip install 'moto[server]' s3fs).

Neither is in the test group: with what they bring along they are ten times as large as this package.
"""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cluster import SIDES, children, content, end, environment, free_port, run, start, wait_until
from respgraph.store import open_graph

pytestmark = [
    pytest.mark.allow_hosts(["127.0.0.1"]),
    pytest.mark.skipif(
        not all(map(importlib.util.find_spec, ("moto", "s3fs", "flask"))),
        reason="needs a server that speaks S3: pip install 'moto[server]' s3fs",
    ),
]
FILL = """
import sys, time, s3fs
from botocore.exceptions import EndpointConnectionError
store = s3fs.S3FileSystem()
for _ in range(60):
    try:
        store.mkdir("corpus")
        break
    except (EndpointConnectionError, OSError):
        time.sleep(0.5)
store.put(sys.argv[1], "corpus/", recursive=True)
"""
GET = "import sys, s3fs; s3fs.S3FileSystem().get('corpus/' + sys.argv[1], sys.argv[2], recursive=True)"


@pytest.fixture
def bucket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give a folder whose copy is in a bucket named corpus."""
    port = free_port()
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{port}")
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "canary")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    news = tmp_path / "news"
    news.mkdir()
    for n, words in enumerate((*SIDES, "Tenants must keep the gate shut.", "It rained.")):
        (news / f"{n}.txt").write_text(words)
    rows = [{"id": str(n), "text": f"Keeper {n} must keep gate {n} shut."} for n in range(9)]
    (news / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    server = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment(),
    )
    try:
        subprocess.run([sys.executable, "-c", FILL, str(news)], env=environment(), check=True, timeout=120)
        yield news
    finally:
        server.kill()
        server.wait()


def lines(store: Path) -> list[str]:
    with open_graph(store) as view:
        return sorted(" ".join(row) for row in view.rows())


def test_a_bucket_is_built_into_a_bucket_resumed_and_loaded(bucket: Path, tmp_path: Path) -> None:
    command = ("build", "s3://corpus/news", "--out", "s3://corpus/shards", "--part-size", "50", "--jobs", "2")
    build = start(*command, cwd=tmp_path)
    wait_until(lambda: len(children(build.pid)) > 2, build)
    build.kill()
    end(build)
    code, said = run(*command, cwd=tmp_path)
    assert (code, "claims in 13 texts" in said, "wrote s3://corpus/shards" in said) == (0, True, True), said
    assert "13 of them were done before" in run(*command, cwd=tmp_path)[1]
    code, said = run("load", "s3://corpus/shards", "--store", tmp_path / "s", cwd=tmp_path)
    assert (code, "13 new" in said) == (0, True), said
    assert run("build", "news", "--store", tmp_path / "built", cwd=tmp_path)[0] == 0
    assert lines(tmp_path / "s") == lines(tmp_path / "built")
    assert any("#contradicts>" in line for line in lines(tmp_path / "s"))
    subprocess.run([sys.executable, "-c", GET, "shards", str(tmp_path / "copy")], env=environment(), check=True)
    found = content(tmp_path / "copy")
    assert {name.partition("/")[0] for name in found} == {"shards", "run.json", "failures.jsonl", "links.nq"}
    assert not any(b"canary" in data for data in found.values())


def test_what_is_not_in_a_bucket_is_one_line(bucket: Path, tmp_path: Path) -> None:
    for address, why in (
        ("s3://corpus/none.txt", "nothing of this name"),
        ("s3://nowhere/news", "nothing of this name"),
    ):
        code, said = run("build", address, "--out", tmp_path / "out", cwd=tmp_path)
        assert (code, why in said, len(said.splitlines())) == (3, True, 1), said
