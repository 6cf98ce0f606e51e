import GenomicFiles

/// The sections of `samtools stats`, in its order. Data lines are its bytes.
struct StatsText {
  let stats: SamtoolsStats
  let walk: SamtoolsStatsWalk?
  private let isSorted: Bool
  private let insert: InsertSizes.Summary
  /// Quality columns are these and one more.
  let columns: Int
  private let qualitySum: Double
  var text = TextBuffer()

  /// - Parameter walk: what depends on coordinate order; nil where the records are in another.
  init(_ stats: SamtoolsStats, walk: SamtoolsStatsWalk?, isSorted: Bool) {
    self.stats = stats
    self.walk = walk
    self.isSorted = isSorted
    var inserts = stats.inserts[0]
    inserts.merge(stats.inserts[1])
    insert = inserts.summary
    var histogram = stats.qualities[0].histogram
    for (quality, count) in stats.qualities[1].histogram.enumerated() { histogram[quality] += count }
    columns = min((histogram.lastIndex { $0 > 0 } ?? 0) + 1, 255)
    qualitySum = histogram.enumerated().reduce(0) { $0 + Double($1.offset) * Double($1.element) }
  }

  /// All sections.
  mutating func render() -> [UInt8] {
    text.append("# This file was produced by samtools stats' rules in Apus; data lines equal samtools 1.16.1\n")
    text.append("# This file contains statistics for all reads.\n")
    addChecksums()
    addSummary()
    addQualities("FFQ", "First Fragment Qualities", stats.qualities[0], stats.counts.longest.x)
    addQualities("LFQ", "Last Fragment Qualities", stats.qualities[1], stats.counts.longest.y)
    if let walk { addMismatches(walk) }
    addGC("GCF", "first", stats.gc[0])
    addGC("GCL", "last", stats.gc[1])
    addBases()
    addBarcodes()
    addInserts()
    addLengths()
    addIndels()
    if let walk {
      addCoverage(walk)
      addGCDepth(walk)
    }
    return text.bytes
  }

  func heading(_ section: String, _ title: String) -> String {
    "# \(title). Use `grep ^\(section) | cut -f 2-` to extract this part.\n"
  }

  private mutating func addChecksums() {
    text.append("# CHK, Checksum\t[2]Read Names\t[3]Sequences\t[4]Qualities\n")
    text.append("# CHK, CRC32 of reads which passed filtering followed by addition (32bit overflow)\nCHK")
    for index in 0..<3 {
      let digits = String(stats.counts.checksums[index], radix: 16)
      text.append("\t" + String(repeating: "0", count: 8 - digits.count) + digits)
    }
    text.endLine()
  }

  private mutating func add(_ label: String, _ number: Int, _ note: String = "") {
    text.append("SN\t\(label):\t\(number)\(note.isEmpty ? "" : "\t# " + note)\n")
  }

  private mutating func add(_ label: String, _ number: Double, _ format: StaticString, _ note: String = "") {
    text.append("SN\t\(label):\t")
    text.append(number, format)
    text.append(note.isEmpty ? "\n" : "\t# \(note)\n")
  }

  private mutating func addSummary() {
    let counts = stats.counts
    let sequences = counts.sequences
    text.append(heading("SN", "Summary Numbers"))
    add("raw total sequences", sequences, "excluding supplementary and secondary reads")
    add("filtered sequences", 0)
    add("sequences", sequences)
    add("is sorted", isSorted ? 1 : 0)
    add("1st fragments", counts.reads.x)
    add("last fragments", counts.reads.y)
    add("reads mapped", counts.mappedPaired + counts.mappedSingle)
    add("reads mapped and paired", counts.mappedPaired, "paired-end technology bit set + both mates mapped")
    add("reads unmapped", counts.unmapped)
    add("reads properly paired", counts.properlyPaired, "proper-pair bit set")
    add("reads paired", counts.paired, "paired-end technology bit set")
    add("reads duplicated", counts.duplicates, "PCR or optical duplicate bit set")
    add("reads MQ0", counts.mappingQuality0, "mapped and MQ=0")
    add("reads QC failed", counts.failed)
    add("non-primary alignments", counts.secondary)
    add("supplementary alignments", counts.supplementary)
    add("total length", counts.totalBases, "ignores clipping")
    add("total first fragment length", counts.bases.x, "ignores clipping")
    add("total last fragment length", counts.bases.y, "ignores clipping")
    add("bases mapped", counts.mappedBases, "ignores clipping")
    add("bases mapped (cigar)", counts.alignedBases, "more accurate")
    add("bases trimmed", 0)
    add("bases duplicated", counts.duplicateBases)
    add("mismatches", counts.mismatches, "from NM fields")
    // In single precision, as samtools divides; a negative sum is a large unsigned number to it.
    let errors = Float(UInt64(bitPattern: Int64(counts.mismatches)))
    add(
      "error rate", counts.alignedBases == 0 ? 0 : Double(errors / Float(counts.alignedBases)), "%e",
      "mismatches / bases mapped (cigar)")
    add("average length", Double(averageLength), "%.0f")
    add("average first fragment length", Self.average(counts.bases.x, counts.reads.x), "%.0f")
    add("average last fragment length", Self.average(counts.bases.y, counts.reads.y), "%.0f")
    add("maximum length", counts.longest.max())
    add("maximum first fragment length", counts.longest.x)
    add("maximum last fragment length", counts.longest.y)
    add("average quality", counts.totalBases == 0 ? 0 : qualitySum / Double(counts.totalBases), "%.1f")
    add("insert size average", insert.mean, "%.1f")
    add("insert size standard deviation", insert.deviation, "%.1f")
    add("inward oriented pairs", insert.pairs.inward)
    add("outward oriented pairs", insert.pairs.outward)
    add("pairs with other orientation", insert.pairs.other)
    add("pairs on different chromosomes", counts.apart / 2)
    let share = sequences == 0 ? 0 : Float(100 * counts.properlyPaired) / Float(sequences)
    add("percentage of properly paired reads (%)", Double(share), "%.1f")
  }

  /// Of all reads, in whole bases: samtools divides integers here, and floats below.
  private var averageLength: Float {
    stats.counts.sequences == 0 ? 0 : Float(stats.counts.totalBases / stats.counts.sequences)
  }

  private static func average(_ bases: Int, _ reads: Int) -> Double {
    reads == 0 ? 0 : Double(Float(bases) / Float(reads))
  }

  private mutating func addInserts() {
    text.append(heading("IS", "Insert sizes"))
    for (size, pairs) in insert.sizes.enumerated() {
      text.append("IS\t\(size)\t\(pairs.total)\t\(pairs.inward)\t\(pairs.outward)\t\(pairs.other)\n")
    }
  }

  private mutating func addLengths() {
    var all = stats.lengths[0]
    all.merge(stats.lengths[1])
    all.merge(stats.lengths[2])
    let sections = [
      ("RL", "Read lengths", all), ("FRL", "Read lengths - first fragments", stats.lengths[0]),
      ("LRL", "Read lengths - last fragments", stats.lengths[1]),
    ]
    for (section, title, lengths) in sections {
      text.append(heading(section, title))
      for (length, count) in lengths.sorted { text.append("\(section)\t\(length)\t\(count)\n") }
    }
  }

  private mutating func addIndels() {
    let indels = stats.indels
    text.append(heading("ID", "Indel distribution"))
    for index in indels.insertions.indices where indels.insertions[index] + indels.deletions[index] > 0 {
      text.append("ID\t\(index + 1)\t\(indels.insertions[index])\t\(indels.deletions[index])\n")
    }
    text.append(heading("IC", "Indels per cycle"))
    for (cycle, counts) in indels.cycles.enumerated() where counts != .zero {
      text.append("IC\t\(cycle + 1)\t\(counts.x)\t\(counts.y)\t\(counts.z)\t\(counts.w)\n")
    }
  }

  private mutating func addCoverage(_ walk: SamtoolsStatsWalk) {
    text.append(heading("COV", "Coverage distribution"))
    for (depth, bases) in walk.coverage.enumerated() where depth > 0 && bases > 0 {
      if depth <= SamtoolsStatsWalk.largestDepth {
        text.append("COV\t[\(depth)-\(depth)]\t\(depth)\t\(bases)\n")
      } else {
        text.append("COV\t[\(depth - 1)<]\t\(depth - 1)\t\(bases)\n")
      }
    }
  }

  private mutating func addGCDepth(_ walk: SamtoolsStatsWalk) {
    text.append(heading("GCD", "GC-depth"))
    for row in walk.gcDepth.rows(averageLength: averageLength) {
      text.append("GCD")
      text.append(tab: row[0], "%.1f")
      for value in row.dropFirst() { text.append(tab: value, "%.3f") }
      text.endLine()
    }
  }
}
