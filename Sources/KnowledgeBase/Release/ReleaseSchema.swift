/// The tables of the ledger: what earlier releases told, and of whom.
///
/// A person stands in it as the number of their contribution and no further: `release_member` has their row until they
/// withdraw. All else is numbers of people, and labels that a release told already.
enum ReleaseSchema {
  static let tables = """
    CREATE TABLE release_issue (
      id INTEGER PRIMARY KEY, release TEXT NOT NULL, created TEXT NOT NULL, policy TEXT NOT NULL,
      minimum INTEGER NOT NULL, rounding INTEGER NOT NULL, exact INTEGER NOT NULL, partition TEXT NOT NULL,
      strata INTEGER NOT NULL, people INTEGER NOT NULL, variants INTEGER NOT NULL);
    CREATE TABLE release_tranche (
      id INTEGER PRIMARY KEY, minimum INTEGER NOT NULL, rounding INTEGER NOT NULL, exact INTEGER NOT NULL);
    CREATE TABLE release_group (
      tranche INTEGER NOT NULL REFERENCES release_tranche, stratum TEXT NOT NULL, sex TEXT NOT NULL,
      people INTEGER NOT NULL, step INTEGER NOT NULL, cells INTEGER NOT NULL,
      PRIMARY KEY (tranche, stratum, sex)) WITHOUT ROWID;
    CREATE TABLE release_member (
      contribution INTEGER PRIMARY KEY, tranche INTEGER NOT NULL REFERENCES release_tranche,
      since INTEGER NOT NULL, held INTEGER, seal TEXT NOT NULL);
    CREATE TABLE release_cell (
      contig TEXT NOT NULL, tranche INTEGER NOT NULL, stratum TEXT NOT NULL, sex TEXT NOT NULL,
      start INTEGER NOT NULL, reference TEXT NOT NULL, alternate TEXT NOT NULL, label TEXT NOT NULL,
      step INTEGER NOT NULL, seal TEXT NOT NULL,
      PRIMARY KEY (contig, tranche, stratum, sex, start, reference, alternate)) WITHOUT ROWID;
    CREATE TABLE release_lake (generation INTEGER NOT NULL);
    CREATE TABLE release_seal (id INTEGER PRIMARY KEY, members INTEGER NOT NULL, seal TEXT NOT NULL);
    """
}
