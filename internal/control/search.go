// SPDX-License-Identifier: Apache-2.0

package control

import (
	"context"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
)

func (s *server) search(ctx context.Context, r SearchRequest) (SearchReply, error) {
	q, notices, err := s.line.Query(r.Query)
	if err != nil {
		return SearchReply{}, err
	}
	res, err := s.line.Index.Search(ctx, q, r.Page)
	if err != nil {
		return SearchReply{}, err
	}
	out := SearchReply{Total: res.Total, Facets: res.Facets, Next: res.Next, Notices: notices}
	for _, h := range res.Hits {
		out.Hits = append(out.Hits, found(q, h))
	}
	return out, nil
}

// found adds to a hit what made it match.
func found(q copytaster.Query, h index.Hit) Found {
	m := q.Explain(copytaster.NewView(h.Document))
	return Found{Hit: h, Evidence: m.Evidence, Also: m.Also}
}

// exportPage is how many documents an export reads at a time.
const exportPage = 200

func (s *server) export(ctx context.Context, r ExportRequest, send func(*Exported) error) error {
	q, _, err := s.line.Query(r.Query)
	if err != nil {
		return err
	}
	page := index.Page{Size: exportPage, Sort: r.Sort}
	for {
		res, err := s.line.Index.Search(ctx, q, page)
		if err != nil {
			return err
		}
		for _, h := range res.Hits {
			e := &Exported{Document: h.Document}
			if r.Sentences {
				e.Sentence = q.Explain(copytaster.NewView(h.Document)).Evidence.Sentence
			}
			if err := send(e); err != nil {
				return err
			}
		}
		if page.After = res.Next; page.After == "" {
			return nil
		}
	}
}

func (s *server) testWatch(ctx context.Context, r TestRequest) (SearchReply, error) {
	return s.search(ctx, SearchRequest{Query: r.Query, Page: index.Page{Size: max(r.Limit, 1), Sort: index.SortFetched}})
}
