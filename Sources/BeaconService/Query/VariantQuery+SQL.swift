import GRDB

/// A piece of SQL and what is bound to it.
struct Fragment: Sendable {
  var sql: String
  var arguments: [any DatabaseValueConvertible & Sendable] = []

  init(_ sql: String, _ arguments: (any DatabaseValueConvertible & Sendable)...) {
    self.sql = sql
    self.arguments = arguments
  }
}

extension VariantQuery {
  /// What an index finds, and how its rows are ordered: each order is that of the rows.
  func indexed(longest: [String: Int]) -> (conditions: [Fragment], order: String) {
    var conditions: [Fragment] = []
    var order = "id"
    switch place {
    case .anywhere: break
    case .sequence(let contig, let start, let reference, let alternate):
      // One base before, where the same indel may be anchored.
      let first = reference?.isPlain == true && alternate.isPlain ? start - 1 : start
      conditions.append(
        Fragment("contig = ? AND start BETWEEN ? AND ?", contig, first, start + Self.sharedBases(place)))
      order = "start, id"
    case .range(let contig, let start, let end):
      conditions.append(
        Fragment(
          "contig = ? AND start > ? AND start < ? AND \"end\" > ?", contig, start - (longest[contig] ?? 0) - 1, end,
          start))
      order = "start, id"
    case .bracket(let contig, let start, let end):
      conditions.append(
        Fragment(
          "contig = ? AND start >= ? AND start < ? AND \"end\" >= ? AND \"end\" < ?", contig, start.lowerBound,
          start.upperBound, end.lowerBound, end.upperBound))
      order = "start, id"
    case .contig(let contig):
      conditions.append(Fragment("contig = ?", contig))
      order = "start, id"
    case .vrs(let vrs): conditions.append(Fragment("vrs = ?", vrs))
    }
    if let gene {
      conditions.append(
        Fragment(
          "id IN (SELECT variant FROM gene WHERE symbol = ? UNION SELECT variant FROM gene WHERE gene = ?)", gene, gene)
      )
    }
    for code in indications {
      conditions.append(Fragment("id IN (SELECT variant FROM indication WHERE code = ?)", code))
    }
    return (conditions, order)
  }

  /// What is asked of each row that an index found.
  var residual: [Fragment] {
    var conditions: [Fragment] = []
    if case .sequence(_, let start, let reference, let alternate) = place,
      reference?.isPlain != true || !alternate.isPlain
    {
      conditions.append(Fragment("start = ? AND alternate GLOB ?", start, alternate.glob))
      if let reference { conditions.append(Fragment("reference GLOB ?", reference.glob)) }
    }
    if let reference { conditions.append(Fragment("reference GLOB ?", reference.glob)) }
    if let alternate { conditions.append(Fragment("alternate GLOB ?", alternate.glob)) }
    if let kind { conditions.append(Fragment("type = ?", kind.rawValue)) }
    if let shortest { conditions.append(Fragment("\(Self.length) >= ?", shortest)) }
    if let longest { conditions.append(Fragment("\(Self.length) <= ?", longest)) }
    return conditions
  }

  /// The longer allele, without the base that both begin with.
  private static let length =
    "max(length(reference), length(alternate)) - (substr(reference, 1, 1) = substr(alternate, 1, 1))"

  /// How many bases the asked alleles share at their beginning: a row without them starts so much later.
  private static func sharedBases(_ place: Place) -> Int {
    guard case .sequence(_, let start, let reference?, let alternate) = place, reference.isPlain, alternate.isPlain
    else {
      return 0
    }
    return MinimalChange(start: start, reference: reference.letters, alternate: alternate.letters).start - start
  }

  /// Whether a row that the place found is the change that was asked for, in whatever notation.
  func isAsked(_ variant: (start: Int, reference: String, alternate: String)) -> Bool {
    guard case .sequence(_, let start, let reference?, let alternate) = place, reference.isPlain, alternate.isPlain
    else {
      return true
    }
    return MinimalChange(start: start, reference: reference.letters, alternate: alternate.letters)
      == MinimalChange(start: variant.start, reference: variant.reference, alternate: variant.alternate)
  }
}
