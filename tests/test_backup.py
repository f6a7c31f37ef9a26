"""What was backed up comes back whole on an empty machine, or not at all."""

import asyncio
import hashlib
import json
import os
import shutil
import stat
from pathlib import Path
from typing import Any

import pytest

from resolvers.running import postgres
from resolvers.running.backup import DATABASE, FILES, MANIFEST, parts
from resolvers.running.settings import EXPECTED, KEYS
from tests import year
from tests.processes import ran


def told(*words: str, data_dir: Path, **environment: str) -> tuple[int, str]:
    inherited = {name: value for name, value in os.environ.items() if name not in EXPECTED}
    return ran(words, inherited | {"PORT": "0", "DATA_DIR": str(data_dir)} | environment)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo offices, a year of one of them with its files, and a key from before this one."""
    place = tmp_path_factory.mktemp("office")
    assert told("demo", data_dir=place) == (0, "")
    assert told("rotate-keys", data_dir=place) == (0, "")
    kept = place / FILES / "hrss-bureau" / "ab"
    kept.mkdir(parents=True)
    (kept / "0193").write_bytes("诊断书".encode() * 1000)
    year.lived(place)
    return place


@pytest.fixture(scope="module")
def taken(office: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    place, keys = tmp_path_factory.mktemp("backups"), tmp_path_factory.mktemp("keys")
    assert told("backup", str(place), "--keys", str(keys), data_dir=office) == (0, "")
    [backup], [key] = place.iterdir(), keys.iterdir()
    return backup, key


@pytest.fixture
def copy(taken: tuple[Path, Path], tmp_path: Path) -> Path:
    """A backup to be spoilt."""
    return Path(shutil.copytree(taken[0], tmp_path / "spoilt"))


def test_a_year_of_an_office_comes_back_on_an_empty_machine_with_ledger_files_and_keys(
    office: Path, taken: tuple[Path, Path], tmp_path: Path
):
    backup, keys = taken
    place = tmp_path / "new"
    assert told("restore", str(backup), "--keys", str(keys), data_dir=place) == (0, "")
    assert (place / KEYS).read_text() == (office / KEYS).read_text()
    assert (place / KEYS).read_text().count("\n") == 1
    kept = Path(FILES, "hrss-bureau", "ab", "0193")
    assert (place / kept).read_bytes() == (office / kept).read_bytes()
    assert told("verify-ledger", data_dir=place) == (0, "")
    counts, files = _kept(place)
    assert (counts, files) == _kept(office)
    assert counts["requests"] >= year.REQUESTS
    assert counts["ledger"] >= year.LINES
    assert len(files) >= year.FILES
    for key, digest in files:
        file = place / FILES / year.OFFICE / key.hex[-2:] / str(key)
        assert hashlib.sha256(file.read_bytes()).hexdigest() == digest
    again, complaint = told("restore", str(backup), "--keys", str(keys), data_dir=place)
    assert again == 1
    assert "empty place" in complaint
    other = tmp_path / "second"
    second, complaint = told("backup", str(other), "--without-keys", data_dir=place)
    assert (second, complaint) == (0, "")
    [made] = other.iterdir()
    assert {each.name for each in made.iterdir()} == {
        DATABASE, FILES, MANIFEST, "settings.json"
    }  # fmt: skip


def _kept(place: Path) -> tuple[dict[str, int], list[Any]]:
    with postgres.running(place, make=False) as database:
        counts, files = asyncio.run(year.kept(database.owner_url))
    return counts, sorted(files)


def test_a_backup_is_closed_to_others_and_repeats_no_secret(taken: tuple[Path, Path]):
    backup, keys = taken
    files = (each for place in taken for each in place.rglob("*") if each.is_file())
    for each in (backup, keys, *files):
        assert not stat.S_IMODE(each.stat().st_mode) & 0o077, each
    secret = (keys / KEYS).read_text().split()[0]
    assert secret not in (backup / "settings.json").read_text() + (backup / MANIFEST).read_text()


@pytest.mark.parametrize("part", [DATABASE, f"{FILES}/hrss-bureau/ab/0193", "settings.json"])
@pytest.mark.parametrize("fault", ["changed", "missing"])
def test_a_part_that_is_not_what_was_backed_up_is_named_and_nothing_is_made(
    copy: Path, tmp_path: Path, part: str, fault: str
):
    if fault == "missing":
        (copy / part).unlink()
    else:
        content = bytearray((copy / part).read_bytes())
        content[len(content) // 2] ^= 1
        (copy / part).write_bytes(content)
    place = tmp_path / "new"
    ended, complaint = told("restore", str(copy), "--without-keys", data_dir=place)
    assert ended == 1
    assert str(copy / part) in complaint
    assert not place.exists()


def test_a_file_too_many_and_keys_of_another_backup_are_named(
    copy: Path, taken: tuple[Path, Path], tmp_path: Path
):
    (copy / "more").write_text("not ours")
    other = Path(shutil.copytree(taken[1], tmp_path / "keys"))
    (other / KEYS).write_text("0" * 64)
    ended, complaint = told("restore", str(copy), "--keys", str(other), data_dir=tmp_path / "new")
    assert ended == 1
    assert {str(copy / "more"), str(other / KEYS)} == {
        line.split()[0] for line in complaint.splitlines()
    }


def test_a_dump_that_postgresql_refuses_leaves_an_empty_place(copy: Path, tmp_path: Path):
    dump = copy / DATABASE
    dump.write_bytes(dump.read_bytes()[: dump.stat().st_size // 2])
    manifest = json.loads((copy / MANIFEST).read_text())
    manifest["parts"] = [
        {"name": part.name, "size": part.size, "sha256": part.sha256}
        for part in parts(copy)
        if part.name != MANIFEST
    ]
    (copy / MANIFEST).write_text(json.dumps(manifest))
    place = tmp_path / "new"
    ended, complaint = told("restore", str(copy), "--without-keys", data_dir=place)
    assert ended == 1
    assert complaint.startswith("pg_restore failed")
    assert not (place / FILES).exists()
    ended, complaint = told("verify-ledger", data_dir=place)
    assert "not those of this version" in complaint


def test_a_backup_of_a_later_version_or_of_nothing_is_refused(copy: Path, tmp_path: Path):
    place = tmp_path / "new"
    manifest = json.loads((copy / MANIFEST).read_text())
    (copy / MANIFEST).write_text(json.dumps(manifest | {"revision": "9999"}))
    assert "another version" in told("restore", str(copy), "--without-keys", data_dir=place)[1]
    assert "is no backup" in told("restore", str(tmp_path), "--without-keys", data_dir=place)[1]
    assert not place.exists()


def test_keys_that_would_lie_in_the_backup_are_refused(office: Path, tmp_path: Path):
    ended, complaint = told(
        "backup", str(tmp_path), "--keys", str(tmp_path / "keys"), data_dir=office
    )
    assert ended == 1
    assert "apart from the backup" in complaint
    assert not list(tmp_path.iterdir())
