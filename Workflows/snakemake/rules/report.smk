"""The batch's report, from how each case ended."""


rule report:
    input:
        expand(f"{STATE}/{{case}}.state", case=CASE_FILES),
    output:
        f"{OUT}/batch.html",
        f"{OUT}/batch.json",
    params:
        # A case that leaves the sheet leaves the report.
        cases=sorted(CASE_FILES),
    shell:
        "{RUN} --report-only"
