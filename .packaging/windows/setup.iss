; The setup program for Windows: for one user, without administrator rights, silent with /VERYSILENT.
; .packaging/build.py calls it; by hand: iscc /DVersion=0.1.0 /DEdition=field /DProgram=C:\...\dist\defect-desktop-field setup.iss
; It was written without a Windows machine at hand, and never run.

[Setup]
AppId={{6C0E1C64-5B0F-4D0C-9C7E-DEFEC7DE5C70}
AppName=Defect Desktop
AppVersion={#Version}
AppPublisher=Defect Desktop engineers
VersionInfoVersion={#Version}
DefaultDirName={localappdata}\Programs\DefectDesktop
DefaultGroupName=Defect Desktop
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
OutputBaseFilename=defect-desktop-{#Edition}-{#Version}-setup
SetupIconFile=app.ico
UninstallDisplayIcon={app}\defect-desktop.exe
LicenseFile=..\..\LICENSE
Compression=lzma2
SolidCompression=yes
CloseApplications=yes
#ifdef SIGNED
SignTool=sign
#endif

[Languages]
Name: "korean"; MessagesFile: "compiler:Languages\Korean.isl"
Name: "english"; MessagesFile: "compiler:Default.isl"

[InstallDelete]
; What an older version brought along must not stay beside a newer one. The user's data lie elsewhere.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "{#Program}\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[Icons]
Name: "{group}\Defect Desktop"; Filename: "{app}\defect-desktop.exe"

[Run]
Filename: "{app}\defect-desktop.exe"; Description: "Defect Desktop"; Flags: postinstall nowait skipifsilent
