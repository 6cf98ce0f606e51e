public import Genomics

/// An allele that sources of known variants name by an identifier.
public struct IdentifiedAllele: Sendable, Hashable {
  /// The contig's name in the cache's reference.
  public var contig: String
  /// VCF's POS of the normalised record.
  public var position: OneBasedPosition
  /// The reference bases.
  public var reference: String
  /// The alternate bases.
  public var alternate: String
  /// The sources that name it so, in the cache's order.
  public var sources: [String]
}

extension AnnotationCache {
  /// The alleles that the cache's sources name by an rsID, in the reference's order; none where no source has it.
  ///
  /// Sources keep rsIDs in the field `ID` (`rs123`), or `RS` as ClinVar and dbSNP have it (`123`). They are looked up by
  /// allele, so that every value of those fields is read here: some seconds for a hundred million alleles. Blocks.
  /// - Returns: the alleles, and the names of the sources that have rsIDs at all.
  /// - Throws: `CacheError` of kind `lacksIdentifiers` where no source has any rsID, `damaged`.
  public func alleles(of identifier: RSIdentifier) throws -> (alleles: [IdentifiedAllele], sources: [String]) {
    var found: [(contig: Int, start: Int, allele: IdentifiedAllele)] = []
    var places: [IdentifiedAllele: Int] = [:]
    var names: [String] = []
    for source in sources {
      let fields = source.build.fields.indices.filter { IdentifierField(source.build.fields[$0].key) != nil }
      var hasAny = false
      for contig in contigs.contigs.indices where !fields.isEmpty && source.has(contig: contig) {
        for window in 0..<KnownSource.chunkCount(contigs.contigs[contig]) {
          let first = window << KnownChunkLayout.placeBits
          guard let chunk = try source.chunk(contig: contig, position: first) else { continue }
          var rows: Set<Int> = []
          for field in fields {
            guard let column = KnownColumn(chunk.bytes, field: field),
              let kind = IdentifierField(source.build.fields[field].key)
            else { continue }
            let search = column.search(identifier, kind, rows: chunk.rows)
            rows.formUnion(search.rows)
            if search.hasAny { hasAny = true }
          }
          guard !rows.isEmpty else { continue }
          try requireReference(contig)
          for row in rows.sorted() {
            guard var allele = allele(contig, window, chunk, row) else {
              throw CacheLayout.damaged(path, "source \(source.build.name) has an allele that its reference has not")
            }
            if let place = places[allele] {
              found[place].allele.sources.append(source.build.name)
            } else {
              places[allele] = found.count
              allele.sources = [source.build.name]
              found.append((contig, allele.position.value, allele))
            }
          }
        }
      }
      if hasAny { names.append(source.build.name) }
    }
    guard !names.isEmpty else {
      throw CacheError(
        .lacksIdentifiers, path: path, "no source of the cache keeps rsIDs",
        remedy: "build it with --source NAME=FILE:ID of a VCF whose ID column has them, or :RS of one with that field")
    }
    found.sort {
      ($0.contig, $0.start, $0.allele.reference, $0.allele.alternate)
        < ($1.contig, $1.start, $1.allele.reference, $1.allele.alternate)
    }
    return (found.map(\.allele), names)
  }

  /// The allele of a row, without sources; nil where the reference ends before it.
  private func allele(_ contig: Int, _ window: Int, _ chunk: KnownChunk, _ row: Int) -> IdentifiedAllele? {
    let key = chunk.key(of: row)
    let start = window << KnownChunkLayout.placeBits + Int(key >> AlleleCode.bits)
    guard start < reference.length(contig) else { return nil }
    func letters(_ count: Int) -> [UInt8] { reference.letters(contig, start..<(start + count)) }
    let anchor = letters(1)
    let (length, alternate): (Int, [UInt8])
    switch AlleleCode.change(key & (1 << AlleleCode.bits - 1)) {
    case .substitution(let bases): (length, alternate) = (bases.count, bases)
    case .insertion(let bases): (length, alternate) = (1, anchor + bases)
    case .deletion(let count): (length, alternate) = (count + 1, anchor)
    case .long:
      guard let long = chunk.longAlleles[row] else { return nil }
      (length, alternate) = (long.referenceLength, long.alternate)
    }
    let bases = letters(length)
    guard bases.count == length else { return nil }
    return IdentifiedAllele(
      contig: contigs.contigs[contig].name, position: ZeroBasedPosition(start).oneBased,
      reference: String(decoding: bases, as: UTF8.self), alternate: String(decoding: alternate, as: UTF8.self),
      sources: [])
  }
}

/// A field that may hold rsIDs.
private enum IdentifierField {
  /// Names of any register; those of dbSNP begin with `rs`.
  case names
  /// Numbers of dbSNP.
  case numbers

  init?(_ key: String) {
    switch key {
    case "ID": self = .names
    case "RS": self = .numbers
    default: return nil
    }
  }

  var prefix: [UInt8] { self == .names ? Array("rs".utf8) : [] }

  /// Whether a part of a value is an rsID.
  func isOne(_ part: Slice<UnsafeRawBufferPointer>) -> Bool {
    part.count > prefix.count && part.prefix(prefix.count).elementsEqual(prefix)
      && part.dropFirst(prefix.count).allSatisfy { $0 &- UInt8(ascii: "0") < 10 }
  }
}

extension KnownColumn {
  /// The rows that have an rsID, alone or among others (`rs1&rs2`), and whether the column has any rsID.
  fileprivate func search(
    _ identifier: RSIdentifier, _ kind: IdentifierField, rows: Int
  ) -> (rows: [Int], hasAny: Bool) {
    let name = kind.prefix + identifier.digits
    func parts(_ value: UnsafeRawBufferPointer) -> [Slice<UnsafeRawBufferPointer>] {
      value.split(separator: UInt8(ascii: "&"))
    }
    switch encoding {
    case .none: return ([], false)
    case .numbers:
      // `rs7&rs` where every value begins with the same names: what stands before the last `&` is all rows'.
      let shared = string(0).split(separator: UInt8(ascii: "&"), omittingEmptySubsequences: false)
      let isNumber = shared.last?.elementsEqual(kind.prefix) ?? false
      let hasAny = isNumber || shared.dropLast().contains(where: kind.isOne)
      if shared.dropLast().contains(where: { $0.elementsEqual(name) }) {
        return ((0..<rows).filter { code(of: $0) > 0 }, hasAny)
      }
      guard isNumber, let number = Int(String(decoding: identifier.digits, as: UTF8.self)), number < Int.max else {
        return ([], hasAny)
      }
      return ((0..<rows).filter { code(of: $0) == number + 1 }, hasAny)
    case .strings:
      var wanted: Set<Int> = []
      var hasAny = false
      for number in 0..<count {
        let value = string(number)
        if !hasAny { hasAny = parts(value).contains(where: kind.isOne) }
        // Most values are one name of another length.
        guard value.count >= name.count, value.count == name.count || value.contains(UInt8(ascii: "&")) else {
          continue
        }
        if parts(value).contains(where: { $0.elementsEqual(name) }) { wanted.insert(number + 1) }
      }
      return (wanted.isEmpty ? [] : (0..<rows).filter { wanted.contains(code(of: $0)) }, hasAny)
    }
  }
}
