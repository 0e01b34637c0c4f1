#!/usr/bin/env python3
"""Draws the way from GitBook's documents to the client.

    docs/images/pipeline.py            # writes docs/images/pipeline.svg
    docs/images/pipeline.py --check    # fails if it is stale
"""

from picture import arrow, rect, svg, text, write

WIDTH, HEIGHT = 868, 388
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
    first, document, second, third = 66, 148, 244, 312
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
        text(LEFT, document + 44, "run by every build; its output is not committed", "small"),
        arrow([(730, document + BOX + 3), (730, 222), (80, 222), (80, second - 3)]),
        *row(LEFT, second, [
            (112, "box", "select", "enabled features"),
            (112, "box", "lower", "plain schemas"),
            (120, "box", "types", "structs and enums"),
        ]),
        *row(LEFT + 2 * (112 + GAP), third, [
            (120, "box", "progenitor", "methods, builders"),
            (140, "box", "rewrite", "calls, pages, streams"),
        ]),
        arrow([(226, second + BOX + 3), (226, third + BOX / 2), (316 - 3, third + BOX / 2)]),
        arrow([(436 + 3, second + BOX / 2), (644 - 3, second + BOX / 2)]),
        arrow([(610 + 3, third + BOX / 2), (644 - 3, third + BOX / 2)]),
        *box(644, second, 200, "file", "types.rs", "encoding, validation"),
        *box(644, third, 200, "file", "client.rs, builder.rs", "and operations.rs"),
    ]
    return svg(WIDTH, HEIGHT, "The pipeline from GitBook's documents to the Rust client", shapes)


if __name__ == "__main__":
    write({"pipeline.svg": picture()})
