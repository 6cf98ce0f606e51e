import CCompression
import CHTSlib

/// Versions of the system's libraries that read and write bytes.
public enum LibraryVersions {
  /// htslib as it is loaded; libdeflate as the binary was built with, since it does not tell what is loaded. ISA-L tells
  /// neither.
  public static var parts: [SelftestReport.Part] {
    [
      SelftestReport.Part(name: "htslib", version: String(cString: hts_version())),
      SelftestReport.Part(name: "libdeflate (built with)", version: LIBDEFLATE_VERSION_STRING),
    ]
  }
}
