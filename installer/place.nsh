; For whom, in which language, into which folder.

; Whoever names a language gets it, everybody else that of Windows.
!macro ChooseLanguage
  ClearErrors
  ${GetOptions} $Parameters "/LANG=" $R1
  ${IfNot} ${Errors}
    StrCpy $LANGUAGE $R1
  ${ElseIf} $LANGUAGE != ${LANG_HUNGARIAN}
    StrCpy $LANGUAGE ${LANG_ENGLISH}
  ${EndIf}
!macroend

; What is said wins; otherwise an upgrade goes where the older version is.
Function ChooseForWhom
  StrCpy $AllUsers 0
  ClearErrors
  ${GetOptions} $Parameters "/ALLUSERS" $R1
  ${IfNot} ${Errors}
    StrCpy $AllUsers 1
    Return
  ${EndIf}
  ClearErrors
  ${GetOptions} $Parameters "/CURRENTUSER" $R1
  ${IfNot} ${Errors}
    Return
  ${EndIf}
  ReadRegStr $R0 HKCU "${KEY}" "InstallLocation"
  ReadRegStr $R1 HKLM "${KEY}" "InstallLocation"
  ${If} $R0 == ""
  ${AndIf} $R1 != ""
    StrCpy $AllUsers 1
  ${EndIf}
FunctionEnd

; The folder that was named, else that of the version that is there, else the usual one.
Function ChoosePlace
  ${If} $AllUsers == 1
    SetShellVarContext all
  ${Else}
    SetShellVarContext current
  ${EndIf}
  StrCpy $INSTDIR $Given
  ${If} $INSTDIR == ""
    ReadRegStr $INSTDIR SHCTX "${KEY}" "InstallLocation"
  ${EndIf}
  ${If} $INSTDIR == ""
    ${If} $AllUsers == 1
      StrCpy $INSTDIR "$PROGRAMFILES64\${NAME}"
    ${Else}
      StrCpy $INSTDIR "$LOCALAPPDATA\Programs\${NAME}"
    ${EndIf}
  ${EndIf}
FunctionEnd

; Returns with administrator rights. Without, this setup ends and begins anew with them when the person agrees; nobody
; is there to ask when it is silent, except in an update, which a person has just started.
Function NeedAdministrator
  UserInfo::GetAccountType
  Pop $R2
  ${If} $R2 == "Admin"
    Return
  ${EndIf}
  ${IfNot} ${Silent}
  ${OrIf} $Restart == 1
    StrCpy $R0 "/ALLUSERS $Parameters"
    ${If} $Given != ""
      StrCpy $R0 "$R0 /D=$Given"
    ${EndIf}
    ClearErrors
    ExecShell "runas" "$EXEPATH" "$R0"
    ${IfNot} ${Errors}
      Quit
    ${EndIf}
  ${EndIf}
  ${LogOpen} "$TEMP\kapocs-install.log"
  ${LogLine} "refused: setup ${VERSION} for all users needs administrator rights"
  ${LogClose}
  MessageBox MB_ICONSTOP "$(NoAdministrator)" /SD IDOK
  SetErrorLevel 2
  ; At the beginning this ends the setup; on its page it stays there.
  Abort
FunctionEnd
