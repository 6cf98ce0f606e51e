"""Runs Apus, its peers and its floors side by side on generated data, and prints medians and ratios.

Every job runs its commands one after the other, round by round (A B C, B C A, ...), so that a machine that drifts
drifts for all of them; a ratio is the median of the rounds' ratios. All have the same number of threads: where a peer
counts extra threads beside the main one, it gets one less. Data are generated once into $APUS_BENCH_DIR
(.build/bench). Results are also written there, as bench.json, results.tsv and rounds.tsv. In the warm-up every command
says how many records it saw; where they differ, the table says so: a program that does nothing is fast.
Docs/benchmark.md says how a laboratory runs it on its own machine and files.
"""

import argparse
import pathlib

from places import THRESHOLDS


GROUPS = ["vcf", "annotate", "fastq", "bam", "tier", "kb"]


def size(text):
    units = {"k": 10**3, "M": 10**6, "G": 10**9}
    return int(float(text[:-1]) * units[text[-1]]) if text[-1:] in units else int(text)


def arguments(words=None):
    parser = argparse.ArgumentParser(
        prog="Scripts/bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("groups", nargs="*", metavar="GROUP", help=f"{', '.join(GROUPS)}; all without one")
    parser.add_argument("--rounds", type=int, default=5, help="measured rounds after the warm-up (5)")
    parser.add_argument("--threads", type=int, default=2, help="threads of every command (2)")
    parser.add_argument("--records", type=size, default=1_500_000, help="VCF records of one sample, about (1.5M)")
    parser.add_argument("--cohort", type=size, default=100_000, help="VCF records of 200 samples (100k)")
    parser.add_argument("--pairs", type=size, default=2 * 10**6, help="read pairs (2M)")
    parser.add_argument("--reads", type=size, default=1_500_000, help="aligned reads (1.5M)")
    parser.add_argument(
        "--reads-genome", type=size, default=30 * 10**6, help="bases of the genome that they are of (30M)")
    parser.add_argument(
        "--genome", type=size, default=100 * 10**6, help="bases of the genome that the variants are of (100M)")
    parser.add_argument(
        "--known", type=size, default=20 * 10**6, help="alleles of the larger of two sources of known variants (20M)")
    parser.add_argument("--trio", type=size, default=5 * 10**6, help="VCF records of a trio that is tiered, about (5M)")
    parser.add_argument("--trio-genome", type=size, default=500 * 10**6, help="bases of its genome (500M)")
    parser.add_argument("--cases", type=int, default=100, help="stored cases that are tiered again (100)")
    parser.add_argument("--people", type=int, default=100, help="people of a knowledge base (100)")
    parser.add_argument("--alleles", type=size, default=500_000, help="alleles of each (500k)")
    parser.add_argument("--person", type=size, default=5 * 10**6, help="alleles of a whole genome that is added (5M)")
    parser.add_argument("--fastq-container", choices=["gzip", "bgzf"], default="gzip", help="of the reads (gzip)")
    parser.add_argument("--seed", type=int, default=1, help="of the generated data (1)")
    parser.add_argument(
        "--sum", action="store_true", help="of BAM also the sum of seven tools, two of Picard's among them")
    parser.add_argument(
        "--human", action="store_true",
        help="of BAM also the memory that the header and the reference of GRCh38 with its decoys take (3.3 GB of disk)")
    parser.add_argument("--no-build", action="store_true", help="measure the binaries that are there")
    add_own_files(parser)
    add_actions(parser)
    options = parser.parse_args(words)
    if options.rounds < 1 or options.threads < 1:
        parser.error("rounds and threads are at least 1")
    if (options.vcf or options.bam) and not options.fasta:
        parser.error("--vcf and --bam need --fasta")
    if options.update and not options.table:
        parser.error("--update needs --table")
    options.checks = options.check or options.record or options.prove or options.plant is not None
    if not options.checks:
        unknown = set(options.groups) - set(GROUPS)
        if unknown:
            parser.error(f"unknown group {', '.join(sorted(unknown))}")
        if (options.vcf or options.fastq or options.bam) and not options.groups:
            options.groups = [name for name in ["vcf", "fastq", "bam"] if getattr(options, name)]
        options.groups = options.groups or GROUPS
    return options


def add_own_files(parser):
    own = parser.add_argument_group("own files, in the place of generated ones; their names are not written down")
    own.add_argument("--vcf", type=existing, help="of one sample, compressed, with QUAL and FORMAT/GQ")
    own.add_argument("--fastq", type=existing, nargs=2, metavar=("R1", "R2"), help="gzipped FASTQ of a pair")
    own.add_argument("--bam", type=existing, help="sorted, with its .bai")
    own.add_argument("--fasta", type=existing, help="plain, with its .fai: of --vcf and --bam")


def add_actions(parser):
    what = parser.add_argument_group("what is written, or done instead of measuring")
    what.add_argument("--json", type=pathlib.Path, help="where bench.json goes (beside the data)")
    what.add_argument("--merge", action="store_true", help="keep the jobs of that bench.json that are not run now")
    what.add_argument(
        "--scaling", type=threads, metavar="1,2,4", help="only Apus, at these numbers of threads: speed-up, efficiency")
    what.add_argument(
        "--table", type=pathlib.Path, metavar="FILE", help="only print the README's table of a bench.json")
    what.add_argument(
        "--update", type=pathlib.Path, metavar="README.md", help="put that table between the file's two markers")
    what.add_argument(
        "--check", action="store_true",
        help="only count the hot loops' instructions (valgrind) and hold them to thresholds; GROUPs are then loops")
    what.add_argument("--plant", metavar="LOOP", help="check with 20 %% more work in one loop: must fail")
    what.add_argument(
        "--prove", action="store_true", help="check, and then that a planted regression of each loop fails")
    what.add_argument("--record", action="store_true", help="count, and write the thresholds")
    what.add_argument("--thresholds", type=pathlib.Path, default=THRESHOLDS, help="their file (the committed one)")


def existing(text):
    """A file that is there, wherever a command runs."""
    path = pathlib.Path(text).resolve()
    if not path.is_file():
        raise argparse.ArgumentTypeError(f"there is no file {text}")
    return path


def threads(text):
    numbers = [int(word) for word in text.split(",")]
    if len(numbers) < 2 or min(numbers) < 1 or len(set(numbers)) < len(numbers):
        raise argparse.ArgumentTypeError("two numbers of threads or more, each once")
    return numbers
