"""Where things are in the repository."""

import pathlib
import shutil

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
APUS = ROOT / ".build/release/apus"
BUILT = ROOT / "Benchmarks/.build/release"
FLOOR = BUILT / "apus-floor"
KB_BENCH = BUILT / "apus-kb-bench"
WORKLOAD = BUILT / "apus-workload"
HOT_LOOPS = BUILT / "apus-hotloops"
THRESHOLDS = ROOT / "Benchmarks/Thresholds/instructions.json"
ROWS = pathlib.Path(__file__).resolve().parent / "rows.json"
TIME = shutil.which("time", path="/usr/bin")
