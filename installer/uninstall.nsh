; Taking everything away again except, unless somebody says otherwise, the data.

Function un.onInit
  SetRegView 64
  ${GetParameters} $Parameters
  !insertmacro ChooseLanguage
  StrCpy $AllUsers 0
  SetShellVarContext current
  ReadRegStr $R0 HKLM "${KEY}" "InstallLocation"
  ${If} $R0 == $INSTDIR
    StrCpy $AllUsers 1
    SetShellVarContext all
    UserInfo::GetAccountType
    Pop $R2
    ${If} $R2 != "Admin"
      ${IfNot} ${Silent}
        ExecShell "runas" "$INSTDIR\uninstall.exe" "$Parameters"
        Quit
      ${EndIf}
      SetErrorLevel 2
      Quit
    ${EndIf}
  ${EndIf}
FunctionEnd

; The store, settings, logs and cache of the person who uninstalls, where the program keeps them.
!macro DeleteData
  RMDir /r "$LOCALAPPDATA\kapocs\Kapocs"
  RMDir "$LOCALAPPDATA\kapocs"
  ${LogLine} "data deleted"
!macroend

!macro LogIfLeft FOLDER
  ${If} ${FileExists} "${FOLDER}\*.*"
    ${LogLine} "left: ${FOLDER}"
  ${EndIf}
!macroend

Section "Uninstall"
  ${LogOpen} "$TEMP\kapocs-uninstall.log"
  ${LogLine} "uninstalling ${VERSION} from $INSTDIR, all users: $AllUsers"
  ${Do}
    !insertmacro HeldProgram $R1
    ${If} $R1 != ""
      MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(StillRunning)" /SD IDCANCEL IDRETRY again
      ${LogLine} "refused: $R1 is running"
      ${LogClose}
      SetErrorLevel 2
      Quit
      again:
    ${EndIf}
  ${LoopUntil} $R1 == ""

  Delete "$INSTDIR\kapocs.exe"
  Delete "$INSTDIR\kapocs-cli.exe"
  Delete "$INSTDIR\kapocs.png"
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
  DeleteRegKey SHCTX "${APP_ID}"
  DeleteRegKey SHCTX "${KEY}"
  ${RefreshShellIcons}

  ; The data are asked about last, and stay unless somebody says otherwise; silently only by /DELETEDATA.
  SetShellVarContext current
  ClearErrors
  ${GetOptions} $Parameters "/DELETEDATA" $R1
  ${IfNot} ${Errors}
    !insertmacro DeleteData
  ${ElseIf} ${FileExists} "$LOCALAPPDATA\kapocs\Kapocs\*.*"
    MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "$(DeleteData)" /SD IDNO IDNO keep
    !insertmacro DeleteData
    keep:
  ${EndIf}
  !insertmacro LogIfLeft "$INSTDIR"
  !insertmacro LogIfLeft "$LOCALAPPDATA\kapocs\Kapocs"
  ${LogLine} "done"
  ${LogClose}
SectionEnd
