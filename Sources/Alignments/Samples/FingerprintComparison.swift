public import Genomics

/// Fingerprints beside each other: every pair, and what a pedigree says of it.
public struct FingerprintComparison: Sendable {
  /// A fingerprint and its sample's name.
  public struct Sample: Sendable {
    /// The name that tables and a pedigree use.
    public var name: String
    /// The file, for errors.
    public var path: String
    /// What it holds.
    public var fingerprint: SampleFingerprint

    /// A named fingerprint.
    public init(name: String, path: String, fingerprint: SampleFingerprint) {
      self.name = name
      self.path = path
      self.fingerprint = fingerprint
    }
  }

  /// Two samples.
  public struct Pair: Sendable {
    /// The first's index in `samples`.
    public var first: Int
    /// The second's index in `samples`.
    public var second: Int
    /// The comparison of autosomes.
    public var autosomes: Relatedness
    /// What they are evidence of; unknown where more than ``mostContamination`` of either's reads are another person's.
    public var evidence: Relatedness.Evidence
    /// The comparison of X, which needs no evidence of its own.
    public var chromosomeX: Relatedness
    /// What the pedigree says; nil where it says nothing.
    public var expected: ExpectedRelation?
    /// Whether both agree.
    public var agreement: ExpectedRelation.Agreement
  }

  /// The samples, in the order given.
  public let samples: [Sample]
  /// Every pair, in the samples' order.
  public let pairs: [Pair]
  /// The pedigree, if given.
  public let pedigree: Pedigree?

  /// Beyond this fraction a sample looks related to whose reads are in it (0.07 at 0.1, 0.33 at 0.2; measured).
  public static let mostContamination = 0.05

  /// The name that a fingerprint's path gives: its last part without `.fingerprint`.
  public static func name(ofPath path: String) -> String {
    let last = path.split(separator: "/").last.map(String.init) ?? path
    return last.hasSuffix(".fingerprint") ? String(last.dropLast(".fingerprint".count)) : last
  }

  /// Compares every pair.
  /// - Throws: `InputError` of kind `mismatch` for fingerprints of different sites, two of one name, or a pedigree that
  ///   has none of the samples.
  public init(_ samples: [Sample], pedigree: Pedigree? = nil) throws(InputError) {
    var paths: [String: String] = [:]
    for sample in samples {
      let first = samples[0]
      guard sample.fingerprint.panel == first.fingerprint.panel,
        sample.fingerprint.autosomes.utf8.count == first.fingerprint.autosomes.utf8.count
      else {
        throw InputError(
          .mismatch, at: InputLocation(file: sample.path), "the fingerprint is of other sites than \(first.path)",
          remedy: "make both with the same --sites")
      }
      if let other = paths.updateValue(sample.path, forKey: sample.name) {
        throw InputError(
          .mismatch, at: InputLocation(file: sample.path), "\(other) is a fingerprint of the same name",
          remedy: "give each fingerprint a name of its own")
      }
    }
    if let pedigree, !samples.contains(where: { pedigree[$0.name] != nil }) {
      throw InputError(
        .mismatch, at: InputLocation(file: samples.first?.path ?? "-"),
        "no fingerprint is named as an individual of the pedigree",
        remedy: "name the fingerprints as the pedigree names individuals: NAME.fingerprint")
    }
    var pairs: [Pair] = []
    for first in samples.indices {
      for second in samples.indices where second > first {
        let (a, b) = (samples[first], samples[second])
        let autosomes = Relatedness(a.fingerprint.autosomes, b.fingerprint.autosomes)
        let expected = pedigree.flatMap { ExpectedRelation(a.name, b.name, in: $0) }
        let isMixed = [a, b].contains { ($0.fingerprint.contamination ?? 0) > Self.mostContamination }
        pairs.append(
          Pair(
            first: first, second: second, autosomes: autosomes, evidence: isMixed ? .unknown : autosomes.evidence,
            chromosomeX: Relatedness(a.fingerprint.chromosomeX, b.fingerprint.chromosomeX), expected: expected,
            agreement: isMixed ? .unknown : expected?.agreement(autosomes) ?? .unknown))
      }
    }
    self.samples = samples
    self.pairs = pairs
    self.pedigree = pedigree
  }
}
