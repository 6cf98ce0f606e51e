/// What a referral needs to know of a test in the National Genomic Test Directory.
public struct DirectoryEntry: Sendable, Hashable {
  /// The test code, `R67.1`.
  public var testCode: String
  /// The clinical indication's code, `R67`; nil where the directory does not tell.
  public var clinicalIndicationCode: String?
  /// The clinical indication's name.
  public var name: String
  /// The method, in the directory's word.
  public var method: String
  /// Whether it is whole genome sequencing, for which a Record of Discussion is mandatory (reference/service.md 4.2).
  public var isWholeGenome: Bool
  /// The structures of family that the test takes; empty where the directory does not tell.
  public var structures: [ReferralFamily.Structure]
  /// The specialties that may refer, as the eligibility document names them; empty where the directory does not tell.
  public var specialties: [String]
  /// The eligibility text; nil where the directory has none.
  public var eligibility: String?

  /// An entry.
  public init(
    testCode: String, clinicalIndicationCode: String? = nil, name: String, method: String, isWholeGenome: Bool,
    structures: [ReferralFamily.Structure] = [], specialties: [String] = [], eligibility: String? = nil
  ) {
    self.testCode = testCode
    self.clinicalIndicationCode = clinicalIndicationCode
    self.name = name
    self.method = method
    self.isWholeGenome = isWholeGenome
    self.structures = structures
    self.specialties = specialties
    self.eligibility = eligibility
  }
}

/// One version of the National Genomic Test Directory, as far as a referral asks it.
public protocol DirectoryLookup: Sendable {
  /// The version, `5.1`.
  var version: String { get }
  /// The entry of a test code; nil where this version has none.
  func entry(testCode: String) -> DirectoryEntry?
  /// The test codes of a clinical indication (`R67`), sorted; none where this version has none.
  func testCodes(indication: String) -> [String]
}
