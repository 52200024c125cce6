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

gallery-light = Világos
gallery-dark = Sötét
gallery-high-contrast = Nagy kontraszt

# Új megbízás
save = Mentés
block-first = első
block-second = második
block-third = harmadik
carrier-package = csomag
carrier-electra-xml = Electra XML
carrier-payord = PAYORD
carrier-kh-csv = K&H CSV
carrier-unicredit-pay = UniCredit PAY
carrier-giro = GIRO köteg
carrier-qr = MNB QR-kód
secondary-mobile = mobiltelefonszám
secondary-email = e-mail-cím
secondary-tax-number = adószám
secondary-tax-id = adóazonosító jel
order-type = Megbízás típusa
order-account-placeholder = számlaszám vagy IBAN
order-target-placeholder = számlaszám, IBAN vagy másodlagos azonosító
order-rather-instant = Ez azonnali átutalásként indítható
order-on-as-domestic = Folytatás belföldi átutalásként
order-title-edit = Megbízás módosítása
order-package = Csomag
order-package-auto = automatikusan
order-package-auto-to = automatikusan: { $name }
order-package-new = új csomag
order-package-items = { $count } tétel
order-choose-account = Válasszon számlát
order-available = elérhető { $amount }
order-payee = Kedvezményezett
order-payee-placeholder = név vagy partner
order-is-partner = partner
order-last-paid = Legutóbb: { $date }, { $amount }
order-template = Sablon
order-no-template = nincs megadva
order-target-going = Írja végig: számlaszám, IBAN, telefonszám, e-mail-cím vagy adószám lehet.
order-target-account = Belföldi számla
order-target-iban = IBAN, számlaszám: { $account }
order-target-bank = { $kind } · { $bank }, { $branch }. fiók
order-target-secondary = Másodlagos számlaazonosító ({ $kind }): { $value }
order-bank-unknown = ismeretlen bank
order-block-missing = A számlaszám { $block } blokkja hiányos: még { $count } számjegy kell.
order-bank = Bank: { $bank }
order-bank-branch = Bank: { $bank }, { $branch }. fiók
order-amount = Összeg
order-amount-words = { $words } forint
order-value-date-placeholder = ma
order-value-date-instant = ma (azonnali)
order-value-date-not = Azonnali átutalásnak nincs értéknapja.
order-date-today = ma
order-date-holiday = { $date } – bankszünnap: { $name }
order-narrative = Közlemény
order-narrative-whole = Minden csatornán teljes terjedelemben megérkezik.
order-narrative-cut = A bank teljes egészében megkapja; ezek a csatornák levágják: { $carriers }.
order-instant-hint = külön, egytételes csomagba kerül
order-more = További adatok ▾
order-less = További adatok ▴
order-country = Ország
order-legal-code = Jogcímkód
order-save-next = Mentés és újra rögzítés
order-sign = Aláírás és beküldés…
order-fields-wrong = { $count } mező javításra vár
order-fields-missing = { $count } mező kitöltésre vár
order-saved = Mentve: { $name }, { $count } tétel a csomagban
order-open-package = Csomag megnyitása
order-partner-saved = A kedvezményezett bekerült a partnerek közé.
order-save-partner = Mentés partnerként
order-first-payment = Erre a számlára vagy azonosítóra innen még nem utaltak.
order-times-usual = Az összeg jóval nagyobb a szokásosnál ({ $times }×).
order-bank-title = Mit tesz majd a bank?
order-bank-later = Amint a megbízás teljes, itt látja, hogyan és mikor teljesíti a bank.
order-alone = Külön csomagban beküldve: { $route }, { $time }.
order-alone-do = Külön csomagba teszem
order-into-new = Új csomagba teszem
order-trouble = Nem sikerült
order-restored = Visszatöltöttük, amit legutóbb beírt
order-restored-help = A megbízás még nincs mentve. Folytathatja ott, ahol abbahagyta.
order-start-blank = Üres űrlapot kérek
order-aside = { $count ->
    [1] Van egy félbehagyott megbízása
   *[other] { $count } félbehagyott megbízása van
}
order-aside-help = Megőrizzük, amíg nem folytatja.
order-put-back = Félbehagyott megbízás folytatása
order-no-rules = A bank szabályait még nem ismerjük
order-no-rules-help = Jelentkezzen be a tokennel: az első kapcsolódás után bejelentkezés nélkül is rögzíthet megbízást.
order-not-saved = Nem mentettük: { $what }. { $why } Amit beírt, megvan.
order-title-copy = Új megbízás egy korábbiból
order-copied = Ez új megbízás, nem a régi módosítása
order-copied-help = Ha menti és beküldi, a bank ezt is kifizeti. A régi megbízás marad, ahogy volt.
order-leave-title = Menti a módosításokat?
order-leave-help = A megbízást módosította, de még nem mentette. Ha elveti, a csomagban a régi marad.
admin-leave-title = Elveti, amit kitöltött?
admin-leave-help = A megbízást még nem mentette. Ha elveti, újra ki kell töltenie.
order-discard = Elvetés
order-stay = Vissza

# Partnerek
delete = Törlés
cancel = Mégse
discard = Elvetés
stay = Maradok
unsaved = Vannak nem mentett módosítások
unsaved-help = Mentse vagy vesse el őket, mielőtt másikra vált.
partners-title = Partnerek
partner-search = Név, számlaszám, azonosító… Ctrl+F
partner-new = Új partner
partner-new-title = Új partner
partner-column-name = Rövid név
partner-column-target = Számla vagy azonosító
partner-more-accounts = { $first } (+{ $count })
partners-count = { $count } partner
partners-none = Még nincs partnere
partners-none-help = Rögzítsen egyet itt, vagy mentse el a kedvezményezettet egy megbízásból.
partners-not-found = Nincs ilyen partner
partners-not-found-help = Ékezet nélkül is kereshet, névre, számlaszámra és azonosítóra.
partner-short-name = Rövid név
partner-name = Név a megbízásban
partner-target = Számlaszám, IBAN vagy másodlagos azonosító
partner-target-more = További számlaszám
partner-add-target = + Még egy számlaszám
partner-remove-target = Számlaszám elvétele
partner-note = Megjegyzés
partner-order = Új megbízás neki
partner-saved = Mentve: { $name }
partner-deleted = A partnert töröltük. A neki szóló megbízások megmaradtak.
partner-delete = Törli ezt a partnert?
partner-delete-help = A neki szóló megbízások megmaradnak.
partner-restored = A partner módosítása még nincs mentve.
partner-last = Utolsó fizetések
partner-never-paid = Neki innen még nem fizettek.
partners-export = Export
partners-export-help = Partnertörzs és sablonok kiírása fájlba, például a webes felület számára
partners-import = Import
partners-import-help = Partnertörzs és sablonok átvétele fájlból

# Partnertörzs fájlba és fájlból
partner-files-back = Vissza a partnerekhez
partner-files-excel = Excel (XLSX)
partner-export-title = Partnertörzs exportálása
partner-export-what = Mibe írjuk ki a partnertörzset?
partner-export-dat-help = Minden partner és minden sablon egy { $file } nevű fájlba kerül a kiválasztott mappában. A webes felület és egy másik munkahely ezt olvassa be.
partner-export-xlsx-help = Minden partner egy Excel-táblázatba kerül; a számlaszámok szövegként, jegyeik nem vesznek el. A sablonok ide nem férnek bele.
partner-export-csv-help = Minden partner egy pontosvesszővel tagolt szövegfájlba kerül (UTF-8). A sablonok ide nem férnek bele.
partner-export-vcard-help = Minden partner egy elektronikus névjegy lesz (vCard 4.0), a számlaszám saját mezőben. A sablonok ide nem férnek bele.
partner-export-folder = Célmappa
partner-export-file = partnerek
partner-export-write = Exportálás
partner-export-exists = Ilyen nevű fájl már van. Felülírja?
partner-export-replace = Felülírás
partner-export-trouble = Az exportálás nem sikerült
partner-export-state = kiírva
partner-export-done = Kiírtunk { $partners } partnert
partner-export-done-both = Kiírtunk { $partners } partnert és { $templates } sablont
partner-export-next = A webes felületen a „Partnertörzs kezelése” menüpont import ikonjával olvashatja be.
partner-export-again = Másik fájl írása
partner-import-title = Partnertörzs importálása
partner-import-formats = PARTNERS.DAT (sablonokkal), Excel (XLSX), CSV vagy vCard. Először csak összevetjük azzal, ami itt már megvan: semmit nem tárolunk, amíg jóvá nem hagyja.
partner-import-filter = Partnerek fájljai
partner-import-settled = nincs teendő
partner-import-partner = partner
partner-import-template = sablon
partner-import-partners = Partner
partner-import-templates = Sablon
partner-import-same = Változatlan
partner-import-clashes = Ütközik
partner-import-refused = Nem vehető át
partner-import-tab-new = Új ({ $count })
partner-import-tab-changed = Változik ({ $count })
partner-import-tab-clash = Ütközik ({ $count })
partner-import-tab-refused = Nem vehető át ({ $count })
partner-import-none-new = Nincs új partner vagy sablon a fájlban
partner-import-none-changed = Semmi sem változik abból, ami itt már megvan
partner-import-none-clash = Semmi sem ütközik azzal, ami itt már megvan
partner-import-none-refused = A fájl minden tétele átvehető
partner-import-kind = Fajta
partner-import-differs = Mi változik
partner-import-clash = Miért ütközik
partner-import-decision = Döntés
partner-import-value = A fájlban
partner-import-reason = Miért nem vehető át
partner-import-yes = igen
partner-import-here = Itt van
partner-import-file = A fájlban
partner-import-take-this = Átveszem a fájl adatait
partner-import-all = Mind átveszem
partner-import-no-one = Egyiket sem
partner-import-leave = Kimarad
partner-import-leave-short = kimarad
partner-import-as-new = Felveszem külön, a meglévő mellé
partner-import-as-new-short = külön
partner-import-replace = Ennek a helyére kerül: { $name }
partner-import-replace-short = felülírja
partner-import-more-clashes = És még { $count } másikkal.
partner-import-take = Átvétel ({ $count })
partner-import-take-new = Újak átvétele ({ $count })
partner-import-doubtful = A betűk kódolása nem biztos
partner-import-doubtful-help = A fájl nem mondja meg, milyen kódolású; { $encoding } szerint olvastuk, így: { $sample }. Nézze meg a neveket, mielőtt átveszi őket; ha hibásak, mentse el a fájlt UTF-8 kódolással.
partner-import-adapted = Írásjeleket cseréltünk ki
partner-import-adapted-help = { $count } szövegben olyan írásjelek álltak, amelyeket a bankok nem fogadnak el ({ $characters }); egyszerűekre cseréltük őket.
partner-import-changes-taken = Kiválasztva { $taken }, változó tétel összesen { $count }
partner-import-done = A partnertörzs frissült
partner-import-new-partners = Új partner: { $count }
partner-import-changed-partners = Módosult partner: { $count }
partner-import-new-templates = Új sablon: { $count }
partner-import-changed-templates = Módosult sablon: { $count }
partner-import-left = Kimaradt tétel: { $count }

# Sablonok
templates-title = Sablonok
template-search = Név, kedvezményezett… Ctrl+F
template-new = Új sablon
template-new-title = Új sablon
template-column-name = Sablon
templates-none = Még nincs sablonja
templates-none-help = A sablon egy elnevezett, részben kitöltött megbízás. Ami benne üres, azt a megbízásban tölti ki.
templates-not-found = Nincs ilyen sablon
templates-not-found-help = Ékezet nélkül is kereshet, névre, kedvezményezettre és közleményre.
template-name = Sablon neve
template-help = Töltse ki, ami minden alkalommal ugyanaz; a többi maradjon üresen.
template-any-account = a megbízásban választom ki
template-order = Új megbízás ebből
template-saved = Mentve: { $name }
template-deleted = A sablont töröltük.
template-delete = Törli ezt a sablont?
template-restored = A sablon módosítása még nincs mentve.

# Importálás
import-title = Importálás
import-drop = Húzzon ide egy fájlt, vagy válassza ki
import-drop-now = Engedje el a fájlt
import-formats = pain.001 (001.03 és 001.09), Electra HUF XML vagy egy csomag (.kapocs). Először csak megnézzük: semmit nem tárolunk, amíg jóvá nem hagyja.
import-path = Fájl
import-path-placeholder = a fájl teljes útvonala
import-browse = Tallózás…
import-read = Beolvasás
import-filter = Átutalási fájlok és csomagok (XML, KAPOCS)
import-filter-all = Minden fájl
package-file-good = Átvehető
package-file-bad = Nem vehető át
package-file-name = Csomag
package-file-customer = Ügyfél
package-file-debit = Terhelendő számla: { $account }
package-file-count = Tételek száma
package-file-total = Összesen
package-file-scheduled = Tervezett nap
package-file-signers = Érvényes aláírások
package-file-unsigned = nincs aláírva
package-file-invalid-title = Egyes aláírások nem érvényesek
package-file-invalid = { $count } aláírást nem veszünk át: { $why }
package-file-take = Átvétel
package-file-taken = Átvettük: „{ $name }”, érvényes aláírás: { $signatures }
import-reading = Beolvasás…
import-taking = Átvétel…
import-clean = hibátlan
import-look = átnézendő
import-stored = átvéve
import-trouble = Az importálás nem sikerült
import-broken = A fájl nem teljes
import-inconsistent = A fájl nem azt tartalmazza, amit magáról állít
import-inconsistent-help = A fejlécében megadott tételszám vagy végösszeg eltér a tételeitől: lehet, hogy csonka vagy átszerkesztették. Kérje el újra, vagy csak akkor vegye át, ha minden tételt ellenőrzött.
import-file = Fájl
import-format = Formátum
import-encoding = Kódolás
import-good = Átvehető
import-total = Összegük
import-bad = Hibás
import-warned = Változással
import-promise-count = tételszám
import-promise-sum = végösszeg
import-promise-kept = A megadott { $what } egyezik: { $declared }
import-promise-broken = A megadott { $what } { $declared }, a fájlban viszont { $found } van
import-scheduled = Beküldés tervezett napja: { $date }
import-scheduled-past = A fájl szerinti küldési nap elmúlt: { $date }. A csomag tervezett nap nélkül készül.
import-tab-bad = Hibás ({ $count })
import-tab-warned = Változással átvehető ({ $count })
import-tab-good = Hibátlan ({ $count })
import-none-bad = Nincs hibás tétel
import-none-warned = Egyetlen tételt sem kellett változtatni
import-none-good = Nincs változtatás nélkül átvehető tétel
import-first-rows = az első { $count } tétel látszik
import-column-line = Sor
import-column-field = Mező
import-column-problem = Mi a baj, mi történt
import-take-all = Minden tétel átvétele ({ $count })
import-take-good = Csak a hibátlan tételek átvétele ({ $count })
import-take-all-despite = Az eltérés ellenére minden tételt átveszek ({ $count })
import-take-good-despite = Az eltérés ellenére a hibátlan tételeket átveszem ({ $count })
import-again-title = Ezt a fájlt már átvették
import-again-bytes = „{ $file }”, { $day } { $time }: bájtra ugyanez a fájl. Ha újra átveszi és beküldi, kétszer fizet.
import-again-content = „{ $file }”, { $day } { $time }: más fájl, de ugyanezekkel a fizetésekkel. Ha újra átveszi és beküldi, kétszer fizet.
import-take-again = Mégis átveszem újra ({ $count })
import-report = Hibalista mentése…
import-report-help = CSV- vagy szövegfájl, amelyet elküldhet annak, aki a fájlt készítette
import-report-name = { $file } hibái
import-report-text = Szöveg
import-report-line = { $line }. sor, { $payee }
import-report-saved = A hibalista elkészült: { $path }
import-report-failed = A hibalistát nem sikerült kiírni. Semmi sem veszett el; válasszon másik mappát.
import-done = { $count } megbízást átvettünk, összesen { $total }
import-done-packages = { $count } csomagba kerültek, az előkészített csomagok között találja.
import-left-behind = { $count } hibás tétel kimaradt.
import-open = Csomagok megnyitása
import-another = Másik fájl
# Keret
area-banking = Számlavezetés
area-administration = Adminisztráció
nav-orders = Megbízások
nav-accounts = Számlák
nav-master-data = Törzsadatok
nav-overview = Áttekintés
nav-new-order = Új megbízás
nav-prepared = Előkészített csomagok
nav-sent = Elküldött megbízások
nav-import = Importálás
nav-balances = Egyenlegek és forgalom
nav-partners = Partnerek
nav-templates = Sablonok
nav-token = Token
nav-journal = Eseménynapló
nav-settings = Beállítások

bank = Bank
bank-state = { $bank }: { $state }
bank-none = nincs bank csatlakoztatva
bank-none-help = Csatlakozás a bank kapcsolatfájljával
bank-logged-out = nincs bejelentkezve
bank-logged-out-help = Bejelentkezés. A rögzítés és a megtekintés enélkül is működik.
bank-connected = kapcsolódva
bank-connected-help = A bank elérhető. Kattintásra frissíti az adatokat (F5).
bank-interrupted = nem érhető el
bank-interrupted-help = A bank most nem érhető el. A program magától újra próbálja; kattintásra azonnal.
log-out = Kijelentkezés
log-out-of = Kijelentkezés: { $bank }
log-out-of-all = Kijelentkezés minden bankból
customer-not-now = Itt éppen ír valamit, ami a másik ügyfélnél elveszne. Fejezze be vagy vesse el, azután váltson.
sheet-first = Előbb fejezze be vagy zárja be a megnyitott lapot, azután váltson. Semmi nem változott.
logged-out = Kijelentkezett. A rögzítés és a megtekintés továbbra is működik.
logged-out-of = Kijelentkezett: { $banks }. A rögzítés és a megtekintés továbbra is működik.

status-synced = Utolsó frissítés: { $time }
status-never-synced = Még nem volt frissítés
status-syncing = Frissítés…
status-changing = Váltás… (Esc: mégse)
status-oldest = Legrégebbi adat: { $bank }, { $time }
status-never-synced-there = Még nem volt frissítés: { $bank }
status-unknown =
    { $count ->
       *[other] { $count } csomag sorsa bizonytalan
    }
status-to-sign =
    { $count ->
       *[other] { $count } csomag vár aláírásra
    }
status-to-send =
    { $count ->
       *[other] { $count } csomag beküldhető
    }
sync-done = Minden naprakész.
finished-good =
    { $count ->
        [one] „{ $name }”: a bank teljesítette.
       *[other] „{ $name }”: a bank minden tételt teljesített ({ $count }).
    }
finished-bad =
    { $count ->
        [one] „{ $name }”: a bank visszautasította.
       *[other] „{ $name }”: a bank minden tételt visszautasított ({ $count }).
    }
finished-partly = „{ $name }”: { $executed } tétel teljesült, { $rejected } tételt a bank visszautasított.
finished-paid = Kifizetve: { $sum }.
finished-look = Megnézem
session-ends-soon =
    { $minutes ->
        [one] A munkamenet egy percen belül véget ér. Egy billentyű vagy kattintás meghosszabbíthatja.
       *[other] A munkamenet { $minutes } percen belül véget ér. Egy billentyű vagy kattintás meghosszabbíthatja.
    }
notify-several = { $count } értesítés
notify-token-gone = Kihúzták a tokent
notify-locked = A munkamenet véget ért
notify-ending = A munkamenet hamarosan véget ér
notify-refused =
    { $count ->
        [one] A bank visszautasított egy csomagot
       *[other] A bank { $count } csomagot visszautasított
    }
notify-partly =
    { $count ->
        [one] Egy csomag részben teljesült
       *[other] { $count } csomag részben teljesült
    }
notify-executed =
    { $count ->
        [one] Egy csomag teljesült
       *[other] { $count } csomag teljesült
    }
notify-shared =
    { $count ->
        [one] Egy új csomag vár a közös területen
       *[other] { $count } új csomag vár a közös területen
    }
notify-taken =
    { $count ->
        [one] Átvettek egy csomagot a közös területről
       *[other] Átvettek { $count } csomagot a közös területről
    }
notify-back =
    { $count ->
        [one] Egy csomag visszakerült a közös területről
       *[other] { $count } csomag visszakerült a közös területről
    }
notify-message =
    { $count ->
        [one] Új üzenet a banktól
       *[other] { $count } új üzenet a banktól
    }

later = Később
loading = Betöltés…
unknown = nem ismert
days =
    { $count ->
       *[other] { $count } nap
    }
tomorrow = holnap

# Indulás
starting = Indulás…
start-failed = A program nem tud elindulni
start-failed-help = Az adatokhoz nem nyúltunk. Ha a hiba megmarad, küldje el a napló utolsó fájlját az üzemeltetőnek.
instance-no-window = Az adatokat most nem egy ablak, hanem a program egy parancssori futása használja. Várja meg, amíg befejeződik, és próbálja újra.
instance-elsewhere = A program egy másik munkamenetben vagy képernyőn fut ({ $seat }). Folytassa ott, vagy zárja be ott, és próbálja újra.
instance-silent = A másik ablak nem válaszol. Várjon egy kicsit, és próbálja újra; ha így marad, a rendszer feladatkezelőjében zárja be.
technical-details = Technikai részletek
try-again = Újra próbálom
quit = Kilépés

# Bejelentkezés
login-title = Bejelentkezés
login-open = Bejelentkezés…
login-pin = Token PIN-kód
login-tries =
    { $count ->
       *[other] { $count } próba
    }
login-reader = Olvasó: { $reader }
login-no-certificate = A tokenen nincs bejelentkező tanúsítvány
login-submit = Bejelentkezem
login-offline = Bejelentkezés nélkül
login-offline-help = Bejelentkezés nélkül is rögzíthet és megnézheti az adatokat; beküldeni és frissíteni csak bejelentkezve lehet.
login-busy = Bejelentkezés a bankhoz…
login-failed = A bejelentkezés nem sikerült
login-not-here = Ezzel a kulccsal itt nem lehet bejelentkezni
login-not-in-use = Itt most nem lehet bejelentkezni, mert a kapcsolat szünetel vagy archív. Az adatok megvannak. Az Adminisztráció, Bankkapcsolatok lapon veheti újra használatba.
login-last-try = Ez az utolsó próba
login-last-try-help = Ha ez a PIN-kód is hibás, a token letiltódik, és csak a bank ügyfélszolgálata oldhatja fel.
login-last-try-consent = Tudomásul vettem, mégis megpróbálom
locked-title = A munkamenet zárolva
locked-user = { $name } munkamenete
closed-title = Az adatok most nem láthatók
closed-help = Ennél a banknál az adatok csak bejelentkezve láthatók. Amit beírt, megmaradt.
login-to-token = Mit tehetek?
login-done = Bejelentkezett: { $name }. Ez az első bejelentkezése.
login-done-again = Bejelentkezett: { $name }. Előző bejelentkezés: { $time }.
software-key = Szoftveres kulcs
software-key-help = A kulcs fájlban van, nem kártyán: csak bemutatóra és próbára való.
software-key-state = Szoftveres kulcs: { $state }

# Csatlakozás
connect-title = Csatlakozás a bankhoz
connect-help = Válassza ki a kapcsolatfájlt, amelyet a bank adott. Ebben áll a bank címe, és hogy miről ismerjük fel.
connect-path = Kapcsolatfájl
connect-browse = Tallózás…
connect-submit = Csatlakozás
connect-busy = A bank megkeresése…
connect-failed = Nem sikerült csatlakozni
connect-done = Csatlakozott: { $bank }.

# Áttekintés
greeting-morning = Jó reggelt
greeting-day = Jó napot
greeting-evening = Jó estét
greeting-named = { $greeting }, { $name }!
greeting-unnamed = { $greeting }!
banking-day = banki munkanap
not-banking-day = nem banki munkanap
overview-day = { $day } · { $kind }
overview-waiting = Ma Önre vár
overview-nothing-title = Most semmi sem vár Önre
overview-nothing-help = Itt jelennek meg az aláírandó, beküldhető és visszautasított csomagok.
overview-deadlines = Következő határidők
overview-accounts = Számlák
overview-asked = lekérdezve: { $time }
overview-first-title = Még nincs mit mutatni
overview-first-help = Az első bejelentkezéskor a bank elküldi a számlákat és a szabályait. Utána bejelentkezés nélkül is dolgozhat.
overview-waiting-title = Az adatok úton vannak
overview-waiting-help = A bank most küldi a számlákat és az egyenlegeket.
overview-failed = Az adatok most nem olvashatók
waiting-sign = aláírás
waiting-send = beküldhető
waiting-uncertain = válaszra várunk
waiting-rejected = visszautasítva
waiting-look = Megnézem
waiting-again = Újra…
orders-count =
    { $count ->
       *[other] { $count } tétel
    }
deadline-viber = VIBER
deadline-cycle = Napközbeni ciklus
deadline-instant = Azonnali
deadline-always = mindig
deadline-up-to = { $millions } M Ft-ig
deadline-certificate = Aláíró tanúsítvány
chart-balance = { $account }: egyenleg és 30 napos előrejelzés
chart-lowest = min. { $sum }, { $day }
chart-flow = Be- és kiáramlás hetente
chart-flow-legend = fel: be · le: ki

# Számlák
account = Számla
own-account = Saját számla
account-number = Számlaszám
accounts-none = A bank még nem küldött számlát.
accounts-total = A forintszámlák összesen
balance-booked = Könyvelt
balance-available = Elérhető
balance-blocked = Zárolt
balance-pending = Függő terhelés
transactions-all = Forgalom · minden számla
transactions-of = Forgalom · { $account }
transactions-show-all = Minden számla
transactions-search = Név, számla, közlemény
transactions-none = Még nincs könyvelt tétel
transactions-none-help = A bejelentkezés utáni frissítéskor jelennek meg.
transactions-shown =
    { $count ->
       *[other] { $count } tétel
    }
transactions-more = Régebbi tételek
search-none = Nincs találat
search-none-help = Próbáljon kevesebb vagy rövidebb szót.
booked-on = Könyvelve
counterparty = Partner
narrative = Közlemény
amount = Összeg

# Token
token-state = Token: { $state }
token-starting = keresés…
token-starting-title = Megnézzük, mi van az olvasóban.
token-none = nincs
token-foreign = ismeretlen kártya
token-blocked = letiltva
token-failed = nem olvasható
token-empty = nincs tanúsítvány
token-expired = lejárt
token-expires =
    { $days ->
       *[other] { $days } nap múlva lejár
    }
token-pin-entered = PIN megadva
token-present = csatlakoztatva
token-software = elérhető
token-not-configured-title = A program token nélkül fut.
token-no-service-title = A számítógép kártyaszolgáltatása nem fut.
token-no-service-help = Dugja be a tokent: a Windows ettől magától elindítja. Ha be van dugva, húzza ki, és dugja vissza; Linuxon a pcscd szolgáltatást kell elindítani. A program magától észreveszi, amint fut.
token-service-disabled-title = A számítógép kártyaszolgáltatása le van tiltva.
token-no-reader-title = Nincs kártyaolvasó.
token-no-reader-help = Csatlakoztassa az olvasót vagy az USB-tokent; a program magától észreveszi.
token-no-card-title = Az olvasóban nincs kártya.
token-no-card-help = Helyezze be a kártyát; a program magától észreveszi.
token-foreign-card-title = Ez a kártya nem banki token.
token-foreign-card-help = Vegye ki, és helyezze be a bank tokenjét.
token-blocked-title = A PIN-kódot túl sokszor elrontották.
token-failed-help = Húzza ki, dugja vissza, és zárjon be minden más programot, amely a tokent használhatja.
token-unfit = nem jó
token-unfit-title = A token így nem használható.
token-empty-title = A tokenen nincs használható tanúsítvány.
token-empty-help = Forduljon a bankhoz: a token nincs kiállítva, vagy nem ehhez a bankhoz való.
token-expired-title = A token egyik tanúsítványa lejárt.
token-expires-title =
    { $days ->
       *[other] A token egyik tanúsítványa { $days } nap múlva lejár.
    }
token-expiry-help = Kérjen újat a banktól, mielőtt lejár: lejárt tanúsítvánnyal nem lehet bejelentkezni és aláírni.
token-present-title = A token használható.
token-present-help = A PIN-kódot mindig csak ahhoz kérjük, amit éppen tesz: bejelentkezéshez vagy aláíráshoz.
token-software-title = A kulcsfájl használható.
token-software-help = A PIN-kódot mindig csak ahhoz kérjük, amit éppen tesz: bejelentkezéshez vagy aláíráshoz.
token-card = Kártya
token-tries = PIN-próbák
token-certificates = Tanúsítványok
certificate-login = Bejelentkezés
certificate-signing = Aláírás
certificate-holder = { $holder } · { $issuer }
certificate-missing = hiányzik
token-not-configured-help = Rögzíteni és nézelődni így is lehet. Aláíráshoz válasszon tokent az „Olvasó váltása…” gombbal.
token-hidden = nem látszik
token-remote-title = A távoli munkamenetben nem látszik a token.
token-new = új
token-new-title = Ez a token új: még nincs PIN-kódja.
token-new-help = Adja meg a saját PIN-kódját. Csak Ön tudja; a bank sem ismeri, ezért ne írja fel a token mellé.
token-transport-title = Ez a token új: még a bank levelében lévő PIN-kód él rajta.
token-transport-help = Adja meg a levélben kapott PIN-kódot, és állítsa be a sajátját. A levélben lévő kód ezután érvénytelen.
token-dead = véglegesen letiltva
token-dead-title = A token feloldási próbái is elfogytak.
token-dead-help = Ez a token többé nem oldható fel. Kérjen új tokent a bankjától. Az előkészített csomagok megmaradtak, és egy másik felhasználó a saját tokenjével aláírhatja őket.
token-blocked-title-tries =
    { $tries ->
        [3] A PIN-kódot háromszor elrontották.
        [5] A PIN-kódot ötször elrontották.
       *[other] A PIN-kódot { $tries } alkalommal elrontották.
    }
token-blocked-phone-help = A feloldáshoz hívja a bank ügyfélszolgálatát, azonosítsa magát a 8 számjegyű azonosítójával és a 6 számjegyű e-PIN kódjával, majd diktálja be a két számot.
token-blocked-elsewhere-help = Ezt a tokent a program nem tudja feloldani: használja a gyártó saját programját, vagy hívja a bank ügyfélszolgálatát. Az előkészített csomagok megmaradtak, és egy másik felhasználó a saját tokenjével aláírhatja őket.
token-blocked-file-help = Kulcsfájl nem oldható fel. Kérjen újat a bankjától; az előkészített csomagok megmaradtak.
token-expired-help = Lejárt tanúsítvánnyal nem lehet bejelentkezni és aláírni, és itt már meg sem újítható. Kérjen új tokent a bankjától.
token-renewable-help = Újítsa meg most: lejárt tanúsítvánnyal nem lehet bejelentkezni és aláírni, és megújítani is csak lejárat előtt lehet.
token-pin-entered-title = Bejelentkezett ezzel a tokennel.
token-pin-entered-help = A PIN-kódot a program nem jegyzi meg: aláíráskor újra kéri. Ha a tokent kihúzza, a munkamenet zárolódik; amit beírt, megmarad.
token-profile = Profil
token-profile-piv = PIV
token-profile-gids = GIDS
token-profile-pkcs11 = PKCS#11
token-profile-key-file = kulcsfájl
token-csn-short = CSN
token-unblock-tries = Feloldási próbák
token-does-not-tell = a token nem mondja meg
token-choose = Olvasó váltása…
certificate-past =
    { $days ->
        [0] ma lejárt
       *[other] { $days } napja lejárt
    }
certificate-urgent =
    { $days ->
        [0] sürgős: ma lejár
       *[other] sürgős: { $days } nap
    }
certificate-near = már csak { $days } nap
certificate-soon = { $days } nap múlva lejár
certificate-renewable = { $days } nap, megújítható
new-pin = Új PIN-kód
new-pin-again = PIN megerősítése
new-pin-again-closed = akkor nyílik meg, ha minden szabály teljesül
new-pin-again-open = írja be még egyszer
new-pin-again-left = még { $count } karakter
new-pin-again-same = egyezik
new-pin-again-differs = nem egyezik az új PIN-kóddal
new-pin-rules = Az új PIN-kód szabályai
new-pin-rule-met = teljesül
new-pin-rule-open = még nem
pin-letter = PIN-kód a bank leveléből
pin-letter-hint = a levélben, amelyet a tokenhez kapott
pin-old = Régi PIN-kód
pin-change-open = PIN-kód módosítása…
pin-change-title = PIN-kód módosítása
pin-change-help = A régi PIN-kód az új elfogadásáig érvényben marad.
pin-change-submit = PIN-kód módosítása
pin-set-submit = PIN-kód beállítása
pin-busy = A token dolgozik, ne húzza ki…
pin-failed = A PIN-kód nem változott meg
pin-set = A PIN-kód be van állítva. A token használatra kész.
pin-changed = A PIN-kód megváltozott.
unblock-open = Feloldás telefonon
unblock-csn = CSN
unblock-random = Random · érvényes még { $left }
unblock-asking = Számot kérünk a tokentől…
unblock-code = Code (a bank mondja)
unblock-code-good = az ellenőrző karakterek rendben vannak
unblock-pin-closed = a Code után nyílik meg
unblock-leave-alone = Amíg a Code-ra vár, ne húzza ki a tokent, és más program se használja.
unblock-submit = Feloldás
unblock-new-random = Új Random
unblock-busy = Feloldás folyamatban, ne húzza ki a tokent…
unblock-done = A token feloldva, az új PIN-kód él.
unblock-failed = A Code-ot nem küldtük el a tokennek
unblock-refused = A feloldás nem sikerült
unblock-lapsed = A Random érvényét vesztette
unblock-lapsed-time = Letelt a 15 perc. Kérjen új Randomot, és azt diktálja be; a korábbi Code-ot ne írja be. A kártya nem számolt próbát.
unblock-lapsed-pulled = A tokent kihúzták. Dugja vissza, kérjen új Randomot, és azt diktálja be. A kártya nem számolt próbát.
unblock-lapsed-used = Egy másik program használta a tokent. Zárja be, kérjen új Randomot, és azt diktálja be. A kártya nem számolt próbát.
choose-title = Melyik tokent használja a program?
choose-help = A választást a program megjegyzi.
choose-any = Bármelyik olvasó
choose-any-help = az első, amelyben banki token van
choose-has-card = kártya van benne
choose-no-card = üres
choose-gone = most nincs csatlakoztatva
choose-file = Kulcsfájl (szoftveres token)
choose-file-help = csak ha a bank engedi
choose-file-path = A kulcsfájl helye
choose-module = Gyártói modul (PKCS#11)
choose-module-help = ha a tokenhez saját program tartozik
choose-module-path = A modul helye (.dll vagy .so)
choose-label = A token címkéje vagy sorozatszáma
choose-label-help = üresen az első, amelyen tanúsítvány van
choose-submit = Ezt használom
choose-again = Frissítés
choose-failed = Nem sikerült átváltani
choose-done = A program mostantól a választott tokent használja.
renew-open = Tanúsítványok megújítása…
renew-title = Tanúsítványok megújítása
renew-help = A token új kulcsokat készít, a bank új tanúsítványokat ad ki hozzájuk. A régi tanúsítványok az utolsó lépésig használhatók; ha közben megszakad, később folytatható.
renew-step-keys = új kulcsok a tokenben
renew-step-request = kérelem aláírása a mostani kulccsal
renew-step-bank = a bank kiállítja a tanúsítványokat
renew-step-install = tanúsítványok beírása a tokenbe
renew-step-done = kész
renew-step-now = folyamatban…
renew-step-stopped = itt megállt
renew-step-waits = később
renew-submit = Megújítás
renew-busy = Megújítás folyamatban…
renew-failed = A megújítás megállt
renew-done = A tanúsítványok megújultak. Utolsó napjuk: { $until }
renew-done-untold = A tanúsítványok megújultak, a bank a következő bejelentkezéskor értesül róla. Utolsó napjuk: { $until }
renew-go-on = Megújítás folytatása…
renew-unfinished = Egy megújítás félbeszakadt
renew-unfinished-help = Folytassa: a bank már kiadta vagy kiadja az új tanúsítványokat, a token a befejezésig a régiekkel működik.
renew-needs-login = Megújítani bejelentkezve lehet.

# Eseménynapló
journal-number = Sorszám
journal-when = Mikor
journal-who = Ki
journal-what = Mi történt
journal-details = Részletek
journal-subject = Miről szól
journal-program = a program
journal-none = A napló még üres
journal-none-help = Ide kerül minden aláírás, beküldés és állapotváltás; törölni és átírni nem lehet.
journal-check = Napló ellenőrzése
journal-check-help = Minden bejegyzés ujjlenyomata az előzőre épül. Az ellenőrzés megmutatja, ha valaki a programon kívül változtatott rajta.
journal-whole =
    { $count ->
       *[other] Ép: { $count } bejegyzés
    }
journal-broken = A napló nem ép
journal-action-other = A program egy másik változatának bejegyzése
journal-action-package-state = Állapotváltás
journal-action-package-signed = Aláírás
journal-action-sending = Beküldés
journal-action-received = A bank befogadta
journal-action-answer-lost = A válasz elveszett
journal-action-package-not-received = A bank nem kapta meg
journal-action-recorded-again = Újra rögzítve
journal-action-admin-recorded = Rögzítés
journal-action-package-split = Csomag szétbontása
journal-action-package-split-off = Leválasztott csomag
journal-action-order-moved-here = Megbízás áthelyezve
journal-action-sharing = Közösre tétel
journal-action-shared = Közös területre került
journal-action-share-refused = Közösre tétel elutasítva
journal-action-shared-answer-lost = A válasz elveszett (közös terület)
journal-action-withdrawing-shared = Visszavonás a közös területről
journal-action-withdraw-refused = Visszavonás elutasítva
journal-action-taken-over-elsewhere = Máshol átvették
journal-action-shared-returned = Visszakerült a közös területről
journal-action-taking-over = Átvétel megkezdve
journal-action-taken-over = Átvéve
journal-action-take-refused = Átvétel elutasítva
journal-action-sent-changed = Módosítva beküldve
journal-action-changed-decided = A bank döntött a módosított csomagról
journal-action-partners-exported = Partnertörzs exportja
journal-action-partners-imported = Partnertörzs importja
journal-action-package-file-written = Csomagfájlba mentve
journal-action-package-file-taken = Csomagfájlból átvéve
journal-action-imported = Fájlból importálva
journal-action-token-pin-set = Első PIN-kód beállítva
journal-action-token-pin-changed = PIN-kód módosítva
journal-action-token-unblock-started = Token feloldása megkezdve
journal-action-token-unblocked = Token feloldva
journal-action-token-unblock-failed = A token feloldása nem sikerült
journal-action-token-renewal-asked = Tanúsítványok megújítása kérve
journal-action-token-renewed = Tanúsítványok megújítva
journal-action-token-renewal-abandoned = Megújítás félbehagyva
journal-field-user = felhasználó
journal-field-have = aláírások
journal-field-need = szükséges
journal-field-code = ok
journal-field-sha256 = ujjlenyomat
journal-field-content = tartalom
journal-field-orders = tétel
journal-field-sequence = befogadási sorszám
journal-field-received-at = befogadva
journal-field-again = új csomag
journal-field-handover = átadás
journal-field-signatures = aláírások
journal-field-expires = utolsó napja ott
journal-field-asked = kérés
journal-field-by = átvevő
journal-field-channel = hol
journal-field-at = mikor
journal-field-why = ok
journal-field-from = ki tette oda
journal-field-dropped = elmaradt aláírások
journal-field-executed = teljesült
journal-field-rejected = visszautasítva
journal-field-partners = partnerek
journal-field-templates = sablonok
journal-field-new-partners = új partnerek
journal-field-changed-partners = módosult partnerek
journal-field-new-templates = új sablonok
journal-field-changed-templates = módosult sablonok
journal-field-left = kimaradt
journal-field-order = megbízás
journal-field-packages = csomagok
journal-field-name = név
journal-field-file = fájl
journal-field-random = Random
journal-field-renewal = megújítás
journal-value-recorded = rögzített
journal-value-checked = ellenőrzött
journal-value-partly-signed = részben aláírt
journal-value-signed = aláírt
journal-value-sending = elküldés folyamatban
journal-value-sent = elküldött
journal-value-completed = teljesült
journal-value-partly-rejected = részben visszautasítva
journal-value-rejected = visszautasítva
journal-value-in-shared-area = közös területen
journal-value-taken-over = átvették
journal-value-deleted = törölt
journal-value-put = közösre tétel
journal-value-take = átvétel
journal-value-withdraw = visszavonás
journal-value-web = webes felület
journal-value-client = ügyfélprogram
journal-value-expired = lejárt
journal-value-withdrawn = visszavonták

# Beállítások
settings-look = Megjelenés
settings-language = Nyelv
settings-colours = Színek
settings-scale = Méret
settings-scale-help = Bárhol: Ctrl és + nagyít, Ctrl és - kicsinyít.
settings-kept = Hol van, mi fut
settings-data = Adatok mappája
settings-logs = Naplófájlok
settings-version = Változat
places-cache = Újra letölthető fájlok
places-open = Mappa megnyitása
places-copy = Útvonal másolása
places-copied = Az útvonal a vágólapon van.
places-not-opened = A mappa nem nyitható meg. Másolja ki az útvonalát, és nyissa meg a fájlkezelőben.
places-mode = Üzemmód
places-portable = Hordozható: minden a program mellett van
places-policy = Rendszergazda által beállítva
places-policy-help = Itt nem módosítható. Helye: { $place }
places-policy-bad = A rendszergazda beállításai nem követhetők
places-policy-authority = Engedélyezett tanúsítványkiadó (SHA-256)
places-policy-any = bármelyik
places-policy-connection = Kapcsolatfájl az első indításhoz
places-policy-updates = A program frissíti magát
places-policy-on = igen
places-policy-off = nem
settings-notify = Értesítések
settings-notify-wanted = Szóljon a rendszer értesítéssel, ha nem ez az ablak van elöl
settings-notify-help = Teljesült vagy visszautasított csomag, közös terület, banki üzenet, a munkamenet vége, kihúzott token. Összeg, számla és név soha nem áll bennük: a zárolt képernyőn is látszanak.
language-hu = Magyar
language-en = English
colours-system = Mint a rendszer
colours-light = Világos
colours-dark = Sötét
colours-contrast = Nagy kontraszt

## Csomagok: közös szavak
items = { $count ->
   *[other] { $shown } tétel
}
items-of = { $some } / { $all } tétel
close = Bezárás
tries-left = { $count } próba
signing-software = szoftveres token
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
packages-sign-several = Aláírás ({ $count })
done-signed-many = Aláírva: { $count } csomag
batch-title = Aláírás · { $count } csomag
batch-fingerprint = Ujjlenyomat
batch-state = Állapot
batch-signed = aláírva
batch-failed = nem sikerült
batch-untouched = érintetlen
batch-waits = aláírandó
batch-stopped = Megállt itt: „{ $name }”
batch-stopped-words = { $why } Aláírva: { $signed } csomag; érintetlen maradt: { $rest } csomag.
batch-progress = { $signed } / { $total }
batch-sign = Aláírom mind ({ $count })
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
packages-export-electra = Exportálás az Electrához
packages-export-file = Mentés csomagfájlba
packages-delete = Törlés
packages-instant = azonnali
packages-planned = tervezve: { $day }
packages-last-error = A legutóbbi beküldés nem sikerült
step-check = ellenőrzés
step-signed = { $name } aláírta { $when }
step-signature = { $number }. aláírás
step-signature-by = { $number }. aláírás, aláírhatja: { $names }
step-later-signatures = további { $count } aláírás
step-send = beküldés
route-sentence = Most beküldve a bank így teljesíti: { $routes }.
route-why = Miért?
route-why-close = Bezárás
route-split = Küldjük inkább egyenként?
route-split-help = Minden tétel külön csomagba kerül; { $count } közülük így azonnali lenne.
route-faster-alone = { $count } tétel egyedül beküldve gyorsabban teljesülne.
route-faster-withdraw = { $count } tétel egyedül beküldve gyorsabban teljesülne. Szétbontani a visszavonás után lehet.
packages-busy = folyamatban…
packages-busy-sending = küldés…
packages-sending-this = Ezt küldjük a banknak
packages-sent-here = Ez a csomag már a banknál van
packages-sent-here-help = Itt marad, amíg másik csomagot nem választ.
packages-open-sent = Megnyitás az elküldöttek között
cover-title = Fedezet
cover-help = Az azonnali megbízást a bank fedezet nélkül visszautasítja, a többi sorban áll, amíg fedezet lesz.
closed-order-title = Ez a tétel már nem módosítható
closed-order-help = A csomagot már aláírták, átadták vagy beküldték. Visszavonás után javítható; új megbízás is készíthető belőle, amelyet a bank külön kifizet.
closed-order-copy = Új megbízás ebből

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
withdraw-words = A csomag egy lépést visszalép, és { $count } aláírás törlődik róla. A tételek megmaradnak.
delete-title = Törli a csomagot?
delete-title-several = Törli a csomagokat?
delete-words = { $name }: { $extent }. A törölt csomag nem hozható vissza.
delete-several-words = { $count } csomag, összesen { $sum }. A törölt csomagok nem hozhatók vissza.
delete-changes-words = { $count } csomag. A törölt csomagok nem hozhatók vissza.
remove-title = Kiveszi a csomagból?
remove-words = { $payee }, { $sum }. A tétel törlődik.
remove-several-words = { $count } tétel, összesen { $sum }. A tételek törlődnek.
remove-change-words = { $what }. A tétel törlődik.
remove-changes-words = { $count } tétel. A tételek törlődnek.
remove-accept = Tétel törlése
split-title = Szétbontja a csomagot?
split-words = Minden tétel külön csomagba kerül, a kedvezményezett nevével (összesen { $count }). Mindegyiket külön kell aláírni.
split-accept = Szétbontás
export-title = Exportálás fájlba
export-done = Kiírva: { $path }
export-warning = { $position }. tétel, { $field }: { $what }
exported-title = Kiírva, eltérésekkel
exported-warnings = A formátum nem mindent tud hordozni. A csomag maga nem változott.
send-now-title = Aláírva. Beküldi most?
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
    [5] { $number }. aláírás az 5-ből
   *[other] { $number }. aláírás a { $needed }-ből
}
signing-reading = Az aláírandó dokumentum beolvasása…
signing-no-sheet = Nem írható alá
signing-debit = { $account } terhére
signing-debit-of = { $account } terhére { $sum }
signing-earliest = legkorábbi teljesítés: { $route }
signing-fingerprint = A dokumentum ujjlenyomata (SHA-256)
signing-look-at = Mire figyeljen ({ $count })
signing-nothing-special = Nincs benne megváltozott számla, első utalás vagy ismétlődés.
signing-largest = Legnagyobb tételek
signing-all-orders = Minden tétel
signing-all = Minden tétel ({ $count })
signing-only-largest = Csak a legnagyobbak
signing-pin = Token PIN-kód · { $name }, aláíró kulcs
signing-last-try = Tudom, ez az utolsó próba
signing-last-try-help = Ha ez a PIN-kód is hibás, a token letiltódik, és csak a bank ügyfélszolgálata oldhatja fel.
signing-sign = Aláírom
signing-busy = Aláírás folyamatban…
signing-no-token = Nincs használható token
signing-token-blocked = A token le van tiltva
signing-token-looking = Keressük a tokent…
signing-open-token = Tovább a tokenhez
attention-changed-account = megváltozott számla
attention-first-payment = első utalás
attention-likely-duplicate = lehet, hogy kétszer
attention-twice-here = kétszer a csomagban
attention-was = eddig { $before }, most { $now }
attention-same-sum = ugyanez az összeg: { $day }
attention-also-prepared = másik csomagban is
attention-in-package = ugyanez a fizetés ebben a csomagban is ott van: „{ $package }”
signing-not-you = Ezt a csomagot most nem Ön írja alá

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
order-due-waiting = a bank ekkor teljesíti: { $when }
order-due-queued = fedezetre vár; a bank ekkor nézi meg újra: { $when }
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
sent-queued-title = { $count } tétel sorban áll
sent-queued = Nincs elég fedezet a számlán. A bank ekkor nézi meg újra: { $when }.
sent-queued-later = Nincs elég fedezet a számlán. A bank később újra megnézi.
sent-rejected-title = { $count } tételt a bank visszautasított
sent-story = Mi történt eddig
sent-orders = Tételek ({ $count })
sent-proof = Igazolás
sent-now = most
sent-asking = Kérdezzük a banktól, megkapta-e
sent-ask = Kérdezze most
sent-asking-now = Kérdezzük…
sent-asked = Megkérdeztük a bankot
sent-again = Visszautasítottak újra rögzítése
sent-again-help = A visszautasított tételek új csomagba kerülnek; a régiek itt maradnak.
sent-recorded-again = A visszautasított tételek új csomagban várják az aláírást
sent-copy = Új megbízás ebből
sent-copy-help = A kijelölt tétel adataival új megbízás nyílik.
proof-signed = Aláírta: { $name }
proof-receipt = Befogadási sorszám
proof-received = A bank befogadta
proof-no-receipt = A bank aláírt igazolása még nem érkezett meg.
sent-again-open = Az újra rögzített csomag
sent-again-open-help = A visszautasított tételeket már újra rögzítették; ez a gomb oda visz.

demo-desk = Telefonos ügyfélszolgálat (böngészőben): { $address } – név: { $name }, jelszó: { $password }
demo-web = Webes felület (böngészőben): { $address } – az Adminisztráció „Internet banking szolgáltatás igénylése” megbízása engedélyezi, aktiváló kódot az ügyfélszolgálat ad
demo-desk-user = { $name }: azonosító { $id }, e-PIN { $epin }

# Az ablak: helyek
nav-bank = Kapcsolattartás
nav-messages = Üzenetek
nav-self-administration = Önadminisztráció
nav-admin-orders = Új megbízás
nav-users = Felhasználók és jogok
nav-workplace = Munkahely
ok = Rendben

# Az ablak: megbízások
admin-column-what = Mi változik
admin-column-before = Most
admin-column-after = Ezután
admin-failed = Most nem olvasható
admin-choose = Válassza ki a megbízást
admin-saved = A csomag elkészült, aláírható
admin-cannot-save = Így nem menthető
admin-confirm-title = Ez fog változni
admin-confirm-help = A „Rendben” létrehozza a csomagot. A változás csak aláírás és beküldés után lép életbe.
admin-signing-what = Önadminisztrációs megbízás
admin-signing-problem = A bank ezt a mai hitelesítési tábla szerint visszautasítaná

# Az ablak: a megbízások fajtái
admin-kind-internet-banking = Internet banking szolgáltatás igénylése
admin-kind-internet-banking-help = A webes felület engedélyezése az ügyfélnek, belépés és aláírás a felhasználóknak.
admin-kind-user-data = Felhasználó adatainak módosítása
admin-kind-user-data-help = Mobiltelefon, e-mail-cím, értesítések.
admin-kind-user-rights = Jogosultságok módosítása
admin-kind-user-rights-help = Ki mit láthat, rögzíthet és írhat alá; minden jog visszavonása a felhasználó törlése.
admin-kind-new-account = Új számla felvétele
admin-kind-new-account-help = A bank által megnyitott új számla bevonása a szolgáltatásba, jogokkal.
admin-kind-device = Eszköz felfüggesztése vagy engedélyezése
admin-kind-device-help = Elveszett vagy újra használható token, virtuális chipkártya.
admin-kind-clear-errors = Hibapontok törlése
admin-kind-clear-errors-help = A sikertelen belépések elengedése, a zárolt felhasználó feloldása.
admin-kind-register-id = Másodlagos azonosító regisztrálása
admin-kind-register-id-help = Telefonszám, e-mail-cím vagy adószám, amelyre azonnali átutalás érkezhet a számlára.
admin-kind-confirm-id = Másodlagos azonosító megerősítése
admin-kind-confirm-id-help = Évente egyszer meg kell erősíteni, különben lejár.
admin-kind-delete-id = Másodlagos azonosító törlése
admin-kind-delete-id-help = Az azonosítóra többé nem érkezhet átutalás.
admin-no-new-account = Nincs olyan új számla, amely felvételre vár.
admin-no-device = Egyik felhasználónak sincs ismert eszköze.
admin-no-errors = Egyik felhasználónak sincs hibapontja.
admin-no-ids = Nincs regisztrált másodlagos azonosító.

# Az ablak: a megbízás kitöltése
admin-choose-first = Előbb válassza ki, miről szól a megbízás.
admin-choose-account = Válassza ki a számlát.
admin-choose-one = válasszon
admin-user = Felhasználó
admin-account = Számla
admin-new-account = Új számla
admin-device = Eszköz
admin-identifier = Másodlagos azonosító
admin-identifier-help = Mobiltelefonszám, e-mail-cím, adószám vagy adóazonosító jel
admin-understood = Értelmezve: { $id }
admin-not-an-id = Ez számlaszám, nem másodlagos azonosító.
admin-code = Egyszer használatos kód
admin-code-help = A bank hatjegyű kódot küld a megadott telefonszámra vagy e-mail-címre.
admin-send-code = Kód kérése
admin-code-sent = A bank elküldte a kódot ide: { $id }
admin-phone = Mobiltelefon
admin-email = E-mail-cím
admin-notify = Értesítést kér a csomagokról
admin-view = megtekintés
admin-dispose = rögzítés
admin-sign-none = nem ír alá
admin-sign-class = aláírás: { $class }
admin-rights-on-accounts = Jogok számlánként
admin-rights-of-users = Jogok felhasználónként
admin-rights-none-help = Ha egyetlen jogot sem hagy meg, a felhasználó törlődik az ügyféltől.
admin-right-now = most: { $right }
admin-web-enable = Az ügyfél használja az internet bankingot (webes felület)
admin-web-users = Jelölje be, kinek a beállítása változzon, és válasszon hitelesítési eszközt
admin-web-note = Belépni és aláírni a webes felületen virtuális chipkártyával lehet; az aktiváló kódot a banktól kapja a felhasználó.
    Aki nincs bejelölve, annak semmi sem változik.
admin-web-now = most – bejelentkezés: { $login }, aláírás: { $signing }
admin-web-login = Bejelentkezési eszköz
admin-web-login-help = a felhasználó minden ügyfelénél érvényes
admin-web-signing = Aláírási eszköz
admin-web-signing-help = csak ennél az ügyfélnél érvényes
admin-device-will-suspend = Az eszközzel ezután nem lehet belépni és aláírni, amíg újra nem engedélyezik.
admin-device-will-enable = Az eszköz újra használható lesz.

# Az ablak: felhasználók és jogok
users-people = Felhasználók
users-matrix = Számlák szerint
users-customer = Ügyfél
users-signing = A hitelesítési tábla { $version }. változata · önadminisztrációhoz { $need } aláírás kell · aláírhatja: { $names }
users-signing-class = legalább { $number } „{ $class }” osztályú
users-column-user = Felhasználó
users-column-sign = aláírás
users-locked = zárolva
users-errors = { $count } hibapont
users-change = Módosítás
users-rights = Jogok a számlákon
users-contact = Elérhetőség
users-web = Internet banking
users-web-login = Bejelentkezés (minden ügyfélnél)
users-web-signing = Aláírás (csak ennél az ügyfélnél)
users-devices = Eszközök
users-no-devices = A bank nem közölt eszközt.
users-device-token = token
users-device-virtual-card = virtuális chipkártya
users-suspend = Felfüggesztés
users-enable = Engedélyezés
users-logins = Belépések
users-error-points = Hibapontok
users-clear-errors = Hibapontok törlése
users-signs = aláír: { $class }
users-does-not-sign = nem ír alá
users-matrix-more = További { $count } felhasználó a „Felhasználók” lapon.
users-new-accounts = Felvételre váró új számlák
users-take-account = Felvétel
users-identifiers = Másodlagos azonosítók
users-register-id = Regisztráció
users-confirm-id = Megerősítés
users-confirm-by = megerősítendő eddig: { $day }

# Az ablak: üzenetek
message-new = Új üzenet
message-column = Üzenet
message-subject = Tárgy
message-body = Szöveg
message-send = Küldés
message-unread = új
message-waiting = küldésre vár
message-waiting-help = A bank még nem igazolta vissza. A következő kapcsolatkor újra elküldjük; kétszer nem érkezik meg.
message-kept = Az üzenetet elmentettük és küldjük
message-not-kept = Az üzenet nem menthető
messages-none = Nincs üzenet
messages-none-help = Itt jelennek meg a bank üzenetei, és innen írhat a banknak.
messages-none-chosen = Válasszon üzenetet
messages-none-chosen-help = A kiválasztott üzenet itt olvasható.
messages-failed = Az üzenetek most nem olvashatók

# Önadminisztráció: szavak, amelyeket a parancssor is használ
admin-yes = igen
admin-no = nem
admin-device-usable = használható
admin-device-suspended = felfüggesztve
admin-contact-none = nincs megadva
admin-web-is-enabled = engedélyezve
admin-web-is-disabled = nincs engedélyezve
# Közös terület
nav-shared = Közös terület
shared-title = Közös terület
shared-waiting-count = { $count ->
    [0] most semmi sem vár
   *[other] { $count } csomag vár átvételre
}
shared-refresh = Frissítés
shared-refresh-help = A bank listájának lekérdezése most. A változások maguktól is megjelennek.
shared-none = A közös terület üres
shared-none-help = Ide az „Előkészített csomagok” közül a „Közösre tesz” gombbal kerül csomag; a webes felületről közösre tett csomagok is itt jelennek meg.
shared-none-chosen = Nincs kiválasztott csomag
shared-none-chosen-help = Válasszon egyet a listából, és itt megnézheti, mielőtt átveszi.
shared-failed = A közös terület nem olvasható
shared-put = Odatette
shared-until = Eddig marad
shared-taken-row = Átvette
shared-withdrawn-by = Visszavonta
shared-signatures = Aláírások
shared-unsigned = még nincs, { $need } kell
shared-signed = aláírt { $have }/{ $need }
shared-account = Terhelendő számla
shared-scheduled = Tervezett beküldés
shared-hand-client = { $name } az ügyfélprogramban, { $when }
shared-hand-web = { $name } a webes felületen, { $when }
shared-channel-client = az ügyfélprogramban
shared-channel-web = a webes felületen
shared-state-awaited = válaszra várunk
shared-state-free = átvehető
shared-state-waiting = közös területen
shared-state-taken = átvették
shared-state-withdrawn = visszavonták
shared-state-expired = lejárt
shared-take = Átvesz
shared-taking = Átvétel…
shared-take-help = A csomag ide kerül, innen aláírható és beküldhető. Az aláírásai megmaradnak, amíg nem módosítja.
shared-withdraw = Visszavonás
shared-withdraw-help = A csomag lekerül a közös területről, és az lesz, ami előtte volt, az aláírásaival együtt.
shared-open-copy = Itteni példány
shared-open-copy-help = Megnyitja a csomag itteni, lezárt példányát az előkészített csomagok között.
shared-invalid = { $count } aláírás nem érvényes
shared-invalid-words = Nem erre a tartalomra szól, vagy nem a bank tanúsítványával készült. Átvételkor elmarad.
shared-content-login = A tételek bejelentkezés után láthatók.
shared-needs-login = A közös területhez jelentkezzen be a bankba.
shared-awaited-toast = A bank válaszára várunk, ne ismételje meg. Megkérdezzük, amint elérhető.
shared-withdrawn-toast = A csomag lekerült a közös területről
shared-taken-toast = Átvéve: { $name }
shared-taken-signed-toast = Átvéve: { $name }, { $count } érvényes aláírással
shared-dropped-toast = { $count } aláírás nem volt érvényes, ezért elmaradt
shared-news-waiting = { $by } a közös területre tette: { $name }
shared-news-taken = { $by } átvette { $door }: { $name }
shared-news-withdrawn = Máshol visszavonták a közös területről, újra itt van: { $name }
shared-news-expired = A közös területen lejárt az ideje, újra itt van: { $name }
shared-news-look = Megnézem
shared-news-package = A csomaghoz
packages-share = Közösre tesz
packages-share-several = Közösre tesz ({ $count })
packages-share-help = A csomag a bank közös területére kerül, ahonnan egy másik gépen vagy a webes felületen átvehető.
sharing-title = { $count ->
    [1] Közös területre teszi?
   *[other] { $count } csomagot tesz a közös területre?
}
sharing-unsigned = aláírás nélkül
sharing-more = … és még { $count } csomag
sharing-until = Meddig maradjon ott
sharing-longest = Üresen hagyva a leghosszabb idő, utolsó napja: { $day }
sharing-too-long = Az utolsó nap legkésőbb ez lehet: { $day }
sharing-words = Itt a csomag zárolva marad, amíg vissza nem vonja, le nem jár az ideje, vagy más át nem veszi. Az aláírásai vele mennek, és érvényesek maradnak, amíg a tartalma nem változik.
share-done = A közös területen van: { $name }
share-awaited = { $name }: a bank válaszára várunk, ne ismételje meg
share-failed = { $name }: { $why }
share-withdrawn = Visszavonva a közös területről: { $name }
where-parking = Közös területre tesszük: a bank válaszára várunk
where-withdrawing = Visszavonjuk a közös területről: a bank válaszára várunk
where-taking = Átvesszük: a bank válaszára várunk
where-awaited-words = Ne ismételje meg. Ugyanazt a kérést küldjük újra, amint a bank elérhető, így semmi sem vész el, és semmi sem történik kétszer.
where-waiting = A közös területen van. Odatette: { $hand }
where-waiting-mine = Itt zárolva van. Utolsó napja a közös területen: { $until } Addig visszavonhatja.
where-waiting-words = Itt zárolva van. Utolsó napja a közös területen: { $until } Átvenni a „Közös terület” menüben lehet.
where-taken = Átvette: { $hand }
where-taken-words = Ez a példány lezárult. Ha beküldik, a sorsát az „Elküldött megbízások” között láthatja.
where-again = Aki átvette, újra közösre tette: { $hand }
where-again-words = Ez a példány lezárult. A „Közös terület” menüben átveheti.
where-changed-by = { $name } módosítva küldte be, { $when }
where-changed = Módosítva küldték be, { $when }
where-changed-words = Nem ez a tartalom ment a bankba, ezért itt nem mutatunk teljesítést. A bank még dolgozik a módosított csomagon.
where-changed-decided = Nem ez a tartalom ment a bankba. A módosított csomagból { $executed } tétel teljesült, { $rejected } visszautasítva.
taken-from = A közös területről átvéve. Odatette: { $from }
taken-from-signed = { $count } aláírás van rajta, érvényesek, amíg a tartalma nem változik: az első módosításhoz vissza kell vonni, és akkor mind törlődik.
taken-from-unsigned = Nincs rajta aláírás. Most itt írható alá és küldhető be.
withdraw-taken-words = A csomagot { $from } tette a közös területre. Visszavonva módosítható lesz, de { $count } aláírás törlődik róla, köztük a másoké is, és újra alá kell írni. A tételek megmaradnak.

## A program frissítése

settings-program = A program
update-state = Állapot
update-checked = Utolsó keresés
update-never-checked = még nem volt
update-unasked = Még nem kérdeztük meg a bankot.
update-check = Keresés most
update-checking = Keresés…
update-look = Megnézem
update-look-old = Frissítés
update-notice = Új változat: { $version }
update-notice-old = A bank már csak a { $version } vagy újabb változatot fogadja el. Az adatok olvashatók, de bejelentkezni és beküldeni nem lehet.
update-title = Új változat: { $version }
update-needed = Legalább { $version } változat kell
update-own = Ez a program: { $own }
update-facts = Ez a program: { $own } · az új kiadva: { $released } · { $size }
update-signed = Aláírás ellenőrizve
update-blocked = A bank ezt a változatot már nem fogadja el
update-blocked-help = Amíg a programot nem frissíti, nem lehet bejelentkezni, beküldeni és az adatokat frissíteni. A rögzített megbízások és minden más adat megmarad: olvasható és fájlba menthető.
update-no-offer = Innen most nem frissíthető
update-notes = Újdonságok
update-no-notes = A kiadáshoz nem írtak leírást.
update-progress = { $bytes } / { $of }
update-ready = Letöltve és ellenőrizve
update-ready-help = A fájl megegyezik azzal, amelyet a bank aláírt kiadása megnevez. A telepítés idejére a program bezárul, utána újra elindul; az adatai és a beállításai megmaradnak.
update-ready-path = A fájl megegyezik azzal, amelyet a bank aláírt kiadása megnevez. Telepítse a rendszer eszközeivel: { $path }
update-loses = Amit most ír, elveszne
update-loses-help = A megnyitott űrlap még nincs mentve. Fejezze be előbb, vagy telepítsen nélküle.
update-starting = A telepítő indul…
update-failed = A frissítés nem sikerült
update-read-only = Csak olvasom
update-download = Letöltés
update-install = Telepítés és újraindítás
update-install-anyway = Telepítés mentés nélkül
update-stay = Vissza az űrlaphoz

# Több bank és ügyfél
nav-everyone = Minden ügyfél
nav-connections = Bankkapcsolatok
bank-archived = archív
bank-paused = szünetel
bank-paused-help = A kapcsolat szünetel: a bankot nem hívjuk, az adatok megvannak. Újra használatba az Adminisztráció, Bankkapcsolatok lapon veheti.
bank-locked = zárolva
bank-locked-help = A munkamenet lezárult. Kattintásra újra bejelentkezhet; amit beírt, megvan.
bank-unusable = nem használható
choice-title = Ügyfél választása
choice-search = Ügyfél vagy bank neve
choice-none = Nincs ilyen ügyfél.
choice-more = { $count } sorból { $shown } látszik. Írjon be még néhány betűt.
choice-keys = Le és fel nyíl: lépés · Enter: választás
choice-keys-shared = Le és fel nyíl: lépés · Enter: választás · Ctrl+0…9: bárhonnan
choice-first-login = Első bejelentkezés
choice-help = Másik ügyfél vagy bank (Ctrl+U, vagy számmal: Ctrl+1…9)
choice-offline = { $bank }: nincs bejelentkezve. A legutóbb letöltött adatokat látja.
everyone-banks = { $open } bank kapcsolódva ({ $count } közül)
everyone-banks-help = Minden bejelentkezett bank frissítése (F5)
notify-whose = { $whose }: { $what }
sync-done-all = Minden bejelentkezett bank adatai frissek.
sync-done-others = A többi bank adatai frissek.
everyone-search = Csomag keresése minden ügyfélnél
everyone-customers = Ügyfelek
everyone-nothing-help = Egyik ügyfélnél sincs aláírandó vagy beküldendő csomag.
everyone-more = és még { $count }
everyone-customer = Ügyfél
everyone-state = Állapot
everyone-balance = Elérhető egyenleg
everyone-to-sign = Aláírandó
everyone-to-send = Beküldhető
everyone-unread = Olvasatlan
everyone-not-found = Nincs ilyen csomag
everyone-not-found-help = Próbálja a nevének más részletével.
everyone-package = Csomag
everyone-login-needed = csak bejelentkezve látható
everyone-log-in = Bejelentkezés: { $bank }
everyone-no-data = még nincs adat
everyone-unreadable = nem olvasható
everyone-not-read = Itt nem tudtuk beolvasni az adatokat: { $whose }
everyone-choose-first = Válasszon ki egy ügyfelet a listából, azután indítsa el újra.
everyone-without = hiányzik { $count } számla
everyone-company-without = nincs benne: { $banks }
everyone-not-found-there = A kereshető ügyfeleknél nincs ilyen csomag
everyone-not-searched = Itt nem tudtunk keresni: { $whose }
everyone-cut = Egy listából legfeljebb { $count } csomag látszik, itt több is van: { $whose }. Írjon be többet a nevéből.
everyone-company = { $name } ({ $banks })
everyone-companies = Egy cég több banknál, összesen
connection-add = Új bank csatlakoztatása
connection-column-bank = Bank
connection-column-synced = Utolsó frissítés
connection-customers = { $count ->
    [0] még nincs ügyfél
   *[other] { $count } ügyfél
}
connections-none = Nincs még bank
connections-none-help = Csatlakoztassa a bankját a kapcsolatfájllal.
connection-rename = Átnevezés
connection-name = Név a programban
connection-life = Kapcsolat
connection-user = Bejelentkezett felhasználó
connection-nobody = senki
connection-active = használatban
connection-pause = Szüneteltetés
connection-pause-help = Szüneteltetve a program nem hívja a bankot. Az adatok megmaradnak és láthatók.
connection-resume = Újra használatba veszem
connection-resume-help = A program nem hívja a bankot. Az adatok megvannak és láthatók.
connection-archived-help = Az adatok megvannak, de a listákban nem látszanak.
connection-archive = Archiválás
connection-remove = Törlés…
connection-put-away-help = Archiváláskor minden adat megmarad. Törölni csak azt a bankot lehet, amelynél még semmit sem rögzítettek.
connection-only-one = Ez az egyetlen bank, ezért nem archiválható és nem törölhető.
connection-archive-title = Archiválja: { $name }?
connection-archive-words = Kijelentkezünk, és a bank eltűnik a listákból. Minden adata megmarad: a csomagok, az aláírások, a visszaigazolások, a számlák forgalma és az üzenetek. Bármikor újra használatba veheti.
connection-kept-title = Nem törölhető: { $name }
connection-kept-words = Ennél a banknál már készült csomag, partner, sablon vagy üzenet. Ezeket meg kell őrizni, ezért semmit sem töröltünk. Archiválhatja: a bank eltűnik a listákból, és minden adata megmarad.
connection-remove-title = Törli: { $name }?
connection-remove-words = A kapcsolat és mindaz, amit a bank küldött, törlődik erről a gépről. A banknál semmi sem változik.
connection-remove-accept = Törlés
connection-never = még nem volt
connection-customers-title = Ügyfelek ennél a banknál
connection-no-company = nincs párja más banknál
connection-same-company = Ugyanaz a cég, mint
connection-customer-number = Ügyfélszám: { $number }
connection-renamed = Az új neve: { $name }
connection-logged-out = { $name }: kijelentkezett.
connection-paused-done = { $name }: szünetel. Az adatok megmaradtak.
connection-resumed = { $name }: újra használatban.
connection-archived = { $name }: archív. Minden adata megmaradt.
connection-removed = { $name }: törölve.
owner-label = Kié?
owner-common = minden ügyfélé (közös)
owner-own = csak ezé: { $name }
owner-column = Kié
owner-column-common = közös
owner-column-own = saját

# F1: the keys of a place.
help-title = Billentyűk
help-link = Billentyűk
help-everywhere = Mindenhol
help-lists = Listákban
help-help = ez a lap
help-new-order = új megbízás
help-import = fájl importálása
help-sync = frissítés a bankból
help-choose = ügyfél választása
help-customer = az adott sorszámú ügyfél
help-everyone = minden ügyfél
help-place = a menü adott sorszámú pontja
help-size = nagyobb, kisebb betűk
help-walk = tovább, vissza a mezők között
help-back = egy lépéssel vissza
help-list-walk = mozgás a sorok között
help-list-mark = kijelölés
help-list-extend = a kijelölés folytatása
help-list-all = minden sor kijelölése
help-list-open = megnyitás
help-search = keresés
help-save = mentés
help-save-next = mentés, és új megbízás rögzítése
help-package = a csomag választása
help-next-field = a következő mezőre
help-sign = aláírás
help-send = beküldés
help-share = közös területre tétel
help-delete = törlés
help-take = átvétel a közös területről
help-withdraw = kivétel a közös területről
help-file = fájl választása
help-take-in = átvétel a programba
help-report = hibalista mentése
help-new = új rekord
help-order-to = megbízás a partnernek
help-order-from = megbízás a sablonból
help-partners-in = partnerek átvétele fájlból
help-partners-out = partnerek mentése fájlba
help-write = mentés fájlba
help-send-message = az üzenet elküldése
help-new-bank = új bank
help-new-admin = új önadminisztrációs megbízás
help-take-changed = minden módosulás átvétele
