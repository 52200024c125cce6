# The texts of the window. Its Hungarian twin: ../hu/desktop.ftl

month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December

day-1 = Mo
day-2 = Tu
day-3 = We
day-4 = Th
day-5 = Fr
day-6 = Sa
day-7 = Su

weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday

yesterday-at = yesterday { $time }
today = today

product = Kapocs
window-title = Kapocs { $version }

gallery-title = Gallery
gallery-theme = Appearance
gallery-light = Light
gallery-dark = Dark
gallery-high-contrast = High contrast
