; The installer of Kapocs for Windows, in Hungarian and English. `cargo xtask windows` builds it; by hand:
;   makensis -DVERSION=0.1.0 -DPROGRAMS=folder-with-the-exe-files -DOUT=kapocs-0.1.0-setup.exe installer/kapocs.nsi
;
; For the current user by default, without administrator rights; for all users by the page's choice or /ALLUSERS,
; which asks for elevation. Silent: /S, and /D=folder as the last argument, without quotes. Every run writes
; install.log beside the programs; exit codes: 0 done, 1 left by the person, 2 failed or refused (the log says why).

Unicode true
ManifestDPIAware true
ManifestSupportedOS Win10
SetCompressor /SOLID lzma
RequestExecutionLevel user

!include "MUI2.nsh"
!include "FileFunc.nsh"
!include "LogicLib.nsh"
!include "WordFunc.nsh"
!include "nsDialogs.nsh"
!include "x64.nsh"

!ifndef VERSION
  !error "name the version: -DVERSION=1.2.3"
!endif

!define NAME "Kapocs"
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\Kapocs"
!define TYPE "Kapocs.Package"

Name "${NAME}"
OutFile "${OUT}"
BrandingText "${NAME} ${VERSION}"
VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "${NAME}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "FileDescription" "${NAME} setup"
VIAddVersionKey "LegalCopyright" "MIT OR Apache-2.0"

Var AllUsers ; 1: for all users
Var Log      ; handle of the log
Var Radio

!define MUI_ICON "..\assets\icon\kapocs.ico"
!define MUI_UNICON "..\assets\icon\kapocs.ico"
!define MUI_ABORTWARNING
!define MUI_LANGDLL_ALLLANGUAGES
!define MUI_FINISHPAGE_RUN "$INSTDIR\kapocs.exe"

!insertmacro MUI_PAGE_WELCOME
Page custom ForWhomPage ForWhomLeave
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "Hungarian"
!insertmacro MUI_LANGUAGE "English"
!include "texts\hungarian.nsh"
!include "texts\english.nsh"

!include "log.nsh"
!include "place.nsh"

Function .onInit
  ${IfNot} ${RunningX64}
    MessageBox MB_ICONSTOP "$(OnlyX64)" /SD IDOK
    SetErrorLevel 2
    Quit
  ${EndIf}
  SetRegView 64
  Call ChooseLanguage
  StrCpy $AllUsers 0
  ${GetParameters} $R0
  ClearErrors
  ${GetOptions} $R0 "/ALLUSERS" $R1
  ${IfNot} ${Errors}
    StrCpy $AllUsers 1
    Call NeedAdministrator
  ${EndIf}
  Call ChoosePlace
FunctionEnd

; Whoever names a language gets it (/LANG=1038 Hungarian, 1033 English), everybody else that of Windows.
Function ChooseLanguage
  ${GetParameters} $R0
  ClearErrors
  ${GetOptions} $R0 "/LANG=" $R1
  ${IfNot} ${Errors}
    StrCpy $LANGUAGE $R1
  ${ElseIf} $LANGUAGE != ${LANG_HUNGARIAN}
    StrCpy $LANGUAGE ${LANG_ENGLISH}
  ${EndIf}
FunctionEnd

Function ForWhomPage
  !insertmacro MUI_HEADER_TEXT "$(ForWhom)" "$(ForWhomHelp)"
  nsDialogs::Create 1018
  Pop $R0
  ${NSD_CreateRadioButton} 0 10u 100% 12u "$(ForMe)"
  Pop $R1
  ${NSD_CreateRadioButton} 0 30u 100% 12u "$(ForAll)"
  Pop $Radio
  ${NSD_CreateLabel} 14u 43u 100% 24u "$(ForAllHelp)"
  Pop $R2
  ${If} $AllUsers == 1
    ${NSD_Check} $Radio
  ${Else}
    ${NSD_Check} $R1
  ${EndIf}
  nsDialogs::Show
FunctionEnd

Function ForWhomLeave
  ${NSD_GetState} $Radio $R0
  ${If} $R0 == ${BST_CHECKED}
    StrCpy $AllUsers 1
    Call NeedAdministrator
  ${Else}
    StrCpy $AllUsers 0
  ${EndIf}
  StrCpy $INSTDIR ""
  Call ChoosePlace
FunctionEnd

Section "Kapocs"
  SetOutPath "$INSTDIR"
  ${LogOpen}
  ${LogLine} "setup ${VERSION}, all users: $AllUsers, folder: $INSTDIR"
  Call RefuseOlder
  Call RefuseNewerStore
  Call CloseRunning

  File "${PROGRAMS}\kapocs.exe"
  File "${PROGRAMS}\kapocs-cli.exe"
  File "..\LICENSE"
  File "/oname=Inter-OFL.txt" "..\assets\fonts\OFL.txt"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  ${LogLine} "programs written"

  CreateShortCut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\kapocs.exe" "" "$INSTDIR\kapocs.exe" 0
  WriteRegStr SHCTX "Software\Classes\.kapocs" "" "${TYPE}"
  WriteRegStr SHCTX "Software\Classes\${TYPE}" "" "$(PackageFile)"
  WriteRegStr SHCTX "Software\Classes\${TYPE}\DefaultIcon" "" "$INSTDIR\kapocs.exe,0"
  WriteRegStr SHCTX "Software\Classes\${TYPE}\shell\open\command" "" '"$INSTDIR\kapocs.exe" "%1"'
  ${RefreshShellIcons}

  WriteRegStr SHCTX "${KEY}" "DisplayName" "${NAME}"
  WriteRegStr SHCTX "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr SHCTX "${KEY}" "Publisher" "Kapocs"
  WriteRegStr SHCTX "${KEY}" "DisplayIcon" "$INSTDIR\kapocs.exe"
  WriteRegStr SHCTX "${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr SHCTX "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr SHCTX "${KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD SHCTX "${KEY}" "NoModify" 1
  WriteRegDWORD SHCTX "${KEY}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD SHCTX "${KEY}" "EstimatedSize" $0
  ${LogLine} "done"
  ${LogClose}
SectionEnd

Function un.onInit
  SetRegView 64
  StrCpy $AllUsers 0
  SetShellVarContext current
  ReadRegStr $R0 HKCU "${KEY}" "InstallLocation"
  ${If} $R0 != $INSTDIR
    StrCpy $AllUsers 1
    SetShellVarContext all
  ${EndIf}
FunctionEnd

Section "Uninstall"
  Delete "$INSTDIR\kapocs.exe"
  Delete "$INSTDIR\kapocs-cli.exe"
  Delete "$INSTDIR\LICENSE"
  Delete "$INSTDIR\Inter-OFL.txt"
  Delete "$INSTDIR\install.log"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${NAME}.lnk"
  DeleteRegKey SHCTX "Software\Classes\${TYPE}"
  ReadRegStr $R0 SHCTX "Software\Classes\.kapocs" ""
  ${If} $R0 == "${TYPE}"
    DeleteRegKey SHCTX "Software\Classes\.kapocs"
  ${EndIf}
  DeleteRegKey SHCTX "${KEY}"
  ${RefreshShellIcons}

  ; The data are asked about last, and stay unless somebody says otherwise; silently only by /DELETEDATA.
  SetShellVarContext current
  ${un.GetParameters} $R0
  ClearErrors
  ${un.GetOptions} $R0 "/DELETEDATA" $R1
  ${IfNot} ${Errors}
    RMDir /r "$APPDATA\kapocs"
    RMDir /r "$LOCALAPPDATA\kapocs"
  ${ElseIf} ${FileExists} "$APPDATA\kapocs\*.*"
    MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "$(DeleteData)" /SD IDNO IDNO keep
    RMDir /r "$APPDATA\kapocs"
    RMDir /r "$LOCALAPPDATA\kapocs"
    keep:
  ${EndIf}
SectionEnd
