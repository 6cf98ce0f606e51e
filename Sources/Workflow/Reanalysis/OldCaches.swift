import Annotation
import GenomicFiles
import Interpretation
import Synchronization

/// The caches that cases were tiered by: the one that was given, and those that still lie where a case says; each opened
/// once.
final class OldCaches: Sendable {
  private let given: ConsequenceAnnotator?
  private let found = Mutex<[String: ConsequenceAnnotator?]>([:])

  init(given: ConsequenceAnnotator?) { self.given = given }

  /// The cache of that content; nil where it is not at hand. Blocks.
  func annotator(digest: String, path: String?, input: String) -> ConsequenceAnnotator? {
    if let given, given.digest == digest { return given }
    guard let path else { return nil }
    let opened = found.withLock { $0[path] }
    if let opened { return opened.flatMap { $0.digest == digest ? $0 : nil } }
    // A file that is gone, damaged or another one is as good as none: all calls are then read.
    var annotator: ConsequenceAnnotator?
    if case .file = content(at: path), let cache = try? AnnotationCache(path: path), cache.digest == digest {
      annotator = try? ConsequenceAnnotator(cache, input: input, options: tieringOptions)
    }
    found.withLock { [annotator] in $0[path] = .some(annotator) }
    return annotator
  }
}
