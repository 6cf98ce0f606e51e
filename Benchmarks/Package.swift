// swift-tools-version: 6.1
import PackageDescription

// The rules of the main package.
let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
  name: "apus-benchmarks",
  products: [
    .executable(name: "apus-workload", targets: ["apus-workload"]),
    .executable(name: "apus-floor", targets: ["apus-floor"]),
    .executable(name: "apus-kb-bench", targets: ["apus-kb-bench"]),
    .executable(name: "apus-hotloops", targets: ["apus-hotloops"]),
    .library(name: "Workloads", targets: ["Workloads"]),
  ],
  dependencies: [
    // Named, because the folder of a clone may have any name.
    .package(name: "apus", path: ".."),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
  ],
  targets: [
    // The generators write through htslib on purpose and know nothing of the main package: their files test readers
    // and writers of Apus's own.
    .systemLibrary(name: "CWorkloadHTSlib", pkgConfig: "htslib", providers: [.apt(["libhts-dev"])]),
    .target(name: "Workloads", dependencies: ["CWorkloadHTSlib"], swiftSettings: settings),
    .executableTarget(name: "apus-workload", dependencies: ["Workloads", argumentParser], swiftSettings: settings),
    .testTarget(
      name: "WorkloadsTests", dependencies: ["Workloads", "CWorkloadHTSlib"], swiftSettings: settings),

    // What reading costs before anything is computed.
    .executableTarget(
      name: "apus-floor", dependencies: [.product(name: "ApusCore", package: "apus"), argumentParser],
      swiftSettings: settings),

    // What a base of synthetic people takes.
    .executableTarget(
      name: "apus-kb-bench",
      dependencies: ["SyntheticBase", .product(name: "ApusKnowledgeBase", package: "apus"), argumentParser],
      swiftSettings: settings),
    .target(
      name: "SyntheticBase", dependencies: [.product(name: "ApusKnowledgeBase", package: "apus")],
      swiftSettings: settings),

    // The loops that a laboratory waits for, each alone: counted by valgrind (`make thresholds`) and timed by
    // ordo-one/benchmark (`make bench-loops`). Docs/benchmark.md says why there are two.
    .target(name: "CValgrind"),
    .target(
      name: "HotLoops",
      dependencies: [
        "Workloads", "SyntheticBase", .product(name: "ApusCore", package: "apus"),
        .product(name: "ApusKnowledgeBase", package: "apus"),
      ], swiftSettings: settings),
    .executableTarget(
      name: "apus-hotloops", dependencies: ["HotLoops", "CValgrind", argumentParser], swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6]
)

// The generators' tests (`make test`) need nothing of the main package: without it their clean build is short.
// Dependencies stay declared, or Package.resolved would change to and fro.
if Context.environment["APUS_ONLY"] == "Workloads" {
  let kept: Set<String> = ["CWorkloadHTSlib", "Workloads", "apus-workload", "WorkloadsTests"]
  package.targets.removeAll { !kept.contains($0.name) }
  package.products.removeAll { !kept.contains($0.name) }
} else if Context.environment["APUS_ONLY"] == "Timing" {
  // Asked for alone (`make bench-loops`), so that nothing else resolves or builds it. Without its traits, which count
  // allocations through libraries of their own. Its plug-in takes what lies in a folder named Benchmarks.
  package.dependencies.append(.package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []))
  package.products.append(.executable(name: "HotLoopTimes", targets: ["HotLoopTimes"]))
  package.targets.append(
    .executableTarget(
      name: "HotLoopTimes", dependencies: ["HotLoops", .product(name: "Benchmark", package: "benchmark")],
      path: "Benchmarks/HotLoopTimes", swiftSettings: settings))
}
