-- SPDX-License-Identifier: Apache-2.0
-- Amounts: what articles are sorted by and counted under. docs/adr/0034-amounts.md
-- says why a band is counted for every figure that meets it.

ALTER TABLE article ADD COLUMN amount INTEGER NOT NULL DEFAULT 0; -- index.AmountKey; none: the smallest number
UPDATE article SET amount = coalesce((SELECT max(hi) FROM money WHERE owner = article.n), -9223372036854775807 - 1);
CREATE INDEX article_amount ON article (amount, fetched, id);

-- index.MoneyBandsOf, from the figures as they were stored.
INSERT INTO facet (owner, field, value, label)
SELECT DISTINCT owner, 'money', band.value, ''
FROM money JOIN (
	SELECT '<100k' AS value, -9223372036854775807 - 1 AS lo, 9999999 AS hi
	UNION ALL SELECT '100k..<1m', 10000000, 99999999
	UNION ALL SELECT '1m..<10m', 100000000, 999999999
	UNION ALL SELECT '10m..<100m', 1000000000, 9999999999
	UNION ALL SELECT '100m..<1bn', 10000000000, 99999999999
	UNION ALL SELECT '>=1bn', 100000000000, 9223372036854775807
) AS band ON money.lo <= band.hi AND money.hi >= band.lo;
