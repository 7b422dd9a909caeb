"""Converts a pack in a process of its own.

Importing torch holds the interpreter for up to half a second at a time, in which a window would not answer, and takes
half a gigabyte, which nothing needs once the graph is made.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
from multiprocessing.connection import Connection, wait

from defect_desktop.errors import DeviceError
from defect_desktop.vision.compiled_form import CompiledForm
from defect_desktop.vision.pack import Pack


def convert_apart(pack: Pack) -> CompiledForm:
    """The pack in single precision, as `conversion.convert` makes it: right here if torch is loaded already.

    Raises PackError where the weights cannot be used, DeviceError where the process dies, for want of memory above all.
    """
    if "torch" in sys.modules:
        return _convert(pack)
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(there, pack), daemon=True)
    process.start()
    there.close()  # else nobody would notice that the process has died
    try:
        # On Windows the pipe stays open where the process dies before it has taken over its end.
        if here not in wait([here, process.sentinel]):
            raise EOFError
        answer = here.recv()
    except EOFError as error:
        raise _died(pack) from error
    finally:
        process.terminate()  # it has answered, or is not waited for any more
        process.join()
    if isinstance(answer, Exception):
        raise answer
    form: CompiledForm = answer
    return form


def _work(answer: Connection, pack: Pack) -> None:
    """The life of the process. Ctrl-C is for its parent, which ends it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        answer.send(_convert(pack))
    except Exception as error:  # noqa: BLE001 - it is raised again in the parent
        answer.send(error)


def _convert(pack: Pack) -> CompiledForm:
    from defect_desktop.vision.conversion import convert

    return convert(pack)


def _died(pack: Pack) -> DeviceError:
    name = pack.card.name
    return DeviceError(
        ko=f"모델 팩 '{name}'을(를) 컴파일하던 프로세스가 중단되었습니다. 다른 프로그램을 닫고 다시 시도하거나 "
        "torch 엔진을 고르세요(설정 또는 --engine torch).",
        en=f"The process that compiled model pack '{name}' was ended; close other programs and try again, "
        "or choose the engine torch (Settings, or --engine torch).",
    )
