/// Sex as a sample sheet, a pedigree or the data give it. Unknown is a value of its own, never a default for one of the others.
public enum Sex: String, Sendable, Hashable, Codable, CaseIterable {
  /// Female; `2` in a pedigree file.
  case female
  /// Male; `1` in a pedigree file.
  case male
  /// Not stated, or not to be told from the data; `0` or any other code in a pedigree file.
  case unknown

  /// Reads a sample sheet's word (`female`, `F`, `male`, `M`, `unknown` or nothing, in any case).
  /// - Returns: nil for any other word.
  public init?(sheet word: String) {
    switch word.lowercased() {
    case "female", "f": self = .female
    case "male", "m": self = .male
    case "", "unknown", "u": self = .unknown
    default: return nil
    }
  }

  /// Reads the fifth column of a pedigree file (1 male, 2 female, anything else unknown).
  public init(pedigree code: String) {
    switch code {
    case "1": self = .male
    case "2": self = .female
    default: self = .unknown
    }
  }
}
