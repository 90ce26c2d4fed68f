// SPDX-License-Identifier: Apache-2.0

package elastic

import (
	"github.com/copytaster/copytaster"
)

// object is a piece of JSON.
type object map[string]any

// gap is the number of positions between two values of one terms field. Neither
// a phrase nor a window (of 64 terms and 100 between at most) reaches over it,
// so that each aside, and each byline, is a text of its own.
const gap = 1000

// Limits of a keyword that is counted, in characters, and of the nested objects
// of a document.
const (
	maxKeyword = 8000
	maxNested  = 100_000
)

// terms is a field of terms of our analyser, parted by spaces.
func terms() object {
	return object{"type": "text", "analyzer": "whitespace", "position_increment_gap": gap}
}

// unscored is a field of terms by which nothing is ranked.
func unscored() object {
	f := terms()
	f["norms"] = false
	return f
}

// keyword is a field that is counted or sorted by.
func keyword() object { return object{"type": "keyword", "ignore_above": maxKeyword} }

// filter is a field that is only looked up in.
func filter() object { return object{"type": "keyword", "doc_values": false} }

func long() object { return object{"type": "long"} }

// date is a moment for other tools. One that they cannot show is left out: no
// document is refused for it.
func date() object {
	return object{"type": "date", "format": "epoch_millis", "ignore_malformed": true}
}

// stored is kept as it is, and not looked into.
func stored() object { return object{"type": "object", "enabled": false} }

// strict is a mapping that refuses what it does not name.
func strict(properties object) object {
	return object{"dynamic": "strict", "properties": properties}
}

// figureFields are those of a nested figure; amounts are hundredths.
func figureFields() object {
	return object{"type": "nested", "dynamic": "strict", "properties": object{
		"lo": long(), "hi": long(), "currency": filter(), "per": filter(),
	}}
}

// documentMapping is the mapping of searched documents: see fields for what is
// put in. Only the document itself and what other tools show is kept in _source.
func (x *Index) documentMapping() object {
	properties := object{
		"document": stored(),
		"id":       object{"type": "keyword"}, "version": long(), "url": keyword(),
		"title_words": terms(), "title_stems": terms(), "body_words": terms(), "body_stems": terms(),
		"asides": asideFields(), "authors": unscored(), "keys": filter(),
		"money": figureFields(),
		"contracts": object{"type": "nested", "dynamic": "strict", "properties": object{
			"keys": filter(), "subject_words": unscored(), "subject_stems": unscored(), "money": figureFields(),
		}},
		"published_from": filter(), "published_to": filter(), "fetched_day": filter(),
		"newest": long(), "oldest": long(), "came": long(), "amount": long(),
		"fetched": date(), "published": date(),
		"parties": object{"type": "nested", "dynamic": "strict", "properties": object{
			"role": filter(), "value": keyword(), "label": keyword(),
		}},
		"status": keyword(), "bands": keyword(), "currency": keyword(), "source": keyword(), "kind": keyword(), "language": keyword(), "month": keyword(),
		"title": x.nativeText(), "text": x.nativeText(),
	}
	m := strict(properties)
	m["_source"] = object{"includes": []string{
		"document", "id", "version", "url", "title", "published", "fetched", "status", "currency", "source", "kind", "language", "month",
	}}
	m["_meta"] = object{"written_by": "copytaster", "mapping": mappingVersion, "analyzer": x.opts.Analyzer}
	return m
}

// nativeText is a text field for Kibana and other tools. Our own search never
// reads it. It is mapped without an analyser too, so that no document is refused
// after the setting has changed.
func (x *Index) nativeText() object {
	if x.opts.Analyzer == "" {
		return object{"type": "text", "index": false}
	}
	return object{"type": "text", "analyzer": x.opts.Analyzer}
}

// asideFields are the terms of the asides, by zone.
func asideFields() object {
	zones := object{}
	for _, z := range copytaster.Zones() {
		zones[string(z)] = strict(object{"words": unscored(), "stems": unscored()})
	}
	return strict(zones)
}

// documentSettings are those of an index of documents. The refresh interval is
// said although it is the server's own: said, it holds for an index that nobody
// has searched for a while too.
func (x *Index) documentSettings() object {
	s := x.settings()
	s["mapping.nested_objects.limit"] = maxNested
	return s
}

func (x *Index) settings() object {
	s := object{
		"number_of_shards": x.opts.Shards, "auto_expand_replicas": "0-1", "refresh_interval": "1s",
		"gc_deletes": "0s", "translog.durability": "request", "codec": "best_compression",
	}
	if x.opts.Replicas > 0 {
		delete(s, "auto_expand_replicas")
		s["number_of_replicas"] = x.opts.Replicas
	}
	return s
}

// revisionMapping is the mapping of the revisions of articles.
func revisionMapping() object {
	return strict(object{"article": object{"type": "keyword"}, "version": long(), "document": stored()})
}

// ledgerMapping is the mapping of the ledger's entries.
func ledgerMapping() object {
	return strict(object{
		"url": object{"type": "keyword"}, "state": keyword(), "reason": keyword(),
		"at": object{"type": "date", "format": "epoch_millis"}, "article": keyword(), "entry": stored(),
	})
}
