/// The kinds of problem that the checker reports. `name` is stable: scripts go by it.
public enum CheckCode: UInt8, Sendable, CaseIterable {
  // The file.
  case dataDamaged, byteOrderMark, notUtf8, notAscii, controlCharacter, carriageReturn, finalLineFeed, emptyLine
  // The header.
  case fileformat, metaSyntax, metaValueEmpty, metaQuoting, metaAfterHeader, metaFieldMissing, metaFieldOrder
  case metaFieldTwice, metaOptionalUnquoted, metaId, metaIdTwice, metaNumber, metaType, metaLength, metaUrl, metaName
  case reservedNumber, reservedType, headerMissing, headerColumns, sampleNameTwice, sampleNameEmpty
  // The fixed columns.
  case columnCount, chromSyntax, contigUndeclared, contigsUndeclared, contigScattered, contigNotInReference
  case contigLength, posSyntax, posBeyondContig, posOrder, idSyntax, idTwice, idInOtherRecord, refSyntax
  case refMismatch, refAmbiguous, altSyntax, altUndeclared, altType, altTwice, altIsRef, recordTwice, qualSyntax
  case qualNegative, filterSyntax, filterReserved, filterPass, filterTwice, filterUndeclared
  // INFO.
  case infoSyntax, infoKey, infoWhitespace, infoTwice, infoUndeclared, infoCount, infoType, infoFlag, infoEmpty
  case infoRange, infoEnd, infoSvlen, infoSvtype, infoSvclaim, infoInterval, infoRepeat, percentEncoding
  // FORMAT and the samples.
  case formatKey, formatTwice, formatUndeclared, formatGtFirst, formatLocalAlleles, sampleFields, sampleCount
  case sampleType, sampleRange, sampleEmpty, gtSyntax, gtAllele, gtPhasing, phaseSets

  /// The code as it is printed, in kebab case.
  public var name: String {
    var name = ""
    for character in "\(self)" {
      if character.isUppercase { name += "-" }
      name += character.lowercased()
    }
    return name
  }

  /// Whether `--strict` makes an error of a warning of this kind.
  public var isStrict: Bool {
    switch self {
    case .altUndeclared, .contigUndeclared, .contigsUndeclared, .filterUndeclared, .infoUndeclared, .formatUndeclared,
      .infoTwice, .infoCount, .infoFlag, .infoEmpty, .infoEnd, .infoSvlen, .infoSvtype, .infoInterval, .infoType,
      .infoSyntax,
      .infoKey, .percentEncoding, .filterTwice, .idTwice, .filterPass, .formatKey, .sampleCount, .sampleType,
      .sampleRange,
      .gtAllele, .gtPhasing,
      .metaIdTwice, .reservedNumber, .metaNumber, .metaType, .metaId, .metaName, .metaOptionalUnquoted, .notAscii,
      .controlCharacter,
      .finalLineFeed, .altType, .refAmbiguous:
      true
    default: false
    }
  }
}
