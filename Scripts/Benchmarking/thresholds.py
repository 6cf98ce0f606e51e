"""Instructions of the hot loops, counted by valgrind's callgrind and held to committed counts.

Counts hardly move between runs and machines, where times move by more than what is to be found. They are counts of one
compiler and one kind of processor, so the file says which; elsewhere a laboratory records its own (`--record`).
"""

import concurrent.futures
import json
import os
import platform
import re
import shutil
import subprocess
import tempfile

from machine import first_line, number_in
from places import HOT_LOOPS
from record import save

SCHEMA = "apus-instructions/1"
TOLERANCE = 0.05
UNAVAILABLE = 69  # as in sysexits.h: what is needed is not there


class ThresholdError(Exception):
    """A count that cannot be made or held to anything; `code` is the exit code."""

    def __init__(self, words, code=1):
        super().__init__(words)
        self.code = code


def toolchain():
    """What the counts of Apus' own code depend on."""
    return {
        "architecture": platform.machine(), "avx2": has_avx2(),
        "swift": number_in(first_line(os.environ.get("SWIFT", "swift"), "--version"))}


def libraries():
    """What else the counts of a whole process depend on."""
    found = {name: first_line("pkg-config", "--modversion", name) for name in ["htslib", "libdeflate", "sqlite3"]}
    return {**found, "libc": " ".join(platform.libc_ver()), "valgrind": number_in(first_line("valgrind", "--version"))}


def has_avx2():
    try:
        with open("/proc/cpuinfo") as file:
            return any(line.startswith("flags") and "avx2" in line.split() for line in file)
    except OSError:
        return False


def counted(text, program):
    """Of a callgrind file: instructions of the program's own code, and of the whole process with its libraries."""
    names, own, total, current, inclusive = {}, 0, 0, "", False
    for line in text.splitlines():
        if line.startswith(("ob=", "cob=")):
            # A name is written out where its number comes first, which may be the object of a called function.
            number, _, path = line.partition("=")[2].partition(" ")
            found = names.setdefault(number, path)
            current = found if line.startswith("ob=") else current
        elif line.startswith("calls="):
            inclusive = True  # The line behind it is the cost of the called function, which has its own lines.
        elif re.match(r"[+*\-0-9]", line):
            if inclusive:
                inclusive = False
                continue
            cost = int(line.split()[1])
            total += cost
            if current == str(program):
                own += cost
    if own == 0 or total == 0:
        raise ThresholdError("valgrind counted nothing: was the runner built where valgrind's header is?", UNAVAILABLE)
    return {"own": own, "all": total}


def countable(scratch):
    """The runner without debugging information, which Debian's valgrind cannot read of Swift."""
    program = os.path.join(os.path.realpath(scratch), HOT_LOOPS.name)
    result = subprocess.run(
        ["strip", "--strip-debug", "-o", program, str(HOT_LOOPS)], capture_output=True, text=True, check=False)
    if result.returncode != 0:
        raise ThresholdError(f"strip: {result.stderr.strip()}", UNAVAILABLE)
    return program


def count(loop, data, program, plant=False):
    """Runs one loop under callgrind, in a process of its own."""
    output = f"{program}.{loop}.callgrind"
    argv = [
        "valgrind", "--tool=callgrind", "--instr-atstart=no", "--dump-line=no", "--read-inline-info=no", "-q",
        f"--callgrind-out-file={output}", program, "count", loop, "--data", str(data)]
    if plant:
        argv.append("--plant")
    # Swift's hashes have another seed in every process, unless told otherwise.
    environment = {**os.environ, "SWIFT_DETERMINISTIC_HASHING": "1"}
    result = subprocess.run(argv, capture_output=True, text=True, env=environment, check=False)
    seen = re.search(r"^seen\t(\d+)$", result.stdout, re.MULTILINE)
    if result.returncode != 0 or not seen:
        lines = (result.stderr or result.stdout).strip().splitlines()
        raise ThresholdError(f"{loop}: exit code {result.returncode}: {lines[-1] if lines else 'no message'}")
    with open(output) as file:
        return {**counted(file.read(), program), "seen": int(seen[1])}


def count_all(loops, data, planted=()):
    """The loops' counts, some at once: what runs beside it does not change a count."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    with tempfile.TemporaryDirectory(prefix="apus-thresholds-") as scratch:
        with concurrent.futures.ThreadPoolExecutor(max_workers=cores) as pool:
            program = countable(scratch)
            found = pool.map(lambda loop: count(loop, data, program, loop in planted), loops)
            return dict(zip(loops, found))


def load(path):
    try:
        with open(path) as file:
            found = json.load(file)
    except (OSError, ValueError) as error:
        raise ThresholdError(f"{path}: cannot be read: {error}", UNAVAILABLE) from error
    if found.get("schema") != SCHEMA:
        raise ThresholdError(f"{path}: is not of schema {SCHEMA}")
    return found


def differences(expected, found):
    """What is not as expected, in words; empty where all is."""
    return "; ".join(
        f"{name} {found.get(name)}, not {value}" for name, value in expected.items() if found.get(name) != value)


def require_same(expected, found, path):
    """Refuses to compare what cannot be compared: a check that did not happen is not passed."""
    differing = differences(expected, found)
    if differing:
        raise ThresholdError(
            f"{path} is of another toolchain or processor ({differing}): record thresholds of your own with "
            "--record --thresholds FILE, at a version that you trust", UNAVAILABLE)


def judged(found, expected, tolerance, same_libraries):
    """A line a loop, and the names of those that take too much or saw something else."""
    lines, failed = [], []
    for loop, one in found.items():
        threshold = expected.get(loop)
        if threshold is None:
            lines.append(f"  {loop:<16}no threshold: record it")
            failed.append(loop)
            continue
        own, whole = (one[kind] / threshold[kind] - 1 for kind in ["own", "all"])
        words, fails = [], False
        if own > tolerance or (same_libraries and whole > tolerance):
            words, fails = ["REGRESSION"], True
        elif own < -tolerance or (same_libraries and whole < -tolerance):
            words.append("less than the threshold: record it again")
        if one["seen"] != threshold["seen"]:
            words, fails = words + [f"OTHER WORK: saw {one['seen']:,}, not {threshold['seen']:,}"], True
        if fails:
            failed.append(loop)
        of_libraries = "" if same_libraries else " (not judged)"
        lines.append(
            f"  {loop:<16}{one['own']:>14,} own {own:+7.1%}{one['all']:>15,} with libraries {whole:+7.1%}{of_libraries}"
            + "".join(f"   {word}" for word in words))
    return lines, failed


def check(options, data):
    """Counts, judges and prints; raises `ThresholdError` where a loop fails."""
    thresholds = load(options.thresholds)
    require_same(thresholds["toolchain"], toolchain(), options.thresholds)
    others = differences(thresholds["libraries"], libraries())
    same = not others
    loops = options.loops
    tolerance = thresholds["tolerance"]
    print(f"instructions of {len(loops)} loops against {options.thresholds.name}, tolerance {tolerance:.0%}")
    if not same:
        print(f"  other libraries ({others}): Apus' own instructions alone are judged")
    planted = [options.plant] if options.plant else []
    found = count_all(loops, data, planted)
    lines, failed = judged(found, thresholds["loops"], tolerance, same)
    print("\n".join(lines), flush=True)
    if failed:
        raise ThresholdError(f"regression in {', '.join(failed)}")
    if options.prove:
        prove(loops, data, thresholds, same)
    print("every loop is within its threshold")


def prove(loops, data, thresholds, same):
    """Plants a regression of 20 % in each loop in turn; the check has to name it."""
    print("with 20 % more work in each:")
    found = count_all(loops, data, planted=loops)
    lines, failed = judged(found, thresholds["loops"], thresholds["tolerance"], same)
    print("\n".join(lines), flush=True)
    missed = [loop for loop in loops if loop not in failed]
    if missed:
        raise ThresholdError(f"a planted regression was not found in {', '.join(missed)}")
    print(f"all {len(loops)} planted regressions were found")


def record(options, data):
    """Writes the counts as the thresholds; of the loops named alone where some are."""
    counts = count_all(options.loops, data)
    known = {"loops": {}}
    if options.thresholds.exists() and options.groups:
        known = load(options.thresholds)
        require_same(known["toolchain"], toolchain(), options.thresholds)
    loops = {**known["loops"], **counts}
    options.thresholds.parent.mkdir(parents=True, exist_ok=True)
    save({
        "schema": SCHEMA, "tolerance": TOLERANCE, "toolchain": toolchain(), "libraries": libraries(),
        "loops": dict(sorted(loops.items()))}, options.thresholds)
    print(f"{len(counts)} counts in {options.thresholds}")


def run(options, folder):
    """`--check`, `--prove`, `--record`: prepares the loops' data natively, for valgrind is slow."""
    missing = [name for name in ["valgrind", "strip"] if not shutil.which(name)]
    if missing:
        raise ThresholdError(f"not installed: {', '.join(missing)} (Scripts/setup --thresholds)", UNAVAILABLE)
    listed = subprocess.run([str(HOT_LOOPS), "list"], capture_output=True, text=True, check=True).stdout.splitlines()
    names = [line.split("\t")[0] for line in listed]
    unknown = set(options.groups + ([options.plant] if options.plant else [])) - set(names)
    if unknown:
        raise ThresholdError(f"no such loop: {', '.join(sorted(unknown))}; there are {', '.join(names)}", 64)
    options.loops = options.groups or names
    if options.plant and options.plant not in options.loops:
        options.loops.append(options.plant)
    data = folder / "hotloops-1"
    subprocess.run([str(HOT_LOOPS), "prepare", "--data", str(data)], check=True)
    record(options, data) if options.record else check(options, data)
