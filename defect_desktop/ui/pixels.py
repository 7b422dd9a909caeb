"""Qt's pictures as the pixels that the rest of the program knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QImage, QPainter

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def rgb_pixels(picture: QImage) -> NDArray[np.uint8]:
    """A picture as RGB, (H, W, 3); a copy. What is transparent turns out as it would on white paper."""
    opaque = picture
    if picture.hasAlphaChannel():
        opaque = QImage(picture.size(), QImage.Format.Format_RGB888)
        opaque.fill(0xFFFFFFFF)
        painter = QPainter(opaque)
        painter.drawImage(0, 0, picture)
        painter.end()
    import numpy as np  # not before a picture is pasted: the window is on the screen before numpy is loaded

    rgb = opaque.convertToFormat(QImage.Format.Format_RGB888)
    lines = np.frombuffer(rgb.constBits(), np.uint8).reshape(rgb.height(), rgb.bytesPerLine())
    return lines[:, : 3 * rgb.width()].reshape(rgb.height(), rgb.width(), 3).copy()
