"""Translations, installed as `ckanext.satudata.i18n`.

Without this file editable installs miss the folder.
"""
