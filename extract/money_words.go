// SPDX-License-Identifier: Apache-2.0

package extract

// wordID is the place of a word in the lexicon; 0 is a word it does not know.
type wordID uint16

// The words that the grammar knows by name, in the order of moneyKeywords.
const (
	wA wordID = iota + 1
	wAn
	wAnd
	wOr
	wTo
	wOf
	wHalf
	wQuarter
	wQuarters
	wPoint
	wO
	wOh
	wPer
	wEach
	wEvery
	wBetween
	wFrom
	wOver
	wAcross
	wFew
	wCouple
	wMulti
	wFigure
	wPlus
	wOdd
	wOne
	wDecade
	wDecades
	wAbout
	wUnder
	wAbove
	wBelow
	wAround
	wSome
	wS
	wU
	wP
	wYear
	wNew
	wThan
	wC
	wCa
	wIsh
	wD
	wSum
	wSums
	wAmount
	wLike
	wAgo
	wEarlier
	wLater
	wBefore
	wAfter
	wMultimillion
	wMultibillion
	wPm
	wPrevious
	wPreviously
	wQuestion
	wDe
	wDi
	wIn
	wEstimated
	wRate
	wRates
	wMrd
	wMio
	wMln
	wMy
	wYour
)

// moneyKeywords names the constants above, in their order.
const moneyKeywords = `
a an and or to of half quarter quarters point o oh per each every between from over across few couple multi figure
plus odd one decade decades about under above below around some s u p year new than c ca ish d sum sums amount like
ago earlier later before after multimillion multibillion pm previous previously question de di in estimated rate
rates mrd mio mln my your
`

// moneyNumbers are spelled numbers below a hundred.
const moneyNumbers = `
zero=0 nil=0 one=1 two=2 three=3 four=4 five=5 six=6 seven=7 eight=8 nine=9 ten=10 eleven=11 twelve=12 thirteen=13
fourteen=14 fifteen=15 sixteen=16 seventeen=17 eighteen=18 nineteen=19 twenty=20 thirty=30 forty=40 fourty=40
fifty=50 sixty=60 seventy=70 eighty=80 ninety=90 eine=1
`

// moneyScales are words for powers of ten; an abbreviation may stand right behind
// a number. The "m" of "£500m" is no word: it is read only there.
const moneyScales = `
hundred=2 thousand=3 million=6 millions=6 billion=9 billions=9 trillion=12 trillions=12 thousands=3 hundreds=2
lakh=5 lakhs=5 lac=5 lacs=5 crore=7 crores=7 mille=3 millionen=6 milliarde=9 milliarden=9 milliard=9 milliards=9
millones=6 milioni=6 miliardi=9 mil=6 miljoner=6 miljoen=6 miljard=9 miljarder=9 mio=6 mrd=9 mln=6 mlrd=9 bln=9 bil=9 cr=7
`

// moneyAbbreviations are the scales that are read only behind digits.
const moneyAbbreviations = `k=3 m=6 mn=6 mm=6 b=9 bn=9 t=12 tn=12 trn=12`

// moneyPeriods are the units of a rate.
const moneyPeriods = `
year=year yr=year annum=year years=year month=month mo=month months=month mth=month week=week wk=week weeks=week
day=day days=day hour=hour hr=hour h=hour hours=hour y=year d=day w=week
`

// moneyRates are single words that make a figure a rate.
const moneyRates = `
annually=year yearly=year annual=year monthly=month weekly=week daily=day hourly=hour pa=year pcm=month pw=week
ph=hour pd=day fortnightly= quarterly=
`

// The words below steer the reading of what stands around a figure.
const (
	// changeWords tell that "to" joins a figure before and one after a change.
	changeWords = `
rose rise rises rising risen fell fall falls falling fallen grew grow grows growing grown increase increased increases
increasing decrease decreased decreases drop dropped drops dropping jump jumped jumps jumping cut cuts cutting raise
raised raises raising lift lifted lifts lifting climb climbed climbs climbing slump slumped soar soared soaring surge
surged surging plunge plunged plunging went gone moved move moving change changed changes go goes going swell swelled
swollen shrank shrink shrunk reduce reduced reduces reducing lowered lower doubled doubling tripled trebled quadrupled
ballooned ballooning spiralled spiraled spiralling escalated escalating mushroomed dwindled slipped slid tumbled
tumbling sank dived crept edged advanced gained gain lost rebounded recovered slashed trimmed boosted boost upped
hiked bumped halved widened narrowed downgraded upgraded revised improved accelerated leapt leaped rocketed
skyrocketed swung added up down uplift expanded contracted extended
shed sheds shedding firmed eased ticked nudged rallied retreated weakened strengthened dipped hike hikes uptick
`

	// topicWords stand before an "over" or "about" that is no bound: "a row over £5m".
	topicWords = `
row rows dispute disputes disputed concern concerns fear fears anger fury outrage criticism criticised criticized
question questions questioned battle battles clash inquiry inquiries enquiry probe probed investigation investigations
investigated scandal scandals sued sue lawsuit lawsuits arrested charged argument arguments debate debates controversy
backlash complaint complaints complained worry worries worried told asked talks talk news protest protests protesting
spat feud tussle anxious alarm uproar storm doubts doubt sacked resigns resigned quit warning warned handed hand hands
handing took take takes taken taking turned turn turns turning signed carried rolled left brought come comes think
joke joked learned learnt knew know rowing angry furious anxiety unease tensions wrangle wrangles wrangling fight
fighting fights stand standoff quizzed grilled challenged apologised apology trial court case deadlock negotiations
consultation claims mystery puzzle confusion dilemma splits split divided clashes meeting embarrassment rift
`

	// moveWords stand before an "up to" that tells a movement: "pushed the bill up to £5m".
	moveWords = `
pushed push pushes pushing sent send sends sending lifted drove driven driving moved climbed crept inched edged rose
went goes bringing brings brought takes took total bill figure dollar price sum tally pot cost euro pound yen shares
stock
`

	// unitPrices follow a point that is a decimal point even in euros: "€1.549 a litre".
	unitPrices = `litre litres liter liters kwh kilowatt kilo kg gallon unit mile km share therm tonne dollar pound`

	// rangeWords stand before a "from" that opens a range, not a change.
	rangeWords = `range ranges ranged ranging vary varies varying varied anything anywhere costing priced prices`

	// flowWords may stand between "annual" and its figure: "an annual budget of £5m".
	flowWords = `
cost costs fee fees salary salaries wage wages budget budgets spend spending investment investments income incomes
rent rents bill bills contribution contributions allowance allowances pay payment payments grant grants subsidy
subsidies rate rates charge charges saving savings pension premium premiums subscription subscriptions funding bonus
dividend dividends value contract stipend expenditure support maintenance licence license running operating
operational interest of total average base basic is was are were at gross net fixed minimum maximum overall combined
service membership lease benefit benefits worth
`

	// converters may stand before a figure that restates another: "(equivalent to £5m)".
	converters = `
or about around approximately roughly nearly almost some equivalent equal to worth just over under at current rates ie
us up more than
`

	// dealNouns follow the "five-year" that tells over what a sum is spread.
	dealNouns = `
contract contracts deal deals framework agreement programme program plan project settlement package budget grant loan
term period extension award order lease scheme investment pact partnership strategy fund outsourcing
`

	// figureNouns follow "six-figure" where it is money.
	figureNouns = `
sum sums amount amounts salary salaries fee fees settlement settlements deal deals payout payouts bonus bonuses
contract contracts offer bid damages compensation price prices income incomes debt debts budget budgets loan loans
donation donations advance transfer bill bills payment payments package packages grant grants investment profit loss
fine fines pension fortune reward rewards sponsorship funding cheque award prize
`

	// displayWords tell that a "1080p" is a picture.
	displayWords = `
resolution resolutions video videos display displays hd fhd uhd camera cameras cam cams webcam projector monitor
screen stream streams streaming fps hz native upscaled footage pixels pixel tv tvs panel ips oled led gaming playback
youtube
`

	// shareWords tell that a "1080p" is a price.
	shareWords = `share shares closed pence dividend ftse shareholders investors trading takeover`

	// weightWords tell that pounds are a weight.
	weightWords = `
weigh weighs weighed weighing weight weights lb lbs kg kgs kilogram kilograms kilos overweight overloaded heavier
lighter stone ounces ounce inches inch feet foot tall pounder tons tonnes tpd cocaine heroin marijuana cannabis
fentanyl meth drugs thrust torque seizures beef pork chicken meat fish potatoes butter flour sugar rice cheese apples
tomatoes beans carrots onions celery turkey catfish tuna lobster crab shrimp garbage trash explosives payload muscle
fat diet slimmer slimming losing waste loaf loaves dumbbells resistance linebacker quarterback lineman gunpowder
dumbbell barbell bodyweight
`

	// moneyCues tell that pounds are money.
	moneyCues = `
cost costs costing pay pays paid paying price prices priced spend spends spent spending worth fee fees fine fined
fines ticket tickets charge charges charged charging sum budget budgets fund funds funded funding grant grants salary
salaries wage wages earn earns earned earning income tax taxes bill bills save saves saved saving savings cash money
loan loans debt debts profit profits loss losses revenue revenues donate donated donation donations raise raised sold
sell sells buy buys bought deposit deposits rent rents invoice invoices payment payments compensation prize prizes bet
bets owed owe owes borrow borrowed lend lent invest invested investment sterling taxpayer taxpayers bonus bonuses
allowance refund refunds discount premium reward bail bond pension pensions benefit benefits contract contracts deal
deals award awarded awards bid bids euros dollars per valued value note notes coin coins cheque change lottery won win
stole stolen robbed bribe bribes quid afford fare fares levy subsidy subsidies damages settlement banknote banknotes
swindled defrauded conned offer offered rebate dividend cheaper cheap expensive tip tips wallet purse pocket
`

	// bigWords may stand between a bound and its figure: "at least another £5m".
	bigWords = `
another further additional extra combined whopping record hefty massive staggering estimated cool eye watering initial
whole mere total grand just only roughly even
`

	// vagueCounts stand before a scale word and make a figure vague.
	vagueCounts = `few several many countless untold numerous multiple various`

	// pluralScales are scale words that are a vague figure by themselves.
	pluralScales = `tens dozens scores hundreds thousands millions billions trillions lakhs crores`

	// idiomNouns follow "million-dollar" where it is no figure.
	idiomNouns = `
question questions smile baby man drop arm legs moment piano pianos prix slam slams jury juries total tour opening
national
`

	// minorEnds may follow a number of pence that has no word of its own: "two pounds fifty a head".
	minorEnds = `a an per for and or each to in on at is was more less off from with but of by the`
)
