import Genomics

/// Which changes of a source's values matter to whoever asks.
public enum SourceRelevance: Sendable, Hashable {
  /// All.
  case any
  /// Those of alleles whose values, before or now, hold these letters, whatever their case.
  case mentioning(String)
}

/// Where alleles stand whose values in the sources of known variants differ between two caches of the same genes.
///
/// Sources are compared chunk by chunk: one with the same length and checksum is skipped, so that two releases that share
/// most of their content cost little.
public struct SourceDelta: Sendable {
  /// Starts of alleles that may be answered otherwise, counted from 0, by contig; ascending, each once. For a source of
  /// classified alleles also what lies around, since it is asked for a codon's other alleles.
  public private(set) var starts: [String: [Int]] = [:]
  /// Different alleles that changed, came or went, as far as they matter.
  public private(set) var alleles = 0

  /// Why the differences cannot be told by places alone: genes, contigs, sources or their fields differ.
  /// - Returns: nil where they can.
  public static func obstacle(
    from old: AnnotationCache, to new: AnnotationCache, _ before: [String: SourceRelevance],
    _ now: [String: SourceRelevance]
  ) -> String? {
    guard old.geneSectionDigests == new.geneSectionDigests else { return "the caches' genes or references differ" }
    guard before == now else { return "the caches have other sources of what the profile asks for" }
    for name in now.keys.sorted() {
      guard let one = old.sources.first(where: { $0.build.name == name }),
        let other = new.sources.first(where: { $0.build.name == name }),
        one.build.fields.map(\.key) == other.build.fields.map(\.key)
      else { return "the fields of \(name) differ" }
      guard one.build.contigs.keys == other.build.contigs.keys else { return "the contigs of \(name) differ" }
    }
    return nil
  }

  /// Compares two caches without an obstacle. Blocks.
  /// - Parameter relevance: the sources that are asked, by name; others are not compared.
  /// - Throws: `CacheError` of kind `damaged`.
  public init(
    from old: AnnotationCache, to new: AnnotationCache, _ relevance: [String: SourceRelevance]
  ) throws(CacheError) {
    for (index, contig) in new.contigs.contigs.enumerated() {
      var places: Set<Int> = []
      for (name, relevance) in relevance.sorted(by: { $0.key < $1.key }) {
        guard let one = old.sources.first(where: { $0.build.name == name }),
          let other = new.sources.first(where: { $0.build.name == name }), other.has(contig: index)
        else { continue }
        for window in 0..<KnownSource.chunkCount(contig)
        where one.fingerprint(contig: index, window: window) != other.fingerprint(contig: index, window: window) {
          let position = window << KnownChunkLayout.placeBits
          let changed = Self.changed(
            Self.rows(try one.chunk(contig: index, position: position), one.build.fields.count),
            Self.rows(try other.chunk(contig: index, position: position), other.build.fields.count), relevance)
          alleles += changed.count
          for key in changed {
            let start = position + Int(key >> AlleleCode.bits)
            places.insert(start)
            // Several bases may be changed by one record, which then starts before the codon.
            if other.build.isClassified, key & (1 << AlleleCode.bits - 1) < AlleleCode.long {
              Self.around(start, on: index, new, into: &places)
            }
          }
        }
      }
      if !places.isEmpty { starts[contig.name] = places.sorted() }
    }
  }

  /// Values by place and code; of long alleles, which share a code, with REF's length and ALT.
  private static func rows(_ chunk: KnownChunk?, _ fields: Int) -> [UInt32: Set<[UInt8]>] {
    guard let chunk else { return [:] }
    var rows: [UInt32: Set<[UInt8]>] = [:]
    let long = chunk.longAlleles
    for row in 0..<chunk.rows {
      var text: [UInt8] = []
      if let allele = long[row] {
        text += Array(String(allele.referenceLength).utf8) + [0] + allele.alternate + [0]
      }
      for field in 0..<fields {
        _ = chunk.append(field: field, of: row, to: &text)
        text.append(0)
      }
      rows[chunk.key(of: row), default: []].insert(text)
    }
    return rows
  }

  private static func changed(
    _ old: [UInt32: Set<[UInt8]>], _ new: [UInt32: Set<[UInt8]>], _ relevance: SourceRelevance
  ) -> [UInt32] {
    Set(old.keys).union(new.keys).filter { key in
      let differing = (old[key] ?? []).symmetricDifference(new[key] ?? [])
      switch relevance {
      case .any: return !differing.isEmpty
      case .mentioning(let letters):
        return differing.contains { String(decoding: $0, as: UTF8.self).lowercased().contains(letters.lowercased()) }
      }
    }
  }

  /// Bases that may share a codon with an allele of up to four bases, also across an intron.
  private static let reach = 6

  private static func around(_ start: Int, on contig: Int, _ cache: AnnotationCache, into places: inout Set<Int>) {
    func add(_ place: Int) {
      for near in max(0, place - reach)...(place + reach) { places.insert(near) }
    }
    add(start)
    var transcripts: [Int] = []
    cache.transcripts(on: contig, near: max(0, start - reach)..<(start + reach), into: &transcripts)
    for transcript in transcripts.map(cache.transcript) {
      for number in 0..<transcript.exonCount {
        let exon = transcript.exon(number)
        if number > 0, abs(exon.start - start) <= reach { add(transcript.exon(number - 1).end) }
        if number + 1 < transcript.exonCount, abs(exon.end - start) <= reach {
          add(transcript.exon(number + 1).start)
        }
      }
    }
  }
}
