"""How letters read: length, sentences that open alike, where the answer and the request stand."""
