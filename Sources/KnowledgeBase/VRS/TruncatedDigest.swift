import Crypto

/// The truncated digest of GA4GH: the first 24 bytes of SHA-512 in base64url, 32 letters (VRS 2.0, "Computed
/// Identifiers"; refget 2.0).
public func sha512t24u(_ bytes: some Sequence<UInt8>) -> String {
  var hasher = SHA512()
  hasher.update(data: Array(bytes))
  let digest = Array(hasher.finalize())
  let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
  var text: [UInt8] = []
  text.reserveCapacity(32)
  for group in stride(from: 0, to: 24, by: 3) {
    let bits = Int(digest[group]) << 16 | Int(digest[group + 1]) << 8 | Int(digest[group + 2])
    for shift in [18, 12, 6, 0] { text.append(letters[bits >> shift & 63]) }
  }
  return String(decoding: text, as: UTF8.self)
}

/// Lower-case hexadecimal digits of bytes.
func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
  let digits = Array("0123456789abcdef".utf8)
  return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
}
