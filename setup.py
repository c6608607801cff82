"""Maps folders to packages and nothing else; every other setting is in pyproject.toml.

`schemas` and `i18n` lie at the top of the checkout, where officials and translators
look for them, and are installed inside the package.
"""

from setuptools import find_namespace_packages, setup

ROOT = "ckanext.satudata"

setup(
    packages=[
        "ckanext",
        ROOT,
        *(f"{ROOT}.{name}" for name in find_namespace_packages("ckanext/satudata")),
        f"{ROOT}.schemas",
        f"{ROOT}.i18n",
    ],
    # Needed where CKAN itself is an editable install: without the nspkg.pth file that
    # this writes, `ckanext.satudata` is not importable beside CKAN's own `ckanext`.
    namespace_packages=["ckanext"],
    package_dir={
        ROOT: "ckanext/satudata",
        f"{ROOT}.schemas": "schemas",
        f"{ROOT}.i18n": "i18n",
    },
    package_data={
        ROOT: [
            "*.yaml",
            "templates/**/*",
            "assets/**/*",
            "public/**/*",
            "migration/**/*",
        ],
        f"{ROOT}.schemas": ["*.yaml", "sop/*.yaml"],
        f"{ROOT}.i18n": ["*.pot", "*/LC_MESSAGES/*.po", "*/LC_MESSAGES/*.mo"],
    },
)
