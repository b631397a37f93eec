import json
from datetime import UTC, datetime
from pathlib import Path

from app.domain.keys import read_token
from tests.cli.running import Here


def test_keys_are_made_listed_rotated_and_revoked(here: Here, data_dir: Path) -> None:
    made = here("keys", "create", "newsroom", "--scope", "articles:write", data_dir=data_dir)
    key = json.loads(made.stdout)
    assert read_token(key["token"])
    assert "keep it" in made.stderr
    rotated = json.loads(here("keys", "rotate", key["id"], data_dir=data_dir).stdout)
    assert rotated["token"] != key["token"]
    revoked = json.loads(here("keys", "revoke", key["id"], data_dir=data_dir).stdout)
    assert revoked["revoked_at"]
    listed = here("keys", "list", data_dir=data_dir).stdout
    assert key["id"] in [json.loads(line)["id"] for line in listed.splitlines()]
    assert key["token"].split("_")[2] not in listed


def test_key_ends_at_the_start_of_its_last_day(here: Here, data_dir: Path) -> None:
    made = here("keys", "create", "intern", "--expires", "2100-02-01", data_dir=data_dir)
    ends_at = datetime.fromisoformat(json.loads(made.stdout)["expires_at"])
    assert ends_at == datetime(2100, 2, 1, tzinfo=UTC)


def test_wrong_input_is_one_clear_message(here: Here, data_dir: Path) -> None:
    for arguments, told in (
        (("create", "a\x1b"), "The name is not valid"),
        (("create", "a", "--expires", "2001-01-01"), "must lie ahead"),
        (("revoke", "nonsense"), "is not a key's id"),
    ):
        done = here("keys", *arguments, data_dir=data_dir)
        assert done.returncode == 2
        assert told in " ".join(done.stderr.split())
