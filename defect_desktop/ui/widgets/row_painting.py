"""What the rows of every list have in common: their ground, the photo at their side, and lines of text."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPixmap

from defect_desktop.ui.look import Look

MARK = 4
"""The bar beside a selected row, so that the selection is not only a tint."""
LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight

_ICON = 24


def paint_ground(painter: QPainter, place: QRect, look: Look, *, selected: bool, marked: bool = True) -> None:
    """Paints the line below the row, and what is behind a selected one; of its cells the first is `marked`."""
    theme = look.theme
    if selected:
        painter.fillRect(place, theme.colour("selection"))
        if marked:
            painter.fillRect(place.left(), place.top(), MARK, place.height(), theme.colour("accent"))
    painter.fillRect(place.left(), place.bottom(), place.width(), 1, theme.colour("border"))


def paint_thumbnail(painter: QPainter, frame: QRect, look: Look, pixmap: QPixmap | None) -> None:
    """Paints a photo into the middle of its frame: None is one that is still on its way, a null one has no picture."""
    theme = look.theme
    painter.fillRect(frame, theme.colour("surface_raised"))
    if pixmap is None:
        return
    if pixmap.isNull():
        ratio = painter.device().devicePixelRatioF()
        pixmap = look.icons.pixmap("no_photo", theme.colour("text_muted"), _ICON, ratio)
    size = pixmap.deviceIndependentSize().toSize()
    painter.drawPixmap(frame.center() - QRect(0, 0, *size.toTuple()).center(), pixmap)


def paint_line(
    painter: QPainter,
    place: QRect,
    look: Look,
    text: str,
    font: QFont,
    role: str,
    *,
    alignment: Qt.AlignmentFlag = LEFT,
    elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> None:
    """Paints one line in the colour of `role`, with dots for what does not fit; a file's name may have line breaks."""
    line = " ".join(text.splitlines())
    painter.setFont(font)
    painter.setPen(look.theme.colour(role))
    painter.drawText(place, alignment, QFontMetrics(font).elidedText(line, elide, place.width()))
