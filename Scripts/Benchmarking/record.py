"""bench.json, `apus-bench/1`: every round of every command, with the machine and the versions it was measured with.

A job carries its own machine, versions and arguments, so that jobs of several sessions in one file can be told apart.
There are no dates, and no paths or names of files of the machine.
"""

import itertools
import json
import os
import pathlib
import shlex
import statistics

from places import BUILT, ROOT

SCHEMA = "apus-bench/1"


class BenchError(Exception):
    """A bench.json, or rows of a table, that cannot be used."""


def session(options, machine, versions):
    """What all jobs of a run share."""
    sizes = {
        name: getattr(options, name) for name in [
            "records", "cohort", "pairs", "reads", "reads_genome", "genome", "known", "trio", "trio_genome", "cases",
            "people", "alleles", "person", "fastq_container", "seed"]}
    return {"machine": machine, "versions": versions, "options": {"threads": options.threads, **sizes}}


def spread(values):
    """The median, and how far the rounds lie from it."""
    values = list(values)
    return {"median": round(statistics.median(values), 4), "min": round(min(values), 4), "max": round(max(values), 4)}


def of_rounds(one, other, field):
    """What one command's rounds take of another's."""
    return spread(a[field] / max(b[field], 1e-6) for a, b in zip(one["rounds"], other["rounds"]))


def without(text, folders):
    """A text without the folders of this machine."""
    for folder, name in folders:
        text = text.replace(str(folder), name)
    return text


def command_json(command, folders, own):
    found = {"label": command.label, "role": command.role, "command": without(shlex.join(map(str, command.argv)), folders)}
    if command.failure:
        # What a program says of a laboratory's file may name a person.
        return {**found, "failure": "failed" if own else without(command.failure, folders)}
    rounds = [
        {"wall_s": round(one.wall, 4), "cpu_s": round(one.cpu, 4), "peak_mb": round(one.peak, 1)}
        for one in command.samples]
    found.update({"rounds": rounds, **{name: spread(one[name] for one in rounds) for name in rounds[0]}})
    if command.records is not None:
        found["records"] = command.records
    if command.bytes:
        found["bytes"] = command.bytes
    return found


def ratios(commands):
    """Of each command of Apus to each peer and floor."""
    alive = [command for command in commands if "rounds" in command]
    found = []
    for one, other in itertools.product(alive, alive):
        if one["role"] != "apus" or other["role"] == "apus":
            continue
        pair = {"of": one["label"], "to": other["label"], "role": other["role"]}
        pair.update({name: of_rounds(one, other, name) for name in ["wall_s", "cpu_s", "peak_mb"]})
        if one.get("bytes") and other.get("bytes"):
            pair["bytes"] = round(one["bytes"] / other["bytes"], 4)
        found.append(pair)
    return found


def job_json(job, options, shared, data_folder, scratch):
    own = {"OWN.vcf.gz": options.vcf, "OWN.bam": options.bam, "OWN.fa": options.fasta}
    own.update({f"OWN.{mate}.fastq.gz": path for mate, path in enumerate(options.fastq or [], start=1)})
    folders = [(path, name) for name, path in own.items() if path]
    folders += [(data_folder, "DATA"), (scratch, "."), (BUILT, "Benchmarks"), (ROOT, ".")]
    commands = [command_json(command, folders, job.own) for command in job.commands]
    found = {"id": job.id, "title": job.title, "load": round(job.load, 2), "commands": commands}
    found["ratios"] = ratios(commands)
    if job.facts:
        found["facts"] = job.facts
    figures = job.figure_rounds()
    if figures:
        found["figures"] = [{"words": words, "of": field, **spread(rounds)} for words, field, rounds in figures]
    return {**found, **shared}


def empty():
    return {"schema": SCHEMA, "jobs": [], "scaling": []}


def load(path):
    """A bench.json, checked as far as it is used."""
    try:
        found = json.loads(pathlib.Path(path).read_text())
    except (OSError, ValueError) as error:
        raise BenchError(f"{path}: cannot be read: {error}") from error
    if not isinstance(found, dict) or found.get("schema") != SCHEMA:
        raise BenchError(f"{path}: is not of schema {SCHEMA}")
    return found


def merged(old, new):
    """The jobs of both, the new ones in the place of old ones of the same name."""
    found = {**old}
    for kind in ["jobs", "scaling"]:
        names = {job["id"] for job in new[kind]}
        kept = [job for job in old.get(kind, []) if job["id"] not in names]
        found[kind] = sorted(kept + new[kind], key=lambda job: job["id"])
    return found


def save(found, path):
    """Whole or not at all."""
    partial = pathlib.Path(f"{path}.partial")
    partial.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n")
    os.replace(partial, path)
