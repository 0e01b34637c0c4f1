#!/usr/bin/env python3
"""Draws the way from GitBook's documents to the client.

    docs/images/pipeline.py            # writes docs/images/pipeline.svg
    docs/images/pipeline.py --check    # fails if it is stale
"""

from picture import arrow, rect, svg, text, write

WIDTH, HEIGHT = 868, 396
LEFT, GAP, BOX = 24, 34, 52


def box(x, y, width, kind, title, note):
    return [
        rect(x, y, width, BOX, kind, 6),
        text(x + width / 2, y + 22, title, "title", "middle"),
        text(x + width / 2, y + 40, note, "small", "middle"),
    ]


def row(x, y, boxes):
    """Boxes from left to right, with arrows between them."""
    shapes = []
    for index, (width, kind, title, note) in enumerate(boxes):
        if index:
            shapes.append(arrow([(x - GAP + 3, y + BOX / 2), (x - 3, y + BOX / 2)]))
        shapes += box(x, y, width, kind, title, note)
        x += width + GAP
    return shapes


def picture():
    first, document, second, third = 66, 148, 244, 320
    shapes = [
        text(LEFT, 30, "cargo xtask", "title"),
        text(LEFT, 48, "run by maintainers, who commit the results", "small"),
        *row(LEFT, first, [
            (112, "file", "sources", "in sources.toml"),
            (86, "box", "fetch", "download"),
            (112, "file", "fragments", "YAML files"),
            (112, "box", "normalize", "3.1 to 3.0.3"),
            (104, "box", "merge", "later one wins"),
            (124, "box", "overlay", "corrections"),
        ]),
        arrow([(782, first + BOX + 3), (782, document - 3)]),
        *box(616, document, 228, "file", "spec/openapi.yaml", "one document, OpenAPI 3.0.3"),
        text(LEFT, document + 26, "build.rs", "title"),
        text(LEFT, document + 44, "run by builds of the repository; packages have its output", "small"),
        arrow([(730, document + BOX + 3), (730, 222), (86, 222), (86, second - 3)]),
        *row(LEFT, second, [
            (124, "box", "syntax", "read once"),
            (104, "box", "lower", "plain shapes"),
            (136, "box", "model", "types, operations"),
            (96, "box", "emit", "Rust code"),
            (224, "file", "types.rs, client.rs, ...", "one file for each set of features"),
        ]),
        *box(320, third, 136, "box", "progenitor", "methods, builders"),
        arrow([(388, second + BOX + 3), (388, third - 3)]),
        arrow([(456 + 3, third + BOX / 2), (538, third + BOX / 2), (538, second + BOX + 3)]),
    ]
    return svg(WIDTH, HEIGHT, "The pipeline from GitBook's documents to the Rust client", shapes)


if __name__ == "__main__":
    write({"pipeline.svg": picture()})
