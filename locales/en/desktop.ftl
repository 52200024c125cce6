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
expected-seconds = within { $seconds } seconds
expected-hours = within { $hours } hours
expected-never = the bank will not execute it
expected-at-once = booked by the bank at once
expected-today = today, in the { $time } cycle
expected-tomorrow = tomorrow, in the { $time } cycle
expected-day = { $date }, { $time } cycle
order-title = Domestic HUF transfer
order-title-edit = Change order
order-package = Package
order-package-auto = automatic
order-package-auto-to = automatic: { $name }
order-package-new = new package
order-package-items = { $count ->
    [one] { $count } order
   *[other] { $count } orders
}
order-debit-account = Account to debit
order-choose-account = Choose an account
order-available = available { $amount }
order-payee = Payee
order-payee-placeholder = name or partner
order-is-partner = partner
order-last-paid = Last paid: { $date }, { $amount }
order-template = Template
order-no-template = none
order-target = Account number, IBAN or secondary identifier
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
order-value-date = Value date
order-value-date-placeholder = today
order-value-date-instant = today (instant)
order-value-date-not = An instant transfer has no value date.
order-date-today = today
order-date-holiday = { $date } – bank holiday: { $name }
order-document-number = Document number
order-narrative = Narrative
order-narrative-whole = Arrives in full through every channel.
order-narrative-cut = The bank gets all of it; these channels cut it: { $carriers }.
order-instant = instant transfer
order-instant-hint = goes into a package of its own
order-viber = VIBER
order-more = More fields ▾
order-less = More fields ▴
order-payer-name = Payer’s name
order-country = Country
order-legal-code = Legal code
order-own-reference = Own reference
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
order-first-payment = This account or identifier has never been paid from here.
order-times-usual = The amount is { $times } times the usual.
order-bank-title = What will the bank do?
order-bank-later = As soon as the order is complete, you see here how and when the bank executes it.
order-alone = Sent in a package of its own: { $route }, { $time }.
order-alone-do = Put it into its own package
order-into-new = Put it into a new package
order-trouble = That did not work
order-restored = What you typed last time is back
order-restored-help = The order has not been saved yet. You can go on where you stopped.
order-start-blank = Start with an empty form
order-aside = You have an unfinished order
order-aside-help = If you start typing another one now, the unfinished one is lost.
order-put-back = Continue the unfinished order
order-no-rules = The bank’s rules are not known yet
order-no-rules-help = Log in with your token: after the first connection you can record orders offline too.

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
partners-count = { $count } partners
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
import-formats = pain.001 (001.03 and 001.09) or Electra HUF XML. We only look at it first: nothing is stored until you agree.
import-path = File
import-path-placeholder = full path of the file
import-browse = Browse…
import-read = Read
import-filter = Payment files (XML)
import-filter-all = All files
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
import-tab-bad = Bad ({ $count })
import-tab-warned = Taken with changes ({ $count })
import-tab-good = Without a remark ({ $count })
import-none-bad = No bad order
import-none-warned = No order had to be changed
import-none-good = No order can be taken unchanged
import-first-rows = the first { $count } orders are shown
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
import-report = Save the list of errors…
import-report-help = A CSV or text file to send to whoever made the file
import-report-name = Errors of { $file }
import-report-text = Text
import-report-line = Line { $line }, { $payee }
import-report-saved = The list of errors is saved: { $path }
import-report-failed = The list of errors could not be written: { $reason }
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
