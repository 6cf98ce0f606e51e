import GenomicFiles
import Genomics

extension AlignmentResult {
  /// Holds the file as read against the MD5 that it was delivered with.
  /// - Throws: `InputError` of kind `checksum` where they differ.
  mutating func hold(against checksum: ChecksumFile) throws(InputError) {
    guard let input, let found = input.md5 else { preconditionFailure("a job with a checksum computes its own") }
    guard found == checksum.md5 else {
      throw InputError(
        .checksum, at: InputLocation(file: input.path),
        "the MD5 of the file is \(found), and \(checksum.path) has \(checksum.md5)",
        remedy: "fetch the file again; where it was changed on purpose, make its .md5 anew")
    }
    matchesChecksum = true
  }
}
