/// Adapters that reads run into, by kit; in the order of the alphabet, since the first that fits is taken.
///
/// Source: Illumina Adapter Sequences (document 1000000002694) and MGI's library preparation manuals. Indexes and what
/// lies behind them are left out: reads that run into them ran into one of these first.
enum KnownAdapters {
  static let all: [[UInt8]] =
    [
      // MGI and BGI, first and second mates.
      "AAGTCGGAGGCCAAGCGGTCTTAGGAAGACAA",
      "AAGTCGGATCGTAGCCATGTCGTTCTGTGAGCCAAGGAGTTG",
      // TruSeq first mates; paired-end kits before TruSeq, second mates; TruSeq second mates; single-end kits.
      "AGATCGGAAGAGCACACGTCTGAACTCCAGTCA",
      "AGATCGGAAGAGCGGTTCAGCAGGAATGCCGAG",
      "AGATCGGAAGAGCGTCGTGTAGGGAAAGAGTGT",
      "AGATCGGAAGAGCTCGTATGCCGTCTTCTGCTTG",
      // Nextera transposase, second and first mates; its mate-pair forms.
      "CTGTCTCTTATACACATCTCCGAGCCCACGAGAC",
      "CTGTCTCTTATACACATCTCTGAGCGGGCTGGCAAGGC",
      "CTGTCTCTTATACACATCTCTGATGGCGCGAGGGAGGC",
      "CTGTCTCTTATACACATCTGACGCTGCCGACGA",
      // The same as TruSeq's and the older kits', without the A of A-tailing.
      "GATCGGAAGAGCACACGTCTGAACTCCAGTCAC",
      "GATCGGAAGAGCGGTTCAGCAGGAATGCCGAG",
      "GATCGGAAGAGCGTCGTGTAGGGAAAGAGTGT",
      "GATCGGAAGAGCTCGTATGCCGTCTTCTGCTTG",
      // TruSeq Small RNA, second and first mates.
      "GATCGTCGGACTGTAGAACTCTGAACGTGTAGA",
      "TGGAATTCTCGGGTGCCAAGG",
    ].map { Array($0.utf8) }
}
