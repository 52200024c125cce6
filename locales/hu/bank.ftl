# Ha a bank válasza nem az, aminek lennie kell. A kulcsok a protokoll hibakódjai.

protocol-base64 = A bank válasza sérült. Semmi nem veszett el; próbálja újra.
protocol-login-statement = A bejelentkezés szövege nem szabályos. Frissítse a programot.
protocol-receipt = A bank igazolása nem olvasható. A program a következő kapcsolatkor megkérdezi a csomag sorsát.
protocol-cursor = A letöltés állása nem értelmezhető. A program elölről kezdi; adat nem veszik el.
