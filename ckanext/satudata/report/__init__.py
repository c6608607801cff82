"""Tables as workbooks: what the office prints, files and sends on. No CKAN in here."""
