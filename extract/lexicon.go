// SPDX-License-Identifier: Apache-2.0

package extract

import "strings"

// The closed lists of words that the rules know, written for this program. Each
// is a class: a rule never names a single company, body or event.

// contractWords name the paper. The weak ones are contracts only in a frame.
var (
	contractWords = hashSet("contract contracts deal deals agreement agreements framework frameworks franchise franchises concession concessions subcontract subcontracts outsourcing tender tenders commission")
	strongPaper   = hashSet("contract contracts deal deals agreement agreements framework frameworks franchise franchises concession concessions subcontract subcontracts")
	orderWords    = hashSet("order orders award awards lot lots extension extensions arrangement arrangements work job role scheme project programme program mission missions partnership relationship ties")
)

// firmWords stand for a supplier that was named before ("the firm"), and name
// the sort of company beside a name ("outsourcing giant X").
var firmWords = hashSet("firm firms company companies outsourcer outsourcers contractor contractors supplier suppliers provider providers operator operators consultancy consultancies giant giants business businesses corporation consortium vendor vendors bidder bidders incumbent conglomerate manufacturer maker builder group groups developer specialist specialists enterprise multinational startup agency subsidiary integrator charity partner venture outfit partners reseller housebuilder subcontractor shipbuilder designer architects insurer caterer haulier consultants")

// anaphorWords may stand alone for a supplier named before, after "the" and its like.
var anaphorWords = hashSet("firm company outsourcer contractor supplier provider operator consultancy giant corporation consortium vendor incumbent conglomerate manufacturer builder subcontractor shipbuilder housebuilder charity business group outfit companies firms pair duo trio contractors suppliers organisation organization")

// bodyWords stand for a buyer that was named before.
var bodyWords = hashSet("department ministry council authority trust agency government ministers force service board commission regulator body city county borough district hospital university state administration officials council's councillors corporation town")

// publicWords end or begin the name of a public body.
var publicWords = hashSet("council councils borough department ministry authority nhs police constabulary government agency commission parliament directorate command treasury organisation organization county municipality prefecture bundeswehr army navy force trust board hospital hospitals university college academy school museum library service executive state administration assembly fund office district city institute bureau corps secretariat inspectorate office ombudsman healthboard diocese laboratory")

// companyWords end the name of a company.
var companyWords = hashSet("group services systems solutions technologies technology consulting consultants consultancy partners holdings security logistics construction engineering healthcare energy airlines industries labs laboratories software analytics digital networks partnership associates facilities utilities cars coaches transport catering fm diagnostics international machines aerospace dynamics marine media communications telecom telecoms motors pharma pharmaceuticals biotech bio care homes housing cleaning recruitment training contracting contractors builders electronics electric shipping shipyards ferries rail railways buses robotics defence defense aviation airways space materials steel water environmental waste recycling interiors architects surveyors property properties estates capital ventures enterprises global worldwide corporation foods kitchens meals tech data cloud cyber ai it medical health sciences science instruments innovations works resources surveys supplies products tagging leisure active housing learning education monitoring highways infrastructure maintenance demolition roofing scaffolding plumbing landscapes parking enforcement analytics interactive semiconductors optics avionics shipbuilders helicopters satellites launch propulsion haulage travel tours ferry analytics learning vetting surveillance maritime linen dredging tunnelling textiles technology analysts couriers print printing press studios designs catering laundry pay payroll probate rehabilitation custody fuels chemicals instruments power water waste gas oil nuclear grid")

// otherWords end the name of what neither sells nor buys here.
var otherWords = hashSet("ledger courier echo argus chronicle tribune telegraph observer examiner bugle committee union party university college institute court tribunal inquiry association federation society times post news herald gazette journal magazine fc united rovers league church parliament congress senate foundation campaign coalition congress alliance watchdog conference festival prize award awards stadium arena street road square avenue park act bill report review week month island river sea mountain summit treaty olympics games cup")

// agentWords are roles of persons: a name behind one is a person's.
var agentWords = hashSet("owner landlord mr mrs ms miss dr sir dame lord lady baroness professor prof minister secretary president chairman chairwoman chair chief director executive spokesman spokeswoman spokesperson councillor cllr judge justice senator congressman sergeant colonel general captain analyst editor boss founder mp chancellor mayor commissioner inspector sheriff governor representative rep sen gov leader treasurer headteacher reverend rev")

// personVerbs are what a person, and hardly a company, does.
var personVerbs = hashSet("scored played tweeted born aged married died he she his her him striker midfielder")

// supplierSigns speak for a company, where a short name is also a word.
var supplierSigns = hashSet("contract contracts contractor contractors deal deals firm firms company companies outsourcer outsourcers outsourcing supplier suppliers bid bids bidder bidders tender tenders framework shares share profit profits profits revenue turnover plc ltd limited group consortium subsidiary shareholders investors ceo boss executive executives procurement awarded award awards won wins win subcontractor franchise operator provider consultancy construction builder workers staff employees employed bought buys takeover merger stake customers services service pay paid pays run runs runs privatised privatisation landed secured clinched job jobs appointed selected hired build building bidder managed operated delivered supplied outsourced fined overcharged maintains operates unveiled")

// negations deny what follows them.
var negations = hashSet("not no never denied denies deny neither nor without refused refuses rejects rejected failed fails cannot wont didnt doesnt isnt wasnt hasnt havent ruled")

// sportSigns and the like tell that a contract is not one of supply.
var (
	sportSigns  = hashSet("striker midfielder defender goalkeeper quarterback coach footballer club season league goals scored transfer batsman bowler fly-half winger prop hooker playing squad player players rugby cricket premiership nfl nba mlb playoff touchdown wallabies all-blacks springboks pitcher footballers")
	phoneSigns  = hashSet("broadband handset sim phone phones tariff sky minutes texts upfront fee package gb unlimited")
	marketSigns = hashSet("futures options brent crude barrel barrels bushel derivatives swaps forwards delivery")
)

// words splits a list for the tables that are keyed by the word itself.
func words(list string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(list) {
		m[w] = true
	}
	return m
}
