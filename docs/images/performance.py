#!/usr/bin/env python3
"""Draws the bar charts of docs/performance.md from the figures in docs/performance.json.

    docs/images/performance.py            # writes docs/images/performance-*.svg
    docs/images/performance.py --check    # fails if one is stale

Either way it fails if a figure is not in the table of docs/performance.md that it is taken from: `row`
is the first cell of its rows.
"""

import json
import sys

from picture import ROOT, rect, svg, text, write

WIDTH, MARGIN, GAP = 868, 24, 40
BAR, STEP = 16, 23


def shown(value, unit):
    """Returns a figure as the tables have it."""
    digits = f"{value:,}" if isinstance(value, int) else f"{value:,.1f}"
    return f"{digits} {unit}".strip()


def panel(x, y, width, found, scale, series):
    """Returns the bars of one panel, each with its figure behind it."""
    shapes = [text(x, y + 12, found["title"], "small")]
    y += 22
    for name, value in found["bars"].items():
        length = max(2, (width - 78) * value / scale)
        shapes.append(rect(x, y, length, BAR, series[name]["kind"], 2))
        label = shown(value, found["unit"])
        shapes.append(text(x + length + 7, y + 12.5, label))
        y += STEP
    return shapes


def legend(names, series):
    shapes, x = [], MARGIN
    for name in names:
        label = series[name]["label"]
        shapes += [rect(x, 62, 11, 11, series[name]["kind"], 2), text(x + 17, 72, label)]
        x += 17 + 7.4 * len(label) + 26
    return shapes


def chart(found, series):
    """Returns the picture of a chart: its panels in two columns, each with a scale of its own unless
    they have one in common."""
    panels = found["panels"]
    names = list(dict.fromkeys(name for panel in panels for name in panel["bars"]))
    largest = max(max(panel["bars"].values()) for panel in panels)
    shapes = [text(MARGIN, 28, found["title"], "title"), text(MARGIN, 46, found["note"], "small")]
    top = 62
    if len(names) > 1:
        shapes += legend(names, series)
        top = 90
    columns = 1 if "common_scale" in found else 2
    width = (WIDTH - 2 * MARGIN - GAP * (columns - 1)) / columns
    height = 22 + STEP * max(len(panel["bars"]) for panel in panels) + 12
    for index, one in enumerate(panels):
        x = MARGIN + (index % columns) * (width + GAP)
        y = top + (index // columns) * height
        scale = largest if "common_scale" in found else max(one["bars"].values())
        shapes += panel(x, y, width, one, scale, series)
    rows = -(-len(panels) // columns)
    return svg(WIDTH, top + rows * height + 4, found["title"], shapes)


def missing(data):
    """Returns the figures that are not in the tables."""
    page = (ROOT / "docs/performance.md").read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in line.strip("|\n").split("|")] for line in page.splitlines()
            if line.startswith("|")]
    for found in data["charts"]:
        for one in found["panels"]:
            figures = {shown(value, one["unit"]) for value in one["bars"].values()}
            cells = {cell for row in rows if row[0] == one["row"] for cell in row}
            if not figures <= cells:
                yield f"{one['row']}: {', '.join(sorted(figures - cells))}"


def main():
    data = json.loads((ROOT / "docs/performance.json").read_text(encoding="utf-8"))
    others = list(missing(data))
    if others:
        sys.exit("not in the tables of docs/performance.md:\n" + "\n".join(others))
    write({found["file"]: chart(found, data["series"]) for found in data["charts"]})


if __name__ == "__main__":
    main()
