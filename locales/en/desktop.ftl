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

gallery-light = Light
gallery-dark = Dark
gallery-high-contrast = High contrast

# New order
save = Save
block-first = first
block-second = second
block-third = third
carrier-package = package
carrier-electra-xml = Electra XML
carrier-payord = PAYORD
carrier-kh-csv = K&H CSV
carrier-unicredit-pay = UniCredit PAY
carrier-giro = GIRO batch
carrier-qr = MNB QR code
secondary-mobile = mobile number
secondary-email = e-mail address
secondary-tax-number = tax number
secondary-tax-id = personal tax ID
order-type = Type of order
order-account-placeholder = account number or IBAN
order-target-placeholder = account number, IBAN or secondary identifier
order-rather-instant = This can go as an instant transfer
order-on-as-domestic = Go on as a domestic transfer
order-title-edit = Change order
order-package = Package
order-package-auto = automatic
order-package-auto-to = automatic: { $name }
order-package-new = new package
order-package-items = { $count ->
    [one] { $count } order
   *[other] { $count } orders
}
order-choose-account = Choose an account
order-available = available { $amount }
order-payee = Payee
order-payee-placeholder = name or partner
order-is-partner = partner
order-last-paid = Last paid: { $date }, { $amount }
order-template = Template
order-no-template = none
order-target-going = Keep typing: an account number, IBAN, phone number, e-mail address or tax number.
order-target-account = Domestic account
order-target-iban = IBAN, account number: { $account }
order-target-bank = { $kind } · { $bank }, branch { $branch }
order-target-secondary = Secondary account identifier ({ $kind }): { $value }
order-bank-unknown = unknown bank
order-block-missing = The { $block } block of the account number is short by { $count ->
    [one] { $count } digit.
   *[other] { $count } digits.
}
order-bank = Bank: { $bank }
order-bank-branch = Bank: { $bank }, branch { $branch }
order-amount = Amount
order-amount-words = { $words } forints
order-value-date-placeholder = today
order-value-date-instant = today (instant)
order-value-date-not = An instant transfer has no value date.
order-date-today = today
order-date-holiday = { $date } – bank holiday: { $name }
order-narrative = Narrative
order-narrative-whole = Arrives in full through every channel.
order-narrative-cut = The bank gets all of it; these channels cut it: { $carriers }.
order-instant-hint = goes into a package of its own
order-more = More fields ▾
order-less = More fields ▴
order-country = Country
order-legal-code = Legal code
order-save-next = Save and record next
order-sign = Sign and send…
order-fields-wrong = { $count ->
    [one] { $count } field to mend
   *[other] { $count } fields to mend
}
order-fields-missing = { $count ->
    [one] { $count } field to fill
   *[other] { $count } fields to fill
}
order-saved = Saved: { $name }, { $count ->
    [one] { $count } order in the package
   *[other] { $count } orders in the package
}
order-open-package = Open the package
order-partner-saved = The payee is now one of your partners.
order-save-partner = Save as partner
order-first-payment = Nobody has paid this account or identifier from here yet.
order-times-usual = The amount is far above the usual ({ $times }×).
order-bank-title = What will the bank do?
order-bank-later = As soon as the order is complete, you see here how and when the bank executes it.
order-alone = Sent in a package of its own: { $route }, { $time }.
order-alone-do = Put it into its own package
order-into-new = Put it into a new package
order-trouble = That did not work
order-restored = What you typed last time is back
order-restored-help = The order has not been saved yet. You can go on where you stopped.
order-start-blank = Start with an empty form
order-aside = { $count ->
    [1] You have an unfinished order
   *[other] You have { $count } unfinished orders
}
order-aside-help = It is kept until you continue it.
order-put-back = Continue the unfinished order
order-no-rules = The bank’s rules are not known yet
order-no-rules-help = Log in with your token: after the first connection you can record orders offline too.
order-not-saved = Not saved: { $what }. { $why } What you typed is still here.
order-title-copy = New order from an earlier one
order-copied = This is a new order, not a change of the old one
order-copied-help = If you save and send it, the bank pays it as well. The old order stays as it was.
order-leave-title = Save your changes?
order-leave-help = You have changed the order and not saved it yet. If you discard the changes, the package keeps the old order.
admin-leave-title = Discard what you filled in?
admin-leave-help = The order has not been saved yet. If you discard it, you have to fill it in again.
order-discard = Discard
order-stay = Back

# Partners
delete = Delete
cancel = Cancel
discard = Discard
stay = Stay here
unsaved = There are unsaved changes
unsaved-help = Save or discard them before you open another one.
partners-title = Partners
partner-search = Name, account, identifier… Ctrl+F
partner-new = New partner
partner-new-title = New partner
partner-column-name = Short name
partner-column-target = Account or identifier
partner-more-accounts = { $first } (+{ $count })
partners-count = Partners: { $count }
partners-none = You have no partners yet
partners-none-help = Record one here, or save the payee of an order.
partners-not-found = No such partner
partners-not-found-help = Search by name, account number or identifier; accents do not matter.
partner-short-name = Short name
partner-name = Name in orders
partner-target = Account number, IBAN or secondary identifier
partner-target-more = Another account number
partner-add-target = + One more account number
partner-remove-target = Take this account number away
partner-note = Note
partner-order = New order to them
partner-saved = Saved: { $name }
partner-deleted = The partner is deleted. Orders to them stay.
partner-delete = Delete this partner?
partner-delete-help = Orders to them stay.
partner-restored = The change of the partner has not been saved yet.
partner-last = Last payments
partner-never-paid = They have never been paid from here.
partners-export = Export
partners-export-help = Write partners and templates to a file, for instance for the web client
partners-import = Import
partners-import-help = Take partners and templates from a file

# Partners to files and from files
partner-files-back = Back to the partners
partner-files-excel = Excel (XLSX)
partner-export-title = Export of partners
partner-export-what = What shall the partners be written to?
partner-export-dat-help = All partners and all templates go to a file named { $file } in the chosen folder. The web client and other seats read it.
partner-export-xlsx-help = All partners go to an Excel workbook; account numbers are texts, so no digit is lost. Templates do not fit into it.
partner-export-csv-help = All partners go to a text file with semicolons (UTF-8). Templates do not fit into it.
partner-export-vcard-help = Each partner becomes an electronic business card (vCard 4.0) with the account in a field of its own. Templates do not fit into it.
partner-export-folder = Folder
partner-export-file = partners
partner-export-write = Export
partner-export-exists = There is a file of that name. Replace it?
partner-export-replace = Replace
partner-export-trouble = The export failed
partner-export-state = written
partner-export-done = Partners written: { $partners }
partner-export-done-both = Written: partners { $partners }, templates { $templates }
partner-export-next = The web client reads it with the import icon of “Partners”.
partner-export-again = Write another file
partner-import-title = Import of partners
partner-import-formats = PARTNERS.DAT (with templates), Excel (XLSX), CSV or vCard. First it is only compared with what is kept here: nothing is stored before you agree.
partner-import-filter = Files of partners
partner-import-settled = nothing to do
partner-import-partner = partner
partner-import-template = template
partner-import-partners = Partners
partner-import-templates = Templates
partner-import-same = Unchanged
partner-import-clashes = Conflicts
partner-import-refused = Not possible
partner-import-tab-new = New ({ $count })
partner-import-tab-changed = Changed ({ $count })
partner-import-tab-clash = Conflicts ({ $count })
partner-import-tab-refused = Not possible ({ $count })
partner-import-none-new = The file has no new partner or template
partner-import-none-changed = Nothing changes of what is kept here
partner-import-none-clash = Nothing clashes with what is kept here
partner-import-none-refused = Every record of the file can be taken
partner-import-kind = Kind
partner-import-differs = What changes
partner-import-clash = Why it clashes
partner-import-decision = Decision
partner-import-value = In the file
partner-import-reason = Why it cannot be taken
partner-import-yes = yes
partner-import-here = Kept here
partner-import-file = In the file
partner-import-take-this = Take the file's data
partner-import-all = Take all
partner-import-no-one = Take none
partner-import-leave = Leave it out
partner-import-leave-short = left out
partner-import-as-new = Keep it separately, beside the other
partner-import-as-new-short = separate
partner-import-replace = It takes the place of { $name }
partner-import-replace-short = replaces
partner-import-more-clashes = And with { $count } more.
partner-import-take = Take ({ $count })
partner-import-take-new = Take the new ones ({ $count })
partner-import-doubtful = The encoding of the letters is not certain
partner-import-doubtful-help = The file does not say how it is encoded; it was read in { $encoding }, like this: { $sample }. Look at the names before you take them; if they are wrong, save the file in UTF-8.
partner-import-adapted = Characters were replaced
partner-import-adapted-help = Characters that the banks do not take ({ $characters }) were replaced by plain ones. Texts changed: { $count }.
partner-import-changes-taken = Chosen: { $taken } of { $count } changed records
partner-import-done = The partners are up to date
partner-import-new-partners = New partners: { $count }
partner-import-changed-partners = Changed partners: { $count }
partner-import-new-templates = New templates: { $count }
partner-import-changed-templates = Changed templates: { $count }
partner-import-left = Records left out: { $count }

# Templates
templates-title = Templates
template-search = Name, payee… Ctrl+F
template-new = New template
template-new-title = New template
template-column-name = Template
templates-none = You have no templates yet
templates-none-help = A template is a named, partly filled order. What is empty in it is filled in the order.
templates-not-found = No such template
templates-not-found-help = Search by name, payee or narrative; accents do not matter.
template-name = Name of the template
template-help = Fill what is the same every time; leave the rest empty.
template-any-account = chosen in the order
template-order = New order from it
template-saved = Saved: { $name }
template-deleted = The template is deleted.
template-delete = Delete this template?
template-restored = The change of the template has not been saved yet.

# Import
import-title = Import
import-drop = Drop a file here, or choose one
import-drop-now = Let go of the file
import-formats = pain.001 (001.03 and 001.09), Electra HUF XML or a package (.kapocs). We only look at it first: nothing is stored until you agree.
import-path = File
import-path-placeholder = full path of the file
import-browse = Browse…
import-read = Read
import-filter = Payment files and packages (XML, KAPOCS)
import-filter-all = All files
package-file-good = Can be taken
package-file-bad = Cannot be taken
package-file-name = Package
package-file-customer = Customer
package-file-debit = Account to debit: { $account }
package-file-count = Orders
package-file-total = Total
package-file-scheduled = Planned day
package-file-signers = Valid signatures
package-file-unsigned = not signed
package-file-invalid-title = Some signatures are not valid
package-file-invalid =
    { $count ->
        [one] One signature is not taken: { $why }
       *[other] { $count } signatures are not taken: { $why }
    }
package-file-take = Take it
package-file-taken = Taken: "{ $name }", valid signatures: { $signatures }
import-reading = Reading…
import-taking = Storing…
import-clean = clean
import-look = needs a look
import-stored = stored
import-trouble = The import did not work
import-broken = The file is not complete
import-inconsistent = The file does not hold what it says of itself
import-inconsistent-help = The number or the sum of orders in its header differs from its orders: it may be cut or edited. Ask for it again, or take it only if you have checked every order.
import-file = File
import-format = Format
import-encoding = Encoding
import-good = Can be taken
import-total = Their sum
import-bad = Bad
import-warned = With changes
import-promise-count = number of orders
import-promise-sum = total
import-promise-kept = The declared { $what } is right: { $declared }
import-promise-broken = The declared { $what } is { $declared }, but the file holds { $found }
import-scheduled = Planned day of sending: { $date }
import-scheduled-past = The day of sending in the file has passed: { $date }. The package is made without a planned day.
import-tab-bad = Bad ({ $count })
import-tab-warned = Taken with changes ({ $count })
import-tab-good = Without a remark ({ $count })
import-none-bad = No bad order
import-none-warned = No order had to be changed
import-none-good = No order can be taken unchanged
import-first-rows =
    { $count ->
        [one] the first order is shown
       *[other] the first { $count } orders are shown
    }
import-column-line = Line
import-column-field = Field
import-column-problem = What is wrong, what was done
import-take-all = Take all { $count ->
    [one] { $count } order
   *[other] { $count } orders
}
import-take-good = Take only the { $count ->
    [one] { $count } good order
   *[other] { $count } good orders
}
import-take-all-despite = Take all { $count ->
    [one] { $count } order
   *[other] { $count } orders
} in spite of the difference
import-take-good-despite = Take the { $count ->
    [one] { $count } good order
   *[other] { $count } good orders
import-again-title = This file has been taken before
import-again-bytes = "{ $file }", { $day } { $time }: the same file to the last byte. If you take and send it again, it is paid twice.
import-again-content = "{ $file }", { $day } { $time }: another file, but with the same payments. If you take and send it again, they are paid twice.
import-take-again = Take it again anyway ({ $count })
} in spite of the difference
import-report = Save the list of errors…
import-report-help = A CSV or text file to send to whoever made the file
import-report-name = Errors of { $file }
import-report-text = Text
import-report-line = Line { $line }, { $payee }
import-report-saved = The list of errors is saved: { $path }
import-report-failed = The list of errors could not be written. Nothing is lost; choose another folder.
import-done = { $count ->
    [one] { $count } order is stored, { $total } in total
   *[other] { $count } orders are stored, { $total } in total
}
import-done-packages = { $count ->
    [one] They went into { $count } package, among the prepared ones.
   *[other] They went into { $count } packages, among the prepared ones.
}
import-left-behind = { $count ->
    [one] { $count } bad order was left out.
   *[other] { $count } bad orders were left out.
}
import-open = Open the packages
import-another = Another file
# Frame
area-banking = Banking
area-administration = Administration
nav-orders = Orders
nav-accounts = Accounts
nav-master-data = Master data
nav-overview = Overview
nav-new-order = New order
nav-prepared = Prepared packages
nav-sent = Sent orders
nav-import = Import
nav-balances = Balances and transactions
nav-partners = Partners
nav-templates = Templates
nav-token = Token
nav-journal = Event log
nav-settings = Settings

bank = Bank
bank-state = { $bank }: { $state }
bank-none = no bank connected
bank-none-help = Connect with the bank's connection file
bank-logged-out = not logged in
bank-logged-out-help = Log in. Recording and viewing work without it.
bank-connected = connected
bank-connected-help = The bank can be reached. Click to sync (F5).
bank-interrupted = cannot be reached
bank-interrupted-help = The bank cannot be reached just now. The program tries again by itself; click to try at once.
log-out = Log out
log-out-of = Log out of { $bank }
log-out-of-all = Log out of all banks
customer-not-now = You are writing something here that would be lost with the other customer. Finish it or discard it, then switch.
sheet-first = Finish or close the open sheet first, then switch. Nothing was changed.
logged-out = You are logged out. Recording and viewing still work.
logged-out-of = Logged out of { $banks }. Recording and viewing still work.

status-synced = Last sync: { $time }
status-never-synced = Not synced yet
status-changing = Switching… (Esc: cancel)
status-oldest = Oldest data: { $bank }, { $time }
status-never-synced-there = Not synced yet: { $bank }
status-syncing = Syncing…
status-unknown =
    { $count ->
        [one] The fate of { $count } package is uncertain
       *[other] The fate of { $count } packages is uncertain
    }
status-to-sign =
    { $count ->
        [one] { $count } package to sign
       *[other] { $count } packages to sign
    }
status-to-send =
    { $count ->
        [one] { $count } package to send
       *[other] { $count } packages to send
    }
sync-done = Everything is up to date.
finished-good =
    { $count ->
        [one] “{ $name }”: executed by the bank.
       *[other] “{ $name }”: the bank executed all orders ({ $count }).
    }
finished-bad =
    { $count ->
        [one] “{ $name }”: refused by the bank.
       *[other] “{ $name }”: the bank refused all orders ({ $count }).
    }
finished-partly = “{ $name }”: { $executed } executed, { $rejected } refused by the bank.
finished-paid = Paid: { $sum }.
finished-look = Look
session-ends-soon =
    { $minutes ->
        [one] The session ends within a minute. A key or a click may prolong it.
       *[other] The session ends within { $minutes } minutes. A key or a click may prolong it.
    }
notify-several = { $count } notices
notify-token-gone = The token was pulled out
notify-locked = The session has ended
notify-ending = The session ends soon
notify-refused =
    { $count ->
        [one] The bank refused a package
       *[other] The bank refused { $count } packages
    }
notify-partly =
    { $count ->
        [one] A package was executed in part
       *[other] { $count } packages were executed in part
    }
notify-executed =
    { $count ->
        [one] A package was executed
       *[other] { $count } packages were executed
    }
notify-shared =
    { $count ->
        [one] A new package waits in the shared area
       *[other] { $count } new packages wait in the shared area
    }
notify-taken =
    { $count ->
        [one] A package was taken over from the shared area
       *[other] { $count } packages were taken over from the shared area
    }
notify-back =
    { $count ->
        [one] A package came back from the shared area
       *[other] { $count } packages came back from the shared area
    }
notify-message =
    { $count ->
        [one] A new message from the bank
       *[other] { $count } new messages from the bank
    }

later = Later
loading = Loading…
unknown = not known
days =
    { $count ->
        [one] { $count } day
       *[other] { $count } days
    }
tomorrow = tomorrow

# Start
starting = Starting…
start-failed = The program cannot start
start-failed-help = The data was left as it is. If the error stays, send the last log file to whoever runs your computers.
instance-no-window = The data are used by a run of the program on the command line, not by a window. Wait until it ends, then try again.
instance-elsewhere = The program runs in another session or on another screen ({ $seat }). Go on there, or close it there and try again.
instance-silent = The other window does not answer. Wait a little and try again; if this lasts, end it in the system's task manager.
technical-details = Technical details
try-again = Try again
quit = Quit

# Login
login-title = Log in
login-open = Log in…
login-pin = Token PIN
login-tries =
    { $count ->
        [one] { $count } try
       *[other] { $count } tries
    }
login-reader = Reader: { $reader }
login-no-certificate = The token has no login certificate
login-submit = Log in
login-offline = Without login
login-offline-help = You can record and view without logging in; sending and updating need a login.
login-busy = Logging in at the bank…
login-failed = The login did not succeed
login-not-here = This key cannot log in here
login-not-in-use = Nobody can log in here now, because the connection is paused or archived. The data is kept. Take it into use again under Administration, Bank connections.
login-last-try = This is the last try
login-last-try-help = If this PIN is wrong too, the token will be blocked, and only the bank's customer service can unblock it.
login-last-try-consent = I understand and try it nevertheless
locked-title = The session is locked
locked-user = Session of { $name }
closed-title = The data cannot be seen now
closed-help = At this bank data can be seen only while logged in. What you typed is kept.
login-to-token = What can I do?
login-done = Logged in: { $name }. This is your first login.
login-done-again = Logged in: { $name }. Previous login: { $time }.
software-key = Software key
software-key-help = The key is in a file, not on a card: for demos and tests only.
software-key-state = Software key: { $state }

# Connecting
connect-title = Connect to the bank
connect-help = Choose the connection file that your bank gave you. It holds the bank's address and how we recognise it.
connect-path = Connection file
connect-browse = Browse…
connect-submit = Connect
connect-busy = Looking for the bank…
connect-failed = Could not connect
connect-done = Connected: { $bank }.

# Overview
greeting-morning = Good morning
greeting-day = Good day
greeting-evening = Good evening
greeting-named = { $greeting }, { $name }!
greeting-unnamed = { $greeting }!
banking-day = banking day
not-banking-day = not a banking day
overview-day = { $day } · { $kind }
overview-waiting = Waiting for you today
overview-nothing-title = Nothing waits for you now
overview-nothing-help = Packages to sign, to send and refused ones appear here.
overview-deadlines = Next deadlines
overview-accounts = Accounts
overview-asked = as of { $time }
overview-first-title = Nothing to show yet
overview-first-help = At the first login the bank sends your accounts and its rules. After that you can work without logging in.
overview-waiting-title = The data is on its way
overview-waiting-help = The bank is sending accounts and balances.
overview-failed = The data cannot be read now
waiting-sign = to sign
waiting-send = to send
waiting-uncertain = awaiting the answer
waiting-rejected = refused
waiting-look = Open
waiting-again = Again…
orders-count =
    { $count ->
        [one] { $count } order
       *[other] { $count } orders
    }
deadline-viber = VIBER
deadline-cycle = Intraday cycle
deadline-instant = Instant
deadline-always = always
deadline-up-to = up to { $millions }M HUF
deadline-certificate = Signing certificate
chart-balance = { $account }: balance and 30-day forecast
chart-lowest = min. { $sum }, { $day }
chart-flow = In and out by week
chart-flow-legend = up: in · down: out

# Accounts
account = Account
own-account = Own account
account-number = Account number
accounts-none = The bank has not sent an account yet.
accounts-total = Total in forints
balance-booked = Booked
balance-available = Available
balance-blocked = Blocked
balance-pending = Pending debits
transactions-all = Transactions · all accounts
transactions-of = Transactions · { $account }
transactions-show-all = All accounts
transactions-search = Name, account, narrative
transactions-none = No booked transactions yet
transactions-none-help = They appear with the sync after login.
transactions-shown =
    { $count ->
        [one] { $count } transaction
       *[other] { $count } transactions
    }
transactions-more = Older transactions
search-none = Nothing found
search-none-help = Try fewer or shorter words.
booked-on = Booked
counterparty = Partner
narrative = Narrative
amount = Amount

# Token
token-state = Token: { $state }
token-starting = looking…
token-starting-title = Looking at what is in the reader.
token-none = none
token-foreign = unknown card
token-blocked = blocked
token-failed = cannot be read
token-empty = no certificate
token-expired = expired
token-expires =
    { $days ->
        [one] expires in { $days } day
       *[other] expires in { $days } days
    }
token-pin-entered = PIN entered
token-present = present
token-software = present
token-not-configured-title = The program runs without a token.
token-no-service-title = The computer's smart card service is not running.
token-no-service-help = Plug the token in: that makes Windows start it. If it is plugged in, pull it out and plug it in again; on Linux the service pcscd must be started. The program notices by itself when it runs.
token-service-disabled-title = The computer's smart card service is disabled.
token-no-reader-title = There is no card reader.
token-no-reader-help = Plug in the reader or the USB token; the program notices by itself.
token-no-card-title = There is no card in the reader.
token-no-card-help = Insert the card; the program notices by itself.
token-foreign-card-title = This card is not a bank token.
token-foreign-card-help = Take it out and insert the bank's token.
token-blocked-title = The PIN was wrong too many times.
token-failed-help = Unplug it, plug it in again, and close every other program that may use the token.
token-unfit = unusable
token-unfit-title = The token cannot be used as it is.
token-empty-title = The token has no certificate that can be used.
token-empty-help = Turn to the bank: the token has not been issued, or is not for this bank.
token-expired-title = One of the token's certificates has expired.
token-expires-title =
    { $days ->
        [one] One of the token's certificates expires in { $days } day.
       *[other] One of the token's certificates expires in { $days } days.
    }
token-expiry-help = Ask the bank for a new one before it expires: nobody can log in or sign with an expired certificate.
token-present-title = The token can be used.
token-present-help = The PIN is asked only for what you are doing: logging in or signing.
token-software-title = The key file can be used.
token-software-help = The PIN is asked only for what you are doing: logging in or signing.
token-card = Card
token-tries = PIN tries
token-certificates = Certificates
certificate-login = Login
certificate-signing = Signing
certificate-holder = { $holder } · { $issuer }
certificate-missing = missing
token-not-configured-help = Recording and viewing work. To sign, choose a token with “Change reader…”.
token-hidden = hidden
token-remote-title = The token is hidden in the remote session.
token-new = new
token-new-title = This token is new: it has no PIN yet.
token-new-help = Set a PIN of your own. Only you know it, not even the bank does, so never write it down beside the token.
token-transport-title = This token is new: it still has the PIN of the bank’s letter.
token-transport-help = Type the PIN of the letter and set your own. The PIN of the letter is void afterwards.
token-dead = blocked for good
token-dead-title = The token’s unblocking tries are used up too.
token-dead-help = This token can never be unblocked again. Ask your bank for a new one. Your prepared packages are safe, and another user can sign them with their own token.
token-blocked-title-tries =
    { $tries ->
        [one] The PIN was wrong once.
       *[other] The PIN was wrong { $tries } times.
    }
token-blocked-phone-help = To unblock it, call the bank’s customer service, identify yourself with your 8-digit id and your 6-digit e-PIN, then read the two numbers aloud.
token-blocked-elsewhere-help = This program cannot unblock this token: use its maker’s own program or call the bank’s customer service. Your prepared packages are safe, and another user can sign them with their own token.
token-blocked-file-help = A key file cannot be unblocked. Ask your bank for a new one; your prepared packages are safe.
token-expired-help = An expired certificate can neither log in nor sign, nor be renewed here any more. Ask your bank for a new token.
token-renewable-help = Renew now: an expired certificate can neither log in nor sign, and renewal works only before the end.
token-pin-entered-title = You are logged in with this token.
token-pin-entered-help = The program does not keep the PIN: it asks again for each signing. Pulling the token locks the session; what you typed is kept.
token-profile = Profile
token-profile-piv = PIV
token-profile-gids = GIDS
token-profile-pkcs11 = PKCS#11
token-profile-key-file = key file
token-csn-short = CSN
token-unblock-tries = Unblocking tries
token-does-not-tell = the token does not tell
token-choose = Change reader…
certificate-past =
    { $days ->
        [0] expired today
        [one] expired { $days } day ago
       *[other] expired { $days } days ago
    }
certificate-urgent =
    { $days ->
        [0] urgent: expires today
        [one] urgent: { $days } day
       *[other] urgent: { $days } days
    }
certificate-near =
    { $days ->
        [one] only { $days } day left
       *[other] only { $days } days left
    }
certificate-soon =
    { $days ->
        [one] expires in { $days } day
       *[other] expires in { $days } days
    }
certificate-renewable =
    { $days ->
        [one] { $days } day, renewable
       *[other] { $days } days, renewable
    }
new-pin = New PIN
new-pin-again = Confirm the PIN
new-pin-again-closed = opens when every rule is met
new-pin-again-open = type it once more
new-pin-again-left =
    { $count ->
        [one] { $count } more character
       *[other] { $count } more characters
    }
new-pin-again-same = the same
new-pin-again-differs = differs from the new PIN
new-pin-rules = Rules of the new PIN
new-pin-rule-met = met
new-pin-rule-open = not yet
pin-letter = PIN of the bank’s letter
pin-letter-hint = in the letter that came with the token
pin-old = Old PIN
pin-change-open = Change PIN…
pin-change-title = Change PIN
pin-change-help = The old PIN stays valid until the new one is accepted.
pin-change-submit = Change PIN
pin-set-submit = Set PIN
pin-busy = The token is working, do not pull it…
pin-failed = The PIN has not changed
pin-set = The PIN is set. The token is ready.
pin-changed = The PIN has been changed.
unblock-open = Unblock by phone
unblock-csn = CSN
unblock-random = Random · valid for { $left }
unblock-asking = Asking the token for a number…
unblock-code = Code (the bank says it)
unblock-code-good = the check characters are right
unblock-pin-closed = opens after the Code
unblock-leave-alone = While you wait for the Code, do not pull the token and let no other program use it.
unblock-submit = Unblock
unblock-new-random = New Random
unblock-busy = Unblocking, do not pull the token…
unblock-done = The token is unblocked and has its new PIN.
unblock-failed = The Code was not sent to the token
unblock-refused = Unblocking failed
unblock-lapsed = The Random is no longer valid
unblock-lapsed-time = The 15 minutes are over. Take a new Random and read that aloud; do not type the earlier Code. The card counted no try.
unblock-lapsed-pulled = The token was pulled. Put it back, take a new Random and read that aloud. The card counted no try.
unblock-lapsed-used = Another program used the token. Close it, take a new Random and read that aloud. The card counted no try.
choose-title = Which token shall the program use?
choose-help = The program remembers the choice.
choose-any = Any reader
choose-any-help = the first one that holds a bank token
choose-has-card = holds a card
choose-no-card = empty
choose-gone = not plugged in now
choose-file = Key file (software token)
choose-file-help = only where the bank allows it
choose-file-path = Where the key file is
choose-module = Vendor’s module (PKCS#11)
choose-module-help = if the token came with a program of its own
choose-module-path = Where the module is (.dll or .so)
choose-label = Label or serial number of the token
choose-label-help = empty: the first with certificates
choose-submit = Use this one
choose-again = Refresh
choose-failed = The change failed
choose-done = The program uses the chosen token from now on.
renew-open = Renew certificates…
renew-title = Renew certificates
renew-help = The token makes new keys and the bank issues new certificates for them. The old certificates work until the last step; if it is interrupted, it can go on later.
renew-step-keys = new keys in the token
renew-step-request = request signed with the present key
renew-step-bank = the bank issues the certificates
renew-step-install = certificates written into the token
renew-step-done = done
renew-step-now = going on…
renew-step-stopped = stopped here
renew-step-waits = later
renew-submit = Renew
renew-busy = Renewing…
renew-failed = The renewal stopped
renew-done = The certificates are renewed. Their last day: { $until }
renew-done-untold = The certificates are renewed; the bank hears of it at the next login. Their last day: { $until }
renew-go-on = Go on renewing…
renew-unfinished = A renewal was cut off
renew-unfinished-help = Go on with it: the bank has issued or will issue the new certificates, and the token works with the old ones until it is finished.
renew-needs-login = Renewing needs a login.

# Event log
journal-number = No.
journal-when = When
journal-who = Who
journal-what = What happened
journal-details = Details
journal-subject = About
journal-program = the program
journal-none = The log is empty
journal-none-help = Every signature, sending and change of state comes here; it cannot be deleted or rewritten.
journal-check = Check the log
journal-check-help = The hash of every entry builds on the one before. The check shows whether somebody changed it outside the program.
journal-whole =
    { $count ->
        [one] Whole: { $count } entry
       *[other] Whole: { $count } entries
    }
journal-broken = The log is not whole
journal-action-other = Entry of another version of the program
journal-action-package-state = Change of state
journal-action-package-signed = Signature
journal-action-sending = Sending
journal-action-received = Received by the bank
journal-action-answer-lost = The answer was lost
journal-action-package-not-received = Not received by the bank
journal-action-recorded-again = Recorded again
journal-action-admin-recorded = Recording
journal-action-package-split = Package split
journal-action-package-split-off = Package split off
journal-action-order-moved-here = Order moved
journal-action-sharing = Putting into the shared area
journal-action-shared = In the shared area
journal-action-share-refused = Shared area: refused
journal-action-shared-answer-lost = Answer lost (shared area)
journal-action-withdrawing-shared = Withdrawing from the shared area
journal-action-withdraw-refused = Withdrawal refused
journal-action-taken-over-elsewhere = Taken over elsewhere
journal-action-shared-returned = Back from the shared area
journal-action-taking-over = Taking over
journal-action-taken-over = Taken over
journal-action-take-refused = Taking over refused
journal-action-sent-changed = Sent changed
journal-action-changed-decided = The bank decided on the changed package
journal-action-partners-exported = Partners exported
journal-action-partners-imported = Partners imported
journal-action-package-file-written = Saved to a package file
journal-action-package-file-taken = Taken from a package file
journal-action-imported = Imported from a file
journal-action-token-pin-set = First PIN set
journal-action-token-pin-changed = PIN changed
journal-action-token-unblock-started = Unblocking began
journal-action-token-unblocked = Token unblocked
journal-action-token-unblock-failed = Unblocking failed
journal-action-token-renewal-asked = Renewal of certificates asked for
journal-action-token-renewed = Certificates renewed
journal-action-token-renewal-abandoned = Renewal given up
journal-field-user = user
journal-field-have = signatures
journal-field-need = needed
journal-field-code = reason
journal-field-sha256 = fingerprint
journal-field-content = content
journal-field-orders = orders
journal-field-sequence = number of the receipt
journal-field-received-at = received
journal-field-again = new package
journal-field-handover = handover
journal-field-signatures = signatures
journal-field-expires = last day there
journal-field-asked = request
journal-field-by = taken over by
journal-field-channel = where
journal-field-at = when
journal-field-why = reason
journal-field-from = put there by
journal-field-dropped = signatures dropped
journal-field-executed = executed
journal-field-rejected = refused
journal-field-partners = partners
journal-field-templates = templates
journal-field-new-partners = new partners
journal-field-changed-partners = changed partners
journal-field-new-templates = new templates
journal-field-changed-templates = changed templates
journal-field-left = left out
journal-field-order = order
journal-field-packages = packages
journal-field-name = name
journal-field-file = file
journal-field-random = Random
journal-field-renewal = renewal
journal-value-recorded = recorded
journal-value-checked = checked
journal-value-partly-signed = partly signed
journal-value-signed = signed
journal-value-sending = being sent
journal-value-sent = sent
journal-value-completed = executed
journal-value-partly-rejected = partly refused
journal-value-rejected = refused
journal-value-in-shared-area = in the shared area
journal-value-taken-over = taken over
journal-value-deleted = deleted
journal-value-put = put into the shared area
journal-value-take = take over
journal-value-withdraw = withdraw
journal-value-web = web client
journal-value-client = installed client
journal-value-expired = expired
journal-value-withdrawn = withdrawn

# Settings
settings-look = Appearance
settings-language = Language
settings-colours = Colours
settings-scale = Size
settings-scale-help = Anywhere: Ctrl and + makes things larger, Ctrl and - smaller.
settings-kept = Where things are
settings-data = Data folder
settings-logs = Log files
settings-version = Version
places-cache = Files that can be fetched again
places-open = Open folder
places-copy = Copy path
places-copied = The path is on the clipboard.
places-not-opened = The folder cannot be opened. Copy its path and open it in the file manager.
places-mode = Mode
places-portable = Portable: everything lies beside the program
places-policy = Set by the administrator
places-policy-help = It cannot be changed here. It stands at { $place }
places-policy-bad = What the administrator has set cannot be followed
places-policy-authority = Allowed certificate authority (SHA-256)
places-policy-any = any
places-policy-connection = Connection file for the first start
places-policy-updates = The program updates itself
places-policy-on = yes
places-policy-off = no
settings-notify = Notifications
settings-notify-wanted = Let the system tell me when another window is in front
settings-notify-help = Executed or refused packages, the shared area, messages of the bank, the end of the session, a token pulled out. They never contain an amount, an account or a name: a locked screen shows them too.
language-hu = Magyar
language-en = English
colours-system = As the system
colours-light = Light
colours-dark = Dark
colours-contrast = High contrast

## Packages: common words
items = { $count ->
    [one] { $shown } order
   *[other] { $shown } orders
}
items-of = { $some } of { $all } orders
close = Close
tries-left = { $count ->
    [one] { $count } try
   *[other] { $count } tries
}
signing-software = software token
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
packages-chosen = Packages chosen: { $count }
packages-not-ready = Not fully signed and not sent: { $count }
packages-sign-several = Sign ({ $count })
done-signed-many = Packages signed: { $count }
batch-title = Sign · packages: { $count }
batch-fingerprint = Fingerprint
batch-state = State
batch-signed = signed
batch-failed = failed
batch-untouched = untouched
batch-waits = to sign
batch-stopped = Stopped at “{ $name }”
batch-stopped-words = { $why } Packages signed: { $signed }; untouched: { $rest }.
batch-progress = { $signed } / { $total }
batch-sign = Sign all ({ $count })
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
packages-export-file = Save as a package file
packages-delete = Delete
packages-instant = instant
packages-planned = planned: { $day }
packages-last-error = It could not be sent the last time
step-check = check
step-signed = { $name } signed { $when }
step-signature = signature { $number }
step-signature-by = signature { $number }, may sign: { $names }
step-later-signatures =
    { $count ->
        [one] one more signature
       *[other] { $count } more signatures
    }
step-send = sending
route-sentence = Sent now, the bank will execute it so: { $routes }.
route-why = Why?
route-why-close = Close
route-split = Send them one by one instead?
route-split-help = Every order gets a package of its own; instant that way: { $count }.
route-faster-alone = Orders that would be faster if sent alone: { $count }.
route-faster-withdraw = Orders that would be faster if sent alone: { $count }. Withdraw the package to split it.
packages-busy = in progress…
packages-busy-sending = sending…
packages-sending-this = This is being sent to the bank
packages-sent-here = This package is at the bank
packages-sent-here-help = It stays here until you choose another package.
packages-open-sent = Open it among the sent ones
cover-title = Cover
cover-help = The bank refuses an instant order without cover; the others queue until there is cover.
closed-order-title = This order can no longer be changed
closed-order-help = Its package has been signed, handed over or sent. It can be changed after the package is withdrawn; or a new order can be made from it, which the bank pays separately.
closed-order-copy = New order from this

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
withdraw-words = The package goes one step back. Signatures that it loses: { $count }. Its orders stay.
delete-title = Delete the package?
delete-title-several = Delete the packages?
delete-words = { $name }: { $extent }. A deleted package cannot be brought back.
delete-several-words = { $count } packages, { $sum } in all. Deleted packages cannot be brought back.
delete-changes-words = { $count } packages. Deleted packages cannot be brought back.
remove-title = Take out of the package?
remove-words = { $payee }, { $sum }. The order is deleted.
remove-several-words = { $count } orders, { $sum } in all. The orders are deleted.
remove-change-words = { $what }. The order is deleted.
remove-changes-words = { $count } orders. The orders are deleted.
remove-accept = Delete from the package
split-title = Split the package?
split-words = Every order gets a package of its own, named after its payee ({ $count } in all). Each must be signed by itself.
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
done-split = Packages made of it: { $count }
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
signing-debit = debited from { $account }
signing-debit-of = { $sum } debited from { $account }
signing-earliest = earliest execution: { $route }
signing-fingerprint = Fingerprint of the document (SHA-256)
signing-look-at = Look at these ({ $count })
signing-nothing-special = No changed account, first payment or repetition in it.
signing-largest = Largest orders
signing-all-orders = All orders
signing-all = All orders ({ $count })
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
attention-was = was { $before }, now { $now }
attention-same-sum = the same sum on { $day }
attention-also-prepared = in another package too
attention-in-package = the same payment stands in this package too: "{ $package }"
signing-not-you = This package is not for you to sign now

## Sending several packages
sending-title = Sending { $count } packages
sending-planning = Looking at what the bank will do with them…
sending-no-plan = It could not be worked out what the bank will do
sending-same = The bank executes them in the same way together and one by one.
sending-faster = Packages that are faster if sent one by one: { $count }.
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
sent-count = Packages: { $count }
sent-state-waiting = awaiting the answer
sent-state-processing = in progress
sent-state-executed-by = { $route }, executed
sent-state-some-rejected = { $count } refused
order-due-waiting = the bank executes it: { $when }
order-due-queued = waits for cover; the bank looks again: { $when }
period-today = Today
period-week = Last 7 days
period-month = Last 30 days
period-year = Last year
period-all = All the time
states-all = All states
states-uncertain = Awaiting the answer
states-in-progress = In progress
states-completed = Executed
states-rejected = Refused
sent-uncertain-title = Do not send it again!
sent-uncertain = The bank’s answer did not arrive, so we do not know whether it has the package. It is not sent twice: as soon as the bank can be reached we ask, and the outcome is shown here.
sent-queued-title = Orders queued for cover: { $count }
sent-queued = There is not enough cover on the account. The bank looks again: { $when }.
sent-queued-later = There is not enough cover on the account. The bank looks again later.
sent-rejected-title = Orders refused by the bank: { $count }
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
sent-copy = New order from this
sent-copy-help = A new order opens with the data of the chosen one.
proof-signed = Signed by { $name }
proof-receipt = Number of the receipt
proof-received = Received by the bank
proof-no-receipt = The bank’s signed receipt has not arrived yet.
sent-again-open = The package recorded again
sent-again-open-help = The refused orders have been recorded again already; this button leads there.

demo-desk = Operator desk (in a browser): { $address } – name: { $name }, password: { $password }
demo-web = Web client (in a browser): { $address } – the order “Internet banking” of the Administration area enables it, the operator desk gives activation codes
demo-desk-user = { $name }: number { $id }, e-PIN { $epin }

# The window: places
nav-bank = Correspondence
nav-messages = Messages
nav-self-administration = Self-administration
nav-admin-orders = New order
nav-users = Users and rights
nav-workplace = Workplace
ok = OK

# The window: orders
admin-column-what = What changes
admin-column-before = Now
admin-column-after = Afterwards
admin-failed = It cannot be read now
admin-choose = Choose the order
admin-saved = The package is ready to be signed
admin-cannot-save = It cannot be saved like this
admin-confirm-title = This will change
admin-confirm-help = “OK” makes the package. The change takes effect only after signing and sending.
admin-signing-what = Self-administration order
admin-signing-problem = By today's authority table the bank would refuse this

# The window: kinds of orders
admin-kind-internet-banking = Internet banking service request
admin-kind-internet-banking-help = Enable the web client for the customer, login and signing for its users.
admin-kind-user-data = Change user data
admin-kind-user-data-help = Mobile phone, e-mail address, notices.
admin-kind-user-rights = Change rights
admin-kind-user-rights-help = Who may see, record and sign what; withdrawing every right deletes the user.
admin-kind-new-account = Add a new account
admin-kind-new-account-help = Takes an account that the bank has opened into the service, with rights.
admin-kind-device = Suspend or enable a device
admin-kind-device-help = A lost or recovered token or virtual chip card.
admin-kind-clear-errors = Clear error points
admin-kind-clear-errors-help = Forgives failed logins and unlocks the user.
admin-kind-register-id = Register a secondary identifier
admin-kind-register-id-help = A phone number, e-mail address or tax number to which instant transfers can be sent.
admin-kind-confirm-id = Confirm a secondary identifier
admin-kind-confirm-id-help = It must be confirmed once a year, or it lapses.
admin-kind-delete-id = Delete a secondary identifier
admin-kind-delete-id-help = No transfer can be sent to it any more.
admin-no-new-account = No new account waits to be added.
admin-no-device = No device of any user is known.
admin-no-errors = No user has error points.
admin-no-ids = No secondary identifier is registered.

# The window: filling in an order
admin-choose-first = First choose what the order is about.
admin-choose-account = Choose the account.
admin-choose-one = choose
admin-user = User
admin-account = Account
admin-new-account = New account
admin-device = Device
admin-identifier = Secondary identifier
admin-identifier-help = Mobile number, e-mail address, tax number or tax id
admin-understood = Understood: { $id }
admin-not-an-id = This is an account number, not a secondary identifier.
admin-code = One-time code
admin-code-help = The bank sends a six-digit code to this phone number or e-mail address.
admin-send-code = Request a code
admin-code-sent = The bank has sent the code to { $id }
admin-phone = Mobile phone
admin-email = E-mail address
admin-notify = Wants notices of packages
admin-view = view
admin-dispose = record
admin-sign-none = does not sign
admin-sign-class = sign: { $class }
admin-rights-on-accounts = Rights by account
admin-rights-of-users = Rights by user
admin-rights-none-help = If no right is left, the user is deleted from the customer.
admin-right-now = now: { $right }
admin-web-enable = The customer uses internet banking (web client)
admin-web-users = Tick whose settings change, and choose the authentication device
admin-web-note = In the web client people log in and sign with a virtual chip card; the bank gives the user the activation code.
    Nothing changes for users that are not ticked.
admin-web-now = now – login: { $login }, signing: { $signing }
admin-web-login = Login device
admin-web-login-help = holds at every customer of the user
admin-web-signing = Signing device
admin-web-signing-help = holds at this customer only
admin-device-will-suspend = Nobody can log in or sign with the device until it is enabled again.
admin-device-will-enable = The device can be used again.

# The window: users and rights
users-people = Users
users-matrix = By account
users-customer = Customer
users-signing =
    { $need ->
        [one] Authority table, version { $version } · self-administration needs one signature · may sign: { $names }
       *[other] Authority table, version { $version } · self-administration needs { $need } signatures · may sign: { $names }
    }
users-signing-class = at least { $number } of class “{ $class }”
users-column-user = User
users-column-sign = sign
users-locked = locked
users-errors =
    { $count ->
        [one] { $count } error point
       *[other] { $count } error points
    }
users-change = Change
users-rights = Rights on accounts
users-contact = Contact
users-web = Internet banking
users-web-login = Login (at every customer)
users-web-signing = Signing (this customer only)
users-devices = Devices
users-no-devices = The bank has told of no device.
users-device-token = token
users-device-virtual-card = virtual chip card
users-suspend = Suspend
users-enable = Enable
users-logins = Logins
users-error-points = Error points
users-clear-errors = Clear error points
users-signs = signs: { $class }
users-does-not-sign = does not sign
users-matrix-more =
    { $count ->
        [one] One more user on the page “Users”.
       *[other] { $count } more users on the page “Users”.
    }
users-new-accounts = New accounts to be added
users-take-account = Add
users-identifiers = Secondary identifiers
users-register-id = Register
users-confirm-id = Confirm
users-confirm-by = to be confirmed by { $day }

# The window: messages
message-new = New message
message-column = Message
message-subject = Subject
message-body = Text
message-send = Send
message-unread = new
message-waiting = waits to be sent
message-waiting-help = The bank has not confirmed it yet. We send it again when connected; it never arrives twice.
message-kept = The message is kept and being sent
message-not-kept = The message cannot be kept
messages-none = No messages
messages-none-help = The bank's messages appear here, and from here you can write to the bank.
messages-none-chosen = Choose a message
messages-none-chosen-help = The chosen message can be read here.
messages-failed = The messages cannot be read now

# Self-administration: words that the command line uses too
admin-yes = yes
admin-no = no
admin-device-usable = usable
admin-device-suspended = suspended
admin-contact-none = not given
admin-web-is-enabled = enabled
admin-web-is-disabled = not enabled
# Shared area
nav-shared = Shared area
shared-title = Shared area
shared-waiting-count = { $count ->
    [0] nothing waits now
    [one] one package waits to be taken over
   *[other] { $count } packages wait to be taken over
}
shared-refresh = Refresh
shared-refresh-help = Asks the bank for its list now. Changes also appear by themselves.
shared-none = The shared area is empty
shared-none-help = Packages come here by “Put into shared area” among the prepared packages; those of the web client appear here too.
shared-none-chosen = No package is chosen
shared-none-chosen-help = Choose one to look at it here before you take it over.
shared-failed = The shared area cannot be read
shared-put = Put by
shared-until = Stays until
shared-taken-row = Taken over by
shared-withdrawn-by = Withdrawn by
shared-signatures = Signatures
shared-unsigned = none yet, { $need } needed
shared-signed = signed { $have }/{ $need }
shared-account = Account to debit
shared-scheduled = Planned for
shared-hand-client = { $name } in the installed client, { $when }
shared-hand-web = { $name } in the web client, { $when }
shared-channel-client = in the installed client
shared-channel-web = in the web client
shared-state-awaited = awaiting the answer
shared-state-free = can be taken
shared-state-waiting = in the shared area
shared-state-taken = taken over
shared-state-withdrawn = withdrawn
shared-state-expired = expired
shared-take = Take over
shared-taking = Taking over…
shared-take-help = The package comes here, to be signed and sent. Its signatures hold until you change it.
shared-withdraw = Withdraw
shared-withdraw-help = The package leaves the shared area and is what it was before, with its signatures.
shared-open-copy = Copy here
shared-open-copy-help = Opens the closed copy of the package among the prepared packages.
shared-invalid = { $count ->
    [one] One signature does not hold
   *[other] { $count } signatures do not hold
}
shared-invalid-words = Not for this content, or not by a certificate of the bank. It is dropped when the package is taken over.
shared-content-login = The orders are shown after a login.
shared-needs-login = Log in to the bank to use the shared area.
shared-awaited-toast = We wait for the bank’s answer, do not repeat it. It is asked for as soon as the bank can be reached.
shared-withdrawn-toast = The package has left the shared area
shared-taken-toast = Taken over: { $name }
shared-taken-signed-toast = { $count ->
    [one] Taken over: { $name }, with one valid signature
   *[other] Taken over: { $name }, with { $count } valid signatures
}
shared-dropped-toast = { $count ->
    [one] One signature did not hold and was dropped
   *[other] { $count } signatures did not hold and were dropped
}
shared-news-waiting = { $by } put into the shared area: { $name }
shared-news-taken = { $by } took it over { $door }: { $name }
shared-news-withdrawn = Withdrawn at another seat, it is here again: { $name }
shared-news-expired = Its time in the shared area ended, it is here again: { $name }
shared-news-look = Look
shared-news-package = To the package
packages-share = Put into shared area
packages-share-several = Put into shared area ({ $count })
packages-share-help = The package goes to the bank’s shared area, to be taken over at another seat or in the web client.
sharing-title = { $count ->
    [1] Put it into the shared area?
   *[other] Put { $count } packages into the shared area?
}
sharing-unsigned = not signed
sharing-more = … and { $count } more
sharing-until = Stays until
sharing-longest = Empty: until { $day }, the longest stay.
sharing-too-long = It can stay until { $day } at most.
sharing-words = The package stays locked here until you withdraw it, its time ends, or somebody takes it over. Its signatures go along and hold as long as its content does not change.
share-done = In the shared area: { $name }
share-awaited = { $name }: we wait for the bank’s answer, do not repeat it
share-failed = { $name }: { $why }
share-withdrawn = Withdrawn from the shared area: { $name }
where-parking = Being put into the shared area: we wait for the bank’s answer
where-withdrawing = Being withdrawn from the shared area: we wait for the bank’s answer
where-taking = Being taken over: we wait for the bank’s answer
where-awaited-words = Do not repeat it. The same request is sent again as soon as the bank can be reached, so nothing is lost and nothing happens twice.
where-waiting = In the shared area. Put there by { $hand }
where-waiting-mine = Locked here. It stays there until { $until }; until then you can withdraw it.
where-waiting-words = Locked here. It stays there until { $until } and can be taken over in “Shared area”.
where-taken = Taken over by { $hand }
where-taken-words = This copy is closed. Once the package is sent you see its fate among the sent orders.
where-again = Whoever took it over put it back: { $hand }
where-again-words = This copy is closed. It can be taken over in “Shared area”.
where-changed-by = { $name } sent it changed, { $when }
where-changed = It was sent changed, { $when }
where-changed-words = This is not what the bank got, so nothing is shown as executed here. The bank still works on the changed package.
where-changed-decided = This is not what the bank got. Orders of the changed package executed: { $executed }, refused: { $rejected }.
taken-from = Taken over from the shared area. Put there by { $from }
taken-from-signed = { $count ->
    [one] It has one signature, which holds until the content changes: the first change needs a withdrawal, which drops it.
   *[other] It has { $count } signatures, which hold until the content changes: the first change needs a withdrawal, which drops them all.
}
taken-from-unsigned = It has no signature. It can be signed and sent here now.
withdraw-taken-words = { $from } put the package into the shared area. Once withdrawn it can be changed, but it must be signed again. Signatures that it loses, those of others too: { $count }. Its orders stay.

## Updating the program

settings-program = The program
update-state = State
update-checked = Last check
update-never-checked = never yet
update-unasked = The bank has not been asked yet.
update-check = Check now
update-checking = Checking…
update-look = Show
update-look-old = Update
update-notice = New version: { $version }
update-notice-old = The bank takes only version { $version } or newer. Your data can be read, but you can neither log in nor send.
update-title = New version: { $version }
update-needed = Version { $version } or newer is needed
update-own = This program: { $own }
update-facts = This program: { $own } · the new one released: { $released } · { $size }
update-signed = Signature verified
update-blocked = The bank takes this version no more
update-blocked-help = Until you update you cannot log in, send or sync. Recorded orders and all other data are kept: they can be read and written to files.
update-no-offer = No update can be had from here now
update-notes = What is new
update-no-notes = Nothing was written about this release.
update-progress = { $bytes } / { $of }
update-ready = Downloaded and verified
update-ready-help = The file is the one that the bank's signed release names. The program closes while it is installed and starts again afterwards; your data and settings are kept.
update-ready-path = The file is the one that the bank's signed release names. Install it with the system's tools: { $path }
update-loses = What you are writing would be lost
update-loses-help = The open form is not saved yet. Finish it first, or install without it.
update-starting = The installer is starting…
update-failed = The update did not work
update-read-only = Only read
update-download = Download
update-install = Install and restart
update-install-anyway = Install without saving
update-stay = Back to the form

# Several banks and customers
nav-everyone = All customers
nav-connections = Bank connections
bank-archived = archived
bank-paused = paused
bank-paused-help = The connection is paused: the bank is left alone, the data is kept. Take it into use again under Administration, Bank connections.
bank-locked = locked
bank-locked-help = The session has ended. Click to log in again; what you typed is still here.
bank-unusable = not usable
choice-title = Choose a customer
choice-search = Name of a customer or bank
choice-none = No such customer.
choice-more = { $shown } of { $count } customers are shown. Type a few more letters.
choice-keys = Arrows: step · Enter: choose
choice-keys-shared = Arrows: step · Enter: choose · Ctrl+0…9: from anywhere
choice-first-login = First login
choice-help = Another customer or bank (Ctrl+U, or by number: Ctrl+1…9)
choice-offline = { $bank }: not logged in. You see what was fetched last.
everyone-banks = { $open } of { $count } banks connected
everyone-banks-help = Refresh all banks that are logged in (F5)
notify-whose = { $whose }: { $what }
sync-done-all = All banks that are logged in are up to date.
sync-done-others = The other banks are up to date.
everyone-search = Find a package of any customer
everyone-customers = Customers
everyone-nothing-help = No customer has a package to sign or to send.
everyone-more = and { $count } more
everyone-customer = Customer
everyone-state = State
everyone-balance = Available balance
everyone-to-sign = To sign
everyone-to-send = To send
everyone-unread = Unread
everyone-not-found = No such package
everyone-not-found-help = Try another part of its name.
everyone-package = Package
everyone-login-needed = shown only when logged in
everyone-log-in = Log in: { $bank }
everyone-no-data = no data yet
everyone-unreadable = cannot be read
everyone-not-read = Could not be read: { $whose }
everyone-choose-first = Choose a customer in the list, then begin again.
everyone-without = { $count ->
    [1] without one account
   *[other] without { $count } accounts
}
everyone-company-without = without { $banks }
everyone-not-found-there = No such package where it could be searched
everyone-not-searched = Could not be searched: { $whose }
everyone-cut = No more than { $count } packages of a list are shown, and there are more: { $whose }. Type more of the name.
everyone-company = { $name } ({ $banks })
everyone-companies = One company at several banks, in total
connection-add = Connect another bank
connection-column-bank = Bank
connection-column-synced = Last refreshed
connection-customers = { $count ->
    [0] no customer yet
    [one] { $count } customer
   *[other] { $count } customers
}
connections-none = No bank yet
connections-none-help = Connect your bank with its connection file.
connection-rename = Rename
connection-name = Name in this program
connection-life = Connection
connection-user = Logged-in user
connection-nobody = nobody
connection-active = in use
connection-pause = Pause
connection-pause-help = While it is paused the program leaves the bank alone. The data is kept and shown.
connection-resume = Use again
connection-resume-help = The program leaves the bank alone. The data is kept and shown.
connection-archived-help = The data is kept, but no list shows it.
connection-archive = Archive
connection-remove = Remove…
connection-put-away-help = Archiving keeps all data. Only a bank for which nothing was made yet can be removed.
connection-only-one = This is the only bank, so it can be neither archived nor removed.
connection-archive-title = Archive { $name }?
connection-archive-words = You are logged out, and the bank disappears from the lists. All its data is kept: packages, signatures, receipts, account history and messages. You can use it again at any time.
connection-kept-title = { $name } cannot be removed
connection-kept-words = Packages, partners, templates or messages were made for this bank. They must be kept, so nothing was removed. You can archive it: the bank disappears from the lists, and all its data is kept.
connection-remove-title = Remove { $name }?
connection-remove-words = The connection and everything that the bank has sent is removed from this computer. Nothing changes at the bank.
connection-remove-accept = Remove
connection-never = never
connection-customers-title = Customers at this bank
connection-no-company = no match at another bank
connection-same-company = The same company as
connection-customer-number = Customer number: { $number }
connection-renamed = Its new name: { $name }
connection-logged-out = { $name }: logged out.
connection-paused-done = { $name }: paused. The data is kept.
connection-resumed = { $name }: in use again.
connection-archived = { $name }: archived. All its data is kept.
connection-removed = { $name }: removed.
owner-label = Whose?
owner-common = all customers’ (common)
owner-own = only of { $name }
owner-column = Whose
owner-column-common = common
owner-column-own = own

# F1: the keys of a place.
help-title = Keys
help-link = Keys
help-everywhere = Everywhere
help-lists = In lists
help-help = this page
help-new-order = new order
help-import = import a file
help-sync = bring what is new at the bank
help-choose = choose a customer
help-customer = the customer of that number
help-everyone = all customers
help-place = the menu's place of that number
help-size = larger, smaller letters
help-walk = forward, back between fields
help-back = one step back
help-list-walk = from row to row
help-list-mark = select
help-list-extend = go on selecting
help-list-all = select all rows
help-list-open = open
help-search = search
help-save = save
help-save-next = save and record another order
help-package = choose the package
help-next-field = to the next field
help-sign = sign
help-send = send
help-share = put into the shared area
help-delete = delete
help-take = take over from the shared area
help-withdraw = take back from the shared area
help-file = choose a file
help-take-in = take it in
help-report = save the list of errors
help-new = add a new one
help-order-to = order to this partner
help-order-from = order from this template
help-partners-in = take partners from a file
help-partners-out = write partners to a file
help-write = write to a file
help-send-message = send the message
help-new-bank = add a bank
help-new-admin = new administration order
help-take-changed = take all changes
