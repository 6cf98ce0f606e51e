"""Tests of what Scripts/bench writes and judges: python3 Scripts/Benchmarking/tests.py. Nothing is measured here."""

import copy
import json
import pathlib
import sys
import tempfile
import unittest
import unittest.mock

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import catalogue
import measuring
import options
import record
import scaling
import table
import thresholds
from places import ROWS

MACHINE = {"cpu": "Example 9000", "cores": 8, "memory_gib": 64, "kernel": "Linux 6.1", "architecture": "x86_64"}
VERSIONS = {"Apus": "1.2.3 at v1.2.3", "bcftools": "1.16", "mosdepth": "not installed"}


def command(label, role, walls, cpus, **more):
    rounds = [{"wall_s": wall, "cpu_s": cpu, "peak_mb": 10.0} for wall, cpu in zip(walls, cpus)]
    return {"label": label, "role": role, "command": label, "rounds": rounds, **more}


def job(name, commands, versions=VERSIONS, threads=2):
    return {
        "id": name, "title": name, "commands": commands, "machine": MACHINE, "versions": versions,
        "options": {"threads": threads, "pairs": 2_000_000, "fastq_container": "gzip"}}


def made_up():
    """Two jobs of one session: two rounds whose ratios are told by hand."""
    def stats(name, records):
        return job(name, [
            command("apus vcf stats", "apus", [1, 2, 3], [2, 2, 2], records=records),
            command("bcftools stats", "peer", [4, 4, 4], [8, 5, 4]),
            command("inflate only", "floor", [1, 1, 1], [1, 0.5, 2])])
    return {"schema": record.SCHEMA, "scaling": [], "jobs": [
        stats("vcf.stats-samples.one", 1_310_000), stats("vcf.stats-samples.cohort", 100_000)]}


ROW = {
    "job": "statistics, {0.records} records; {1.records}", "peer": "`bcftools stats`",
    "columns": [
        {"job": "vcf.stats-samples.one", "to": "bcftools stats", "floor": "inflate only"},
        {"job": "vcf.stats-samples.cohort", "to": "bcftools stats", "floor": "inflate only"}],
    "note": "inflating is {1.wall:inflate only|bcftools stats} of its wall; {0.rounds}"}
UNMEASURED = {
    "job": "FASTQ metrics, {0.option:pairs} pairs", "peer": "`fastp`",
    "columns": [{"job": "fastq.metrics", "to": "fastp", "floor": "inflate only"}], "note": "words"}


class TableTests(unittest.TestCase):
    def test_renders_medians_of_the_rounds_ratios(self):
        self.assertEqual(table.rendered(made_up(), [ROW, UNMEASURED]), table.HEAD + """
| statistics, 1.3 M records; 0.1 M | `bcftools stats` | 0.50 · 0.40; 0.50 · 0.40 | 2.0; 2.0 \
| inflating is 0.25 of its wall; 3 rounds |
| FASTQ metrics, … pairs | `fastp` | not measured | | |

Generated data, 2 threads each, medians of 3 rounds after a warm-up on Example 9000, 8 cores, 64 GiB, Linux 6.1: \
Apus 1.2.3 at v1.2.3, bcftools 1.16. Two figures with a semicolon are of 1 sample and of 200.""")

    def test_a_part_that_is_missing_is_said_so(self):
        bench = made_up()
        del bench["jobs"][0]["commands"][1]["rounds"]
        self.assertIn("| not measured; 0.50 · 0.40 |", table.rendered(bench, [ROW]))

    def test_sessions_are_told_apart(self):
        bench = made_up()
        other = copy.deepcopy(bench["jobs"][0])
        other["id"], other["versions"] = "fastq.metrics", {**VERSIONS, "Apus": "1.3.0 at v1.3.0"}
        other["commands"][1]["label"] = "fastp"
        bench["jobs"].append(other)
        text = table.rendered(bench, [ROW, UNMEASURED])
        self.assertIn("Rows of vcf: generated data", text)
        self.assertIn("Rows of fastq: generated data", text)
        self.assertIn("Apus 1.3.0 at v1.3.0", text)
        bench["jobs"][1]["versions"] = other["versions"]
        text = table.rendered(bench, [ROW, UNMEASURED])
        self.assertIn("Rows of vcf.stats-samples.one: generated", text)
        self.assertIn("Rows of fastq, vcf.stats-samples.cohort: generated", text)

    def test_unknown_rows_commands_figures_and_jobs_are_refused(self):
        for change in [
                {"columns": [{"job": "vcf.no-such-job", "to": "x"}]},
                {"columns": [{"job": "vcf.stats-samples.one", "to": "no such command"}], "note": ""},
                {"note": "{0.nothing}"}, {"note": "{7.records}"}, {"note": "{0.Records}"},
                {"note": "{0.fact:transcripts}"}]:
            with self.subTest(change), self.assertRaises(record.BenchError):
                table.rendered(made_up(), [{**ROW, **change}])
        bench = made_up()
        bench["jobs"][0]["id"] = "vcf.from-the-future"
        with self.assertRaises(record.BenchError):
            table.rendered(bench, [ROW])

    def test_every_row_names_jobs_and_commands_that_there_are(self):
        class Data:
            def make(self, name, names, arguments):
                return [pathlib.Path("/data") / file for file in names]

            def cache(self, fasta, genes):
                return "cache"

            def plain(self, fasta):
                return fasta

            def snpeff(self, fasta, genes):
                return ["snpEff"]

        labels = {}
        for words in [["--sum"], ["--vcf", ROWS, "--fastq", ROWS, ROWS, "--bam", ROWS, "--fasta", ROWS]]:
            chosen = options.arguments([str(word) for word in words])
            with unittest.mock.patch("jobs_variants.records_of", return_value=1), \
                    unittest.mock.patch("jobs_annotation.records_of", return_value=1), \
                    unittest.mock.patch("jobs_annotation.transcripts_of", return_value=1), \
                    unittest.mock.patch("jobs_cases.records_of", return_value=1), \
                    unittest.mock.patch("jobs_cases.subprocess.run"), \
                    unittest.mock.patch("jobs_alignments.shutil.which", return_value="picard"):
                jobs = catalogue.made(chosen.groups, chosen, Data())
            labels.update({one.id: [command.label for command in one.commands] for one in jobs})
        self.assertEqual(set(labels) | {"kb.person", "kb.people", "bam.human"}, catalogue.JOBS)
        for row in json.loads(ROWS.read_text()):
            for column in row["columns"]:
                for label in [column["to"], column.get("floor", column["to"])]:
                    self.assertIn(label, labels[column["job"]], row["job"])
            for place in table.PLACE.finditer(row["job"] + row["note"]):
                for label in (place[3] or "").split("|") if place[2] in ["wall", "cpu", "bytes", "rate"] else []:
                    self.assertIn(label, labels[row["columns"][int(place[1])]["job"]])

    def test_only_what_lies_between_the_markers_changes(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "README.md"
            path.write_text(f"before\n{table.BEGIN}\nold\n{table.END}\nafter\n")
            table.update(path, "new")
            self.assertEqual(path.read_text(), f"before\n{table.BEGIN}\nnew\n{table.END}\nafter\n")
            for text in ["none", f"{table.END}\n{table.BEGIN}", table.BEGIN * 2 + table.END]:
                path.write_text(text)
                with self.assertRaises(record.BenchError):
                    table.update(path, "new")
                self.assertEqual(path.read_text(), text)


class RecordTests(unittest.TestCase):
    def test_a_run_becomes_json_without_folders_of_the_machine(self):
        def measured(label, role, walls):
            one = measuring.Command(label, role, ["/secret/data/x.vcf", "./.build/x"])
            return one, [measuring.Sample(wall, wall * 2, 5.0) for wall in walls]

        pairs = [measured("a", "apus", [1, 2]), measured("p", "peer", [2, 8])]
        whole = measuring.Job("vcf", "filter.one", "title", [one for one, _ in pairs], facts={"n": 1})
        for one, (_, samples) in zip(whole.commands, pairs):
            one.samples = samples
        chosen = options.arguments(["vcf"])
        shared = record.session(chosen, MACHINE, VERSIONS)
        found = record.job_json(whole, chosen, shared, pathlib.Path("/secret/data"), pathlib.Path("/tmp/x"))
        self.assertEqual(found["id"], "vcf.filter.one")
        self.assertEqual(found["commands"][0]["command"], "DATA/x.vcf ./.build/x")
        self.assertNotIn("secret", json.dumps(found))
        self.assertEqual(found["ratios"][0]["wall_s"], {"median": 0.375, "min": 0.25, "max": 0.5})
        self.assertEqual(found["commands"][1]["wall_s"], {"median": 5, "min": 2, "max": 8})
        self.assertEqual((found["machine"], found["versions"]), (MACHINE, VERSIONS))

    def test_what_one_job_measures_is_not_another_s(self):
        shared = measuring.Command("inflate only", "floor", [])
        one, two = (measuring.Job("vcf", name, name, [shared]) for name in ["a", "b"])
        one.commands[0].samples.append(1)
        self.assertEqual(two.commands[0].samples, [])

    def test_merging_replaces_jobs_of_the_same_name_alone(self):
        old = {"schema": record.SCHEMA, "jobs": [{"id": "a", "n": 1}, {"id": "b", "n": 1}], "scaling": [{"id": "a"}]}
        new = {"schema": record.SCHEMA, "jobs": [{"id": "b", "n": 2}, {"id": "c", "n": 2}], "scaling": []}
        found = record.merged(old, new)
        self.assertEqual([(one["id"], one["n"]) for one in found["jobs"]], [("a", 1), ("b", 2), ("c", 2)])
        self.assertEqual(found["scaling"], [{"id": "a"}])

    def test_another_schema_is_refused(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "bench.json"
            for text in ["{}", "[]", "no json", '{"schema": "apus-bench/2"}']:
                path.write_text(text)
                with self.assertRaises(record.BenchError):
                    record.load(path)

    def test_speed_up_and_efficiency(self):
        one, four = command("1", "apus", [8, 8], [8, 8]), command("4", "apus", [4, 2], [9, 9])
        one["wall_s"] = four["wall_s"] = {"median": 0}
        found = scaling.point(4, four, 1, one)
        self.assertEqual(found["speed_up"], {"median": 3, "min": 2, "max": 4})
        self.assertEqual(found["efficiency"], 0.75)
        self.assertEqual(found["cpu_s"]["median"], 1.125)


class ThresholdTests(unittest.TestCase):
    EXPECTED = {"scan": {"own": 1000, "all": 3000, "seen": 7}, "fold": {"own": 2000, "all": 2100, "seen": 8}}

    def judged(self, same=True, **changes):
        found = copy.deepcopy(self.EXPECTED)
        for name, change in changes.items():
            found[name].update(change)
        return thresholds.judged(found, self.EXPECTED, 0.05, same)

    def test_within_the_tolerance_passes(self):
        self.assertEqual(self.judged(scan={"own": 1049, "all": 3140})[1], [])

    def test_twenty_per_cent_more_fails_and_is_named(self):
        lines, failed = self.judged(fold={"own": 2400, "all": 2520})
        self.assertEqual(failed, ["fold"])
        self.assertIn("REGRESSION", next(line for line in lines if "fold" in line))

    def test_what_libraries_take_is_judged_where_they_are_the_same(self):
        self.assertEqual(self.judged(scan={"all": 3600})[1], ["scan"])
        self.assertEqual(self.judged(same=False, scan={"all": 3600})[1], [])
        self.assertEqual(self.judged(same=False, scan={"own": 1200})[1], ["scan"])

    def test_less_is_told_and_passes(self):
        lines, failed = self.judged(scan={"own": 800})
        self.assertEqual(failed, [])
        self.assertIn("record it again", lines[0])

    def test_other_work_and_loops_without_threshold_fail(self):
        self.assertEqual(self.judged(scan={"seen": 6})[1], ["scan"])
        self.assertEqual(thresholds.judged({"new": self.EXPECTED["scan"]}, self.EXPECTED, 0.05, True)[1], ["new"])

    def test_another_toolchain_is_no_pass(self):
        with self.assertRaises(thresholds.ThresholdError) as caught:
            thresholds.require_same({"swift": "6.3"}, {"swift": "6.4"}, "file")
        self.assertEqual(caught.exception.code, 69)

    def test_a_callgrind_file_is_added_up_by_object(self):
        text = "\n".join([
            "events: Ir", "summary: 0", "ob=(2) /lib/libc.so", "fn=(2) b", "0 100", "cob=(1) /bin/loops", "cfn=(1) a",
            "calls=3 0", "0 17", "ob=(1)", "fn=(1)", "0 10", "+1 2", "fn=(3) c", "* 5", "totals: 117"])
        self.assertEqual(thresholds.counted(text, "/bin/loops"), {"own": 17, "all": 117})
        with self.assertRaises(thresholds.ThresholdError):
            thresholds.counted("events: Ir\ntotals: 0\n", "/bin/loops")


if __name__ == "__main__":
    unittest.main()
