// SPDX-License-Identifier: Apache-2.0

package boilerplate

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// cue is a set of what the words of a short block say about it.
type cue uint32

// What words say.
const (
	cueMore cue = 1 << iota
	cueSubscribe
	cueShare
	cueComments
	cueCopyright
	cueAd
	cueByline
	cueDate
	cueCredit
	cueNav
	cueTags
	cueUpdated
	cuePrivacy
	cueJobs
	cueReply
	cueCut  // ends in truncation dots
	cueURL  // contains an address
	cueList // starts with a bullet or a number
	cueQuestion
	cueCaps
	cueColon
	cueBar // contains a bar or a bullet between words
	cueBio
	cueVideo
	cueAgo
	cueSource
	cueCount = iota
)

const cueWords = 40 // words of a block that are read for cues

// phraseTable maps words and pairs of words, lower case, to their cues. Hardly
// any word of a text is in it, so the length is asked first, which is cheap: a
// bit for each, by the low bits of the first and the last byte.
type phraseTable struct {
	cues    map[string]cue
	lengths [1 << 10]uint64
}

func (t *phraseTable) add(c cue, list string) {
	for p := range strings.SplitSeq(list, ",") {
		p = strings.TrimSpace(p)
		t.cues[p] |= c
		t.lengths[ends(p[0], p[len(p)-1])] |= 1 << min(len(p), 63)
	}
}

func (t *phraseTable) find(p []byte) cue {
	if len(p) == 0 || t.lengths[ends(p[0], p[len(p)-1])]&(1<<min(len(p), 63)) == 0 {
		return 0
	}
	return t.cues[string(p)]
}

func ends(first, last byte) int { return int(first&31)<<5 | int(last&31) }

// phrases is the table of all languages. It is only read.
var phrases = sync.OnceValue(func() *phraseTable {
	m := &phraseTable{cues: make(map[string]cue, 900)}
	m.add(cueMore, "você pode,pode gostar,veja também,saiba mais,mais lidas,também pode,te recomendamos,ver más,más noticias,más información,noticias relacionadas,notícias relacionadas,sur le,articles similaires,potrebbe interessarti,altri articoli,gerelateerde artikelen,relaterede artikler,relaterade artiklar,další články,zobacz także,смотрите также,関連記事,あわせて読みたい,read more,read next,read also,also read,see also,more on,more from,more in,related articles,related stories,related content,related posts,related topics,related news,recommended for,you may,might also,also like,most read,most popular,trending,editor's picks,don't miss,up next,lesen sie,mehr zum,mehr zu,das könnte,auch interessant,mehr aus,weiterlesen,weitere artikel,zum thema,lire aussi,à lire,leer más,le puede,te puede,leia também,leia mais,leggi anche,lees ook,læs også,les også,läs också,čtěte také,czytaj także,читайте также,continue reading,keep reading,more stories,learn more,view all,see all,show more,load more,click here,mehr erfahren,alle artikel,previous article,next article,vorheriger beitrag,nächster beitrag,you might,more news,top stories,latest news,further reading,jetzt lesen,lesetipp,in this,sponsored stories,popular stories,read:,related:,watch:,more:,mehr dazu")
	m.add(cueSubscribe, "assine,inscreva-se,cadastre-se,s'abonner,suscribirse,iscriviti alla,prenumerera,probeabo,jetzt testen,weiterlesen mit,subscribe,newsletter,sign up,sign-up,signup,your inbox,your email,email address,e-mail-adresse,abonnieren,newsletters,donate,donation,support us,become a,join us,free trial,get our,download our,our app,download the,abonnement,anmelden,kostenlos,spenden,unterstützen sie,suscríbete,abonnez-vous,iscriviti,subscribers,subscription,your support,unlimited access,google news,telegram channel,whatsapp channel,breaking news,stay up,delivered to,jetzt anmelden,premium,e-paper")
	m.add(cueShare, "share,tweet,teilen,facebook,twitter,whatsapp,linkedin,pinterest,reddit,e-mail,email,print,drucken,drucken,copy link,share on,follow us,folgen sie,on twitter,on facebook,instagram,compartir,partager,condividi,delen,bookmark,like us,merken,link kopieren,share this,telegram,flipboard,pocket,mailen,twittern,youtube,tumblr,xing,google+")
	m.add(cueComments, "comentários,comentário,comente,deixe um,deja un,laisser un,commenti,reacties,commento,réagir,diskussion,diskutieren,kommenter,comments,comment,kommentare,kommentar,commentaires,comentarios,leave a,no comments,add a,post a,join the,0 comments,to comment,kommentieren,schreibe einen,conversation,discussion,log in,logged in,trackback,pingback,trackbacks,your comment,reader comments")
	m.add(cueCopyright, "copyright,©,rights reserved,alle rechte,all rights,(c),tous droits,reproduction,redistributed,syndication,may not,derechos reservados,impressum,terms of,nutzungsbedingungen,agb")
	m.add(cueAd, "publicidade,pub,annonce,annons,advertentie,広告,reklame,mainos,advertisement,anzeige,werbung,sponsored,ad,ads,advertising,publicidad,publicité,promoted,article continues,continues below,story continues,partner content,affiliate,commission,werbeanzeige,pubblicità,reklama,advertise,scroll to,- anzeige,anzeigen")
	m.add(cueByline, "publicado por,escrito por,redação,redacción,rédaction,redazione,redactie,redakce,by,von,par,por,written by,posted by,author,autor,autorin,published by,editor,correspondent,reporter,staff writer,edited by,reporting by,redaktion,redakteur,di,door,av,text:,author:,autor:,geschrieben von,staff,contributor,verfasst von,editing by")
	m.add(cueDate, "january,february,march,april,june,july,august,september,october,november,december,jan,feb,mar,apr,jun,jul,aug,sep,sept,oct,nov,dec,januar,februar,märz,mai,juni,juli,oktober,dezember,uhr,am,pm,gmt,bst,est,utc,monday,tuesday,wednesday,thursday,friday,saturday,sunday,montag,dienstag,mittwoch,donnerstag,freitag,samstag,sonntag,janvier,février,mars,avril,juin,juillet,août,septembre,octobre,novembre,décembre,enero,febrero,marzo,abril,mayo,junio,julio,agosto,septiembre,octubre,noviembre,diciembre")
	m.add(cueCredit, "photo,photo:,foto,foto:,fotos:,image,image:,bild,bild:,photograph,photograph:,getty,picture,picture:,credit,credit:,ap,afp,dpa,epa,file photo,shutterstock,images,bildquelle,quelle,quelle:,photos:,picture alliance,imago,istock,unsplash,courtesy of,pixabay,bildnachweis,screenshot,symbolbild,archivbild,photographer,illustration")
	m.add(cueNav, "home,menu,skip to,sign in,login,startseite,search,suche,zurück,back to,nach oben,contact,kontakt,about us,über uns,faq,help,hilfe,sitemap,my account,cart,mein konto,next,previous,weiter,careers,archive,archiv,main menu,navigation,go to,register,registrieren,menü,overview,home page,advertise with,contact us")
	m.add(cueTags, "categoria:,categorias,categoría,etiquetas,etiquetas:,catégories,catégorie,mots-clés,temas,temas:,argomenti,tags,tags:,tag:,topics,topics:,filed under,schlagwörter,schlagwörter:,themen,themen:,kategorien,kategorie,categories,category,category:,posted in,tagged,keywords,labels:,more about,schlagworte:,kategorie:,ressort,filed,abgelegt unter")
	m.add(cueUpdated, "updated,published,veröffentlicht,aktualisiert,last updated,posted,erstellt,stand:,modified,posted on,published on,last modified,first published,updated:,published:,publié,actualizado,publicado,min read,minutes read,lesezeit,minuten,reading time,min lesezeit,stand,geändert")
	m.add(cuePrivacy, "cookie,cookies,javascript,privacy,datenschutz,datenschutzerklärung,browser,consent,zustimmung,privacy policy,adblocker,ad blocker,gdpr,terms and,personal data,third-party,recaptcha")
	m.add(cueJobs, "per annum,per hour,per annum:,per hour:,apply now,jobs,vacancies,salary,stellenangebote,stellenmarkt,job widget,ijobs,jetzt bewerben,p.a.,vacancy,recruitment,per week,per day")
	m.add(cueReply, "reply,antworten,replydelete,delete,antwort,responder,répondre,said,says:,schrieb,sagt:,wrote:,report,melden,quote,zitieren,permalink,upvote,downvote,votes,likes,like,replies,joined,posts:,registered,offline,points,posts,thanks")
	m.add(cueBio, "is a,is the,has been,writes about,is an,follow him,follow her,freelance,journalist,covers,works as,you can,contact the,reach him,reach her,lives in,about the,mehr von,arbeitet als,ist redakteur,ist redakteurin,jahrgang,studierte,biografie,biography,he is,she is,has written,über den,über die,reach the,author of")
	m.add(cueVideo, "video,watch,video:,listen,audio,podcast,anhören,play,gallery,galerie,bilderstrecke,fotostrecke,slideshow,live stream,loading,abspielen,loaded,mute,fullscreen,hören,livestream,watch:")
	m.add(cueAgo, "ago,hours ago,minutes ago,days ago,hour ago,day ago,week ago,weeks ago,months ago,years ago,vor stunden,yesterday,gestern,mins ago,hrs ago")
	m.add(cueSource, "source:,quelle:,source,sources:,via,originally published,first appeared,originally appeared,this story,this article,this post,dieser artikel,dieser text,correction,correction:,korrektur,note:,editor's note,disclaimer,disclaimer:,anmerkung,hinweis:,hinweis,press release,pressemitteilung,contact:,pressekontakt,about")
	return m
})

// readCues finds the cues of a text with the given phrases.
func readCues(s string, m *phraseTable) cue {
	c := shapeCues(s)
	var buf [96]byte
	pair := buf[:0]
	last := 0
	n := 0
	for i := 0; i < len(s) && n < cueWords; {
		for i < len(s) && (s[i] == ' ' || s[i] == '\n') {
			i++
		}
		start := i
		for i < len(s) && s[i] != ' ' && s[i] != '\n' {
			i++
		}
		if i == start || i-start > 40 {
			pair = pair[:0]
			n++
			continue
		}
		last = len(pair)
		pair = appendLower(pair, s[start:i])
		word := pair[last:]
		if bare := trimMark(pair); len(bare) < len(pair) {
			c |= m.find(bare) | m.find(bare[last:])
		}
		c |= m.find(pair) | m.find(word)
		pair = append(pair[:0], word...)
		pair = append(pair, ' ')
		n++
	}
	return c
}

func appendLower(dst []byte, s string) []byte {
	for _, r := range s {
		if r < utf8.RuneSelf {
			if r >= 'A' && r <= 'Z' {
				r |= 0x20
			}
			dst = append(dst, byte(r))
			continue
		}
		if r == '’' {
			r = '\''
		}
		dst = utf8.AppendRune(dst, unicode.ToLower(r))
	}
	return dst
}

// trimMark cuts the punctuation off the end of a word.
func trimMark(w []byte) []byte {
	for len(w) > 0 && strings.IndexByte(",.!?:;)\"'", w[len(w)-1]) >= 0 {
		w = w[:len(w)-1]
	}
	return w
}

// shapeCues reads what the form of a text says.
func shapeCues(s string) cue {
	var c cue
	if isCut(s) {
		c |= cueCut
	}
	if hasAddress(s) {
		c |= cueURL
	}
	if hasBar(s) {
		c |= cueBar
	}
	if isItem(s) {
		c |= cueList
	}
	if isCapitals(s) {
		c |= cueCaps
	}
	switch {
	case strings.HasSuffix(s, "?"):
		c |= cueQuestion
	case strings.HasSuffix(s, ":"):
		c |= cueColon
	}
	if strings.HasPrefix(s, "©") {
		c |= cueCopyright
	}
	return c
}

func isCut(s string) bool {
	s = strings.TrimRight(s, "]")
	return strings.HasSuffix(s, "...") || strings.HasSuffix(s, "…")
}

func hasAddress(s string) bool {
	return strings.Contains(s, "://") || strings.Contains(s, "www.")
}

// hasBar reports whether a bar or a bullet stands between words.
func hasBar(s string) bool {
	spaced := false
	for i, r := range s {
		switch r {
		case '|', '·', '•', '>', '»':
			if spaced && strings.HasPrefix(s[i+utf8.RuneLen(r):], " ") {
				return true
			}
		}
		spaced = r == ' '
	}
	return false
}

// isItem reports whether a text starts with a bullet or a number.
func isItem(s string) bool {
	if s == "" {
		return false
	}
	if s[0] >= '0' && s[0] <= '9' {
		return strings.ContainsAny(s[1:min(4, len(s))], ".)")
	}
	return strings.ContainsRune("•-–*►▶»→■●‣", firstRune(s))
}

func isCapitals(s string) bool {
	if len(s) <= 3 || len(s) >= 200 {
		return false
	}
	capitals := false
	for _, r := range s {
		if unicode.ToUpper(r) != r {
			return false
		}
		capitals = capitals || unicode.ToLower(r) != r
	}
	return capitals
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}
