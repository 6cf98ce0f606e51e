import GenomicFiles
public import Genomics

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension PanelSet {
  /// Reads panels (`/panels/ID/`) and lists of panels (`/panels/`, `/panels/signedoff/`) in PanelApp's JSON.
  ///
  /// A panel's own `signed_off` tells that its version is signed off. A list tells it of the versions that it names: a
  /// panel in another version is told as such, and so is one that no list names and that has no date.
  /// - Throws: `InputError` for a file that is missing or neither, a panel in two versions, and lists without a panel.
  public static func read(_ paths: [String]) throws(InputError) -> PanelSet {
    var panels: [Panel] = []
    var faults: [Fault] = []
    var listed: [Int: (version: String, date: String)] = [:]
    for path in paths {
      let bytes = Data(try wholeFile(path))
      if let json = try? JSONDecoder().decode(PanelJSON.List.self, from: bytes) {
        for entry in json.results {
          guard let date = entry.signed_off else { continue }
          if let other = listed[entry.id], other.version != entry.version {
            throw mismatch(path, "panel \(entry.id) is signed off as \(other.version) and as \(entry.version)")
          }
          listed[entry.id] = (entry.version, date)
        }
        continue
      }
      var here: [Fault] = []
      let panel = try Panel(try decode(bytes, path: path), path: path, faults: &here)
      if let other = panels.first(where: { $0.identity.id == panel.identity.id }) {
        guard other == panel else {
          throw mismatch(
            path, "panel \(panel.identity.id) is given as \(other.identity.version) and as \(panel.identity.version)")
        }
        continue
      }
      panels.append(panel)
      faults += here
    }
    guard !panels.isEmpty else {
      throw InputError(
        .malformed, at: InputLocation(file: paths.first ?? "-"), "no panel with genes is given",
        remedy: "give the JSON of a panel, as PanelApp's /panels/ID/ returns it; a list alone has no genes")
    }
    for index in panels.indices {
      guard let (version, date) = listed[panels[index].identity.id] else { continue }
      panels[index].signOff =
        version == panels[index].identity.version ? .signedOff(date) : .otherVersion(version, on: date)
    }
    return PanelSet(sorted: panels, faults: faults)
  }

  /// The panels of a test: those of these numbers (a directory entry's `panels`), and none of the others.
  /// - Throws: `InputError` of kind `mismatch` that names what no file was given for.
  public func selecting(_ ids: [String]) throws(InputError) -> PanelSet {
    var chosen: [Panel] = []
    for id in ids {
      guard let panel = panels.first(where: { String($0.identity.id) == id }) else {
        throw InputError(
          .mismatch, at: InputLocation(file: "panels"), "the test asks for panel \(id), which is not given",
          remedy: "give its JSON")
      }
      if !chosen.contains(panel) { chosen.append(panel) }
    }
    return PanelSet(sorted: chosen, faults: faults.filter { fault in chosen.contains { $0.identity == fault.panel } })
  }

  private static func decode(_ bytes: Data, path: String) throws(InputError) -> PanelJSON.One {
    do {
      return try JSONDecoder().decode(PanelJSON.One.self, from: bytes)
    } catch let error as DecodingError {
      throw InputError(
        .malformed, at: InputLocation(file: path), "the file is no panel of PanelApp: \(place(of: error))",
        remedy: "give the JSON of one panel, as PanelApp's /panels/ID/ returns it")
    } catch {
      throw InputError(
        .malformed, at: InputLocation(file: path), "the file is no JSON",
        remedy: "give the JSON of one panel, as PanelApp's /panels/ID/ returns it")
    }
  }

  private static func place(of error: DecodingError) -> String {
    func name(_ path: [any CodingKey]) -> String { path.map(\.stringValue).joined(separator: ".") }
    switch error {
    case .keyNotFound(let key, let context): return "\(name(context.codingPath + [key])) is missing"
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      return "\(name(context.codingPath)) has another type"
    case .dataCorrupted: return "it is not well formed"
    @unknown default: return "it cannot be read"
    }
  }

  private static func mismatch(_ path: String, _ reason: String) -> InputError {
    InputError(.mismatch, at: InputLocation(file: path), reason, remedy: "give each panel once, in one version")
  }
}
