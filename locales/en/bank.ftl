# When the bank's answer is not what it should be. The keys are the protocol's error codes.

protocol-base64 = The bank's answer is damaged. Nothing is lost; try again.
protocol-login-statement = The login's text is not valid. Update the program.
protocol-receipt = The bank's receipt cannot be read. The program asks about the package at the next connection.
protocol-cursor = The state of the download cannot be read. The program starts over; no data are lost.
protocol-renewal = The renewal request's text is not valid. Update the program.

## Logging in with a software token
software-token-forbidden = This bank takes no software tokens (key files). Use a card or a USB token.

## Renewing certificates
renewal-document-invalid = The bank did not understand the renewal request. The old certificates stay valid; update the program.
renewal-signature-invalid = The renewal request's signature is wrong. The old certificates stay valid; try again.
renewal-certificate = The signing certificate has expired or was revoked and can no longer be renewed here. Ask your bank for a new token.
renewal-signer = Somebody else signed the renewal request than who is logged in. Log in with the token that you want to renew.
renewal-device-unknown = The bank does not know this token as a device and does not renew its certificates. The old certificates stay valid; ask your bank to register the token.
renewal-too-early = It is too early to renew the certificates.
renewal-key-invalid = The bank did not accept the token's new keys. The old certificates stay valid; try again.
renewal-key-reused = The token did not make new keys. The old certificates stay valid; try again.
renewal-id-conflict = The bank already has this renewal with other content. Start the renewal again.
renewal-unknown = The bank does not know this renewal. Start the renewal again.
