"""The schemas as files: both languages, a source for each field, validators that exist."""

import ast
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[3]
SCHEMAS = ROOT / "schemas"
OWN_VALIDATORS = ROOT / "ckanext" / "satudata" / "logic" / "validators.py"
FOREIGN_PRESETS = {
    "title",
    "dataset_slug",
    "tag_string_autocomplete",
    "dataset_organization",
    "resource_url_upload",
    "resource_format_autocomplete",
    "organization_url_upload",
}
FOREIGN_VALIDATORS = {
    "clean_format",
    "email_validator",
    "group_name_validator",
    "if_empty_guess_format",
    "ignore_missing",
    "name_validator",
    "not_empty",
    "remove_whitespace",
    "scheming_load_json",
    "strip_value",
    "unicode_safe",
    "url_validator",
}


def load(name):
    return yaml.safe_load((SCHEMAS / f"{name}.yaml").read_text(encoding="utf-8"))


DATASET, ORGANIZATION = load("dataset"), load("organization")
PRESETS = {preset["preset_name"]: preset["values"] for preset in load("presets")["presets"]}
FORMS = {
    "dataset": (DATASET, DATASET["dataset_fields"]),
    "resource": (DATASET, DATASET["resource_fields"]),
    "organization": (ORGANIZATION, ORGANIZATION["fields"]),
}
FIELDS = [
    pytest.param(schema, {**PRESETS.get(field.get("preset"), {}), **field}, id=f"{form}-{name}")
    for form, (schema, fields) in FORMS.items()
    for field in fields
    for name in [field["field_name"]]
]
each_field = pytest.mark.parametrize(("schema", "field"), FIELDS)


def own_validators():
    tree = ast.parse(OWN_VALIDATORS.read_text(encoding="utf-8"))
    names = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    return {name for name in names if not name.startswith("_")}


def named_validators(field):
    chain = f"{field.get('validators', '')} {field.get('output_validators', '')}"
    return set(chain.split())


@each_field
def test_label_and_help_speak_indonesian_and_english(schema, field):
    for text in (field["label"], field["help_text"]):
        assert set(text) == {"en", "id"}
        assert all(isinstance(words, str) and words.strip() for words in text.values())


@each_field
def test_a_field_says_where_it_comes_from(schema, field):
    assert isinstance(field["source"], str)
    assert field["source"].strip()


@each_field
def test_a_field_stands_in_a_group_that_has_a_heading(schema, field):
    assert field["group"] in {group["name"] for group in schema["groups"]}


@each_field
def test_a_field_name_is_no_trap_of_the_index(schema, field):
    assert not field["field_name"].endswith("_date")


@each_field
def test_every_validator_named_exists(schema, field):
    assert named_validators(field) <= own_validators() | FOREIGN_VALIDATORS


@each_field
def test_a_preset_is_ours_or_known(schema, field):
    assert field.get("preset", "title") in set(PRESETS) | FOREIGN_PRESETS


@each_field
def test_choices_are_texts_named_in_both_languages(schema, field):
    choices = field.get("choices", [])
    assert all(isinstance(choice["value"], str) for choice in choices)  # YAML turns `no` into false
    assert all(set(choice["label"]) == {"en", "id"} for choice in choices)
    assert len({choice["value"] for choice in choices}) == len(choices)


@pytest.mark.parametrize("form", FORMS)
def test_no_field_stands_twice(form):
    names = [field["field_name"] for field in FORMS[form][1]]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("form", ["dataset", "organization"])
def test_a_free_text_that_becomes_an_extra_is_measured(form):
    core = {"name", "title", "notes", "description", "tag_string", "owner_org", "image_url"}
    for field in FORMS[form][1]:
        merged = {**PRESETS.get(field.get("preset"), {}), **field}
        bounded = named_validators(merged) & {"satudata_choice", "satudata_period"}
        if field["field_name"] not in core and not bounded:
            assert "satudata_fits_index" in named_validators(merged), field["field_name"]


def test_only_what_a_first_save_cannot_do_without_is_required():
    required = {f["field_name"] for f in DATASET["dataset_fields"] if f.get("required")}
    assert required == {"title", "name", "owner_org", "access_class"}


def test_the_five_parts_of_a_standar_data_are_handed_over_with_the_data():
    marked = {f["field_name"] for f in DATASET["dataset_fields"] if "required_at" in f}
    assert marked >= {"concept", "definition", "classification", "measure", "unit"}


def test_there_are_all_thirty_two_government_affairs():
    affairs = {choice["value"] for choice in PRESETS["satudata_topic"]["choices"]}
    assert len(affairs - {"pemerintahan-umum", "penunjang"}) == 32
