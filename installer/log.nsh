; A log of our own: NSIS itself has one only in special builds. UTF-16, because folders are named after people.

!macro LogOpen FILE
  StrCpy $LogFile "${FILE}"
  ClearErrors
  FileOpen $Log "$LogFile" a
  ${If} ${Errors}
    StrCpy $LogFile "$TEMP\kapocs-install.log"
    FileOpen $Log "$LogFile" a
  ${EndIf}
  FileSeek $Log 0 END
!macroend
!define LogOpen "!insertmacro LogOpen"

; Uses $R3 to $R9.
!macro LogLine TEXT
  ${GetTime} "" "L" $R4 $R5 $R6 $R7 $R8 $R9 $R3
  FileWriteUTF16LE /BOM $Log "$R6-$R5-$R4 $R8:$R9:$R3 ${TEXT}$\r$\n"
  DetailPrint "${TEXT}"
!macroend
!define LogLine "!insertmacro LogLine"

!macro LogClose
  FileClose $Log
!macroend
!define LogClose "!insertmacro LogClose"
