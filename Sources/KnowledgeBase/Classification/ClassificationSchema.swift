/// The table of classifications: events, which are added and never changed but to be detached from a person.
enum ClassificationSchema {
  static let tables = """
    CREATE TABLE classification (
      id INTEGER PRIMARY KEY, contig TEXT NOT NULL, start INTEGER NOT NULL, reference TEXT NOT NULL,
      alternate TEXT NOT NULL, event TEXT NOT NULL, digest TEXT NOT NULL UNIQUE, contribution INTEGER,
      seal TEXT NOT NULL);
    CREATE INDEX classification_site ON classification (contig, start, reference, alternate);
    """
}
