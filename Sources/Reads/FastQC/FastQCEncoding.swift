/// What quality characters mean, told from the lowest that occurs, as FastQC does it.
enum FastQCEncoding {
  case sanger, illumina13, illumina15

  /// - Precondition: `lowest` is at least `!`.
  init(lowestCharacter lowest: UInt8) {
    // Illumina 1.3 could give a score of 1, 1.5 no score under 2.
    self = lowest < 64 ? .sanger : lowest == 65 ? .illumina13 : .illumina15
  }

  /// The character of Phred 0.
  var offset: Int { self == .sanger ? 33 : 64 }

  var name: String {
    switch self {
    case .sanger: "Sanger / Illumina 1.9"
    case .illumina13: "Illumina 1.3"
    case .illumina15: "Illumina 1.5"
    }
  }
}
