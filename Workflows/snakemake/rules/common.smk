"""The sheet, and what each case will need."""

import csv
import hashlib
import os
import shlex
import subprocess
from collections import defaultdict

OUT = config["out"].rstrip("/") or "."
# What the workflow itself remembers; apus never looks there.
STATE = f"{OUT}/.workflow"
SHEET = config["samplesheet"]
APUS = config["apus"]
SCRIPTS = Path(workflow.basedir) / "scripts"

# What every `apus run` of the sheet has in common, quoted for the shell.
RUN = shlex.join([APUS, "run", "--samplesheet", SHEET, "--out", OUT])
REFERENCE = ["--fasta", config["fasta"]] + (["--cache", config["cache"]] if config["cache"] else [])
OPTIONS = shlex.join(REFERENCE) + " " + config["options"]
RETRY = shlex.join([str(SCRIPTS / "retry"), str(config["attempts"]), str(config["pause"])])

# Columns of the sheet that name files, relative to the sheet's folder.
FILES = (
    "fastq_1 fastq_2 bam vcf gvcf sv_vcf cnv_vcf str_vcf referral outside_calls"
).split()
# Higher is sooner.
PRIORITY = {"routine": 0, "urgent": 10, "asap": 20, "stat": 30}


def read_sheet():
    """Each case's files and the digest of its own rows, so that a change of one case leaves the others."""
    files, rows = defaultdict(list), defaultdict(list)
    folder = os.path.dirname(SHEET)
    with open(SHEET, encoding="utf-8-sig", newline="") as sheet:
        for row in csv.DictReader(sheet):
            named = [os.path.join(folder, row[column]) for column in FILES if row.get(column)]
            files[row["case"]] += [name for name in named if name not in files[row["case"]]]
            rows[row["case"]].append(sorted((key, value or "") for key, value in row.items() if value))
    digests = {case: hashlib.sha256(repr(rows[case]).encode()).hexdigest()[:16] for case in rows}
    return dict(files), digests


def read_estimates():
    """What `apus run --estimate` says, asked once: jobs read what the workflow's own process was told."""
    told = Path(STATE) / "estimate.tsv"
    if workflow.is_main_process:
        command = f"{RUN} {OPTIONS} --threads {int(config['threads'])} --estimate"
        done = subprocess.run(command, shell=True, stdout=subprocess.PIPE, text=True)
        if done.returncode:
            # apus has said what is wrong, on standard error.
            raise WorkflowError(f"apus run --estimate ended with {done.returncode}; nothing was submitted")
        told.parent.mkdir(parents=True, exist_ok=True)
        beside = told.with_suffix(".partial")
        beside.write_text(done.stdout)
        beside.replace(told)
    with open(told, newline="") as lines:
        return {line["case"]: line for line in csv.DictReader(lines, delimiter="\t")}


CASE_FILES, CASE_ROWS = read_sheet()
ESTIMATES = read_estimates()


def need(case, column):
    """A number of the case's estimate, or of the largest where all ask for the same."""
    told = ESTIMATES.values() if config["uniform"] else [ESTIMATES[case]]
    return max(int(one[column]) for one in told)
