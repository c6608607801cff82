"""What a site installs holds everything that the source tree holds for it."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.tracked import ROOT, tracked

PACKAGE = "ckanext.satudata"

# kind: folder of the source tree, pattern below it, where it is installed.
KINDS = {
    "templates": ("ckanext/satudata/templates", "**/*", PACKAGE, "templates"),
    "assets": ("ckanext/satudata/assets", "**/*", PACKAGE, "assets"),
    "public files": ("ckanext/satudata/public", "**/*", PACKAGE, "public"),
    "migrations": ("ckanext/satudata/migration", "**/*", PACKAGE, "migration"),
    "declarations": ("ckanext/satudata", "*.yaml", PACKAGE, ""),
    "schemas": ("schemas", "*.yaml", f"{PACKAGE}.schemas", ""),
    "SOPs": ("schemas/sop", "*.yaml", f"{PACKAGE}.schemas", "sop"),
    "translations": ("i18n", "**/*.[pm]o*", f"{PACKAGE}.i18n", ""),
}
# What no tree of this project is without; public files are compared once there are any.
NEVER_EMPTY = tuple(kind for kind in KINDS if kind != "public files")

READ = """
import hashlib, json, sys
from importlib.resources import files

found = {"": str(files("ckanext.satudata"))}
for package, path in json.load(sys.stdin):
    resource = files(package).joinpath(path)
    found[f"{package}:{path}"] = (
        hashlib.sha256(resource.read_bytes()).hexdigest() if resource.is_file() else None
    )
print(json.dumps(found))
"""


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tracked files alone, so that nothing left over is packed."""
    copy = tmp_path_factory.mktemp("tree")
    for name in tracked():
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, copy / name)
    return copy


@pytest.fixture(scope="module")
def built(tree: Path) -> dict[str, Path]:
    """The sdist, and the wheel that is built from it."""
    # setuptools makes wheels by itself since 70.1; before, it needs the package `wheel`.
    here = find_spec("setuptools") and (find_spec("wheel") or find_spec("setuptools._vendor.wheel"))
    options = ["--no-isolation", "--skip-dependency-check"] if here else []
    environment = {
        # The checkout's own build folder may hold what is no longer in the tree.
        name: value
        for name, value in os.environ.items()
        if name != "DIST_EXTRA_CONFIG"
    }
    subprocess.run(
        [sys.executable, "-m", "build", *options, str(tree)],
        env=environment,
        cwd=tree.parent,
        check=True,
    )
    (sdist,) = (tree / "dist").glob("*.tar.gz")
    (wheel,) = (tree / "dist").glob("*.whl")
    return {"sdist": sdist, "wheel": wheel}


@pytest.fixture(scope="module")
def expected(tree: Path) -> dict[str, dict[tuple[str, str], str]]:
    """For each kind: package and path of a file, and its sha256, as the tree has them."""
    found: dict[str, dict[tuple[str, str], str]] = {}
    for kind, (folder, pattern, package, below) in KINDS.items():
        found[kind] = {
            (package, (Path(below) / path.relative_to(tree / folder)).as_posix()): sha256(path)
            for path in (tree / folder).glob(pattern)
            if path.is_file() and path.name != ".gitkeep"
        }
    return found


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture(scope="module")
def python(built: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of an environment that holds our wheel and nothing else."""
    folder = tmp_path_factory.mktemp("site with a blank")
    venv.create(folder, with_pip=True)
    interpreter = folder / "bin/python"
    install = ["-m", "pip", "install", "--quiet", "--no-deps", "--no-index", str(built["wheel"])]
    subprocess.run([interpreter, *install], cwd=folder, check=True)
    return interpreter


@pytest.fixture(scope="module")
def installed(python: Path, expected: dict[str, dict[tuple[str, str], str]]) -> dict[str, str]:
    """What importlib.resources reads in the installed package, by `package:path`."""
    wanted = [key for files in expected.values() for key in files]
    done = subprocess.run(
        [python, "-I", "-c", READ],
        input=json.dumps(wanted),
        cwd=python.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("kind", NEVER_EMPTY)
def test_the_tree_has_files_of_the_kind(expected: dict[str, dict], kind: str) -> None:
    assert expected[kind]


@pytest.mark.parametrize("kind", KINDS)
def test_the_installed_package_has_each_file_of_the_kind_byte_for_byte(
    expected: dict[str, dict[tuple[str, str], str]], installed: dict[str, str], kind: str
) -> None:
    found = {key: installed[f"{key[0]}:{key[1]}"] for key in expected[kind]}
    assert found == expected[kind]


def test_what_was_read_is_the_installed_package(installed: dict[str, str], python: Path) -> None:
    assert Path(installed[""]).is_relative_to(python.parents[1])


def test_every_module_is_in_the_wheel(tree: Path, built: dict[str, Path]) -> None:
    modules = {p.relative_to(tree).as_posix() for p in tree.glob("ckanext/satudata/**/*.py")}
    modules |= {f"ckanext/satudata/{top}/__init__.py" for top in ("schemas", "i18n")}
    with zipfile.ZipFile(built["wheel"]) as wheel:
        assert modules - set(wheel.namelist()) == set()


def test_the_wheel_brings_nothing_but_the_package(built: dict[str, Path]) -> None:
    with zipfile.ZipFile(built["wheel"]) as wheel:
        tops = {name.split("/")[0] for name in wheel.namelist()}
    kept = {top for top in tops if not top.endswith((".dist-info", "-nspkg.pth"))}
    assert kept == {"ckanext"}


def test_the_wheel_leaves_ckans_own_namespace_importable(built: dict[str, Path]) -> None:
    with zipfile.ZipFile(built["wheel"]) as wheel:
        names = wheel.namelist()
    assert [name for name in names if name.endswith("-nspkg.pth")]
    assert "ckanext/__init__.py" not in names


def test_the_sdist_has_the_licence_and_each_packed_file(built: dict[str, Path], tree: Path) -> None:
    with tarfile.open(built["sdist"]) as sdist:
        names = {name.split("/", 1)[1] for name in sdist.getnames() if "/" in name}
    sources = {"LICENSE", "README.md", "setup.py", "pyproject.toml"} | {
        path.relative_to(tree).as_posix()
        for folder, pattern, _, _ in KINDS.values()
        for path in (tree / folder).glob(pattern)
        if path.is_file() and path.name != ".gitkeep"
    }
    assert sources - names == set()


def test_the_plugin_is_announced_to_ckan(python: Path) -> None:
    program = (
        "from importlib.metadata import entry_points;"
        "print([e.value for e in entry_points(group='ckan.plugins', name='satudata')])"
    )
    done = subprocess.run(
        [python, "-I", "-c", program], cwd=python.parent, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "['ckanext.satudata.plugin:SatuDataPlugin']"


def test_each_translation_is_there_in_the_form_that_is_read_at_run_time(
    expected: dict[str, dict[tuple[str, str], str]],
) -> None:
    paths = {path for _, path in expected["translations"]}
    sources = {path for path in paths if path.endswith(".po")}
    assert {path[:-3] + ".mo" for path in sources} - paths == set()
