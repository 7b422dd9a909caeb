; The setup program for Windows: for one user, without administrator rights, silent with /S, elsewhere with /D=C:\folder.
; .packaging/build.py calls it; by hand, on any system that has NSIS:
;   makensis -INPUTCHARSET UTF8 -DVERSION=0.1.0 -DPROGRAM=C:\...\dist\defect-desktop-field -DTARGET=C:\...\setup.exe setup.nsi
; With -DSIGN=command, the command is called with the setup program and with the uninstaller, to sign them.

Target amd64-unicode
!include MUI2.nsh
!include FileFunc.nsh
!include WinVer.nsh

!define NAME "Defect Desktop"
!define EXECUTABLE "defect-desktop.exe"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\DefectDesktop"

Name "${NAME}"
OutFile "${TARGET}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\DefectDesktop"
InstallDirRegKey HKCU "${UNINSTALL_KEY}" "InstallLocation" ; an update goes where the older version is
SetCompressor /SOLID lzma
SetCompressorDictSize 32
ManifestDPIAware true
ManifestSupportedOS Win10 ; or Windows does not tell its version
BrandingText "${NAME} ${VERSION}"
!ifdef SIGN
    !finalize '${SIGN} "%1"' = 0
    !uninstfinalize '${SIGN} "%1"' = 0
!endif

!define MUI_ICON "app.ico"
!define MUI_UNICON "app.ico"
!define MUI_FINISHPAGE_RUN "$INSTDIR\${EXECUTABLE}"
!insertmacro MUI_PAGE_LICENSE "..\..\LICENSE"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English" ; the first is for systems in neither language
!insertmacro MUI_LANGUAGE "Korean"

LangString RUNNING ${LANG_ENGLISH} "${NAME} is running. Close it, then try again."
LangString RUNNING ${LANG_KOREAN} "${NAME}이(가) 실행 중입니다. 프로그램을 닫은 뒤 다시 시도하세요."
LangString TOO_OLD ${LANG_ENGLISH} "${NAME} needs Windows 10 or newer."
LangString TOO_OLD ${LANG_KOREAN} "${NAME}에는 Windows 10 이상이 필요합니다."

VIProductVersion "${VERSION}.0"
!macro VersionInformation language
    VIAddVersionKey /LANG=${language} "ProductName" "${NAME}"
    VIAddVersionKey /LANG=${language} "ProductVersion" "${VERSION}"
    VIAddVersionKey /LANG=${language} "FileDescription" "${NAME} Setup"
    VIAddVersionKey /LANG=${language} "FileVersion" "${VERSION}"
    VIAddVersionKey /LANG=${language} "CompanyName" "Defect Desktop engineers"
    VIAddVersionKey /LANG=${language} "LegalCopyright" "Apache License 2.0"
!macroend
!insertmacro VersionInformation ${LANG_ENGLISH}
!insertmacro VersionInformation ${LANG_KOREAN}

; A running program cannot be replaced. It is asked for again, or, where nobody is there to answer, left as it is: exit code 2.
!macro AskToClose prefix
    Function ${prefix}AskToClose
        again:
        IfFileExists "$INSTDIR\${EXECUTABLE}" 0 free
        ClearErrors
        FileOpen $0 "$INSTDIR\${EXECUTABLE}" a
        IfErrors 0 opened
        SetErrorLevel 2
        MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(RUNNING)" /SD IDCANCEL IDRETRY again
        Quit
        opened:
        FileClose $0
        free:
    FunctionEnd
!macroend
!insertmacro AskToClose ""
!insertmacro AskToClose "un."

; What the setup program itself has put there. The user's results, packs and settings lie elsewhere, and stay.
!macro RemoveProgram
    Delete "$INSTDIR\${EXECUTABLE}"
    RMDir /r "$INSTDIR\_internal"
    RMDir /r "$INSTDIR\licences"
!macroend

Function .onInit
    ${IfNot} ${AtLeastWin10}
        SetErrorLevel 1
        MessageBox MB_OK|MB_ICONSTOP "$(TOO_OLD)" /SD IDOK
        Quit
    ${EndIf}
FunctionEnd

Section
    Call AskToClose
    !insertmacro RemoveProgram ; what an older version brought along must not stay beside a newer one
    SetOutPath "$INSTDIR"
    !cd "${PROGRAM}" ; last, since other paths of this script begin where it lies
    File /r *
    WriteUninstaller "$INSTDIR\uninstall.exe"
    CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\${EXECUTABLE}"
    WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayName" "${NAME}"
    WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
    WriteRegStr HKCU "${UNINSTALL_KEY}" "Publisher" "Defect Desktop engineers"
    WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\${EXECUTABLE}"
    WriteRegStr HKCU "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
    WriteRegStr HKCU "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
    WriteRegStr HKCU "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
    WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoModify" 1
    WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoRepair" 1
    ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
    WriteRegDWORD HKCU "${UNINSTALL_KEY}" "EstimatedSize" $0
SectionEnd

Section "Uninstall"
    Call un.AskToClose
    !insertmacro RemoveProgram
    Delete "$INSTDIR\uninstall.exe"
    RMDir "$INSTDIR" ; only if nothing else is in there
    Delete "$SMPROGRAMS\${NAME}.lnk"
    DeleteRegKey HKCU "${UNINSTALL_KEY}"
SectionEnd
