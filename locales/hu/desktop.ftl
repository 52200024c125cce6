# Az ablak szövegei. Az angol párja: ../en/desktop.ftl

month-1 = január
month-2 = február
month-3 = március
month-4 = április
month-5 = május
month-6 = június
month-7 = július
month-8 = augusztus
month-9 = szeptember
month-10 = október
month-11 = november
month-12 = december

day-1 = H
day-2 = K
day-3 = Sze
day-4 = Cs
day-5 = P
day-6 = Szo
day-7 = V

weekday-1 = hétfő
weekday-2 = kedd
weekday-3 = szerda
weekday-4 = csütörtök
weekday-5 = péntek
weekday-6 = szombat
weekday-7 = vasárnap

yesterday-at = tegnap { $time }
today = ma

product = Kapocs
window-title = Kapocs { $version }

gallery-title = Minták
gallery-theme = Megjelenés
gallery-light = Világos
gallery-dark = Sötét
gallery-high-contrast = Nagy kontraszt


## Csomagok: közös szavak
items = { $count ->
   *[other] { $shown } tétel
}
items-of = { $some } / { $all } tétel
loading = Betöltés…
cancel = Mégsem
close = Bezárás
later = Később
today-at = ma { $time }
tomorrow-at = holnap { $time }
day-at = { $day } { $time }
within-seconds = { $count } másodpercen belül
within-hours = { $count } órán belül
tries-left = { $count } próba
token-software = szoftveres token
column-package = Csomag
column-items = Tétel
column-amount = Összeg
column-amount-state = Összeg, állapot
column-payee = Kedvezményezett
column-target = Számla vagy azonosító
column-narrative = Közlemény
column-route = Teljesítés
column-sent = Beküldve
column-bank-state = Banki állapot
state-recorded = rögzített
state-checked = ellenőrzött
state-partly-signed = részben aláírt
state-signed-of = aláírt { $have }/{ $need }
state-signed = aláírt
state-sending = elküldés folyamatban
state-sent = elküldött
state-completed = teljesült
state-partly-rejected = részben visszautasítva
state-rejected = visszautasítva
state-shared = közös területen
state-taken-over = átvették
state-deleted = törölt

## Előkészített csomagok
packages-title = Előkészített csomagok
packages-search = Keresés csomagban, tételben… Ctrl+F
packages-import = Importálás…
packages-new = Új megbízás
packages-none = Nincs előkészített csomag
packages-none-help = Amit rögzít vagy importál, itt várja az aláírást és a beküldést.
packages-not-found = Nincs ilyen csomag
packages-not-found-help = A keresés a csomagok nevében, a kedvezményezettekben, számlaszámokban és közleményekben néz szét.
packages-none-chosen = Válasszon csomagot
packages-none-chosen-help = A bal oldali lista kijelölt csomagja itt látszik a tételeivel.
packages-failed = Nem sikerült beolvasni
packages-chosen = { $count } csomag kijelölve
packages-not-ready = { $count } csomag még nincs teljesen aláírva, azok nem kerülnek beküldésre.
packages-send-several = Beküldés ({ $count })
packages-sign = Aláírás
packages-send = Beküldés
packages-sending = Beküldés folyamatban…
packages-check = Ellenőrzés
packages-withdraw = Visszavonás
packages-withdraw-help = Egy lépés vissza: a csomag újra javítható lesz, az aláírások törlődnek.
packages-more = Továbbiak
packages-add-order = Tétel hozzáadása
packages-rename = Átnevezés
packages-plan = Tervezett nap
packages-export-pain = Exportálás
packages-export-electra = Exportálás Electrába
packages-delete = Törlés
packages-instant = azonnali
packages-planned = tervezve: { $day }
packages-last-error = A legutóbbi beküldés nem sikerült
step-check = ellenőrzés
step-signed = { $name } aláírta { $when }
step-signature = { $number }. aláírás
step-signature-by = { $number }. aláírás: { $names }
step-later-signatures = további { $count } aláírás
step-send = beküldés
route-sentence = A bank így teljesíti: { $routes }.
route-why = Miért?
route-why-close = Elég
route-split = Küldjük inkább egyenként?
route-split-help = Minden tétel külön csomagba kerül; { $count } közülük így azonnali lenne.
route-faster-alone = { $count } tétel egyedül beküldve gyorsabban teljesülne.
route-faster-withdraw = { $count } tétel egyedül beküldve gyorsabban teljesülne. Szétbontani a visszavonás után lehet.

## Kérdések és kis lapok
rename-title = A csomag átnevezése
rename-name = A csomag neve
rename-accept = Átnevezés
plan-title = Tervezett beküldési nap
plan-day = Nap
plan-accept = Rendben
plan-understood = { $day }
plan-none = Üresen hagyva nincs tervezett nap.
plan-past = Ez a nap már elmúlt.
plan-no-calendar = A bank naptára még nem ismert. Jelentkezzen be egyszer.
withdraw-title = Visszavonja a csomagot?
withdraw-words = A csomag egy lépéssel visszakerül, { $count } aláírás törlődik róla. A tételek megmaradnak.
delete-title = Törli?
delete-words = { $name }: { $items }, { $sum }. A törölt csomag nem hozható vissza.
delete-several-words = { $count } csomag, összesen { $sum }. A törölt csomagok nem hozhatók vissza.
remove-title = Kiveszi a csomagból?
remove-words = { $payee }, { $sum }. A tétel törlődik.
remove-several-words = { $count } tétel, összesen { $sum }. A tételek törlődnek.
remove-accept = Tétel törlése
split-title = Bontsuk szét?
split-words = A { $count } tétel egyenként külön csomagba kerül, a kedvezményezett nevével. Mindegyiket külön kell aláírni.
split-accept = Szétbontás
export-title = Exportálás fájlba
export-done = Kiírva: { $path }
export-warning = { $position }. tétel, { $field }: { $what }
exported-title = Kiírva, eltérésekkel
exported-warnings = A formátum nem mindent tud hordozni. A csomag maga nem változott.
send-now-title = Aláírva. Beküldjük most?
send-now = Beküldés most
done-checked = Ellenőrizve
done-withdrawn = Visszavonva, a csomag újra javítható
done-split = { $count } csomag lett belőle
done-deleted = { $count } csomag törölve
done-removed = { $count } tétel törölve
done-signed = Aláírva, a csomag beküldhető
done-signed-partly = Aláírva ({ $have }/{ $need }), további aláírás kell
sent-received = A bank befogadta: { $name }
sent-unknown = { $name }: a bank válaszára várunk. Ne küldje újra, megkérdezzük.
sent-refused = A bank nem fogadta be: { $name }. Az ok a csomagnál látszik.
sent-not-begun = { $name }: nem küldtük be. { $why }

## Aláíró lap
signing-title = Ezt írja alá
signing-number = { $needed ->
    [1] egyetlen aláírás kell
    [3] { $number }. aláírás a 3-ból
    [6] { $number }. aláírás a 6-ból
    [8] { $number }. aláírás a 8-ból
   *[other] { $number }. aláírás a(z) { $needed }-ből
}
signing-reading = Az aláírandó dokumentum beolvasása…
signing-no-sheet = Nem írható alá
signing-not-signed = Nem írtuk alá
signing-debit = { $account } terhére
signing-debit-of = { $account } terhére { $sum }
signing-earliest = legkorábbi teljesítés: { $route }
signing-fingerprint = A dokumentum ujjlenyomata (SHA-256)
signing-look-at = Mire figyeljen ({ $count })
signing-nothing-special = Nincs benne megváltozott számla, első utalás vagy ismétlődés.
signing-largest = Legnagyobb tételek
signing-all-orders = Minden tétel
signing-all = Mind a { $count } tétel
signing-only-largest = Csak a legnagyobbak
signing-pin = Token PIN-kód · { $name }, aláíró kulcs
signing-last-try = Tudom, ez az utolsó próba
signing-last-try-help = Ha ez a PIN is téves, a token zárolódik, és a bank feloldókódja kell hozzá.
signing-sign = Aláírom
signing-busy = Aláírás folyamatban…
signing-no-token = Nincs használható token
signing-token-blocked = A token zárolva van
signing-token-looking = Keressük a tokent…
signing-open-token = Tovább a tokenhez
attention-changed-account = megváltozott számla
attention-first-payment = első utalás
attention-likely-duplicate = lehet, hogy kétszer
attention-twice-here = kétszer a csomagban
attention-was = { $payee } · eddig { $before }, most { $now }
attention-same-sum = { $payee } · ugyanez az összeg: { $day }

## Több csomag beküldése
sending-title = { $count } csomag beküldése
sending-planning = Megnézzük, mit tesz majd velük a bank…
sending-no-plan = Nem sikerült megnézni, mit tesz majd a bank
sending-same = A bank együtt és egyenként is ugyanúgy teljesíti őket.
sending-faster = { $count } csomag gyorsabban teljesül, ha egyenként küldjük.
sending-one-by-one = Egyenként
sending-one-by-one-help = a következő akkor indul, amikor a bank az előzőről döntött
sending-together = Együtt
sending-together-help = egymás után, várakozás nélkül

## Elküldött megbízások
sent-title = Elküldött megbízások
sent-search = Keresés csomagban, tételben… Ctrl+F
sent-none = Még semmit sem küldött be
sent-none-help = A beküldött csomagok itt követhetők a bank döntéséig.
sent-not-found = Nincs ilyen beküldés
sent-not-found-help = Válasszon hosszabb időszakot vagy más állapotot.
sent-none-chosen-help = A kijelölt beküldés története és tételei itt látszanak.
sent-count = { $count } beküldés
sent-state-waiting = válaszra várunk
sent-state-processing = feldolgozás alatt
sent-state-executed-by = { $route }, teljesült
sent-state-some-rejected = { $count } visszautasítva
order-state-none = nincs hír
order-state-received = befogadva
period-today = Ma
period-week = Utolsó 7 nap
period-month = Utolsó 30 nap
period-year = Utolsó egy év
period-all = Minden időszak
states-all = Minden állapot
states-uncertain = Válaszra várunk
states-in-progress = Feldolgozás alatt
states-completed = Teljesült
states-rejected = Visszautasítva
sent-uncertain-title = Ne küldje újra!
sent-uncertain = A bank válasza nem érkezett meg, ezért nem tudjuk, megkapta-e a csomagot. Nem küldjük kétszer: amint a bank elérhető, megkérdezzük, és itt jelezzük az eredményt.
sent-rejected-title = { $count } tételt a bank visszautasított
sent-story = Mi történt eddig
sent-orders = Tételek ({ $count })
sent-proof = Igazolás
sent-now = most
sent-asking = Kérdezzük a banktól, megkapta-e
sent-ask = Kérdezze most
sent-asking-now = Kérdezzük…
sent-asked = Megkérdeztük a bankot
sent-again = Elutasítottak újra rögzítése
sent-again-help = A visszautasított tételek új csomagba kerülnek; a régiek itt maradnak.
sent-recorded-again = A visszautasított tételek új csomagban várják az aláírást
sent-copy = Másolás új megbízásba
sent-copy-help = A kijelölt tétel adataival új megbízás nyílik.
proof-signed = Aláírta: { $name }
proof-receipt = Befogadási sorszám
proof-received = A bank befogadta
proof-no-receipt = A bank aláírt igazolása még nem érkezett meg.
