# Egy csomag története: a kulcs `timeline-` és a napló eseményének neve, a változók a napló adatai.

timeline-package-state = { $to ->
    [completed] A bank minden tételt teljesített
    [partly_rejected] A bank a tételek egy részét visszautasította
    [rejected] A bank minden tételt visszautasított
   *[other] A csomag állapota megváltozott
}
timeline-package-signed = Aláírta { $user } ({ $have }/{ $need })
timeline-sending = A beküldés megkezdődött
timeline-received = A bank befogadta és igazolta (sorszám: { $sequence })
timeline-answer-lost = A kapcsolat megszakadt a bank válasza előtt
timeline-package-not-received = A csomag nincs a banknál. { $code }
timeline-recorded-again = A visszautasított tételeket új csomagban újra rögzítették
timeline-admin-recorded = Rögzítették a megbízást
timeline-package-split = A csomagot { $packages } önálló csomagra bontották
timeline-package-split-off = Leválasztva ebből a csomagból: { $name }
timeline-order-moved-here = Ide került egy megbízás ebből a csomagból: { $name }
timeline-sharing = { $signatures ->
    [0] Közösre tétel megkezdve, aláírás nélkül
   *[other] Közösre tétel megkezdve, { $signatures } aláírással
}
timeline-shared = A csomag a közös területre került
timeline-share-refused = A bank nem tette a közös területre. { $code }
timeline-shared-answer-lost = A kapcsolat megszakadt a bank válasza előtt (közös terület)
timeline-withdrawing-shared = Visszavonás a közös területről megkezdve
timeline-withdraw-refused = A bank nem vonta vissza a közös területről. { $code }
timeline-taken-over-elsewhere = Átvette { $by } { $channel ->
    [web] a webes felületen
   *[client] az ügyfélprogramban
}
timeline-shared-returned = { $why ->
    [expired] A közös területen lejárt az ideje, újra itt van
   *[withdrawn] Visszavonva a közös területről, újra itt van
}
timeline-taking-over = Átvétel megkezdve
timeline-taken-over = { $signatures ->
    [0] Átvéve a közös területről: { $from } tette oda, aláírás nélkül
   *[other] Átvéve a közös területről: { $from } tette oda, { $signatures } érvényes aláírással
}
timeline-take-refused = A bank nem adta át. { $code }
timeline-sent-changed = Másik helyről, módosítva küldték be
timeline-changed-decided = A bank a módosított csomagról döntött: { $executed } tétel teljesült, { $rejected } visszautasítva
timeline-package-file-written = { $signatures ->
    [0] Csomagfájlba mentve, aláírás nélkül: { $file }
   *[other] Csomagfájlba mentve, { $signatures } aláírással: { $file }
}
timeline-package-file-taken = { $signatures ->
    [0] Csomagfájlból átvéve, aláírás nélkül: { $file }
   *[other] Csomagfájlból átvéve, { $signatures } érvényes aláírással: { $file }
}
timeline-imported = Importálva ebből a fájlból: { $file }, { $orders } tétel
