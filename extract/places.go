// SPDX-License-Identifier: Apache-2.0

package extract

import "strings"

// places are countries, states and larger cities of the countries that the
// lists cover, from general knowledge: alone, they are no company.
var places = hashSet(`
england scotland wales britain ireland europe africa asia america london birmingham manchester leeds liverpool sheffield bristol glasgow edinburgh cardiff belfast newcastle nottingham leicester coventry bradford hull stoke plymouth derby southampton portsmouth brighton norwich oxford cambridge york bath exeter swansea aberdeen dundee inverness reading luton sunderland wolverhampton doncaster bolton blackpool middlesbrough peterborough ipswich cornwall devon dorset somerset wiltshire hampshire sussex kent surrey essex suffolk norfolk lincolnshire yorkshire lancashire cumbria durham northumberland cheshire shropshire staffordshire derbyshire nottinghamshire leicestershire northamptonshire warwickshire worcestershire gloucestershire oxfordshire buckinghamshire hertfordshire bedfordshire cambridgeshire merseyside tyneside teesside wearside humberside midlands highlands croydon barnet camden hackney lambeth lewisham southwark greenwich enfield haringey islington ealing brent bromley bexley merton sutton hounslow hillingdon harrow redbridge newham
dublin cork galway limerick waterford france paris lyon marseille germany berlin munich hamburg frankfurt italy rome milan spain madrid barcelona portugal lisbon netherlands amsterdam rotterdam belgium brussels antwerp luxembourg switzerland zurich geneva austria vienna poland warsaw sweden stockholm norway oslo denmark copenhagen finland helsinki greece athens turkey ankara istanbul ukraine kyiv russia moscow hungary budapest romania bulgaria croatia czechia prague estonia latvia lithuania mediterranean
usa us washington york california texas florida virginia maryland ohio michigan illinois chicago boston massachusetts pennsylvania philadelphia georgia atlanta hawaii alabama alaska arizona arkansas colorado denver connecticut delaware idaho indiana iowa kansas kentucky louisiana maine minnesota mississippi missouri montana nebraska nevada oklahoma oregon tennessee utah vermont wisconsin wyoming seattle houston dallas austin detroit miami va
canada ottawa toronto vancouver montreal ontario quebec mexico brazil argentina chile china beijing shanghai hong japan tokyo india delhi mumbai bangalore bengaluru pakistan singapore malaysia indonesia philippines vietnam thailand korea taiwan israel iraq baghdad iran syria saudi arabia dubai qatar kuwait egypt cairo nigeria lagos kenya nairobi ghana afghanistan kabul yemen libya sudan
australia sydney melbourne brisbane perth adelaide canberra hobart darwin queensland victoria tasmania nsw zealand auckland wellington nauru manus caribbean`)

// doublePlaces are states, islands and larger cities whose names are two words,
// from general knowledge.
var doublePlaces = phraseSet("new jersey|new mexico|new hampshire|new york|new orleans|new haven|new zealand|new delhi|north carolina|south carolina|north dakota|south dakota|" +
	"west virginia|rhode island|puerto rico|san diego|san antonio|san francisco|san jose|los angeles|las vegas|fort worth|fort meade|fort lauderdale|el segundo|el paso|st louis|" +
	"salt lake|kansas city|oklahoma city|baton rouge|santa clara|santa monica|long beach|long island|hong kong|south africa|south korea|sri lanka|costa rica|saudi arabia|" +
	"south australia|western australia|northern ireland|south wales|north wales|south yorkshire|west yorkshire|north yorkshire|west midlands|west sussex|east sussex|greater manchester|" +
	"milton keynes|tower hamlets|east london|west london|south london|north london|central london")

// phraseSet is the set of the phrases of a list.
func phraseSet(list string) map[string]bool {
	m := map[string]bool{}
	for p := range strings.SplitSeq(list, "|") {
		m[p] = true
	}
	return m
}

// doublePlace reports whether the two words from i on name a place.
func (a *analysis) doublePlace(i int) bool {
	return doublePlaces[a.word(i)+" "+a.word(i+1)]
}
