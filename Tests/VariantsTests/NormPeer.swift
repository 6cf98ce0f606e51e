import EngineTestSupport
import Testing

/// What `bcftools norm` makes of the case that lies in a folder.
func bcftoolsNorm(_ folder: ScratchFolder, _ arguments: String...) throws -> [VCFLine] {
  dataLines(try bcftoolsNormText(folder, arguments))
}

/// The same as text.
func bcftoolsNormText(_ folder: ScratchFolder, _ arguments: [String]) throws -> String {
  let output = try Peer.run("bcftools", ["norm", "-f", folder.path("ref.fa")] + arguments + [folder.path("in.vcf")])
  #expect(output.status == 0, "\(output.errors)")
  return output.text
}

/// A line with missing lists and dropped trailing fields in one form, so that two programs' texts compare.
func canonical(_ line: VCFLine) -> VCFLine {
  func short(_ value: String) -> String { value.utf8.allSatisfy { $0 == 46 || $0 == 44 } ? "." : value }
  var line = line
  // bcftools leaves the case of bases as it is.
  for column in 3...4 { line.columns[column] = line.columns[column].uppercased() }
  line.columns[7] = line.columns[7].split(separator: ";").map { entry in
    guard let equals = entry.firstIndex(of: "=") else { return String(entry) }
    return entry[...equals] + short(String(entry[entry.index(after: equals)...]))
  }.joined(separator: ";")
  for column in 9..<max(9, line.columns.count) {
    var fields = line.columns[column].split(separator: ":", omittingEmptySubsequences: false).map {
      short(String($0))
    }
    while fields.count > 1, fields.last == "." { fields.removeLast() }
    line.columns[column] = fields.joined(separator: ":")
  }
  return line
}

/// The data lines of two texts that are not in both, each as often as it is not: most are, and need not be cut up.
func surplusLines(_ ours: String, _ theirs: String) -> (ours: [VCFLine], theirs: [VCFLine]) {
  func lines(_ text: String) -> [Substring] { text.split(separator: "\n").filter { !$0.hasPrefix("#") } }
  func surplus(_ lines: [Substring], over others: [Substring]) -> [VCFLine] {
    var counts: [Substring: Int] = [:]
    for line in others { counts[line, default: 0] += 1 }
    return lines.filter { line in
      guard let count = counts[line], count > 0 else { return true }
      counts[line] = count - 1
      return false
    }.map { VCFLine($0) }
  }
  let (mine, other) = (lines(ours), lines(theirs))
  return (surplus(mine, over: other), surplus(other, over: mine))
}

/// Compares lines without regard to their order. bcftools sorts in a window of 1,000 bases, so its order is not ours.
/// - Parameters:
///   - our: what makes our line comparable; lines that are the same as they stand are not looked at.
func expectSame(
  _ ours: [VCFLine], _ theirs: [VCFLine], our: (VCFLine) -> VCFLine = { $0 }, their: (VCFLine) -> VCFLine = { $0 },
  sourceLocation: SourceLocation = #_sourceLocation
) {
  func surplus(_ lines: [VCFLine], over others: [VCFLine]) -> [VCFLine] {
    var counts: [VCFLine: Int] = [:]
    for line in others { counts[line, default: 0] += 1 }
    return lines.filter { line in
      guard let count = counts[line], count > 0 else { return true }
      counts[line] = count - 1
      return false
    }
  }
  let mine = surplus(ours, over: theirs).map(our)
  let other = surplus(theirs, over: ours).map(their)
  let onlyOurs = surplus(mine, over: other).map(\.description).sorted()
  let onlyTheirs = surplus(other, over: mine).map(\.description).sorted()
  #expect(ours.count == theirs.count, sourceLocation: sourceLocation)
  let differs = !onlyOurs.isEmpty || !onlyTheirs.isEmpty
  #expect(
    !differs,
    "\(onlyOurs.count) ours:\n\(onlyOurs.prefix(3).joined(separator: "\n"))\n\(onlyTheirs.count) theirs:\n\(onlyTheirs.prefix(3).joined(separator: "\n"))",
    sourceLocation: sourceLocation)
}
