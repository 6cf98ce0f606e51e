#!/usr/bin/env python3
"""Folds a lake of `apus kb export` with Spark: the base's digest, and every allele's counts.

spark-submit fold.py LAKE [--counts FILE.tsv|FOLDER.parquet] [--no-digest] [--memory 4g]

Prints the digest, the same as `apus kb digest`. --counts writes AC, AN and the rest of `apus kb query`. Needs pyspark and
Java 17. Alone it runs on this machine's cores; on a cluster give `spark-submit --master …`, and name lake and Parquet on a
file system that all of it sees.
Exit codes: 65 the rows are not the base's, 66 no lake, 69 pyspark is missing.
"""

import argparse
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lake"))
import lake as shared  # noqa: E402


def session(memory):
    try:
        from pyspark import SparkConf
        from pyspark.sql import SparkSession
    except ImportError:
        shared.stop(69, "pyspark is not there; install it from PyPI, and Java 17")
    builder = SparkSession.builder.appName("apus-lake")
    if SparkConf().get("spark.master", None) is None:
        builder = builder.master("local[*]").config("spark.driver.bindAddress", "127.0.0.1").config(
            "spark.driver.host", "127.0.0.1").config("spark.ui.enabled", "false").config(
            "spark.driver.memory", memory).config("spark.sql.shuffle.partitions", str(4 * (os.cpu_count() or 1))).config(
            "spark.log.level", "ERROR").config("spark.ui.showConsoleProgress", "false")
    # Integers that overflow are an error, never a wrong count.
    spark = builder.config("spark.sql.ansi.enabled", "true").getOrCreate()
    # Those who fold people's blocks need it, too.
    spark.sparkContext.addPyFile(os.path.abspath(shared.__file__))
    return spark


def views(spark, folder):
    for table in shared.TABLES:
        frame = spark.read.parquet(os.path.join(folder, table))
        if table in ("callable", "places"):
            frame = frame.withColumnRenamed("start", "low").withColumnRenamed("end", "high")
        frame.createOrReplaceTempView(table)


# A person's rows of one bin are put together where they are; Python sees some 20,000 blocks of a genome, not its alleles.
STRETCH_BLOCKS = """
SELECT person, 0 AS section, refget, CAST(floor(low / 131072) AS BIGINT) AS bin, count(*) AS rows,
  array_join(transform(array_sort(collect_list(struct(low, high))), s -> concat_ws(' ', s.low, s.high)), ',') AS text
FROM callable GROUP BY person, refget, floor(low / 131072)
"""
ALLELE_BLOCKS = """
SELECT person, 1 AS section, refget, CAST(floor(start / 131072) AS BIGINT) AS bin, count(*) AS rows,
  array_join(transform(array_sort(collect_list(struct(start, reference, alternate, line))), s -> s.line), '\\n') AS text
FROM (SELECT person, refget, start, reference, alternate, {line} AS line FROM observations) o
GROUP BY person, refget, floor(start / 131072)
"""


def digests(base, people):
    """Takes the blocks of whole people, in order, and gives each person's digest."""

    def fold(rows):
        last, sections = None, None
        for row in rows:
            if row.person != last:
                if last is not None:
                    yield last, shared.contribution_digest(base, people[last], *sections)
                last, sections = row.person, (shared.Stretches(), shared.Section())
            if row.section == 0:
                for stretch in row.text.split(","):
                    low, high = stretch.split(" ")
                    sections[0].stretch(row.refget, int(low), int(high))
            else:
                sections[1].add(row.refget, (row.text + "\n").encode(), row.rows)
        if last is not None:
            yield last, shared.contribution_digest(base, people[last], *sections)

    return fold


def digest(spark):
    base = [row.asDict() for row in spark.sql("SELECT * FROM base").collect()]
    if len(base) != 1:
        shared.stop(65, "the lake's base table does not have one row; export the base again")
    base = base[0]
    columns = "person, sex, callability, annotation, details"
    people = {row.person: row.asDict() for row in spark.sql(f"SELECT {columns} FROM people").collect()}
    blocks = spark.sql(f"{STRETCH_BLOCKS} UNION ALL {ALLELE_BLOCKS.format(line=shared.ALLELE_LINE)}")
    found = dict(
        blocks.repartition("person").sortWithinPartitions("person", "section", "refget", "bin").rdd.mapPartitions(
            digests(base, people)).collect())
    for person, row in people.items():
        if person not in found:
            found[person] = shared.contribution_digest(base, row, shared.Stretches(), shared.Section())
    events = [row.event for row in spark.sql("SELECT event FROM classifications").collect()]
    return shared.base_digest(base, list(found.values()), events)


def write_counts(spark, path):
    frame = spark.sql(shared.counts_sql())
    if path.endswith(".parquet"):
        frame.write.parquet(path)
        return
    partial = path + ".partial"
    with open(partial, "w", encoding="utf-8") as file:
        file.write("\t".join(shared.COLUMNS) + "\n")
        for row in frame.toLocalIterator():
            file.write("\t".join(str(row[column]) for column in shared.COLUMNS) + "\n")
    os.replace(partial, path)


def main():
    parser = argparse.ArgumentParser(usage="%(prog)s LAKE [--counts FILE] …", description=__doc__.split("\n\n")[0])
    parser.add_argument("lake")
    parser.add_argument("--counts", help="writes every allele's counts: FILE.tsv, or FOLDER.parquet")
    parser.add_argument("--no-digest", action="store_true", help="counts alone")
    parser.add_argument("--memory", default="4g", help="the driver's memory where it runs alone")
    options = parser.parse_args()
    read = shared.document(options.lake)
    spark = session(options.memory)
    try:
        views(spark, os.path.join(options.lake, f"generation-{read.get('generation')}"))
        if options.counts:
            write_counts(spark, options.counts)
        if not options.no_digest:
            shared.finish(options.lake, read, digest(spark))
    finally:
        spark.stop()


if __name__ == "__main__":
    main()
