### Önadminisztráció és üzenetek: szavak, amelyeket az ablak és a parancssor is használ.

## Mit tesz egy megbízás; a csomagja is ezt a nevet kapja
admin-title-internet-banking = Internet banking szolgáltatás igénylése
admin-title-user-data = Felhasználói adatok módosítása: { $name }
admin-title-user-rights = Jogosultságok módosítása: { $name }
admin-title-user-delete = Felhasználó törlése: { $name }
admin-title-new-account = Új számla felvétele: { $account }
admin-title-device-suspend = Eszköz felfüggesztése: { $name }
admin-title-device-enable = Eszköz engedélyezése: { $name }
admin-title-clear-errors = Hibapontok törlése: { $name }
admin-title-id-register = Másodlagos azonosító regisztrálása: { $id }
admin-title-id-confirm = Másodlagos azonosító megerősítése: { $id }
admin-title-id-delete = Másodlagos azonosító törlése: { $id }

## Mi változik
admin-line-web = Internet banking az ügyfélnél
admin-line-web-login = { $name }: bejelentkezés (minden ügyfélnél)
admin-line-web-signing = { $name }: aláírás (csak ennél az ügyfélnél)
admin-line-phone = Mobiltelefon
admin-line-email = E-mail-cím
admin-line-notify = Értesítés a csomagokról
admin-line-account = Számla: { $account }
admin-line-errors = Hibapontok
admin-line-id = { $id } → { $account }
admin-right-none = nincs jog
admin-right-view = megtekintés
admin-right-dispose = rögzítés
admin-right-sign = aláírás ({ $class })
admin-web-none = Nem használhatja
admin-web-virtual-card = Virtuális chipkártya
admin-account-new = nincs a szolgáltatásban
admin-account-taken = a szolgáltatásban
admin-errors = { $count }
admin-errors-locked = { $count }, a felhasználó zárolva
admin-id-none = nincs regisztrálva
admin-id-registered = regisztrálva, egy évig érvényes
admin-id-confirmed = megerősítve, további egy évig érvényes
admin-id-until = regisztrálva eddig: { $day }

## Hibák
message-empty = Az üzenethez tárgy és szöveg is kell.
message-too-long = { $found } karakter; a bank legfeljebb { $max } karaktert fogad.
