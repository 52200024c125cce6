; The installer of Kapocs for Windows, in Hungarian and English. `cargo xtask windows` builds it; by hand:
;   makensis -DVERSION=0.1.0 -DPROGRAMS=folder-with-the-exe-files -DOUT=kapocs-0.1.0-setup.exe installer/kapocs.nsi
; With -DSIGN="command" the uninstaller and the setup are signed by that command, which gets the file's name.
;
; Switches:
;   /S            silent
;   /ALLUSERS     for all users (needs administrator rights), /CURRENTUSER for the one who runs it; otherwise as the
;                 version that is there was installed, else for the one who runs it
;   /LANG=1038    Hungarian, 1033 English; otherwise the language of Windows
;   /RESTART      wait until the running program has ended, start the new one afterwards (used by updates)
;   /D=folder     another folder; last, without quotes
; Every run writes install.log beside the programs (in %TEMP% as kapocs-install.log when it cannot).
; Exit codes: 0 done, 1 left by the person, 2 failed or refused (the log says why).
; The uninstaller knows /S, /LANG and /DELETEDATA, and writes %TEMP%\kapocs-uninstall.log.

Unicode true
Target amd64-unicode
ManifestDPIAware true
ManifestSupportedOS Win10
SetCompressor /SOLID lzma
RequestExecutionLevel user

!include "MUI2.nsh"
!include "FileFunc.nsh"
!include "LogicLib.nsh"
!include "WordFunc.nsh"
!include "nsDialogs.nsh"

!ifndef VERSION
  !error "name the version: -DVERSION=1.2.3"
!endif
!ifdef SIGN
  !uninstfinalize `${SIGN} "%1"` = 0
  !finalize `${SIGN} "%1"` = 0
!endif

!define NAME "Kapocs"
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\Kapocs"
!define TYPE "Kapocs.Package"
!define APP_ID "Software\Classes\AppUserModelId\hu.kapocs.Kapocs"

Name "${NAME}"
OutFile "${OUT}"
BrandingText "${NAME} ${VERSION}"
VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "${NAME}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "FileDescription" "${NAME} setup"
VIAddVersionKey "CompanyName" "Kapocs"
VIAddVersionKey "LegalCopyright" "MIT OR Apache-2.0"

Var AllUsers   ; 1: for all users
Var Restart    ; 1: part of an update of the running program
Var Given      ; the folder of /D=, or empty
Var Parameters ; the command line without the program and without /D=
Var Log        ; handle of the log
Var LogFile    ; its path
Var ForAllRadio

!define MUI_ICON "..\assets\icon\kapocs.ico"
!define MUI_UNICON "..\assets\icon\kapocs.ico"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN
!define MUI_FINISHPAGE_RUN_FUNCTION StartProgram

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
!include "refuse.nsh"
!include "uninstall.nsh"

Function .onInit
  SetRegView 64
  StrCpy $Given $INSTDIR
  ${GetParameters} $Parameters
  !insertmacro ChooseLanguage
  StrCpy $Restart 0
  ClearErrors
  ${GetOptions} $Parameters "/RESTART" $R1
  ${IfNot} ${Errors}
    StrCpy $Restart 1
  ${EndIf}
  Call ChooseForWhom
  ${If} $AllUsers == 1
    Call NeedAdministrator
  ${EndIf}
  Call ChoosePlace
FunctionEnd

Function ForWhomPage
  !insertmacro MUI_HEADER_TEXT "$(ForWhom)" "$(ForWhomHelp)"
  nsDialogs::Create 1018
  Pop $R0
  ${NSD_CreateRadioButton} 0 10u 100% 12u "$(ForMe)"
  Pop $R1
  ${NSD_CreateRadioButton} 0 30u 100% 12u "$(ForAll)"
  Pop $ForAllRadio
  ${NSD_CreateLabel} 14u 43u 100% 24u "$(ForAllHelp)"
  Pop $R2
  ${If} $AllUsers == 1
    ${NSD_Check} $ForAllRadio
  ${Else}
    ${NSD_Check} $R1
  ${EndIf}
  nsDialogs::Show
FunctionEnd

Function ForWhomLeave
  ${NSD_GetState} $ForAllRadio $R0
  ${If} $R0 == ${BST_CHECKED}
    Call NeedAdministrator
    StrCpy $AllUsers 1
  ${Else}
    StrCpy $AllUsers 0
  ${EndIf}
  Call ChoosePlace
FunctionEnd

Section "Kapocs"
  ClearErrors
  SetOutPath "$INSTDIR"
  ${LogOpen} "$INSTDIR\install.log"
  ${LogLine} "setup ${VERSION}, all users: $AllUsers, folder: $INSTDIR"
  Call RefuseSecond
  Call RefuseOlder
  Call RefuseNewerStore
  Call AwaitPrograms

  ClearErrors
  SetOverwrite try
  File "${PROGRAMS}\kapocs.exe"
  File "${PROGRAMS}\kapocs-cli.exe"
  File "/oname=kapocs.png" "..\assets\icon\kapocs-64.png"
  File "..\LICENSE"
  File "/oname=Inter-OFL.txt" "..\assets\fonts\OFL.txt"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  ${If} ${Errors}
    ${LogLine} "failed: cannot write into $INSTDIR"
    MessageBox MB_ICONSTOP "$(CannotWrite)" /SD IDOK
    Call Refuse
  ${EndIf}
  ${LogLine} "programs written"

  CreateShortCut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\kapocs.exe" "" "$INSTDIR\kapocs.exe" 0
  WriteRegStr SHCTX "Software\Classes\.kapocs" "" "${TYPE}"
  WriteRegStr SHCTX "Software\Classes\${TYPE}" "" "$(PackageFile)"
  WriteRegStr SHCTX "Software\Classes\${TYPE}\DefaultIcon" "" "$INSTDIR\kapocs.exe,0"
  WriteRegStr SHCTX "Software\Classes\${TYPE}\shell\open\command" "" '"$INSTDIR\kapocs.exe" "%1"'
  ; Windows shows desktop notifications only in the name of an application that it knows.
  WriteRegStr SHCTX "${APP_ID}" "DisplayName" "${NAME}"
  WriteRegStr SHCTX "${APP_ID}" "IconUri" "$INSTDIR\kapocs.png"
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

; The last page starts the program by itself.
Function .onInstSuccess
  ${If} ${Silent}
  ${AndIf} $Restart == 1
    Call StartProgram
  ${EndIf}
FunctionEnd

; Never with the administrator rights that a setup for all users has: Explorer passes on its own.
Function StartProgram
  ${If} $AllUsers == 1
    Exec '"$WINDIR\explorer.exe" "$INSTDIR\kapocs.exe"'
  ${Else}
    Exec '"$INSTDIR\kapocs.exe"'
  ${EndIf}
FunctionEnd
