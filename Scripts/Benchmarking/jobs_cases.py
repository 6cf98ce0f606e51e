"""Jobs that tier, and the knowledge base: Apus alone, for no peer does the same."""

import os
import shutil
import subprocess

from counting import records_of
from measuring import Command, Job
from places import APUS, KB_BENCH


def tier_jobs(options, data):
    """What tiers add to processing a trio's variants, and what tiering stored cases again takes of running them."""
    names = ["genome.fa.gz", "genes.gff3", "trio.vcf.gz", "trio.ped", "panel.json", "samplesheet.csv",
             "frequency.vcf.gz", "clinical.vcf.gz", "clinical.next.vcf.gz"]
    fasta, gff3, vcf, pedigree, panel, sheet, frequency, clinical, following = data.make(
        f"trio-{options.trio_genome}-{options.trio}", names,
        ["trio", "--records", options.trio, "--genome-size", options.trio_genome, "--out", "@."])
    populations = ",".join(f"{field}_{name}" for name in ["afr", "amr", "eas", "nfe", "sas"] for field in ["AF", "AN"])
    caches = {}
    for name, register in [("old", clinical), ("new", following)]:
        caches[name] = fasta.parent / f"{name}.cache"
        if not caches[name].exists():
            subprocess.run(
                [APUS, "cache", "build", "-f", fasta, "-g", gff3, "--source", f"clinvar={register}:CLNSIG,CLNREVSTAT",
                 "--source", f"gnomad_genomes={frequency}:{populations}", "-o", caches[name]], check=True)
    title = f"{records_of(vcf):,} records of a trio"
    ours = ["--threads", options.threads, "--force"]
    run = [APUS, "run", "--samplesheet", sheet, "-f", fasta] + ours
    tiers = ["--tier-panel", panel]
    process = [APUS, "vcf", "process", vcf, "-f", fasta, "-o", "apus.vcf.gz"] + ours
    yield Job("tier", "run", f"tiers, {title}", [
        Command("apus run, with tiers", "apus", run + ["-c", caches["old"], "--out", "run"] + tiers),
        Command("apus run, without", "apus", run + ["-c", caches["old"], "--out", "plain"]),
        Command("apus vcf process -c", "apus", process + ["-c", caches["old"]]),
        Command("apus vcf process, nothing annotated", "apus", process),
        Command(
            "apus tier, of the VCF alone", "apus",
            [APUS, "tier", vcf, "-c", caches["old"], "-f", fasta, "--ped", pedigree, "--panel", panel, "-o",
             "tiers.json"] + ours),
    ], figures=[
        ("tiers add to apus run (first less second), of apus vcf process -c", lambda one: (one[0] - one[1]) / one[2]),
        ("the same, of apus run without tiers, which does not check records", lambda one: (one[0] - one[1]) / one[1]),
        ("the same, of apus vcf process without annotation", lambda one: (one[0] - one[1]) / one[3]),
    ])

    def stored(scratch):
        """The case that a run left, as many times as asked; its files are linked, for Apus replaces whole files."""
        if not (scratch / "stored/SYN-001").exists():
            subprocess.run(
                [str(word) for word in run + ["-c", caches["old"], "--out", scratch / "stored"] + tiers], check=True,
                cwd=scratch, stdout=subprocess.DEVNULL)
        shutil.rmtree(scratch / "cases", ignore_errors=True)
        for number in range(options.cases):
            shutil.copytree(scratch / "stored/SYN-001", scratch / f"cases/{number}", copy_function=os.link)

    def changed(scratch):
        return len((scratch / "stdout").read_text().splitlines())

    again = [APUS, "reanalyse"] + [f"cases/{number}" for number in range(options.cases)]
    again += ["--threads", options.threads]
    yield Job("tier", "reanalyse", f"{options.cases} stored cases by the next release, each {title}", [
        Command("apus reanalyse", "apus", again + ["-c", caches["new"]], changed, prepare=stored),
        Command("apus run, one case", "apus", run + ["-c", caches["new"], "--out", "run"] + tiers),
    ], figures=[
        (f"tiering {options.cases} again, of running them", lambda one: one[0] / one[1] / options.cases),
    ])


def knowledge_base(options, scratch):
    """Adding, asking and withdrawing on bases of synthetic people: it times itself, for one process holds the base.

    Gives what was measured, and what failed.
    """
    measured = []
    for name, people, alleles in [("person", 2, options.person), ("people", options.people, options.alleles)]:
        base = scratch / f"{people}.kb"
        argv = [KB_BENCH, "--people", people, "--alleles", alleles, "--base", base, "--verify"]
        print(f"\nknowledge base, {people} people of {alleles:,} alleles each", flush=True)
        found = subprocess.run([str(word) for word in argv], capture_output=True, text=True, check=False)
        if found.returncode != 0:
            print(f"  failed, exit code {found.returncode}: {(found.stderr.splitlines() or ['no message'])[0]}")
            return measured, f"knowledge base of {people} people"
        lines = [line.split("\t") for line in found.stdout.splitlines()]
        for what, value, unit in lines:
            print(f"  {what:<38}{value:>10} {unit}")
        measured.append({
            "id": f"kb.{name}", "title": f"knowledge base, {people} people of {alleles:,} alleles each",
            "measurements": [{"name": what, "value": float(value), "unit": unit} for what, value, unit in lines]})
        base.unlink()
    return measured, None
