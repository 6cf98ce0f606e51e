import EngineTestSupport
import GenomicFiles
import Genomics
import Testing
import Variants

/// Where `apus vcf norm` differs from `bcftools norm` 1.16 on purpose: both outputs, as `Docs/vcf-norm.md` lists them.
@Suite(.enabled(if: Peer.areInstalled("bcftools"))) struct DifferenceTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var arguments: [String] = ["-m-"]
    /// CHROM and ID left out: POS REF ALT QUAL FILTER INFO FORMAT and a sample.
    var input: [String]
    var ours: [String]
    /// nil where the run fails.
    var theirs: [String]?
    var testDescription: String { name }
  }

  static let cases = [
    Case(
      name: "no reference allele is invented", input: ["2 C A,G . PASS AC=1,2 GT:AD 1/2:5,6,7"],
      ours: [
        "2 C A . PASS AC=1;APUS_ORIG=c|2|C|A&G|1 GT:AD:AD_OTHER 1/.:5,6:7",
        "2 C G . PASS AC=2;APUS_ORIG=c|2|C|A&G|2 GT:AD:AD_OTHER ./1:5,7:6",
      ], theirs: ["2 C A . PASS AC=1 GT:AD 1/0:5,6", "2 C G . PASS AC=2 GT:AD 0/1:5,7"]),
    Case(
      name: "an overlapping deletion is no record", input: ["2 C A,* . PASS AC=1,2 GT:AD 1/2:5,6,7"],
      ours: [
        "2 C A . PASS AC=1;APUS_REST=AC|1,2;APUS_ORIG=c|2|C|A&*|1 GT:APUS_REST:AD:AD_OTHER 1/.:GT|1/2|AD|5,6,7:5,6:7"
      ], theirs: ["2 C A . PASS AC=1 GT:AD 1/0:5,6", "2 C * . PASS AC=2 GT:AD 0/1:5,7"]),
    Case(
      name: "bases beside an unspecified allele stay", input: ["2 C A,<NON_REF> . PASS AC=1,2 GT:AD 0/1:5,6,7"],
      ours: ["2 C A,<NON_REF> . PASS AC=1,2 GT:AD 0/1:5,6,7"],
      theirs: ["2 C A . PASS AC=1 GT:AD 0/1:5,6", "2 C <NON_REF> . PASS AC=2 GT:AD 0/0:5,7"]),
    Case(
      name: "letters become upper case", input: ["2 c a . PASS AC=1 GT 0/1"], ours: ["2 C A . PASS AC=1 GT 0/1"],
      theirs: ["2 c a . PASS AC=1 GT 0/1"]),
    Case(
      name: "a lone dot is a list", input: ["2 C A,G . PASS AC=. GT 0/1"],
      ours: [
        "2 C A . PASS AC=.;APUS_ORIG=c|2|C|A&G|1 GT 0/1", "2 C G . PASS AC=.;APUS_ORIG=c|2|C|A&G|2 GT 0/.",
      ], theirs: nil),
    Case(
      name: "what is not split is not written again", input: ["2 C A 3.50 PASS S=a GT:AD 0/1"],
      ours: ["2 C A 3.50 PASS S=a GT:AD 0/1"], theirs: ["2 C A 3.5 PASS S=a GT:AD 0/1:."]),
    Case(
      name: "shifting makes no duplicate", input: ["5 TT T . PASS AC=1 GT 0/1", "6 TT T . PASS AC=1 GT 0/1"],
      ours: ["3 GT G . PASS AC=1 GT 0/1"], theirs: ["3 GT G . PASS AC=1 GT 0/1", "3 GT G . PASS AC=1 GT 0/1"]),
    Case(
      name: "atoms of several alleles", arguments: ["-a", "-m-"], input: ["2 CGT TGA,C . PASS AC=1,2 GT:AD 1|2:5,6,7"],
      ours: [
        "2 C T . PASS AC=1;APUS_ORIG=c|2|CGT|TGA&C|1;APUS_ATOM=c|2|CGT|TGA|1|2 GT:AD:AD_OTHER 1|.:5,6:7",
        "2 CGT C . PASS AC=2;APUS_ORIG=c|2|CGT|TGA&C|2 GT:AD:AD_OTHER .|1:5,7:6",
        "4 T A . PASS AC=1;APUS_ORIG=c|2|CGT|TGA&C|1;APUS_ATOM=c|2|CGT|TGA|2|2 GT:AD:AD_OTHER 1|.:5,6:7",
      ],
      theirs: [
        "2 C T . PASS AC=1 GT:AD 1|0:5,6", "2 C * . PASS AC=. GT:AD 0|1:5,.", "2 CGT C . PASS AC=2 GT:AD 0|1:5,7",
        "2 CGT * . PASS AC=. GT:AD 1|0:5,.", "4 T A . PASS AC=1 GT:AD 1|0:5,6", "4 T * . PASS AC=. GT:AD 0|1:5,.",
      ]),
  ]

  @Test(arguments: cases)
  func `both outputs`(difference: Case) async throws {
    func line(_ text: String) -> VCFLine {
      var columns = text.split(separator: " ").map(String.init)
      columns.insert("c", at: 0)
      columns.insert(".", at: 2)
      return VCFLine(columns.joined(separator: "\t"))
    }
    let file = VCFCase(
      genome: [("c", "ACGTTTTACGATCCCATG")], lines: difference.input.map(line), samples: ["s"])
    let folder = try ScratchFolder()
    let ours = try await file.run(splits: true, atomizes: difference.arguments.contains("-a"), folder: folder).lines
    #expect(ours == difference.ours.map(line))
    let output = try Peer.run(
      "bcftools", ["norm", "-f", folder.path("ref.fa")] + difference.arguments + [folder.path("in.vcf")])
    if let theirs = difference.theirs {
      #expect(dataLines(output.text) == theirs.map(line))
    } else {
      #expect(output.status != 0)
    }
  }
}
