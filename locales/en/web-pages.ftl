# The bank's web client: texts of the pages behind the login.

## Common words
web-search = Search
web-save = Save
web-delete = Delete
web-remove = Take out
web-change = Change
web-ok = OK
web-yes = yes
web-actions = Actions
web-pages = Pages
web-page-before = Previous page
web-page-after = Next page
web-page-number = Page { $page }
web-amount = Amount
web-account = Account
web-orders = Orders
web-blamed = ({ $user }, { $at })
web-session-over = The session has ended. What stands on this page stays; to go on, log in again in another tab.
web-nav-history = Account history
web-nav-authority = Authority table

## Overview
web-overview-accounts = Accounts
web-overview-no-accounts = There is no account that you may see.
web-overview-total = Total ({ $currency })
web-overview-as-of = As of { $at }
web-overview-waiting = What waits for me
web-overview-to-sign = To be signed by me
web-overview-to-send = Ready to send
web-overview-shared = In the shared area
web-overview-unread = Unread messages
web-overview-sent = Sent last
web-overview-all-sent = All sent orders
web-account-number = Account number
web-account-booked = Booked balance
web-account-available = Available
web-account-blocked = Blocked
web-account-pending = Pending debits
web-account-credit-line = Credit line
web-account-debit-blocked = no debits
web-account-closed = closed

## Account history and search
web-search-title = Search transactions
web-history-title = Account history: { $account }
web-history-all-accounts = All accounts
web-history-from = First day
web-history-to = Last day
web-history-text = Text (partner, account, narrative)
web-history-least = At least
web-history-most = At most
web-history-start-bad = The first day is not a date.
web-history-end-bad = The last day is not a date.
web-history-period-bad = The period is wrong: the last day is before the first.
web-history-none = No transaction fits.
web-history-rows = Transactions
web-history-booked = Booked
web-history-value-date = value date:
web-history-partner = Partner
web-history-narrative = Narrative
web-history-balance = Balance
web-history-newest = Newest
web-history-older = Older

## Sent orders
web-sent-none = Nothing has been sent yet.
web-sent-received = Received
web-sent-state = State
web-sent-in-progress = in progress
web-sent-completed = executed
web-sent-partly = partly refused
web-sent-all-rejected = refused
web-sent-rejected = { $count } refused
web-sent-receipt = Bank's receipt
web-sent-receipt-number = number { $number }
web-item-due = due { $at }

## Packages
web-package-name = Package
web-package-sum = Sum
web-package-count = Number of orders
web-package-debits = Account to debit
web-package-signatures = Signatures
web-package-fingerprint = Fingerprint of the document (SHA-256)
web-package-made = Made by
web-package-taken = taken over from the shared area
web-package-scheduled = Planned day of sending
web-package-scheduled-for = to be sent { $date }
web-package-scheduled-hint = The bank looks at value dates; this day is your own reminder. Empty: no plan.
web-package-waits-for-you = waits for you
web-package-missing = May still sign:
web-package-you-signed = You have signed; it waits for the other signatures.
web-package-sign = Sign
web-package-send = Send
web-package-sent = The package was sent. The bank's receipt has number { $number }.
web-package-manage = Manage the package
web-package-edit-drops = { $count ->
    [one] The package has one signature. Changing it drops the signature, because it is not for the new content.
   *[other] The package has { $count } signatures. Changing it drops them, because they are not for the new content.
}
web-package-signatures-dropped = { $count ->
    [one] One signature was dropped; the package must be signed again.
   *[other] { $count } signatures were dropped; the package must be signed again.
}
web-package-new-name = New name
web-package-rename = Rename
web-package-renamed = The package has its new name.
web-package-schedule = Change day
web-package-rescheduled = The planned day was changed.
web-package-delete = Delete package
web-package-delete-sure = The package is deleted with all its orders. This cannot be undone.
web-package-deleted = The package was deleted.
web-package-emptied = With its last order the package was deleted.
web-order-removed = The order was taken out of the package.
web-package-is-shared = The package is in the shared area: { $user } put it there ({ $at }). It waits until { $until } and cannot be handled here until then.
web-package-is-elsewhere = Somebody else has taken the package over: { $user }, { $at }.
web-package-is-sent = The package was sent.
web-package-to-sent = Open it among the sent ones
web-package-is-deleted = The package was deleted.
web-signatures-none = signed { $numbers }
web-signatures-partial = signed { $numbers }
web-signatures-complete = signed { $numbers }
web-prepared-title = Own prepared packages
web-prepared-none = There is no prepared package.

## Shared area
web-shared-title = In the shared area
web-shared-intro = What was put into the shared area from the installed client or from the web client. Once taken over, it is handled among your own packages.
web-shared-none = The shared area is empty.
web-shared-put = Who put it there, when, from where
web-shared-expires = Waits until
web-shared-take = Take over
web-shared-taken = The package was taken over. It can be handled here now.
web-shared-withdraw = Withdraw
web-shared-withdrawn = The package was withdrawn from the shared area.
web-shared-do = Put into shared area
web-shared-until = In the shared area until
web-shared-until-hint = If nobody takes it over until then, it comes back here. Signatures stay.
web-shared-done = The package is in the shared area: { $name }. It waits until { $until }.
web-channel-client = from the installed client
web-channel-web = from the web client

## New order
web-order-payee = Payee
web-order-instant = instant
web-order-on = value date { $date }
web-order-more = More details
web-order-choose-account = Choose an account
web-order-find = Find a partner or template
web-order-found-none = No such partner or template.
web-order-package = Package
web-order-new-package = New package
web-order-package-name = Name of the new package
web-order-package-name-hint = Empty: the payee's name.
web-order-save = Save into package
web-order-save-new = Save and record another
web-order-kinds = Type of order
web-order-turn = Go on as: { $kind }
web-order-check = Check
web-order-errors = { $count ->
    [one] One field must still be corrected. Nothing was saved.
   *[other] { $count } fields must still be corrected. Nothing was saved.
}
web-order-saved = { $payee }: the order was saved.
web-order-saved-dropped = { $count ->
    [one] { $payee }: the order was saved. One signature was dropped; the package must be signed again.
   *[other] { $payee }: the order was saved. { $count } signatures were dropped; the package must be signed again.
}
web-order-change-title = Change order
web-forecast-title = How will the bank execute it?
web-forecast-later = Once the fields are right, you see here how and when the money arrives.
web-forecast-amount = Amount
web-forecast-words = that is { $number } forints
web-forecast-bank = Payee's bank

## Partners and templates
web-partner = Partner
web-partners = Partners
web-partner-search = Name, account, note
web-partner-new = New partner
web-partner-none = No such partner.
web-partner-export = Export
web-partner-pay = Pay
web-partner-short-name = Short name
web-partner-name = Payee's name
web-partner-name-hint = As it stands in orders. Leave it empty for a secondary identifier.
web-partner-targets = Account or identifier
web-partner-targets-hint = One account a line, the usual one first; or a single secondary identifier.
web-partner-mixed = Accounts and a secondary identifier cannot stand together, and there can be only one identifier.
web-partner-narrative = Narrative
web-partner-note = Note
web-partner-note-hint = For yourselves only; it is never sent.
web-partner-note-long = At most { $max } characters.
web-partner-name-taken = There is a partner of this short name already.
web-partner-saved = { $name }: the partner was saved.
web-partner-delete = Delete partner
web-partner-delete-sure = Earlier orders do not change.
web-partner-deleted = { $name }: the partner was deleted.
web-template = Template
web-templates = Templates
web-template-search = Name, payee, account
web-template-new = New template
web-template-none = No such template.
web-template-name = Name of the template
web-template-use = New order from this
web-template-intro = Any field may stay empty; it is filled in the order that begins with the template.
web-template-name-taken = There is a template of this name already.
web-template-saved = { $name }: the template was saved.
web-template-delete = Delete template
web-template-delete-sure = Earlier orders do not change.
web-template-deleted = { $name }: the template was deleted.

## Import: PARTNERS.DAT
web-import-title = Import
web-import-file = File PARTNERS.DAT
web-import-hint = The installed client's export: Master data, Partners, Export. Templates come with the partners.
web-import-no-file = No file was chosen. Nothing was taken.
web-import-too-large = The file is too large, or the upload was cut off. Nothing was taken.
web-import-damaged = The file is damaged; nothing was taken. { $why }
web-import-too-many = The file has more than { $most } records; nothing was taken. Split it into several files.
web-import-done = { $count ->
    [one] The import is done: one record was taken.
   *[other] The import is done: { $count } records were taken.
}
web-import-ended-early = The import ended early because of a fault at the bank. Records taken: { $count }; records left out: { $left }. What was taken stays; upload the same file again later, nothing will be doubled.
web-import-see-below = Some records were left out; the reasons stand below.
web-import-new-partners = New partners
web-import-new-templates = New templates
web-import-changed = Changed
web-import-same = The same
web-import-conflicting = Conflicting
web-import-refused = Refused
web-import-changed-title = Changed partners
web-import-before = Before
web-import-after = Now
web-import-same-account = the account has not changed
web-import-changed-templates = Changed templates:
web-import-conflicting-title = Not taken: another one has this name
web-import-refused-title = Cannot be taken
web-import-line = Line
web-import-record = Record
web-import-field = Field
web-import-reason = Reason

## Authority table
web-authority-rights = Rights by account
web-authority-user = User
web-authority-view = View
web-authority-dispose = Record
web-authority-sign = Sign (class)
web-authority-rules = Signing rules
web-authority-no-rules = One signature is enough.
web-authority-every-account = every account
web-authority-above = Above this sum
web-authority-signatures = Signatures
web-authority-classes = At least of a class
web-authority-web = Web client
web-authority-login = Login
web-authority-signing = Signing
web-authority-web-none = no
web-authority-web-card = by virtual chip card
web-authority-change = It is changed by a self-administration order in the installed client's Administration area.

## Approving (only looking and signing)
web-approve-home = Balances
web-approve-search = Search
web-approve-packages = Packages
web-approve-nav = Approving
web-approve-to-sign = To be signed by me
web-approve-to-sign-none = No package waits for your signature.
web-approve-to-send = Ready to send
web-approve-to-send-none = No package is ready to send.
web-approve-no-recording = Here you can look, sign and send, but not record.
web-approve-more-rows = { $count } more

## Messages
web-message-new = New message
web-message-none = There is no message.
web-message-subject = Subject
web-message-body = Text
web-message-from = From
web-message-at = When
web-message-bank = Bank
web-message-unread = new
web-message-send = Send to the bank
web-message-sent = The message was sent to the bank.
web-message-invalid = Subject and text must be neither empty nor too long, and can only be plain text. It was not sent.
web-message-hint = The subject has at most { $subject } characters, the text { $body }. Orders cannot be given by message.

## Self-administration among the sent orders
web-administration-banking = Internet banking service
web-administration-data = User data
web-administration-rights = User rights
web-administration-account = New account
web-administration-suspend = Signing device suspended
web-administration-resume = Signing device enabled
web-administration-points = Error points deleted
web-administration-id = Secondary identifier
