"""What a dataset says about itself: the rules behind the schemas in `schemas/`.

Plain Python. CKAN's face of these rules is `logic/validators.py`.
"""
