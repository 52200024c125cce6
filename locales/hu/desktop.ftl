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
