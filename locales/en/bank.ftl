# When the bank's answer is not what it should be. The keys are the protocol's error codes.

protocol-base64 = The bank's answer is damaged. Nothing is lost; try again.
protocol-login-statement = The login's text is not valid. Update the program.
protocol-receipt = The bank's receipt cannot be read. The program asks about the package at the next connection.
protocol-cursor = The state of the download cannot be read. The program starts over; no data are lost.
