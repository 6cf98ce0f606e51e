"""One case: an `apus run` that goes on from what its manifest proves."""


rule case:
    input:
        files=lambda wildcards: CASE_FILES[wildcards.case],
        shared=[config["fasta"], *([config["cache"]] if config["cache"] else []), *config["watched"]],
    output:
        # Snakemake removes a job's outputs before it starts. The case's own files are not among them: apus keeps of them
        # what it can prove.
        f"{STATE}/{{case}}.state",
    log:
        f"{STATE}/log/{{case}}.log",
    params:
        # A row that changes is a reason to run the case again.
        rows=lambda wildcards: CASE_ROWS[wildcards.case],
    wildcard_constraints:
        case="[A-Za-z0-9_][A-Za-z0-9._-]*",
    threads: lambda wildcards: need(wildcards.case, "threads")
    priority: lambda wildcards: PRIORITY.get(ESTIMATES[wildcards.case]["urgency"], 0)
    resources:
        mem_mb=lambda wildcards: int(need(wildcards.case, "memory_mb") * config["memory_factor"]),
        disk_mb=lambda wildcards: need(wildcards.case, "disk_mb"),
        runtime=lambda wildcards: max(config["least_minutes"], need(wildcards.case, "minutes_to")),
    shell:
        # Threads are said: a task of an array does not get SLURM_CPUS_PER_TASK from Snakemake.
        "{RETRY} {RUN} {OPTIONS} --case {wildcards.case} --resume --threads {threads} --log-format json"
        " > {output} 2> {log}"
