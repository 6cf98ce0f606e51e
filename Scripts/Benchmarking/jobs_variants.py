"""Jobs on variants, beside bcftools."""

import gzip

from counting import lines_in, records_of, word_in
from measuring import Command, Job
from places import APUS, FLOOR


EXPRESSION = "QUAL>30 && FMT/GQ>20"


def vcf_jobs(options, data):
    if options.vcf:
        # A laboratory's own file has no synthetic genes, and no twin of 200 samples.
        yield from jobs_of(options, "one", "own file", options.vcf, options.fasta, EXPRESSION)
        return
    fasta, gff3 = data.make(
        f"genes-{options.genome}", ["genome.fa.gz", "genes.gff3"],
        ["genome", "--genome-size", options.genome, "--out", "@genome.fa.gz", "--genes", "@genes.gff3"])
    # A person carries a variant every 3.5 sites, and sites so near to each other leave some out.
    spacing = max(10.0, options.genome / options.records / 6)
    [person] = data.make(
        f"person-{options.genome}-{options.records}", ["person.vcf.gz"],
        ["variants", "--fasta", fasta, "--spacing", f"{spacing:.2f}", "--out", "@person.vcf.gz"])
    [cohort] = data.make(
        f"cohort-{options.genome}-{options.cohort}", ["cohort.vcf.gz"],
        ["variants", "--fasta", fasta, "--records", options.cohort, "--samples", 200, "--out", "@cohort.vcf.gz"])
    cache = data.cache(fasta, gff3)
    bases = data.plain(fasta)
    yield from jobs_of(options, "one", "1 sample", person, bases, EXPRESSION, cache)
    yield from jobs_of(options, "cohort", "200 samples", cohort, bases, "FMT/DP>10 & FMT/GQ>20", cache)


def jobs_of(options, which, name, vcf, bases, expression, cache=None):
    """The jobs on one file; those that annotate where there is a cache."""
    def job(work, words, commands):
        return Job("vcf", f"{work}.{which}", words, commands, own=cache is None)

    ours, peers = ["--threads", options.threads], ["--threads", options.threads - 1]
    title = f"{records_of(vcf):,} records, {name}"
    inflated = Command("inflate only", "floor", [FLOOR, "inflate", vcf] + ours)
    scan = Command(
        "apus-floor scan-vcf", "floor", [FLOOR, "scan-vcf", vcf] + ours, word_in("stdout", "records", 1))
    total = "SN\t0\tnumber of records:"
    for work, samples, flags, theirs in [
            ("samples", "with samples", [], ["-s", "-"]), ("sites", "sites only", ["--sites-only"], [])]:
        yield job(f"stats-{work}", f"VCF stats {samples}, {title}", [
            Command(
                "apus vcf stats", "apus", [APUS, "vcf", "stats", vcf] + flags + ours,
                word_in("stdout", total, -1)),
            Command(
                "bcftools stats", "peer", ["bcftools", "stats", vcf] + theirs + peers,
                word_in("stdout", total, -1)),
            inflated, scan])
    yield job("filter", f"VCF filter {expression!r}, {title}, to text", [
        Command(
            "apus vcf filter", "apus", [APUS, "vcf", "filter", vcf, "-i", expression, "-o", "-"] + ours,
            lines_in("stdout")),
        Command(
            "bcftools filter", "peer", ["bcftools", "filter", "-i", expression, vcf] + peers, lines_in("stdout")),
        inflated])
    norm = [APUS, "vcf", "norm", vcf, "-f", bases, "--split"] + ours
    yield job("normalise", f"VCF normalise, {title}, to text", [
        Command("apus vcf norm --split", "apus", norm + ["-o", "-"], lines_in("stdout")),
        Command(
            "bcftools norm -m-", "peer", ["bcftools", "norm", "-m-", "-f", bases, vcf] + peers, lines_in("stdout")),
        inflated])
    recompress = Command(
        "inflate, deflate at 6", "floor",
        [FLOOR, "recompress", vcf, "--out-prefix", "floor", "--compression-level", 6] + ours, sizes=["floor.0.gz"])
    yield job("normalise-bgzf", f"VCF normalise, {title}, to BGZF", [
        Command(
            "apus vcf norm --split (with .tbi)", "apus", norm + ["-o", "apus.vcf.gz", "--force"],
            lines_in("apus.vcf.gz", gzip.open), sizes=["apus.vcf.gz"]),
        Command(
            "bcftools norm -m- -Oz", "peer",
            ["bcftools", "norm", "-m-", "-f", bases, vcf, "-Oz", "-o", "bcftools.vcf.gz"] + peers,
            lines_in("bcftools.vcf.gz", gzip.open), sizes=["bcftools.vcf.gz"]),
        recompress])
    process = [APUS, "vcf", "process", vcf, "-f", bases, "-i", expression, "-o", "apus.vcf.gz"]
    process += ["--json", "apus.json", "--force"] + ours
    works = [
        ("process", "filter, normalise, count", ["--no-check"]),
        ("check-process", "check, filter, normalise, count", [])]
    if cache:
        works.append(("annotate-process", "check, filter, normalise, annotate, count", ["-c", cache]))
    for work, words, flags in works:
        yield job(work, f"VCF {words}, {title}, to BGZF", [
            Command(
                "apus vcf process", "apus", process + flags, lines_in("apus.vcf.gz", gzip.open),
                sizes=["apus.vcf.gz"]),
            Command(
                "bcftools view -Oz --threads 1", "peer",
                ["bcftools", "view", vcf, "-Oz", "-o", "bcftools.vcf.gz", "--threads", 1],
                sizes=["bcftools.vcf.gz"]),
            Command(
                "inflate, deflate what it wrote", "floor",
                [FLOOR, "recompress", "apus.vcf.gz", "--out-prefix", "floor", "--compression-level", 6] + ours,
                sizes=["floor.0.gz"])])
