"""Jobs that annotate, beside bcftools and SnpEff."""

import gzip

from counting import lines_in, records_of, transcripts_of
from measuring import Command, Job
from places import APUS, FLOOR


def annotate_jobs(options, data):
    threads, extra = options.threads, options.threads - 1
    # Genes as dense as they go, so that a small genome has as many transcripts as a human one.
    fasta, gff3 = data.make(
        f"dense-genes-{options.genome}", ["genome.fa.gz", "genes.gff3"],
        ["genome", "--genome-size", options.genome, "--gene-spacing", 6000, "--out", "@genome.fa.gz",
         "--genes", "@genes.gff3"])
    spacing = f"{max(10.0, options.genome / options.records / 6):.2f}"
    [person] = data.make(
        f"dense-person-{options.genome}-{options.records}", ["person.vcf.gz"],
        ["variants", "--fasta", fasta, "--spacing", spacing, "--out", "@person.vcf.gz"])
    known = {}
    for kind, alleles in [("frequency", options.known), ("clinical", options.known // 10)]:
        [known[kind]] = data.make(
            f"{kind}-{options.genome}-{alleles}", [f"{kind}.vcf.gz"],
            ["known", "--fasta", fasta, "--spacing", spacing, "--alleles", alleles, "--kind", kind, "--out",
             f"@{kind}.vcf.gz"])
    cache = fasta.parent / f"sources-{options.known}.cache"
    build = [
        APUS, "cache", "build", "-f", fasta, "-g", gff3, "--source", f"freq={known['frequency']}:AC,AN,AF",
        "--source", f"clin={known['clinical']}:CLNSIG,CLNREVSTAT", "-o", cache, "--force", "--threads", threads]
    yield Job("annotate", "cache", f"annotation cache, {options.known:,} alleles and a tenth of it", [
        Command("apus cache build", "apus", build),
        Command("inflate only", "floor", [FLOOR, "inflate", known["frequency"], "--threads", threads])], rounds=1)
    ours = [APUS, "vcf", "annotate", person, "-c", cache]
    # Through files: bcftools annotate asks for an index of its input where it looks alleles up in another file.
    theirs = (
        f"bcftools csq -l -f '{fasta}' -g '{gff3}' '{person}' -Ob1 -o csq.bcf 2>csq.log; bcftools index -f csq.bcf;"
        f" bcftools annotate -a '{known['frequency']}' -c AC,AN,AF csq.bcf -Ob1 -o one.bcf;"
        " bcftools index -f one.bcf;"
        f" bcftools annotate -a '{known['clinical']}' -c CLNSIG,CLNREVSTAT one.bcf")
    facts = {"transcripts": transcripts_of(gff3)}
    title = f"{records_of(person):,} records, two sources"
    yield Job("annotate", "sources", f"VCF annotate, {title}, to text", [
        Command("apus vcf annotate", "apus", ours + ["-o", "-", "--threads", threads], lines_in("stdout")),
        Command("apus vcf annotate, one thread", "apus", ours + ["-o", "-", "--threads", 1], lines_in("stdout")),
        Command("bcftools csq, annotate, annotate", "peer", ["sh", "-ec", theirs], lines_in("stdout"))], facts=facts)
    yield Job("annotate", "sources-bgzf", f"VCF annotate, {title}, to BGZF", [
        Command(
            "apus vcf annotate", "apus", ours + ["-o", "apus.vcf.gz", "--force", "--threads", threads],
            lines_in("apus.vcf.gz", gzip.open), sizes=["apus.vcf.gz"]),
        Command(
            "bcftools csq, annotate, annotate", "peer",
            ["sh", "-ec", f"{theirs} -Oz -o bcftools.vcf.gz --threads {extra}"],
            lines_in("bcftools.vcf.gz", gzip.open), sizes=["bcftools.vcf.gz"]),
        Command(
            "inflate, deflate what it wrote", "floor",
            [FLOOR, "recompress", "apus.vcf.gz", "--out-prefix", "floor", "--compression-level", 6, "--threads",
             threads], sizes=["floor.0.gz"])])
    genes = [APUS, "vcf", "annotate", person, "-c", data.cache(fasta, gff3), "-o", "-"]
    peers = [
        Command("bcftools csq", "peer", ["bcftools", "csq", "-l", "-f", fasta, "-g", gff3, person], lines_in("stdout"))]
    snpeff = data.snpeff(fasta, gff3)
    if snpeff:
        peers.append(Command("SnpEff", "peer", snpeff + [person]))
    yield Job("annotate", "genes", f"VCF annotate, {title.rsplit(', ', 1)[0]}, genes alone, to text", [
        Command("apus vcf annotate", "apus", genes + ["--threads", threads], lines_in("stdout")),
        Command("apus vcf annotate, one thread", "apus", genes + ["--threads", 1], lines_in("stdout"))] + peers,
        rounds=1)
