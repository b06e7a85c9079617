"""The picture on the README's first screen is a screenshot of the committed page as it is now."""

from __future__ import annotations

import base64
import importlib.util
from pathlib import Path
from typing import Any

from conftest import ROOT

# Both pictures in grey at 120 x 70 pixels: the mean difference, from 0 to 255. Another system's fonts move letters,
# another page moves panes and boxes.
DIFFERENCE = """(pictures) => Promise.all(pictures.map((data) => new Promise((done) => {
    const image = new Image();
    image.onload = () => {
        const canvas = document.createElement('canvas'); canvas.width = 120; canvas.height = 70;
        const pen = canvas.getContext('2d'); pen.imageSmoothingQuality = 'high'; pen.drawImage(image, 0, 0, 120, 70);
        const all = pen.getImageData(0, 0, 120, 70).data, grey = [];
        for (let i = 0; i < all.length; i += 4) grey.push((all[i] + all[i + 1] + all[i + 2]) / 3);
        done([image.width, image.height, grey]);
    };
    image.src = 'data:image/png;base64,' + data;
}))).then(([a, b]) => [
    a.slice(0, 2), b.slice(0, 2), a[2].reduce((sum, v, i) => sum + Math.abs(v - b[2][i]), 0) / a[2].length,
])"""


def test_readme_picture_is_the_page(browser: Any, tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("picture", ROOT / "graphs" / "picture.py")
    assert spec is not None
    assert spec.loader is not None
    picture = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(picture)
    picture.take(browser, tmp_path / "now.png")
    committed = ROOT / "graphs" / "flood" / "view.png"
    assert "graphs/flood/view.png" in (ROOT / "README.md").read_text(encoding="utf-8").split("```")[0]
    page = browser.new_context().new_page()
    data = [base64.b64encode(path.read_bytes()).decode() for path in (committed, tmp_path / "now.png")]
    before, now, difference = page.evaluate(DIFFERENCE, data)
    page.context.close()
    assert before == now == [picture.SIZE["width"], picture.SIZE["height"]]
    assert difference < 6, "`python graphs/picture.py` takes it anew, if the change is meant"
