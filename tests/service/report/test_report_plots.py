"""Plots that leave the page: whole by themselves, light, with words for those who cannot see them."""

from __future__ import annotations

import builtins
import re
import struct
from typing import Any
from xml.etree import ElementTree

import pytest
from report_samples import HOSTILE, article, claim, finding, revised, story

from service.report import plots as drawing
from service.report.plots import PlotError, plots, png
from service.report.safety import visible

SVG = "{http://www.w3.org/2000/svg}"


def drawn(run: tuple[Any, Any, Any]) -> list[drawing.Plot]:
    return list(plots(*run))


def test_each_contested_figure_has_one_named_after_it() -> None:
    (plot,) = drawn(story())
    assert re.fullmatch(r"china-exports-of-cars-vehicles-in-2023-f-apparent_conflict-c\w+", plot.name)
    words = [text.text for text in ElementTree.fromstring(plot.svg).iter(f"{SVG}text")]
    assert words[:2] == ["China’s exports of cars / vehicles in 2023", "4.91 million or 5.26 million?"]
    assert {"Ministry of Trade", "Vehicle Association", "what the words allow", "forecast"} <= set(words)


def test_it_has_a_title_and_says_in_words_what_it_shows() -> None:
    (plot,) = drawn(story())
    root = ElementTree.fromstring(plot.svg)
    named = {one.get("id"): one.text or "" for one in root}
    assert root.get("role") == "img"
    title, words = (root.get("aria-labelledby") or "").split()
    assert named[title] == "China’s exports of cars / vehicles in 2023: 4.91 million or 5.26 million?"
    assert "Vehicle Association: 5.26 million (the words allow 5.255 to 5.265 million)" in named[words]


def test_it_needs_nothing_from_elsewhere_and_its_colours_are_filled_in() -> None:
    plot, _ = drawn(revised())
    assert re.findall(r"(?:href|src)\s*=|url\(|@import|var\(", plot.svg) == []
    sheet = ElementTree.fromstring(plot.svg).find(f"{SVG}rect")
    assert sheet is not None
    assert sheet.get("class") == "sheet"
    assert ".sheet { fill: #fcfbf8; }" in plot.svg


def test_independent_voices_stand_below_the_claims() -> None:
    plot, _ = drawn(revised())
    words = [text.text for text in ElementTree.fromstring(plot.svg).iter(f"{SVG}text")]
    assert "Range of 2 independent voices" in words
    assert "how far independent voices reach, each counted once" in words


def test_revisions_have_a_picture_of_their_own() -> None:
    _, plot = drawn(revised())
    words = [text.text for text in ElementTree.fromstring(plot.svg).iter(f"{SVG}text")]
    assert plot.name.endswith("-revisions")
    assert words[:3] == ["China’s exports of cars in 2023", "How it was revised", "Ministry"]
    assert {"5.02 million", "20 Feb 2024 · +2.2%"} <= set(words)


def test_hostile_words_stay_words() -> None:
    one = article("a", f"{HOSTILE}\nsold 5 cars and 7 cars")
    claims = [
        claim(one, quote, value=value, source={"id": "s", "text": HOSTILE}) for quote, value in (("5", 5), ("7", 7))
    ]
    (plot,) = drawn(([one], claims, [finding("contradiction", *claims, explanation=HOSTILE)]))
    root = ElementTree.fromstring(plot.svg)
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        "svg", "title", "desc", "style", "rect", "text", "g", "line", "path", "circle",
    }  # fmt: skip
    assert visible(HOSTILE)[:20] in "".join(root.itertext())


def test_pixels() -> None:
    pytest.importorskip("resvg_py", reason="resvg-py is not installed: pip install 'claimgraph[plots]'")
    (plot,) = drawn(story())
    try:
        pixels = png(plot.svg)
    except PlotError as error:
        pytest.skip(str(error))
    assert pixels.startswith(b"\x89PNG\r\n")
    width, _ = struct.unpack(">II", pixels[16:24])
    assert width == 2 * int(ElementTree.fromstring(plot.svg).get("width") or 0)


def test_without_the_package_one_line_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def refuse(name: str, *rest: Any) -> Any:
        if name == "resvg_py":
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(PlotError, match=r"pip install 'claimgraph\[plots\]'"):
        png("<svg/>")


def test_without_a_font_one_line_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("resvg_py", reason="resvg-py is not installed: pip install 'claimgraph[plots]'")
    monkeypatch.setattr(drawing, "_has_letters", lambda: False)
    with pytest.raises(PlotError, match="needs a font"):
        png("<svg/>")
