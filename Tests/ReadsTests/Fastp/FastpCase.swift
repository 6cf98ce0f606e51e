import GenomicFiles
import Reads
import Testing

/// Options of fastp, and what Apus takes for them.
struct FastpCase: CustomTestStringConvertible, Sendable {
  var testDescription: String
  var arguments: [String]
  var options: ReadOptions
  /// Whether it says something of pairs alone.
  var needsPairs = false

  init(_ arguments: String, needsPairs: Bool = false, _ change: (inout ReadOptions) -> Void) {
    testDescription = arguments.isEmpty ? "defaults" : arguments
    self.arguments = arguments.split(separator: " ").map(String.init)
    self.needsPairs = needsPairs
    options = ReadOptions()
    change(&options)
  }

  /// The same for single reads: both programs then look for an adapter that was not given.
  var single: FastpCase {
    var single = self
    single.options.adapters.detects = true
    return single
  }

  private static let first = Array("AGATCGGAAGAGCACACGTCTGAACTCCAGTCA".utf8)
  private static let second = Array("AGATCGGAAGAGCGTCGTGTAGGGAAAGAGTGT".utf8)

  /// Cuts and tails.
  static let trimming: [FastpCase] = [
    FastpCase("") { _ in },
    FastpCase("--cut_right") { $0.cutRight = .init() },
    FastpCase("--cut_front --cut_tail") {
      $0.cutFront = .init()
      $0.cutTail = .init()
    },
    FastpCase("-5 -3 -r -W 7 -M 28 --cut_front_window_size 1") {
      $0.cutFront = .init(size: 1, meanQuality: 28)
      $0.cutTail = .init(size: 7, meanQuality: 28)
      $0.cutRight = .init(size: 7, meanQuality: 28)
    },
    FastpCase("-g") { $0.polyG = .always },
    FastpCase("-g --poly_g_min_len 3") {
      $0.polyG = .always
      $0.polyGLength = 3
    },
    FastpCase("-x") { $0.polyX = 10 },
    FastpCase("-x --poly_x_min_len 4 -g") {
      $0.polyX = 4
      $0.polyG = .always
    },
    FastpCase("-f 3 -t 5 -b 60") {
      $0.cut1.front = 3; $0.cut1.tail = 5; $0.cut1.longest = 60; $0.cut2 = $0.cut1
    },
    FastpCase("-f 2 -F 7 -t 1 -T 4 -b 90 -B 70", needsPairs: true) {
      ($0.cut1.front, $0.cut2.front) = (2, 7)
      ($0.cut1.tail, $0.cut2.tail) = (1, 4)
      ($0.cut1.longest, $0.cut2.longest) = (90, 70)
    },
  ]

  /// Adapters and overlaps.
  static let adapters: [FastpCase] = [
    FastpCase(
      "--adapter_sequence \(String(decoding: first, as: UTF8.self)) --adapter_sequence_r2 \(String(decoding: second, as: UTF8.self))",
      needsPairs: true
    ) {
      $0.adapters.sequence1 = first
      $0.adapters.sequence2 = second
    },
    FastpCase("-a AGATCGGAAGAGC") {
      $0.adapters.sequence1 = Array("AGATCGGAAGAGC".utf8)
      $0.adapters.sequence2 = Array("AGATCGGAAGAGC".utf8)
    },
    FastpCase("-a AGATC -L") {
      $0.adapters.sequence1 = Array("AGATC".utf8)
      $0.adapters.sequence2 = Array("AGATC".utf8)
      $0.length = nil
    },
    FastpCase("--detect_adapter_for_pe", needsPairs: true) { $0.adapters.detects = true },
    FastpCase("-A") { $0.adapters.isEnabled = false },
    FastpCase("-c", needsPairs: true) { $0.correctsBases = true },
    FastpCase("-c -A --overlap_len_require 12 --overlap_diff_limit 9 --overlap_diff_percent_limit 33", needsPairs: true)
    {
      $0.correctsBases = true
      $0.adapters.isEnabled = false
      $0.overlap.shortest = 12
      $0.overlap.differences = 9
      $0.overlap.differencePercent = 33
    },
  ]

  /// Filters.
  static let filters: [FastpCase] = [
    FastpCase("-l 50 --length_limit 120 -n 1") {
      $0.length?.shortest = 50
      $0.length?.longest = 120
      $0.quality?.mostN = 1
    },
    FastpCase("-y") { $0.complexityPercent = 30 },
    FastpCase("-y -Y 70 -L") {
      $0.complexityPercent = 70
      $0.length = nil
    },
    FastpCase("-e 25") { $0.quality?.mean = 25 },
    FastpCase("-q 30 -u 10") {
      $0.quality?.qualified = 30
      $0.quality?.unqualifiedPercent = 10
    },
    FastpCase("-A -Q -L -G") {
      $0.adapters.isEnabled = false
      $0.quality = nil
      $0.length = nil
      $0.polyG = .never
    },
    FastpCase("-f 3 -t 5 -c -r -5 -x -y -e 25 -g -l 30 -a AGATCGGAAGAGC", needsPairs: true) {
      $0.cut1.front = 3
      $0.cut1.tail = 5
      $0.cut2 = $0.cut1
      $0.correctsBases = true
      $0.cutRight = .init()
      $0.cutFront = .init()
      $0.polyX = 10
      $0.complexityPercent = 30
      $0.quality?.mean = 25
      $0.polyG = .always
      $0.length?.shortest = 30
      $0.adapters.sequence1 = Array("AGATCGGAAGAGC".utf8)
      $0.adapters.sequence2 = $0.adapters.sequence1
    },
  ]

  /// Molecular identifiers; all places that there are.
  static let identifiers: [FastpCase] = [
    identifier("index1", .index1), identifier("index2", .index2, needsPairs: true),
    identifier("read1", .read1, length: 8), identifier("read2", .read2, length: 5, needsPairs: true),
    identifier("read1", .read1, length: 6, skipped: 3, prefix: "UMI"),
    identifier("per_index", .perIndex, needsPairs: true),
    identifier("per_index", .perIndex, prefix: "X", needsPairs: true),
    identifier("per_read", .perRead, length: 7, skipped: 2, needsPairs: true),
    identifier("per_read", .perRead, length: 30, needsPairs: true),
  ]

  private static func identifier(
    _ name: String, _ place: MolecularIdentifiers.Place, length: Int = 0, skipped: Int = 0, prefix: String = "",
    needsPairs: Bool = false
  ) -> FastpCase {
    var arguments = "--umi --umi_loc=\(name)"
    if length > 0 { arguments += " --umi_len=\(length)" }
    if skipped > 0 { arguments += " --umi_skip=\(skipped)" }
    if !prefix.isEmpty { arguments += " --umi_prefix=\(prefix)" }
    return FastpCase(arguments, needsPairs: needsPairs) {
      $0.molecularIdentifiers = MolecularIdentifiers(place: place, length: length, skipped: skipped, prefix: prefix)
    }
  }

  static let all = trimming + adapters + filters + identifiers

  /// Those that large sets tell more of.
  static let forLargeSets: [FastpCase] = all.filter {
    let first = $0.arguments.first ?? "defaults"
    return ["defaults", "--cut_right", "-x", "-l", "-c", "--detect_adapter_for_pe", "--adapter_sequence"].contains(
      first)
  }
}
