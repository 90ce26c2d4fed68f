// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"testing"
	"time"

	"github.com/copytaster/copytaster"
)

// TestContractDates asks for the dates of the first contract of each text, as
// printed: "start..end".
func TestContractDates(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"ends in a month", "Serco won a £20m contract with Kent County Council to collect waste. The contract ends in March 2027.", "..2027-03"},
		{"from day to day", "Capita has won a contract with the Ministry of Defence from 1 April 2025 to 31 March 2030.", "2025-04-01..2030-03-31"},
		{"american days", "Leidos was awarded a $40m contract by the U.S. Army. Work is expected to be completed by September 30, 2028.", "..2028-09-30"},
		{"from a month without a year", "Serco has won a seven-year contract with the Home Office from April.", "2025-04.."},
		{"will begin in a year", "Atos won a £5m contract with the Department for Work and Pensions, which will begin in 2026.", "2026.."},
		{"runs until next October", "Capita's contract with the Ministry of Defence runs until next October.", "..2025-10"},
		{"extended to", "Kent County Council has extended its highways contract with Amey to March 2028.", "..2028-03"},
		{"extended until a year", "Councillors agreed to extend the borough's waste contract with Veolia until 2031.", "..2031"},
		{"it runs, in the next sentence", "Serco won a £20m contract with the Home Office. It runs from July 2026 until June 2031.", "2026-07..2031-06"},
		{"work starts", "Kier has won a £90m contract from Leeds City Council to build a school. Work will start in January and is due to finish in summer 2028.", "2026-01..2028"},
		{"not before", "Serco has won the contract to run the ferries for the Scottish Government. The contract will not start until 2027.", "2027.."},
		{"financial years", "Mitie won a cleaning contract with the Ministry of Justice, running from 2026/27 to 2029/30.", "2026..2030"},
		{"years in brackets", "Serco won the Home Office contract (2025-2030) for £40m.", "2025..2030"},
		{"between", "Serco will run the service for the Home Office under a £40m contract between May 2026 and April 2030.", "2026-05..2030-04"},
		{"a year that the second date states", "Serco won a contract with the Home Office from 1 April to 30 June 2026.", "2026-04-01..2026-06-30"},
		{"past", "The Home Office's contract with Serco expired in December.", "..2024-12"},
		{"since", "Serco has run the prison for the Ministry of Justice under a contract since 2014.", "2014.."},
		{"due to complete", "Babcock has won a £65m contract from the Royal Navy. Work will begin in January 2027 and is due to complete in late 2029.", "2027-01..2029"},
		{"takes over", "Serco has won a contract from the Home Office to run the centre and will take over on 1 March.", "2025-03-01.."},
		{"a weekday", "Serco has won a contract from the Home Office to run the centre, starting on Monday.", "2025-02-17.."},
		{"end of next year", "Capita's contract with the Ministry of Defence expires at the end of next year.", "..2026"},

		{"award date is no start", "Serco won a £20m contract with the Home Office in March 2024.", ".."},
		{"option is no end", "Serco won a £20m contract with the Home Office from May 2025, which could be extended until 2032.", "2025-05.."},
		{"planned end of a cancelled one", "The Home Office has terminated its contract with Serco, which was due to run until 2030.", ".."},
		{"plan gives way", "Serco's contract with the Home Office, which was due to end in March 2025, has been extended until June 2026.", "..2026-06"},
		{"financial results", "Serco, which won a contract with the Home Office, said revenue for the year ending December 2024 rose.", ".."},
		{"counting", "Mears won a contract from Leeds City Council to repair homes, up from 2000 homes.", ".."},
		{"rise", "Serco won a £20m contract with the Home Office, up from 2019.", ".."},
		{"when it was paid", "Atos ran the tests for the Home Office under a contract. Between 2013 and 2018 the department paid it £1bn for the work.", ".."},
		{"since when it is paid", "Serco, which runs the centre for the Home Office under a contract, has received £90m since 2018.", ".."},
		{"a system that dates from", "Serco won a contract with the Home Office to replace the system, which dates from 1998.", ".."},
		{"the agreement dates from", "Serco runs the centre for the Home Office. The agreement, which dates from 2018, is due for renewal in 2028.", "2018..2028"},
		{"a start-up", "Serco won a £5m contract with the Home Office, beating a start-up founded in 2019.", ".."},
		{"backwards", "Serco won a contract with the Home Office from 2030 to 2020.", ".."},
		{"a verb, not a month", "Serco won a contract with the Home Office which may start from march to march.", ".."},
		{"a sum, not a year", "Serco won a contract with the Home Office and will be paid from £2027 to £2030.", ".."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := lifeOf(t, tt.text, "GB", onDay(time.Date(2025, 2, 12, 0, 0, 0, 0, time.UTC))); got != tt.want {
				t.Errorf("%s\n got %s\nwant %s", tt.text, got, tt.want)
			}
		})
	}
}

// lifeOf is "start..end" of the only contract of a text.
func lifeOf(t *testing.T, text, country string, published copytaster.Date) string {
	t.Helper()
	d := &copytaster.Document{Article: copytaster.Article{Text: text, Country: country, Published: published}}
	shared(t).Tag(d)
	if len(d.Contracts) == 0 {
		t.Fatalf("no contract in %q", text)
	}
	return d.Contracts[0].Start.Day() + ".." + d.Contracts[0].End.Day()
}

// TestContractDatesWithoutTheArticlesDate shows that what is counted from a day
// that nobody knows is unknown, and what is stated is not.
func TestContractDatesWithoutTheArticlesDate(t *testing.T) {
	tests := []struct {
		name, text string
		published  copytaster.Date
		want       string
	}{
		{"relative", "Serco won a £20m contract with the Home Office from April.", copytaster.Date{}, ".."},
		{"stated", "Serco won a £20m contract with the Home Office from April 2031.", copytaster.Date{}, "2031-04.."},
		{"only the year is known", "Serco won a £20m contract with the Home Office from April.", stated(2031, 0, 0), ".."},
		{"only the year is needed", "Serco's £20m contract with the Home Office runs until next year.", stated(2031, 0, 0), "..2032"},
		{"only the month is known", "Serco's £20m contract with the Home Office runs until 1 April.", stated(2031, 2, 0), ".."},
		{"the month is enough", "Serco's £20m contract with the Home Office runs until April.", stated(2031, 5, 0), "..2032-04"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := lifeOf(t, tt.text, "GB", tt.published); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

// TestNoticeDates reads the fields of award notices; a day comes first unless the
// publisher is American.
func TestNoticeDates(t *testing.T) {
	const head = "Contract award notice\nBuyer: Leeds City Council\nSupplier: Harrowgate Cleaning Ltd\nValue: £300,000\n"
	tests := []struct{ name, fields, country, want string }{
		{"british", "Contract start date: 01/04/2025\nContract end date: 31/03/2030", "GB", "2025-04-01..2030-03-31"},
		{"american", "Start date: 04/01/2025\nEnd date: 03/31/2030", "US", "2025-04-01..2030-03-31"},
		{"american, and no other reading", "Start date: 31/12/2025", "US", "2025-12-31.."},
		{"no country", "Start date: 04/01/2025", "", "2025-01-04.."},
		{"iso", "Commencement date: 2025-04-01\nExpiry date: 2030-03-31", "US", "2025-04-01..2030-03-31"},
		{"dots and two digits", "Start date: 1.4.25\nEnd date: 31.3.30", "DE", "2025-04-01..2030-03-31"},
		{"in words", "Start date: 1 April 2025\nEnd date: March 2030", "GB", "2025-04-01..2030-03"},
		{"on lines of their own", "Contract start date\n1 April 2025\nContract end date\n31 March 2030", "GB", "2025-04-01..2030-03-31"},
		{"a period", "Contract period: 01/04/2025 - 31/03/2030", "GB", "2025-04-01..2030-03-31"},
		{"a period in words", "Period of performance: 1 April 2025 to 31 March 2030", "GB", "2025-04-01..2030-03-31"},
		{"a length is no period", "Duration: 36 months", "GB", ".."},
		{"other dates", "Award date: 01/04/2025\nClosing date: 31/03/2025", "GB", ".."},
		{"no such day", "Start date: 31/02/2025", "GB", ".."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := lifeOf(t, head+tt.fields, tt.country, copytaster.Date{}); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

// TestDatesOfTwoContracts shows that a date goes to the contract that it is said
// of.
func TestDatesOfTwoContracts(t *testing.T) {
	d := &copytaster.Document{Article: copytaster.Article{Text: "Serco won a £20m contract with the Home Office, which ends in 2031, " +
		"and Mitie won a £5m contract with Kent County Council that runs until 2029."}}
	shared(t).Tag(d)
	got := map[string]string{}
	for _, c := range d.Contracts {
		got[c.Suppliers[0].Entity] = c.End.Day()
	}
	if got["serco"] != "2031" || got["mitie"] != "2029" {
		t.Errorf("got %v", got)
	}
}
