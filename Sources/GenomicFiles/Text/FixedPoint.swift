#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A number with a fixed count of decimal places, exactly as C's `printf("%.*f")` writes it: what samtools, bcftools and
/// mosdepth print with, so that equal values are equal bytes.
public func fixedPoint(_ value: Double, places: Int) -> String {
  withUnsafeTemporaryAllocation(of: CChar.self, capacity: 400) { buffer in
    guard let base = buffer.baseAddress else { return "" }
    let length = withVaList([Int32(places), value]) { vsnprintf(base, buffer.count, "%.*f", $0) }
    return length > 0 ? String(cString: base) : ""
  }
}
