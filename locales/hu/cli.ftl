### A parancssor szövegei.

cli-pin-prompt = PIN-kód
cli-connected = Kapcsolódva: { $bank }; ügyfelek: { $count }
cli-synced = A szinkron kész.
cli-account = Számla
cli-number = Számlaszám
cli-booked = Könyvelt
cli-available = Elérhető
cli-partner = Partner
cli-target = Számla vagy azonosító
cli-partners-total = Partnerek: { $total }, ebből látszik { $shown }
cli-partners-imported = { $count } partner átvéve.
cli-partners-exported = Kiírva: { $partners } partner és { $templates } sablon ide: { $path }
cli-partners-counts = { $what }: { $new } új, { $changed } változik, { $same } változatlan, { $conflicting } ütközik
cli-partners-partners = Partnerek
cli-partners-templates = Sablonok
cli-partners-taken = { $count } tétel átvéve, { $left } kimaradt.
cli-partners-nothing-taken = Semmit sem vettünk át.
cli-recorded = Rögzítve: „{ $name }”, { $count } tétel
cli-route = Teljesítés
cli-preview = { $good } hibátlan tétel ({ $total }), { $bad } hibás
cli-line = { $line }. sor
cli-imported = { $count } tétel átvéve, összesen { $total }; { $left } kimaradt.
cli-only-good = A hibátlan tételek átvétele: --only-good
cli-despite-totals = Átvétel az eltérés ellenére: --despite-totals
cli-taken-before = Ezt a fájlt már átvették: „{ $file }”, { $at }.
cli-again = Átvétel másodszor is: --again
cli-read-as = Kódolás: { $encoding }, így olvastuk: { $sample }
cli-read-as-doubtful = Kódolás: { $encoding }, de ez nem biztos. Nézze meg, hogy jól olvastuk-e: { $sample }. Ha nem, mentse el a fájlt UTF-8 kódolással.
cli-package = Csomag
cli-name = Név
cli-orders = Tétel
cli-total = Összeg
cli-state = Állapot
cli-signatures = Aláírások: { $have } / { $need }
cli-signed = Aláírva: „{ $name }” ({ $have } / { $need })
cli-exported = Kiírva: { $path }
cli-deleted = { $count } csomag törölve.
cli-removed = A megbízás törölve.
cli-split = A megbízások külön csomagba kerültek ({ $count } csomag):
cli-log-whole = Az eseménynapló ép: { $count } bejegyzés, egyiket sem változtatták meg a programon kívül.
cli-uncertain = A bank válasza nem érkezett meg. Ne küldje újra; a „status” parancs megkérdezi a bankot.
cli-due-waiting = a bank ekkor teljesíti: { $when }
cli-due-queued = fedezetre vár; a bank ekkor nézi meg újra: { $when }
output-lost = Amit ki kellett volna írni, nem fért ki. A munka elkészült, semmi nem veszett el; a „status” és a „packages” parancs újra megmutatja.
cli-last-try = Ha mégis megpróbálja, adja meg a --last-try kapcsolót.
cli-technical = Technikai részletek: { $said }
cli-new-pin-prompt = Új PIN-kód
cli-new-pin-again = Új PIN-kód még egyszer
cli-code-prompt = Code
cli-untouched = Érintetlen maradt: „{ $name }”
cli-pin-set = Az új PIN-kód él.
cli-unblock-tell =
    Hívja a bank ügyfélszolgálatát, és olvassa be:
      CSN     { $csn }
      Random  { $random }
    Közben ne húzza ki a tokent. Utána írja be a hallott Code-ot.
cli-unblocked = A token feloldva, az új PIN-kód él.
cli-renewed = Az új tanúsítványok a tokenen vannak. Érvényesek: { $until }
cli-renewal-keys = A token új kulcsokat készít; ez akár egy percig is tarthat…
cli-renewal-request = Kérelem aláírása…
cli-renewal-bank = A bank kiállítja a tanúsítványokat…
cli-renewal-install = A tanúsítványok a tokenre kerülnek…
cli-reader-with-card = { $name } (kártyával)
cli-token-chosen = Mostantól ezt a tokent használjuk.
cli-token-reader = Olvasó: { $name }
cli-token-csn = CSN: { $csn }
cli-token-tries = PIN-próbák: { $left } / { $max }
cli-token-certificate = { $purpose }: { $holder } ({ $issuer }), érvényes: { $to }, még { $days } nap
cli-token-certificate-login = Bejelentkező tanúsítvány
cli-token-certificate-signing = Aláíró tanúsítvány
cli-token-starting = A token még nem válaszolt.
cli-token-not-configured = Nincs beállítva token.
cli-token-no-service = A gépen nem fut az intelligenskártya-szolgáltatás (PC/SC).
cli-token-no-reader = Nincs bedugva olvasó vagy USB-token.
cli-token-no-card = Az olvasóban nincs kártya.
cli-token-foreign-card = Az olvasóban lévő kártya nem banki token.
cli-token-new = Új token: még nincs saját PIN-kódja („token pin-set” vagy „token pin-change”).
cli-token-in-use = A token használható.
cli-token-software = Szoftveres token (kulcsfájl), használható.
cli-token-blocked = A token le van tiltva; feloldható a „token unblock” paranccsal.
cli-token-dead = A token végleg le van tiltva; kérjen újat a bankjától.
cli-token-failed = A token nem használható.
cli-admin-table = A hitelesítési tábla { $version }. változata; önadminisztrációhoz { $need } aláírás kell; aláírhatja: { $names }
cli-admin-web = {"  "}Internet banking – bejelentkezés: { $login }, aláírás: { $signing }
cli-admin-new-account = Felvételre vár: { $account }
cli-admin-id = Másodlagos azonosító: { $id } → { $account }, megerősítendő eddig: { $day }
cli-code-sent = A bank elküldte az egyszer használatos kódot ide: { $id }
cli-message-bank = Bank
cli-message-sent = Az üzenet a banknál van.
cli-message-waits = Az üzenetet elmentettük; a következő kapcsolatkor újra elküldjük.
demo-bank-runs = A bemutató bank fut ezen a gépen, titkosított kapcsolaton ({ $profile }).
demo-logged-in = Bejelentkezve tokennel: { $user }
demo-partner = Partner kiválasztva: { $name } ({ $total } találat)
demo-recorded = Megbízás rögzítve, csomag: „{ $name }”
demo-signed = A csomagot aláírta: { $user }
demo-sent = Beküldve; a bank aláírt visszaigazolása megérkezett.
demo-balances = Egyenlegek a teljesítés után:

demo-web-client = A webes felület: { $address }
demo-operator-desk = A telefonos ügyfélszolgálat lapjai: { $address } (név: { $name })

# Közös terület
cli-shared-put = Odatette
cli-shared-waiting = átvételre vár
cli-shared-taken-by = átvette: { $by }
cli-shared-withdrawn = visszavonva
cli-shared-expired = lejárt
cli-shared-taken = Átvéve: „{ $name }”, { $count } érvényes aláírással
cli-shared-awaited = A bank válasza nem érkezett meg. Ne ismételje; a következő „shared” vagy „sync” parancs megkérdezi a bankot.

cli-store-file = Adatbázis
cli-store-data = Adatok mappája
cli-store-cache = Újra letölthető fájlok
cli-store-logs = Naplófájlok
cli-store-readable = Az adatbázist ez a változat olvasni tudja (adatforma: { $schema }, ez a változat ennyit ismer: { $known }).
cli-store-none = Még nincs adatbázis: { $path }
cli-policy-none = A rendszergazda semmit nem állított be ({ $place }).
cli-policy-place = Helye
cli-policy-authority = Engedélyezett tanúsítványkiadó (SHA-256)
cli-policy-any = bármelyik
cli-policy-connection = Kapcsolatfájl az első indításhoz
cli-policy-updates = A program frissíti magát
cli-policy-on = igen
cli-policy-off = nem
cli-update-own = Ez a program: { $version }
cli-update-file = Letölthető: { $name } ({ $bytes } bájt)
cli-update-downloaded = Letöltve, az aláírt leírással egyezik: { $path }
cli-package-written = A csomag fájlba mentve: { $path }
cli-package-taken =
    { $dropped ->
        [0] Átvéve: „{ $name }”, érvényes aláírás: { $signatures }.
       *[other] Átvéve: „{ $name }”, érvényes aláírás: { $signatures }, kimaradt érvénytelen: { $dropped }.
    }
cli-package-name = Csomag
cli-package-customer = Ügyfél
cli-package-count = Tételek száma
cli-package-signer = Érvényes aláírás
cli-package-invalid = Érvénytelen aláírás
cli-package-obstacle = Nem vehető át
