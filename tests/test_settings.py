import os
import stat

import pytest

from resolvers.running import settings
from resolvers.running.settings import Malformed, kept_secret, read


@pytest.fixture(autouse=True)
def nothing_is_set(monkeypatch):
    for name in settings.EXPECTED:
        monkeypatch.delenv(name, raising=False)


def test_without_any_setting_it_serves_its_own_database_on_the_loopback_address():
    assert read().embedded
    assert (read().host, read().port) == ("127.0.0.1", 8000)


def test_an_empty_variable_counts_as_absent(monkeypatch):
    monkeypatch.setenv("PORT", "")
    monkeypatch.setenv("GUIJU_DATABASE_URL", "")
    assert read().port == 8000
    assert read().embedded


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "eighty"),
        ("PORT", "70000"),
        ("PORT", "-1"),
        ("GUIJU_DATABASE_URL", "mysql://guiju:open@host/office"),
        ("GUIJU_DATABASE_URL", "postgresql://guiju:open@host"),
        ("GUIJU_MODE", "testing"),
        ("GUIJU_DEMO", "perhaps"),
        ("GUIJU_PROCESSES", "0"),
        ("GUIJU_PROCESSES", "many"),
        ("GUIJU_PGBOUNCER", "perhaps"),
        ("GUIJU_DIRECT_DATABASE_URL", "mysql://guiju:open@host/office"),
        ("GUIJU_TOKEN_SECRET", "open"),
        ("GUIJU_TRUSTED_PROXIES", "proxy"),
        ("GUIJU_STATEMENT_TIMEOUT", "never"),
        ("GUIJU_LOCK_TIMEOUT", "0"),
        ("GUIJU_IDLE_TIMEOUT", "inf"),
        ("GUIJU_POOL_TIMEOUT", "-1"),
        ("GUIJU_CLIENT_TIMEOUT", "nan"),
        ("GUIJU_TRUSTED_PROXIES", "10.0.0.1, 10.0.0.0/40"),
        ("DATA_DIR", "/etc/passwd"),
    ],
)
def test_a_malformed_value_is_one_sentence_that_names_it(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(Malformed) as refused:
        read()
    (sentence,) = refused.value.sentences
    assert sentence.startswith(f"{name} must be ")
    assert "open" not in sentence


def test_trusted_proxies_are_addresses_and_networks_between_commas(monkeypatch):
    assert read().trusted_proxies == ()
    monkeypatch.setenv("GUIJU_TRUSTED_PROXIES", "10.0.0.2, 192.168.0.0/16 ,2001:db8::/32")
    told = [str(network) for network in read().trusted_proxies]
    assert told == ["10.0.0.2/32", "192.168.0.0/16", "2001:db8::/32"]


def test_all_malformed_values_are_said_at_once(monkeypatch):
    monkeypatch.setenv("PORT", "eighty")
    monkeypatch.setenv("GUIJU_MODE", "testing")
    with pytest.raises(Malformed) as refused:
        read()
    assert len(refused.value.sentences) == 2


def test_an_owner_needs_a_serving_role_beside_it(monkeypatch):
    monkeypatch.setenv("GUIJU_OWNER_DATABASE_URL", "postgresql://owner@host/office")
    with pytest.raises(Malformed, match="needs GUIJU_DATABASE_URL"):
        read()


def test_the_demo_offices_stay_out_of_production(monkeypatch):
    monkeypatch.setenv("GUIJU_MODE", "production")
    with pytest.raises(Malformed, match="well-known passwords"):
        read(demo=True)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+asyncpg"])
def test_every_usual_way_to_write_an_address_means_the_same(monkeypatch, scheme):
    monkeypatch.setenv("GUIJU_DATABASE_URL", f"{scheme}://guiju@host/office?sslmode=require")
    assert read().database_url == "postgresql://guiju@host/office?sslmode=require"


def test_a_printed_setting_shows_no_password(monkeypatch):
    monkeypatch.setenv("GUIJU_DATABASE_URL", "postgresql://guiju:sesame@host/office")
    monkeypatch.setenv("GUIJU_TOKEN_SECRET", "sesame" * 10)
    assert "sesame" not in repr(read())


def test_root_keeps_data_where_its_database_user_can_reach_it(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert settings.default_data_dir().parent == settings.ROOT_HOME
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert settings.default_data_dir() == settings.CHECKOUT / ".data"


def test_the_token_secret_is_made_once_and_is_its_owners_alone(tmp_path):
    file = tmp_path / "new" / "token-secret"
    first = kept_secret(file)
    assert len(first) == 64
    assert kept_secret(file) == first
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in file.parent.iterdir()] == ["token-secret"]
