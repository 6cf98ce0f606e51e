public import GenomicFiles

/// An expression of bcftools' filter language (1.16), compiled for the header of one file.
///
/// See `Docs/vcf-filter.md` for the language and for what differs.
public struct VariantFilter: Sendable {
  let program: FilterProgram
  /// Whether records that pass the expression are dropped (`-e`), not kept (`-i`).
  public let excludes: Bool
  /// What a reader of the expression may take otherwise than it is meant.
  public var notes: [String] { program.notes }

  /// Compiles an expression.
  /// - Parameters:
  ///   - readLines: gives the lines of a file that the expression names (`@file`).
  /// - Throws: `FilterError` with the place of the fault; what `readLines` throws.
  public init(
    _ expression: String, excludes: Bool = false, header: VCFHeader,
    readLines: (String) throws -> [String] = VariantFilter.lines
  ) throws {
    do {
      var parser = try FilterParser(expression)
      let syntax = try parser.parse()
      program = try withoutActuallyEscaping(readLines) { readLines in
        var binder = FilterBinder(header: header, readLines: readLines)
        var program = try binder.bind(syntax)
        program.notes += parser.notes
        return program
      }
    } catch let fault as FilterFault {
      throw FilterError(expression: expression, place: fault.place, reason: fault.reason)
    }
    self.excludes = excludes
  }
}
