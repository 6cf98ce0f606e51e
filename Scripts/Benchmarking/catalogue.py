"""The jobs there are, by the names that bench.json and the table's rows call them."""

from jobs_alignments import bam_jobs
from jobs_annotation import annotate_jobs
from jobs_cases import tier_jobs
from jobs_reads import fastq_jobs
from jobs_variants import vcf_jobs

MAKERS = {"vcf": vcf_jobs, "annotate": annotate_jobs, "fastq": fastq_jobs, "bam": bam_jobs, "tier": tier_jobs}

_ONE = ["stats-samples", "stats-sites", "filter", "normalise", "normalise-bgzf", "process", "check-process"]
_NAMES = {
    "vcf": [f"{name}.{which}" for name in _ONE + ["annotate-process"] for which in ["one", "cohort"]],
    "annotate": ["cache", "sources", "sources-bgzf", "genes"],
    "fastq": ["metrics", "write", "fastqc"],
    "bam": ["flagstat", "collectors", "human"],
    "tier": ["run", "reanalyse"],
    "kb": ["person", "people"],
}
# On a laboratory's own files.
_OWN = {"vcf": [f"{name}.one" for name in _ONE], "fastq": _NAMES["fastq"], "bam": ["flagstat", "collectors"]}

JOBS = {f"{group}.{name}" for group, names in _NAMES.items() for name in names}
JOBS |= {f"own.{group}.{name}" for group, names in _OWN.items() for name in names}


def made(groups, options, data):
    """The jobs of some groups; data are generated while they are made."""
    jobs = [job for group in groups if group in MAKERS for job in MAKERS[group](options, data)]
    unknown = [job.id for job in jobs if job.id not in JOBS]
    assert not unknown, f"not in the catalogue: {unknown}"
    return jobs
