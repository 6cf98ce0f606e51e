// Written to the nf-core convention for modules. Not executed: Nextflow's engine was not at hand where this was written.
process APUS_RUN {
    tag "$meta.id"
    label 'process_high'

    conda "${moduleDir}/environment.yml"
    container "${params.apus_container}"

    // One case: its sheet, whose data files are staged beside it under the names that the sheet gives them.
    input:
    tuple val(meta), path(samplesheet), path(data, stageAs: "data/*")
    tuple val(meta2), path(fasta)
    tuple val(meta3), path(cache)

    output:
    tuple val(meta), path("${prefix}")                       , emit: results
    tuple val(meta), path("${prefix}/*/case.json")           , emit: json
    tuple val(meta), path("${prefix}/*/case.html")           , emit: html
    tuple val(meta), path("${prefix}/*/manifest.json")       , emit: manifest
    tuple val(meta), path("${prefix}/**/*.vcf.gz")           , emit: vcf, optional: true
    tuple val(meta), path("${prefix}/**/*.vcf.gz.tbi")       , emit: tbi, optional: true
    tuple val("${task.process}"), val('apus'), eval("apus --version | sed 's/^apus //'"), topic: versions, emit: versions_apus

    when:
    task.ext.when == null || task.ext.when

    // apus exits with 69, 74, 75, 130 or 143 where another attempt may go better; in a pipeline's configuration:
    //   errorStrategy = { task.exitStatus in [69, 74, 75, 130, 143] ? 'retry' : 'finish' }
    script:
    def args = task.ext.args ?: ''
    prefix = task.ext.prefix ?: "${meta.id}"
    def cache_argument = cache ? "--cache ${cache}" : ''
    """
    apus run \\
        --samplesheet ${samplesheet} \\
        --fasta ${fasta} \\
        ${cache_argument} \\
        --threads ${task.cpus} \\
        --out ${prefix} \\
        --log-format json \\
        ${args}
    """

    stub:
    prefix = task.ext.prefix ?: "${meta.id}"
    """
    mkdir -p ${prefix}/case
    touch ${prefix}/case/case.json ${prefix}/case/case.html ${prefix}/case/manifest.json
    """
}
