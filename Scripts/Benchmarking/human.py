"""Alignments and a reference with contigs as many and as long as GRCh38's with its decoys and HLA."""

import subprocess
import sys

# GRCh38: chr1 to chr22, X, Y and M.
CHROMOSOMES = [
    248956422, 242193529, 198295559, 190214555, 181538259, 170805979, 159345973, 145138636, 138394717, 133797422,
    135086622, 133275309, 114364328, 107043718, 101991189, 90338345, 83257441, 80373285, 58617616, 64444167, 46709983,
    50818468, 156040895, 57227415, 16569]


def human_contigs(random):
    contigs = [(f"chr{name}", length) for name, length in zip([*range(1, 23), "X", "Y", "M"], CHROMOSOMES)]
    # The others' numbers are those of hs38DH, their lengths drawn within the classes' limits.
    for name, count, shortest, longest in [
            ("random", 169, 1_000, 130_000), ("alt", 262, 60_000, 780_000), ("decoy", 2385, 500, 4_400),
            ("HLA", 525, 3_000, 19_000)]:
        contigs += [(f"{name}{number}", random.randint(shortest, longest)) for number in range(count)]
    return contigs


def write_human(folder, random, reads=10**6):
    contigs = human_contigs(random)
    total = sum(length for _, length in contigs)
    letters = "".join(random.choices("ACGT", k=10**6))
    qualities = "".join(random.choices("FFFF:,#", k=10**6))
    argv = ["samtools", "view", "-b", "-1", "-o", folder / "sample.bam", "-"]
    with subprocess.Popen(argv, stdin=subprocess.PIPE, text=True) as samtools:
        write = samtools.stdin.write
        write("@HD\tVN:1.6\tSO:coordinate\n")
        for name, length in contigs:
            write(f"@SQ\tSN:{name}\tLN:{length}\n")
        number = 0
        for name, length in contigs:
            rows = []
            for _ in range(max(1, round(reads / 2 * length / total))):
                span = min(length - 1, random.randint(200, 500))
                start = random.randint(1, length - span)
                mate = start + span - min(150, span)
                rows += [(start, 99, mate, span, number), (mate, 147, start, -span, number)]
                number += 1
            for position, flag, mate, span, pair in sorted(rows):
                begin, count = random.randrange(900_000), min(150, abs(span))
                write(
                    f"r{pair}\t{flag}\t{name}\t{position}\t60\t{count}M\t=\t{mate}\t{span}\t"
                    f"{letters[begin:begin + count]}\t{qualities[begin:begin + count]}\n")
    if samtools.returncode != 0:
        sys.exit("Scripts/bench: samtools could not write the alignments of a human genome")
    # The same million bases over and over: what they are does not change what they take.
    lines = "".join(letters[start:start + 100] + "\n" for start in range(0, len(letters), 100))
    with open(folder / "genome.fa", "w") as fasta:
        for name, length in contigs:
            fasta.write(f">{name}\n" + lines * (length // 10**6))
            rest = length % 10**6
            fasta.write("".join(letters[start:min(start + 100, rest)] + "\n" for start in range(0, rest, 100)))
    subprocess.run(["samtools", "faidx", folder / "genome.fa"], check=True)

