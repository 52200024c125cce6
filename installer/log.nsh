; A log of our own: NSIS itself has one only in special builds.

!macro LogOpen
  FileOpen $Log "$INSTDIR\install.log" a
  FileSeek $Log 0 END
!macroend
!define LogOpen "!insertmacro LogOpen"

!macro LogLine TEXT
  ${GetTime} "" "L" $R4 $R5 $R6 $R7 $R8 $R9 $R3
  FileWriteUTF16LE $Log "$R6-$R5-$R4 $R8:$R9:$R3 ${TEXT}$\r$\n"
  DetailPrint "${TEXT}"
!macroend
!define LogLine "!insertmacro LogLine"

!macro LogClose
  FileClose $Log
!macroend
!define LogClose "!insertmacro LogClose"
