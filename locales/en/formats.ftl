# Files: why a file cannot be read, what was changed when reading, what does not fit into a written file.
# The keys are the error codes of the formats library; the variables are the errors' named values.

## The file as a whole cannot be read on
format-io = The file could not be read or written. Orders taken before are safe. Check that the file can be reached and try again.
format-not-xml = At line { $line } the file is not well-formed XML. What was in order before it is in the list, but nothing was taken. Ask for the file again from the program that made it.
format-empty = The file is empty; nothing was taken. Make it again in the program that it comes from.
format-workbook = This is a spreadsheet or an archive, not a file of payments; nothing was taken. Have your accounting or payroll program write payments as XML (pain.001 or Electra).
format-pdf = This is a document to print (PDF), not a file of payments; nothing was taken. Have your accounting or payroll program write payments as XML (pain.001 or Electra).
format-payord = This is a PAYORD file, which this program does not read; nothing was taken. Have your accounting or payroll program write payments as XML (pain.001 or Electra).
format-table = This is a table of cells (CSV), from which this program reads no payments; nothing was taken. Have your accounting or payroll program write payments as XML (pain.001 or Electra).
format-no-payments = This is not a file of payments; nothing was taken. Have your accounting or payroll program write payments as XML (pain.001 or Electra).
format-wrong-root = This file holds no transfers: it is { $found }. We read pain.001 (001.03 or 001.09) and Electra HUFTransactions files. Nothing was taken from it.
format-dtd = At line { $line } the file brings declarations of its own (DTD). They are forbidden for safety, so the file was not read on. Ask for the file without them.
format-entity = Line { $line } has the unknown mark &{ $name };. The file was not read on. If it was meant to be an “&” sign, it must be written as &amp; in the file.
format-unsupported-encoding = The file is encoded in { $name }, which we do not know. We read UTF-8, UTF-16, ISO-8859-1, ISO-8859-2, ISO-8859-15, windows-1250 and CP852. Nothing was taken from it.
format-invalid-bytes = By all its other signs the file is encoded in { $encoding }, but that is not true in line { $line }. We do not guess, since wrong names could get into the orders. Ask for the file with its real encoding.
format-truncated = The file ends unexpectedly after line { $line }, so it is not complete. The list shows only what arrived whole; there may have been more, so nothing of it can be taken. Get the file again.
format-too-long = At line { $line } one single value is longer than { $limit } bytes. No transfer has such a value, so the file was not read on.
format-too-deep = At line { $line } more than { $limit } elements stand inside each other. No file of transfers is like that, so it was not read on.
format-too-large = The package is larger than { $limit } bytes, too large to be signed and sent at once. Split it into several packages.

## The document of a package that is to be signed is not in order
format-unexpected = Line { $line } of the package's document has something that does not belong there: { $found }. The document is refused.
format-missing = The package's document lacks something (line { $line }): { $element }. The document is refused.
format-value = Line { $line } of the package's document has a wrong value: { $element }. The document is refused.
format-count-mismatch = The document declares { $declared } orders but holds { $found }. The document is refused.
format-sum-mismatch = The document declares a total of { $declared_total }, but its orders add up to { $found_total }. The document is refused.
format-duplicate-order = The same order ({ $id }) is in the package twice. Take one of them out.
format-no-orders = There are no orders to write.
format-other-type = The header of the package promises orders of type { $declared }, but they are not. Nothing of the file was taken.

## Writing
format-cannot-write-header = In the package's data { $element } would get a value that the format does not allow. Nothing was written.
format-cannot-write = In order { $position } { $element } would get a value that the format does not allow. Nothing was written.
format-cannot-encode = The character “{ $character }” of order { $position } does not exist in { $encoding }. Nothing was written. Choose UTF-8 or change the text.
format-no-secondary-id = Order { $position } goes to a secondary account identifier, for which Electra HUF XML has no place. Nothing was written. Use pain.001 or leave this order out.

## Rows that were read: taken, but you should know
import-longer-than-format = Longer than the file's format allows ({ $found } characters instead of { $max }). All of it was taken.
import-more-lines-than-format = More lines than the file's format allows ({ $found } instead of { $max }). All were taken, joined by spaces.
import-cut = Too long: of { $found } characters the first { $kept } fit, the rest was cut off. See whether it can still be understood.
import-left-out = The file's { $element } has no place in a domestic transfer and was left out.
import-high-is-viber = The file asks for a high priority only (HIGH) and names no other way. Taken as a VIBER transfer, which costs more: if it was not meant so, untick it in the order.
import-made-plain = Characters that the banks do not take ({ $characters }) were replaced by plain ones.

## Files that were read: what a file says of itself and is not true
import-count-broken = The header of the file declares { $declared } orders, but the file holds { $found }.
import-group-count-broken = Group { $group } of the file (PmtInf) declares { $declared } orders of its own, but holds { $found }.
import-sum-broken = The header of the file declares a total of { $declared_total }, but its orders add up to { $found_total }.
import-group-sum-broken = Group { $group } of the file (PmtInf) declares a total of { $declared_total } of its own, but its orders add up to { $found_total }.

## Rows that were read: why a row cannot be taken as it is
import-currency-missing = The amount has no currency. Domestic transfers are in HUF only.
import-currency = The amount is in { $found }. Domestic transfers are in HUF only.
import-twice = { $element } stands there twice with different values. We cannot know which one is right.
import-not-transfer = The payment method is { $found }, not a transfer (TRF).
import-date = The debit day cannot be understood: “{ $found }”. In the file it must be written as yyyy-mm-dd.
import-amount-missing = The amount is missing.
import-amount = The amount can be understood in more than one way or in none: “{ $found }”. In the file only digits may stand, with at most two decimals (only zeros after them) and without separators of thousands.
import-account-missing = The place of the account number is empty.
import-account = In the place of the account number stands “{ $found }”, which is neither an account number of 16 or 24 digits nor an IBAN.
import-identifier = In the place of the secondary identifier stands an account number: “{ $found }”. We cannot know which was meant.

## Rows that were written: what gets lost
export-cut = Of { $found } characters only { $kept } fit into the format; the end was cut off.
export-words-split = The text fits into the format's lines only if words are split.
export-no-place = The format has no place for this, so it was left out.

## Files of partners and templates: nothing was taken
format-not-partners = This is not a file of partners (seen at line { $line }). PARTNERS.DAT, CSV, XLSX and vCard files can be read. Nothing was taken from it.
format-unknown-version = The file has version { $found } (line { $line }), which this program does not know. A newer program probably wrote it: update this one. Nothing was taken from it.
format-recoded = Another program saved the file in another encoding (line { $line }), so names may be damaged. Export it again and do not open it in an editor. Nothing was taken from it.
format-incomplete = The file ends at line { $line }, so it is not complete. Export or copy it again. Nothing was taken from it.
format-damaged = Line { $line } of the file has changed since it was written (its checksum does not fit). Export or copy it again. Nothing was taken from it.
format-columns = Line { $line } has { $found } values instead of { $expected }. Nothing was taken from the file.
format-record = Line { $line }: the value of { $column } is none that this format knows. Nothing was taken from the file.
format-record-count = The file declares { $declared } records (line { $line }) but holds { $found }. Nothing was taken from it.
format-duplicate-record = Line { $line } holds a record that stood in the file before (identifier { $id }). Nothing was taken from it.
format-write-duplicate = The same record (identifier { $id }) would stand in the file twice. Nothing was written.
format-heading-twice = Line { $line } of the table names the column { $column } twice, and it is not clear which one counts. Nothing was taken from the file.
format-quote = Line { $line }: a quote is not closed, or something follows it in its cell. Nothing was taken from the file.
format-spreadsheet = The workbook cannot be read or written. Nothing was taken or written. Save it as XLSX again and try once more.
format-package-file = This is no whole package file. Nothing was taken from it. Ask the sender for it again.
format-file-too-large = The file would be larger than { $limit } bytes; lists of partners of that size are not handled in one file.
format-cannot-write-record = The { $column } of the record with identifier { $id } is too long for the file. Make it shorter. Nothing was written.

## Columns of files of partners
partners-column-id = Identifier
partners-column-short-name = Short name
partners-column-name = Payee's name
partners-column-accounts = Account number
partners-column-secondary-kind = Kind of secondary identifier
partners-column-secondary-id = Secondary identifier
partners-column-narrative = Narrative
partners-column-country = Country
partners-column-legal-code = Legal code
partners-column-note = Note
partners-column-template-name = Template's name
partners-column-order-type = Kind of order
partners-column-started-from = Original template
partners-column-partner-ref = Partner referred to
partners-column-card = Business card

## Partners and templates that cannot be taken
refused-id = The identifier has a wrong form.
refused-kind = This kind of secondary identifier is unknown. Known kinds: mobile, email, tax_number, tax_id.
refused-identifier = The secondary identifier does not have the form of its kind.
refused-mixed = A partner has either accounts with a name or one secondary identifier without a name; not both.
refused-foreign = A domestic transfer cannot go to an account kept abroad.
refused-not-account = In the place of the account number stands something else than 16 or 24 digits or an IBAN. A secondary identifier belongs into the column “Secondary identifier”.
refused-order-type = This kind of order is unknown.
refused-perhaps-rounded = After the first 15 digits only zeros follow: this is what a spreadsheet leaves of an account number when it takes it for a number and rounds it. If it really is the account number, write it with 16 digits or with dashes.
refused-rounded = The spreadsheet took it for a number and rounded it, digits are lost. It must be a text in the table.
refused-surplus = The row has more cells than there are columns.
refused-twice = The same partner stood in an earlier line of the file.
refused-charset = The letters of the text cannot be read: the card does not say their encoding, or names one that we do not know. Save it again in UTF-8.
refused-line = The card has a line that is no property: it has no colon. The card may be damaged.
refused-version = The version of the card is not 2.1, 3.0 or 4.0.
