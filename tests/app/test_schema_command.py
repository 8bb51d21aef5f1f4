"""``thangdiem schema``: what the data must look like."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., Any]


def test_the_schema_names_the_data_of_the_scale(run: Run, rules: Path) -> None:
    schema = json.loads(run("schema", rules).out)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert "[Số hồ sơ]" in schema["items"]["properties"]


def test_of_several_scales_one_is_asked_for(run: Run) -> None:
    ended = run("schema", "hau-giang-1949")
    assert ended.code == 2
    assert "cấp-tỉnh, cấp-huyện" in ended.err
    assert run("schema", "1949/QĐ-UBND", "--scale", "cap-tinh").code == 0
