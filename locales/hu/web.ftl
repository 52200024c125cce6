# A bank webes ügyfélfelülete: az oldalak szövegei. A hibák egy része az errors.ftl-ben áll.

## Keret
web-title = Kapocs web
web-skip = Ugrás a tartalomra
web-other-language = English
web-needs-script = A webes felület a kulcsokat a böngészőben őrzi, ezért JavaScript nélkül nem használható. Engedélyezze ezen az oldalon.
web-script-network = A bank nem érhető el. Semmi sem veszett el; ellenőrizze a kapcsolatot, és próbálja újra.
web-script-key = A böngésző nem tudta elvégezni a kulcsműveletet. Privát ablakban vagy letiltott tárolóval a virtuális chipkártya nem működik.
web-problem-title = Ez most nem sikerült
web-problem-back = Vissza a kezdőlapra
web-customer-change = Másik ügyfél választása

## Navigáció
web-nav-label = Főmenü
web-nav-accounts = Számlavezetés
web-nav-overview = Áttekintés
web-nav-orders = Megbízások kezelése
web-nav-packages = Előkészített csomagok
web-nav-new-order = Új megbízás
web-nav-sent = Elküldött megbízások
web-nav-data = Törzsadatok és beállítások
web-nav-partners = Partnertörzs kezelése
web-nav-messages = Üzenetek
web-nav-card = Virtuális chipkártya
web-nav-approve = Jóváhagyás
web-nav-full = Teljes felület
web-nav-exit = Kilépés

## Bejelentkezés
web-login-title = Bejelentkezés
web-login-no-card = Ebben a böngészőben még nincs virtuális chipkártya. Regisztráljon egyet a banktól kapott aktiváló kóddal.
web-login-register = Virtuális chipkártya regisztrálása
web-login-card = Virtuális chipkártya
web-login-submit = Bejelentkezés
web-login-other-card = Másik virtuális chipkártya regisztrálása
web-login-help = A bank sosem kéri telefonon a személyes kódot. Az ötödik hibás kód után a felhasználó zárolódik.
web-personal-code = Személyes kód
web-last-login = Utolsó bejelentkezés: { $at }
web-last-login-never = Ez az első bejelentkezése.

## Ügyfélválasztás
web-customers-title = Ügyfél választása

## Regisztráció
web-register-title = Virtuális chipkártya regisztrálása
web-register-intro = A kártya két kulcsát ez a böngésző készíti és őrzi; a kulcsok innen nem vihetők el, másik böngészőhöz másik kártya kell. A kártya ingyenes, tanúsítványa nem jár le, amíg a bank hitelesítőhelye él.
web-register-user = Felhasználói azonosító (8 számjegy)
web-register-code = Aktiváló kód
web-register-code-hint = A bank ügyfélszolgálatától kapja, 24 óráig és egyszer használható. Például: 7K2M-9QXD-4TBH
web-register-label = A kártya neve
web-register-label-default = Irodai gép
web-register-personal-code = Személyes kód
web-register-personal-code-hint = 6–12 számjegy. Nem lehet egyetlen ismétlődő számjegy, nem lehet benne négy egymást követő (1234, 9876), és nem tartalmazhatja az azonosító részletét. A bank bejelentkezéskor és minden aláíráskor kéri.
web-register-personal-code-again = Személyes kód még egyszer
web-register-codes-differ = A két személyes kód nem egyezik.
web-register-submit = Regisztrálás
web-register-done = A virtuális chipkártya elkészült. Mostantól ezzel jelentkezhet be és írhat alá ebben a böngészőben.
web-register-to-login = Tovább a bejelentkezéshez
web-register-help = Ha már van kártyája ebben a böngészőben:

## Saját kártyák
web-card-title = Virtuális chipkártyák
web-card-intro = Ezek a böngészők léphetnek be és írhatnak alá az Ön nevében.
web-card-label = Név
web-card-registered = Regisztrálva
web-card-last-login = Utolsó bejelentkezés
web-card-state = Állapot
web-card-action = Művelet
web-card-this = (ez a böngésző)
web-card-state-active = használható
web-card-state-suspended = felfüggesztve
web-card-state-withdrawn = visszavonva
web-card-suspend = Felfüggesztés
web-card-suspend-hint = A felfüggesztett kártya azonnal sem belépésre, sem aláírásra nem jó. Újra engedélyezni önadminisztrációs megbízással vagy a bank ügyfélszolgálatán lehet.
web-card-suspended = Felfüggesztettük ezt a kártyát: { $label }.

## Jóváhagyás
web-approve-title = Aláírás
web-approve-back = Vissza a csomaghoz
web-approve-intro = Ezeket az adatokat a böngésző magából az aláírandó dokumentumból olvasta ki; az aláírás ezekre az összegekre és kedvezményezettekre szól.
web-approve-total = Összesen
web-approve-type = Típus
web-approve-count = Tételek száma
web-approve-debits = Terhelendő számlák
web-approve-fingerprint = A dokumentum ujjlenyomata (SHA-256)
web-approve-payees = Kedvezményezettek
web-approve-payee = Kedvezményezett
web-approve-account = Számla vagy másodlagos azonosító
web-approve-amount = Összeg
web-approve-when = Teljesítés
web-approve-soon = amint lehet
web-approve-cover-help = Az azonnali megbízást a bank fedezet nélkül visszautasítja, a többi sorban áll, amíg fedezet lesz.
web-approve-first = Első utalás: { $count } kedvezményezettnek ez az ügyfél még nem utalt. Aláírás előtt egyeztesse a számlaszámukat!
web-approve-narrative = Közlemény
web-approve-more = A többi tétel is
web-approve-submit = Aláírás
web-approve-done = A csomagot aláírta.
web-approve-no-key = Ennek a kártyának a kulcsa nincs ebben a böngészőben, ezért itt nem lehet vele aláírni.
web-approve-unreadable = A dokumentum nem olvasható ki hibátlanul, ezért nem írható alá. Szóljon a banknak.

## Amit a webes felület elutasít
web-form-stale = Az űrlap elévült, vagy nem erről az oldalról jött. Semmi sem történt; kezdje újra.
web-activation-mistyped = Az aktiváló kódot elgépelte: az ellenőrző karakterek nem illenek. Ez nem számít hibás kísérletnek.
web-activation-wrong = Az azonosító vagy az aktiváló kód hibás. Öt hibás kísérlet után a kód érvényét veszti, és újat kell kérni a banktól.
web-activation-expired = Az aktiváló kód 24 órája lejárt. Kérjen újat a banktól.
web-activation-used = Ezzel az aktiváló kóddal már regisztráltak kártyát. Ha nem Ön volt, azonnal hívja a bankot.
web-personal-code-weak = Ez a személyes kód nem felel meg a szabályoknak. Válasszon másikat.
web-personal-code-wrong = A személyes kód hibás. Ez egy hibapont; az ötödik után a felhasználó zárolódik.
web-card-label-bad = Adjon nevet a kártyának, legfeljebb 40 karakterben.
web-card-keys = A bank nem fogadta el a böngésző kulcsait. Próbálja újra.
web-card-unknown = A bank nem ismeri ezt a virtuális chipkártyát. Regisztráljon másikat.
web-card-closed = Ez a virtuális chipkártya fel van függesztve vagy vissza van vonva.
web-not-enabled = A webes felület az Ön számára egyik ügyfélnél sincs engedélyezve. Önadminisztrációs megbízással (Internet banking szolgáltatás igénylése) kérhető.
web-signing-not-enabled = Ennél az ügyfélnél a webes aláírás nincs engedélyezve az Ön számára.
web-document-changed = A csomag közben megváltozott, már nem az, amit megmutattunk. Nem írtuk alá és nem adtuk tovább; nyissa meg újra, és nézze át.
web-approval-unknown = A jóváhagyás ideje lejárt, vagy már felhasználták. Semmit sem írtunk alá; kezdje újra.
