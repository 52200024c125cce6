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


## Packages: common words
items = { $count ->
    [one] { $shown } order
   *[other] { $shown } orders
}
items-of = { $some } of { $all } orders
loading = Loading…
cancel = Cancel
close = Close
later = Later
today-at = today { $time }
tomorrow-at = tomorrow { $time }
day-at = { $day } { $time }
within-seconds = within { $count } seconds
within-hours = within { $count } hours
tries-left = { $count ->
    [one] { $count } try
   *[other] { $count } tries
}
token-software = software token
column-package = Package
column-items = Orders
column-amount = Amount
column-amount-state = Amount, state
column-payee = Payee
column-target = Account or identifier
column-narrative = Narrative
column-route = Execution
column-sent = Sent
column-bank-state = At the bank
state-recorded = recorded
state-checked = checked
state-partly-signed = partly signed
state-signed-of = signed { $have }/{ $need }
state-signed = signed
state-sending = being sent
state-sent = sent
state-completed = executed
state-partly-rejected = partly refused
state-rejected = refused
state-shared = in the shared area
state-taken-over = taken over
state-deleted = deleted

## Prepared packages
packages-title = Prepared packages
packages-search = Search packages and orders… Ctrl+F
packages-import = Import…
packages-new = New order
packages-none = No prepared packages
packages-none-help = What you record or import waits here to be signed and sent.
packages-not-found = No such package
packages-not-found-help = The search looks at names of packages, payees, account numbers and narratives.
packages-none-chosen = Choose a package
packages-none-chosen-help = The package chosen in the list is shown here with its orders.
packages-failed = It could not be read
packages-chosen = { $count } packages chosen
packages-not-ready = { $count } packages are not fully signed and will not be sent.
packages-send-several = Send ({ $count })
packages-sign = Sign
packages-send = Send
packages-sending = Sending…
packages-check = Check
packages-withdraw = Withdraw
packages-withdraw-help = One step back: the package can be changed again, its signatures are dropped.
packages-more = More
packages-add-order = Add an order
packages-rename = Rename
packages-plan = Planned day
packages-export-pain = Export
packages-export-electra = Export for Electra
packages-delete = Delete
packages-instant = instant
packages-planned = planned: { $day }
packages-last-error = It could not be sent the last time
step-check = check
step-signed = { $name } signed { $when }
step-signature = signature { $number }
step-signature-by = signature { $number }: { $names }
step-later-signatures = { $count } more signatures
step-send = sending
route-sentence = The bank will execute it so: { $routes }.
route-why = Why?
route-why-close = Less
route-split = Send them one by one instead?
route-split-help = Every order gets a package of its own; { $count } of them would be instant.
route-faster-alone = { $count } of the orders would be faster if sent alone.
route-faster-withdraw = { $count } of the orders would be faster if sent alone. Withdraw the package to split it.

## Questions and small sheets
rename-title = Rename the package
rename-name = Name of the package
rename-accept = Rename
plan-title = Planned day of sending
plan-day = Day
plan-accept = OK
plan-understood = { $day }
plan-none = Left empty, no day is planned.
plan-past = This day has passed.
plan-no-calendar = The bank’s calendar is not known yet. Log in once.
withdraw-title = Withdraw the package?
withdraw-words = The package goes one step back and loses { $count } signatures. Its orders stay.
delete-title = Delete?
delete-words = { $name }: { $items }, { $sum }. A deleted package cannot be brought back.
delete-several-words = { $count } packages, { $sum } in all. Deleted packages cannot be brought back.
remove-title = Take out of the package?
remove-words = { $payee }, { $sum }. The order is deleted.
remove-several-words = { $count } orders, { $sum } in all. The orders are deleted.
remove-accept = Delete the orders
split-title = Split the package?
split-words = Each of the { $count } orders gets a package of its own, named after its payee. Each must be signed by itself.
split-accept = Split
export-title = Export to a file
export-done = Written: { $path }
export-warning = Order { $position }, { $field }: { $what }
exported-title = Written, with differences
exported-warnings = The format cannot carry everything. The package itself has not changed.
send-now-title = Signed. Send it now?
send-now = Send now
done-checked = Checked
done-withdrawn = Withdrawn, the package can be changed again
done-split = It became { $count } packages
done-deleted = Packages deleted: { $count }
done-removed = Orders deleted: { $count }
done-signed = Signed, the package can be sent
done-signed-partly = Signed ({ $have }/{ $need }), more signatures are needed
sent-received = The bank has it: { $name }
sent-unknown = { $name }: waiting for the bank’s answer. Do not send it again, we ask.
sent-refused = The bank did not take it: { $name }. The reason stands at the package.
sent-not-begun = { $name }: not sent. { $why }

## Signing sheet
signing-title = You are signing this
signing-number = { $needed ->
    [1] one signature is needed
   *[other] signature { $number } of { $needed }
}
signing-reading = Reading the document to be signed…
signing-no-sheet = It cannot be signed
signing-not-signed = Not signed
signing-debit = debited from { $account }
signing-debit-of = { $sum } debited from { $account }
signing-earliest = earliest execution: { $route }
signing-fingerprint = Fingerprint of the document (SHA-256)
signing-look-at = Look at these ({ $count })
signing-nothing-special = No changed account, first payment or repetition in it.
signing-largest = Largest orders
signing-all-orders = All orders
signing-all = All { $count } orders
signing-only-largest = Only the largest
signing-pin = Token PIN · { $name }, signing key
signing-last-try = I know that this is the last try
signing-last-try-help = If this PIN is wrong too, the token is blocked and needs the bank’s unblocking code.
signing-sign = Sign
signing-busy = Signing…
signing-no-token = No token that can be used
signing-token-blocked = The token is blocked
signing-token-looking = Looking for the token…
signing-open-token = Go to the token
attention-changed-account = changed account
attention-first-payment = first payment
attention-likely-duplicate = perhaps twice
attention-twice-here = twice in the package
attention-was = { $payee } · was { $before }, now { $now }
attention-same-sum = { $payee } · the same sum on { $day }

## Sending several packages
sending-title = Sending { $count } packages
sending-planning = Looking at what the bank will do with them…
sending-no-plan = It could not be worked out what the bank will do
sending-same = The bank executes them in the same way together and one by one.
sending-faster = { $count } packages are faster if sent one by one.
sending-one-by-one = One by one
sending-one-by-one-help = the next leaves when the bank has decided on the one before
sending-together = Together
sending-together-help = one after the other, without waiting

## Sent orders
sent-title = Sent orders
sent-search = Search packages and orders… Ctrl+F
sent-none = Nothing has been sent yet
sent-none-help = Packages that have left are followed here until the bank decides.
sent-not-found = Nothing like that was sent
sent-not-found-help = Choose a longer period or another state.
sent-none-chosen-help = The story and the orders of the chosen package are shown here.
sent-count = { $count } packages
sent-state-waiting = waiting for the answer
sent-state-processing = in progress
sent-state-executed-by = { $route }, executed
sent-state-some-rejected = { $count } refused
order-state-none = no news
order-state-received = received
period-today = Today
period-week = Last 7 days
period-month = Last 30 days
period-year = Last year
period-all = All the time
states-all = All states
states-uncertain = Waiting for the answer
states-in-progress = In progress
states-completed = Executed
states-rejected = Refused
sent-uncertain-title = Do not send it again!
sent-uncertain = The bank’s answer did not arrive, so we do not know whether it has the package. It is not sent twice: as soon as the bank can be reached we ask, and the outcome is shown here.
sent-rejected-title = The bank refused { $count } orders
sent-story = What happened so far
sent-orders = Orders ({ $count })
sent-proof = Proof
sent-now = now
sent-asking = Asking the bank whether it has it
sent-ask = Ask now
sent-asking-now = Asking…
sent-asked = The bank has been asked
sent-again = Record the refused ones again
sent-again-help = The refused orders go into a new package; the old ones stay here.
sent-recorded-again = The refused orders wait in a new package to be signed
sent-copy = Copy to a new order
sent-copy-help = A new order opens with the data of the chosen one.
proof-signed = Signed by { $name }
proof-receipt = Number of the receipt
proof-received = Received by the bank
proof-no-receipt = The bank’s signed receipt has not arrived yet.
