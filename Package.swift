// swift-tools-version: 6.1
import PackageDescription

// Every Swift target is held to the same language rules.
let settings: [SwiftSetting] = [
  // `any` is written wherever a value is boxed, so that a boxed call in a hot loop is seen in review.
  .enableUpcomingFeature("ExistentialAny"),
  // A file names every module whose members it uses.
  .enableUpcomingFeature("MemberImportVisibility"),
  // Imports stay out of a module's public interface unless they say `public import`.
  .enableUpcomingFeature("InternalImportsByDefault"),
]

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let nio = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let deque = Target.Dependency.product(name: "DequeModule", package: "swift-collections")

let package = Package(
  name: "apus",
  products: [
    .executable(name: "apus", targets: ["apus"]),
    .executable(name: "apus-beacon", targets: ["apus-beacon"]),
    // Used by the Benchmarks package.
    .library(
      name: "ApusCore",
      targets: ["Batching", "Genomics", "GenomicFiles", "Reads", "Alignments", "Variants", "Annotation"]),
    .library(name: "ApusKnowledgeBase", targets: ["Genomics", "Service", "KnowledgeBase"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    // Without its traits, which only configure it from files.
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    // Floor 0: C libraries.
    .systemLibrary(name: "CHTSlib", pkgConfig: "htslib", providers: [.apt(["libhts-dev"])]),
    .systemLibrary(
      name: "CCompression", pkgConfig: "libdeflate", providers: [.apt(["libdeflate-dev", "libisal-dev"])]),
    .systemLibrary(name: "CPostgreSQL", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
    .target(name: "CKernels"),

    // The one line that says which version this is, for both programs: a new version builds nothing else again.
    .target(name: "ApusVersion", swiftSettings: settings),

    // Floor 1: values of the field, and the machinery of batches.
    .target(name: "Genomics", swiftSettings: settings),
    .target(name: "Batching", dependencies: [deque], swiftSettings: settings),

    // Floor 2: files.
    .target(
      name: "GenomicFiles", dependencies: ["CHTSlib", "CCompression", "CKernels", "Genomics", "Batching", crypto],
      swiftSettings: settings),

    // Floor 3: engines.
    .target(
      name: "Reads", dependencies: ["CCompression", "Genomics", "Batching", "GenomicFiles"], swiftSettings: settings),
    .target(
      name: "Alignments", dependencies: ["CCompression", "Genomics", "Batching", "GenomicFiles"],
      // In the binary, which is installed alone.
      resources: [.embedInCode("Data/difficult-genes.tsv")], swiftSettings: settings),
    .target(
      name: "Variants", dependencies: ["CKernels", "Genomics", "Batching", "GenomicFiles"], swiftSettings: settings),

    // Floor 4: genes.
    .target(
      name: "Annotation", dependencies: ["CCompression", "Genomics", "Batching", "GenomicFiles", "Variants", crypto],
      swiftSettings: settings),

    // Floor 4: the rules of the service. Alone mints permissions for research.
    .target(
      name: "Service", dependencies: ["CCompression", "Genomics"],
      resources: [
        .embedInCode("Data/test-methods.tsv"), .embedInCode("Data/test-directory-columns.tsv"),
        .embedInCode("Data/turnaround-standards.tsv"), .embedInCode("Data/turnaround-categories.tsv"),
        .embedInCode("FHIR/Data/record-of-discussion-forms.json"),
        .embedInCode("Laboratories/Data/laboratories.json"), .embedInCode("Referral/Data/apus-referral.schema.json"),
      ], swiftSettings: settings),

    // Floor 5: what a person's variants mean for the question asked.
    .target(
      name: "Interpretation",
      dependencies: ["Genomics", "Batching", "GenomicFiles", "Variants", "Annotation", "Service", crypto],
      resources: [
        .embedInCode("Profiles/gel-nembus-draft.json"), .embedInCode("Profiles/gel-newborn.json"),
        .embedInCode("Families/Data/parental-origin.json"),
        .embedInCode("Pharmacogenomics/Data/dpyd.tsv"),
        .embedInCode("Pharmacogenomics/Data/pharmacogenomics-rules.tsv"),
        .embedInCode("Cancer/Data/somatic-default.json"),
      ],
      swiftSettings: settings),

    // Floor 6: the knowledge base, and what people look at.
    .target(
      name: "KnowledgeBase",
      dependencies: ["CPostgreSQL", "Genomics", "Batching", "GenomicFiles", "Service", crypto, grdb, sqlite],
      resources: [.embedInCode("Release/Data/nhs-central.json"), .embedInCode("Release/Data/gel-airlock.json")],
      swiftSettings: settings),
    .target(name: "Reports", dependencies: [mustache], swiftSettings: settings),

    // Floor 7: the main job.
    .target(
      name: "Workflow",
      dependencies: [
        "ApusVersion", "CHTSlib", "CCompression", "CKernels", "Genomics", "Batching", "GenomicFiles", "Reads",
        "Alignments", "Variants", "Annotation", "Reports", "Service", "Interpretation", crypto, logging, yams,
      ],
      resources: [.embedInCode("Branches/Data/case-branches.json")], swiftSettings: settings),

    // Floor 8: the command.
    .executableTarget(
      name: "apus",
      dependencies: [
        "ApusVersion", "Genomics", "Batching", "GenomicFiles", "Reads", "Alignments", "Variants", "Annotation",
        "Reports", "Workflow",
        "Service", "Interpretation", "KnowledgeBase", argumentParser, logging,
      ],
      swiftSettings: settings),

    // Beside the command: a product of its own, so that `apus` never links an HTTP server. It reads releases alone, and
    // does not know the knowledge base.
    .target(
      name: "BeaconService",
      dependencies: [
        "Genomics", "Reports", crypto, grdb, httpTypes, hummingbird, hummingbirdCore, lifecycle, logging, nio,
        unixSignals,
      ],
      swiftSettings: settings),
    .executableTarget(
      name: "apus-beacon", dependencies: ["ApusVersion", "BeaconService", argumentParser, logging],
      swiftSettings: settings),

    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: settings),
    .testTarget(name: "GenomicsTests", dependencies: ["Genomics"], swiftSettings: settings),
    .testTarget(
      name: "GenomicFilesTests", dependencies: ["GenomicFiles", "Genomics", "Batching", "CCompression", "TestSupport"],
      swiftSettings: settings),
    .testTarget(name: "BatchingTests", dependencies: ["Batching"], swiftSettings: settings),
    .testTarget(name: "ReportsTests", dependencies: ["Reports"], swiftSettings: settings),
    .testTarget(
      name: "AnnotationTests",
      dependencies: ["Annotation", "Variants", "GenomicFiles", "Genomics", "EngineTestSupport", "TestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "WorkflowTests",
      dependencies: ["Workflow", "Alignments", "Genomics", "Interpretation", "Reads", "Reports", "Service"],
      swiftSettings: settings),
    .testTarget(
      name: "ServiceTests", dependencies: ["CCompression", "Service", "Genomics", "EngineTestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "InterpretationTests",
      dependencies: [
        "Interpretation", "Annotation", "Service", "Variants", "GenomicFiles", "Genomics", "EngineTestSupport",
        "TestSupport",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "KnowledgeBaseTests",
      dependencies: ["KnowledgeBase", "Service", "GenomicFiles", "Genomics", "TestSupport", grdb],
      swiftSettings: settings),
    .testTarget(
      name: "BeaconServiceTests",
      dependencies: ["BeaconService", "apus-beacon", "Reports", "TestSupport", crypto, grdb], swiftSettings: settings),
    // Runs the built command as a person does.
    .testTarget(name: "ApusTests", dependencies: ["apus", "TestSupport"], swiftSettings: settings),
    .target(name: "EngineTestSupport", path: "Tests/EngineTestSupport", swiftSettings: settings),
    .testTarget(
      name: "ReadsTests", dependencies: ["Genomics", "GenomicFiles", "Reads", "EngineTestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "AlignmentsTests",
      dependencies: ["Genomics", "GenomicFiles", "Alignments", "EngineTestSupport", "TestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "VariantsTests", dependencies: ["CKernels", "Genomics", "GenomicFiles", "Variants", "EngineTestSupport"],
      swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6]
)

// A part alone, for a build that needs nothing else: `APUS_ONLY=Batching` for thread sanitizer (`make tsan`), which needs
// a build of its own, `APUS_ONLY=Reads`, `Alignments`, `Variants`, `Annotation`, `Service`, `Interpretation`,
// `KnowledgeBase`, `Workflow` or `Beacon` for work on one part. Dependencies stay declared, or Package.resolved would
// change to and fro.
let parts: [String: Set<String>] = [
  "Batching": ["Batching", "BatchingTests"],
  "Reads": [
    "CHTSlib", "CCompression", "CKernels", "Genomics", "Batching", "GenomicFiles", "Reads", "TestSupport",
    "EngineTestSupport",
    "GenomicFilesTests", "ReadsTests",
  ],
  "Alignments": [
    "CHTSlib", "CCompression", "CKernels", "Genomics", "Batching", "GenomicFiles", "Alignments", "TestSupport",
    "EngineTestSupport", "GenomicFilesTests", "AlignmentsTests",
  ],
  "Variants": [
    "CHTSlib", "CCompression", "CKernels", "Genomics", "Batching", "GenomicFiles", "Variants", "TestSupport",
    "EngineTestSupport",
    "GenomicFilesTests", "VariantsTests",
  ],
  "Annotation": [
    "CHTSlib", "CCompression", "CKernels", "Genomics", "Batching", "GenomicFiles", "Variants", "Annotation",
    "TestSupport", "EngineTestSupport", "AnnotationTests",
  ],
  "Service": ["CCompression", "Genomics", "Service", "EngineTestSupport", "ServiceTests"],
  "Interpretation": [
    "CHTSlib", "CCompression", "CKernels", "Genomics", "Batching", "GenomicFiles", "Variants", "Annotation", "Service",
    "Interpretation", "TestSupport", "EngineTestSupport", "InterpretationTests",
  ],
  "KnowledgeBase": [
    "CHTSlib", "CCompression", "CPostgreSQL", "CKernels", "Genomics", "Batching", "GenomicFiles", "Service",
    "KnowledgeBase", "TestSupport", "KnowledgeBaseTests",
  ],
  "Beacon": [
    "ApusVersion", "Genomics", "Reports", "BeaconService", "apus-beacon", "TestSupport", "BeaconServiceTests",
  ],
  // What runs cases and shows them, with the command; without the tests of the rooms below.
  "Workflow": [
    "ApusVersion", "CHTSlib", "CCompression", "CPostgreSQL", "CKernels", "Genomics", "Batching", "GenomicFiles",
    "Reads", "Alignments",
    "Variants", "Annotation", "Service", "Interpretation", "KnowledgeBase", "Reports", "Workflow", "apus",
    "TestSupport",
    "ReportsTests", "WorkflowTests", "ApusTests",
  ],
]
if let part = Context.environment["APUS_ONLY"], let kept = parts[part] {
  package.targets.removeAll { !kept.contains($0.name) }
  package.products = []
}
