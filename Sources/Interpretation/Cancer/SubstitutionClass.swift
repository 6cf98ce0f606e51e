/// The 96 classes of single-base substitutions: the change of the pyrimidine, and the bases on both sides of it.
///
/// Alexandrov et al. 2013 (Nature 500:415). The order is: substitution (C>A, C>G, C>T, T>A, T>C, T>G), then the base
/// before, then the base behind, both alphabetically.
public enum SubstitutionClass {
  /// How many there are.
  public static let count = 96

  /// The six substitutions, in order.
  public static let substitutions = ["C>A", "C>G", "C>T", "T>A", "T>C", "T>G"]

  /// The labels in order, as signature tables write them: `A[C>A]A`.
  public static let labels: [String] = substitutions.flatMap { change in
    "ACGT".flatMap { before in "ACGT".map { behind in "\(before)[\(change)]\(behind)" } }
  }

  /// The colours in which the six substitutions are drawn by convention (SigProfilerPlotting), as `#RRGGBB`.
  public static let colours = ["#03BCEE", "#010101", "#E32926", "#CAC9C9", "#A1CE63", "#EBC6C4"]

  /// Bases as numbers: A 0, C 1, G 2, T 3, so that 3 minus one is its complement; nil for any other letter.
  ///
  /// Without a choice between the four, which no processor can foretell: bits 1 and 2 of the letters are 0, 1, 3, 2.
  @inline(__always)
  static func code(_ base: UInt8) -> UInt8? {
    let bits = base >> 1 & 3
    let code = bits ^ bits >> 1
    return UInt8(truncatingIfNeeded: letters >> (8 * UInt32(code))) == base & 0xDF ? code : nil
  }

  /// A, C, G and T, the first in the lowest byte.
  private static var letters: UInt32 { 0x5447_4341 }

  /// The class of a substitution.
  /// - Parameters: bases as numbers, on the reference's strand.
  /// - Precondition: `reference` and `alternate` differ.
  @inline(__always)
  static func index(before: UInt8, reference: UInt8, alternate: UInt8, behind: UInt8) -> Int {
    // A purine is told as its pair, on the other strand: complemented, with the sides exchanged. 3 for one, 0 for none.
    let mask: UInt8 = 3 &* (~reference & 1)
    let from = reference ^ mask
    let to = alternate ^ mask
    let swapped = (before ^ behind ^ mask) & mask
    let left = before ^ swapped
    let right = behind ^ swapped
    // C>A, C>G, C>T and T>A, T>C, T>G: alternates in alphabetical order without the reference itself.
    let change = (from == 1 ? 0 : 3) + (to > from ? to - 1 : to)
    return Int(change) * 16 + Int(left) * 4 + Int(right)
  }
}

/// The 78 classes of doublet-base substitutions (COSMIC; Alexandrov et al. 2020, Nature 578:94).
public enum DoubletClass {
  /// The alternates of each reference doublet. Of a doublet and its reverse complement one stands here; where a
  /// reference is its own reverse complement, so does one of each two alternates.
  private static let table: [(reference: String, alternates: String)] = [
    ("AC", "CA CG CT GA GG GT TA TG TT"), ("AT", "CA CC CG GA GC TA"), ("CC", "AA AG AT GA GG GT TA TG TT"),
    ("CG", "AT GC GT TA TC TT"), ("CT", "AA AC AG GA GC GG TA TC TG"), ("GC", "AA AG AT CA CG TA"),
    ("TA", "AT CG CT GC GG GT"), ("TC", "AA AG AT CA CG CT GA GG GT"), ("TG", "AA AC AT CA CC CT GA GC GT"),
    ("TT", "AA AC AG CA CC CG GA GC GG"),
  ]

  /// The labels in order: `AC>CA`.
  public static let labels: [String] = table.flatMap { row in
    row.alternates.split(separator: " ").map { "\(row.reference)>\($0)" }
  }

  /// Indices in `labels` by the four bases' numbers, 64 r₁ + 16 r₂ + 4 a₁ + a₂; -1 where a base does not change.
  private static let indices: [Int] = {
    let letters = Array("ACGT")
    func complement(_ one: Int, _ two: Int) -> (Int, Int) { (3 - two, 3 - one) }
    func label(_ r: (Int, Int), _ a: (Int, Int)) -> String {
      String([letters[r.0], letters[r.1], ">", letters[a.0], letters[a.1]])
    }
    var places: [String: Int] = [:]
    for (index, label) in labels.enumerated() { places[label] = index }
    return (0..<256).map { code in
      let (r, a) = ((code >> 6, code >> 4 & 3), (code >> 2 & 3, code & 3))
      return places[label(r, a)] ?? places[label(complement(r.0, r.1), complement(a.0, a.1))] ?? -1
    }
  }()

  /// The class of a doublet; nil where one of its bases does not change.
  /// - Parameters: bases as numbers, on the reference's strand.
  static func index(reference: (UInt8, UInt8), alternate: (UInt8, UInt8)) -> Int? {
    let code = Int(reference.0) << 6 | Int(reference.1) << 4 | Int(alternate.0) << 2 | Int(alternate.1)
    return indices[code] < 0 ? nil : indices[code]
  }
}
