"""A drawing as a picture of dots, without a browser; needs the extra `charts`."""

from __future__ import annotations

from onrecord.errors import Unavailable
from onrecord.export.charts.svg import FONTS, attribute

# Typefaces that have the signs of the charts (≥ ≈ −), so that no line is set in another one for the lack of a sign.
PICTURE_FONTS = "'Liberation Sans', Arial, Helvetica, 'DejaVu Sans', 'Segoe UI', 'Noto Sans', sans-serif"
INSTALL = "pip install 'onrecord[charts]'"


def as_png(svg: str, *, zoom: float = 2.0) -> bytes:
    """The PNG of a drawing that stands alone, `zoom` dots to a unit, in its light colours.

    Unavailable where the extra is missing, or no typeface is installed that words could be set in.
    """
    try:
        from resvg import render, usvg
    except ImportError as error:
        raise Unavailable(f"a PNG needs the extra charts: {INSTALL}; a file that ends in .svg needs nothing") from error
    options = usvg.Options.default()
    options.load_system_fonts()
    if not options.list_fonts():
        raise Unavailable("no typeface is installed, the picture would have no words; a file that ends in .svg will")
    tree = usvg.Tree.from_str(svg.replace(attribute(FONTS), attribute(PICTURE_FONTS)), options)
    wide, high = tree.int_size()
    size = (round(wide * zoom), round(high * zoom))
    return bytes(render(tree, (zoom, 0.0, 0.0, 0.0, zoom, 0.0), bg_size=size, bg_color=(255, 255, 255, 255)))
