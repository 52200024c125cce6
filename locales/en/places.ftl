# Where the program's files lie, what the administrator has set, and who uses the data already. Its Hungarian pair: ../hu/places.ftl

folder-no-home = The system does not say where your own folder is, so the program does not know where its data lie. Nothing was made. Name the folder of the data with --data, or tell your administrator.
folder-portable = The portable program keeps its data beside itself, but it cannot write this folder: { $path }. Nothing was written elsewhere. Copy the program to a place that can be written, or start it with --data.
folder-network = The folder of the data lies on a network drive ({ $path }, { $kind }). The database could be damaged there, so it was neither opened nor changed. Choose a folder on this machine with --data.

policy-unreadable = The program cannot read what the administrator has set ({ $place }). As long as this lasts it talks to no bank; recorded data are safe. Tell your administrator.
policy-unprotected = Others can change what the administrator has set ({ $place }), so it is not believed. As long as this lasts the program talks to no bank; recorded data are safe. Tell your administrator.
policy-invalid = What the administrator has set is not valid ({ $place }). As long as this lasts the program talks to no bank; recorded data are safe. Tell your administrator.
policy-authority = The administrator does not allow the certificate authority of this bank (SHA-256: { $fingerprint }). Nothing was sent to it. Use the connection file that your administrator gave you, or ask for it.

package-file-not-prepared = Only a prepared package of payments that was not sent can be saved to a file. The package was not changed.
package-file-claimed = This package came from the shared area and the bank takes it only from here, so it cannot be passed on in a file. Put it back into the shared area.
package-file-other-customer = The file holds a package of another customer. Nothing was taken. Choose the customer in the top bar and open it again.
package-file-here = This package is here already, so it was not taken again. Look for it among the prepared or the sent packages.
package-file-account = The package debits an account that is not known for this customer. Nothing was taken. Sync (F5), then open the file again.
signature-twice = The same person has a valid signature on it already.
signature-nobody = The certificate names no user of the bank.
