"""Between the doors and the rooms: transaction, permission, errors. CKAN is known here."""
