-- SPDX-License-Identifier: Apache-2.0
-- The first schema. docs/adr/0030-sqlite-schema.md says why it looks like this.

-- The newest revision of each article: what it is sorted by and its dates.
-- A date's days are those on which it may lie: a stated month is all its days.
CREATE TABLE article (
	n              INTEGER PRIMARY KEY,
	id             TEXT    NOT NULL UNIQUE,
	version        INTEGER NOT NULL,
	newest         INTEGER NOT NULL, -- index.PublishedKey; undated: the smallest number
	oldest         INTEGER NOT NULL, -- index.PublishedKey; undated: the greatest number
	fetched        INTEGER NOT NULL, -- milliseconds UTC
	published_from TEXT,             -- YYYY-MM-DD
	published_to   TEXT,
	fetched_day    TEXT              -- NULL where never fetched
);
CREATE INDEX article_newest  ON article (newest, fetched, id);
CREATE INDEX article_oldest  ON article (oldest, fetched, id);
CREATE INDEX article_fetched ON article (fetched, id);

-- Every revision of each article, whole: compressed JSON.
CREATE TABLE revision (
	id       TEXT    NOT NULL,
	version  INTEGER NOT NULL,
	document BLOB    NOT NULL,
	PRIMARY KEY (id, version)
);

-- Terms of the analyser, parted by spaces; rowid is article.n. The ascii
-- tokenizer splits at the space alone, for a term has no other ASCII separator.
CREATE VIRTUAL TABLE article_text USING fts5 (
	title_word, title_stem, body_word, body_stem,
	tokenize = 'ascii', content = '', contentless_delete = 1
);

-- Asides, one row each: a phrase never runs from one into the next.
CREATE TABLE aside (
	n       INTEGER PRIMARY KEY,
	article INTEGER NOT NULL,
	zone    TEXT    NOT NULL
);
CREATE INDEX aside_article ON aside (article);
CREATE INDEX aside_zone    ON aside (zone, article);
CREATE VIRTUAL TABLE aside_text USING fts5 (
	word, stem, tokenize = 'ascii', content = '', contentless_delete = 1
);

-- Organisations named, by zone: '=' and an id, or '~' and a folded name.
CREATE TABLE party (
	owner INTEGER NOT NULL, -- article.n
	role  TEXT    NOT NULL,
	zone  TEXT    NOT NULL,
	value TEXT    NOT NULL,
	PRIMARY KEY (owner, role, zone, value)
) WITHOUT ROWID;
CREATE INDEX party_value ON party (role, zone, value);

-- Figures of the body in hundredths; lo and hi are NULL for a vague one.
CREATE TABLE money (
	owner    INTEGER NOT NULL, -- article.n
	lo       INTEGER,
	hi       INTEGER,
	currency TEXT    NOT NULL,
	per      TEXT    NOT NULL
);
CREATE INDEX money_owner  ON money (owner);
CREATE INDEX money_figure ON money (hi, lo, currency, per, owner);

CREATE TABLE contract (
	n       INTEGER PRIMARY KEY,
	article INTEGER NOT NULL,
	status  TEXT    NOT NULL,
	subject INTEGER NOT NULL -- 1 where it has one, of a term or more
);
CREATE INDEX contract_article ON contract (article);
CREATE INDEX contract_status  ON contract (status, article);
CREATE TABLE contract_party (
	owner INTEGER NOT NULL, -- contract.n
	role  TEXT    NOT NULL,
	value TEXT    NOT NULL,
	PRIMARY KEY (owner, role, value)
) WITHOUT ROWID;
CREATE INDEX contract_party_value ON contract_party (role, value);
CREATE TABLE contract_money (
	owner    INTEGER NOT NULL, -- contract.n
	lo       INTEGER,
	hi       INTEGER,
	currency TEXT    NOT NULL,
	per      TEXT    NOT NULL
);
CREATE INDEX contract_money_owner  ON contract_money (owner);
CREATE INDEX contract_money_figure ON contract_money (hi, lo, currency, per, owner);
CREATE VIRTUAL TABLE contract_text USING fts5 (
	word, stem, tokenize = 'ascii', content = '', contentless_delete = 1
);

-- Values in the form that is compared: FoldName of kinds and sources; the
-- words of each author, a space before and after; a language and its prefixes.
CREATE TABLE keyword (
	owner INTEGER NOT NULL, -- article.n
	field TEXT    NOT NULL,
	value TEXT    NOT NULL,
	PRIMARY KEY (owner, field, value)
) WITHOUT ROWID;
CREATE INDEX keyword_value ON keyword (field, value);

-- What is counted, once per article and value.
CREATE TABLE facet (
	owner INTEGER NOT NULL, -- article.n
	field TEXT    NOT NULL,
	value TEXT    NOT NULL,
	label TEXT    NOT NULL,
	PRIMARY KEY (owner, field, value)
) WITHOUT ROWID;
CREATE INDEX facet_value ON facet (field, value, label);

-- What became of each URL: entry is the JSON of copytaster.Entry.
CREATE TABLE url (
	url    TEXT NOT NULL PRIMARY KEY,
	state  TEXT NOT NULL,
	reason TEXT NOT NULL,
	entry  TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX url_state ON url (state); -- and url, the key
CREATE INDEX url_tally ON url (state, reason);
