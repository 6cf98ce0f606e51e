// swift-tools-version: 6.1
import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

let package = Package(
  name: "h-workloads",
  products: [
    .executable(name: "apus-workload", targets: ["apus-workload"]),
    .library(name: "Workloads", targets: ["Workloads"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    // The generators write through htslib on purpose: their files test readers and writers of Apus's own.
    .systemLibrary(name: "CWorkloadHTSlib", pkgConfig: "htslib", providers: [.apt(["libhts-dev"])]),
    .target(name: "Workloads", dependencies: ["CWorkloadHTSlib"], swiftSettings: settings),
    .executableTarget(
      name: "apus-workload",
      dependencies: ["Workloads", .product(name: "ArgumentParser", package: "swift-argument-parser")],
      swiftSettings: settings),
    .testTarget(
      name: "WorkloadsTests", dependencies: ["Workloads", "CWorkloadHTSlib"], swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6]
)
