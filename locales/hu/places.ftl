# Hol vannak a program fájljai, mit állított be a rendszergazda, és ki használja már az adatokat. Az angol párja: ../en/places.ftl

folder-no-home = A rendszer nem mondja meg, hol van a saját mappája, ezért a program nem tudja, hol vannak az adatai. Semmi nem jött létre. Adja meg az adatok mappáját a --data kapcsolóval, vagy szóljon a rendszergazdának.
folder-portable = A hordozható program maga mellett tartja az adatait, de ezt a mappát nem tudja írni: { $path }. Máshová nem írtunk. Másolja a programot írható helyre, vagy indítsa --data kapcsolóval.
folder-network = Az adatok mappája hálózati meghajtón van ({ $path }, { $kind }). Az adatbázis ott megsérülhetne, ezért nem nyitottuk meg és nem változtattuk meg. Válasszon mappát ezen a gépen a --data kapcsolóval.

policy-unreadable = A rendszergazda beállításait a program nem tudja elolvasni ({ $place }). Amíg ez így van, a program bankkal nem beszél; a rögzített adatok épek. Szóljon a rendszergazdának.
policy-unprotected = A rendszergazda beállításait más is megváltoztathatja ({ $place }), ezért nem hiszünk nekik. Amíg ez így van, a program bankkal nem beszél; a rögzített adatok épek. Szóljon a rendszergazdának.
policy-invalid = A rendszergazda beállításai hibásak ({ $place }). Amíg ez így van, a program bankkal nem beszél; a rögzített adatok épek. Szóljon a rendszergazdának.
policy-authority = Ennek a banknak a tanúsítványkiadóját a rendszergazda nem engedélyezte (SHA-256: { $fingerprint }). Semmit nem küldtünk neki. Használja a rendszergazdától kapott kapcsolatfájlt, vagy szóljon neki.

package-file-not-prepared = Fájlba csak olyan előkészített fizetési csomag menthető, amelyet még nem küldtek el. A csomag nem változott.
package-file-claimed = Ez a csomag a közös területről jött, a bank csak innen fogadja el, ezért fájlban nem adható tovább. Tegye vissza a közös területre.
package-file-other-customer = A fájl egy másik ügyfél csomagját tartalmazza. Semmit nem vettünk át. Válassza ki az ügyfelet a felső sávban, és nyissa meg újra.
package-file-here = Ez a csomag már itt van, ezért nem vettük át még egyszer. Keresse az előkészített vagy az elküldött csomagok között.
package-file-account = A csomag olyan számlát terhel, amely ennél az ügyfélnél nem ismert. Semmit nem vettünk át. Frissítse az adatokat (F5), és nyissa meg újra a fájlt.
signature-twice = Ugyanannak a személynek már van érvényes aláírása rajta.
signature-nobody = A tanúsítvány nem nevez meg banki felhasználót.
