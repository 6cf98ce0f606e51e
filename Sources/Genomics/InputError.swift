/// Where in an input something was found.
///
/// Records and lines count from 1; offsets are in bytes and count from 0.
public struct InputLocation: Sendable, Hashable {
  /// What an offset counts.
  public enum OffsetBase: String, Sendable, Hashable {
    /// Bytes of the file as stored (compressed, where it is compressed).
    case file
    /// Bytes of the decompressed data.
    case data
  }

  /// The path as the user gave it, or `-` for standard input.
  public var file: String
  /// The 1-based ordinal of the record; for line-based formats (VCF, BED, GFF3, PED, CSV) the 1-based line.
  public var record: Int?
  /// The byte offset of the record's first byte, or of the damaged block.
  public var offset: Int?
  /// What `offset` counts.
  public var offsetBase: OffsetBase

  /// A location in `file`; see the properties for what counts from what.
  public init(file: String, record: Int? = nil, offset: Int? = nil, offsetBase: OffsetBase = .data) {
    self.file = file
    self.record = record
    self.offset = offset
    self.offsetBase = offsetBase
  }
}

/// An input that is refused: what is wrong, where, and what to do about it.
///
/// One error is one line first (CLI.md):
///
///     apus: error: reads_R1.fastq.gz:2001 (offset 730112): quality is 149 long, sequence 150; …
public struct InputError: Error, Sendable, Hashable {
  /// The class of fault; each is a stable code for JSON logs.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// The file does not exist or cannot be opened (exit code 66).
    case unreadable = "input-unreadable"
    /// The file has no content where records are expected.
    case empty = "input-empty"
    /// The file ends inside a block, record or line, or lacks its end-of-file marker.
    case truncated = "input-truncated"
    /// A stored checksum or length differs from the data.
    case checksum = "input-checksum"
    /// A record or header breaks its format.
    case malformed = "input-malformed"
    /// Two inputs do not belong together: pairs, contigs, assembly, REF, samples.
    case mismatch = "input-mismatch"
    /// The format or variant of a format is one that this command does not take.
    case unsupported = "input-unsupported"
    /// The file can be read only against a reference that was not given, or lacks one of its contigs (exit code 78).
    case referenceMissing = "reference-missing"
    /// The reference that was given is not the one that the file was made with (exit code 78).
    case referenceMismatch = "reference-mismatch"
  }

  /// The class of fault.
  public var kind: Kind
  /// Where it was found.
  public var location: InputLocation
  /// What is wrong, as a clause without a full stop.
  public var reason: String
  /// What to do about it, as a clause without a full stop.
  public var remedy: String

  /// An error of the given kind and place.
  public init(_ kind: Kind, at location: InputLocation, _ reason: String, remedy: String) {
    self.kind = kind
    self.location = location
    self.reason = reason
    self.remedy = remedy
  }
}

extension InputError: CustomStringConvertible {
  /// `FILE:RECORD (offset N): what is wrong; what to do`, with the parts that are known.
  public var description: String {
    var text = location.file
    if let record = location.record { text += ":\(record)" }
    if let offset = location.offset { text += " (offset \(offset))" }
    return "\(text): \(reason); \(remedy)"
  }
}
