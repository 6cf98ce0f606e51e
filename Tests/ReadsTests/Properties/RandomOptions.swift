import EngineTestSupport
import Reads

extension SeededGenerator {
  /// Options, each of them at its default or at random.
  mutating func readOptions() -> ReadOptions {
    var options = ReadOptions()
    func window() -> ReadOptions.QualityWindow? {
      oneIn(3) ? .init(size: pick([1, 2, 4, 9, 30, 1000]), meanQuality: int(1...36)) : nil
    }
    func cut() -> ReadOptions.FixedCut {
      var cut = ReadOptions.FixedCut()
      if oneIn(2) { (cut.front, cut.tail) = (int(0...30), int(0...30)) }
      if oneIn(3) { cut.longest = int(1...100) }
      return cut
    }
    (options.cut1, options.cut2) = (cut(), cut())
    (options.cutFront, options.cutTail, options.cutRight) = (window(), window(), window())
    options.polyG = pick([.automatic, .always, .never])
    options.polyGLength = int(1...20)
    options.polyX = oneIn(2) ? int(1...20) : nil
    options.adapters.isEnabled = !oneIn(4)
    options.adapters.sequence1 = oneIn(2) ? bases(Array("ACGT".utf8), int(1...70)) : nil
    options.adapters.sequence2 = oneIn(2) ? bases(Array("ACGT".utf8), int(1...70)) : nil
    options.adapters.detects = oneIn(2)
    if oneIn(3) {
      (options.overlap.shortest, options.overlap.differences) = (int(0...60), int(0...60))
      options.overlap.differencePercent = int(0...100)
    }
    options.correctsBases = oneIn(2)
    options.quality = oneIn(3) ? nil : options.quality
    options.quality?.qualified = int(0...93)
    options.quality?.unqualifiedPercent = int(0...100)
    options.quality?.mean = pick([0, 0, 20, 40])
    options.quality?.mostN = int(0...50)
    options.length = oneIn(3) ? nil : options.length
    options.length?.shortest = int(0...60)
    options.length?.longest = pick([0, 0, 100])
    options.complexityPercent = oneIn(3) ? int(0...100) : nil
    options.dropsDuplicates = oneIn(3)
    options.keepsEmptyReads = oneIn(5)
    if oneIn(3) {
      options.molecularIdentifiers = MolecularIdentifiers(
        place: pick(MolecularIdentifiers.Place.allCases), length: int(0...100), skipped: int(0...100),
        prefix: pick(["", "UMI"]))
    }
    return options
  }
}
