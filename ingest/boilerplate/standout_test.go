// SPDX-License-Identifier: Apache-2.0

package boilerplate

import (
	"strings"
	"testing"

	"github.com/copytaster/copytaster"
	"github.com/google/go-cmp/cmp"
)

// TestStandout hands a text the classifier's opinions of its lines, one digit each:
// tenths.
func TestStandout(t *testing.T) {
	const said = "The depot is shut until the roof has been mended, the board said.\n"
	for _, c := range []struct {
		name, text, opinions string
		kept                 []int
		most                 float64
	}{
		{"what stands out", "Home\nNews\n" + said + said + "Share\n", "00430", []int{2, 3}, 0.4},
		{"the longer of two runs", said + "Share\n" + said + said + "Home\n", "40440", []int{2, 3}, 0.5},
		{"nothing where something passes", said + "Share\n" + said, "806", []int{0, 2}, 1},
		{"a few words", "Home\nDepot shut\nRoof down\nShare\n", "0440", nil, 1},
		{"what hardly stands out", said + said + said, "000", nil, 1},
		{"lines without a sentence", strings.Repeat("Round three at Mossgate on the fifth of May\n", 3), "434", []int{0, 1, 2}, 0.4},
		{"unlikely lines without a sentence", strings.Repeat("Round three at Mossgate on the fifth of May\n", 3), "222", nil, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := readPlain(c.text, "")
			for i := range p.blocks {
				p.blocks[i].prob = float64(c.opinions[i]-'0') / 10
			}
			p.zone()
			var kept []int
			for i := range p.blocks {
				if p.blocks[i].zone == copytaster.ZoneBody {
					kept = append(kept, i)
				}
			}
			if diff := cmp.Diff(c.kept, kept); diff != "" {
				t.Error(diff)
			}
			if p.sure > c.most || c.most == 1 && p.sure != 1 {
				t.Errorf("it is sure by %v, want at most %v", p.sure, c.most)
			}
		})
	}
}

// TestShortArticleBelowLongMenus has one paragraph below hundreds of lines of menus:
// it is kept, and one is told to doubt it.
func TestShortArticleBelowLongMenus(t *testing.T) {
	const said = "A equipe do depósito registrou nesta manhã o arrombamento de dois dos cinco carros da unidade; a polícia foi até o local para verificar os danos."
	var s strings.Builder
	for _, year := range []string{"2019", "2018", "2017", "2016", "2015", "2014", "2013"} {
		s.WriteString(year + "\n")
		for _, m := range strings.Fields("Dezembro Novembro Outubro Setembro Agosto Julho Junho Maio Abril Março Fevereiro Janeiro Categorias Cultura Esportes Saúde Fazenda Contatos Protocolo Ouvidoria") {
			s.WriteString(m + "\n")
		}
	}
	r := StripText(s.String()+"Carros arrombados no depósito\n"+said+"\nFacebook Twitter\nVoltar\n", "")
	if r.Text != said {
		t.Errorf("the text is %q", r.Text)
	}
	if r.Confidence > 0.5 {
		t.Errorf("it is sure by %v", r.Confidence)
	}
}
