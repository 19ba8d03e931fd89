"""A chart without a browser: the plain figure that Plotly draws, as SVG and as PNG.

    svg(figure, title=..., note=...) -> str      self-contained, text as text, no style, script or link in it
    png(figure, title=..., note=...) -> bytes    the same drawing, with our own fonts

`figure` is the dict of `figures.py` ({"data": [...], "layout": {...}}), so the picture on paper and the chart on the
page are of the same series. Drawn: scatter (lines, steps, dashes, markers, fills to the next line, to zero or to
itself), bars (grouped, stacked, overlaid, lying, with a base), lines and rectangles as shapes, annotations; axes of
dates, numbers and names. Anything else raises `NotDrawn`: a chart is whole, or the test of its page fails.
Words follow the language that is active, as those of the figure did when it was made.
"""

from core.charts.axes import NotDrawn
from core.charts.drawing import svg
from core.charts.pictures import png

__all__ = ["NotDrawn", "png", "svg"]
