/// What the records of a file are held to: what could be read of its header, however faulty.
final class CheckedHeader: Sendable {
  let version: VCFVersion
  /// The lengths that the header declares, by contig; nil for a contig without one.
  let contigs: [String: Int?]
  let info: FieldRules
  let format: FieldRules
  let filters: Set<String>
  /// What `##ALT` lines declare.
  let alternates: Set<String>
  let sampleCount: Int
  let hasFormat: Bool
  /// Whether there was a column line whose columns a record can be held to.
  let hasColumns: Bool

  init(_ parts: HeaderParts, version: VCFVersion) {
    self.version = version
    contigs = parts.contigs
    info = .info(parts.info, version)
    format = .format(parts.format, version)
    filters = parts.filters
    alternates = parts.alternates
    sampleCount = parts.sampleCount
    hasFormat = parts.hasFormat
    hasColumns = parts.hasColumns
  }
}

/// What the header's lines declare.
struct HeaderParts {
  var contigs: [String: Int?] = [:]
  var info: [String: DeclaredField] = [:]
  var format: [String: DeclaredField] = [:]
  var filters: Set<String> = []
  var alternates: Set<String> = []
  var sampleCount = 0
  var hasFormat = false
  var hasColumns = false
}
