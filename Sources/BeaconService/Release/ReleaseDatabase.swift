package import GRDB
import Reports
import Synchronization

/// The rows of a release, read by a few connections side by side. Each has a thread of its own in GRDB, so that a
/// reader never blocks the threads that serve the network.
package final class ReleaseDatabase: Sendable {
  /// What the manifest says.
  package let manifest: ReleaseManifest
  /// The contigs by their names.
  package let contigs: ReleaseContigs
  /// The longest reference allele of each contig: how far before a range a variant that reaches into it may start.
  package let longest: [String: Int]
  /// The codes of indications that the release publishes, sorted.
  package let indications: [String]

  /// The genes of each variant, where the file has no index for that.
  let genes: GeneIndex?

  private let connections: [DatabaseQueue]
  private let next = Atomic<Int>(0)

  /// SQLite's `application_id` of a release, "APRL"; a knowledge base has another, and is never served.
  private static let applicationID = 0x4150_524C

  /// Opens the folder's database, and compares it with the manifest.
  /// - Throws: `ServiceError`.
  package init(_ folder: ReleaseFolder, connections count: Int = 4) throws(ServiceError) {
    manifest = folder.manifest
    contigs = ReleaseContigs(folder.manifest)
    var configuration = Configuration()
    configuration.readonly = true
    configuration.label = "release"
    configuration.prepareDatabase { db in
      try db.execute(sql: "PRAGMA query_only = 1; PRAGMA mmap_size = 1099511627776; PRAGMA cache_size = -8000;")
    }
    do {
      var connections: [DatabaseQueue] = []
      for _ in 0..<max(1, count) {
        connections.append(try DatabaseQueue(path: folder.database, configuration: configuration))
      }
      self.connections = connections
      let manifest = folder.manifest
      (longest, indications) = try connections[0].read { db in try Self.check(db, against: manifest) }
      genes = try connections[0].read { db in try GeneIndex(db) }
    } catch let error as Mismatch {
      throw ServiceError(.damaged, path: folder.database, error.reason, remedy: "copy the whole release again")
    } catch {
      throw ServiceError(
        .damaged, path: folder.database, "the file is no database of a release, or is damaged",
        remedy: "copy the whole release again")
    }
  }

  private struct Mismatch: Error { var reason: String }

  private static func check(_ db: Database, against manifest: ReleaseManifest) throws -> ([String: Int], [String]) {
    guard try Int.fetchOne(db, sql: "PRAGMA application_id") == applicationID else {
      throw Mismatch(reason: "this is no database of a release")
    }
    let kept = try String.fetchOne(db, sql: "SELECT value FROM meta WHERE key = 'release'") ?? ""
    guard (try? JSONValue(parsing: kept.utf8, depth: 64))?["release"]?.text == manifest.release else {
      throw Mismatch(reason: "the database is of another release than its manifest")
    }
    var longest: [String: Int] = [:]
    var count = 0
    let rows = try Row.fetchCursor(
      db, sql: "SELECT contig, count(*), max(\"end\" - start) FROM variant GROUP BY contig")
    while let row = try rows.next() {
      longest[row[0]] = row[2]
      count += row[1] as Int
    }
    guard count == manifest.variants else {
      throw Mismatch(reason: "it holds \(count) variants, and the manifest says \(manifest.variants)")
    }
    let named = Set(manifest.contigs.map(\.name))
    guard longest.keys.allSatisfy(named.contains) else {
      throw Mismatch(reason: "it has variants on a contig that the manifest does not name")
    }
    let codes = try String.fetchAll(db, sql: "SELECT DISTINCT code FROM indication ORDER BY code")
    return (longest, codes)
  }

  /// Runs `body` on one of the connections.
  package func read<T: Sendable>(_ body: @Sendable @escaping (Database) throws -> T) async throws -> T {
    let turn = next.wrappingAdd(1, ordering: .relaxed).newValue
    // The file is read-only, so that statements need no transaction round them.
    return try await connections[Int(UInt(bitPattern: turn) % UInt(connections.count))].unsafeRead(body)
  }
}
