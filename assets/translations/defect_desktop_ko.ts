<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko_KR" sourcelanguage="en">
<context>
    <name>AboutSection</name>
    <message>
        <source>About</source>
        <translation>정보</translation>
    </message>
    <message>
        <source>Defect Desktop {version}</source>
        <translation>Defect Desktop {version}</translation>
    </message>
    <message>
        <source>Licence: Apache-2.0. The program works offline; photos stay on this computer.</source>
        <translation>라이선스: Apache-2.0. 인터넷 없이 작동하며, 사진은 이 컴퓨터에만 있습니다.</translation>
    </message>
    <message>
        <source>Licences of what it is made of…</source>
        <translation>사용한 구성 요소의 라이선스…</translation>
    </message>
    <message>
        <source>Save a diagnostic file…</source>
        <translation>진단 파일 저장…</translation>
    </message>
    <message>
        <source>A diagnostic file holds logs, versions and settings, but no photos, no paths of photos and no names.</source>
        <translation>진단 파일에는 로그, 버전, 설정이 들어 있고 사진, 사진 경로, 이름은 들어 있지 않습니다.</translation>
    </message>
    <message>
        <source>Licences</source>
        <translation>라이선스</translation>
    </message>
</context>
<context>
    <name>Announcer</name>
    <message numerus="yes">
        <source>%n photo(s) added to those that wait.</source>
        <translation>
            <numerusform>사진 %n장을 대기열에 추가했습니다.</numerusform>
        </translation>
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
        <source>%n the same as another</source>
        <translation>
            <numerusform>%n장은 다른 사진과 같음</numerusform>
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
            <numerusform>%n건을 {file}에 저장했습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>폴더 열기</translation>
    </message>
</context>
<context>
    <name>AnyDefectSheet</name>
    <message>
        <source>All defects</source>
        <translation>모든 하자</translation>
    </message>
    <message>
        <source>Search in Korean or English</source>
        <translation>한글 또는 영문으로 검색</translation>
    </message>
</context>
<context>
    <name>AppearanceSection</name>
    <message>
        <source>Appearance</source>
        <translation>화면</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>언어</translation>
    </message>
    <message>
        <source>System</source>
        <translation>시스템</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>색상</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>시스템 설정</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>밝게</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>어둡게</translation>
    </message>
    <message>
        <source>Size of the text</source>
        <translation>글자 크기</translation>
    </message>
</context>
<context>
    <name>Asking</name>
    <message numerus="yes">
        <source>Where were %n photo(s) taken?</source>
        <translation>
            <numerusform>사진 %n장의 촬영 위치</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BackupsSection</name>
    <message>
        <source>Data and backups</source>
        <translation>데이터와 백업</translation>
    </message>
    <message>
        <source>Open the data folder</source>
        <translation>데이터 폴더 열기</translation>
    </message>
    <message>
        <source>Results, reviews and settings are kept in {folder}.</source>
        <translation>결과, 검토, 설정은 {folder}에 저장됩니다.</translation>
    </message>
    <message>
        <source>A backup is made every day, and before an update or a restore; of each kind the last five are kept.</source>
        <translation>매일, 그리고 업데이트나 복원 전에 백업합니다. 종류별로 최근 5개씩 보관합니다.</translation>
    </message>
    <message>
        <source>Back up now</source>
        <translation>지금 백업</translation>
    </message>
    <message>
        <source>Backups</source>
        <translation>백업 목록</translation>
    </message>
    <message>
        <source>Restore this backup…</source>
        <translation>이 백업으로 복원…</translation>
    </message>
    <message>
        <source>The backup is made.</source>
        <translation>백업했습니다.</translation>
    </message>
    <message>
        <source>There is nothing to back up yet.</source>
        <translation>아직 백업할 것이 없습니다.</translation>
    </message>
    <message>
        <source>The backup is restored.</source>
        <translation>백업으로 복원했습니다.</translation>
    </message>
    <message>
        <source>The backup is restored. The damaged database is kept as {file}.</source>
        <translation>백업으로 복원했습니다. 손상된 데이터베이스는 {file}에 보관했습니다.</translation>
    </message>
    <message>
        <source>The backup is restored. What was there before is kept as a backup too.</source>
        <translation>백업으로 복원했습니다. 복원 전의 데이터도 보관되어 있습니다.</translation>
    </message>
</context>
<context>
    <name>BarsModel</name>
    <message>
        <source>Place not known</source>
        <translation>위치를 모름</translation>
    </message>
</context>
<context>
    <name>BrokenPage</name>
    <message>
        <source>This page cannot be shown. The other pages work as before.</source>
        <translation>이 페이지를 표시할 수 없습니다. 다른 페이지는 그대로 사용할 수 있습니다.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>다시 시도</translation>
    </message>
</context>
<context>
    <name>CameraPage</name>
    <message>
        <source>Which camera?</source>
        <translation>어떤 카메라를 쓸까요?</translation>
    </message>
    <message>
        <source>Getting the model and the camera ready…</source>
        <translation>모델과 카메라를 준비하는 중입니다…</translation>
    </message>
    <message>
        <source>Opening the camera…</source>
        <translation>카메라를 여는 중입니다…</translation>
    </message>
    <message>
        <source>Camera lost – reconnecting</source>
        <translation>카메라 연결 끊김 – 다시 연결하는 중</translation>
    </message>
    <message>
        <source>The live view has ended. Press the round button to begin again.</source>
        <translation>실시간 화면이 끝났습니다. 둥근 버튼을 누르면 다시 시작합니다.</translation>
    </message>
    <message>
        <source>Camera {number}</source>
        <translation>카메라 {number}</translation>
    </message>
    <message>
        <source>Choose the camera: {name}</source>
        <translation>카메라 선택: {name}</translation>
    </message>
    <message>
        <source>Choose the camera</source>
        <translation>카메라 선택</translation>
    </message>
</context>
<context>
    <name>CameraPicker</name>
    <message>
        <source>Camera</source>
        <translation>카메라</translation>
    </message>
    <message>
        <source>Camera {number}</source>
        <translation>카메라 {number}</translation>
    </message>
    <message>
        <source>Another</source>
        <translation>다른 카메라</translation>
    </message>
    <message>
        <source>Device, video file, or rtsp:// address</source>
        <translation>장치 경로, 영상 파일 또는 rtsp:// 주소</translation>
    </message>
    <message>
        <source>Opened with</source>
        <translation>여는 방법</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>자동</translation>
    </message>
    <message>
        <source>Use this camera</source>
        <translation>이 카메라 사용</translation>
    </message>
</context>
<context>
    <name>CameraSection</name>
    <message>
        <source>Camera</source>
        <translation>카메라</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>연결</translation>
    </message>
    <message>
        <source>Opened with</source>
        <translation>여는 방법</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>자동</translation>
    </message>
</context>
<context>
    <name>CaptureCard</name>
    <message>
        <source>Retake</source>
        <translation>다시 찍기</translation>
    </message>
    <message>
        <source>Takes another photo; this one is kept as well.</source>
        <translation>한 장 더 찍습니다. 이 사진도 그대로 남습니다.</translation>
    </message>
    <message>
        <source>Open in review</source>
        <translation>검토에서 열기</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
</context>
<context>
    <name>Charts</name>
    <message>
        <source>Count by</source>
        <translation>집계 기준</translation>
    </message>
    <message>
        <source>By unit</source>
        <translation>호별</translation>
    </message>
    <message>
        <source>By trade</source>
        <translation>공종별</translation>
    </message>
    <message>
        <source>By room</source>
        <translation>실별</translation>
    </message>
    <message>
        <source>By part</source>
        <translation>부위별</translation>
    </message>
    <message>
        <source>By defect</source>
        <translation>하자별</translation>
    </message>
    <message>
        <source>Defects</source>
        <translation>하자</translation>
    </message>
    <message>
        <source>Back to the list</source>
        <translation>목록으로</translation>
    </message>
    <message>
        <source>Defects counted</source>
        <translation>하자 집계</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>세는 중…</translation>
    </message>
    <message>
        <source>Defects: {count}. Photos of one defect count once; tap a bar for its photos.</source>
        <translation>하자 {count}건. 같은 하자의 사진은 한 번만 셉니다. 막대를 누르면 그 사진을 보여 줍니다.</translation>
    </message>
    <message>
        <source>Places with most defects: {shown} of {places}.</source>
        <translation>하자가 많은 순으로 전체 {places}곳 중 {shown}곳을 보여 줍니다.</translation>
    </message>
</context>
<context>
    <name>ColumnHeader</name>
    <message>
        <source>Sort by: {column}</source>
        <translation>정렬하기: {column}</translation>
    </message>
    <message>
        <source>Sorted by: {column}, ascending</source>
        <translation>정렬됨: {column}, 오름차순</translation>
    </message>
    <message>
        <source>Sorted by: {column}, descending</source>
        <translation>정렬됨: {column}, 내림차순</translation>
    </message>
</context>
<context>
    <name>Comparing</name>
    <message>
        <source>Pack A</source>
        <translation>팩 A</translation>
    </message>
    <message>
        <source>Pack B</source>
        <translation>팩 B</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>비교</translation>
    </message>
    <message>
        <source>Confusion matrix of</source>
        <translation>혼동 행렬</translation>
    </message>
    <message>
        <source>Each row is what a person said, each column what the pack said.</source>
        <translation>행은 사람의 판정, 열은 팩의 판정입니다.</translation>
    </message>
    <message>
        <source>Both said the same</source>
        <translation>두 팩의 판정이 같음</translation>
    </message>
    <message>
        <source>People named the defects in {reviewed} photos; {photos} of them were compared.</source>
        <translation>사람이 하자를 확인한 사진은 {reviewed}장이고, 그중 {photos}장으로 비교했습니다.</translation>
    </message>
    <message>
        <source>A sample of {count} was looked at.</source>
        <translation>그중 {count}장을 표본으로 뽑았습니다.</translation>
    </message>
    <message>
        <source>{count} were left out: the photo is gone, was changed, or cannot be read.</source>
        <translation>{count}장은 제외했습니다. 사진이 없거나, 바뀌었거나, 읽을 수 없습니다.</translation>
    </message>
    <message>
        <source>Insufficient evidence: review at least {count} photos.</source>
        <translation>근거가 부족합니다. 사진을 {count}장 이상 검토하세요.</translation>
    </message>
    <message>
        <source>insufficient evidence ({count})</source>
        <translation>근거 부족 ({count}장)</translation>
    </message>
    <message>
        <source>{pack} agrees with people</source>
        <translation>{pack}: 사람과 일치</translation>
    </message>
    <message>
        <source>{share}  ({part} of {whole})</source>
        <translation>{share}  ({whole}장 중 {part}장)</translation>
    </message>
    <message>
        <source>Choose two different packs. Where there is only one, install another first.</source>
        <translation>서로 다른 팩 두 개를 고르세요. 하나뿐이면 먼저 다른 팩을 설치하세요.</translation>
    </message>
    <message>
        <source>Both packs judge the photos that you reviewed. Nothing in the history changes.</source>
        <translation>검토한 사진을 두 팩이 판정합니다. 기록은 바뀌지 않습니다.</translation>
    </message>
    <message>
        <source>Back to the packs</source>
        <translation>팩 목록으로</translation>
    </message>
    <message>
        <source>Compare on your own photos</source>
        <translation>내 사진으로 비교</translation>
    </message>
</context>
<context>
    <name>ComputingSection</name>
    <message>
        <source>Engine and device</source>
        <translation>엔진과 장치</translation>
    </message>
    <message>
        <source>Automatic: what a measurement here recommended, else the best that works</source>
        <translation>자동: 이 컴퓨터에서 측정해 추천된 엔진, 측정 전에는 작동하는 것 중 가장 좋은 엔진</translation>
    </message>
    <message>
        <source>OpenVINO: fast on ordinary processors</source>
        <translation>OpenVINO: 일반 프로세서에서 빠릅니다</translation>
    </message>
    <message>
        <source>OpenVINO in 8 bits: faster still, if the model pack was checked for it</source>
        <translation>OpenVINO 8비트: 더 빠릅니다. 검증된 모델 팩에서만 쓸 수 있습니다</translation>
    </message>
    <message>
        <source>torch: the reference, slower; not in every edition of the program</source>
        <translation>torch: 기준 엔진으로 더 느리며, 일부 에디션에는 없습니다</translation>
    </message>
    <message>
        <source>The processor: always there</source>
        <translation>프로세서: 언제나 쓸 수 있습니다</translation>
    </message>
    <message>
        <source>An NVIDIA graphics card</source>
        <translation>NVIDIA 그래픽 카드</translation>
    </message>
    <message>
        <source>Intel graphics</source>
        <translation>인텔 내장 그래픽</translation>
    </message>
    <message>
        <source>Intel neural unit</source>
        <translation>인텔 신경망 장치</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>엔진</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>장치</translation>
    </message>
    <message>
        <source>Networks asked</source>
        <translation>판정에 쓸 모델</translation>
    </message>
    <message>
        <source>All</source>
        <translation>모두</translation>
    </message>
    <message>
        <source>The first alone where it is sure</source>
        <translation>확신하면 첫 모델만</translation>
    </message>
    <message>
        <source>The first alone is faster; by the thresholds of the model pack at most 0.5% of the labels and checks change. It takes OpenVINO and a pack that is fitted for it (see Models); elsewhere, and for the camera, all are asked.</source>
        <translation>첫 모델만 쓰면 더 빠르고, 모델 팩의 기준에 따르면 판정이나 확인 여부가 달라지는 사진은 0.5% 이하입니다. OpenVINO 엔진과 단독 판정 기준이 정해진 모델 팩(‘모델’ 페이지 참고)에서만 작동하며, 그 밖의 경우와 카메라에서는 모든 모델로 판정합니다.</translation>
    </message>
    <message>
        <source>Measure the speed</source>
        <translation>속도 측정</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>자동</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>프로세서</translation>
    </message>
    <message>
        <source>Automatic: a graphics card only where it proves to work</source>
        <translation>자동: 실제로 작동할 때만 그래픽 카드를 씁니다</translation>
    </message>
    <message>
        <source>Stop measuring</source>
        <translation>측정 중단</translation>
    </message>
</context>
<context>
    <name>ConfusionMatrix</name>
    <message>
        <source>Confusion matrix</source>
        <translation>혼동 행렬</translation>
    </message>
</context>
<context>
    <name>DefectSheet</name>
    <message>
        <source>Drawn example</source>
        <translation>그린 예시</translation>
    </message>
    <message>
        <source>A class of your own model pack; there is no description of it.</source>
        <translation>설치한 모델 팩의 하자 유형으로, 설명이 없습니다.</translation>
    </message>
    <message>
        <source>What it looks like</source>
        <translation>이렇게 보입니다</translation>
    </message>
    <message>
        <source>What it is taken for</source>
        <translation>혼동하기 쉬운 하자</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>이렇게 하세요</translation>
    </message>
    <message>
        <source>Drawn example: {defect}</source>
        <translation>그린 예시: {defect}</translation>
    </message>
</context>
<context>
    <name>Diagnostics</name>
    <message>
        <source>Saved: {file}. It holds no photos, and no paths of photos.</source>
        <translation>저장했습니다: {file}. 사진과 사진 경로는 들어 있지 않습니다.</translation>
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
        <source>Choose a folder for reports</source>
        <translation>보고서 폴더 선택</translation>
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
        <source>Save a diagnostic file</source>
        <translation>진단 파일 저장</translation>
    </message>
    <message>
        <source>Zip files (*.zip)</source>
        <translation>ZIP 파일 (*.zip)</translation>
    </message>
    <message>
        <source>Restore the backup?</source>
        <translation>백업으로 복원할까요?</translation>
    </message>
    <message>
        <source>All results and reviews become those of the backup. What is there now is kept as a backup first.</source>
        <translation>모든 결과와 검토가 백업 시점으로 돌아갑니다. 지금 데이터는 먼저 백업해 둡니다.</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>복원</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Before it closes, the program tries once more to save.</source>
        <translation>닫기 전에 한 번 더 저장해 봅니다.</translation>
    </message>
    <message>
        <source>Close the program?</source>
        <translation>프로그램을 닫을까요?</translation>
    </message>
    <message>
        <source>Work is still going on.</source>
        <translation>아직 작업이 진행 중입니다.</translation>
    </message>
    <message>
        <source>What is done is saved. The rest can be done at any time.</source>
        <translation>끝난 것은 저장되어 있습니다. 나머지는 언제든 이어서 할 수 있습니다.</translation>
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
    <name>Facts</name>
    <message>
        <source>Review: {state}</source>
        <translation>검토: {state}</translation>
    </message>
    <message>
        <source>Note: {text}</source>
        <translation>메모: {text}</translation>
    </message>
    <message>
        <source>Lies in: {folder}</source>
        <translation>폴더: {folder}</translation>
    </message>
    <message>
        <source>Model: {name} {version}</source>
        <translation>모델 팩: {name} {version}</translation>
    </message>
    <message>
        <source>Classified: {time}</source>
        <translation>분류 시각: {time}</translation>
    </message>
</context>
<context>
    <name>Failures</name>
    <message>
        <source>Save a diagnostic file…</source>
        <translation>진단 파일 저장…</translation>
    </message>
</context>
<context>
    <name>FileManager</name>
    <message>
        <source>Nothing here opens folders; this one is {folder}.</source>
        <translation>이 컴퓨터에는 폴더를 여는 프로그램이 없습니다. 폴더 위치: {folder}</translation>
    </message>
</context>
<context>
    <name>Filmstrip</name>
    <message>
        <source>Photos to review</source>
        <translation>검토할 사진</translation>
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
        <source>Photos to take again</source>
        <translation>다시 찍을 사진</translation>
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
    <name>FilterSheet</name>
    <message>
        <source>Defect</source>
        <translation>하자</translation>
    </message>
    <message>
        <source>Whose word</source>
        <translation>판정 주체</translation>
    </message>
    <message>
        <source>Verdict of the model</source>
        <translation>판정 상태</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>검토</translation>
    </message>
    <message>
        <source>Classified</source>
        <translation>분류한 날</translation>
    </message>
    <message>
        <source>Model pack</source>
        <translation>모델 팩</translation>
    </message>
    <message>
        <source>First day</source>
        <translation>첫날</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>마지막 날</translation>
    </message>
    <message>
        <source>Any</source>
        <translation>전체</translation>
    </message>
    <message>
        <source>Show the photos ({count})</source>
        <translation>사진 보기 ({count})</translation>
    </message>
    <message>
        <source>At any time</source>
        <translation>전체 기간</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>오늘</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>최근 7일</translation>
    </message>
    <message>
        <source>Last 30 days</source>
        <translation>최근 30일</translation>
    </message>
    <message>
        <source>Between two days</source>
        <translation>날짜 지정</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>위치</translation>
    </message>
    <message>
        <source>Filters</source>
        <translation>필터</translation>
    </message>
    <message>
        <source>Clear all</source>
        <translation>모두 지우기</translation>
    </message>
</context>
<context>
    <name>FoldersSection</name>
    <message>
        <source>Folders</source>
        <translation>폴더</translation>
    </message>
    <message>
        <source>The choice of photos begins in</source>
        <translation>사진을 고를 때 처음 여는 폴더</translation>
    </message>
    <message>
        <source>Reports are written to</source>
        <translation>보고서를 저장하는 폴더</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>변경…</translation>
    </message>
    <message>
        <source>Default folder</source>
        <translation>기본 폴더로</translation>
    </message>
    <message>
        <source>The system&apos;s own folder</source>
        <translation>시스템 기본 폴더</translation>
    </message>
</context>
<context>
    <name>HelpPage</name>
    <message>
        <source>Topics</source>
        <translation>도움말 항목</translation>
    </message>
</context>
<context>
    <name>History</name>
    <message>
        <source>Needs check</source>
        <translation>확인 필요</translation>
    </message>
    <message>
        <source>Sure</source>
        <translation>확실</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>실패</translation>
    </message>
    <message>
        <source>Said by anyone</source>
        <translation>전체</translation>
    </message>
    <message>
        <source>Said by the model</source>
        <translation>모델의 판정</translation>
    </message>
    <message>
        <source>Said by a person</source>
        <translation>사람의 판정</translation>
    </message>
    <message>
        <source>What counts</source>
        <translation>최종 판정</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>모름</translation>
    </message>
    <message>
        <source>Since {day}</source>
        <translation>{day}부터</translation>
    </message>
</context>
<context>
    <name>HistoryPage</name>
    <message>
        <source>Filters</source>
        <translation>필터</translation>
    </message>
    <message>
        <source>Charts</source>
        <translation>그래프</translation>
    </message>
    <message>
        <source>Export CSV…</source>
        <translation>CSV 내보내기…</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>사진</translation>
    </message>
    <message>
        <source>There are no photos yet. Classify some on the page “Inspect”.</source>
        <translation>아직 사진이 없습니다. ‘점검’ 페이지에서 사진을 분류하세요.</translation>
    </message>
    <message>
        <source>Stopped. No file was written.</source>
        <translation>중단했습니다. 파일을 쓰지 않았습니다.</translation>
    </message>
    <message>
        <source>Writing the CSV file…</source>
        <translation>CSV 파일을 쓰는 중…</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) written to {file}.</source>
        <translation>
            <numerusform>%n건을 {file}에 저장했습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>폴더 열기</translation>
    </message>
    <message>
        <source>No photo matches.</source>
        <translation>조건에 맞는 사진이 없습니다.</translation>
    </message>
    <message>
        <source>Show all photos</source>
        <translation>전체 사진 보기</translation>
    </message>
</context>
<context>
    <name>HistoryTools</name>
    <message>
        <source>Search names, notes and defects</source>
        <translation>파일 이름, 메모, 하자 검색</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>세는 중…</translation>
    </message>
    <message>
        <source>Photos found: {count}</source>
        <translation>사진 {count}장</translation>
    </message>
    <message>
        <source>Without: {condition}</source>
        <translation>조건 빼기: {condition}</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>정렬</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>최신순</translation>
    </message>
    <message>
        <source>Oldest first</source>
        <translation>오래된 순</translation>
    </message>
    <message>
        <source>Needs check first</source>
        <translation>확인 필요 먼저</translation>
    </message>
    <message>
        <source>Least sure first</source>
        <translation>확신도 낮은 순</translation>
    </message>
    <message>
        <source>By folder and name</source>
        <translation>폴더와 이름순</translation>
    </message>
</context>
<context>
    <name>InspectPage</name>
    <message>
        <source>Choose a folder…</source>
        <translation>폴더 선택…</translation>
    </message>
    <message>
        <source>Watch a folder…</source>
        <translation>폴더 감시…</translation>
    </message>
    <message>
        <source>Export CSV…</source>
        <translation>CSV 내보내기…</translation>
    </message>
    <message>
        <source>Paste photos</source>
        <translation>사진 붙여넣기</translation>
    </message>
    <message>
        <source>Inspect</source>
        <translation>점검</translation>
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
        <translation>CSV 파일을 쓰는 중…</translation>
    </message>
</context>
<context>
    <name>InspectorSection</name>
    <message>
        <source>Inspection</source>
        <translation>점검</translation>
    </message>
    <message>
        <source>Inspector&apos;s name</source>
        <translation>점검자 이름</translation>
    </message>
    <message>
        <source>It is stored with every review.</source>
        <translation>검토할 때마다 함께 저장됩니다.</translation>
    </message>
    <message>
        <source>The next photos are classified with it. Packs come and go on the page “Models”.</source>
        <translation>다음 사진부터 이 팩으로 분류합니다. 팩은 ‘모델’ 페이지에서 설치하고 지웁니다.</translation>
    </message>
    <message>
        <source>Model pack</source>
        <translation>모델 팩</translation>
    </message>
</context>
<context>
    <name>KeysSheet</name>
    <message>
        <source>Keys</source>
        <translation>단축키</translation>
    </message>
</context>
<context>
    <name>LiveView</name>
    <message>
        <source>Camera picture</source>
        <translation>카메라 화면</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Defect Desktop</source>
        <translation>Defect Desktop</translation>
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
    <name>ModelsPage</name>
    <message>
        <source>Model packs</source>
        <translation>모델 팩</translation>
    </message>
    <message>
        <source>Install a file…</source>
        <translation>파일로 설치…</translation>
    </message>
    <message>
        <source>Install a folder…</source>
        <translation>폴더로 설치…</translation>
    </message>
    <message>
        <source>Compare two…</source>
        <translation>두 팩 비교…</translation>
    </message>
    <message>
        <source>Copying and checking the pack…</source>
        <translation>팩을 복사하고 확인하는 중…</translation>
    </message>
    <message>
        <source>{name} is installed already, in version {present}. Shall version {offered} take its place?</source>
        <translation>모델 팩 {name}의 {present} 버전이 이미 있습니다. {offered} 버전으로 바꾸시겠습니까?</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>바꾸기</translation>
    </message>
    <message>
        <source>{name} {version} is installed and whole.</source>
        <translation>{name} {version}을(를) 설치했습니다. 모든 파일이 온전합니다.</translation>
    </message>
    <message>
        <source>From now on photos are judged by {name}.</source>
        <translation>이제부터 {name}(으)로 판정합니다.</translation>
    </message>
    <message>
        <source>Every file of {name} is what its card promises.</source>
        <translation>{name}의 모든 파일이 온전합니다.</translation>
    </message>
    <message>
        <source>Checking the files…</source>
        <translation>파일을 확인하는 중…</translation>
    </message>
    <message>
        <source>{name} is written to {file}.</source>
        <translation>{name}을(를) {file}에 저장했습니다.</translation>
    </message>
    <message>
        <source>Writing the pack…</source>
        <translation>팩을 쓰는 중…</translation>
    </message>
    <message>
        <source>{name} is removed.</source>
        <translation>{name}을(를) 지웠습니다.</translation>
    </message>
    <message>
        <source>Looking for photos that people reviewed…</source>
        <translation>검토한 사진을 찾는 중…</translation>
    </message>
    <message>
        <source>Stopped. Nothing was changed.</source>
        <translation>중단했습니다. 바뀐 것은 없습니다.</translation>
    </message>
</context>
<context>
    <name>Navigation</name>
    <message>
        <source>Inspect</source>
        <translation>점검</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>카메라</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>검토</translation>
    </message>
    <message>
        <source>History</source>
        <translation>기록</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>도움말</translation>
    </message>
</context>
<context>
    <name>NavigationBar</name>
    <message>
        <source>Pages</source>
        <translation>페이지</translation>
    </message>
</context>
<context>
    <name>NoteSheet</name>
    <message>
        <source>Note</source>
        <translation>메모</translation>
    </message>
    <message>
        <source>What should others know about this photo?</source>
        <translation>이 사진에 대해 알려 둘 내용을 적으세요.</translation>
    </message>
    <message>
        <source>Save the note</source>
        <translation>메모 저장</translation>
    </message>
</context>
<context>
    <name>PackDetails</name>
    <message>
        <source>How good it is</source>
        <translation>성능</translation>
    </message>
    <message>
        <source>Class by class (F1), the weakest first</source>
        <translation>하자 유형별 F1(낮은 순)</translation>
    </message>
    <message>
        <source>Use this pack</source>
        <translation>이 팩 사용</translation>
    </message>
    <message>
        <source>Check the files</source>
        <translation>파일 확인</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>내보내기…</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>지우기…</translation>
    </message>
    <message>
        <source>What is known of the pack</source>
        <translation>모델 팩 정보</translation>
    </message>
    <message>
        <source>Lies in: {folder}</source>
        <translation>폴더: {folder}</translation>
    </message>
    <message>
        <source>Name and version: {name} {version}</source>
        <translation>이름과 버전: {name} {version}</translation>
    </message>
    <message>
        <source>Networks: {count} × {architecture}</source>
        <translation>신경망: {count} × {architecture}</translation>
    </message>
    <message>
        <source>Early exit: fitted</source>
        <translation>첫 모델 단독 판정: 기준 있음</translation>
    </message>
    <message>
        <source>Early exit: not fitted in training</source>
        <translation>첫 모델 단독 판정: 학습 때 정한 기준 없음</translation>
    </message>
    <message>
        <source>Classes: {count}</source>
        <translation>하자 유형: {count}가지</translation>
    </message>
    <message>
        <source>Trained on: {data}</source>
        <translation>학습 자료: {data}</translation>
    </message>
    <message>
        <source>Size: {size} MB</source>
        <translation>크기: {size} MB</translation>
    </message>
    <message>
        <source>Licence: {licence}</source>
        <translation>라이선스: {licence}</translation>
    </message>
    <message>
        <source>Nobody has measured this pack. Compare it on your photos.</source>
        <translation>성능을 측정한 적이 없는 팩입니다. 내 사진으로 비교해 보세요.</translation>
    </message>
    <message>
        <source>Insufficient evidence: measured on {count} photos only.</source>
        <translation>근거가 부족합니다. 사진 {count}장으로만 측정했습니다.</translation>
    </message>
    <message>
        <source>Accuracy {accuracy}, weighted F1 {weighted}, macro F1 {macro}, on {count} photos.</source>
        <translation>정확도 {accuracy}, 가중 F1 {weighted}, 매크로 F1 {macro} (사진 {count}장)</translation>
    </message>
    <message>
        <source>insufficient evidence ({count})</source>
        <translation>근거 부족 ({count}장)</translation>
    </message>
    <message>
        <source>{f1} on {count} photos</source>
        <translation>{f1} ({count}장)</translation>
    </message>
</context>
<context>
    <name>PackDialogs</name>
    <message>
        <source>Choose a model pack</source>
        <translation>모델 팩 선택</translation>
    </message>
    <message>
        <source>Choose the folder of a model pack</source>
        <translation>모델 팩 폴더 선택</translation>
    </message>
    <message>
        <source>Export the model pack</source>
        <translation>모델 팩 내보내기</translation>
    </message>
    <message>
        <source>Remove a model pack</source>
        <translation>모델 팩 지우기</translation>
    </message>
    <message>
        <source>Remove the model pack “{name}”?</source>
        <translation>모델 팩 ‘{name}’을(를) 지우시겠습니까?</translation>
    </message>
    <message>
        <source>Its results stay. To have it back, install it again.</source>
        <translation>이 팩으로 낸 결과는 남습니다. 다시 쓰려면 다시 설치하세요.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>지우기</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>그대로 두기</translation>
    </message>
    <message>
        <source>Model packs (*.zip)</source>
        <translation>모델 팩 (*.zip)</translation>
    </message>
</context>
<context>
    <name>PackModel</name>
    <message>
        <source>installed by you</source>
        <translation>직접 설치</translation>
    </message>
    <message>
        <source>came with the program</source>
        <translation>프로그램에 포함</translation>
    </message>
    <message>
        <source>Cannot be used</source>
        <translation>사용할 수 없음</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>사용 중</translation>
    </message>
    <message>
        <source>With a warning</source>
        <translation>주의 사항 있음</translation>
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
    <name>PhotoWalk</name>
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
    <message>
        <source>Open in review</source>
        <translation>검토에서 열기</translation>
    </message>
</context>
<context>
    <name>PlaceBar</name>
    <message>
        <source>Where are you?</source>
        <translation>지금 어디에 계십니까?</translation>
    </message>
    <message>
        <source>Choose: {part}</source>
        <translation>{part} 선택</translation>
    </message>
</context>
<context>
    <name>PlacePicker</name>
    <message>
        <source>Add</source>
        <translation>추가</translation>
    </message>
    <message>
        <source>Leave open</source>
        <translation>비워 두기</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>완료</translation>
    </message>
    <message>
        <source>New: {part}</source>
        <translation>새로 입력: {part}</translation>
    </message>
</context>
<context>
    <name>Program</name>
    <message>
        <source>Photos wait to be classified. Resume or cancel them on the page “Inspect”, then restore.</source>
        <translation>분류를 기다리는 사진이 있습니다. ‘점검’ 페이지에서 계속하거나 취소한 뒤에 복원하세요.</translation>
    </message>
    <message>
        <source>A folder is being watched. Stop that on the page “Inspect”, then restore.</source>
        <translation>폴더를 감시하는 중입니다. ‘점검’ 페이지에서 감시를 중단한 뒤에 복원하세요.</translation>
    </message>
    <message>
        <source>Let the present work finish first, then restore.</source>
        <translation>진행 중인 작업이 끝난 뒤에 복원하세요.</translation>
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
    <message>
        <source>Pause</source>
        <translation>일시 정지</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>계속하기</translation>
    </message>
    <message numerus="yes">
        <source>Paused: %n photo(s) wait.</source>
        <translation>
            <numerusform>일시 정지: 사진 %n장이 대기 중입니다.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ProgressRow</name>
    <message>
        <source>Listed photos</source>
        <translation>표시할 사진</translation>
    </message>
    <message>
        <source>Only a part</source>
        <translation>일부만 표시 중</translation>
    </message>
    <message>
        <source>Review all photos again</source>
        <translation>다시 전체 사진을 검토 목록에 표시합니다</translation>
    </message>
    <message>
        <source>{done} of {total} reviewed</source>
        <translation>{total}장 중 {done}장 검토</translation>
    </message>
    <message numerus="yes">
        <source>%n left to check</source>
        <translation>
            <numerusform>확인 필요 %n장 남음</numerusform>
        </translation>
    </message>
    <message>
        <source>Needs check</source>
        <translation>확인 필요</translation>
    </message>
    <message>
        <source>To review</source>
        <translation>검토 전</translation>
    </message>
    <message>
        <source>All</source>
        <translation>전체</translation>
    </message>
</context>
<context>
    <name>QAbstractFileIconProvider</name>
    <message>
        <source>Folder</source>
        <translation>폴더</translation>
    </message>
    <message>
        <source>Drive</source>
        <translation>드라이브</translation>
    </message>
</context>
<context>
    <name>QFileDialog</name>
    <message>
        <source>&amp;Look in:</source>
        <translation>찾는 위치(&amp;L):</translation>
    </message>
    <message>
        <source>Files of &amp;type:</source>
        <translation>파일 형식(&amp;T):</translation>
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
        <source>Photos appear here one by one.</source>
        <translation>사진이 여기에 차례로 나타납니다.</translation>
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
    <name>ReviewActions</name>
    <message>
        <source>Accept</source>
        <translation>승인</translation>
    </message>
    <message>
        <source>Not a defect</source>
        <translation>하자 아님</translation>
    </message>
    <message>
        <source>Cannot tell</source>
        <translation>판단 불가</translation>
    </message>
    <message>
        <source>Several defects</source>
        <translation>하자 여러 개</translation>
    </message>
    <message>
        <source>All defects…</source>
        <translation>모든 하자…</translation>
    </message>
    <message>
        <source>This unit</source>
        <translation>이 호만</translation>
    </message>
    <message>
        <source>Accept many…</source>
        <translation>한꺼번에 승인…</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>실행 취소</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>다시 실행</translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>판단 근거</translation>
    </message>
    <message>
        <source>Note…</source>
        <translation>메모…</translation>
    </message>
    <message>
        <source>Move to…</source>
        <translation>위치 변경…</translation>
    </message>
    <message>
        <source>Select</source>
        <translation>선택</translation>
    </message>
    <message>
        <source>Selected photos show one defect</source>
        <translation>선택한 사진을 같은 하자로 묶기</translation>
    </message>
    <message>
        <source>A defect of its own</source>
        <translation>묶음 해제</translation>
    </message>
    <message>
        <source>Previous photo</source>
        <translation>이전 사진</translation>
    </message>
    <message>
        <source>Next photo</source>
        <translation>다음 사진</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>확대</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>축소</translation>
    </message>
    <message>
        <source>Shot</source>
        <translation>촬영 구분</translation>
    </message>
</context>
<context>
    <name>ReviewPage</name>
    <message numerus="yes">
        <source>%n decision(s) are not saved and would be lost.</source>
        <translation>
            <numerusform>저장되지 않은 판단이 %n건 있으며, 닫으면 사라집니다.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Save %n defect(s)</source>
        <translation>
            <numerusform>하자 %n개 저장</numerusform>
        </translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>승인</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>실행 취소</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>다시 실행</translation>
    </message>
    <message>
        <source>There are no photos here yet.</source>
        <translation>아직 사진이 없습니다.</translation>
    </message>
    <message>
        <source>Nothing is left to review here.</source>
        <translation>검토할 사진이 남아 있지 않습니다.</translation>
    </message>
    <message>
        <source>Show all photos</source>
        <translation>전체 사진 보기</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>The chosen model pack “{name}” is not here or cannot be used. Choose another one.</source>
        <translation>선택한 모델 팩 ‘{name}’이(가) 없거나 사용할 수 없습니다. 다른 팩을 고르세요.</translation>
    </message>
</context>
<context>
    <name>Sheet</name>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
</context>
<context>
    <name>ShutterButton</name>
    <message>
        <source>Take a photo</source>
        <translation>사진 찍기</translation>
    </message>
    <message>
        <source>Take a photo (space, or a volume key)</source>
        <translation>사진 찍기 (스페이스 또는 음량 버튼)</translation>
    </message>
</context>
<context>
    <name>SpeedTable</name>
    <message>
        <source>Photos/s</source>
        <translation>초당 장수</translation>
    </message>
    <message>
        <source>Against the plain way</source>
        <translation>단순한 방법 대비</translation>
    </message>
    <message>
        <source>Of the limit</source>
        <translation>한계 대비</translation>
    </message>
    <message>
        <source>Same labels</source>
        <translation>같은 판정</translation>
    </message>
    <message>
        <source>The plain way</source>
        <translation>단순한 방법</translation>
    </message>
    <message>
        <source>Reading photos alone</source>
        <translation>사진 읽기만</translation>
    </message>
    <message>
        <source>“Automatic” is {engine} on {device} from now on: another must be clearly faster to replace it.</source>
        <translation>이제 ‘자동’은 {engine}({device})을(를) 씁니다. 다른 엔진은 뚜렷이 더 빨라야 대신 쓰입니다.</translation>
    </message>
    <message>
        <source>{engine} on {device} is recommended, but could not be saved: “Automatic” is what it was. Check the disk space and the permissions of the data folder, and measure again.</source>
        <translation>{engine}({device})을(를) 권하지만 저장할 수 없어 ‘자동’은 그대로입니다. 데이터 폴더의 디스크 공간과 쓰기 권한을 확인하고 다시 재세요.</translation>
    </message>
    <message>
        <source>{engine} on {device}</source>
        <translation>{engine}, {device}</translation>
    </message>
    <message>
        <source>{engine} on {device}, early exit</source>
        <translation>{engine}, {device}(확신하면 첫 모델만)</translation>
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
        <source>{engine}, all networks (early exit takes OpenVINO and a pack fitted for it)</source>
        <translation>{engine}, 모든 모델(첫 모델 단독 판정은 OpenVINO와 기준이 정해진 팩에서만)</translation>
    </message>
    <message>
        <source>{engine} with early exit</source>
        <translation>{engine}(확신하면 첫 모델만)</translation>
    </message>
    <message>
        <source>Model: {name} {version}</source>
        <translation>모델 팩: {name} {version}</translation>
    </message>
    <message>
        <source>Computed by: {engine}, {device}</source>
        <translation>실행: {engine}, {device}</translation>
    </message>
</context>
<context>
    <name>StepsSheet</name>
    <message>
        <source>How to use the program</source>
        <translation>사용 방법</translation>
    </message>
</context>
<context>
    <name>SureSheet</name>
    <message>
        <source>Accept what is sure</source>
        <translation>확실한 판정 한꺼번에 승인</translation>
    </message>
    <message>
        <source>Least confidence</source>
        <translation>최소 확신도</translation>
    </message>
    <message>
        <source>Also photos that need a check</source>
        <translation>확인이 필요한 사진도 포함</translation>
    </message>
    <message>
        <source>Photos that nobody has reviewed get the AI&apos;s label where it is at least this sure.</source>
        <translation>아직 검토하지 않은 사진 가운데 확신도가 이 값 이상이면 AI의 판정을 그대로 승인합니다.</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>세는 중…</translation>
    </message>
    <message numerus="yes">
        <source>Accept %n photo(s)</source>
        <translation>
            <numerusform>사진 %n장 승인</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) will be accepted, as one step that you can undo.</source>
        <translation>
            <numerusform>사진 %n장을 한 번에 승인합니다. 실행 취소로 되돌릴 수 있습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>No photo is that sure.</source>
        <translation>이만큼 확실한 사진이 없습니다.</translation>
    </message>
</context>
<context>
    <name>Telling</name>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>사진 %n장</numerusform>
        </translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>다시 실행</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>실행 취소</translation>
    </message>
    <message>
        <source>What could not be saved before is saved now.</source>
        <translation>저장하지 못했던 판단을 모두 저장했습니다.</translation>
    </message>
    <message numerus="yes">
        <source>%n decision(s) not saved yet.</source>
        <translation>
            <numerusform>아직 저장되지 않은 판단이 %n건 있습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>다시 시도</translation>
    </message>
    <message>
        <source>Every photo of this list is reviewed.</source>
        <translation>목록의 모든 사진을 검토했습니다.</translation>
    </message>
</context>
<context>
    <name>ThresholdsSection</name>
    <message>
        <source>Needs check</source>
        <translation>확인 필요</translation>
    </message>
    <message>
        <source>A photo needs a check where one of these is below its threshold.</source>
        <translation>다음 중 하나라도 기준보다 낮으면 사람이 확인해야 합니다.</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>확신도</translation>
    </message>
    <message>
        <source>Distance to the second choice</source>
        <translation>두 번째 후보와의 차이</translation>
    </message>
    <message>
        <source>Agreement of the models</source>
        <translation>모델 일치도</translation>
    </message>
    <message>
        <source>As the model pack says</source>
        <translation>모델 팩의 기준으로</translation>
    </message>
    <message>
        <source>Counts for photos that are classified from now on; stored verdicts stay as they are.</source>
        <translation>앞으로 분류하는 사진부터 적용됩니다. 저장된 판정은 그대로입니다.</translation>
    </message>
    <message>
        <source>There are no stored photos yet to try it on.</source>
        <translation>아직 저장된 사진이 없어 미리 볼 수 없습니다.</translation>
    </message>
    <message numerus="yes">
        <source>Of %n stored photo(s), {checks} ({share}) would need a check.</source>
        <translation>
            <numerusform>저장된 사진 %n장 중 {checks}장({share})을 확인해야 합니다.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TopicModel</name>
    <message>
        <source>In six steps</source>
        <translation>여섯 단계로 쓰기</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>단축키</translation>
    </message>
</context>
<context>
    <name>VerdictCard</name>
    <message>
        <source>AI: {verdict}</source>
        <translation>AI: {verdict}</translation>
    </message>
    <message>
        <source>Person: {said}</source>
        <translation>사람: {said}</translation>
    </message>
    <message>
        <source>One of the photos of a defect</source>
        <translation>같은 하자의 사진 중 하나</translation>
    </message>
</context>
<context>
    <name>VerdictPanel</name>
    <message>
        <source>The model said: {label}</source>
        <translation>모델의 판정: {label}</translation>
    </message>
    <message>
        <source>One network alone was asked.</source>
        <translation>첫 모델이 확신하여 단독으로 판정했습니다.</translation>
    </message>
    <message>
        <source>Agreement of the models: {share}</source>
        <translation>모델 일치도: {share}</translation>
    </message>
    <message>
        <source>Model: {name} {version}</source>
        <translation>모델 팩: {name} {version}</translation>
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
    <name>WatchPanel</name>
    <message>
        <source>Stop watching</source>
        <translation>감시 중단</translation>
    </message>
    <message>
        <source>Watching {folder}</source>
        <translation>감시 중: {folder}</translation>
    </message>
    <message>
        <source>Looking into the folder…</source>
        <translation>폴더를 살펴보는 중…</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) taken in</source>
        <translation>
            <numerusform>사진 %n장 가져옴</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n arriving</source>
        <translation>
            <numerusform>%n장 도착 중</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WhyPanel</name>
    <message>
        <source>Strength of the heatmap</source>
        <translation>히트맵 농도</translation>
    </message>
    <message>
        <source>Heatmap</source>
        <translation>히트맵</translation>
    </message>
    <message>
        <source>Looking at what the networks saw…</source>
        <translation>모델이 본 곳을 확인하는 중…</translation>
    </message>
    <message>
        <source>Network {number}: {opinions}</source>
        <translation>모델 {number}: {opinions}</translation>
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
<context>
    <name>WorkingSection</name>
    <message>
        <source>Progress</source>
        <translation>진행 상황</translation>
    </message>
</context>
<context>
    <name>ZoomView</name>
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
    <message>
        <source>Larger</source>
        <translation>확대</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>축소</translation>
    </message>
</context>
</TS>
