"""The Solr core is CKAN's own schema with a few nodes changed, made once and whole."""

from __future__ import annotations

import fcntl
import importlib.util
import multiprocessing
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

SOLR = Path(__file__).parents[3] / "deploy" / "solr"

# The nodes of CKAN's schema that core.py touches, and neighbours that it must leave alone.
CKAN_LIKE_SCHEMA = """<schema name="ckan-2.12" version="1.6">
<types>
  <fieldType name="string" class="solr.StrField"/>
  <fieldType name="text" class="solr.TextField">
    <analyzer type="index">
      <tokenizer class="solr.WhitespaceTokenizerFactory"/>
      <filter class="solr.LowerCaseFilterFactory"/>
      <filter class="solr.SnowballPorterFilterFactory" language="English"
              protected="protwords.txt"/>
      <filter class="solr.ASCIIFoldingFilterFactory"/>
    </analyzer>
    <analyzer type="query">
      <tokenizer class="solr.WhitespaceTokenizerFactory"/>
      <filter class="solr.SynonymGraphFilterFactory" synonyms="synonyms.txt" ignoreCase="true"/>
      <filter class="solr.LowerCaseFilterFactory"/>
      <filter class="solr.SnowballPorterFilterFactory" language="English"
              protected="protwords.txt"/>
      <filter class="solr.ASCIIFoldingFilterFactory"/>
    </analyzer>
  </fieldType>
  <fieldType name="text_general" class="solr.TextField">
    <analyzer type="query">
      <tokenizer class="solr.WhitespaceTokenizerFactory"/>
      <filter class="solr.SynonymGraphFilterFactory" synonyms="synonyms.txt"/>
    </analyzer>
  </fieldType>
</types>
</schema>
"""

Schema = Callable[..., Path]


@pytest.fixture(scope="module")
def core() -> ModuleType:
    spec = importlib.util.spec_from_file_location("solr_core", SOLR / "core.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def schema(tmp_path: Path) -> Schema:
    def write(text: str = CKAN_LIKE_SCHEMA) -> Path:
        path = tmp_path / "schema.xml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def run(core: ModuleType, tmp_path: Path, schema: Schema) -> Callable[[], int]:
    def call(text: str = CKAN_LIKE_SCHEMA) -> int:
        home = str(tmp_path / "home")
        return core.main(["--home", home, "--core", "ckan", "--schema", str(schema(text))])

    return call


def analyzer(schema: bytes, side: str, field_type: str = "text") -> list[str]:
    found = ET.fromstring(schema).find(
        f"types/fieldType[@name='{field_type}']/analyzer[@type='{side}']"
    )
    assert found is not None
    return [node.get("class", "").removeprefix("solr.") for node in found]


def derived(core: ModuleType) -> bytes:
    return core.indonesian(CKAN_LIKE_SCHEMA.encode())


# The schema


@pytest.mark.parametrize("side", ["index", "query"])
def test_the_override_list_and_the_indonesian_stemmer_stand_where_the_english_one_stood(
    core: ModuleType, side: str
) -> None:
    assert analyzer(derived(core), side)[-3:] == [
        "StemmerOverrideFilterFactory",
        "IndonesianStemFilterFactory",
        "ASCIIFoldingFilterFactory",
    ]


@pytest.mark.parametrize("side", ["index", "query"])
def test_no_english_stemmer_is_left(core: ModuleType, side: str) -> None:
    assert "SnowballPorterFilterFactory" not in analyzer(derived(core), side)


def test_the_synonyms_stand_in_the_index_after_lower_case_and_are_flattened(
    core: ModuleType,
) -> None:
    index = analyzer(derived(core), "index")
    lower = index.index("LowerCaseFilterFactory")
    assert index[lower + 1 : lower + 3] == [
        "SynonymGraphFilterFactory",
        "FlattenGraphFilterFactory",
    ]


def test_the_synonyms_leave_the_query_because_dismax_sends_it_word_by_word(
    core: ModuleType,
) -> None:
    assert "SynonymGraphFilterFactory" not in analyzer(derived(core), "query")


def test_the_schema_keeps_the_name_that_ckan_reads_its_version_from(core: ModuleType) -> None:
    assert ET.fromstring(derived(core)).get("name") == "ckan-2.12"


def test_other_field_types_are_left_alone(core: ModuleType) -> None:
    assert analyzer(derived(core), "query", "text_general") == [
        "WhitespaceTokenizerFactory",
        "SynonymGraphFilterFactory",
    ]


@pytest.mark.parametrize(
    ("present", "absent", "named"),
    [
        ('<fieldType name="text" ', '<fieldType name="teks" ', "fieldType[@name='text']"),
        ('<analyzer type="index">', '<analyzer type="indeks">', "analyzer[@type='index']"),
        ("solr.SnowballPorterFilterFactory", "solr.KStemFilterFactory", "SnowballPorterFilter"),
        ('language="English"', 'language="German"', "[@language='English']"),
        ("solr.SynonymGraphFilterFactory", "solr.SynonymFilterFactory", "SynonymGraphFilter"),
        ("solr.LowerCaseFilterFactory", "solr.UpperCaseFilterFactory", "LowerCaseFilter"),
        ('name="ckan-2.12"', 'name="example"', "schema[@name="),
    ],
)
def test_a_node_that_is_not_there_stops_the_core_and_is_named(
    run: Callable[[str], int],
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    present: str,
    absent: str,
    named: str,
) -> None:
    assert present in CKAN_LIKE_SCHEMA
    assert run(CKAN_LIKE_SCHEMA.replace(present, absent)) == 1
    assert named in capsys.readouterr().err
    assert not (tmp_path / "home" / "ckan").exists()


def test_a_file_that_the_schema_names_and_we_do_not_ship_is_named(
    run: Callable[[str], int], capsys: pytest.CaptureFixture[str]
) -> None:
    extra = '<filter class="solr.StopFilterFactory" words="stopwords_xx.txt"/></analyzer>'
    run(CKAN_LIKE_SCHEMA.replace("</analyzer>", extra))
    assert "stopwords_xx.txt" in capsys.readouterr().err


def test_protwords_is_not_made_when_no_node_names_it_any_more(
    run: Callable[[], int], tmp_path: Path
) -> None:
    run()
    assert {path.name for path in (tmp_path / "home" / "ckan" / "conf").iterdir()} == {
        "schema.xml",
        "solrconfig.xml",
        "stemmer-override.txt",
        "synonyms.txt",
    }


# The core


def test_the_first_run_says_made_and_the_second_kept(
    run: Callable[[], int], capsys: pytest.CaptureFixture[str]
) -> None:
    run()
    run()
    assert capsys.readouterr().out.split() == ["made", "kept"]


def test_a_kept_core_keeps_its_index(run: Callable[[], int], tmp_path: Path) -> None:
    run()
    segment = index_of(tmp_path) / "segments_1"
    segment.write_text("index")
    run()
    assert segment.exists()


def test_another_schema_makes_the_core_anew_and_drops_the_index(
    run: Callable[[str], int], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    run(CKAN_LIKE_SCHEMA)
    segment = index_of(tmp_path) / "segments_1"
    segment.write_text("index")
    run(CKAN_LIKE_SCHEMA.replace("ckan-2.12", "ckan-2.13"))
    assert (capsys.readouterr().out.split(), segment.exists()) == (["made", "made"], False)


def test_a_conf_file_changed_by_hand_makes_the_core_anew(
    run: Callable[[], int], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    run()
    (tmp_path / "home" / "ckan" / "conf" / "synonyms.txt").write_text("a, b\n")
    run()
    assert capsys.readouterr().out.split() == ["made", "made"]


def test_a_core_whose_making_broke_off_is_no_core_for_solr(
    core: ModuleType, run: Callable[[], int], tmp_path: Path
) -> None:
    run()
    with pytest.raises(FileNotFoundError):
        core.make_core(tmp_path / "home", "ckan", {"schema.xml": b"", "no-folder/x": b""})
    assert not (tmp_path / "home" / "ckan" / "core.properties").exists()


def test_a_core_half_removed_is_no_core_for_solr(
    core: ModuleType, run: Callable[[], int], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def broken(path: Path) -> None:
        raise OSError(5, "Input/output error", str(path))

    run()
    monkeypatch.setattr(core.shutil, "rmtree", broken)
    with pytest.raises(OSError, match="Input/output error"):
        core.make_core(tmp_path / "home", "ckan", {"schema.xml": b""})
    assert not (tmp_path / "home" / "ckan" / "core.properties").exists()


def test_a_core_whose_making_broke_off_is_made_by_the_next_run(
    run: Callable[[], int], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    run()
    (tmp_path / "home" / "ckan" / "core.properties").unlink()
    run()
    assert capsys.readouterr().out.split() == ["made", "made"]


def test_what_the_disk_refuses_is_one_sentence(
    core: ModuleType, schema: Schema, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    home = tmp_path / "home"
    home.write_text("a file where the folder should be")
    code = core.main(["--home", str(home), "--core", "ckan", "--schema", str(schema())])
    assert (code, capsys.readouterr().err.count("\n")) == (1, 1)


def test_a_core_that_solr_is_serving_is_refused_and_left_whole(
    run: Callable[[str], int], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    run(CKAN_LIKE_SCHEMA)
    before = (tmp_path / "home" / "ckan" / "core.properties").read_bytes()
    with held(index_of(tmp_path) / "write.lock"):
        assert run(CKAN_LIKE_SCHEMA.replace("ckan-2.12", "ckan-2.13")) == 1
    assert "stop Solr first" in capsys.readouterr().err
    assert (tmp_path / "home" / "ckan" / "core.properties").read_bytes() == before


def test_solr_xml_is_written_when_missing_and_left_alone_when_there(
    run: Callable[[], int], tmp_path: Path
) -> None:
    run()
    solr_xml = tmp_path / "home" / "solr.xml"
    assert ET.fromstring(solr_xml.read_bytes()).tag == "solr"
    solr_xml.write_text("<solr><!-- the site's own --></solr>")
    run()
    assert "the site's own" in solr_xml.read_text()


def test_a_schema_that_is_not_there_is_named(
    core: ModuleType, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    missing = tmp_path / "no-schema.xml"
    core.main(["--home", str(tmp_path / "home"), "--core", "ckan", "--schema", str(missing)])
    assert str(missing) in capsys.readouterr().err


# The word lists


def entries(name: str) -> list[str]:
    lines = (SOLR / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def test_every_override_is_a_small_word_a_tab_and_a_stem() -> None:
    wrong = [line for line in entries("stemmer-override.txt") if not is_override(line)]
    assert wrong == []


def test_no_word_has_two_stems() -> None:
    words = [line.split("\t")[0] for line in entries("stemmer-override.txt")]
    assert sorted(words) == sorted(set(words))


def test_no_synonym_has_a_hyphen_because_it_would_reach_the_list_in_pieces() -> None:
    assert [line for line in entries("synonyms.txt") if "-" in line] == []


@pytest.mark.parametrize("name", ["stemmer-override.txt", "synonyms.txt"])
def test_every_group_of_words_says_why_it_is_there(name: str) -> None:
    groups = (SOLR / name).read_text(encoding="utf-8").strip().split("\n\n")
    assert [group for group in groups if not group.startswith("#")] == []


def is_override(line: str) -> bool:
    word, tab, stem = line.partition("\t")
    return bool(tab) and word.isalpha() and word.islower() and stem.isalpha() and stem.islower()


def index_of(tmp_path: Path) -> Path:
    index = tmp_path / "home" / "ckan" / "data" / "index"
    index.mkdir(parents=True)
    return index


class held:  # noqa: N801 - reads as a verb in `with`
    """Another process holds the lock on this file, as a running Solr does."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> None:
        forked = multiprocessing.get_context("fork")
        self.locked, self.done = forked.Event(), forked.Event()
        self.process = forked.Process(target=self._hold)
        self.process.start()
        assert self.locked.wait(10)

    def __exit__(self, *raised: object) -> None:
        self.done.set()
        self.process.join(10)

    def _hold(self) -> None:
        with self.path.open("wb") as handle:
            fcntl.lockf(handle, fcntl.LOCK_EX)
            self.locked.set()
            self.done.wait(30)
