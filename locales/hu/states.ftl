### Csomagok és tételek állapota szavakban.

state-in-shared-area = közös területen
bank-state-none = nincs hír
bank-state-sending = válaszra várunk
bank-state-received = befogadva
bank-state-waiting = függő
bank-state-queued = sorban áll
bank-state-in-execution = végrehajtás alatt
bank-state-executed = teljesült
bank-state-rejected = visszautasítva
expected-seconds = { $count } másodpercen belül
expected-hours = { $count } órán belül
expected-at-once = azonnal könyveli a bank
expected-never = a bank így nem teljesíti
today-at = ma { $time }
tomorrow-at = holnap { $time }
day-at = { $date } { $time }
