# Ha a bank válasza nem az, aminek lennie kell. A kulcsok a protokoll hibakódjai.

protocol-base64 = A bank válasza sérült. Semmi nem veszett el; próbálja újra.
protocol-login-statement = A bejelentkezés szövege nem szabályos. Frissítse a programot.
protocol-receipt = A bank igazolása nem olvasható. A program a következő kapcsolatkor megkérdezi a csomag sorsát.
protocol-cursor = A letöltés állása nem értelmezhető. A program elölről kezdi; adat nem veszik el.
protocol-renewal = A megújítási kérelem szövege nem szabályos. Frissítse a programot.

## Bejelentkezés szoftveres tokennel
software-token-forbidden = Ez a bank szoftveres tokent (kulcsfájlt) nem fogad el. Használjon kártyát vagy USB-tokent.

## Tanúsítványok megújítása
renewal-document-invalid = A bank nem értette a megújítási kérelmet. A régi tanúsítványok érvényben maradtak; frissítse a programot.
renewal-signature-invalid = A megújítási kérelem aláírása hibás. A régi tanúsítványok érvényben maradtak; próbálja újra.
renewal-certificate = Az aláíró tanúsítvány lejárt vagy visszavonták, ezért itt már nem újítható meg. Kérjen új tokent a bankjától.
renewal-signer = A megújítási kérelmet más írta alá, mint aki be van jelentkezve. Jelentkezzen be a megújítandó tokennel.
renewal-device-unknown = A bank nem ismeri ezt a tokent eszközként, ezért nem újítja meg a tanúsítványait. A régi tanúsítványok érvényesek maradnak; kérje a bankját, hogy vegye nyilvántartásba a tokent.
renewal-too-early = A tanúsítványok megújításának még nincs itt az ideje.
renewal-key-invalid = A bank nem fogadta el a token új kulcsait. A régi tanúsítványok érvényben maradtak; próbálja újra.
renewal-key-reused = A token nem új kulcsokat készített. A régi tanúsítványok érvényben maradtak; próbálja újra.
renewal-id-conflict = Ez a megújítás más tartalommal már a banknál van. Kezdje újra a megújítást.
renewal-unknown = A bank ezt a megújítást nem ismeri. Kezdje újra a megújítást.
