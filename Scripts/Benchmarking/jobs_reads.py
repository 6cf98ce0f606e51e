"""Jobs on reads, beside fastp and FastQC."""

import os

from counting import fastqc_reads, reads_in, word_in
from measuring import Command, Job
from places import APUS, FLOOR


def fastq_jobs(options, data):
    threads = options.threads
    first, second = options.fastq or data.make(
        f"reads-{options.pairs}-{options.fastq_container}", ["r1.fastq.gz", "r2.fastq.gz"],
        ["reads", "--pairs", options.pairs, "--out-1", "@r1.fastq.gz", "--out-2", "@r2.fastq.gz",
         "--container", options.fastq_container])
    pairs = f"{options.pairs:,} pairs, {options.fastq_container}" if not options.fastq else "own files"
    own = bool(options.fastq)
    fastp = ["fastp", "-i", first, "-I", second, "-w", threads, "-j", "fastp.json", "-h", os.devnull]
    yield Job("fastq", "metrics", f"FASTQ metrics, {pairs}", own=own, commands=[
        Command(
            "apus fastq", "apus",
            [APUS, "fastq", "-i", first, "-I", second, "--json", "apus.json", "--force", "--threads", threads],
            reads_in("apus.json")),
        Command("fastp", "peer", fastp, reads_in("fastp.json")),
        Command("fastp -A -Q -L -G", "peer", fastp + ["-A", "-Q", "-L", "-G"], reads_in("fastp.json")),
        Command(
            "apus-floor scan-fastq", "floor", [FLOOR, "scan-fastq", first, second, "--threads", threads],
            word_in("stdout", "records", 1)),
        Command("inflate only", "floor", [FLOOR, "inflate", first, second, "--threads", threads]),
    ])
    outputs = ["1.fastq.gz", "2.fastq.gz"]
    written = {
        name: [word for flag, output in zip(["-o", "-O"], outputs) for word in [flag, f"{name}.{output}"]]
        for name in ["apus", "apus-gzip", "fastp"]}
    apus = [APUS, "fastq", "-i", first, "-I", second, "--json", "apus.json", "--force", "--threads", threads]
    yield Job("fastq", "write", f"FASTQ trimmed, filtered and written at level 4, {pairs}", own=own, commands=[
        Command(
            "apus fastq -o -O", "apus", apus + written["apus"], reads_in("apus.json"),
            sizes=[f"apus.{name}" for name in outputs]),
        Command(
            "apus fastq -o -O --gzip", "apus", apus + written["apus-gzip"] + ["--gzip"], reads_in("apus.json"),
            sizes=[f"apus-gzip.{name}" for name in outputs]),
        Command(
            "fastp -o -O -z 4", "peer", fastp + ["-z", "4"] + written["fastp"], reads_in("fastp.json"),
            sizes=[f"fastp.{name}" for name in outputs]),
        Command(
            "inflate and deflate only", "floor",
            [FLOOR, "recompress", first, second, "--out-prefix", "floor", "--threads", threads],
            sizes=["floor.0.gz", "floor.1.gz"]),
    ])
    yield Job("fastq", "fastqc", f"FastQC's tables, {pairs}", own=own, commands=[
        Command(
            "apus fastq --fastqc", "apus",
            [APUS, "fastq", "-i", first, "-I", second, "--fastqc", "tables", "--force", "--threads", threads],
            fastqc_reads("tables", first, second)),
        Command(
            "fastqc --extract", "peer", ["fastqc", "-q", "--extract", "-o", ".", "-t", threads, first, second],
            fastqc_reads(".", first, second)),
        Command("inflate only", "floor", [FLOOR, "inflate", first, second, "--threads", threads]),
    ])
