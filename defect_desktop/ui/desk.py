"""Short errands beside the window, questions to the database above all: one thread, one errand after another.

What is done is done in order, and nothing of it is left out. A question is only worth its newest answer: one that was
asked again meanwhile is not put, or its answer not told.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

from PySide6.QtCore import QObject, QThreadPool, QTimer, Signal
from shiboken6 import isValid

T = TypeVar("T")

_REST_MS = 20
"""What asks for an errand, or hears of its end, has things to lay out and to paint now. An errand that began at once
would share the interpreter with that, and the window would answer twice as late."""


class _Errand(NamedTuple):
    call: Callable[[], Any]
    then: Callable[[Any], None] | None
    topic: str | None
    otherwise: Callable[[Exception], None] | None = None


class Desk(QObject):
    """Runs errands in a thread of its own; whoever gave one hears of it in the thread that made the desk.

    `failed` brings the exception of an errand that raised one, unless the errand came with an `otherwise` for it; its
    `then` is not called. `idle` says that nothing waits any more.
    """

    failed = Signal(object)
    idle = Signal()
    _over = Signal(object, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: deque[_Errand] = deque()
        self._newest: dict[str, _Errand] = {}
        self._busy = False
        self._unheard: Exception | None = None
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._start_next)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._over.connect(self._receive)

    @property
    def busy(self) -> bool:
        """Whether an errand is under way or waits."""
        return self._busy or bool(self._waiting)

    def do(
        self,
        call: Callable[[], T],
        then: Callable[[T], None] | None = None,
        otherwise: Callable[[Exception], None] | None = None,
    ) -> None:
        """Runs `call`, after everything that was asked for before, and hands what it returns to `then`.

        What it raises goes to `otherwise`, where there is one.
        """
        self._add(_Errand(call, then, None, otherwise))

    def ask(self, topic: str, call: Callable[[], T], then: Callable[[T], None]) -> None:
        """Like `do`, but forgets what was asked about the same topic before."""
        before = self._newest.get(topic)
        if before is not None and before in self._waiting:
            self._waiting.remove(before)
        errand = self._newest[topic] = _Errand(call, then, topic)
        self._add(errand)

    def close(self) -> None:
        """Finishes what is to be done, and blocks until the thread is free.

        Nobody hears of it any more. Only `failed` brings what an errand raised, one with an `otherwise` too, and the
        others are done all the same.
        """
        self._over.disconnect(self._receive)
        self._pool.waitForDone()
        self._tell_unheard(self._unheard)  # of the errand whose end was not received
        while self._waiting:
            errand = self._waiting.popleft()
            if errand.topic is None:
                self._tell_unheard(_carry_out(errand)[1])
        self._rest.stop()

    def _tell_unheard(self, error: Exception | None) -> None:
        if error is not None:
            self.failed.emit(error)

    def _add(self, errand: _Errand) -> None:
        self._waiting.append(errand)
        if not self._rest.isActive():
            self._rest.start()

    def _start_next(self) -> None:
        if not self._busy and self._waiting:
            errand = self._waiting.popleft()
            self._busy = True
            self._pool.start(lambda: self._run(errand))

    def _run(self, errand: _Errand) -> None:
        """In the pool's thread."""
        result, error = _carry_out(errand)
        self._unheard = error if errand.topic is None else None
        self._over.emit(errand, result, error)

    def _receive(self, errand: _Errand, result: object, error: Exception | None) -> None:
        self._busy, self._unheard = False, None
        if self._waiting:
            self._rest.start()
        if errand.topic is None or self._newest.get(errand.topic) is errand:
            if error is not None:
                (errand.otherwise or self.failed.emit)(error)
            elif errand.then is not None and not _is_gone(errand.then):
                errand.then(result)
        if not self.busy:
            self.idle.emit()


def _carry_out(errand: _Errand) -> tuple[object, Exception | None]:
    """What it returns, and what it raises."""
    try:
        return errand.call(), None
    except Exception as raised:  # noqa: BLE001 - whoever listens to `failed` reports it
        return None, raised


def _is_gone(then: Callable[[Any], None]) -> bool:
    """Whether it belongs to a widget that was thrown away meanwhile, as a sheet is when it is closed."""
    owner = getattr(then, "__self__", None)
    return isinstance(owner, QObject) and not isValid(owner)
