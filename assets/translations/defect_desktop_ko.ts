<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko_KR" sourcelanguage="en">
<context>
    <name>Announcer</name>
    <message>
        <source>Let the present work finish first, or cancel it.</source>
        <translation>진행 중인 작업이 끝난 뒤에 다시 하거나, 작업을 취소하세요.</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) classified</source>
        <translation>
            <numerusform>사진 %n장 분류</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them in an earlier run</source>
        <translation>
            <numerusform>그중 %n장은 이전에 분류됨</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n need(s) a check</source>
        <translation>
            <numerusform>확인 필요 %n장</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>실패 %n장</numerusform>
        </translation>
    </message>
    <message>
        <source>Done: {parts}.</source>
        <translation>완료: {parts}</translation>
    </message>
    <message>
        <source>Stopped. What was done is saved; the rest can be done at any time.</source>
        <translation>중단했습니다. 지금까지의 결과는 저장되었으며, 나머지는 언제든지 이어서 할 수 있습니다.</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>이어서 하기</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) written to {file}.</source>
        <translation>
            <numerusform>{file}에 %n건을 저장했습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>폴더 열기</translation>
    </message>
</context>
<context>
    <name>Dialogs</name>
    <message>
        <source>Choose a folder of photos</source>
        <translation>사진 폴더 선택</translation>
    </message>
    <message>
        <source>Export the results</source>
        <translation>결과 내보내기</translation>
    </message>
    <message>
        <source>CSV files (*.csv)</source>
        <translation>CSV 파일 (*.csv)</translation>
    </message>
    <message>
        <source>defects {date}.csv</source>
        <translation>하자 목록 {date}.csv</translation>
    </message>
    <message>
        <source>Close the program?</source>
        <translation>프로그램을 닫을까요?</translation>
    </message>
    <message>
        <source>Photos are still being classified.</source>
        <translation>아직 사진을 분류하고 있습니다.</translation>
    </message>
    <message>
        <source>What is done is saved. Choose the same folder next time, and the rest is done then.</source>
        <translation>지금까지의 결과는 저장되어 있습니다. 다음에 같은 폴더를 선택하면 나머지를 이어서 분류합니다.</translation>
    </message>
    <message>
        <source>Stop and close</source>
        <translation>중단하고 닫기</translation>
    </message>
    <message>
        <source>Keep working</source>
        <translation>계속 작업</translation>
    </message>
</context>
<context>
    <name>DropOverlay</name>
    <message>
        <source>Drop to classify</source>
        <translation>여기에 놓으면 분류를 시작합니다</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>Show defects</source>
        <translation>하자 유형별 보기</translation>
    </message>
    <message>
        <source>All photos</source>
        <translation>전체 사진</translation>
    </message>
    <message>
        <source>Failed photos</source>
        <translation>분류 실패</translation>
    </message>
    <message>
        <source>Needs check only</source>
        <translation>확인 필요만</translation>
    </message>
    <message>
        <source>{shown} of {total} shown</source>
        <translation>{total}장 중 {shown}장 표시</translation>
    </message>
</context>
<context>
    <name>Header</name>
    <message>
        <source>Defect Desktop</source>
        <translation>Defect Desktop</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Defect Desktop</source>
        <translation>Defect Desktop</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>폴더 선택…</translation>
    </message>
    <message>
        <source>Export CSV…</source>
        <translation>CSV 내보내기…</translation>
    </message>
    <message>
        <source>Looking for photos and preparing the model…</source>
        <translation>사진을 찾고 모델을 준비하는 중…</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>중단하는 중…</translation>
    </message>
    <message>
        <source>Writing the CSV file…</source>
        <translation>CSV 파일을 저장하는 중…</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Close this message</source>
        <translation>알림 닫기</translation>
    </message>
</context>
<context>
    <name>PhotoPage</name>
    <message>
        <source>Back to the list</source>
        <translation>목록으로</translation>
    </message>
    <message>
        <source>Previous photo</source>
        <translation>이전 사진</translation>
    </message>
    <message>
        <source>Next photo</source>
        <translation>다음 사진</translation>
    </message>
</context>
<context>
    <name>PhotoView</name>
    <message>
        <source>Photo</source>
        <translation>사진</translation>
    </message>
    <message>
        <source>Opening the photo…</source>
        <translation>사진을 여는 중…</translation>
    </message>
    <message>
        <source>The photo cannot be shown.</source>
        <translation>사진을 표시할 수 없습니다.</translation>
    </message>
</context>
<context>
    <name>ProgressPanel</name>
    <message>
        <source>Progress</source>
        <translation>진행률</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
</context>
<context>
    <name>ResultsModel</name>
    <message>
        <source>Photo</source>
        <translation>사진</translation>
    </message>
    <message>
        <source>Defect</source>
        <translation>하자 유형</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>확신도</translation>
    </message>
    <message>
        <source>Agreement</source>
        <translation>모델 일치도</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>판정</translation>
    </message>
</context>
<context>
    <name>ResultsPage</name>
    <message>
        <source>No photo matches this choice.</source>
        <translation>조건에 맞는 사진이 없습니다.</translation>
    </message>
    <message>
        <source>Show all photos</source>
        <translation>전체 사진 보기</translation>
    </message>
</context>
<context>
    <name>ResultsTable</name>
    <message>
        <source>Results</source>
        <translation>분류 결과</translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message>
        <source>Drop a folder of photos here</source>
        <translation>사진 폴더를 여기에 끌어다 놓으세요</translation>
    </message>
    <message>
        <source>Choose a folder of photos, or drop folders or photos anywhere on this window.</source>
        <translation>사진 폴더를 선택하거나, 폴더 또는 사진을 이 창에 끌어다 놓습니다.</translation>
    </message>
    <message>
        <source>Every photo gets a defect class. The photos stay as they are, on this computer.</source>
        <translation>사진마다 하자 유형을 판정합니다. 원본 사진은 이 컴퓨터에 그대로 남습니다.</translation>
    </message>
    <message>
        <source>Look at the photos marked “Needs check”, then export the list as a CSV file.</source>
        <translation>‘확인 필요’로 표시된 사진을 직접 확인한 뒤, 목록을 CSV 파일로 내보냅니다.</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>Works offline. Photos stay on this computer, unchanged.</source>
        <translation>인터넷 없이 작동합니다. 사진은 외부로 전송되거나 변경되지 않습니다.</translation>
    </message>
    <message>
        <source>Model: {name} {version}</source>
        <translation>모델: {name} {version}</translation>
    </message>
    <message>
        <source>Computed by: {engine}, {device}</source>
        <translation>실행: {engine}, {device}</translation>
    </message>
</context>
<context>
    <name>VerdictPanel</name>
    <message>
        <source>The model said: {label}</source>
        <translation>모델의 판정: {label}</translation>
    </message>
    <message>
        <source>Agreement of the models: {share}</source>
        <translation>모델 일치도: {share}</translation>
    </message>
    <message>
        <source>Model: {name} {version}</source>
        <translation>모델: {name} {version}</translation>
    </message>
    <message>
        <source>Computed by: {engine}, {device}</source>
        <translation>실행: {engine}, {device}</translation>
    </message>
    <message>
        <source>Classified: {time}</source>
        <translation>분류 시각: {time}</translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message>
        <source>Failed</source>
        <translation>분류 실패</translation>
    </message>
    <message>
        <source>Needs check</source>
        <translation>확인 필요</translation>
    </message>
    <message>
        <source>Sure</source>
        <translation>확실</translation>
    </message>
    <message>
        <source>Set by a person</source>
        <translation>사람이 판정</translation>
    </message>
    <message>
        <source>{done} of {total} photos</source>
        <translation>{total}장 중 {done}장</translation>
    </message>
    <message>
        <source>{rate} photos/s</source>
        <translation>초당 {rate}장</translation>
    </message>
    <message>
        <source>a few seconds left</source>
        <translation>몇 초 남음</translation>
    </message>
    <message>
        <source>{s} s left</source>
        <translation>{s}초 남음</translation>
    </message>
    <message>
        <source>{m} min {s} s left</source>
        <translation>{m}분 {s}초 남음</translation>
    </message>
    <message>
        <source>{h} h {m} min left</source>
        <translation>{h}시간 {m}분 남음</translation>
    </message>
</context>
</TS>
