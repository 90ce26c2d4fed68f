// SPDX-License-Identifier: Apache-2.0

package boilerplate

import (
	"strings"
	"sync"

	"golang.org/x/net/html"
)

// names is a set of what the class, id, role and itemprop of an element say.
type names uint64

// What names say.
const (
	nameComment names = 1 << iota
	nameRelated
	nameShare
	nameNav
	nameFooter
	nameHeader
	nameSide
	namePromo
	nameAd
	nameByline
	nameCaption
	nameDate
	nameMeta
	nameTags
	nameBody
	nameContent
	nameText
	nameArticle
	nameEntry
	nameMain
	nameTitle
	nameLead
	nameTeaser
	nameList
	nameWidget
	namePopup
	nameConsent
	nameUser
	nameLive
	nameQuote
	nameEmbed
	nameParagraph
	nameJobs
	nameToc
	namePager
	nameForm
	nameNotice
	nameRating
	nameMedia
	nameHidden
	namePost
	nameMore
	nameReply
	nameThread
	namePaywall
	nameButton
	nameItemBody // itemprop articleBody
	nameBio
	nameTable
	nameSignature
	nameWrapper
	nameCount = iota
)

// vocabulary maps the words of class names to what they say, in the languages
// of the publishers we have met. The map is only read.
var vocabulary = sync.OnceValue(func() map[string]names {
	m := make(map[string]names, 600)
	add := func(n names, words string) {
		for w := range strings.FieldsSeq(words) {
			m[w] |= n
		}
	}
	add(nameComment, "comment comments commentlist commenting disqus kommentar kommentare commentaire commentaires comentario comentarios respond discussion feedback livefyre coral")
	add(nameRelated, "related relateds recommended recommend recommendation recommendations recirc recirculation outbrain taboola popular trending mostread most similar zergnet onward verwandt related-posts yarpp jp-relatedposts relatedposts alsolike also crosslink readnext upnext suggested suggestions beliebt meistgelesen relacionadas relacionados relacionado")
	add(nameShare, "share sharing social shares addthis sharedaddy addtoany facebook twitter whatsapp follow teilen sociales shariff sharebar socials linkedin pinterest")
	add(nameNav, "nav navigation menu navbar breadcrumb breadcrumbs topbar navi subnav crumbs menue sitemap skip skiplink navlinks burger megamenu brotkrumen offcanvas")
	add(nameFooter, "footer foot bottom colophon fusszeile fuss impressum")
	add(nameHeader, "header head masthead top banner kopf toolbar")
	add(nameSide, "sidebar side rail aside secondary right left column marginal marginalie sidebar1 sidebar2 complementary extra randspalte rechts seitenleiste")
	add(namePromo, "promo promotion promobox newsletter subscribe subscription signup sign cta donate donation support appeal membership join callout marketing abo offer mailchimp optin podcast app push notification download")
	add(nameAd, "ad ads adv advert advertisement advertising sponsor sponsored dfp adslot adsense werbung anzeige anzeigen adbox publicidad pub banner-ad advertorial affiliate commercial gpt leaderboard billboard skyscraper")
	add(nameByline, "byline author authors autor autoren writer by contributor contributors creator redaktion verfasser auteur reporter vcard")
	add(nameBio, "bio biography profile aboutauthor authorbox about abouttheauthor")
	add(nameCaption, "caption captions figcaption credit credits bildunterschrift copyright photocredit imagecaption bildtext legende wp-caption")
	add(nameDate, "date time timestamp datetime published pubdate updated datum dateline modified uhrzeit postdate")
	add(nameMeta, "meta info metadata postmeta details byline-meta infobar infos stats views count counter")
	add(nameTags, "tag tags category categories topics topic keywords keyword taxonomy cat labels label schlagwort schlagworte rubrik kicker section etiquetas")
	add(nameBody, "body articlebody storybody bodytext body-text articulo richtext rich wysiwyg prose copy fliesstext mainbody bodycopy")
	add(nameContent, "content contents entrycontent contentbody inhalt contenu contenido cuerpo maincontent")
	add(nameText, "text txt textbox textblock freetext bodytext-text")
	add(nameArticle, "article artikel story storytext news newsarticle articletext articlecontent storycontent articulo noticia")
	add(nameEntry, "entry hentry blogpost blog single")
	add(namePost, "post posts message messages msg beitrag answer answers question postbody")
	add(nameMain, "main hauptinhalt mainpage primary center")
	add(nameTitle, "title headline heading hed titel ueberschrift titulo headlines subtitle h1 h2 h3")
	add(nameLead, "lead lede intro standfirst summary dek deck abstract excerpt subhead subheadline subline vorspann introduction teasertext description preamble chapo bajada key keypoints highlights")
	add(nameTeaser, "teaser teasers card cards tile tiles thumb thumbnail thumbnails promo-item snippet preview listitem hub flex-item feature featured")
	add(nameList, "list listing feed river stream grid archive collection items item slider carousel swiper slick latest recent results gallery row")
	add(nameWidget, "widget widgets module modul box block plugin panel component container")
	add(nameWrapper, "wrapper wrap inner outer row col holder area region layout page site")
	add(namePopup, "popup modal overlay lightbox dialog tooltip popover rollover hovercard tippy dropdown drawer flyout sticky hover toast alert")
	add(nameConsent, "cookie cookies consent gdpr privacy cmp onetrust datenschutz ccpa cookiebar didomi usercentrics")
	add(nameUser, "user login account profile member avatar anmelden register registration signin username nick nickname person poster displayname handle screenname commenter mitglied benutzer")
	add(nameLive, "live liveblog ticker liveticker blogpost update updates")
	add(nameQuote, "quote blockquote pullquote zitat pull citation zitate")
	add(nameEmbed, "embed tweet instagram video player youtube iframe audio oembed embedded media-embed soundcloud")
	add(nameParagraph, "paragraph para p absatz paragraphs paragraf")
	add(nameJobs, "job jobs stellen stellenangebote career careers vacancy vacancies stellenmarkt ijobs recruitment")
	add(nameToc, "toc tableofcontents inhaltsverzeichnis index outline anchors jump")
	add(namePager, "pager pagination prev next previous pages paging seitenzahl prevnext weiter zurueck older newer nextprev")
	add(nameForm, "form search input suche field select captcha contact kontakt searchform filter")
	add(nameNotice, "notice disclaimer legal terms correction corrections hinweis warning footnote footnotes license agb rights editorsnote")
	add(nameRating, "rating ratings vote votes score stars like likes reaction reactions poll survey umfrage quiz voting upvote")
	add(nameMedia, "image images img photo photos picture pictures figure bild bilder foto fotos media slideshow galerie media-box fotostrecke hero")
	add(nameHidden, "hidden hide invisible offscreen sr screen visually assistive noprint none sronly")
	add(nameMore, "more readmore mehr weiterlesen further see inline link links continue expand")
	add(nameReply, "reply replies antwort antworten respuesta children depth")
	add(nameThread, "thread threads forum topic-post bbs board topicpost phpbb vbulletin postbit")
	add(namePaywall, "paywall premium plus locked subscriber regwall metered piano restricted barrier")
	add(nameButton, "button btn cta-button toggle trigger icon icons")
	add(nameTable, "table infobox factbox fact facts faktenkasten stats specs datatable")
	add(nameSignature, "signature sig postsig edited lastedited")
	return m
})

// lexer reads the names of elements. It remembers whole attribute values, which
// repeat a hundred times on a page.
type lexer struct {
	words  map[string]names
	lexis  *Lexis
	seen   map[string]said
	buf    []byte
	traced *[]string // collects the words of names for the trainer, nil otherwise
}

// said is what an attribute's value says.
type said struct {
	names names
	says  float32
}

const maxNameBytes = 512 // of one class attribute; the rest is ignored

// names returns what the class, itemprop and rel of an inline element say.
func (l *lexer) names(n *html.Node) names {
	var out names
	for i := range n.Attr {
		switch n.Attr[i].Key {
		case "class", "itemprop", "rel":
			out |= l.read(n.Attr[i].Val).names
		}
	}
	return out
}

// read returns what an attribute's value says.
func (l *lexer) read(value string) said {
	if value == "" {
		return said{}
	}
	if len(value) > maxNameBytes {
		value = value[:maxNameBytes]
	}
	if n, ok := l.seen[value]; ok && l.traced == nil {
		return n
	}
	var n said
	prevLower := false
	l.buf = l.buf[:0]
	for i := 0; i <= len(value); i++ {
		var c byte
		if i < len(value) {
			c = value[i]
		}
		upper := c >= 'A' && c <= 'Z'
		letter := upper || c >= 'a' && c <= 'z' || c >= '0' && c <= '9'
		if !letter || upper && prevLower {
			l.word(&n)
			l.buf = l.buf[:0]
		}
		if letter {
			if upper {
				c |= 0x20
			}
			l.buf = append(l.buf, c)
		}
		prevLower = letter && !upper
	}
	l.seen[value] = n
	return n
}

// word adds what the word in the buffer says.
func (l *lexer) word(n *said) {
	if len(l.buf) == 0 {
		return
	}
	n.names |= l.words[string(l.buf)]
	n.says += l.lexis.names.of(nameKey(string(l.buf)))
	if l.traced != nil {
		*l.traced = append(*l.traced, string(l.buf))
	}
}
