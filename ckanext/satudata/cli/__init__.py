"""The command line: `ckan satudata …`. A door like the pages and the API; it decides nothing."""
