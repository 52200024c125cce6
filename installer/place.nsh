; Where the programs go, and when they do not go there.

; The folder of the version that is there, else the usual one. /D= has set it already.
Function ChoosePlace
  ${If} $AllUsers == 1
    SetShellVarContext all
  ${Else}
    SetShellVarContext current
  ${EndIf}
  ${If} $INSTDIR != ""
    Return
  ${EndIf}
  ReadRegStr $INSTDIR SHCTX "${KEY}" "InstallLocation"
  ${If} $INSTDIR == ""
    ${If} $AllUsers == 1
      StrCpy $INSTDIR "$PROGRAMFILES64\${NAME}"
    ${Else}
      StrCpy $INSTDIR "$LOCALAPPDATA\Programs\${NAME}"
    ${EndIf}
  ${EndIf}
FunctionEnd

; Starts the setup again with administrator rights when it has none; silently it only says no.
Function NeedAdministrator
  UserInfo::GetAccountType
  Pop $R2
  ${If} $R2 == "Admin"
    Return
  ${EndIf}
  ${If} ${Silent}
    SetErrorLevel 2
    Quit
  ${EndIf}
  ExecShell "runas" "$EXEPATH" "/ALLUSERS"
  Quit
FunctionEnd

Function RefuseOlder
  ReadRegStr $R0 SHCTX "${KEY}" "DisplayVersion"
  ${If} $R0 != ""
    ${VersionCompare} "$R0" "${VERSION}" $R1
    ${If} $R1 == 1
      ${LogLine} "refused: version $R0 is installed, which is newer"
      MessageBox MB_ICONSTOP "$(NewerInstalled)" /SD IDOK
      Call Refuse
    ${EndIf}
    ${LogLine} "upgrading $R0"
  ${EndIf}
FunctionEnd

; The program itself knows what store it can read, so it is asked before anything is replaced.
Function RefuseNewerStore
  InitPluginsDir
  File "/oname=$PLUGINSDIR\kapocs-cli.exe" "${PROGRAMS}\kapocs-cli.exe"
  nsExec::ExecToStack '"$PLUGINSDIR\kapocs-cli.exe" store check'
  Pop $R0
  Pop $R1
  ${LogLine} "store check: $R0"
  ${If} $R0 == 7
    MessageBox MB_ICONSTOP "$(NewerStore)" /SD IDOK
    Call Refuse
  ${EndIf}
FunctionEnd

Function Refuse
  ${LogClose}
  SetErrorLevel 2
  Quit
FunctionEnd

; A running program holds its file; Windows then refuses to write it.
Function CloseRunning
  again:
  ${IfNot} ${FileExists} "$INSTDIR\kapocs.exe"
    Return
  ${EndIf}
  ClearErrors
  FileOpen $R0 "$INSTDIR\kapocs.exe" a
  ${IfNot} ${Errors}
    FileClose $R0
    Return
  ${EndIf}
  ${LogLine} "kapocs.exe is running"
  MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(StillRunning)" /SD IDCANCEL IDRETRY again
  Call Refuse
FunctionEnd
