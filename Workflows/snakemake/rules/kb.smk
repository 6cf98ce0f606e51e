"""The knowledge base: one job, for SQLite has one writer, and network file systems have poor locks."""


rule kb_add:
    input:
        batch=f"{OUT}/batch.json",
        consent=config["consent"],
    output:
        # The base itself is not an output: Snakemake would remove it before the job.
        f"{STATE}/kb.tsv",
    log:
        f"{STATE}/log/kb.log",
    params:
        arguments=shlex.join(
            ["--apus", APUS, "--kb", config["kb"], "--purpose", config["purpose"], "--fasta", config["fasta"]]
            + [word for path in config["consent"] for word in ("--consent", path)]
        ),
    threads: 1
    resources:
        mem_mb=1024,
        runtime=60,
    shell:
        "{RETRY} {SCRIPTS}/contribute {params.arguments} --out {OUT} > {output} 2> {log}"
