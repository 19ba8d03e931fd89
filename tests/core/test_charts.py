"""Charts drawn without a browser: every number lands where the axes say, and no word becomes markup."""

from struct import unpack
from xml.etree import ElementTree

from django.utils import translation
import pytest

from core import charts
from core.charts.axes import axis
from core.charts.words import lines, width

SVG = "{http://www.w3.org/2000/svg}"
SIZE = (600, 300)


def drawn(*traces, **layout):
    return ElementTree.fromstring(charts.svg({"data": list(traces), "layout": layout}, size=SIZE))


def line(x, y, **more):
    return {"type": "scatter", "mode": "lines", "x": x, "y": y, "line": {"color": "#123456"}} | more


def points(root, colour="#123456"):
    """The corners of every line of one colour, one list for each run without a gap."""
    paths = [one.get("d") for one in root.iter(f"{SVG}path") if colour in (one.get("stroke"), one.get("fill"))]
    return [[tuple(map(float, spot.split())) for spot in path.strip("MZ").split("L")] for path in paths]


def bars(root, colour):
    return [
        {name: float(one.get(name)) for name in ("x", "y", "width", "height")}
        for one in root.iter(f"{SVG}rect")
        if one.get("fill") == colour
    ]


def words(root):
    return [one.text for one in root.iter(f"{SVG}text")]


def test_points_stand_where_their_numbers_say():
    (run,) = points(drawn(line([0, 5, 10], [0, 50, 25]), xaxis={"range": [0, 10]}, yaxis={"range": [0, 100]}))
    (x0, y0), (x1, y1), (x2, y2) = run

    assert x1 - x0 == pytest.approx((x2 - x0) / 2, abs=0.1)
    assert y0 - y2 == pytest.approx((y0 - y1) / 2, abs=0.1)


def test_a_missing_value_is_a_gap_and_never_a_zero():
    runs = points(drawn(line(["2026-01-01", "2026-02-01", "2026-03-01", "2026-04-01"], [1, 2, None, 4])))

    assert [len(run) for run in runs] == [2, 1]


def test_a_step_holds_until_the_next_day():
    (run,) = points(drawn(line(["2026-01-01", "2026-02-01"], [1, 2], line={"color": "#123456", "shape": "hv"})))

    assert run[1] == (run[2][0], run[0][1])


def test_a_band_is_closed_along_the_line_before_it():
    low = line([0, 10], [1, 2], line={"width": 0})
    high = line([0, 10], [3, 4], line={"width": 0}, fill="tonexty", fillcolor="#abcdef")
    (band,) = points(drawn(low, high, yaxis={"range": [0, 4]}), "#abcdef")

    tops, feet = band[:2], band[2:]
    assert [x for x, _y in feet] == [x for x, _y in reversed(tops)]
    assert feet[1][1] - tops[0][1] == pytest.approx(feet[0][1] - tops[1][1], abs=0.1)


@pytest.mark.parametrize(("mode", "overlapping"), [("stack", False), ("group", True)])
def test_bars_stand_upon_or_beside_each_other(mode, overlapping):
    first = {"type": "bar", "x": ["a", "b"], "y": [2, 4], "marker": {"color": "#111111"}}
    second = {"type": "bar", "x": ["a", "b"], "y": [6, 0], "marker": {"color": "#222222"}}
    root = drawn(first, second, barmode=mode)
    low, high = bars(root, "#111111"), bars(root, "#222222")

    assert high[0]["height"] == pytest.approx(3 * low[0]["height"], rel=0.01)
    assert low[1]["height"] == pytest.approx(2 * low[0]["height"], rel=0.01)
    same_floor = high[0]["y"] + high[0]["height"] == pytest.approx(low[0]["y"] + low[0]["height"], abs=0.1)
    assert same_floor == overlapping
    assert (high[0]["x"] == pytest.approx(low[0]["x"], abs=0.1)) != overlapping


def test_a_lying_bar_begins_at_its_base():
    root = drawn(
        {"type": "bar", "orientation": "h", "y": ["1. Receive", "2. Check"], "base": [0, 3], "x": [3, 6]}
        | {"marker": {"color": "#111111"}},
        yaxis={"autorange": "reversed", "type": "category"},
    )
    first, second = bars(root, "#111111")

    assert second["x"] == pytest.approx(first["x"] + first["width"], abs=0.1)
    assert second["width"] == pytest.approx(2 * first["width"], rel=0.01)
    assert second["y"] > first["y"]


def test_target_lines_and_today_stand_on_their_numbers():
    root = drawn(
        line(["2026-01-01", "2027-01-01"], [0, 100]),
        shapes=[
            {"type": "line", "x0": "2026-07-02", "x1": "2026-07-02", "yref": "paper", "y0": 0, "y1": 1}
            | {"line": {"color": "#c8102e"}}
        ],
    )
    (today,) = [one for one in root.iter(f"{SVG}line") if one.get("stroke") == "#c8102e"]
    (run,) = points(root)

    assert float(today.get("x1")) == pytest.approx((run[0][0] + run[1][0]) / 2, abs=1)


@pytest.mark.parametrize(
    ("language", "first"), [("en", "Jan 2026"), ("zh-hant", "2026年1月"), ("zh-hans", "2026年1月")]
)
def test_months_are_written_as_the_reader_writes_them(language, first):
    with translation.override(language):
        ticks = axis({"range": ["2026-01-01", "2026-06-30"]}, ["2026-01-01"]).ticks

    assert (ticks[0].words, len(ticks)) == (first, 6)


@pytest.mark.parametrize(
    ("high", "expected"), [(7, ["0", "1", "2"]), (3_000_000, ["0", "500,000"]), (0.3, ["0.00", "0.05"])]
)
def test_numbers_along_an_axis_are_round_and_have_thousands(high, expected):
    ticks = axis({"range": [0, high]}, [0]).ticks

    assert [tick.words for tick in ticks[: len(expected)]] == expected
    assert len(ticks) <= 9


@pytest.mark.parametrize("across", range(560, 640, 8))
@pytest.mark.parametrize("high", [13, 130, 13_000])
def test_a_number_beside_an_axis_is_never_cut_short(across, high):
    """Its room is measured by the widest of them, and a rounding is no reason to lose one."""
    svg = charts.svg({"data": [line([1, 2], [8, high])], "layout": {}}, size=(across, 300))

    assert not any("…" in one for one in words(ElementTree.fromstring(svg)))


def test_words_are_words_whatever_they_say():
    payload = '</text><script>alert("1")</script>'
    root = ElementTree.fromstring(
        charts.svg({"data": [line([payload, "R&amp;D"], [1, 2], name=payload)]}, title=payload, note=payload)
    )

    assert not list(root.iter(f"{SVG}script"))
    assert root.get("aria-label") == payload
    assert "R&D" in words(root)


def test_long_words_are_broken_between_chinese_characters_and_cut_beside_an_axis():
    assert lines("人工智能提升效能小組", 60, 12) == ["人工智能提", "升效能小組"]
    assert lines("one two three", width("one two"), 12) == ["one two", "three"]
    root = drawn({"type": "bar", "orientation": "h", "y": ["長" * 80], "x": [1]})
    assert any(one.endswith("…") for one in words(root))


@pytest.mark.parametrize(
    "trace", [{"type": "pie"}, line([0], [1], fill="tonextx"), line([0, 1], [1, 2], line={"shape": "vhv"})]
)
def test_a_mark_that_cannot_be_drawn_is_refused_and_not_left_out(trace):
    with pytest.raises(charts.NotDrawn):
        charts.svg({"data": [{"x": [0], "y": [0]} | trace]})


def test_the_png_is_the_same_drawing_at_twice_its_size_and_the_same_each_time():
    figure = {"data": [line(["甲", "计", "衞"], [1, 2, 3], name="使用中")], "layout": {}}

    first, second = (charts.png(figure, title="計劃", size=SIZE) for _again in range(2))

    assert first == second
    assert first.startswith(b"\x89PNG")
    across, _tall = unpack(">II", first[16:24])
    assert across == 2 * SIZE[0]
