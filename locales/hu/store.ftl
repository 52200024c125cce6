# A helyi adatbázis hibái: mi történt, mi van biztonságban, mi a teendő. Az angol párja: ../en/store.ftl

store-file = A program nem éri el az adatok fájlját vagy mappáját ({ $path }). Semmi nem változott. Ellenőrizze, hogy a mappa létezik-e és van-e hozzá joga, majd indítsa újra a programot.
store-missing = Az adatbázis eltűnt vagy kiürült, pedig korábban itt volt: { $path }. Nem készítettünk helyette újat, és nem nyúltunk semmihez. Mielőtt visszaállítja a legutóbbi mentést, tegye át egy másik mappába a mellette lévő „-wal” és „-shm” végű fájlokat, és őrizze meg őket: az eltűnt adatbázishoz tartoznak, és a mentést elrontanák. Ha üres adattárral kezdene, válasszon másik mappát.
store-not-a-database = Ez a fájl nem a program adatbázisa: { $path }. Nem nyúltunk hozzá. Válasszon másik fájlt, vagy állítsa vissza a mentésből.
store-not-ours = Ez a fájl egy másik program adatbázisa: { $path }. Nem nyúltunk hozzá. Válasszon másik fájlt.
store-damaged = Az adatbázis megsérült ({ $path }). Úgy hagytuk, ahogy van, hogy menthető maradjon. Készítsen róla másolatot a mellette lévő „-wal” végű fájllal együtt, utána állítsa vissza a legutóbbi mentést. Amit a banknak elküldött, az a banknál megvan.
store-damaged-in-use = Az adatbázis munka közben sérültnek bizonyult. Az utolsó művelet nem történt meg, ami a banknál van, az biztonságban van. Zárja be a programot, készítsen másolatot az adatok mappájáról, és állítsa vissza a legutóbbi mentést.
store-newer = Az adatbázist a program egy újabb változata készítette (adatforma: { $found }, ez a változat ennyit ismer: { $known }). Nem nyúltunk hozzá. Telepítse a program újabb változatát.
store-in-use = Ezt az adatbázist már használja a program egy másik példánya (folyamat: { $pid }). Semmi nem változott. Folytassa abban az ablakban, vagy zárja be.
store-disk-full = Betelt a lemez. Az utolsó művelet nem történt meg, a korábbi adatok épek. Szabadítson fel helyet, és ismételje meg.
store-read-only = Az adatbázis nem írható. Az utolsó művelet nem történt meg, a korábbi adatok épek. Ellenőrizze a fájl és a mappa jogait.
store-busy = Az adatbázist egy másik folyamat túl sokáig foglalta. Az utolsó művelet nem történt meg, a korábbi adatok épek. Ismételje meg kicsit később.
store-not-found = Amit keresünk, már nincs az adatbázisban. Semmi nem változott. Frissítse a listát.
store-exists = Ez már szerepel az adatbázisban, ezért nem rögzítettük még egyszer. A meglévő nem változott.
store-state-changed = A tétel állapota időközben megváltozott. A művelet nem történt meg, semmi nem veszett el. Nézze meg a mostani állapotot, és döntsön újra.
store-content-changed = A csomag tartalma megváltozott, mióta az aláírandó irat elkészült. Nem történt aláírás. Nyissa meg újra a csomagot, és ellenőrizze az új tartalmát.
store-total-too-large = A csomag összege nagyobb volna, mint amennyit egy fizetési fájl elbír (15 számjegy). A megbízás nem került a csomagba, a csomag nem változott. Ossza több csomagra.
store-mixed-currency = Egy adatsorban többféle pénznem szerepel, ezért nem vettük át. A korábbi adatok épek. Ha ismétlődik, szóljon a bank ügyfélszolgálatának.
store-connection-busy = A kapcsolat bankja még válasszal tartozik, ezért a kapcsolat most nem archiválható. Semmi nem változott. Frissítsen, és várja meg a választ, aztán próbálja újra.
store-connection-kept = Ezen a kapcsolaton már rögzítettek megbízást, vagy kértek valamit a banktól, ezért az adatai megmaradnak, és nem törölhető. Semmi nem változott. Archiválja: az adatai megmaradnak, de a listákban nem látszanak.
store-audit-broken = Az eseménynaplót a programon kívül megváltoztatták: a { $entry }. bejegyzéstől nem hiteles. A többi adat nem változott. Készítsen másolatot az adatok mappájáról, és értesítse a biztonsági felelőst.
store-rule = Az adatbázis egy szabálya nem engedte a módosítást. Semmi nem változott. Ha ismétlődik, küldje el a naplófájlt az üzemeltetőnek.
store-value = Az adatbázisban olyan érték áll, amelyet a program nem ért. Semmi nem változott. Állítsa vissza a legutóbbi mentést, vagy küldje el a naplófájlt az üzemeltetőnek.
store-internal = Belső hiba történt az adatbázis kezelésében. Az utolsó művelet nem történt meg, a korábbi adatok épek. Indítsa újra a programot.
store-sqlite = Váratlan hiba történt az adatbázisban. Az utolsó művelet nem történt meg, a korábbi adatok épek. Indítsa újra a programot; ha ismétlődik, küldje el a naplófájlt az üzemeltetőnek.
