"""Generated data, made once, and what peers make of them before they can run."""

import gzip
import os
import pathlib
import random
import shutil
import subprocess
import sys

from human import write_human
from places import APUS, ROOT, WORKLOAD


class Data:
    """Generated files, made once."""

    def __init__(self, options):
        self.folder = pathlib.Path(os.environ.get("APUS_BENCH_DIR") or ROOT / ".build/bench").resolve()
        self.folder.mkdir(parents=True, exist_ok=True)
        self.common = ["--seed", options.seed, "--compression-level", 6]
        self.seed = options.seed

    def make(self, name, names, arguments):
        """Files of one generator run, in a folder of their own, which gets its name when all are whole."""
        folder = self.folder / f"{name}-seed{self.seed}"
        if not folder.exists():
            partial = pathlib.Path(f"{folder}.partial")
            shutil.rmtree(partial, ignore_errors=True)
            partial.mkdir()
            print(f"generating {folder.name}", file=sys.stderr)
            words = [WORKLOAD] + [partial / word[1:] if str(word)[:1] == "@" else word for word in arguments]
            subprocess.run([str(word) for word in words + self.common], check=True, stdout=sys.stderr)
            partial.rename(folder)
        return [folder / file for file in names]

    def cache(self, fasta, genes):
        """The annotation cache of a genome and its genes."""
        cache = fasta.parent / "genes.cache"
        if not cache.exists():
            subprocess.run([APUS, "cache", "build", "-f", fasta, "-g", genes, "-o", cache], check=True)
        return cache

    def plain(self, fasta):
        """The same bases uncompressed, with their index: the floor inflates the variants alone."""
        plain = fasta.with_suffix("")
        if not plain.exists():
            partial = pathlib.Path(f"{plain}.partial")
            with gzip.open(fasta, "rb") as bases, open(partial, "wb") as copy:
                shutil.copyfileobj(bases, copy)
            partial.rename(plain)
            subprocess.run(["samtools", "faidx", plain], check=True)
        return plain

    def snpeff(self, fasta, genes):
        """SnpEff's database of a genome and its genes; None where SnpEff is not installed."""
        if not shutil.which("snpEff"):
            return None
        folder = fasta.parent / "snpeff"
        config = folder / "snpEff.config"
        if not (folder / "bench/snpEffectPredictor.bin").exists():
            (folder / "bench").mkdir(parents=True, exist_ok=True)
            config.write_text("data.dir = ./\nbench.genome : bench\n")
            with gzip.open(fasta, "rb") as bases, open(folder / "bench/sequences.fa", "wb") as copy:
                shutil.copyfileobj(bases, copy)
            shutil.copyfile(genes, folder / "bench/genes.gff")
            subprocess.run(
                ["snpEff", "build", "-gff3", "-noCheckCds", "-noCheckProtein", "-c", config, "-dataDir", folder,
                 "bench"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return ["snpEff", "-c", config, "-dataDir", folder, "-noStats", "-noLog", "bench"]

    def human(self):
        """Reads spread thinly over contigs as many and as long as GRCh38's with its decoys and HLA, and their bases."""
        folder = self.folder / f"human-seed{self.seed}"
        if not folder.exists():
            partial = pathlib.Path(f"{folder}.partial")
            shutil.rmtree(partial, ignore_errors=True)
            partial.mkdir()
            print(f"generating {folder.name}", file=sys.stderr)
            write_human(partial, random.Random(self.seed))
            partial.rename(folder)
        return folder / "sample.bam", folder / "genome.fa"

