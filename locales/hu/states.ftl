### Csomagok és tételek állapota szavakban.

state-in-shared-area = közös területen
bank-state-none = nálunk
bank-state-sending = válaszra várunk
bank-state-received = befogadva
bank-state-processing = feldolgozás alatt
bank-state-executed = teljesült
bank-state-rejected = visszautasítva
