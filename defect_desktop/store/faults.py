"""What SQLite reports as broken, locked or full, told to the user in a sentence: here and nowhere else."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from defect_desktop.core.printable import printable
from defect_desktop.errors import BusyError, ReplacedError, StoreError
from defect_desktop.language import Bilingual

PRIMARY_CODE = 0xFF
"""SQLite's extended result codes hold the kind of the fault in their lowest byte."""

LOCKED = Bilingual(
    ko="다른 프로그램이 결과 데이터베이스를 쓰고 있습니다: {path}. 그 프로그램을 닫고 다시 실행하세요.",
    en="Another program keeps the results database busy: {path}; close it and run again.",
)
READ_ONLY = Bilingual(
    ko="결과 데이터베이스에 쓸 수 없습니다: {path}. "
    "파일과 폴더의 쓰기 권한을 주거나 --data-dir로 다른 폴더를 고르세요.",
    en="The results database cannot be written: {path}; "
    "make the file and its folder writable, or choose another folder with --data-dir.",
)
DISK_ERROR = Bilingual(
    ko="결과 데이터베이스를 읽거나 쓰는 중에 저장 장치에 오류가 났습니다: {path}. "
    "연결과 남은 공간을 확인하거나 --data-dir로 이 컴퓨터의 폴더를 고르세요.",
    en="The drive failed while the results database was read or written: {path}; "
    "check its connection and its free space, or choose a folder on a local drive with --data-dir.",
)
DAMAGED = Bilingual(
    ko="결과 데이터베이스가 손상되었습니다: {path}. ‘설정’ 화면에서 백업으로 되돌리거나, "
    "파일을 다른 곳에 보관하고 새로 시작하세요.",
    en="The results database is damaged: {path}; "
    "restore a backup on the page “Settings”, or move the file aside and start anew.",
)
FULL = Bilingual(
    ko="디스크가 가득 차서 결과를 저장할 수 없습니다: {path}. 공간을 비우고 다시 실행하세요.",
    en="The disk is full and results cannot be saved: {path}; free some space and run again.",
)
CANNOT_OPEN = Bilingual(
    ko="결과 데이터베이스를 열거나 만들 수 없습니다: {path}. 폴더 권한을 확인하거나 --data-dir로 다른 폴더를 고르세요.",
    en="The results database cannot be opened or created: {path}; "
    "check the permissions of its folder, or choose another with --data-dir.",
)
FOREIGN = Bilingual(
    ko="이 프로그램의 결과 데이터베이스가 아닙니다: {path}. 파일을 옮기거나 --data-dir로 다른 폴더를 고르세요.",
    en="This file is not a results database of this program: {path}; "
    "move it away, or choose another folder with --data-dir.",
)
NEWER = Bilingual(
    ko="더 새로운 버전의 프로그램이 만든 결과 데이터베이스입니다: {path}. "
    "프로그램을 업데이트하거나 --data-dir로 다른 폴더를 고르세요.",
    en="A newer version of the program made this results database: {path}; "
    "update the program, or choose another folder with --data-dir.",
)
ABSENT = Bilingual(
    ko="아직 결과가 없습니다: {path}. 먼저 사진을 분류하세요.",
    en="There are no results yet: {path}; classify photos first.",
)
REPLACED = Bilingual(
    ko="작업 중에 결과 데이터베이스가 백업으로 되돌려졌습니다: {path}. 다시 실행하면 남은 사진을 이어서 분류합니다.",
    en="The results database was replaced by a backup in the midst of the work: {path}; "
    "run again to go on with the photos that are left.",
)
UNSEEN = Bilingual(
    ko="그사이 결과 데이터베이스가 백업으로 되돌려져 판단을 저장하지 않았습니다: {path}. "
    "새로 읽은 목록에서 사진을 다시 보고 판단하세요.",
    en="The results database was replaced by a backup meanwhile, and your decision was not saved: {path}; "
    "look at the photos again in the list that is read anew.",
)
NO_LONGER_DONE = Bilingual(
    ko="그사이 결과 데이터베이스가 백업으로 되돌려져 마지막 판단이 그 안에 없고, 아무것도 바꾸지 않았습니다: {path}. "
    "새로 읽은 목록에서 사진을 다시 확인하세요.",
    en="The results database was replaced by a backup meanwhile, which does not have the last decision; "
    "nothing was changed: {path}; look at the photos again in the list that is read anew.",
)
NO_LONGER_LISTED = Bilingual(
    ko="그사이 결과 데이터베이스가 백업으로 되돌려져 목록의 사진이 그 안에 없습니다: {path}. "
    "지금 있는 결과는 ‘기록’ 화면에서 내보내세요.",
    en="The results database was replaced by a backup meanwhile, and has no longer what is listed: {path}; "
    "export what it has now on the page “History”.",
)
NO_BACKUP = Bilingual(
    ko="백업 파일이 없습니다: {path}. 저장 장치의 연결을 확인하거나 다른 백업을 고르세요.",
    en="The backup does not exist: {path}; check that its drive is connected, or choose another backup.",
)
BACKUP_DAMAGED = Bilingual(
    ko="백업 파일이 손상되었습니다: {path}. 다른 백업을 고르세요. 지금의 데이터베이스는 그대로입니다.",
    en="The backup is damaged: {path}; choose another one. The present database is left as it is.",
)

_KINDS = {LOCKED: BusyError} | dict.fromkeys((REPLACED, UNSEEN, NO_LONGER_DONE, NO_LONGER_LISTED), ReplacedError)

_FAULTS: dict[int, Bilingual] = {
    sqlite3.SQLITE_PERM: READ_ONLY,
    sqlite3.SQLITE_BUSY: LOCKED,
    sqlite3.SQLITE_LOCKED: LOCKED,
    sqlite3.SQLITE_READONLY: READ_ONLY,
    sqlite3.SQLITE_IOERR: DISK_ERROR,
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_CANTOPEN: CANNOT_OPEN,
    sqlite3.SQLITE_PROTOCOL: LOCKED,
    sqlite3.SQLITE_NOTADB: FOREIGN,
}


def store_error(fault: Bilingual, path: Path) -> StoreError:
    """The error that tells of `fault`."""
    shown = printable(path)
    kind = _KINDS.get(fault, StoreError)
    return kind(ko=fault.ko.format(path=shown), en=fault.en.format(path=shown))


@contextmanager
def faults_told(path: Path) -> Iterator[None]:
    """Turns what the environment did to the database at `path` into StoreError; anything else is a bug and passes."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        reported = error.orig if isinstance(error, DBAPIError) else error
        code: int = getattr(reported, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
        fault = _FAULTS.get(code & PRIMARY_CODE)
        if fault is None:
            raise
        raise store_error(fault, path) from error
    except OSError as error:
        raise store_error(FULL if error.errno == errno.ENOSPC else CANNOT_OPEN, path) from error
