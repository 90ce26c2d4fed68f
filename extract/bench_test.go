// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/copytaster/copytaster"
)

// corpus is about a megabyte of our own passages.
func corpus(b *testing.B) string {
	b.Helper()
	var s strings.Builder
	for s.Len() < 1<<20 {
		for _, file := range []string{"first", "second", "third"} {
			for _, p := range passagesOf(b, "testdata/entities/"+file+".jsonl") {
				s.WriteString(p.Text + "\n\n")
			}
		}
	}
	return s.String()
}

// generated fills a builder with n distinct names of one to four words.
func generated(n int) *Gazetteer {
	b := NewBuilder(n)
	for i := range n {
		b.Add(&Entry{ID: fmt.Sprintf("x%d", i), Name: generatedName(i)})
	}
	return b.Gazetteer()
}

func generatedName(i int) string {
	var words []string
	for k, v := 0, uint64(i)*2654435761+12345; k <= i%4; k++ {
		words = append(words, fmt.Sprintf("%c%s%s", 'A'+v%26, syllables[v/26%uint64(len(syllables))], syllables[v/997%uint64(len(syllables))]))
		v = v*6364136223846793005 + 1442695040888963407
		v >>= 3
	}
	if i%4 == 0 {
		words[0] += fmt.Sprint(i)
	}
	if i%3 == 0 {
		words = append(words, "Limited")
	}
	return strings.Join(words, " ") + fmt.Sprintf(" %d", i)
}

var syllables = strings.Fields("bar cor den fal gor hin jas kel lum mor nex pol quil ras sol tam und vex wil yor zan bri cle dro fle gri pla sta tre")

// BenchmarkMatch is the matcher alone, tokenising included, over real text; the
// speed with a million names must be at least 0.7 times that with a thousand.
func BenchmarkMatch(b *testing.B) {
	text := corpus(b)
	for _, n := range []int{1000, 1000000} {
		b.Run(fmt.Sprintf("names=%d", n), func(b *testing.B) {
			g := generated(n)
			b.SetBytes(int64(len(text)))
			b.ResetTimer()
			for range b.N {
				g.match(text, tokenise(text))
			}
		})
	}
}

// BenchmarkBuild compiles a million names and reports what they take up.
func BenchmarkBuild(b *testing.B) {
	for range b.N {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		g := generated(1000000)
		runtime.GC()
		runtime.ReadMemStats(&after)
		b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/1e6, "MB")
		runtime.KeepAlive(g)
	}
}

// BenchmarkTag is the whole of tagging: money, organisations, contracts, and the
// tagger of speech where it is asked.
func BenchmarkTag(b *testing.B) {
	tagger := shared(b)
	var texts []string
	size := 0
	for _, file := range []string{"first", "second", "third"} {
		for _, p := range passagesOf(b, "testdata/entities/"+file+".jsonl") {
			texts = append(texts, p.Text)
			size += len(p.Text)
		}
	}
	tagger.relations.speech.proper("Ready now.")
	b.SetBytes(int64(size))
	b.ReportAllocs()
	b.ResetTimer()
	for range b.N {
		for _, text := range texts {
			tagger.Tag(&copytaster.Document{Article: copytaster.Article{Text: text}})
		}
	}
}

// BenchmarkSpeech is what one question to prose costs.
func BenchmarkSpeech(b *testing.B) {
	p := &shared(b).relations.speech
	p.proper("Ready now.")
	b.ResetTimer()
	for range b.N {
		p.proper("Inspectors were scathing about the running of")
	}
}
