"""Text and shapes of an SVG that is readable in light and dark surroundings, and how it is written."""

import sys
from html import escape
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent

# A page that embeds the picture may be lighter or darker than the system's preference, so the picture
# has a background of its own.
STYLE = """
  .ground { fill: #ffffff; stroke: #d0d7de }
  text { font: 13px system-ui, -apple-system, "Segoe UI", Helvetica, Arial, sans-serif; fill: #1f2328 }
  .title { font-weight: 600 }
  .small { font-size: 11.5px; fill: #59636e }
  .box { fill: #f6f8fa; stroke: #8c959f }
  .file { fill: #ddf4ff; stroke: #0969da }
  .ours { fill: #0969da }
  .first { fill: #8c959f }
  .second { fill: #bf8700 }
  .line { stroke: #59636e; fill: none }
  .head { fill: #59636e }
  @media (prefers-color-scheme: dark) {
    .ground { fill: #0d1117; stroke: #3d444d }
    text { fill: #f0f6fc }
    .small { fill: #9198a1 }
    .box { fill: #212830; stroke: #656c76 }
    .file { fill: #0c2d6b; stroke: #4493f8 }
    .ours { fill: #4493f8 }
    .first { fill: #7d8590 }
    .second { fill: #d29922 }
    .line { stroke: #9198a1 }
    .head { fill: #9198a1 }
  }
"""


def text(x, y, content, kind="", anchor="start"):
    kind = f' class="{kind}"' if kind else ""
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}"{kind}>{escape(content)}</text>'


def rect(x, y, width, height, kind, radius=0):
    return (f'<rect class="{kind}" x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}"'
            f' rx="{radius:g}"/>')


def arrow(points):
    """A line through these points, with a head at its end. The last part is horizontal or vertical."""
    path = " L".join(f"{x:g} {y:g}" for x, y in points)
    (x0, y0), (x, y) = points[-2:]
    if y0 == y:
        back = 6 if x > x0 else -6
        head = f"{x:g},{y:g} {x - back:g},{y - 4:g} {x - back:g},{y + 4:g}"
    else:
        back = 6 if y > y0 else -6
        head = f"{x:g},{y:g} {x - 4:g},{y - back:g} {x + 4:g},{y - back:g}"
    return f'<path class="line" d="M{path}"/><polygon class="head" points="{head}"/>'


def svg(width, height, description, shapes):
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}"'
        f' width="{width:g}" height="{height:g}" role="img">',
        f"<title>{escape(description)}</title>",
        f"<style>{STYLE}</style>",
        rect(0.5, 0.5, width - 1, height - 1, "ground", 6),
        *shapes,
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def write(pictures):
    """Writes the pictures, by file name; with `--check`, fails if a file is not what it should be."""
    stale = []
    for name, content in pictures.items():
        path = HERE / name
        if path.exists() and path.read_text(encoding="utf-8") == content:
            continue
        if "--check" in sys.argv:
            stale.append(name)
        else:
            path.write_bytes(content.encode())
            print(f"wrote docs/images/{name}")
    if stale:
        sys.exit(f"stale: {', '.join(stale)}; run docs/images/{Path(sys.argv[0]).name}")
