"""How the program is used, in words."""

from __future__ import annotations

from defect_desktop.language import Bilingual

HOW_TO: tuple[Bilingual, ...] = (
    Bilingual(
        "위치를 고릅니다. 현장, 동, 호, 실, 부위, 공종을 한 번 고르면 다음 사진에도 이어집니다.",
        "Choose the place: project, building, unit, room, part, trade. It stays for the photos that follow.",
    ),
    Bilingual(
        "사진을 찍거나 폴더를 고릅니다. 사진은 이 컴퓨터에만 있고 바뀌지 않습니다.",
        "Take photos, or choose a folder. Photos stay on this computer, unchanged.",
    ),
    Bilingual(
        "흐리거나 어둡다는 표시가 뜨면 그 방을 나가기 전에 다시 찍습니다.",
        "Where a photo is called blurred or dark, take it again while you are still in the room.",
    ),
    Bilingual(
        "검토에서 '확인 필요' 사진부터 봅니다. 맞으면 승인하고, 아니면 하자를 고쳐 고릅니다.",
        "In Review, look at “Needs check” first. Accept what is right; choose the defect where it is not.",
    ),
    Bilingual(
        "기록에서 동, 호, 하자로 좁혀 찾고, 개수를 그래프로 봅니다.",
        "In History, narrow by building, unit or defect, and see the counts as charts.",
    ),
    Bilingual(
        "보이는 그대로 CSV로 내보냅니다. 엑셀에서 바로 열립니다.",
        "Export what you see as CSV; Excel opens it at once.",
    ),
)
"""How to use the program, in six steps."""


KEYS: tuple[tuple[str, Bilingual], ...] = (
    ("Ctrl+1 … 7", Bilingual("화면 바꾸기", "Go to a page")),
    ("F1", Bilingual("이 도움말", "This help")),
    ("Ctrl+O", Bilingual("폴더 선택", "Choose a folder")),
    ("Ctrl+Shift+O", Bilingual("폴더 감시", "Watch a folder")),
    ("Ctrl+V", Bilingual("복사한 사진이나 폴더 붙여넣기", "Paste copied photos, folders or a picture")),
    ("Ctrl+S", Bilingual("결과를 CSV로 내보내기", "Export the results as CSV")),
    ("Ctrl+F", Bilingual("기록에서 찾기", "Search the history")),
    ("Tab, ← →, Space", Bilingual("결과: 제목 줄에서 열을 골라 정렬", "Results: choose a column's title, sort by it")),
    ("← →", Bilingual("이전 사진, 다음 사진", "Previous photo, next photo")),
    ("Esc", Bilingual("뒤로", "Back")),
    ("Space", Bilingual("카메라: 사진 찍기(음량 버튼으로도)", "Camera: take a photo, as the volume keys do")),
    ("1 … 9, 0", Bilingual("검토: 번호가 붙은 하자 고르기", "Review: choose the numbered defect")),
    ("Enter", Bilingual("검토: 승인. 기록: 크게 보기", "Review: accept. History: show large")),
    ("N, T", Bilingual("검토: 하자 아님, 판단 불가", "Review: not a defect, cannot tell")),
    ("W, B", Bilingual("검토: 판단 근거, 한꺼번에 승인", "Review: why, accept many")),
    ("R", Bilingual("크게 본 사진: 검토에서 열기", "A large photo: open it in review")),
    ("Ctrl+Z, Ctrl+Y", Bilingual("검토: 실행 취소, 다시 실행", "Review: undo, redo")),
)
"""Keys that are worth knowing."""
