"""Renders a report as one HTML file that needs nothing beside it: no network, no folder of pictures, no script.

The templates lie in `assets/templates` and extend `base.html`. In them `t(ko, en)` is the text in the language of the
system; a `Bilingual` value needs no help, because its `str()` is that text already.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from defect_desktop import __version__
from defect_desktop.language import Bilingual, system_language
from defect_desktop.training.report.fonts import font_faces

_FONTS = "/* fonts */"
"""Where `base.html` wants the fonts: they are cut to the characters of the finished page, so they come last."""


def render_page(assets: Path, template: str, title: Bilingual, **context: object) -> str:
    """The page that `template`, a file name in `assets/templates`, makes of `context`; texts in the system's language.

    Everything in `context` is escaped, but for `Markup` (what `charts` gives). A name that the template uses and
    `context` lacks raises jinja2.UndefinedError.
    """
    environment = Environment(
        loader=FileSystemLoader(assets / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {
        "t": lambda ko, en: str(Bilingual(ko=ko, en=en)),
        "language": system_language().value,
        "written_at": datetime.now().astimezone(),
        "program_version": __version__,
    }
    environment.filters |= {"share": share, "score": score, "count": count}
    page = environment.get_template(template).render(title=title, **context)
    return page.replace(_FONTS, font_faces(assets, page), 1)


def share(value: float) -> str:
    """A share from 0 to 1 as a percentage with one decimal."""
    return f"{value:.1%}"


def score(value: float) -> str:
    """A score such as an F1, with three decimals."""
    return f"{value:.3f}"


def count(value: int) -> str:
    """A count with its thousands apart."""
    return f"{value:,}"
