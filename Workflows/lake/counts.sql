-- Counts every allele of a lake, as `apus kb query` does: for DuckDB and Spark alike.
--
-- Reads the views people(person, sex), contigs(number, name, refget), places(refget, low, high, kind, female, male,
-- unknown), callable(person, refget, low, high) and observations(person, refget, start, reference, alternate, vrs,
-- genotype). Places are interbase, from 0; `position` is VCF's.
--
-- Nothing is joined with everybody: who is covered at a site is a running sum over the ends of callable stretches, within
-- bins of 131,072 bases, at which the lake cuts them.
WITH alleles AS (
  SELECT o.person, p.sex, o.refget, floor(o.start / 131072) AS bin, o.start, o.reference, o.alternate, o.vrs,
    length(o.genotype) - length(replace(o.genotype, '1', '')) AS copies,
    length(replace(replace(replace(o.genotype, '/', ''), '|', ''), '.', '')) AS called,
    length(replace(replace(o.genotype, '/', ''), '|', '')) AS ploidy,
    CASE WHEN o.genotype LIKE '%0%' THEN 1 ELSE 0 END + CASE WHEN o.genotype LIKE '%1%' THEN 1 ELSE 0 END
      + CASE WHEN o.genotype LIKE '%2%' THEN 1 ELSE 0 END AS kinds
  FROM observations o JOIN people p ON p.person = o.person
),
sites AS (
  SELECT s.refget, s.bin, s.start, p.kind, p.female, p.male, p.unknown
  FROM (SELECT DISTINCT refget, bin, start FROM alleles) s
  JOIN places p ON p.refget = s.refget AND s.start >= p.low AND s.start < p.high
),

-- Who carries anything at a site, and whether they are covered there. Stretches of a person do not overlap, so the
-- farthest end of those that begin at or before the site is that of the last.
marks AS (
  SELECT person, sex, refget, bin, start AS place, 1 AS is_site, CAST(NULL AS BIGINT) AS high, max(called) AS called,
    max(kinds) AS kinds
  FROM alleles GROUP BY person, sex, refget, bin, start
  UNION ALL
  SELECT person, NULL, refget, floor(low / 131072), low, 0, high, NULL, NULL FROM callable
),
reached AS (
  SELECT person, sex, refget, place, is_site, called, kinds,
    max(high) OVER (PARTITION BY person, refget, bin ORDER BY place, is_site ROWS UNBOUNDED PRECEDING) AS reach
  FROM marks
),
carriers AS (
  SELECT r.person, r.sex, r.refget, r.place AS start, s.kind,
    CASE WHEN coalesce(r.reach, 0) > r.place THEN 1 ELSE 0 END AS covered,
    CASE r.sex WHEN 'female' THEN s.female WHEN 'male' THEN s.male ELSE s.unknown END AS ploidy,
    -- Of one copy: what contradicts it is not known.
    CASE WHEN s.kind = 'mitochondrial' THEN least(1, r.called)
      WHEN CASE r.sex WHEN 'female' THEN s.female WHEN 'male' THEN s.male ELSE s.unknown END = 1
        THEN CASE WHEN r.kinds > 1 THEN 0 ELSE least(1, r.called) END
      ELSE r.called END AS called
  FROM reached r JOIN sites s ON s.refget = r.refget AND s.start = r.place
  WHERE r.is_site = 1
),
carried AS (
  SELECT refget, start,
    sum(CASE WHEN coalesce(ploidy, 2) > 0 THEN called ELSE 0 END) AS an,
    sum(CASE WHEN coalesce(ploidy, 2) > 0 AND covered = 1 THEN called ELSE 0 END) AS callable_an,
    sum(CASE WHEN coalesce(ploidy, 2) > 0 AND called > 0 THEN 1 ELSE 0 END) AS people,
    sum(CASE WHEN coalesce(ploidy, 2) > 0 AND called = 0 THEN 1 ELSE 0 END) AS unknown,
    sum(CASE WHEN sex = 'female' THEN 1 ELSE 0 END) AS females,
    sum(CASE WHEN sex = 'male' THEN 1 ELSE 0 END) AS males,
    sum(CASE WHEN sex = 'unknown' THEN 1 ELSE 0 END) AS others,
    sum(CASE WHEN sex = 'female' THEN covered ELSE 0 END) AS covered_females,
    sum(CASE WHEN sex = 'male' THEN covered ELSE 0 END) AS covered_males,
    sum(CASE WHEN sex = 'unknown' THEN covered ELSE 0 END) AS covered_others
  FROM carriers GROUP BY refget, start
),

-- How many of each sex are covered at a site.
steps AS (
  SELECT refget, bin, place, 0 AS is_site,
    sum(CASE WHEN sex = 'female' THEN step ELSE 0 END) AS females,
    sum(CASE WHEN sex = 'male' THEN step ELSE 0 END) AS males,
    sum(CASE WHEN sex = 'unknown' THEN step ELSE 0 END) AS others
  FROM (
    SELECT c.refget, floor(c.low / 131072) AS bin, c.low AS place, p.sex, 1 AS step
    FROM callable c JOIN people p ON p.person = c.person
    UNION ALL
    SELECT c.refget, floor(c.low / 131072), c.high, p.sex, -1 FROM callable c JOIN people p ON p.person = c.person
  ) ends
  GROUP BY refget, bin, place
  UNION ALL
  SELECT refget, bin, start, 1, 0, 0, 0 FROM sites
),
coverage AS (
  SELECT refget, place AS start, is_site,
    sum(females) OVER (PARTITION BY refget, bin ORDER BY place, is_site ROWS UNBOUNDED PRECEDING) AS females,
    sum(males) OVER (PARTITION BY refget, bin ORDER BY place, is_site ROWS UNBOUNDED PRECEDING) AS males,
    sum(others) OVER (PARTITION BY refget, bin ORDER BY place, is_site ROWS UNBOUNDED PRECEDING) AS others
  FROM steps
),
totals AS (
  SELECT sum(CASE WHEN sex = 'female' THEN 1 ELSE 0 END) AS females,
    sum(CASE WHEN sex = 'male' THEN 1 ELSE 0 END) AS males,
    sum(CASE WHEN sex = 'unknown' THEN 1 ELSE 0 END) AS others
  FROM people
),

-- Everybody at a site: carriers by their records, the others by their callable stretches.
whole AS (
  SELECT s.refget, s.start,
    c.an + coalesce(s.female, 0) * (v.females - c.covered_females) + coalesce(s.male, 0) * (v.males - c.covered_males)
      + coalesce(s.unknown, 0) * (v.others - c.covered_others) AS an,
    c.callable_an + coalesce(s.female, 0) * (v.females - c.covered_females)
      + coalesce(s.male, 0) * (v.males - c.covered_males)
      + coalesce(s.unknown, 0) * (v.others - c.covered_others) AS callable_an,
    c.people + CASE WHEN coalesce(s.female, 0) > 0 THEN v.females - c.covered_females ELSE 0 END
      + CASE WHEN coalesce(s.male, 0) > 0 THEN v.males - c.covered_males ELSE 0 END
      + CASE WHEN coalesce(s.unknown, 0) > 0 THEN v.others - c.covered_others ELSE 0 END AS people,
    c.unknown
      + CASE WHEN s.female IS NULL THEN t.females - c.females
          WHEN s.female > 0 THEN t.females - c.females - (v.females - c.covered_females) ELSE 0 END
      + CASE WHEN s.male IS NULL THEN t.males - c.males
          WHEN s.male > 0 THEN t.males - c.males - (v.males - c.covered_males) ELSE 0 END
      + CASE WHEN s.unknown IS NULL THEN t.others - c.others
          WHEN s.unknown > 0 THEN t.others - c.others - (v.others - c.covered_others) ELSE 0 END AS unknown
  FROM sites s
  JOIN carried c ON c.refget = s.refget AND c.start = s.start
  JOIN coverage v ON v.refget = s.refget AND v.start = s.start AND v.is_site = 1
  CROSS JOIN totals t
),

-- What each carrier brings to an allele's own figures.
shares AS (
  SELECT a.refget, a.start, a.reference, a.alternate, a.vrs, a.copies, c.covered,
    CASE WHEN coalesce(c.ploidy, 2) = 0 OR c.called = 0 OR a.copies = 0 THEN 'none'
      WHEN c.kind = 'mitochondrial' THEN CASE WHEN a.copies = a.called THEN 'homoplasmic' ELSE 'heteroplasmic' END
      WHEN c.ploidy = 1 OR a.ploidy = 1 THEN 'hemi'
      WHEN a.copies = a.ploidy THEN 'hom'
      WHEN a.called > a.copies THEN 'het'
      ELSE 'partial' END AS share
  FROM alleles a JOIN carriers c ON c.person = a.person AND c.refget = a.refget AND c.start = a.start
),
own AS (
  SELECT refget, start, reference, alternate, min(vrs) AS vrs,
    sum(CASE WHEN share = 'none' THEN 0 WHEN share IN ('hom', 'het', 'partial') THEN copies ELSE 1 END) AS ac,
    sum(CASE WHEN share = 'none' OR covered = 0 THEN 0 WHEN share IN ('hom', 'het', 'partial') THEN copies ELSE 1 END)
      AS callable_ac,
    sum(CASE WHEN share IN ('hom', 'homoplasmic') THEN 1 ELSE 0 END) AS hom,
    sum(CASE WHEN share IN ('het', 'heteroplasmic') THEN 1 ELSE 0 END) AS het,
    sum(CASE WHEN share = 'hemi' THEN 1 ELSE 0 END) AS hemi,
    sum(CASE WHEN share = 'partial' THEN 1 ELSE 0 END) AS partial
  FROM shares GROUP BY refget, start, reference, alternate
),
named AS (
  SELECT refget, number, name
  FROM (SELECT refget, number, name, row_number() OVER (PARTITION BY refget ORDER BY number) AS n FROM contigs) ranked
  WHERE n = 1
)
SELECT n.name AS contig, o.start + 1 AS position, o.reference, o.alternate, o.vrs,
  CAST(o.ac AS BIGINT) AS ac, CAST(w.an AS BIGINT) AS an, CAST(o.hom AS BIGINT) AS hom, CAST(o.het AS BIGINT) AS het,
  CAST(o.hemi AS BIGINT) AS hemi, CAST(o.partial AS BIGINT) AS partial, CAST(w.people AS BIGINT) AS people,
  CAST(w.unknown AS BIGINT) AS unknown, CAST(o.callable_ac AS BIGINT) AS callable_ac,
  CAST(w.callable_an AS BIGINT) AS callable_an
FROM own o
JOIN whole w ON w.refget = o.refget AND w.start = o.start
JOIN named n ON n.refget = o.refget
ORDER BY n.number, o.start, o.reference, o.alternate
