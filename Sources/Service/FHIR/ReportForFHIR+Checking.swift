extension ReportForFHIR {
  /// - Throws: `ReportForFHIRError` for the first thing that keeps the report from being written.
  func check() throws(ReportForFHIRError) {
    let idBytes = Array(id.utf8)
    guard
      (1...64).contains(idBytes.count),
      idBytes.allSatisfy({ byte in
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
          || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
      })
    else { throw .field("id", "is not 1 to 64 letters, digits, hyphens and points") }
    if NHSNumber.mayStand(in: id) { throw .field("id", "could be an NHS number") }
    guard PathwayMoment(issued) != nil else { throw .field("issued", "is no time of ISO 8601 with its zone") }
    for (name, list) in [("subject", subject), ("specimens", specimens), ("identifier", [identifier])] {
      guard !list.isEmpty, list.allSatisfy({ !$0.system.isEmpty && !$0.value.isEmpty }) else {
        throw .field(name, "lacks an identifier with its system and value")
      }
    }
    // A number that is not valid is nobody's: it is quarantined, never sent on (reference/service.md 6.1).
    for one in subject where one.system == FHIRSystem.nhsNumber && NHSNumber.verdict(one.value) != .valid {
      throw .field("subject", "has an NHS number that is not valid")
    }
    if performerODS.isEmpty { throw .field("performerODS", "is missing") }
    if status != .preliminary, !authoriser.isFilled {
      throw .field("authoriser", "is missing for an authorised report")
    }
    if status == .amended, replaces == nil || !amendmentReason.isFilled {
      throw .field("replaces", "or the reason is missing for an amended report")
    }
    for variant in variants {
      guard variant.position > 0, !variant.contig.isEmpty, Self.isSequence(variant.reference),
        Self.isSequence(variant.alternate)
      else { throw .field("variants", "hold one without a place and two alleles of bases") }
    }
    let texts =
      [("conclusion", [conclusion]), ("notes", notes), ("recommendedActions", recommendedActions)]
      + [("evidence", variants.flatMap(\.evidence))]
    for (name, list) in texts where list.contains(where: Self.isUnsafe) { throw .unsafeWord(name) }
  }

  private static func isSequence(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { "ACGTN".utf8.contains($0) }
  }

  /// Whether a text says "negative" or "normal" as words of their own; `abnormal` is another word.
  static func isUnsafe(_ text: String) -> Bool {
    text.lowercased().split { !$0.isLetter }.contains { $0 == "negative" || $0 == "normal" }
  }
}
