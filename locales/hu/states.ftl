### Csomagok és tételek állapota szavakban.

state-recorded = rögzített
state-checked = ellenőrzött
state-partly-signed = részben aláírt
state-signed = aláírt
state-sending = válaszra várunk
state-sent = elküldött
state-completed = teljesült
state-partly-rejected = részben visszautasítva
state-rejected = visszautasítva
state-in-shared-area = közös területen
state-taken-over = átvették
state-deleted = törölt
bank-state-none = nálunk
bank-state-sending = válaszra várunk
bank-state-received = befogadva
bank-state-processing = feldolgozás alatt
bank-state-executed = teljesült
bank-state-rejected = visszautasítva
