"""What a command says of how many records it saw: each takes words, and gives what counts in a scratch folder."""

import functools
import gzip
import json


@functools.cache
def records_of(path):
    """Counts the records of a compressed VCF."""
    with gzip.open(path, "rb") as file:
        return sum(1 for line in file if line[:1] != b"#")


@functools.cache
def transcripts_of(path):
    """Counts the transcripts of a GFF3 of the generator's."""
    with open(path) as file:
        return sum(1 for line in file if line.split("\t", 3)[2:3] in (["mRNA"], ["lnc_RNA"]))


def lines_in(name, opens=open):
    """Counts the lines of a VCF that are records."""
    def count(scratch):
        with opens(scratch / name, "rb") as file:
            return sum(1 for line in file if not line.startswith(b"#"))
    return count


def word_in(name, start, *columns):
    """Adds up numbers in the first line that begins with a text."""
    def count(scratch):
        for line in (scratch / name).read_text(errors="replace").splitlines():
            if line.startswith(start):
                return sum(int(line.split()[column]) for column in columns)
        raise ValueError(f"no line {start!r} in {name}")
    return count


def reads_in(name):
    """Finds the reads before filtering in fastp's kind of JSON."""
    return lambda scratch: json.loads((scratch / name).read_text())["summary"]["before_filtering"]["total_reads"]


def fastqc_reads(folder, *files):
    """Adds up the reads of FastQC's reports of some files."""
    def count(scratch):
        total = 0
        for file in files:
            report = scratch / folder / f"{file.name.removesuffix('.fastq.gz')}_fastqc" / "fastqc_data.txt"
            lines = report.read_text().splitlines()
            total += sum(int(line.split("\t")[1]) for line in lines if line.startswith("Total Sequences"))
        return total
    return count
