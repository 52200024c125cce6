; When nothing is installed: each of these says why, in the log and to the person.

; Ends without a change. An update brings back the program that it has ended.
Function Refuse
  ${LogClose}
  ${If} $Restart == 1
  ${AndIf} ${FileExists} "$INSTDIR\kapocs.exe"
    Call StartProgram
  ${EndIf}
  SetErrorLevel 2
  Quit
FunctionEnd

; Two setups at once would write the same files.
Function RefuseSecond
  System::Call 'kernel32::CreateMutexW(p 0, i 0, w "hu.kapocs.setup") p .r1 ?e'
  Pop $R0
  ${If} $R0 == 183 ; ERROR_ALREADY_EXISTS
    ${LogLine} "refused: another setup is running"
    MessageBox MB_ICONSTOP "$(SecondSetup)" /SD IDOK
    Call Refuse
  ${EndIf}
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

; The program itself knows what store it can read, so it is asked before anything is replaced. It answers for the
; store of the person who installs; other people's stores the program refuses when it is started.
Function RefuseNewerStore
  InitPluginsDir
  File "/oname=$PLUGINSDIR\kapocs-cli.exe" "${PROGRAMS}\kapocs-cli.exe"
  nsExec::ExecToStack /TIMEOUT=60000 '"$PLUGINSDIR\kapocs-cli.exe" store check'
  Pop $R0
  Pop $R1
  ${LogLine} "store check: $R0"
  ${If} $R0 == 7
    ${LogLine} "refused: the data were converted by a newer version"
    MessageBox MB_ICONSTOP "$(NewerStore)" /SD IDOK
    Call Refuse
  ${EndIf}
FunctionEnd

; A running program holds its file, and Windows does not let anybody write it. FILE becomes the one that is held, or
; empty. Uses $R0.
!macro HeldProgram FILE
  StrCpy ${FILE} ""
  !insertmacro IfHeld "kapocs.exe" ${FILE}
  !insertmacro IfHeld "kapocs-cli.exe" ${FILE}
!macroend

!macro IfHeld NAME FILE
  ${If} ${FileExists} "$INSTDIR\${NAME}"
    ClearErrors
    FileOpen $R0 "$INSTDIR\${NAME}" a
    ${If} ${Errors}
      StrCpy ${FILE} "${NAME}"
    ${Else}
      FileClose $R0
    ${EndIf}
  ${EndIf}
!macroend

; An update waits up to 30 seconds for the program that has started it; otherwise the person is asked to quit it.
Function AwaitPrograms
  StrCpy $R2 0
  ${Do}
    !insertmacro HeldProgram $R1
    ${If} $R1 == ""
      Return
    ${EndIf}
    ${If} $R2 == 0
      ${LogLine} "$R1 is running"
    ${EndIf}
    IntOp $R2 $R2 + 1
    ${If} $Restart == 1
    ${AndIf} $R2 <= 60
      Sleep 500
    ${Else}
      MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(StillRunning)" /SD IDCANCEL IDRETRY again
      ${LogLine} "refused: $R1 does not end"
      Call Refuse
      again:
    ${EndIf}
  ${Loop}
FunctionEnd
