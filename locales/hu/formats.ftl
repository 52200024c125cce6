# Fájlok: miért nem olvasható egy fájl, mi változott a beolvasáskor, mi nem fér bele egy kiírt fájlba.
# A kulcsok a formats könyvtár hibakódjai; a változók a hibák nevesített értékei.

## A fájl egésze nem olvasható tovább
format-io = A fájlt nem sikerült olvasni vagy írni. A már felvett megbízások megvannak. Ellenőrizze, hogy a fájl elérhető-e, és próbálja újra.
format-not-xml = A fájl nem szabályos XML ({ $line }. sor). Ami előtte rendben volt, az a listában látszik, de semmit nem vettünk át. Kérje a fájlt újra attól a programtól, amelyik készítette.
format-empty = A fájl üres, nem vettünk át belőle semmit. Készítse el újra abban a programban, amelyikből való.
format-workbook = Ez egy táblázatkezelő fájlja vagy tömörített fájl, nem átutalások fájlja; nem vettünk át belőle semmit. Kérjen a könyvelő- vagy bérprogramból átutalási XML-t (pain.001 vagy Electra).
format-pdf = Ez nyomtatható dokumentum (PDF), nem átutalások fájlja; nem vettünk át belőle semmit. Kérjen a könyvelő- vagy bérprogramból átutalási XML-t (pain.001 vagy Electra).
format-payord = Ez PAYORD formátumú fájl, amelyet ez a program nem olvas; nem vettünk át belőle semmit. Állítsa át a könyvelő- vagy bérprogramot átutalási XML-re (pain.001 vagy Electra).
format-table = Ez soronként tagolt táblázat (CSV), amelyből átutalást ez a program nem olvas; nem vettünk át belőle semmit. Kérjen a könyvelő- vagy bérprogramból átutalási XML-t (pain.001 vagy Electra).
format-no-payments = Ez nem átutalások fájlja; nem vettünk át belőle semmit. Kérjen a könyvelő- vagy bérprogramból átutalási XML-t (pain.001 vagy Electra).
format-wrong-root = Ez a fájl nem átutalási megbízás: { $found } van benne. pain.001 (001.03 vagy 001.09) és Electra HUFTransactions fájlt tudunk beolvasni. Semmit nem vettünk át belőle.
format-dtd = A fájl saját jelöléseket vezet be (DTD, { $line }. sor). Ez biztonsági okból tilos, ezért a fájlt nem olvastuk tovább. Kérje a fájlt ilyen rész nélkül.
format-entity = A fájl { $line }. sorában ismeretlen jelölés áll: &{ $name };. A fájlt nem olvastuk tovább. Ha ez egy „&” jel akart lenni, a fájlban &amp; alakban kell állnia.
format-unsupported-encoding = A fájl kódolását nem ismerjük ({ $name }). UTF-8, UTF-16, ISO-8859-1, ISO-8859-2, ISO-8859-15, windows-1250 és CP852 kódolású fájlt tudunk beolvasni. Semmit nem vettünk át belőle.
format-invalid-bytes = A fájl a többi jele szerint { $encoding } kódolású, de a { $line }. sorában ez nem igaz. Nem találgatunk, mert hibás nevek kerülhetnének a megbízásokba. Kérje a fájlt a valódi kódolás megjelölésével.
format-truncated = A fájl a { $line }. sora után váratlanul véget ér, tehát nem teljes. A listában csak az látszik, ami hiánytalanul megérkezett; lehet, hogy több tétel is volt, ezért semmi sem vehető át belőle. Kérje el a fájlt újra.
format-too-long = A fájl { $line }. sorában egyetlen adat hosszabb, mint { $limit } bájt. Ilyen hosszú adat ilyen fájlban nem fordul elő, ezért nem olvastuk tovább.
format-too-deep = A fájl { $line }. sorában több mint { $limit } elem áll egymásban. Ilyen átutalási fájl nincs, ezért nem olvastuk tovább.
format-too-large = A csomag nagyobb, mint { $limit } bájt; ekkorát egyben nem lehet aláírni és elküldeni. Ossza több csomagra.

## A csomag aláírandó dokumentuma nem szabályos
format-unexpected = A csomag dokumentumának { $line }. sorában olyasmi áll, ami nem odavaló: { $found }. A dokumentumot nem fogadjuk el.
format-missing = A csomag dokumentumából hiányzik ({ $line }. sor): { $element }. A dokumentumot nem fogadjuk el.
format-value = A csomag dokumentumának { $line }. sorában hibás ez az érték: { $element }. A dokumentumot nem fogadjuk el.
format-count-mismatch = A dokumentum { $declared } megbízást jelez, de { $found } van benne. A dokumentumot nem fogadjuk el.
format-sum-mismatch = A dokumentumban megadott végösszeg { $declared_total }, a megbízások összege viszont { $found_total }. A dokumentumot nem fogadjuk el.
format-duplicate-order = Ugyanaz a megbízás ({ $id }) kétszer szerepel a csomagban. Vegye ki az egyiket.
format-no-orders = Nincs megbízás, amelyet ki lehetne írni.
format-other-type = A csomag fejléce mást ígér ({ $declared }), mint ami a tartalma. A fájlból semmi nem került be.

## Kiírás
format-cannot-write-header = A csomag adatai között olyan értéket kapna, amelyet a formátum nem enged meg: { $element }. Nem írtunk ki semmit.
format-cannot-write = A csomag { $position }. megbízásában olyan értéket kapna, amelyet a formátum nem enged meg: { $element }. Nem írtunk ki semmit.
format-cannot-encode = A csomag { $position }. megbízásában olyan betű áll („{ $character }”), amely { $encoding } kódolásban nem létezik. Nem írtunk ki semmit. Válasszon UTF-8 kódolást, vagy írja át a szöveget.
format-no-secondary-id = A csomag { $position }. megbízása másodlagos számlaazonosítóra szól, az Electra HUF XML formátumban ennek nincs helye. Nem írtunk ki semmit. Használjon pain.001 formátumot, vagy hagyja ki ezt a megbízást.

## Beolvasott tételek: amit elfogadtunk, de tudnia kell róla
import-longer-than-format = Hosszabb, mint amennyit a fájl formátuma enged ({ $found } betű a { $max } helyett). Teljes hosszában átvettük.
import-more-lines-than-format = Több sorból áll, mint amennyit a fájl formátuma enged ({ $found } sor a { $max } helyett). Mindet átvettük, szóközzel összefűzve.
import-cut = Túl hosszú: { $found } betűből az első { $kept } fért el, a többit levágtuk. Nézze meg, hogy így is érthető-e.
import-left-out = Belföldi átutalásban nincs helye, ezért kihagytuk a fájlból ezt az adatot: { $element }.
import-high-is-viber = A fájl csak magas fontosságot kér (HIGH), másik módot nem nevez meg. VIBER-átutalásnak vettük, ami drágább: ha nem annak szánták, a megbízásban kapcsolja ki.
import-made-plain = A bankok által el nem fogadott írásjeleket ({ $characters }) egyszerűekre cseréltük.

## Beolvasott fájlok: amit a fájl magáról állít, és nem igaz
import-count-broken = A fájl fejléce { $declared } tételt ad meg, a fájlban viszont { $found } van.
import-group-count-broken = A fájl { $group }. csoportja (PmtInf) { $declared } tételt ad meg magáról, de { $found } van benne.
import-sum-broken = A fájl fejléce { $declared_total } végösszeget ad meg, a tételek összege viszont { $found_total }.
import-group-sum-broken = A fájl { $group }. csoportja (PmtInf) { $declared_total } összeget ad meg magáról, a tételeinek összege viszont { $found_total }.

## Beolvasott tételek: ami miatt a tétel így nem vehető át
import-currency-missing = Az összeg mellett nincs devizanem. Belföldi átutalás csak forintban (HUF) lehet.
import-currency = Az összeg devizaneme { $found }. Belföldi átutalás csak forintban (HUF) lehet.
import-twice = Kétszer szerepel, más-más értékkel: { $element }. Nem tudjuk, melyik az igazi.
import-not-transfer = A fizetési mód { $found }, nem átutalás (TRF).
import-date = A terhelési nap nem érthető: „{ $found }”. A fájlban éééé-hh-nn alakban kell állnia.
import-amount-missing = Az összeg hiányzik.
import-amount = Az összeg nem érthető egyértelműen: „{ $found }”. A fájlban csak számjegyek állhatnak, legfeljebb két tizedessel (utánuk csak nullák), ezres tagolás nélkül.
import-account-missing = A számlaszám helye üres.
import-account = A számlaszám helyén „{ $found }” áll; ez nem 16 vagy 24 jegyű számlaszám és nem IBAN.
import-identifier = A másodlagos azonosító helyén számlaszám áll: „{ $found }”. Nem tudjuk, melyik volt a szándék.

## Kiírt tételek: ami elvész
export-cut = A formátumba { $found } betűből csak { $kept } fér, a végét levágtuk.
export-words-split = A szöveg csak úgy fér el a formátum soraiban, hogy szavakat is kettévágunk.
export-no-place = A formátumban ennek az adatnak nincs helye, kimaradt.

## Partnerek és sablonok fájlja: az egészet nem vettük át
format-not-partners = Ez nem partnerek fájlja ({ $line }. sor). PARTNERS.DAT, CSV, XLSX és vCard fájlt tudunk beolvasni. Semmit nem vettünk át belőle.
format-unknown-version = A fájl { $found } változatú ({ $line }. sor), ezt a program nem ismeri. Valószínűleg újabb program készítette: frissítse ezt a programot. Semmit nem vettünk át belőle.
format-recoded = A fájlt egy másik program más betűkódolással mentette el ({ $line }. sor), így a nevek megsérülhettek. Exportálja újra, és ne nyissa meg szerkesztőben. Semmit nem vettünk át belőle.
format-incomplete = A fájl a { $line }. soránál véget ér, tehát nem teljes. Exportálja vagy másolja újra. Semmit nem vettünk át belőle.
format-damaged = A fájl { $line }. sora megváltozott, mióta kiírták (az ellenőrző összeg nem egyezik). Exportálja vagy másolja újra. Semmit nem vettünk át belőle.
format-columns = A fájl { $line }. sorában { $expected } adat helyett { $found } áll. Semmit nem vettünk át a fájlból.
format-record = A fájl { $line }. sorában olyan adat áll, amilyet ez a formátum nem ismer: { $column }. Semmit nem vettünk át a fájlból.
format-record-count = A fájl { $declared } tételt jelez ({ $line }. sor), de { $found } van benne. Semmit nem vettünk át belőle.
format-duplicate-record = A fájl { $line }. sorában olyan tétel áll, amely már szerepelt (azonosító: { $id }). Semmit nem vettünk át belőle.
format-write-duplicate = Ugyanaz a tétel (azonosító: { $id }) kétszer kerülne a fájlba. Nem írtunk ki semmit.
format-heading-twice = A táblázat { $line }. sorában kétszer szerepel ez az oszlop: { $column }. Nem tudjuk, melyik az igazi. Semmit nem vettünk át a fájlból.
format-quote = A fájl { $line }. sorában egy idézőjel nincs lezárva, vagy a lezárása után még áll valami. Semmit nem vettünk át a fájlból.
format-spreadsheet = A táblázat nem olvasható vagy nem írható. Semmit nem vettünk át és nem írtunk ki. Mentse el újra XLSX-ként, és próbálja újra.
format-package-file = Ez nem ép csomagfájl. Semmit nem vettünk át belőle. Kérje el újra attól, aki küldte.
format-file-too-large = A fájl nagyobb lenne, mint { $limit } bájt; ekkora partnerlistát nem kezelünk egy fájlban.
format-cannot-write-record = Túl hosszú ahhoz, hogy a fájlba kiírjuk: { $column } (azonosító: { $id }). Rövidítse meg. Nem írtunk ki semmit.

## Partnerek fájljának oszlopai
partners-column-id = Azonosító
partners-column-short-name = Rövid név
partners-column-name = Kedvezményezett neve
partners-column-accounts = Számlaszám
partners-column-secondary-kind = Másodlagos azonosító fajtája
partners-column-secondary-id = Másodlagos azonosító
partners-column-narrative = Közlemény
partners-column-country = Ország
partners-column-legal-code = Jogcímkód
partners-column-note = Megjegyzés
partners-column-template-name = Sablon neve
partners-column-order-type = Megbízás fajtája
partners-column-started-from = Kiinduló sablon
partners-column-partner-ref = Hivatkozott partner
partners-column-card = Névjegy

## Partnerek és sablonok, amelyek így nem vehetők át
refused-id = Az azonosító nem szabályos.
refused-kind = A másodlagos azonosítónak ez a fajtája ismeretlen. Ismert fajták: mobile, email, tax_number, tax_id.
refused-identifier = A másodlagos azonosító nem olyan alakú, amilyet a fajtája megkíván.
refused-mixed = Egy partnernek vagy számlái vannak névvel, vagy egyetlen másodlagos azonosítója név nélkül; a kettő együtt nem lehet.
refused-foreign = Külföldön vezetett számlára belföldi átutalás nem indítható.
refused-not-account = A számlaszám helyén nem számlaszám áll (16 vagy 24 számjegy, vagy IBAN). Ha másodlagos azonosító, a „Másodlagos azonosító” oszlopban kell állnia.
refused-order-type = Ez a megbízásfajta ismeretlen.
refused-perhaps-rounded = Az első 15 jegy után csak nulla áll: ilyen marad egy számlaszámból, ha a táblázatkezelő számnak veszi és kerekíti. Ha valóban ez a számlaszám, írja 16 jeggyel vagy kötőjelekkel.
refused-rounded = A táblázatkezelő számnak vette és kerekítette, jegyei elvesztek. A táblázatban szövegként kell állnia.
refused-surplus = A sorban több adat áll, mint ahány oszlop van.
refused-twice = Ugyanez a partner már szerepelt a fájl egy korábbi sorában.
refused-charset = A szöveg betűi nem olvashatók: a névjegy nem mondja meg a kódolásukat, vagy olyat nevez meg, amelyet nem ismerünk. Mentse el újra UTF-8 kódolással.
refused-line = A névjegyben olyan sor áll, amely nem adat: hiányzik belőle a kettőspont. Lehet, hogy a névjegy sérült.
refused-version = A névjegy változata nem 2.1, 3.0 vagy 4.0.
