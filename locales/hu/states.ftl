### Csomagok és tételek állapota szavakban.

state-in-shared-area = közös területen
bank-state-none = nálunk
bank-state-sending = válaszra várunk
bank-state-received = befogadva
bank-state-waiting = függő
bank-state-queued = sorban áll
bank-state-in-execution = teljesítés alatt
bank-state-executed = teljesült
bank-state-rejected = visszautasítva
