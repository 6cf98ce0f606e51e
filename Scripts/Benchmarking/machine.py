"""The machine, and the versions of Apus and its peers. No dates and no names of machines."""

import os
import pathlib
import platform
import re
import subprocess

from places import APUS, ROOT


def first_line(*argv):
    try:
        result = subprocess.run(argv, capture_output=True, text=True, errors="replace", check=False, cwd=ROOT)
        lines = (result.stdout + result.stderr).strip().splitlines()
        # Picard's launcher says first what it launches.
        lines = [line for line in lines if line.startswith("Version:")] or lines
        return lines[0] if lines else f"{pathlib.Path(argv[0]).name} of unknown version"
    except OSError:
        return f"{argv[0]} not installed"


def machine():
    """What a figure depends on beside the programs: compared field by field before two sessions share a table."""
    model, memory = platform.processor() or platform.machine(), None
    try:
        for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                model = line.split(":", 1)[1].strip()
                break
        kilobytes = int(pathlib.Path("/proc/meminfo").read_text().split("MemTotal:")[1].split()[0])
        memory = round(kilobytes / 2**20)
    except (OSError, IndexError, ValueError):
        pass
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return {
        "cpu": model, "cores": cores, "memory_gib": memory, "kernel": kernel(),
        "architecture": platform.machine()}


def kernel():
    """System and version; what a builder calls a kernel of its own is nobody's business."""
    return f"{platform.system()} {platform.release().split('-')[0]}"


def described(machine):
    """The machine in words."""
    memory = f", {machine['memory_gib']} GiB" if machine["memory_gib"] else ""
    return f"{machine['cpu']}, {machine['cores']} cores{memory}, {machine['kernel']}"


def number_in(line):
    """The first word of a line that looks like a version."""
    found = re.search(r"\d+(\.\d+)+[\w.+-]*", line)
    return found[0] if found else line


def versions():
    """Of Apus, with its commit, and of the peers; "not installed" where one is not."""
    commit = first_line("git", "describe", "--always", "--dirty")
    found = {"Apus": f"{number_in(first_line(APUS, '--version'))} at {commit}"}
    peers = {"SnpEff": ["snpEff", "-version"], "Picard": ["PicardCommandLine", "CollectWgsMetrics", "--version"]}
    for name in ["bcftools", "samtools", "fastp", "fastqc", "mosdepth"]:
        peers[{"fastqc": "FastQC"}.get(name, name)] = [name, "--version"]
    for name, argv in peers.items():
        line = first_line(*argv)
        found[name] = line if line.endswith("not installed") else number_in(line)
    return {name: "not installed" if line.endswith("not installed") else line for name, line in found.items()}
