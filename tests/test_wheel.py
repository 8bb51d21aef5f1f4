"""The wheel holds everything it needs: installed by itself in a fresh environment, the demo runs."""

import os
import subprocess
import sys
import venv
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).parents[1]


def run(*command: str | Path, cwd: Path, **environment: str) -> str:
    # Nothing of the checkout may be found by accident.
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [str(each) for each in command],
        cwd=cwd,
        env={**clean, "NO_COLOR": "1", **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def test_the_wheel_runs_the_demo_in_a_fresh_environment(tmp_path: Path) -> None:
    wheels = tmp_path / "wheels"
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check")
    run(*pip, "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", wheels, ROOT, cwd=tmp_path)
    (wheel,) = wheels.glob("thangdiem-*.whl")
    fresh = tmp_path / "fresh"
    venv.create(fresh, with_pip=False)
    python = fresh / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    packages = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=tmp_path).strip())
    run(*pip, "install", "--quiet", "--no-deps", "--no-index", "--target", packages, wheel, cwd=tmp_path)
    # The dependencies come from this environment, behind the wheel: no network is needed, nothing of ours comes along.
    for name in ("attr", "attrs", "lark", "jinja2", "markupsafe", "click"):
        found = find_spec(name)
        assert found is not None
        assert found.origin is not None
        (packages / name).symlink_to(Path(found.origin).parent, target_is_directory=True)
    home = run(python, "-c", "import thangdiem.dsl; print(thangdiem.dsl.__file__)", cwd=tmp_path).strip()
    assert Path(home).is_relative_to(packages)
    printed = run(python, "-m", "thangdiem.app", "--lang", "en", "demo", "-o", tmp_path / "demo", cwd=tmp_path)
    assert "xuất sắc" in printed
    assert "What to do next" in printed
    assert "refused" in printed
    assert (tmp_path / "demo" / "bang-xep-hang.html").is_file()
    assert len(list((tmp_path / "demo" / "giai-trinh").glob("*.html"))) == 28
