// SPDX-License-Identifier: Apache-2.0

package querytest

import "github.com/copytaster/copytaster"

// organisation is one that the documents mention and the queries ask for.
type organisation struct {
	id       string // "" for one that no list knows
	name     string
	surfaces []string
	role     copytaster.Role
}

func organisations() []organisation {
	const supplier, buyer = copytaster.RoleSupplier, copytaster.RoleBuyer
	return []organisation{
		{"atos", "Atos", []string{"Atos", "Atos Healthcare", "ATOS"}, supplier},
		{"capita", "Capita plc", []string{"Capita", "Capita plc"}, supplier},
		{"g4s", "G4S", []string{"G4S", "Group 4"}, supplier},
		{"ernst-young", "Ernst & Young", []string{"Ernst & Young", "EY"}, supplier},
		{"", "Northgate Widgets", []string{"Northgate Widgets"}, supplier},
		{"", "Łódź Café Services", []string{"Łódź Café Services"}, supplier},
		{"dwp", "Department for Work and Pensions", []string{"Department for Work and Pensions", "DWP"}, buyer},
		{"moj", "Ministry of Justice", []string{"Ministry of Justice", "MoJ"}, buyer},
		{"", "Midshire County Council", []string{"Midshire County Council"}, buyer},
		{"capita", "Capita plc", []string{"Capita"}, buyer}, // buys too
	}
}

// words stand in texts and in queries. Some have several forms of one stem,
// some the shapes that analysers quarrel about.
func words() []string {
	return []string{
		"contract", "contracts", "contracting", "contractor", "review", "reviews", "reviewing", "reviewed",
		"fit", "for", "work", "works", "worked", "working", "the", "of", "and", "a", "to", "in",
		"fit-for-work", "IT/HR", "U.K.", "500,000", "1.2m", "O'Neill", "O’Neill", "e-mail", "café", "cafe", "CAFÉ", "naïve",
		"prison", "prisons", "prisoner", "tagging", "tag", "tags", "assessment", "assessments", "assess", "appeal", "appeals",
		"minister", "minister's", "ministers’", "ministry", "outsourcing", "outsourced", "outsource", "probation", "benefit", "benefits",
		"東京", "2014", "20", "20s", "Straße", "strasse", "ﬁnance", "finance", "example.com", "R&D",
	}
}

// phrases are put into texts whole, so that queries for them find something.
func phrases() []string {
	return []string{
		"fit for work", "work capability assessment", "the ministry of works", "prison and probation", "benefit appeals",
		"contract review", "reviewing the contract", "tagging contract", "a review of the contracts", "café of the U.K.",
	}
}

func subjects() []string {
	return []string{"work capability assessments", "electronic tagging", "prison and probation services", "IT/HR support", ""}
}

func sources() []string { return []string{"guardian", "bbc-news", "the-register", "midshire-echo"} }

func authors() []string {
	return []string{"Ann Bell", "Zoë O'Neill", "John Bell Smith", "Staff and agencies"}
}

func languages() []string { return []string{"en", "en-GB", "en-US", "cy", "de", ""} }

func kinds() []copytaster.Kind {
	return []copytaster.Kind{copytaster.KindNews, copytaster.KindNews, copytaster.KindBlog, copytaster.KindOpinion, copytaster.KindNotice, ""}
}

func asideZones() []copytaster.Zone {
	return []copytaster.Zone{copytaster.ZoneComment, copytaster.ZoneComment, copytaster.ZoneRelated, copytaster.ZoneCaption, copytaster.ZoneJobs}
}
