/// Digests of the check's outputs that were accepted for this version.
///
/// They are what `apus selftest --digests` wrote when the rest of the checks passed, and change only with results:
/// Docs/assurance/change-impact.md says what changed and who checks what again.
enum SelftestDigests {
  static let accepted: [String: String] = [
    "alignments-coverage": "a0c7adad98ef931946111e7e1f412ed325c94c9526fa1fcf51b043312dc59d2d",
    "alignments-depth": "007ddc1e65dc3334a342aabbde028ce3eefde43e061ec3f1936bb6ad639d8e82",
    "alignments-flagstat": "39f419cbcd4218abffb414fb32e854a562ad4f33ea0b6e1d6c92ecae7727ea8e",
    "alignments-idxstats": "807b5155070154579026a948ce7d1ab83774a13aef029b32fae45bd718ba2031",
    "alignments-stats": "c8cbc5eab5d3ce4a172d6f5c5b4fcebf71b01fefd07331ec06dfb735ac2517c8",
    "tiers": "da498d8efd5523300d55fce14dbdb76da8d9da5e8e8c539e5750e88312d09c31",
    "variants-annotated": "f76e8821682413a11b42f93d1c8a76fdb1172101118e5ca98cbe75eab3f0845d",
    "variants-counted": "c4b40bd27193ea4b00a933d076eaa334dc5f7a99f222a85511c1ea7433879fd4",
    "variants-normalised": "1bf2f81a34bca018975cf741be4be7e7c56880cf834aec7210977b8caac5ad7e",
  ]
}
