/// A position on a contig, counted from 0: what Apus computes with.
public struct ZeroBasedPosition: Sendable, Hashable, Comparable {
  /// The number of bases before this one.
  public var value: Int

  /// The position with `value` bases before it.
  public init(_ value: Int) { self.value = value }

  /// The same base, counted from 1.
  public var oneBased: OneBasedPosition { OneBasedPosition(value + 1) }

  /// Whether `a` stands before `b` on the same contig.
  public static func < (a: Self, b: Self) -> Bool { a.value < b.value }
}

/// A position on a contig, counted from 1: what VCF, SAM and HGVS write and what people read.
public struct OneBasedPosition: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The ordinal of the base; VCF also uses 0 for the telomere before the first base.
  public var value: Int

  /// The position of the `value`th base.
  public init(_ value: Int) { self.value = value }

  /// The same base, counted from 0.
  public var zeroBased: ZeroBasedPosition { ZeroBasedPosition(value - 1) }

  /// The ordinal in digits.
  public var description: String { String(value) }

  /// Whether `a` stands before `b` on the same contig.
  public static func < (a: Self, b: Self) -> Bool { a.value < b.value }
}
