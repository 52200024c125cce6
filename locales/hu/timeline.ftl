# Egy csomag története: a kulcs `timeline-` és a napló eseményének neve, a változók a napló adatai.

timeline-package-state = { $to ->
    [completed] A bank minden tételt teljesített
    [partly_rejected] A bank a tételek egy részét visszautasította
    [rejected] A bank minden tételt visszautasított
   *[other] A csomag állapota megváltozott
}
timeline-package-signed = Aláírta { $user } ({ $have }/{ $need })
timeline-sending = A beküldés megkezdődött, a szándékot rögzítettük
timeline-received = A bank befogadta és igazolta, { $sequence }. sorszámon
timeline-answer-lost = A kapcsolat megszakadt a bank válasza előtt
timeline-package-not-received = A csomag nincs a banknál. { $code }
timeline-recorded-again = A visszautasított tételeket új csomagban újra rögzítették
timeline-admin-recorded = Rögzítették a megbízást
timeline-package-split = A csomagot { $packages } önálló csomagra bontották
timeline-package-split-off = Leválasztva ebből a csomagból: { $name }
