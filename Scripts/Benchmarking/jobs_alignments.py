"""Jobs on alignments, beside samtools, mosdepth and Picard."""

import shutil

from counting import word_in
from measuring import Command, Job
from places import APUS, FLOOR


def bam_jobs(options, data):
    threads, extra = options.threads, options.threads - 1
    own = bool(options.bam)
    bam, fasta = (options.bam, options.fasta) if own else data.make(
        f"alignments-{options.reads}" + (f"-{options.reads_genome}" if options.reads_genome != 30 * 10**6 else ""),
        ["sample.bam", "genome.fa.gz"],
        ["alignments", "--reads", options.reads, "--genome-size", options.reads_genome, "--out", "@sample.bam",
         "--genome-out", "@genome.fa.gz"])
    reads = f"{options.reads:,} reads" if not own else "own file"
    apus = [APUS, "bam", bam, "--out-prefix", "apus", "--force", "--threads", threads]
    counted = word_in("apus.flagstat.txt", "", 0, 2)  # passed and failed quality control
    floors = [
        Command(
            "apus-floor scan-bam", "floor", [FLOOR, "scan-bam", bam, "--threads", threads],
            word_in("stdout", "records", 1)),
        Command("inflate only", "floor", [FLOOR, "inflate", bam, "--threads", threads]),
    ]
    yield Job("bam", "flagstat", f"BAM flagstat, {reads}", own=own, commands=[
        Command("apus bam --collect flagstat", "apus", apus + ["--collect", "flagstat"], counted),
        Command(
            "samtools flagstat", "peer", ["samtools", "flagstat", "-@", extra, bam], word_in("stdout", "", 0, 2)),
    ] + floors)
    whole = apus + ["-f", fasta, "--per-base"]
    jobs = [
        Command("apus bam -f --per-base", "apus", whole, counted),
        Command("samtools stats", "peer", ["samtools", "stats", "-@", extra, bam]),
        Command("samtools stats -r", "peer", ["samtools", "stats", "-@", extra, "-r", fasta, bam]),
        Command("mosdepth", "peer", ["mosdepth", "-t", extra, "depth", bam]),
    ]
    picard = shutil.which("PicardCommandLine")
    if options.sum and picard:
        # R draws the charts of two of them; a program of that name that does nothing stands in for it.
        tools = [f"samtools {name} -@ {extra} '{bam}'" for name in ["flagstat", "idxstats", "stats"]]
        tools += [f"samtools coverage '{bam}'", f"mosdepth -t {extra} depth '{bam}'"]
        tools += ["mkdir -p bin && printf '#!/bin/sh\\n' > bin/Rscript && chmod +x bin/Rscript"]
        tools += [f"gzip -dcf '{fasta}' > g.fa && samtools faidx g.fa && samtools dict g.fa -o g.dict"]
        quiet = "VALIDATION_STRINGENCY=SILENT QUIET=true VERBOSITY=ERROR"
        tools += [
            f"PATH=$PWD/bin:$PATH {picard} {name} I='{bam}' {rest} {quiet}" for name, rest in [
                # CollectGcBiasMetrics of Picard 2.27.5 stops at an aligned record without bases, which these data hold.
                ("CollectWgsMetrics", "R=g.fa O=wgs"), ("CollectInsertSizeMetrics", "O=size H=size.pdf")]]
        jobs.append(Command("seven tools in turn", "peer", ["sh", "-ec", " && ".join(tools)]))
    yield Job("bam", "collectors", f"BAM, every collector, {reads}", own=own, commands=jobs + floors)
    if options.human:
        bam, fasta = data.human()
        argv = [APUS, "bam", bam, "-f", fasta, "--per-base", "--out-prefix", "apus", "--force", "--threads", threads]
        yield Job("bam", "human", "BAM, every collector, 3,366 contigs of a human genome", [
            Command("apus bam -f --per-base", "apus", argv, counted)], rounds=1)
